import type { Category } from '../model/category.ts'
import { type Budget, spend } from './budget.ts'
import { DIGIT, FOREIGN, MARK, fold, folds, kinds } from './fold.ts'
import { type Found, put } from './found.ts'
import { months } from './lexicon/frequent.ts'
import { unitsOf } from './units.ts'
import { type Marks, hashOf, hashStep, isMarked, makeMarks, mark } from './marks.ts'

/**
 * Values of several words that were found with certainty, and days of birth: searched in all text of the payload as
 * they are or printed otherwise (`12, Rue des Lilas`; `12 mai 1985` for 1985-05-12). Names and identifiers of one word
 * are names/known.ts.
 */
export interface KnownValues {
  /** First two tokens → what must follow them. */
  readonly phrases: Map<string, { rest: readonly string[]; category: Category; kind?: string }[]>
  /** Which tokens begin one. */
  readonly starts: Marks
  /** `1985-05-12` */
  readonly births: Set<string>
}

export const makeKnownValues = (): KnownValues => ({
  phrases: new Map(),
  starts: makeMarks(),
  births: new Set(),
})

const perStart = 16
const maxStarts = 50_000
const longest = 14

/** Categories whose values are searched word by word. */
const searched: ReadonlySet<Category> = new Set<Category>([
  'contact.address',
  'id.national',
  'id.tax',
  'id.passport',
  'id.driving',
  'id.health',
  'id.customer',
  'id.employee',
  'fin.account',
  'vehicle.plate',
])

const tokensOf = (text: string): string[] => fold(text).match(/[a-z0-9]+/g) ?? []

/** Learns what a finding says, if it has a form that can be searched. */
export const learnValue = (known: KnownValues, text: string, category: Category, kind?: string): void => {
  if (category === 'birth.date') {
    const day = dayOf(text)
    if (day !== null && known.births.size < maxStarts) known.births.add(day)
    return
  }
  if (!searched.has(category) || known.phrases.size > maxStarts || text.length > 160) return
  const tokens = tokensOf(text)
  const letters = tokens.join('').length
  if (tokens.length < 2 || tokens.length > longest || letters < 7) return
  const start = `${tokens[0]} ${tokens[1]}`
  const rest = tokens.slice(2)
  let list = known.phrases.get(start)
  if (list === undefined) {
    known.phrases.set(start, (list = []))
    mark(known.starts, hashOf(tokens[0]!))
  }
  if (list.length >= perStart || list.some((one) => one.rest.join(' ') === rest.join(' '))) return
  list.push({ rest, category, ...(kind === undefined ? {} : { kind }) })
  list.sort((a, b) => b.rest.length - a.rest.length)
}

const token = /[\p{L}\p{M}\p{N}]+/gu
/** Signs that may stand between two words of one value. */
const gap = 3

/** Whether some word or number of the text may be the first of a known value. What is no Latin letter or digit is not judged. */
const mayBegin = ({ starts }: KnownValues, text: string): boolean => {
  const foldOf = folds
  const kindOf = kinds
  const { length } = text
  const units = unitsOf(text)
  let hash = 0
  let inside = false
  // The zero behind the text ends its last word.
  for (let at = 0; at <= length; at++) {
    const code = units[at]!
    const folded = foldOf[code]!
    const kind = kindOf[code]
    if (kind === FOREIGN || (code > 0x7f && folded === 0 && isOdd(code))) return true
    if (folded > 0 || kind === DIGIT) {
      if (folded > 255) hash = hashStep(hash, folded >> 8)
      hash = hashStep(hash, folded > 0 ? folded & 255 : code)
      inside = true
    } else if (kind !== MARK) {
      if (inside && isMarked(starts, hash)) return true
      hash = 0
      inside = false
    }
  }
  return false
}

/** Numbers such as ² and ½ are part of a token, and soft hyphens part one; both are rare. */
const isOdd = (code: number): boolean => (odd[code] ||= oddity(code)) === 2
const oddity = (code: number): 1 | 2 => {
  const sign = String.fromCharCode(code)
  return (kinds[code] === MARK ? !/\p{M}/u.test(sign) : /[\p{N}\p{L}\p{M}]/u.test(sign)) ? 2 : 1
}
/** Learned when first met: 1 no, 2 yes. */
const odd = new Uint8Array(0x10000)

/** Places of this text where a known value of several words stands. Linear: a start leads to at most sixteen values. */
export const findValues = (known: KnownValues, text: string, budget: Budget): Found[] => {
  if (known.phrases.size === 0) return []
  spend(budget, text.length)
  if (!mayBegin(known, text)) return []
  const words = [...text.matchAll(token)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    folded: fold(match[0]),
  }))
  const found: Found[] = []
  for (let at = 0; at + 1 < words.length; at++) {
    const list = known.phrases.get(`${words[at]!.folded} ${words[at + 1]!.folded}`)
    if (list === undefined) continue
    spend(budget, 8 * list.length)
    const hit = list.find(({ rest }) => {
      for (let next = 0; next < rest.length + 2; next++) {
        const word = words[at + next]
        if (word === undefined || (next > 1 && word.folded !== rest[next - 2])) return false
        if (next > 0 && word.start - words[at + next - 1]!.end > gap) return false
      }
      return true
    })
    if (hit === undefined) continue
    const last = at + hit.rest.length + 1
    put(found, {
      start: words[at]!.start,
      end: words[last]!.end,
      category: hit.category,
      confidence: 0.9,
      recogniser: 'known-value',
      evidence: 'found as value elsewhere in the payload',
      ...(hit.kind === undefined ? {} : { kind: hit.kind }),
    })
    at = last
  }
  return found
}

/** Dates of this text that are a known day of birth. */
export const asBirths = (known: KnownValues, text: string, found: readonly Found[]): readonly Found[] =>
  known.births.size === 0
    ? found
    : found.map((one) => {
        if (one.category !== 'date') return one
        const day = dayOf(text.slice(one.start, one.end))
        return day === null || !known.births.has(day)
          ? one
          : {
              ...one,
              category: 'birth.date',
              confidence: 0.9,
              recogniser: 'known-value',
              evidence: 'a birth date elsewhere in the payload',
            }
      })

const monthOf: ReadonlyMap<string, number> = new Map(months)

const two = (value: number): string => String(value).padStart(2, '0')

/** `1985-05-12` of a written date, day before month unless that cannot be; null if it has no full year. */
export const dayOf = (text: string): string | null => {
  if (text.length > 60) return null
  const written = fold(text.trim()).replace(/(?<=\d)t\d\d:.*$/, '')
  const solid = /^(\d{4})(\d\d)(\d\d)$/.exec(written)
  const parts = solid === null ? (written.match(/\d+|[a-z]+/g) ?? []) : solid.slice(1)
  const named = parts.map((part) => monthOf.get(part)).find((month) => month !== undefined)
  const numbers = parts.filter((part) => /^\d+$/.test(part)).slice(0, 3)
  const year = numbers.find((part) => part.length === 4)
  if (year === undefined) return null
  const others = numbers.filter((part) => part !== year).map(Number)
  let day: number | undefined
  let month = named
  if (named !== undefined) day = others[0]
  else if (numbers[0] === year) [month, day] = others
  else [day, month] = others
  if (named === undefined && month !== undefined && month > 12) [day, month] = [month, day]
  return day === undefined || month === undefined || day < 1 || day > 31 || month < 1 || month > 12
    ? null
    : `${year}-${two(month)}-${two(day)}`
}
