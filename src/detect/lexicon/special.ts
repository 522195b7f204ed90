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

/** Words that reveal special categories (Art. 9(1) GDPR), offences (Art. 10), discipline or need in running text. */
export interface SpecialWord {
  readonly category: Category
  /** Folded; the first is the trigger, the others must follow it. */
  readonly words: readonly string[]
  readonly confidence: number
  readonly after: ReadonlySet<string> | undefined
  readonly beside: ReadonlySet<string> | undefined
  readonly unless: ReadonlySet<string> | undefined
  readonly topic: boolean
  readonly general: boolean
  readonly capitals: boolean
  readonly surname: boolean
}

/** Confidence of a word that lacks the context it needs: counted, never acted on. */
export const weak = 0.3

const rows: readonly Row[] = [
  ...healthRows,
  ...conditionRows,
  ...medicineRows,
  ...beliefRows,
  ...bodyRows,
  ...conductRows,
  ...socialRows,
]

/** `syndique/FRA` → syndique, syndiquee, syndiques, syndiquees. */
const inflect = (word: string): readonly string[] => {
  if (!word.includes('/')) return [word]
  let forms = inflected.get(word)
  if (forms === undefined) {
    const [stem = '', ...more] = word.split('/')
    const all = [stem]
    for (const ending of more)
      for (const one of endings[ending] ?? [fold(ending)]) if (!all.includes(stem + one)) all.push(stem + one)
    forms = all
    inflected.set(word, forms)
  }
  return forms
}
const inflected = new Map<string, readonly string[]>()

/** Every spelling of every phrase, as its words. Loops: a start makes eleven thousand of them. */
const phrases = (text: string): string[][] => {
  const out: string[][] = []
  let forms: string[][] = []
  for (const word of text.match(/[^\s,]+|,/g) ?? []) {
    if (word === ',') {
      for (const form of forms) out.push(form)
      forms = []
    } else if (forms.length === 0) for (const one of inflect(word)) forms.push([one])
    else {
      const longer: string[][] = []
      for (const form of forms) for (const one of inflect(word)) longer.push([...form, one])
      forms = longer
    }
  }
  for (const form of forms) out.push(form)
  return out
}

const set = (text: string | undefined): ReadonlySet<string> | undefined =>
  text === undefined ? undefined : new Set(text.split(/\s+/).filter((word) => word !== ''))

const union = (
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined => (a === undefined ? b : b === undefined ? a : new Set([...a, ...b]))

/** A word that several languages share has one entry: harmless where any of its rows says so. */
const merged = (): SpecialWord[] => {
  const table = new Map<string, SpecialWord>()
  for (const row of rows) {
    const [after, beside, unless] = [set(row.after), set(row.beside), set(row.unless)]
    for (const words of phrases(row.words)) {
      const key = words.join(' ')
      const old = table.get(key)
      if (old !== undefined && old.category !== row.category) continue
      table.set(key, {
        category: row.category,
        words,
        confidence: Math.max(old?.confidence ?? 0, row.confidence ?? 0.9),
        topic: (old?.topic ?? false) || (row.topic ?? false),
        general: (old?.general ?? false) || (row.general ?? false),
        capitals: (old?.capitals ?? false) || (row.capitals ?? false),
        surname: (old?.surname ?? false) || (row.surname ?? false),
        after: old === undefined ? after : union(old.after, after),
        beside: old === undefined ? beside : union(old.beside, beside),
        unless: union(old?.unless, unless),
      })
    }
  }
  return [...table.values()]
}

export const special: readonly SpecialWord[] = merged()
