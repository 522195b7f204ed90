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

export interface Register {
  take(line: TransferLine): void
  /** In order of country, provider, category, ground. */
  rows(): RegisterRow[]
}

const keyOf = ({
  country,
  provider,
  category,
  ground,
}: Omit<RegisterRow, 'transfers' | 'findings' | 'first' | 'last'>) =>
  [country, provider, category, ground].join('\0')

/**
 * What is held is a row for each combination that was seen, however many transfers there are.
 * @param begun rows that an earlier one held
 */
export const makeRegister = (ask: ReportAsk, begun: readonly RegisterRow[] = []): Register => {
  const rows = new Map(begun.map((row) => [keyOf(row), row]))
  const rowOf = (
    country: string,
    provider: string,
    category: string,
    ground: string,
    t: string,
  ): RegisterRow => {
    const key = keyOf({ country, provider, category, ground })
    const held = rows.get(key)
    if (held !== undefined) return held
    const findings = formsOf({})
    const row = { country, provider, category, ground, transfers: 0, findings, first: t, last: t }
    rows.set(key, row)
    return row
  }
  return {
    take(line) {
      if (!mayHaveLeft(line) || !meets(line.record, ask)) return
      const { countries, ground, provider, t, cats } = line.record
      const categories = Object.entries(cats)
      // Two legs to one country on one ground are one transfer.
      const seen = new Set<RegisterRow>()
      for (const [leg, country] of countries.entries())
        for (const [category, counts] of categories.length === 0 ? [['', {}] as const] : categories) {
          const row = rowOf(country, provider, category, ground[leg] ?? 'none', t)
          if (seen.has(row)) continue
          seen.add(row)
          row.transfers += 1
          for (const [form, n] of Object.entries(formsOf(counts))) row.findings[form as Form] += n
          if (t < row.first) row.first = t
          if (t > row.last) row.last = t
        }
    },
    rows: () => [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  }
}

export const transferRegister = async (
  lines: AsyncIterable<TransferLine>,
  ask: ReportAsk,
): Promise<RegisterRow[]> => {
  const register = makeRegister(ask)
  for await (const line of lines) register.take(line)
  return register.rows()
}
