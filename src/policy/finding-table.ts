/**
 * The decision table of one route: what is said of a class of findings is worked out once. Findings are of one class if no rule that is
 * open on the route, and no default, tells them apart; so a transfer costs one look-up a finding, however many rules there are.
 */
import type { Category } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { Finding } from '../model/finding.ts'
import type { Rule } from './bundle.ts'
import type { Default } from './defaults.ts'
import { findingDefault } from './defaults.ts'
import { defaultId } from './default-sentence.ts'
import type { FindingSeen, PayloadSeen } from './facts.ts'
import { type PathClasses, pathClasses } from './path-classes.ts'
import type { Open, Route } from './route.ts'
import { type Atom, atoms, decide } from './term.ts'
import { sameTreatment, settle, stricter } from './treatment.ts'

/** What is said of every finding of one class. */
export interface Ruling {
  readonly category: Category
  /** undefined: weaker than its category's `act_from`. */
  readonly base: Default | undefined
  /** Rules that speak of this finding; not those that speak of the transfer as a whole. */
  readonly rules: readonly Rule[]
  /** undefined: nobody acts on it, it goes as it came. */
  readonly treatment: Treatment | undefined
  /** Who asked for the treatment: ids of rules and defaults, sorted. */
  readonly by: readonly string[]
}

/** Rules about the transfer as a whole, for payloads that answer alike. */
export interface Whole {
  readonly id: number
  /** They speak of every finding that acts, and where there is none. */
  readonly rules: readonly Rule[]
  /** Of these, the ones that had to see the payload. */
  readonly fired: ReadonlySet<Rule>
  readonly treatments: readonly {
    readonly treatment: Treatment
    readonly by: string
    readonly weak: boolean
  }[]
}

/** What tells findings of one category apart besides themselves. */
export interface Setting {
  /** Its record speaks of a child. */
  readonly child: boolean
  /** Rule 26 opened a special category somewhere in this payload. */
  readonly specialOpened: boolean
}

export interface FindingTable {
  wholeOf(payload: PayloadSeen): Whole
  baseOf(finding: Finding, setting: Setting): Default | undefined
  /** @param steps of the finding's path, root first; asked for only where a rule names paths */
  rulingOf(finding: Finding, setting: Setting, whole: Whole, payload: PayloadSeen, steps: Steps): Ruling
}

type Steps = () => readonly (string | number)[]

/** A category that categories.yaml does not hold cannot pass the check at load; if it came, it would not leave. */
export const unheardOf: Default = { treatment: { name: 'block' }, why: 'default' }
const usualActFrom = 0.5
/** Classes that one table keeps; a payload that makes more of them is slower, not different. */
const mostClasses = 20_000

/** From which confidence findings of this category act on this route, whose destination class may have its own. */
export const actFrom = (route: Route, category: Category): number => {
  const from = route.entry(category)?.act_from ?? usualActFrom
  return typeof from === 'number' ? from : (from[route.seen.law.class] ?? usualActFrom)
}

/** Atoms that answer the same are one. */
export const distinct = (all: readonly Atom[]): Atom[] => [
  ...new Map(all.map((atom) => [JSON.stringify([atom.key, ...atom.names]), atom])).values(),
]

/** Where a confidence makes a difference on this route, weakest first; below the first is a band of its own. */
export const confidenceSteps = (route: Route, category: Category): readonly number[] => {
  const named = route
    .ofCategory(category)
    .flatMap(({ term }) => atoms(term))
    .filter(({ key }) => key === 'confidence')
    .flatMap(({ names }) => names as readonly number[])
  // Text counts as scanned at 1 alone (defaults.ts).
  const all = [actFrom(route, category), ...(category === 'freetext' ? [1] : []), ...named]
  return [...new Set(all)].filter((each) => each > 0 && each <= 1).toSorted((a, b) => a - b)
}

const none: ReadonlySet<Rule> = new Set()

const asTreatments = (open: readonly Open[]): Whole['treatments'] =>
  open.flatMap(({ rule, weak }) =>
    typeof rule.decide === 'object' ? [{ treatment: rule.decide, by: rule.id, weak }] : [],
  )

interface Said {
  readonly treatment: Treatment
  readonly by: string
}

/** The strictest of what was said, and who said it. */
const strictest = (said: readonly Said[], category: Category): Pick<Ruling, 'treatment' | 'by'> => {
  if (said.length === 0) return { treatment: undefined, by: [] }
  const treatment = said.map((each) => each.treatment).reduce((a, b) => stricter(a, b, category))
  const askers = said.filter((each) => sameTreatment(each.treatment, treatment))
  const by = (askers.length > 0 ? askers : said).map((each) => each.by)
  return { treatment, by: [...new Set(by)].toSorted() }
}

/** What the table of one category must look at. */
class CategoryTable {
  readonly route: Route
  readonly category: Category
  readonly open: readonly Open[]
  readonly steps: readonly number[]
  readonly paths: PathClasses | undefined
  readonly recognisers: ReadonlyMap<string, number>
  /** Atoms about a finding that no axis above knows. */
  readonly others: readonly Atom[]
  readonly bases = new Map<number, { readonly base: Default | undefined }>()
  /** By class of path, then by all the rest. */
  readonly rulings = new Map<number, Map<number, Ruling>>()
  kept = 0

