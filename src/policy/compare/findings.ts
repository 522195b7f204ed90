/** What becomes of every kind of finding on one route before and after: all combinations of what the rules tell apart. */
import type { Category } from '../../model/category.ts'
import { categories, specialCategories, isBelow } from '../../model/category.ts'
import type { Treatment } from '../../model/decision.ts'
import type { Finding } from '../../model/finding.ts'
import type { Both } from '../../lang.ts'
import { thirdArt9 } from '../facts.ts'
import { actFrom, confidenceSteps, findingTable, type Ruling } from '../finding-table.ts'
import type { PayloadSeen } from '../facts.ts'
import { pathClasses } from '../path-classes.ts'
import { matchesPath, pathPattern } from '../path-pattern.ts'
import type { Route } from '../route.ts'
import { type Atom, type Term, atoms } from '../term.ts'
import { printTreatment, sameTreatment, strength, stricter } from '../treatment.ts'
import { type Axis, type Sentence, tell } from './tree.ts'

export type Direction = 'stricter' | 'looser' | 'unordered'

/** More classes of paths than this for one category cannot be compared one by one. */
const mostPaths = 2_000

/** Rules tell apart more than can be compared; nothing was left out in silence. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable'
  readonly says: Both

  constructor(says: Both) {
    super(says.en)
    this.says = says
  }
}

const isOfPayload = ({ about }: Atom): boolean => about === 'payload'

/** True if the term looks at several findings. */
export const isCombination = (term: Term): boolean => atoms(term).some(isOfPayload)

/** The route without what its combination rules say: those are listed apart. */
export const withoutCombinations = (route: Route): Route => {
  const kept = new Map<Category, ReturnType<Route['ofCategory']>>()
  return {
    ...route,
    open: [],
    byPayload: [],
    ofCategory(category) {
      let open = kept.get(category)
      if (open === undefined) {
        open = route.ofCategory(category).filter(({ term }) => !isCombination(term))
        kept.set(category, open)
      }
      return open
    },
  }
}

/** Rules without combinations never ask. */
const noPayload: PayloadSeen = { found: () => new Set(), uc2: () => false, k: () => undefined }

/** Facts of a finding besides category, confidence, path and recogniser that a rule may ask for; silent: there are none. */
const kinds: Readonly<Partial<Record<Category, Readonly<Record<string, Partial<Finding>>>>>> = {
  'id.national': { nir: { kind: 'nir', country: 'FR' }, other: {} },
}

/** Whether a special category that rule 26 opened stands beside the finding, before and after. */
type Beside = readonly [before: boolean, after: boolean]

/** What a payload may hold beside: every union of what single special findings open. */
export const besides = (before: Route, after: Route): readonly Beside[] => {
  const all = new Map<string, Beside>([['false,false', [false, false]]])
  for (const category of categories) {
    if (!specialCategories.some((group) => isBelow(category, group))) continue
    const opens = (route: Route, confidence: number): boolean =>
      route.seen.law.class === 'third' &&
      confidence >= actFrom(route, category) &&
      thirdArt9({ route: route.seen, category }) === 'present'
    for (const confidence of [actFrom(before, category), actFrom(after, category)]) {
      const one: Beside = [opens(before, confidence), opens(after, confidence)]
      for (const [a, b] of [...all.values()]) {
        const both: Beside = [a || one[0], b || one[1]]
        all.set(both.join(), both)
      }
    }
  }
  return [...all.values()]
}

export const printBeside = ([before, after]: Beside): string =>
  before && after ? 'opened' : before ? 'opened-before' : after ? 'opened-after' : 'none'

export const axisNames = ['confidence', 'path', 'recogniser', 'kind', 'record', 'beside'] as const
export type AxisName = (typeof axisNames)[number]
/** Any recogniser that no rule names. */
export const anotherRecogniser = '…'

/** Lower bounds of the bands; each ends below the next. */
const bandsOf = (steps: readonly number[]): readonly number[] => [
  ...new Set([0, ...steps].toSorted((a, b) => a - b)),
]
/** `0.3..0.5`: from 0.3, below 0.5; `0.5..`: from 0.5. */
const printBand = (low: number, n: number, all: readonly number[]): string => `${low}..${all[n + 1] ?? ''}`

const atomsOf = (routes: readonly Route[], category: Category): readonly Atom[] =>
  routes.flatMap((route) => route.ofCategory(category).flatMap(({ term }) => atoms(term)))

const namesOf = (before: Route, after: Route, category: Category, key: string): readonly string[] => {
  const named = atomsOf([before, after], category).filter((atom) => atom.key === key)
  return [...new Set(named.flatMap(({ names }) => names as string[]))].toSorted()
}

/** Patterns of paths that rules name for a category, on either route. */
export const patternsOf = (before: Route, after: Route, category: Category): readonly string[] =>
  namesOf(before, after, category, 'path')

/** Recognisers that rules name for a category, on either route. */
export const recognisersOf = (before: Route, after: Route, category: Category): readonly string[] =>
  namesOf(before, after, category, 'recogniser')

/** A class of paths by the patterns that it meets, `elsewhere` if none. */
export const printPaths = (patterns: readonly string[], steps: readonly (string | number)[]): string => {
  const met = patterns.filter((each) => matchesPath(pathPattern(each), steps))
  return met.length === 0 ? elsewhere : met.join(' & ')
}
export const elsewhere = '…'

