/** A vault in memory: for tests, for `try`, and as the plainest statement of what a store must do. */
import type { AliasRow, Keep, PseudonymRow, SubjectRow } from '../model/ledger.ts'
import type { KnownAsk, KnownSubject, Recall, StoredPseudonym } from './recall.ts'

export interface MemoryVault extends Recall {
  /** All rows or none; false is a Clash. */
  keep(rows: Keep): boolean
  /** The subject's key, aliases and pseudonyms are gone. */
  erase(client: string, ref: Buffer): void
  /** What is stored, for tests that look for plain values. */
  rows(): Keep
}

const join = (...parts: readonly (string | Buffer)[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.toString('hex'))).join('\0')

export const memoryVault = (now: () => Date = () => new Date()): MemoryVault => {
  const subjects = new Map<string, SubjectRow>()
  const aliases = new Map<string, Map<string, AliasRow>>()
  const byIndex = new Map<string, PseudonymRow>()
  const byToken = new Map<string, PseudonymRow>()
  const live = <Row extends { readonly expires: Date }>(row: Row | undefined): Row | undefined =>
    row !== undefined && row.expires > now() ? row : undefined
  const indexKey = (row: PseudonymRow): string => join(row.client, row.provider, row.index)
  const tokenKey = (row: PseudonymRow): string => join(row.client, row.provider, row.token)

  const drop = (row: PseudonymRow | undefined): void => {
    if (row === undefined) return
    byIndex.delete(indexKey(row))
    byToken.delete(tokenKey(row))
  }

  const clashes = (rows: Keep): boolean =>
    rows.subjects.some((row) => {
      const held = live(subjects.get(join(row.client, row.ref)))
      return row.known === true ? held === undefined || !held.wrapped.equals(row.wrapped) : held !== undefined
    }) || rows.pseudonyms.some((row) => live(byIndex.get(indexKey(row))) ?? live(byToken.get(tokenKey(row))))

  const later = (a: Date, b: Date | undefined): Date => (b !== undefined && b > a ? b : a)

  const findSubject = (client: string, asked: Buffer): KnownSubject[] => {
    const refs = [asked, ...[...(aliases.get(join(client, asked))?.values() ?? [])].map((row) => row.ref)]
    return refs.flatMap((ref) => {
      const row = live(subjects.get(join(client, ref)))
      return row === undefined ? [] : [{ ...row, asked }]
    })
  }

  const stored = (row: PseudonymRow | undefined): StoredPseudonym[] => {
    const subject = live(row) && live(subjects.get(join(row!.client, row!.subject)))
    return subject === undefined ? [] : [{ ...row!, month: subject.month, wrapped: subject.wrapped }]
  }

  return {
    known: async ({ client, provider, indexes, subjects: asked, tokens }: KnownAsk) => ({
      pseudonyms: indexes.flatMap((index) => live(byIndex.get(join(client, provider, index))) ?? []),
      subjects: asked.flatMap((one) => findSubject(client, one)),
      tokens: [...byToken.values()]
        .filter((row) => row.client === client && tokens.includes(row.token))
        .flatMap(stored),
    }),
    resolve: async (client, provider, tokens) =>
      tokens.flatMap((token) => stored(byToken.get(join(client, provider, token)))),
    keep: (rows) => {
      if (clashes(rows)) return false
      for (const row of rows.subjects) {
        const key = join(row.client, row.ref)
        subjects.set(key, { ...row, expires: later(row.expires, subjects.get(key)?.expires) })
      }
      for (const row of rows.aliases) {
        const key = join(row.client, row.alias)
        const held = aliases.get(key) ?? new Map<string, AliasRow>()
        const ref = join(row.ref)
        aliases.set(key, held.set(ref, { ...row, expires: later(row.expires, held.get(ref)?.expires) }))
      }
      for (const row of rows.pseudonyms) {
        drop(byIndex.get(indexKey(row)))
        drop(byToken.get(tokenKey(row)))
        byIndex.set(indexKey(row), row)
        byToken.set(tokenKey(row), row)
      }
      return true
    },
    erase: (client, ref) => {
      subjects.delete(join(client, ref))
      for (const held of aliases.values()) held.delete(join(ref))
      for (const row of byIndex.values()) if (row.client === client && row.subject.equals(ref)) drop(row)
    },
    rows: () => ({
      subjects: [...subjects.values()],
      aliases: [...aliases.values()].flatMap((held) => [...held.values()]),
      pseudonyms: [...byIndex.values()],
    }),
  }
}
