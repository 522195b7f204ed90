import type { PolicyFault } from '../errors.ts'
import { counted, type Lang } from '../lang.ts'
import { faultFields } from '../policy/faults.ts'
import type { Printer } from './print.ts'

/** Each fault with its line, a caret under the column, and what would be right. */
export function printFaults(faults: readonly PolicyFault[], print: Printer, lang: Lang): void {
  for (const { file, line, column, message, source, hint } of faults) {
    print.line(`${file}:${line}:${column}: ${message[lang]}`)
    const shown = source.replaceAll('\t', ' ')
    print.line(`    ${shown}`)
    print.line(`    ${' '.repeat(Math.max(0, column - 1))}^`)
    if (hint !== undefined) print.line(`    ${hint[lang]}`)
  }
  print.line(counted(faults.length, lang, 'fault', 'erreur'))
  print.value({ faults: faults.map(faultFields) })
}
