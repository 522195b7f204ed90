/**
 * Whether a condition can hold at all, whatever the register says one day. Sound one way: `false` is proven, `true` may be a
 * contradiction that this does not see. So a warning that rests on it is right.
 */
import { inEea, resolved } from '../../law/territory.ts'
import type { LawData } from '../../law/data.ts'
import { categories, isBelow, specialCategories } from '../../model/category.ts'
import type { When } from '../bundle.ts'
import { mediaFacts } from '../compile.ts'
import { pathClasses, type Work } from '../path-classes.ts'
import { matchesPath, pathPattern } from '../path-pattern.ts'

/** One key of a `when` that must hold, or must not. */
interface Literal {
  readonly key: string
  readonly value: unknown
  readonly holds: boolean
}
type Conjunction = readonly Literal[]

/** More ways to hold than these are not gone through: the condition counts as one that can. */
const mostWays = 256

class TooMany extends Error {}

/** In the units of path-classes.ts; one way costs so many besides its paths. */
const costOfWay = 200
const costOfPattern = 100
/** Of one condition, or of one look at all rules; a condition of five keys costs a thousand. */
export const usualWork = 2_000_000

const both = (one: readonly Conjunction[], two: readonly Conjunction[]): readonly Conjunction[] => {
  if (one.length * two.length > mostWays) throw new TooMany()
  return one.flatMap((a) => two.map((b) => [...a, ...b]))
}

/** Every way in which a `when` holds, or does not hold, as lists of literals. */
const ways = (when: When, holds: boolean): readonly Conjunction[] => {
  const parts = Object.entries(when).map(([key, value]): readonly Conjunction[] => {
    const list = value as readonly When[]
    if (key === 'not') return ways(value as When, !holds)
    if (key === 'any' || key === 'all') {
      const each = list.map((one) => ways(one, holds))
      return (key === 'any') === holds ? each.flat() : each.reduce(both, [[]])
    }
    return [[{ key, value, holds }]]
  })
  const all = holds ? parts.reduce(both, [[]]) : parts.flat()
  if (all.length > mostWays) throw new TooMany()
  return all
}

const words = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])

/** One value among candidates meets every literal. */
const someMeets = <Value>(
  literals: Conjunction,
  candidates: readonly Value[],
  meets: (value: Value, literal: Literal) => boolean,
): boolean =>
  literals.length === 0 ||
  candidates.some((value) => literals.every((literal) => meets(value, literal) === literal.holds))

/** Facts of which a transfer has one. */
const single = ['client', 'client_country', 'provider', 'purpose', 'class', 'method', 'recogniser']
const domains: Readonly<Record<string, readonly string[]>> = { class: ['eea', 'adequate', 'third'] }
/** No rule names it. */
const anything = '\u0000'

const singleMeets = (key: string, literals: Conjunction): boolean =>
  someMeets(
    literals,
    domains[key] ?? [anything, ...literals.flatMap(({ value }) => words(value))],
    (one, { value }) => words(value).includes(one),
  )

/** A fact that is a list meets a list if one element does. */
const listMeets = (literals: Conjunction): boolean => {
  const none = new Set(literals.filter(({ holds }) => !holds).flatMap(({ value }) => words(value)))
  return literals.every(({ holds, value }) => !holds || words(value).some((each) => !none.has(each)))
}

interface Days {
  readonly from?: string
  readonly until?: string
}

const dayMeets = (day: string, { value }: Literal): boolean => {
  const { from, until } = value as Days
  return (from === undefined || day >= from) && (until === undefined || day <= until)
}
/** `!` sorts before every digit and `~` after the day itself: the days before a first and after a last one. */
const days = (literals: Conjunction): readonly string[] => [
  '!',
  ...literals.flatMap(({ value }) => {
    const { from, until } = value as Days
    return [...(from === undefined ? [] : [from]), ...(until === undefined ? [] : [until, `${until}~`])]
  }),
]

const confidenceMeets = (confidence: number, { value }: Literal): boolean => {
  const { from = 0, below = Infinity } = value as { from?: number; below?: number }
  return confidence >= from && confidence < below
}
const confidences = (literals: Conjunction): readonly number[] => [
  0,
  ...literals.flatMap(({ value }) => Object.values(value as object) as number[]),
]

const isSpecial = (category: string): boolean => specialCategories.some((group) => isBelow(category, group))

