import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBelow, specialCategories } from '../../src/model/category.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { Bundle } from '../../src/policy/bundle.ts'
import {
  anotherRecogniser,
  patternsOf,
  printBeside,
  printPaths,
  recognisersOf,
  withoutCombinations,
} from '../../src/policy/compare/findings.ts'
import { type Change, diffBundles, looksAtSeveral } from '../../src/policy/compare/diff.ts'
import { printMedia } from '../../src/policy/compare/routes.ts'
import type { RouteAsk } from '../../src/policy/evaluate.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { thirdArt9 } from '../../src/policy/facts.ts'
import { actFrom } from '../../src/policy/finding-table.ts'
import { keysIn } from '../../src/policy/when-keys.ts'
import { payload, printed, type Said, toLyon, toTana } from './hand.ts'
import { plainRestriction, policy, records, said } from './small-policies.ts'

const first = '2026-11-23'
const asks = fc
  .record({
    base: fc.constantFrom(toTana, toTana, toTana, toLyon, { ...toTana, purpose: 'newsletter' }),
    on: fc.oneof(
      fc.constantFrom(
        first,
        '2026-11-30',
        '2026-12-01',
        '2027-02-10',
        '2027-02-11',
        '2027-12-31',
        '2028-01-01',
      ),
      fc
        .integer({ min: 0, max: 1500 })
        .map((days) => new Date(Date.UTC(2026, 10, 23 + days)).toISOString().slice(0, 10)),
    ),
    method: fc.constantFrom('POST', 'GET'),
    media: fc.constantFrom(
      'application/json',
      'text/plain',
      '',
      'application/vnd.x+json',
      'application/x-www-form-urlencoded',
    ),
  })
  .map(({ base, ...rest }): RouteAsk => ({ ...base, ...rest }))

/** What `diff` does not compare is taken away, so that brute force compares the rest. */
const plain = (bundle: Bundle): Bundle => ({
  ...bundle,
  rules: bundle.rules.filter((rule) => !looksAtSeveral(rule)),
})

interface Point {
  readonly before: Bundle
  readonly after: Bundle
  readonly ask: RouteAsk
}

const methodsNamed = ({ before, after }: Point): ReadonlySet<unknown> =>
  new Set(
    [...before.rules, ...after.rules]
      .flatMap(({ when }) => keysIn(when))
      .filter(([key]) => key === 'method')
      .flatMap(([, value]) => value as string[]),
  )

/** Changes of the route and day of this point, whatever the finding. */
const here = (changes: readonly Change[], point: Point): Change[] => {
  const { ask, before, after } = point
  const media = printMedia(before, after, ask.media)
  const method = methodsNamed(point).has(ask.method) ? ask.method : 'ANY-OTHER'
  return changes.filter(
    ({ routes, from, until, where }) =>
      routes.some(
        (r) => r.client === ask.client && r.provider === ask.provider && r.purpose === ask.purpose,
      ) &&
      (from === undefined || from <= ask.on) &&
      (until === undefined || ask.on <= until) &&
      (where['method']?.includes(method) ?? true) &&
      (where['media']?.includes(media) ?? true),
  )
}

/** Written out again, from the design and not from the code: what stands beside a finding. */
const opensSpecial = (bundle: Bundle, ask: RouteAsk, all: readonly Said[]): boolean => {
  const route = openRoute(bundle, ask)
  return (
    route.seen.law.class === 'third' &&
    all.some(
      ({ category, confidence = 1 }) =>
        specialCategories.some((group) => isBelow(category, group)) &&
        confidence >= actFrom(route, category) &&
        thirdArt9({ route: route.seen, category }) === 'present',
    )
  )
}

const inBand = (band: string, confidence: number): boolean => {
  const [low = '0', high = ''] = band.split('..')
  return confidence >= Number(low) && (high === '' || confidence < Number(high))
}

