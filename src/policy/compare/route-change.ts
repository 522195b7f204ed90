/** One route before and after, from a day on: what of it becomes stricter and what looser, stretch by stretch. */
import { derogationYear } from '../../law/derogation.ts'
import { noticeDays } from '../../law/ground.ts'
import { ackDays } from '../../law/register-problems.ts'
import type { CivilDate } from '../../model/register.ts'
import type { Bundle, Rule } from '../bundle.ts'
import { compileRule } from '../compile.ts'
import { substance } from '../lifted.ts'
import type { Route } from '../route.ts'
import { openRoute } from '../route.ts'
import { type Term, simplify } from '../term.ts'
import { type Fate, fates } from './combined.ts'
import { dayBefore, stretches, turningDays } from './days.ts'
import {
  type Becoming,
  type FindingChange,
  becoming,
  compareFindings,
  isCombination,
  withoutCombinations,
} from './findings.ts'
import { type Requests, type RouteId, noCase, printMedia, requestsOf } from './routes.ts'
import { type Sentence, tell } from './tree.ts'

/** What two bundles differ in for one stretch of days and some requests. */
export type Difference =
  | {
      readonly kind: 'opened' | 'closed'
      readonly rules: readonly string[]
      readonly becomes: readonly Becoming[]
    }
  | { readonly kind: 'treated'; readonly changes: readonly FindingChange[] }

export interface RouteChange {
  readonly route: RouteId
  /** First and last day; silent: from the first day looked at, and without end. */
  readonly from?: CivilDate
  readonly until?: CivilDate
  /** `method`, `media` and `case`, where it does not hold for all. */
  readonly where: Sentence['where']
  readonly difference: Difference
}

/** Two bundles made ready to be compared route by route. */
export interface Pair {
  readonly before: Bundle
  readonly after: Bundle
  readonly requests: Requests
  readonly mediaWords: ReadonlyMap<string, string>
  /** Law and categories are the same. */
  readonly sameLaw: boolean
  /** Rules that only one of the two has, or has otherwise. */
  readonly differing: readonly Term[]
  readonly turning: ReadonlySet<CivilDate>
  /** Combination rules that stay open somewhere: by id. */
  readonly combinations: Set<string>
  /** Of these, the ones that fare otherwise on some routes than before, though they say the same. */
  readonly fates: Record<Fate, Map<string, RouteId[]>>
}

const differingRules = (before: Bundle, after: Bundle): readonly Rule[] => {
  const known = (bundle: Bundle) => new Set(bundle.rules.map(substance))
  const [old, fresh] = [known(before), known(after)]
  return [
    ...before.rules.filter((rule) => !fresh.has(substance(rule))),
    ...after.rules.filter((rule) => !old.has(substance(rule))),
  ].filter(({ decide }) => decide !== 'note')
}

const lawText = ({ law, categories, derogations }: Bundle): string =>
  JSON.stringify([
    derogations,
    Object.values(law).map((part: unknown) => (part instanceof Map ? [...part] : part)),
    [...categories].map(([category, entry]) => [category, { ...entry, source: null }]),
  ])

export const pairOf = (before: Bundle, after: Bundle): Pair => {
  const requests = requestsOf(before, after)
  return {
    before,
    after,
    requests,
    mediaWords: new Map(requests.media.map((type) => [type, printMedia(before, after, type)])),
    sameLaw: lawText(before) === lawText(after),
    differing: differingRules(before, after).map((rule) => compileRule(rule).term),
    turning: new Set([
      ...turningDays([...before.rules, ...after.rules].map(({ when }) => when)),
      ...turningDays([before.law, after.law], [-noticeDays]),
    ]),
    combinations: new Set(),
    fates: { undermined: new Map(), extended: new Map() },
  }
}

/** Rules and standing refusals that close the route whatever it carries. */
const closedBy = ({ standing, always }: Route): readonly string[] => [
  ...new Set([
    ...standing.map(({ rule }) => rule),
    ...always.flatMap(({ rule }) =>
      typeof rule.decide === 'object' && rule.decide.name === 'block' ? [rule.id] : [],
    ),
  ]),
]

