import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Source } from './bundle.ts'
import { visible } from './yaml-text.ts'

/** More would not be read; a file of a megabyte must not make a million sentences. */
const mostFaults = 200
const longestLine = 200

/** One line of a file, as written, cut to what a terminal shows. */
export const sourceLine = (text: string, line: number): string => {
  let start = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return ''
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  const whole = visible(text.slice(start, end < 0 ? text.length : end).replace(/\r$/, ''))
  return whole.length > longestLine ? `${whole.slice(0, longestLine)}…` : whole
}

/** A fault of a file as a whole: too large, unknown place, a link that leaves the folder. */
export const fileFault = (file: string, message: Both, hint?: Both): PolicyFault => ({
  file,
  line: 1,
  column: 1,
  message,
  source: '',
  ...(hint === undefined ? {} : { hint }),
})

/** `rules/own.yaml:3:5` */
export const placeIn = ({ file, line, column }: Source): string => `${file}:${line}:${column}`

/** By file, line and column; beyond 200 the last one says how many were left out. */
export const inOrder = (faults: readonly PolicyFault[]): readonly PolicyFault[] => {
  const sorted = faults.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.message.en < b.message.en ? -1 : 1),
  )
  const once = sorted.filter((fault, i) => {
    const before = sorted[i - 1]
    return (
      before === undefined ||
      before.file !== fault.file ||
      before.line !== fault.line ||
      before.column !== fault.column ||
      before.message.en !== fault.message.en
    )
  })
  if (once.length <= mostFaults) return once
  const { hint: _, ...last } = once[mostFaults - 1] as PolicyFault
  const more = once.length - mostFaults + 1
  const message = { en: `and ${more} more faults`, fr: `et ${more} autres erreurs` }
  return [...once.slice(0, mostFaults - 1), { ...last, message }]
}

/** What a program reads of a fault: English under the names that it always had, French beside. */
export interface FaultFields extends Source {
  readonly message: string
  readonly message_fr: string
  readonly source?: string
  readonly hint?: string
  readonly hint_fr?: string
}

export const faultFields = ({ message, hint, ...place }: PolicyFault): FaultFields => ({
  ...place,
  message: message.en,
  message_fr: message.fr,
  ...(hint === undefined ? {} : { hint: hint.en, hint_fr: hint.fr }),
})

/** The same of a warning, which has a place and a sentence. */
export const warningFields = (warning: { readonly source: Source; readonly message: Both }): FaultFields => ({
  ...warning.source,
  message: warning.message.en,
  message_fr: warning.message.fr,
})
