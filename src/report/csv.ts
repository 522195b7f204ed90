/**
 * Cells that are safe to open: a cell that a spreadsheet would take for a formula is neutralised (CWE-1236), and
 * what steers a terminal or a reader's eye shows as an escape.
 */
import { stringify } from 'csv-stringify/sync'
import { escapeText } from '../telemetry/escape.ts'

/** RFC 4180 lines, CRLF. `head` first if given. */
export const csv = (rows: readonly (readonly (string | number)[])[], head?: readonly string[]): string =>
  stringify(
    [...(head === undefined ? [] : [head]), ...rows].map((row) =>
      row.map((cell) => (typeof cell === 'number' ? cell : escapeText(cell))),
    ),
    { escape_formulas: true, record_delimiter: 'windows' },
  )
