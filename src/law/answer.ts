/** One question a DPO asks: on what ground may these data go there today, what is missing, and until when is that so? */
import { isBelow } from '../model/category.ts'
import type { CategoryGroup } from '../model/category.ts'
import type { DestinationClass, Ground, Lack, LawNote, LegGround, Problem } from '../model/ground.ts'
import type { CivilDate } from '../model/register.ts'
import { dayAfter } from './date.ts'
import { type Known, datesOf } from './dates-of.ts'
import { routeLaw } from './route.ts'

export interface GroundAsk extends Known {
  /** Silent: the client's default purpose, else the first that the contract names. */
  readonly purpose?: string
  readonly categories: readonly CategoryGroup[]
  readonly on: CivilDate
  readonly case?: string
}

export interface GroundAnswer {
  readonly class: DestinationClass
  /** Of the weakest leg: `none` if any leg has none. */
  readonly ground: Ground
  readonly legs: readonly LegGround[]
  /** Acts, contracts and assessments that it rests on. */
  readonly reasons: readonly string[]
  /** What stands in the way today; empty: nothing. */
  readonly missing: readonly Problem[]
  /** Of the categories asked for, those outside the contract, and those outside an assessment. */
  readonly outside: { readonly contract: readonly string[]; readonly tia: readonly string[] }
  readonly remarks: readonly Problem[]
  readonly lacks: readonly Lack[]
  readonly notes: readonly LawNote[]
  /** The first later day on which this answer is another one; absent if no date that is known changes it. */
  readonly changes?: CivilDate
}

const strongest: readonly Ground[] = ['not_a_transfer', 'adequacy']

const weakest = (legs: readonly LegGround[]): Ground => {
  if (legs.some(({ ground }) => ground === 'none')) return 'none'
  const tool = legs.find(({ ground }) => !strongest.includes(ground))
  if (tool !== undefined) return tool.ground
  return legs.some(({ ground }) => ground === 'adequacy') ? 'adequacy' : 'not_a_transfer'
}

const purposeOf = ({ client, provider, purpose }: GroundAsk): string =>
  purpose ??
  client.default_purpose ??
  provider.contracts.find((contract) => contract.client === client.id)?.dpa?.purposes[0] ??
  ''

const today = (ask: GroundAsk, on: CivilDate): Omit<GroundAnswer, 'changes'> => {
  const { law, client, provider } = ask
  const route = routeLaw(law, client, provider, purposeOf(ask), on, {
    derogations: ask.derogations ?? [],
    case: ask.case,
  })
  const not = (held: readonly CategoryGroup[] | null): string[] =>
    held === null ? [] : ask.categories.filter((each) => !held.some((group) => isBelow(each, group)))
  const outside = { contract: not(route.covered), tia: not(route.tiaCovered) }
  return {
    class: route.class,
    ground: weakest(route.legs),
    legs: route.legs,
    reasons: [...new Set(route.legs.map((leg) => leg.ground_ref).filter((ref) => ref !== ''))],
    missing: [
      ...route.problems,
      ...(outside.contract.length > 0 ? (['category_outside'] as const) : []),
      ...(outside.tia.length > 0 ? (['tia_scope'] as const) : []),
    ],
    outside,
    remarks: route.remarks,
    lacks: route.lacks,
    notes: route.notes,
  }
}

/**
 * The ground in force for one route on one civil date, why, what is missing, and the next day on which that changes.
 * Total. The next day is found by asking again on every later date that law or register know, and the day after.
 */
export const groundFor = (ask: GroundAsk): GroundAnswer => {
  const now = today(ask, ask.on)
  const said = JSON.stringify(now)
  const changes = datesOf(ask)
    .flatMap((date) => [date, dayAfter(date)])
    .filter((date) => date > ask.on)
    .toSorted()
    .find((date) => JSON.stringify(today(ask, date)) !== said)
  return changes === undefined ? now : { ...now, changes }
}
