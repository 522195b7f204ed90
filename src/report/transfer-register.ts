/**
 * The transfer register: what went where on what ground. Of it the records of Art. 30(1)(d), (e) GDPR (categories of
 * recipients, transfers with their country) and the answer to Art. 15(1)(c) are made.
 */
import { type ReportAsk, meets } from './ask.ts'
import { type TransferLine, mayHaveLeft } from './lines.ts'

/** Forms in which a category may have reached the provider, clearest first. */
export const forms = ['clear', 'coarser', 'pseudonym', 'withheld'] as const
export type Form = (typeof forms)[number]

const formOf: Readonly<Record<string, Form>> = {
  allow: 'clear',
  generalise: 'coarser',
  pseudonymise: 'pseudonym',
  mask: 'withheld',
  remove: 'withheld',
  block: 'withheld',
}

/** Findings of one category by the form in which they left. An unknown treatment counts as clear. */
export const formsOf = (counts: Readonly<Record<string, number>>): Record<Form, number> => {
  const out: Record<Form, number> = { clear: 0, coarser: 0, pseudonym: 0, withheld: 0 }
  for (const [treatment, n] of Object.entries(counts)) out[formOf[treatment] ?? 'clear'] += n
  return out
}

/** One country × provider × category × ground. */
export interface RegisterRow {
  /** ISO 3166-1 code as the leg names it. */
  readonly country: string
  readonly provider: string
  /** '' for transfers in which nothing was found. */
  readonly category: string
  readonly ground: string
  /** Transfers whose intent stands and that may have left. */
  transfers: number
  readonly findings: Record<Form, number>
  /** RFC 3339. */
  first: string
  last: string
}

/** @returns rows in order of country, provider, category, ground */
export const transferRegister = async (
  lines: AsyncIterable<TransferLine>,
  ask: ReportAsk,
): Promise<RegisterRow[]> => {
  const rows = new Map<string, RegisterRow>()
  for await (const line of lines) {
    if (!mayHaveLeft(line) || !meets(line.record, ask)) continue
    const { countries, ground, provider, t, cats } = line.record
    const categories = Object.entries(cats)
    const seen = new Set<string>()
    for (const [leg, country] of countries.entries())
      for (const [category, counts] of categories.length === 0 ? [['', {}] as const] : categories) {
        const on = ground[leg] ?? 'none'
        const key = [country, provider, category, on].join('\0')
        // Two legs to one country on one ground are one transfer.
        if (seen.has(key)) continue
        seen.add(key)
        let row = rows.get(key)
        if (row === undefined)
          rows.set(
            key,
            (row = {
              country,
              provider,
              category,
              ground: on,
              transfers: 0,
              findings: formsOf({}),
              first: t,
              last: t,
            }),
          )
        row.transfers += 1
        for (const [form, n] of Object.entries(formsOf(counts))) row.findings[form as Form] += n
        if (t < row.first) row.first = t
        if (t > row.last) row.last = t
      }
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
