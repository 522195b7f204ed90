/** One tree of a log, from its signed head down to each record. */
import { join } from 'node:path'
import type { Stream } from '../model/record.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { emptyRoot, leafHash, rootOf, TileEdge } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { enrolmentIn, placeOf } from './verify-begin.ts'
import type { Earlier, Mark } from './verify-earlier.ts'
import { isFile, Lines, readSmall } from './verify-files.ts'
import { openHead } from './verify-head.ts'
import { ReadableView } from './verify-readable.ts'
import { Records } from './verify-records.ts'
import type { Report } from './verify-report.ts'
import { Seals } from './verify-seals.ts'
import { checkTile, entryBundles, tileHashes } from './verify-tiles.ts'

export interface TreeFolder {
  readonly stream: Stream
  readonly folder: string
  /** Where its seals and readable lines are: '' or a folder with its slash. */
  readonly beside: string
}

/** What is known of a log after the trees that were read. */
export interface Reading {
  readonly announcements: readonly Buffer[]
  readonly pinnedEnrol: Verifier | undefined
  readonly earlier: Earlier | undefined
  readonly keys: readonly Verifier[]
  enrol: Verifier | undefined
  /** Undefined while no enrolment key is known: seals and meaning cannot be judged. */
  records: Records | undefined
  /** Place of the next record, and the head of the tree before it. */
  place: number
  before: Checkpoint | undefined
}

const mostSeal = 4_096
/** A record of whose characters each is escaped. */
const mostReadable = 8 * 65_536

const linesAt = (dir: string, path: string, most: number, report: Report): Lines | undefined => {
  if (isFile(dir, path)) return new Lines(join(dir, path), most)
  report.add('incomplete', path, 'missing')
  return undefined
}

/** The first records of the log say which enrolment key counts; those of a later tree, where it begins. */
const begin = (
  entries: readonly Buffer[],
  { stream, folder }: TreeFolder,
  reading: Reading,
  report: Report,
): number => {
  const { before, place } = reading
  if (before !== undefined) return placeOf(entries, folder, { before, place }, report)
  reading.enrol = enrolmentIn(entries, reading.pinnedEnrol)
  if (reading.enrol !== undefined)
    reading.records = new Records(
      stream,
      { first: reading.enrol.key, pinned: reading.pinnedEnrol?.key },
      report,
      reading.announcements,
    )
  else report.add('undecided', folder, 'enrolment-unknown')
  return place
}

/** The tree as it grows, record by record, compared with what is in the export. */
class Growing {
  readonly #dir: string
  readonly #of: TreeFolder
  readonly #report: Report
  readonly #reading: Reading
  readonly #edge = new TileEdge()
  readonly #full: HashTile[] = []
  readonly #seals: Seals
  readonly #readable: ReadableView
  readonly #files: readonly (Lines | undefined)[]
  readonly #mark: Mark | undefined
  size = 0
  /** Place of its first record. */
  base: number

  constructor(dir: string, of: TreeFolder, reading: Reading, mark: Mark | undefined, report: Report) {
    const [batches, entries] = [`${of.beside}batches.jsonl`, `${of.beside}entries.jsonl`]
    const lines = [linesAt(dir, batches, mostSeal, report), linesAt(dir, entries, mostReadable, report)]
    this.#seals = new Seals(lines[0], batches, report)
    this.#readable = new ReadableView(lines[1], entries, report)
    this.#files = lines
    this.#dir = dir
    this.#of = of
    this.#report = report
    this.#reading = reading
    this.#mark = mark
    this.base = reading.place
  }

  /** The records of one bundle. False if the hashes of those that lost their bytes are not there. */
  take(entries: readonly Buffer[]): boolean {
    const { folder } = this.#of
    const pruned = entries.some((body) => body.length === 0)
    const kept = pruned ? tileHashes(this.#dir, folder, this.size, entries.length, this.#report) : undefined
    if (kept?.length === 0) return false
    for (const [i, body] of entries.entries()) {
      const hash = body.length === 0 ? (kept?.[i] ?? emptyRoot) : leafHash(body)
      this.#edge.push(hash, (tile) => this.#full.push(tile))
      const place = this.base + this.size
      const batch = this.#seals.record(place, hash, body)
      if (batch !== undefined) this.#reading.records?.batch(batch.seal, batch.bodies, batch.hashes)
      this.#readable.record(place, hash, body)
      this.size += 1
      this.#compare()
    }
    for (const tile of this.#full.splice(0)) checkTile(this.#dir, folder, tile, this.#report)
    return true
  }

  /** With the checkpoint that the auditor holds, at its size. */
  #compare(): void {
    if (this.#mark?.size !== this.size) return
    const path = `${this.#of.folder}/checkpoint`
    this.#reading.earlier?.compare(this.#mark, rootOf(this.#edge.frontier()), path)
  }

  /** All records of the head are there. */
  whole(root: Buffer): void {
    for (const tile of this.#edge.partial()) checkTile(this.#dir, this.#of.folder, tile, this.#report)
    if (!rootOf(this.#edge.frontier()).equals(root)) this.#report.add('tampered', this.#of.folder, 'root')
    this.#seals.end(this.base + this.size)
    this.#readable.end()
  }

  close(): void {
    for (const lines of this.#files) lines?.close()
  }
}

/**
 * @param known the keys of which one must have signed its head
 * @returns undefined if nothing can be said of its records without a head
 */
export const checkTree = async (
  dir: string,
  of: TreeFolder,
  { origin, known }: { readonly origin: string; readonly known: readonly Verifier[] },
  reading: Reading,
  report: Report,
) => {
  const path = `${of.folder}/checkpoint`
  const note = readSmall(dir, path, report)?.toString('utf8')
  const head = note === undefined ? undefined : openHead(note, origin, known, path, report)
  if (note === undefined || head === undefined) return undefined
  report.logs.push({ origin: head.origin, size: head.size, root: head.root.toString('hex') })
  const growing = new Growing(dir, of, reading, reading.earlier?.markIn(head, reading.keys, path), report)
  try {
    for (const entries of entryBundles(dir, of.folder, head.size, report)) {
      if (growing.size === 0) {
        growing.base = begin(entries, of, reading, report)
        reading.records?.shard(growing.base)
      }
      if (!growing.take(entries)) break
      await reading.records?.settle()
    }
    for (let round = 0; round < 2; round += 1) await reading.records?.settle()
    const whole = growing.size === head.size
    if (whole) growing.whole(head.root)
    reading.place = growing.base + head.size
    return { note, head, path, whole }
  } finally {
    growing.close()
  }
}
