/**
 * Tokens in an outgoing payload (design §8): those of this client and provider stay as they are, those made
 * for another provider of the client are opened and treated afresh, the rest are nobody's.
 */
import type { Category } from '../model/category.ts'
import type { Document } from '../model/document.ts'
import { findingTokens } from './find.ts'
import type { Candidate } from './find.ts'
import type { Keys } from './keys.ts'
import { kindOf } from './kind.ts'
import type { StoredPseudonym } from './recall.ts'
import { openOriginal, openSubjectKey } from './seal.ts'
import type { Original } from './seal.ts'
import type { SentValue } from './sent.ts'
import { type Span, spansBy } from './spans.ts'
import type { Subject } from './subject.ts'

/** Characters between two turns of the event loop. */
const piece = 262_144

export interface Afresh extends Span {
  readonly category: Category
  readonly value: Original
  /** Whose it is, with the key that sealed it. */
  readonly subject: Subject
}

export interface Settled {
  readonly own: readonly (readonly [token: string, value: SentValue])[]
  readonly afresh: readonly Afresh[]
  readonly unresolvable: readonly Span[]
  readonly subjects: readonly Buffer[]
  /** Is this span part of a token of this client? Then it is no finding. */
  covers(field: number, start: number, end: number): boolean
}

export interface OutgoingTokens {
  /** To be asked of the vault. */
  readings(): string[]
  settle(
    stored: readonly StoredPseudonym[],
    ask: { readonly client: string; readonly provider: string; readonly keys: Keys },
  ): Settled
}

/** What is stored for a candidate: under the kind that it says, and only if nothing else could be meant. */
export const matchOf = (
  { readings }: Candidate,
  stored: ReadonlyMap<string, readonly StoredPseudonym[]>,
): readonly StoredPseudonym[] =>
  readings.flatMap(({ token, kind }) =>
    (stored.get(token) ?? []).filter(({ category }) => kindOf(category).code === kind),
  )

export function* tokensIn(document: Document): Generator<void, OutgoingTokens> {
  // Only what spells itself without a fault is a token here: the sender is a system, and what is none of ours
  // must stay a finding.
  const found: { readonly field: number; readonly candidate: Candidate }[] = []
  let characters = 0
  for (const field of document.fields) {
    if (field.kind !== 'text') continue
    if ((characters += field.text.length + 16) > piece) {
      yield
      characters = 0
    }
    for (const candidate of yield* findingTokens(field.text))
      if (candidate.certain && candidate.readings.some(({ corrected }) => !corrected))
        found.push({ field: field.index, candidate })
  }

  return {
    readings: () => [
      ...new Set(found.flatMap(({ candidate }) => candidate.readings.map(({ token }) => token))),
    ],
    settle: (stored, { client, provider, keys }) => {
      const byToken = Map.groupBy(stored, ({ token }) => token)
      const own = new Map<string, SentValue>()
      const afresh: Afresh[] = []
      const unresolvable: Span[] = []
      const subjects: Buffer[] = []
      const resolved: Span[] = []
      for (const { field, candidate } of found) {
        const { start, end } = candidate
        const all = matchOf(candidate, byToken)
        const mine = all.filter((row) => row.provider === provider)
        const [row, ...rest] = mine.length > 0 ? mine : all
        const key = row && openSubjectKey(keys, client, { ...row, ref: row.subject })
        if (row === undefined || rest.length > 0 || key === undefined) {
          unresolvable.push({ field, start, end })
          continue
        }
        const { category, token } = row
        const value = openOriginal(key, { client, provider: row.provider, token, category }, row.sealed)
        subjects.push(row.subject)
        resolved.push({ field, start, end })
        if (mine.length > 0) own.set(token, { ...value, category })
        else {
          const known = { ...row, asked: row.subject, ref: row.subject, expires: new Date(0) }
          const subject = { ref: row.subject, known, aliases: [] }
          afresh.push({ field, start, end, category, value, subject })
        }
      }
      // In order of their fields and offsets, none overlapping.
      const inTokens = spansBy(resolved)
      const covers = (field: number, start: number, end: number): boolean => {
        const span = inTokens.first(field, start)
        return span !== undefined && span.start <= start && end <= span.end
      }
      return { own: [...own], afresh, unresolvable, subjects, covers }
    },
  }
}