  constructor(route: Route, category: Category) {
    this.route = route
    this.category = category
    this.open = route.ofCategory(category)
    this.steps = confidenceSteps(route, category)
    const finding = this.open.flatMap(({ term }) => atoms(term)).filter(({ about }) => about === 'finding')
    const named = (key: string) =>
      finding.filter((atom) => atom.key === key).flatMap(({ names }) => names as string[])
    const patterns = named('path')
    this.paths = patterns.length === 0 ? undefined : pathClasses(patterns)
    this.recognisers = new Map([...new Set(named('recogniser'))].map((name, n) => [name, n + 1]))
    this.others = distinct(finding.filter(({ key }) => !['confidence', 'path', 'recogniser'].includes(key)))
  }

  /** Band of confidence, child and opened special category as one number. */
  setting({ confidence }: Finding, { child, specialOpened }: Setting): number {
    let band = 0
    for (const step of this.steps) if (confidence >= step) band++
    return band * 4 + (child ? 2 : 0) + (specialOpened ? 1 : 0)
  }

  baseOf(finding: Finding, setting: Setting): Default | undefined {
    const key = this.setting(finding, setting)
    let known = this.bases.get(key)
    if (known === undefined) {
      const { route, category } = this
      const acts = finding.confidence >= actFrom(route, category)
      const base = route.defaultOf(category, setting.specialOpened) ?? unheardOf
      known = { base: acts ? findingDefault(base, finding, setting.child, route.seen) : undefined }
      this.bases.set(key, known)
    }
    return known.base
  }

  rulingOf(finding: Finding, setting: Setting, whole: Whole, payload: PayloadSeen, steps: Steps): Ruling {
    let key = whole.id * (this.steps.length + 1) * 4 + this.setting(finding, setting)
    if (this.recognisers.size > 0)
      key = key * (this.recognisers.size + 1) + (this.recognisers.get(finding.recogniser) ?? 0)
    for (const atom of this.others)
      key = key * 2 + (atom.test({ route: this.route.seen, finding, steps: steps() } as never) ? 1 : 0)
    const place = this.paths?.classOf(steps()) ?? 0
    let here = this.rulings.get(place)
    const known = here?.get(key)
    if (known !== undefined) return known
    const made = this.make(finding, setting, whole, payload, steps)
    if (this.kept++ >= mostClasses) {
      this.rulings.clear()
      here = undefined
      this.kept = 1
    }
    if (here === undefined) this.rulings.set(place, (here = new Map()))
    here.set(key, made)
    return made
  }

  private make(finding: Finding, setting: Setting, whole: Whole, payload: PayloadSeen, steps: Steps): Ruling {
    const { category, route } = this
    const base = this.baseOf(finding, setting)
    const said: Said[] = []
    if (base !== undefined) said.push({ treatment: base.treatment, by: defaultId(base, category) })
    for (const { treatment, by, weak } of whole.treatments)
      if (base !== undefined || weak) said.push({ treatment: settle(treatment, category), by })
    const one: FindingSeen = { route: route.seen, finding, steps: steps() }
    const rules: Rule[] = []
    for (const { rule, term, weak } of this.open) {
      if ((base === undefined && !weak) || whole.fired.has(rule)) continue
      const fires = decide(term, ({ about, test }) =>
        about === 'finding' ? test(one as never) : test(payload as never),
      )
      if (fires !== true) continue
      rules.push(rule)
      if (typeof rule.decide === 'object')
        said.push({ treatment: settle(rule.decide, category), by: rule.id })
    }
    return { category, base, rules, ...strictest(said, category) }
  }
}

const makeTable = (route: Route): FindingTable => {
  const ofPayload = distinct(
    [...route.open].flatMap(({ term }) => atoms(term)).filter(({ about }) => about === 'payload'),
  )
  const plain: Whole = {
    id: 0,
    rules: route.always.map(({ rule }) => rule),
    fired: none,
    treatments: asTreatments(route.always),
  }
  const wholes = new Map<string, Whole>()
  let nextWhole = 0
  const categoryTables = new Map<Category, CategoryTable>()
  const tableOf = (category: Category): CategoryTable => {
    let table = categoryTables.get(category)
    if (table === undefined) categoryTables.set(category, (table = new CategoryTable(route, category)))
    return table
  }
  return {
    wholeOf(payload) {
      if (ofPayload.length === 0) return plain
      const key = ofPayload.map(({ test }) => (test(payload as never) ? 1 : 0)).join('')
      const known = wholes.get(key)
      if (known !== undefined) return known
      const fired = route.byPayload.filter(
        ({ term }) =>
          decide(term, ({ about, test }) => (about === 'payload' ? test(payload as never) : undefined)) ===
          true,
      )
      const global = [...route.always, ...fired]
      const made: Whole = {
        id: nextWhole++ % mostWholes,
        rules: global.map(({ rule }) => rule),
        fired: new Set(fired.map(({ rule }) => rule)),
        treatments: asTreatments(global),
      }
      if (made.id === 0) {
        // Numbers begin again: nothing that was kept under them may answer.
        wholes.clear()
        categoryTables.clear()
      }
      wholes.set(key, made)
      return made
    },
    baseOf: (finding, setting) => tableOf(finding.category).baseOf(finding, setting),
    rulingOf: (finding, setting, whole, payload, steps) =>
      tableOf(finding.category).rulingOf(finding, setting, whole, payload, steps),
  }
}

/** So many kinds of payload are told apart before the table begins anew. */
const mostWholes = 1024

const tables = new WeakMap<Route, FindingTable>()

/** Made once a route. */
export const findingTable = (route: Route): FindingTable => {
  let table = tables.get(route)
  if (table === undefined) tables.set(route, (table = makeTable(route)))
  return table
}
