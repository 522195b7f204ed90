/**
 * A checkpoint that the auditor holds already, of the export before or of a client's receipt: the log must have grown from
 * it. A log that was cut, an old export handed in again, or another history than a client was shown does not.
 */
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import type { Report } from './verify-report.ts'

export interface Mark {
  readonly size: number
  readonly root: Buffer
}

export class Earlier {
  readonly #note: string
  readonly #report: Report
  #met = false

  constructor(note: string, report: Report) {
    this.#note = note
    this.#report = report
  }

  /** Where to compare in the tree of this head, if the checkpoint is of it and one of the keys signed it. */
  markIn(head: Checkpoint, keys: readonly Verifier[], path: string): Mark | undefined {
    if (!this.#note.startsWith(`${head.origin}\n`)) return undefined
    this.#met = true
    try {
      const known = keys.map((key) => keyNamed(key, head.origin))
      const { size, root } = openCheckpoint(this.#note, known, head.origin)
      if (size <= head.size) return { size, root }
      this.#report.add('incomplete', path, 'earlier-older')
    } catch (error) {
      if (!(error instanceof NoteRefused)) throw error
      this.#report.add('undecided', 'earlier', 'earlier-unsigned')
    }
    return undefined
  }

  compare(mark: Mark, root: Buffer, path: string): void {
    if (!mark.root.equals(root)) this.#report.add('tampered', path, 'earlier-forked')
  }

  done(): void {
    if (!this.#met) this.#report.add('undecided', 'earlier', 'earlier-of-none')
  }
}