const holds = (
  where: Change['where'],
  { before, after, ask }: Point,
  all: readonly Said[],
  one: Said,
  child: boolean,
): boolean => {
  const routes = [before, after].map((bundle) => withoutCombinations(openRoute(bundle, ask)))
  const [was, is] = routes as [(typeof routes)[0], (typeof routes)[0]]
  const steps = one.path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  const beside = printBeside([opensSpecial(before, ask, all), opensSpecial(after, ask, all)])
  const recogniser = recognisersOf(was, is, one.category).includes('hand') ? 'hand' : anotherRecogniser
  return (
    (where['confidence']?.some((band) => inBand(band, one.confidence ?? 1)) ?? true) &&
    (where['path']?.includes(printPaths(patternsOf(was, is, one.category), steps)) ?? true) &&
    (where['recogniser']?.includes(recogniser) ?? true) &&
    (where['kind']?.includes(one.finding === 'nir' ? 'nir' : 'other') ?? true) &&
    (where['record']?.includes(child ? 'child' : 'adult') ?? true) &&
    (where['beside']?.includes(beside) ?? true)
  )
}

/** The method that stands where none is named: two spellings of one treatment. */
const inShort = (treatment: string): string =>
  treatment === 'pseudonymise: token' ? 'pseudonymise' : treatment

const treatmentAt = (decision: Decision, at: number): string => {
  const treatment = decision.treatments.find(({ finding }) => finding === at)?.treatment
  return treatment === undefined ? 'allow' : inShort(printed(treatment).replace(' ', ': '))
}

/** What the diff says of one point is what happens there. */
const agrees = (
  changes: readonly Change[],
  point: Point,
  all: readonly Said[],
  marks: Parameters<typeof payload>[1],
) => {
  const { document, found } = payload(all, marks)
  const decide = (bundle: Bundle) => evaluate(openRoute(plain(bundle), point.ask), document, found)
  const nothing = payload([])
  const shut = (bundle: Bundle): boolean =>
    evaluate(openRoute(plain(bundle), point.ask), nothing.document, nothing.found).verdict === 'refuse'
  const [shutBefore, shutAfter] = [shut(point.before), shut(point.after)]
  const its = here(changes, point)
  const ofRoute = its.filter(({ categories }) => categories === undefined)
  expect(ofRoute.map(({ before, after }) => [before, after])).toEqual(
    shutBefore === shutAfter ? [] : [shutBefore ? ['refused', 'open'] : ['open', 'refused']],
  )
  const [before, after] = [decide(point.before), decide(point.after)]
  let differ = 0
  all.forEach((one, at) => {
    const child = marks?.[one.record ?? 0]?.child === true
    const ofFinding = its.filter(
      ({ categories, where }) => categories?.includes(one.category) && holds(where, point, all, one, child),
    )
    const [was, is] = [treatmentAt(before, at), treatmentAt(after, at)]
    const acting = [before, after].map(({ treatments }) => treatments.some(({ finding }) => finding === at))
    const open = !shutBefore && !shutAfter
    const [actsBefore = false, actsAfter = false] = acting
    // Where neither acts, no sentence speaks of it.
    const told = ofFinding.filter(() => !open || actsBefore || actsAfter)
    const differs = open && was !== is
    expect(told.map((change) => [change.before, change.after].map(inShort))).toEqual(
      differs ? [[was, is]] : [],
    )
    if (differs) differ++
    const goes = (ofRoute[0]?.becomes ?? []).filter(
      ({ categories, where }) =>
        actsAfter &&
        categories.includes(one.category) &&
        holds(where, { ...point, before: point.after }, all, one, child),
    )
    const opened = actsAfter && shutBefore && !shutAfter
    expect(goes.map(({ treatment }) => inShort(treatment))).toEqual(opened ? [is] : [])
  })
  return { differ, before, after }
}

describe('policy diff: what it says is what happens', () => {
  test('it agrees with brute force on random small policies', () => {
    let differ = 0
    fc.assert(
      fc.property(
        policy(plainRestriction),
        policy(plainRestriction),
        fc.array(fc.tuple(asks, said, records), { minLength: 12, maxLength: 12 }),
        (before, after, points) => {
          const { changes, combinations } = diffBundles(before, after, () => first)
          expect(combinations.every(({ rule }) => !rule.startsWith('own'))).toBe(true)
          for (const [ask, all, marks] of points)
            differ += agrees(changes, { before, after, ask }, all, marks).differ
        },
      ),
      { numRuns: 60 },
    )
    // A test of nothing would agree too.
    expect(differ).toBeGreaterThan(50)
  })
})