interface Table {
  readonly axes: readonly Axis[]
  rulings(at: readonly number[]): { readonly before: Ruling; readonly after: Ruling }
}

const tableOf = (before: Route, after: Route, category: Category, beside: readonly Beside[]): Table => {
  const routes = [before, after]
  const terms = atomsOf(routes, category)
  const bands = bandsOf(routes.flatMap((route) => confidenceSteps(route, category)))
  const patterns = patternsOf(before, after, category)
  const paths = patterns.length === 0 ? [[]] : pathClasses(patterns).examples(mostPaths)
  if (paths === undefined)
    throw new NotComparable({
      en: `rules tell apart more kinds of paths for ${category} than can be compared one by one (${mostPaths} at most)`,
      fr: `des règles distinguent pour ${category} plus de sortes de chemins qu'il n'est possible d'en comparer une à une (${mostPaths} au plus)`,
    })
  const recognisers = [...recognisersOf(before, after, category), anotherRecogniser]
  const its = terms.some(({ about, key }) => about === 'finding' && !ordinary.includes(key))
    ? (kinds[category] ?? { other: {} })
    : { other: {} }
  const records = routes.some(({ seen }) => seen.law.class === 'third') ? [false, true] : [false]
  const axes: readonly Axis[] = [
    { name: 'confidence', values: bands.map(printBand), skips: true },
    { name: 'path', values: paths.map((path) => printPaths(patterns, path)) },
    { name: 'recogniser', values: recognisers },
    { name: 'kind', values: Object.keys(its) },
    { name: 'record', values: records.map((child) => (child ? 'child' : 'adult')) },
    { name: 'beside', values: beside.map(printBeside) },
  ]
  const facts = Object.values(its)
  return {
    axes,
    rulings(at) {
      const [c = 0, p = 0, r = 0, k = 0, a = 0, b = 0] = at
      const finding: Finding = {
        field: 0,
        start: 0,
        end: 1,
        category,
        confidence: bands[c] ?? 0,
        recogniser: recognisers[r] ?? anotherRecogniser,
        evidence: '',
        record: 0,
        ...facts[k],
      }
      const ruled = (route: Route, specialOpened: boolean): Ruling => {
        const table = findingTable(route)
        const setting = { child: records[a] === true, specialOpened }
        return table.rulingOf(finding, setting, table.wholeOf(noPayload), noPayload, () => paths[p] ?? [])
      }
      const [was = false, is = false] = beside[b] ?? []
      return { before: ruled(before, was), after: ruled(after, is) }
    },
  }
}

const ordinary: readonly string[] = ['confidence', 'path', 'recogniser']
const asItCame: Treatment = { name: 'allow' }

export const directionOf = (before: Treatment, after: Treatment, category: Category): Direction => {
  const more = strength(after.name) - strength(before.name)
  if (more !== 0) return more > 0 ? 'stricter' : 'looser'
  const strictest = stricter(before, after, category)
  if (sameTreatment(strictest, after)) return 'stricter'
  return sameTreatment(strictest, before) ? 'looser' : 'unordered'
}

export interface FindingChange {
  readonly category: Category
  readonly where: Sentence['where']
  readonly before: string
  readonly after: string
  readonly direction: Direction
  /** Who asked for the stricter of the two; `default` for the category's own. */
  readonly rules: readonly string[]
}

type Said = Omit<FindingChange, 'category' | 'where'>

const sayers = ({ by }: Ruling): readonly string[] => [
  ...new Set(by.map((id) => (id.startsWith('default:') && id !== 'default:child' ? 'default' : id))),
]

/** Every difference between two routes without combinations, of all findings that one of them acts on. */
export const compareFindings = (before: Route, after: Route): readonly FindingChange[] => {
  const beside = besides(before, after)
  return categories.flatMap((category) => {
    const { axes, rulings } = tableOf(before, after, category, beside)
    const sentences = tell(axes, (at) => {
      const { before: a, after: b } = rulings(at)
      if (a.treatment === undefined && b.treatment === undefined) return undefined
      const [was, is] = [a.treatment ?? asItCame, b.treatment ?? asItCame]
      if (sameTreatment(was, is)) return ''
      const direction = directionOf(was, is, category)
      return JSON.stringify({
        before: printTreatment(was),
        after: printTreatment(is),
        direction,
        rules: sayers(direction === 'looser' ? a : b),
      } satisfies Said)
    })
    return sentences.map(({ where, says }): FindingChange => ({
      category,
      where,
      ...(JSON.parse(says) as Said),
    }))
  })
}

export interface Becoming {
  readonly category: Category
  readonly where: Sentence['where']
  readonly treatment: string
}

/** What becomes of every kind of finding on one route: what a route that was opened lets go. */
export const becoming = (route: Route): readonly Becoming[] => {
  const beside = besides(route, route)
  return categories.flatMap((category) => {
    const { axes, rulings } = tableOf(route, route, category, beside)
    return tell(axes, (at) => {
      const { treatment } = rulings(at).after
      return treatment === undefined ? undefined : printTreatment(treatment)
    }).map(({ where, says }) => ({ category, where, treatment: says }))
  })
}
