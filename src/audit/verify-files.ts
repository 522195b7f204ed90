/**
 * The files of an export, read with limits: a bundle is hostile until it is verified. Read one after the other and
 * waited for: nothing else is to be done meanwhile, and there are as many as the log has hundreds of records.
 */
import { closeSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { join } from 'node:path'
import type { Report } from './verify-report.ts'

const maxSmall = 1_048_576

/** What is at that place, itself and not what it links to; undefined for nothing that can be seen. */
export const lookAt = (dir: string, path = ''): Stats | undefined => {
  try {
    return lstatSync(join(dir, path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

export const isFile = (dir: string, path: string): boolean => lookAt(dir, path)?.isFile() === true

/** A file of the bundle: regular, not larger than it may be. */
export const readSmall = (dir: string, path: string, report: Report, most = maxSmall): Buffer | undefined => {
  const at = lookAt(dir, path)
  if (at === undefined) report.add('incomplete', path, 'missing')
  else if (!at.isFile() || at.size > most) report.add('tampered', path, 'too-large')
  else return readFileSync(join(dir, path))
  return undefined
}

const nothing = Buffer.alloc(0)

/** Pieces of a file, read one after the other into the same place: each is good until the next is asked for. */
export function* piecesOf(file: string, piece: Buffer): Generator<Buffer> {
  const fd = openSync(file, 'r')
  try {
    for (let length = readSync(fd, piece); length > 0; length = readSync(fd, piece))
      yield piece.subarray(0, length)
  } finally {
    closeSync(fd)
  }
}

/** Lines of a file, each with its line feed taken off; a line longer than `most` ends it. */
export class Lines {
  readonly #most: number
  readonly #pieces: Generator<Buffer>
  #data: Buffer = nothing
  #at = 0
  #ended = false

  constructor(file: string, most: number) {
    this.#most = most
    this.#pieces = piecesOf(file, Buffer.allocUnsafeSlow(1 << 18))
  }

  /** Good until the next is asked for; undefined at the end. */
  next(): Buffer | undefined {
    for (;;) {
      const end = this.#data.indexOf(10, this.#at)
      if (end >= 0) {
        const line = this.#data.subarray(this.#at, end)
        this.#at = end + 1
        return line
      }
      const rest = this.#data.subarray(this.#at)
      if (this.#ended || rest.length > this.#most) {
        this.close()
        // A last line without its end is none that was written: no reader takes it for one.
        return this.#ended && rest.length > 0 ? this.#last(rest) : undefined
      }
      const kept = Buffer.from(rest)
      const piece = this.#pieces.next()
      if (piece.done === true) this.#ended = true
      this.#data = piece.done === true ? kept : Buffer.concat([kept, piece.value])
      this.#at = 0
    }
  }

  #last(rest: Buffer): Buffer {
    this.#data = nothing
    this.#at = 0
    return Buffer.concat([rest, Buffer.of(0)])
  }

  close(): void {
    this.#pieces.return(undefined)
  }
}
