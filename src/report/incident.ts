/**
 * What the 72-hour notice needs (Art. 33(3) GDPR; Guidelines 9/2022 §§ 44-50): whose data of which kinds a provider
 * had in a period, in which form, where, and on what ground. Of values it knows nothing.
 */
import type { OutcomeEnd } from '../model/record.ts'
import { type ReportAsk, meets } from './ask.ts'
import { type TransferLine, mayHaveLeft } from './lines.ts'
import { type Form, formsOf } from './transfer-register.ts'

export interface Incident {
  readonly provider: string
  readonly transfers: number
  /** Refused, or recorded as never sent. */
  readonly refused: number
  readonly notSent: number
  /** Of `transfers`: how they ended; `open` has no outcome and may have been sent. */
  readonly ends: Readonly<Partial<Record<OutcomeEnd | 'open', number>>>
  readonly clients: readonly string[]
  readonly purposes: readonly string[]
  /** Country codes of all legs, with the grounds that carried them. */
  readonly countries: Readonly<Record<string, readonly string[]>>
  /** Category → findings by form. */
  readonly categories: Readonly<Record<string, Record<Form, number>>>
  /** RFC 3339; left out if nothing went. */
  readonly first?: string
  readonly last?: string
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

export const incident = async (
  lines: AsyncIterable<TransferLine>,
  provider: string,
  ask: Omit<ReportAsk, 'providers'>,
): Promise<Incident> => {
  const ends: Record<string, number> = {}
  const clients = new Set<string>()
  const purposes = new Set<string>()
  const countries = new Map<string, Set<string>>()
  const categories = new Map<string, Record<Form, number>>()
  let [transfers, refused, notSent] = [0, 0, 0]
  let first: string | undefined
  let last: string | undefined
  for await (const line of lines) {
    if (!meets(line.record, { ...ask, providers: [provider] })) continue
    if (line.record.k === 'refusal') refused += 1
    else if (!mayHaveLeft(line)) notSent += 1
    else {
      const { t, client, purpose, countries: codes, ground, cats } = line.record
      transfers += 1
      add(ends, line.outcome?.end ?? 'open')
      clients.add(client)
      purposes.add(purpose)
      for (const [leg, code] of codes.entries())
        countries.set(code, (countries.get(code) ?? new Set()).add(ground[leg] ?? 'none'))
      for (const [category, counts] of Object.entries(cats)) {
        const held = categories.get(category) ?? formsOf({})
        for (const [form, n] of Object.entries(formsOf(counts))) held[form as Form] += n
        categories.set(category, held)
      }
      if (first === undefined || t < first) first = t
      if (last === undefined || t > last) last = t
    }
  }
  return {
    provider,
    transfers,
    refused,
    notSent,
    ends,
    clients: [...clients].toSorted(),
    purposes: [...purposes].toSorted(),
    countries: Object.fromEntries([...countries].map(([code, on]) => [code, [...on].toSorted()])),
    categories: Object.fromEntries([...categories].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ...(first === undefined || last === undefined ? {} : { first, last }),
  }
}