/** All that decides of findings on a route, as text: on days with the same text the answer is the same. */
const signature = ({ seen, always, open, facts }: Route): string => {
  const { notes: _, ...law } = seen.law
  const rules = [...always, ...open].map(({ rule, term }) => [rule.id, term])
  return JSON.stringify([
    facts.client,
    facts.provider,
    facts.purpose,
    seen.method,
    seen.media,
    seen.purpose,
    law,
    rules,
  ])
}

const entriesOf = ({ clients, providers }: Bundle, { client, provider }: RouteId) =>
  [clients.get(client), providers.get(provider)] as const

const note = (noted: Map<string, RouteId[]>, id: string, route: RouteId): void => {
  const its = noted.get(id)
  if (its === undefined) noted.set(id, [route])
  else if (its.at(-1) !== route) its.push(route)
}

/** @throws NotComparable */
export const compareRoute = (pair: Pair, route: RouteId, first: CivilDate): readonly RouteChange[] => {
  const { before, after, requests } = pair
  const [old, fresh] = [entriesOf(before, route), entriesOf(after, route)]
  const sameEntries = pair.sameLaw && JSON.stringify(old) === JSON.stringify(fresh)
  if (sameEntries && pair.differing.length === 0) return []
  const kept = new Map<string, string>()

  const derogations = [before, after].flatMap((bundle) =>
    bundle.derogations.filter(
      ({ client, provider }) => provider === route.provider && (client ?? route.client) === route.client,
    ),
  )
  const cases = [undefined, ...new Set(derogations.map((each) => each.case))]

  const on = (day: CivilDate, method: string, media: string, its: string | undefined): string => {
    const ask = { ...route, method, media, on: day, case: its }
    const was = openRoute(before, ask)
    if (sameEntries) {
      const seen = was.seen as never
      const concerns = pair.differing.some(
        (term) => simplify(term, (atom) => (atom.about === 'route' ? atom.test(seen) : undefined)) !== false,
      )
      if (!concerns) return ''
    }
    const is = openRoute(after, ask)
    const [shut, shuts] = [closedBy(was), closedBy(is)]
    if (shut.length > 0 && shuts.length > 0) return ''
    for (const { rule, term } of [...was.open, ...is.open])
      if (isCombination(term) && rule.decide !== 'note') pair.combinations.add(rule.id)
    if (shuts.length > 0)
      return JSON.stringify({ kind: 'closed', rules: shuts, becomes: [] } satisfies Difference)
    const key = `${signature(was)} ${signature(is)}`
    let says = kept.get(key)
    if (says === undefined) {
      kept.set(key, (says = print(difference(was, is, shut))))
      // Where a route is opened that is said already.
      if (shut.length === 0) for (const [id, fate] of fates(was, is)) note(pair.fates[fate], id, route)
    }
    return says
  }
  const days = stretches(
    first,
    pair.turning,
    turningDays([old, fresh], [ackDays + 1]),
    turningDays(derogations, [derogationYear + 1]),
  )
  const told = days.map((day) =>
    tell(
      [
        { name: 'method', values: requests.methods },
        { name: 'media', values: requests.media.map((type) => pair.mediaWords.get(type) ?? type) },
        { name: 'case', values: cases.map((each) => each ?? noCase) },
      ],
      ([m = 0, t = 0, c = 0]) => on(day, requests.methods[m] ?? '', requests.media[t] ?? '', cases[c]),
    ),
  )
  return days.flatMap((day, n): RouteChange[] => {
    const [here, last] = [JSON.stringify(told[n]), JSON.stringify(told[n - 1])]
    if (n > 0 && here === last) return []
    let end = n + 1
    while (end < days.length && JSON.stringify(told[end]) === here) end++
    const ends = days[end]
    return (told[n] ?? []).map(({ where, says }) => ({
      route,
      ...(n === 0 ? {} : { from: day }),
      ...(ends === undefined ? {} : { until: dayBefore(ends) }),
      where,
      difference: JSON.parse(says) as Difference,
    }))
  })
}

const difference = (was: Route, is: Route, shut: readonly string[]): Difference => {
  const after = withoutCombinations(is)
  return shut.length > 0
    ? { kind: 'opened', rules: shut, becomes: becoming(after) }
    : { kind: 'treated', changes: compareFindings(withoutCombinations(was), after) }
}

const print = (found: Difference): string =>
  found.kind === 'treated' && found.changes.length === 0 ? '' : JSON.stringify(found)
