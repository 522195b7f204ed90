/** Tokens by index, drawn where none is known, and the rows that must be durable before they leave. */
import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { AliasRow, Keep, PseudonymRow, SubjectRow } from '../model/ledger.ts'
import type { Keys } from './keys.ts'
import type { KnownPseudonym } from './recall.ts'
import { newSubjectKey, openSubjectKey, sealOriginal } from './seal.ts'
import type { Original, SubjectKey } from './seal.ts'
import type { Subject } from './subject.ts'
import { drawToken } from './token.ts'
import type { Random } from './token.ts'

export interface BookAsk {
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly keys: Keys
  readonly random: Random
  readonly expires: Date
  readonly known: readonly KnownPseudonym[]
}

export interface Book {
  /** The value's token in its circle. */
  tokenFor(category: Category, value: Original, index: Buffer, subject: Subject): string
  keep(): Keep
}

/** @throws Refused VAULT_UNAVAILABLE where a subject's key is gone and its row is not */
export const bookOf = ({ client, provider, purpose, keys, random, expires, known }: BookAsk): Book => {
  const tokens = new Map(known.map(({ index, token }) => [index.toString('hex'), token]))
  const taken = new Set(tokens.values())
  const opened = new Map<string, SubjectKey>()
  const subjects: SubjectRow[] = []
  const aliases = new Map<string, AliasRow>()
  const told = new Set<string>()
  const pseudonyms: PseudonymRow[] = []

  const keyOf = ({ ref, known: row }: Subject): SubjectKey => {
    const name = ref.toString('hex')
    const held = opened.get(name)
    if (held !== undefined) return held
    const key =
      row === undefined ? newSubjectKey(keys, client, ref, random) : openSubjectKey(keys, client, row)
    // Its month was shredded and its row not yet swept: nothing may be sealed under a key that is gone.
    if (key === undefined) throw new Refused('VAULT_UNAVAILABLE')
    opened.set(name, key)
    const { month, wrapped } = key
    subjects.push({ client, ref, month, wrapped, expires, ...(row === undefined ? {} : { known: true }) })
    return key
  }

  return {
    tokenFor: (category, value, index, subject) => {
      const name = index.toString('hex')
      const held = tokens.get(name)
      const { ref } = subject
      const person = ref.toString('hex')
      // Once a person: a mailing list is one record with thousands of them.
      const untold = (held === undefined || subject.known !== undefined) && !told.has(person)
      const listed = untold ? subject.aliases : []
      if (listed.length > 0) {
        told.add(person)
        keyOf(subject)
        for (const alias of listed) {
          aliases.set(`${alias.toString('hex')}${person}`, { client, alias, ref, expires })
        }
      }
      if (held !== undefined) return held
      let token = drawToken(category, random)
      while (taken.has(token)) token = drawToken(category, random)
      taken.add(token)
      tokens.set(name, token)
      const at = { client, provider, token, category }
      const sealed = sealOriginal(keyOf(subject), at, value, random)
      pseudonyms.push({ ...at, purpose, index, subject: subject.ref, sealed, expires })
      return token
    },
    keep: (): Keep => ({ subjects, aliases: [...aliases.values()], pseudonyms }),
  }
}
