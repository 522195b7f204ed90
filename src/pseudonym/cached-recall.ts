/**
 * A Recall that remembers, so that a warm transfer does not ask the store. Only what is stored is remembered,
 * never that something is not. Keys are remembered as they are stored, wrapped. Bounded by number and by age:
 * an erasure at another instance is forgotten here after `maxAge` at the latest, and a write that relies on
 * what was erased meanwhile is a Clash.
 */
import type { Keep } from '../model/ledger.ts'
import type { Known, KnownAsk, KnownPseudonym, KnownSubject, Recall, StoredPseudonym } from './recall.ts'

export interface CachedRecall extends Recall {
  /** After a commit: what was kept is known from now on. */
  remember(keep: Keep): void
  /** After a Clash: what these rows relied on is asked anew. */
  doubt(keep: Keep): void
  /** At an erasure. */
  forget(client: string, subject: Buffer): void
}

export interface CacheLimits {
  /** Entries of each of the two kinds, pseudonyms and subjects. */
  readonly entries: number
  /** Milliseconds. */
  readonly maxAge: number
}

const usual: CacheLimits = { entries: 100_000, maxAge: 300_000 }

interface Entry<Value> {
  readonly value: Value
  readonly until: number
}

/** Least recently used first; Map keeps the order. */
class Lru<Value> {
  readonly #held = new Map<string, Entry<Value>>()
  readonly #entries: number

  constructor(entries: number) {
    this.#entries = entries
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#held.get(key)
    if (entry === undefined) return undefined
    this.#held.delete(key)
    if (entry.until <= now) return undefined
    this.#held.set(key, entry)
    return entry.value
  }

  set(key: string, value: Value, until: number): void {
    this.#held.delete(key)
    if (this.#held.size >= this.#entries) this.#held.delete(this.#held.keys().next().value!)
    this.#held.set(key, { value, until })
  }

  drop(key: string): void {
    this.#held.delete(key)
  }

  dropWhere(test: (key: string, value: Value) => boolean): void {
    for (const [key, { value }] of this.#held) if (test(key, value)) this.#held.delete(key)
  }
}

const pseudonymKey = (client: string, provider: string, index: Buffer): string =>
  `${client}\0${provider}\0${index.toString('latin1')}`
const subjectKey = (client: string, asked: Buffer): string => `${client}\0${asked.toString('latin1')}`

export const cachedRecall = (
  recall: Recall,
  limits: Partial<CacheLimits> = {},
  now: () => number = Date.now,
): CachedRecall => {
  const { entries, maxAge } = { ...usual, ...limits }
  const pseudonyms = new Lru<KnownPseudonym>(entries)
  /** One alias may stand for several subjects. */
  const subjects = new Lru<readonly KnownSubject[]>(entries)
  /** Raised by every forgetting: an answer that was under way before it is not remembered. */
  let generation = 0

  const until = (expires: Date): number => Math.min(expires.getTime(), now() + maxAge)

  const store = (client: string, provider: string, known: Known): void => {
    for (const row of known.pseudonyms)
      pseudonyms.set(pseudonymKey(client, provider, row.index), row, until(row.expires))
    const byAsked = Map.groupBy(known.subjects, ({ asked }) => subjectKey(client, asked))
    for (const [key, rows] of byAsked) {
      const first = rows.reduce((a, b) => (a.expires < b.expires ? a : b))
      subjects.set(key, rows, until(first.expires))
    }
  }

  return {
    known: async (ask: KnownAsk): Promise<Known> => {
      const at = now()
      const heldPseudonyms: KnownPseudonym[] = []
      const heldSubjects: KnownSubject[] = []
      const indexes = ask.indexes.filter((index) => {
        const row = pseudonyms.get(pseudonymKey(ask.client, ask.provider, index), at)
        if (row !== undefined) heldPseudonyms.push(row)
        return row === undefined
      })
      const asked = ask.subjects.filter((one) => {
        const rows = subjects.get(subjectKey(ask.client, one), at)
        if (rows !== undefined) heldSubjects.push(...rows)
        return rows === undefined
      })
      const held = { pseudonyms: heldPseudonyms, subjects: heldSubjects, tokens: [] }
      if (indexes.length + asked.length + ask.tokens.length === 0) return held
      const begun = generation
      const rest = await recall.known({ ...ask, indexes, subjects: asked })
      if (begun === generation) store(ask.client, ask.provider, rest)
      return {
        pseudonyms: [...heldPseudonyms, ...rest.pseudonyms],
        subjects: [...heldSubjects, ...rest.subjects],
        tokens: rest.tokens,
      }
    },

    resolve: (client, provider, tokens): Promise<readonly StoredPseudonym[]> =>
      recall.resolve(client, provider, tokens),

    remember: (keep) => {
      const bySubject = new Map(keep.subjects.map((row) => [subjectKey(row.client, row.ref), row]))
      for (const row of keep.subjects) {
        const { client, ref, month, wrapped } = row
        const held = subjects.get(subjectKey(client, ref), now())?.find((one) => one.ref.equals(ref))
        const expires = held !== undefined && held.expires > row.expires ? held.expires : row.expires
        subjects.set(subjectKey(client, ref), [{ asked: ref, ref, month, wrapped, expires }], until(expires))
      }
      for (const { client, alias, ref, expires } of keep.aliases) {
        const subject = bySubject.get(subjectKey(client, ref))
        const key = subjectKey(client, alias)
        const others = subjects.get(key, now())
        // An alias that others may have too is asked of the store, which knows them all.
        if (subject === undefined || (others !== undefined && !others.every((one) => one.ref.equals(ref))))
          subjects.drop(key)
        else
          subjects.set(
            key,
            [{ asked: alias, ref, month: subject.month, wrapped: subject.wrapped, expires }],
            until(expires),
          )
      }
      for (const { client, provider, index, token, subject, expires } of keep.pseudonyms)
        pseudonyms.set(
          pseudonymKey(client, provider, index),
          { index, token, subject, expires },
          until(expires),
        )
    },

    doubt: (keep) => {
      generation++
      for (const { client, ref } of keep.subjects) subjects.drop(subjectKey(client, ref))
      for (const { client, alias } of keep.aliases) subjects.drop(subjectKey(client, alias))
      for (const { client, provider, index } of keep.pseudonyms)
        pseudonyms.drop(pseudonymKey(client, provider, index))
    },

    forget: (client, subject) => {
      generation++
      const of = `${client}\0`
      pseudonyms.dropWhere((key, row) => key.startsWith(of) && row.subject.equals(subject))
      subjects.dropWhere((key, rows) => key.startsWith(of) && rows.some((row) => row.ref.equals(subject)))
    },
  }
}
