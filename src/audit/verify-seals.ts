/** The seals of a tree, `batches.jsonl`: each record under exactly one, in order. */
import { NotCanonical } from './canonical.ts'
import { RecordInvalid } from './record.ts'
import { readSealLine } from './seal.ts'
import type { PlacedSeal } from './seal.ts'
import type { Lines } from './verify-files.ts'
import type { Level, Report } from './verify-report.ts'
import type { FindingCode, Parts } from './verify-words.ts'

/** A seal and the records under it, as far as they have come. */
export interface SealedBatch {
  readonly seal: PlacedSeal
  readonly bodies: Buffer[]
  readonly hashes: Buffer[]
}

/** Reads the next seal when its first record comes; a hole between seals is a fault, an end too soon is a lack. */
export class Seals {
  readonly #lines: Lines | undefined
  readonly #path: string
  readonly #report: Report
  /** Place after the last record of the seal that was read last. */
  #at = 0
  #broken: boolean
  #waiting: SealedBatch | undefined

  /** @param lines undefined if the file is missing, which is reported already */
  constructor(lines: Lines | undefined, path: string, report: Report) {
    this.#lines = lines
    this.#path = path
    this.#report = report
    this.#broken = lines === undefined
  }

  /** The next record; gives back its batch if it is the last under its seal. Nothing once the seals have failed. */
  record(index: number, hash: Buffer, body: Buffer): SealedBatch | undefined {
    if (this.#waiting === undefined) {
      const seal = this.#next(index)
      if (seal === undefined) return undefined
      this.#waiting = { seal, bodies: [], hashes: [] }
    }
    const batch = this.#waiting
    batch.bodies.push(body)
    batch.hashes.push(hash)
    if (batch.bodies.length < batch.seal.n) return undefined
    this.#waiting = undefined
    return batch
  }

  /** The seal that begins at that record, or undefined once the seals have failed (reported once). */
  #next(index: number): PlacedSeal | undefined {
    if (this.#broken) return undefined
    const line = this.#lines?.next()
    if (line === undefined) return this.#fail('incomplete', 'seals-end', { index })
    let seal: PlacedSeal
    try {
      seal = readSealLine(line)
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
      return this.#fail('tampered', 'seal-unreadable', { index })
    }
    if (seal.first !== index) return this.#fail('tampered', 'seal-none', { index })
    this.#at = index + seal.n
    return seal
  }

  /** After the last record. @param end place after it */
  end(end: number): void {
    if (this.#waiting !== undefined) this.#fail('tampered', 'seal-too-long')
    else if (!this.#broken && (this.#at !== end || this.#lines?.next() !== undefined))
      this.#fail('tampered', 'seals-too-many')
  }

  #fail(level: Level, code: FindingCode, parts?: Parts): undefined {
    this.#broken = true
    this.#report.add(level, this.#path, code, parts)
    return undefined
  }
}
