/**
 * A rule that looks at several findings is not compared finding by finding. But that it is the same rule is not enough: what it
 * sees of the route, and what categories make of a payload before it looks, may have changed under it.
 */
import { categories, isBelow } from '../../model/category.ts'
import { isSpecial, thirdArt9 } from '../facts.ts'
import { actFrom } from '../finding-table.ts'
import type { Open, Route } from '../route.ts'
import { atoms } from '../term.ts'
import { isCombination } from './findings.ts'

/** Categories of which a rule looks at more than whether they act: quasi-identifiers, and text (payload-facts.ts). */
const weighed = (route: Route, category: (typeof categories)[number], named: readonly string[]): boolean =>
  route.entry(category)?.quasi === true ||
  category === 'freetext' ||
  named.some((group) => isBelow(category, group))

/** All that decides, besides the payload, whether a rule speaks on this route; as text. */
const underIt = (route: Route, { rule, term }: Open): string => {
  const ofPayload = atoms(term).filter(({ about }) => about === 'payload')
  const named = ofPayload.flatMap(({ names }) => names.filter((name) => typeof name === 'string'))
  const wholly = ofPayload.some(({ key }) => key !== 'found')
  const { seen } = route
  return JSON.stringify([
    term,
    categories.map(
      (category) => route.ofCategory(category).find((open) => open.rule === rule)?.term ?? false,
    ),
    categories.map((category) =>
      wholly || named.some((group) => isBelow(category, group)) ? actFrom(route, category) : null,
    ),
    !wholly || [
      categories.map((category) =>
        weighed(route, category, named)
          ? [
              route.entry(category)?.quasi === true,
              route.defaultOf(category, false)?.treatment,
              route.defaultOf(category, true)?.treatment,
            ]
          : null,
      ),
      categories.some(
        (category) => isSpecial(category) && thirdArt9({ route: seen, category }) === 'present',
      ),
      // Of what use case 2 leans on (EDPB Recs 01/2020 §85).
      ofPayload.some(({ key }) => key === 'uc2_ok')
        ? [seen.law.uc2Analysis, seen.client?.vault ?? null]
        : null,
    ],
  ])
}

const speaks = ({ rule, term }: Open): boolean => isCombination(term) && rule.decide !== 'note'

const called =
  (id: string) =>
  ({ rule }: Open): boolean =>
    rule.id === id

/** How a rule about several findings, itself unchanged, fares on a route that is not what it was. */
export type Fate = 'undermined' | 'extended'

/**
 * Undermined: it spoke on the route before and may speak of fewer payloads now, for it is gone from it or sees something else.
 * Extended: it speaks where it did not. One that always speaks now is compared like any other.
 */
export const fates = (before: Route, after: Route): readonly (readonly [id: string, fate: Fate])[] => [
  ...before.open.filter(speaks).flatMap((was): [string, Fate][] => {
    const same = called(was.rule.id)
    if (after.always.some(same)) return []
    const is = after.open.find(same)
    return is !== undefined && underIt(before, was) === underIt(after, is)
      ? []
      : [[was.rule.id, 'undermined']]
  }),
  ...after.open
    .filter(speaks)
    .flatMap(({ rule: { id } }): [string, Fate][] =>
      [...before.open, ...before.always].some(called(id)) ? [] : [[id, 'extended']],
    ),
]
