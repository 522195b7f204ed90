import type { Category } from '../model/category.ts'
import type { Document, Field, PathNode } from '../model/document.ts'
import { type Budget, spend } from './budget.ts'
import type { Found, Site } from './found.ts'
import { findValues, type KnownValues, learnValue, makeKnownValues } from './known-values.ts'
import { type Known, findKnown, learnIdentifier, learnName, learnShort, makeKnown } from './names/known.ts'
import { searchedAs } from './names/tagged.ts'

/** What fields teach each other: a value found with certainty in one is searched in all. */

/** What a document has taught so far. */
export interface Learned {
  readonly known: Known
  readonly values: KnownValues
}

/** @param found what each field of the document holds, by its index */
export const learnAll = (
  document: Document,
  found: readonly (readonly Found[])[],
  budget: Budget,
): Learned => {
  const known = makeKnown()
  const values = makeKnownValues()
  found.forEach((list, index) => learn(known, values, document.fields[index]!, list, budget))
  learnParts(known, document, found)
  return { known, values }
}

/** What the others taught of this field, where nothing sure of the same category stands already; joins `found`. */
export const findLearned = ({ known, values }: Learned, site: Site, field: Field, found: Found[]): void => {
  if (known.names.size > 0 || known.identifiers.size > 0) {
    const namesOnly = field.place !== 'leaf' && field.place !== 'header'
    add(found, news(found, findKnown(known, field.text, site.budget, namesOnly)))
  }
  if (field.place === 'leaf' && field.kind === 'text')
    add(found, news(found, findValues(values, field.text, site.budget)))
}

const identifierCategories: ReadonlySet<Category> = new Set([
  'id.customer',
  'id.employee',
  'id.case',
  'id.national',
  'id.tax',
  'id.passport',
  'id.driving',
  'id.health',
  'fin.account',
  'online.username',
  'vehicle.plate',
])

/** One by one: a large text holds more findings than a call may have arguments. */
const add = (found: Found[], more: readonly Found[]): void => {
  for (const one of more) found.push(one)
}

/** Units of work: learning a value. */
const placing = 8

/**
 * What is treated as a value must not stay in a sentence beside it: a name under a bare `nom` (0.7) is searched
 * too. An identifier that its key alone suggests is not: its digits may be an amount elsewhere.
 */
const learnFrom = (category: Category): number => (category === 'name' ? 0.6 : 0.85)

const learn = (
  known: Known,
  values: KnownValues,
  field: Field,
  found: readonly Found[],
  budget: Budget,
): void => {
  for (const one of found) {
    if (one.confidence < learnFrom(one.category)) continue
    spend(budget, placing)
    learnValue(values, field.text.slice(one.start, one.end), one.category, one.kind)
    if (one.category === 'name' && one.end - one.start <= 120)
      learnName(
        known,
        field.text.slice(one.start, one.end),
        one.recogniser === 'name' ? searchedAs : undefined,
      )
    else if (identifierCategories.has(one.category)) {
      learnIdentifier(known, field.text.slice(one.start, one.end), one.category, one.kind, one.country)
    }
  }
}

/** Names in the fields of one object are parts of one: `nom: Li` beside `prenom: Bo`. */
const learnParts = (known: Known, document: Document, found: readonly (readonly Found[])[]): void => {
  const parts = new Map<PathNode | null, string[]>()
  found.forEach((list, index) => {
    const { path, place, text } = document.fields[index]!
    if (place !== 'leaf' || path === null || text.length > 40) return
    if (!list.some((one) => one.category === 'name' && one.recogniser === 'key' && one.confidence >= 0.6))
      return
    const beside = parts.get(path.up)
    if (beside === undefined) parts.set(path.up, [text])
    else beside.push(text)
  })
  for (const list of parts.values()) learnShort(known, list)
}

/** Of what the search found, what no sure finding of the same category covers; both run from left to right. */
const news = (own: readonly Found[], searched: readonly Found[]): Found[] => {
  if (searched.length === 0) return []
  const sure = own.filter((one) => one.confidence >= 0.85).sort((a, b) => a.start - b.start)
  const ends = new Map<Category, number>()
  let next = 0
  return searched.filter((one) => {
    for (; next < sure.length && sure[next]!.start <= one.start; next++) {
      const { category, end } = sure[next]!
      ends.set(category, Math.max(ends.get(category) ?? 0, end))
    }
    return (ends.get(one.category) ?? 0) < one.end
  })
}
