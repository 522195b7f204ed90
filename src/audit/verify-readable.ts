/** The readable view of a tree, `entries.jsonl`: each line must say what the record in its place says. */
import { isAscii } from 'node:buffer'
import { readableLine } from './seal.ts'
import type { Lines } from './verify-files.ts'
import type { Report } from './verify-report.ts'

/** In almost all records nothing is escaped: their bytes stand in the line, and are compared there. */
const stands = (line: Buffer, index: number, hash: Buffer, body: Buffer): boolean => {
  const before = `{"index":${index},"hash":"${hash.toString('hex')}","record":`
  const end = before.length + body.length
  return (
    line.length === end + 1 &&
    line[end] === 0x7d &&
    line.compare(body, 0, body.length, before.length, end) === 0 &&
    line.toString('latin1', 0, before.length) === before
  )
}

const says = (line: Buffer, index: number, hash: Buffer, body: Buffer): boolean => {
  const plain = body.length > 0 && isAscii(body) && !body.includes(0x7f)
  return plain ? stands(line, index, hash, body) : line.toString('latin1') === readableLine(index, hash, body)
}

export class ReadableView {
  readonly #lines: Lines | undefined
  readonly #path: string
  readonly #report: Report
  #count = 0
  #different = false

  /** @param lines undefined if the file is missing, which is reported already */
  constructor(lines: Lines | undefined, path: string, report: Report) {
    this.#lines = lines
    this.#path = path
    this.#report = report
  }

  /** The next record, of which the next line must speak. Only the first line that differs is reported. */
  record(index: number, hash: Buffer, body: Buffer): void {
    if (this.#lines === undefined || this.#different) return
    this.#count += 1
    const line = this.#lines.next()
    if (line !== undefined && says(line, index, hash, body)) return
    this.#different = true
    this.#report.add('tampered', this.#path, 'line-other', { line: this.#count })
  }

  end(): void {
    if (!this.#different && this.#lines !== undefined && this.#lines.next() !== undefined)
      this.#report.add('tampered', this.#path, 'lines-too-many')
  }
}
