import type { Category } from '../../../model/category.ts'
import { context, type Site } from '../../found.ts'
import type { ContextKind } from '../../lexicon/context.ts'
import { phraseOf, type Ready, readyRows } from './table.ts'

/** A word speaks of what follows it within this distance. */
export const within = 60

/** Words of the category that name no identifier in particular: `numéro fiscal`, `identity number`. */
const generic: Readonly<Partial<Record<Category, ContextKind>>> = {
  'id.national': 'national',
  'id.tax': 'tax',
  'id.passport': 'passport',
  'id.driving': 'driving',
  'id.health': 'health',
  'fin.account': 'account',
  'vehicle.plate': 'plate',
}

const kindOf: ReadonlyMap<Category, number> = new Map(
  (Object.entries(generic) as [Category, ContextKind][]).map(([category, kind]) => [category, context[kind]]),
)

/** What the text says of the numbers in it: 2 names this identifier, 1 its category, 0 nothing. */
export const told = (site: Site, ready: Ready, start: number, distance: number): 0 | 1 | 2 => {
  if (start - site.saidAt > distance) return 0
  const { said, meaning } = site
  for (let at = said.length - 2; at >= 0 && at >= said.length - 12; at -= 2) {
    if (start - said[at + 1]! > distance) break
    if (ready.phrases.has(said[at]!)) return 2
  }
  if (meaning?.category === ready.category) {
    // A name that means one identifier means no other.
    const phrase = phraseOf(meaning.entry.replaceAll('_', ' '))
    return phrase < 0 ? 1 : ready.phrases.has(phrase) ? 2 : 0
  }
  const kind = kindOf.get(ready.category)
  return kind !== undefined && start - site.near[kind]! <= distance ? 1 : 0
}

const rowsBy = <Key>(keys: (ready: Ready) => Iterable<Key>): ReadonlyMap<Key, readonly number[]> => {
  const rows = new Map<Key, number[]>()
  readyRows.forEach((ready, row) => {
    for (const key of keys(ready)) {
      const list = rows.get(key)
      if (list === undefined) rows.set(key, [row])
      else list.push(row)
    }
  })
  return rows
}
const rowsByPhrase = rowsBy(({ phrases }) => phrases)
const rowsByCategory = rowsBy(({ category }) => [category])
/** What each generic word speaks of. */
const generics = [...kindOf].map(([category, kind]) => ({ kind, rows: rowsByCategory.get(category) }))

/** Rows of which the words before a place may speak carry the number of the last look. */
const spokenOf = new Int32Array(readyRows.length)
let look = 0

let heard = false

const stamp = (rows: readonly number[] | undefined): void => {
  if (rows === undefined) return
  heard = true
  for (const row of rows) spokenOf[row] = look
}

/**
 * Listens to the words before this place: no row but those heard of is told anything here.
 * @returns whether it heard of any
 */
export const listen = (site: Site, start: number): boolean => {
  look = (look + 1) | 0
  heard = false
  const { said, meaning, near } = site
  for (let at = said.length - 2; at >= 0 && at >= said.length - 12; at -= 2) {
    if (start - said[at + 1]! > within) break
    stamp(rowsByPhrase.get(said[at]!))
  }
  if (meaning?.category != null) stamp(rowsByCategory.get(meaning.category))
  for (const { kind, rows } of generics) if (start - near[kind]! <= within) stamp(rows)
  return heard
}

/** Whether the last look heard of this row. */
export const isHeard = (row: number): boolean => spokenOf[row] === look
