import type { Field, PathNode } from '../model/document.ts'
import type { Found } from './found.ts'
import { isSpecial, joined, meaningOf, type Meaning } from './lexicon.ts'
import { roleCode } from './role-codes.ts'
import { fit } from './values.ts'

/** What a field's names say of it, the names above included. */
export interface Keyed {
  readonly meaning: Meaning
  /** Covers the whole leaf; null if the value does not fit. */
  readonly found: Found | null
  /** Nothing else can be in the value, so that nobody need look. */
  readonly tight: boolean
  /** A generic name (`nom`) that what stands beside it may make a person's. */
  readonly open: boolean
}

const farthest = 6

const institution: ReadonlySet<string> = new Set(['FinInstnId', 'FinInstn'])

/**
 * `customer_id: 7` is the row of a table that only its owner has: it says nothing outside (a larger number may be
 * printed on letters and cards). A `matricule` or `numero_client` is printed whatever its length.
 */
const isRowNumber = ({ category, entry }: Meaning, text: string): boolean =>
  (category === 'id.customer' || category === 'id.employee' || category === 'id.case') &&
  /^\d{1,3}$/.test(text) &&
  /(?:^id_|_id$)/.test(entry)
const rowNumber = 0.45

/** Names of the containers above a field's own name, and what they make of the names below them. */
interface Above {
  readonly names: readonly string[]
  /** By name of the field. */
  readonly told: Map<string, Resolved>
}

interface Resolved {
  readonly meaning: Meaning
  readonly strength: number
}

/** By the names above, joined; payloads repeat them in each of their elements. */
const aboveBy = new Map<string, Above>()
const most = 2_000
const mostTold = 200

/** What the field before stood in: mostly what this one stands in. */
let lastUp: PathNode | null = null
let lastAbove: Above = { names: [], told: new Map() }

const above = (field: Field): Above => {
  const { path } = field
  // Below an index the nearest name is the field's own.
  const up = path === null || typeof path.step === 'number' ? null : path.up
  if (up !== null && up === lastUp) return lastAbove
  const names = readAbove(field)
  const key = names.join('\n')
  let found = aboveBy.get(key)
  if (found === undefined || found.names.some((name, at) => name !== names[at])) {
    found = { names, told: new Map() }
    if (aboveBy.size >= most) aboveBy.clear()
    if (key.length <= 400) aboveBy.set(key, found)
  }
  if (up !== null) {
    lastUp = up
    lastAbove = found
  }
  return found
}

const readAbove = (field: Field): string[] => {
  const names: string[] = []
  let own = true
  for (let node: PathNode | null = field.path; node !== null && names.length < farthest; node = node.up) {
    if (typeof node.step === 'number') continue
    if (own) own = false
    else names.push(node.step)
  }
  return names
}

/** Names of the containers above the field's own name, nearest first, indices left out. */
export const namesAbove = (field: Field): readonly string[] => above(field).names

const resolve = (field: Field, key: string): Resolved => {
  const { names, told } = above(field)
  let resolved = told.get(key)
  if (resolved === undefined) {
    resolved = resolveBelow(names, key)
    if (told.size < mostTold && key.length <= 64) told.set(key, resolved)
  }
  return resolved
}

const resolveBelow = (above: readonly string[], key: string): Resolved => {
  const own = meaningOf(key)
  const certain = own.category !== null && !own.generic
  if (certain && own.strength >= 0.85 && own.category !== 'fin.bic')
    return { meaning: own, strength: own.strength }
  // ISO 20022 FinancialInstitutionIdentification: the code names a bank, as a firm's name would.
  if (own.category === 'fin.bic' && above.some((name) => institution.has(name)))
    return { meaning: { ...own, category: 'org' }, strength: own.strength }
  const containers = above.filter((name) => !meaningOf(name).wrapper)
  const nearest = containers[0]
  if (nearest !== undefined) {
    const together = joined(nearest, key)
    const inherits = !certain && !own.generic && !own.neutral && !own.thing && !own.freetext
    if (together.category !== null && !together.generic && (together.exact || inherits)) {
      return { meaning: { ...together, freetext: own.freetext }, strength: together.strength }
    }
  }
  if (certain) return { meaning: own, strength: own.strength }
  if (own.generic) {
    const parent = nearest === undefined ? undefined : meaningOf(nearest)
    if (parent?.person) return { meaning: own, strength: 0.95 }
    if (parent?.thing) return { meaning: { ...own, category: null }, strength: 0 }
    return { meaning: own, strength: Math.min(own.strength, 0.7) }
  }
  if (!own.freetext) {
    for (const name of above) {
      const meaning = meaningOf(name)
      if (meaning.category !== null && isSpecial(meaning.category) && meaning.strength >= 0.9) {
        return { meaning: { ...meaning, freetext: own.freetext }, strength: 0.85 }
      }
    }
  }
  return { meaning: own, strength: 0 }
}

const codeOfRole = (field: Field, key: string): Found | null => {
  const category = roleCode(key, field.text)
  return category === null
    ? null
    : {
        start: 0,
        end: field.text.length,
        category,
        confidence: 0.7,
        recogniser: 'key',
        evidence: 'code under the word for a person',
      }
}

/**
 * The finding that a field's name makes of its whole value, if the value fits the name.
 * @param key what the field is called; in a pair of name and value, what the name half says
 */
export const keyed = (field: Field, key = field.key): Keyed => {
  if (key === '') return { meaning: meaningOf(''), found: null, tight: false, open: false }
  const { meaning, strength } = resolve(field, key)
  if (meaning.category === null || strength === 0)
    return { meaning, found: codeOfRole(field, key), tight: false, open: false }
  const { factor, tight } = fit(meaning.category, field.text, field.kind, meaning.entry)
  if (factor === 0) return { meaning, found: null, tight: false, open: false }
  const confidence =
    Math.round(strength * factor * (isRowNumber(meaning, field.text) ? rowNumber : 1) * 100) / 100
  return {
    meaning,
    tight: tight && confidence >= 0.5,
    open: meaning.generic && strength <= 0.7 && factor >= 0.9,
    found: {
      start: 0,
      end: field.text.length,
      category: meaning.category,
      confidence,
      recogniser: 'key',
      evidence: `key ${meaning.entry}`,
    },
  }
}
