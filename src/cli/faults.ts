import type { PolicyFault } from '../errors.ts'
import type { Printer } from './print.ts'

/** Each fault with its line, a caret under the column, and what would be right. */
export function printFaults(faults: readonly PolicyFault[], print: Printer): void {
  for (const { file, line, column, message, source, hint } of faults) {
    print.line(`${file}:${line}:${column}: ${message}`)
    const shown = source.replaceAll('\t', ' ')
    print.line(`    ${shown}`)
    print.line(`    ${' '.repeat(Math.max(0, column - 1))}^`)
    if (hint !== undefined) print.line(`    ${hint}`)
  }
  print.line(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`)
  print.value({ faults })
}