/** What a fact that is computed of a category can be; undefined: it is absent and meets nothing. */
const computed: Readonly<Record<string, (category: string) => readonly (string | undefined)[]>> = {
  condition: (category) =>
    isSpecial(category) || category === 'criminal' ? ['present', 'missing'] : [undefined],
  third_art9: (category) => (isSpecial(category) ? ['present', 'missing'] : [undefined]),
  nir_basis: (category) => (category === 'id.national' ? ['present', 'missing', undefined] : [undefined]),
}

const categoryMeets = (of: (key: string) => Conjunction): boolean =>
  categories.some(
    (category) =>
      of('category').every(
        ({ value, holds }) => words(value).some((group) => isBelow(category, group)) === holds,
      ) &&
      Object.entries(computed).every(([key, values]) =>
        someMeets(
          of(key),
          values(category),
          (one, { value }) => one !== undefined && words(value).includes(one),
        ),
      ),
  )

const mediaTypes = (literals: Conjunction): readonly string[] => [
  ...literals.flatMap(({ value }) => words(value)).filter((word) => word.includes('/')),
  '',
  'application/json',
  'application/x-any-other+json',
  'application/x-www-form-urlencoded',
  'text/x-any-other',
  'application/x-any-other',
]

const pathMeets = (literals: Conjunction, work: Work): boolean => {
  const texts = literals.flatMap(({ value }) => words(value))
  work.left -= costOfPattern * texts.length
  if (work.left < 0) return true
  const examples = pathClasses(texts).examples(200, work)
  return (
    examples === undefined ||
    someMeets(literals, examples, (steps, { value }) =>
      words(value).some((text) => matchesPath(pathPattern(text), steps)),
    )
  )
}

/** The worst leg decides the class: a route that stays in the EEA names no country outside. */
const countryMeets = (of: (key: string) => Conjunction, law: LawData): boolean => {
  const may = (wanted: string): boolean =>
    singleMeets('class', [...of('class'), { key: 'class', value: [wanted], holds: true }])
  if (may('third')) return true
  const adequate = may('adequate')
  return of('country').every(
    ({ holds, value }) =>
      !holds ||
      words(value).some((code) => inEea(law, code) || (adequate && law.adequacy.has(resolved(law, code)))),
  )
}

const canHold = (literals: Conjunction, law: LawData, work: Work): boolean => {
  work.left -= costOfWay + literals.length
  const of = (key: string): Conjunction => literals.filter((literal) => literal.key === key)
  const keys = new Set(literals.map(({ key }) => key))
  const readApart = new Set([
    'date',
    'confidence',
    'path',
    'media',
    'uc2_ok',
    'category',
    ...Object.keys(computed),
  ])
  const same = (a: Literal, b: Literal): boolean =>
    a.holds !== b.holds && JSON.stringify(a.value) === JSON.stringify(b.value)
  for (const key of keys) {
    if (readApart.has(key)) continue
    // A value that is no list is looked at as a whole: it cannot both hold and not.
    const its = of(key)
    const listed = its.every(({ value }) => Array.isArray(value))
    if (!listed && its.some((a) => its.some((b) => same(a, b)))) return false
    if (listed && !(single.includes(key) ? singleMeets(key, its) : listMeets(its))) return false
  }
  return (
    someMeets(of('date'), days(of('date')), dayMeets) &&
    someMeets(of('confidence'), confidences(of('confidence')), confidenceMeets) &&
    someMeets(of('uc2_ok'), [true, false], (one, { value }) => value === one) &&
    categoryMeets(of) &&
    (of('path').length === 0 || pathMeets(of('path'), work)) &&
    someMeets(of('media'), mediaTypes(of('media')), (type, { value }) =>
      mediaFacts(type).some((word) => words(value).includes(word)),
    ) &&
    countryMeets(of, law)
  )
}

/**
 * False only if nothing can ever meet it.
 * @param work counted down; once it is spent everything counts as possible
 */
export const satisfiable = (when: When, law: LawData, work: Work = { left: usualWork }): boolean => {
  if (work.left < 0) return true
  try {
    return ways(when, true).some((way) => canHold(way, law, work) || work.left < 0)
  } catch (error) {
    if (error instanceof TooMany) return true
    throw error
  }
}

/** True only if whatever meets the one meets the other. */
export const implies = (one: When, other: When, law: LawData, work?: Work): boolean =>
  !satisfiable({ all: [one, { not: other }] }, law, work)
