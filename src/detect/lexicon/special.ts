import type { Category } from '../../model/category.ts'
import { fold } from '../fold.ts'
import { beliefRows } from './special/belief.ts'
import { bodyRows } from './special/body.ts'
import { conditionRows } from './special/conditions.ts'
import { conductRows } from './special/conduct.ts'
import { endings } from './special/endings.ts'
import { healthRows } from './special/health.ts'
import { medicineRows } from './special/medicines.ts'
import type { Row } from './special/row.ts'
import { socialRows } from './special/social.ts'

/**
 * What a row says of its words: they reveal special categories (Art. 9(1) GDPR), offences (Art. 10), discipline or need in
 * running text.
 */
export interface Sense {
  readonly category: Category
  readonly confidence: number
  readonly after: ReadonlySet<string> | undefined
  readonly beside: ReadonlySet<string> | undefined
  readonly unless: ReadonlySet<string> | undefined
  readonly topic: boolean
  readonly general: boolean
  readonly capitals: boolean
  readonly surname: boolean
}

/** One spelling of a word or phrase. */
export interface SpecialWord extends Sense {
  /** Folded; each must follow the one before it. */
  readonly words: readonly string[]
}

/** Confidence of a word that lacks the context it needs: counted, never acted on. */
export const weak = 0.3

/** As they are written; what is read from them depends on `endings`, too. */
export const specialRows: readonly Row[] = [
  ...healthRows,
  ...conditionRows,
  ...medicineRows,
  ...beliefRows,
  ...bodyRows,
  ...conductRows,
  ...socialRows,
]

/** `syndique/FRA` → syndique, syndiquee, syndiques, syndiquees. What two families have in common comes twice. */
const eachForm = (word: string, visit: (form: string) => void): void => {
  if (!word.includes('/')) return visit(word)
  const parts = word.split('/')
  const stem = parts[0]!
  visit(stem)
  // By number: an iterator would leave more behind than the forms themselves.
  for (let at = 1; at < parts.length; at++) {
    const family = endings[parts[at]!] ?? [fold(parts[at]!)]
    for (let one = 0; one < family.length; one++) visit(stem + family[one]!)
  }
}

/** Every spelling of a phrase, whose words have a space between them, behind what is spelt already. */
const eachPhrase = (phrase: string, begin: string, visit: (phrase: string) => void): void => {
  const space = phrase.indexOf(' ')
  if (space < 0) return eachForm(phrase, (form) => visit(begin + form))
  const rest = phrase.slice(space + 1)
  eachForm(phrase.slice(0, space), (form) => eachPhrase(rest, `${begin}${form} `, visit))
}

const set = (text: string | undefined): ReadonlySet<string> | undefined =>
  text === undefined ? undefined : new Set(text.split(/\s+/).filter((word) => word !== ''))

const senseOf = (row: Row): Sense => ({
  category: row.category,
  confidence: row.confidence ?? 0.9,
  after: set(row.after),
  beside: set(row.beside),
  unless: set(row.unless),
  topic: row.topic ?? false,
  general: row.general ?? false,
  capitals: row.capitals ?? false,
  surname: row.surname ?? false,
})

/**
 * Visits every spelling, its words folded with a space between them, and its sense: a start meets eleven thousand, so none
 * is kept here. What several rows have comes several times, and goes together by `both`.
 */
export const eachSpelling = (visit: (phrase: string, sense: Sense) => void): void => {
  for (const row of specialRows) {
    const sense = senseOf(row)
    const told = (phrase: string): void => visit(phrase, sense)
    for (const phrase of row.words.split(/\s*,\s*/)) eachPhrase(phrase.trim().replace(/\s+/g, ' '), '', told)
  }
}

const union = (
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined =>
  a === undefined || a === b ? b : b === undefined ? a : new Set([...a, ...b])

const merged = new Map<Sense, Map<Sense, Sense>>()

/** A word that several languages share has one sense: harmless where any of its rows says so. The first category stays. */
export const both = (old: Sense, next: Sense): Sense => {
  if (old === next || old.category !== next.category) return old
  let of = merged.get(old)
  if (of === undefined) merged.set(old, (of = new Map()))
  let sense = of.get(next)
  if (sense === undefined) {
    sense = {
      category: old.category,
      confidence: Math.max(old.confidence, next.confidence),
      topic: old.topic || next.topic,
      general: old.general || next.general,
      capitals: old.capitals || next.capitals,
      surname: old.surname || next.surname,
      after: union(old.after, next.after),
      beside: union(old.beside, next.beside),
      unless: union(old.unless, next.unless),
    }
    of.set(next, sense)
  }
  return sense
}
