import type { Category } from '../model/category.ts'
import type { Document, PathNode } from '../model/document.ts'
import { type Budget, spend } from './budget.ts'
import { fold } from './fold.ts'
import type { Found } from './found.ts'
import { weak } from './lexicon/special.ts'
import { COMMON, FIRM, GIVEN, PLACE, SURNAME, listed } from './names/listed.ts'
import { saysNothing } from './values.ts'

/** Fewer rows say nothing of a column. */
const fewest = 8
/** A column is judged by this many rows, evenly drawn. */
const sample = 400
const cost = 40

/** Leaves with the same name in the elements of one list: rows of a table, or a list of plain values. */
export type Column = readonly number[]

export const findColumns = (document: Document): Column[] => {
  /** By list: columns of the names of its elements' fields, and of plain values and names further below. */
  const lists = new Map<PathNode | null, { own: Map<string, number[]>; below: Map<string, number[]> }>()
  for (const { index, part, place, path, text } of document.fields) {
    if (part !== 'body' || place !== 'leaf' || text === '' || path === null) continue
    let name = ''
    let node: PathNode | null = path
    let depth = 0
    for (; node !== null && typeof node.step === 'string'; node = node.up, depth++)
      name = depth === 0 ? node.step : `${name}\n${node.step}`
    if (node === null || saysNothing(text)) continue
    let columns = lists.get(node.up)
    if (columns === undefined) lists.set(node.up, (columns = { own: new Map(), below: new Map() }))
    const named = depth === 1 ? columns.own : columns.below
    const column = named.get(name)
    if (column === undefined) named.set(name, [index])
    else column.push(index)
  }
  return [...lists.values()].flatMap(({ own, below }) =>
    [...own.values(), ...below.values()].filter((one) => one.length >= fewest),
  )
}

/**
 * What the values of a column say of each other, put into `found` (by field): a column of names is one whatever its
 * header; what most of its values are for certain, the doubtful ones are too; a header that its column contradicts is
 * believed less, while what a value shows alone stays as it was.
 */
export const readColumns = (
  document: Document,
  found: readonly (readonly Found[])[],
  replace: (field: number, found: Found[]) => void,
  budget: Budget,
): void => {
  for (const column of findColumns(document)) {
    spend(budget, Math.min(column.length, sample) * cost)
    const texts = column.map((field) => document.fields[field]!.text)
    const view: View = { column, texts, found, replace, rows: drawn(column.length) }
    contradict(view)
    agree(view)
    names(view)
  }
}

interface View {
  readonly column: Column
  readonly texts: readonly string[]
  readonly found: readonly (readonly Found[])[]
  readonly replace: (field: number, found: Found[]) => void
  /** The rows that are looked at. */
  readonly rows: readonly number[]
}

const drawn = (length: number): number[] => {
  const step = Math.max(1, length / sample)
  return Array.from({ length: Math.min(length, sample) }, (_, at) => Math.floor(at * step))
}

const share = ({ rows }: View, holds: (row: number) => boolean): number =>
  rows.filter(holds).length / rows.length

const distinct = ({ rows, texts }: View): number => new Set(rows.map((row) => texts[row])).size

const isWhole = (one: Found, text: string): boolean => (one.end - one.start) * 5 >= text.trim().length * 4

const ownFound = ({ column, found }: View, row: number): readonly Found[] => found[column[row]!]!

// Names

type Looks = 'name' | 'place' | 'firm' | 'word' | 'unknown' | 'other'

