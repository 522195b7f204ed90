/** What a command shows: lines for a person or one JSON value for a program; never a raw control character. */
import { escapeJson, escapeLines } from '../telemetry/escape.ts'

export interface Printer {
  readonly json: boolean
  /** A line for a person; nothing with --json. */
  line(text?: string): void
  /** The whole answer for a program; nothing without --json. */
  value(value: unknown): void
  /** To standard error, in both. */
  warn(text: string): void
}

export const printer = (json: boolean): Printer => ({
  json,
  line: (text = '') => void (json || process.stdout.write(`${escapeLines(text)}\n`)),
  value: (value) => void (json && process.stdout.write(`${escapeJson(value, 1)}\n`)),
  warn: (text) => void process.stderr.write(`${escapeLines(text)}\n`),
})