const letters = /^[\p{L}\p{M} .,'’-]{2,60}$/u

/** What the lists of names, places and words make of a value. */
const looks = (text: string): Looks => {
  if (!letters.test(text)) return 'other'
  const words = fold(text).match(/[a-z]{2,}/g) ?? []
  if (words.length === 0 || words.length > 5) return 'other'
  const bits = words.map(listed)
  if (bits.some((one) => (one & FIRM) !== 0)) return 'firm'
  if (bits.some((one) => (one & GIVEN) !== 0 && (one & (COMMON | PLACE)) === 0)) return 'name'
  if (bits.some((one) => (one & PLACE) !== 0)) return 'place'
  if (bits.some((one) => (one & (GIVEN | SURNAME)) !== 0 && (one & COMMON) === 0)) return 'name'
  return bits.every((one) => (one & COMMON) !== 0) ? 'word' : 'unknown'
}

const names = (view: View): void => {
  const { column, texts, found, replace } = view
  const told = (row: number) =>
    ownFound(view, row).some((one) => one.confidence >= 0.5 && isWhole(one, texts[row]!))
  if (share(view, told) >= 0.9 || distinct(view) < 6) return
  const kinds = new Map(view.rows.map((row) => [row, looks(texts[row]!)]))
  const of = (...wanted: Looks[]) => share(view, (row) => wanted.includes(kinds.get(row)!))
  if (of('name') < 0.6 || of('place') > 0.25 || of('firm', 'word', 'other') > 0.2) return
  const percent = Math.round(100 * of('name'))
  column.forEach((field, row) => {
    if (!letters.test(texts[row]!) || told(row)) return
    replace(field, [
      ...found[field]!,
      {
        start: 0,
        end: texts[row]!.length,
        category: 'name',
        confidence: 0.85,
        recogniser: 'column',
        evidence: `${percent} % of its column are names`,
      },
    ])
  })
}

// Agreement

/** What a checksum or a numbering plan makes likely, and a column of them certain. */
const checked: ReadonlySet<Category> = new Set<Category>([
  'id.national',
  'id.tax',
  'id.passport',
  'id.driving',
  'id.health',
  'fin.iban',
  'fin.card',
  'fin.account',
  'contact.phone',
])
const sure = 0.85

const agree = (view: View): void => {
  const { column, texts, found, replace, rows } = view
  const counts = new Map<Category, { sure: number; any: number }>()
  for (const row of rows) {
    const best = new Map<Category, number>()
    for (const one of ownFound(view, row))
      if (one.recogniser !== 'key' && one.confidence >= 0.1 && isWhole(one, texts[row]!))
        best.set(one.category, Math.max(best.get(one.category) ?? 0, one.confidence))
    for (const [category, confidence] of best) {
      const count = counts.get(category) ?? { sure: 0, any: 0 }
      counts.set(category, { sure: count.sure + (confidence >= sure ? 1 : 0), any: count.any + 1 })
    }
  }
  for (const [category, count] of counts) {
    const certain = count.sure >= rows.length * 0.7
    // By chance alone a sum holds for one in ten: that all of a column hold is no chance.
    const agreed = checked.has(category) && count.any >= rows.length * 0.95 && distinct(view) >= fewest
    if (!certain && !agreed) continue
    if (count.sure === rows.length) continue
    column.forEach((field, row) => {
      const own = found[field]!
      const text = texts[row]!
      if (!own.some((one) => one.category === category && one.confidence < sure && one.confidence >= 0.1))
        return
      replace(
        field,
        own.map((one) =>
          one.category === category && one.confidence < sure && one.confidence >= 0.1 && isWhole(one, text)
            ? { ...one, confidence: sure, evidence: `${one.evidence}, as in most of its column` }
            : one,
        ),
      )
    })
  }
}

// Contradiction

/** Rows from which a header may be doubted: silence is dearer than a wrong guess. */
const fewestToDoubt = 12

const contradictions: Readonly<Partial<Record<Category, (view: View) => boolean>>> = {
  name: (view) =>
    share(view, (row) => looks(view.texts[row]!) === 'word') >= 0.5 &&
    share(view, (row) => looks(view.texts[row]!) === 'name') <= 0.02,
  'contact.email': (view) => share(view, (row) => view.texts[row]!.includes('@')) === 0,
  'fin.iban': (view) =>
    share(view, (row) => /^[A-Za-z]{2}\s?\d{2}[A-Za-z0-9 ]{11,}$/.test(view.texts[row]!.trim())) === 0,
  gender: (view) => distinct(view) > 12,
}

const contradict = (view: View): void => {
  const { column, found, replace, rows } = view
  if (rows.length < fewestToDoubt) return
  const told = new Set(
    rows.flatMap((row) =>
      ownFound(view, row)
        .filter((one) => one.recogniser === 'key')
        .map((one) => one.category),
    ),
  )
  for (const category of told) {
    if (contradictions[category]?.(view) !== true) continue
    for (const field of column) {
      replace(
        field,
        found[field]!.map((one) =>
          one.recogniser === 'key' && one.category === category
            ? {
                ...one,
                confidence: Math.min(one.confidence, weak),
                evidence: `${one.evidence}, which its column contradicts`,
              }
            : one,
        ),
      )
    }
  }
}
