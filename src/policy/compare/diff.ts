/**
 * `policy diff`: two bundles over the whole decision space of routes, days, requests and findings. A decision is the join of what is
 * said of the route and of each finding (promise 5), so comparing each of them compares all decisions. Rules that look at several
 * findings are no function of one: they are listed, not compared.
 */
import { treatmentOrder } from '../../model/category.ts'
import type { CivilDate } from '../../model/register.ts'
import type { Bundle, Rule } from '../bundle.ts'
import type { Fate } from './combined.ts'
import { isCombination, type Direction } from './findings.ts'
import { compileRule } from '../compile.ts'
import { substance } from '../lifted.ts'
import type { Lift } from '../orders.ts'
import { type Leave, leaveOf } from './leave.ts'
import { compareRoute, type Pair, pairOf, type RouteChange } from './route-change.ts'
import { type OverrideChange, overridesOf } from './overrides.ts'
import { routesOf, type RouteId } from './routes.ts'
import { unseen } from './unseen.ts'

/** Routes and categories for which one sentence holds. */
export interface Change {
  readonly direction: Direction
  readonly routes: readonly RouteId[]
  readonly from?: CivilDate
  readonly until?: CivilDate
  /** Conditions by axis: `method`, `media`, `case`, and those of findings; an axis that does not matter is left out. */
  readonly where: Readonly<Record<string, readonly string[]>>
  /** Silent: the route as a whole. */
  readonly categories?: readonly string[]
  /** Treatments, or `refused` and `open`. */
  readonly before: string
  readonly after: string
  /** Who said the stricter of the two. */
  readonly rules: readonly string[]
  /** Where a route is opened: what goes, by treatment. */
  readonly becomes?: readonly {
    readonly categories: readonly string[]
    readonly where: Readonly<Record<string, readonly string[]>>
    readonly treatment: string
  }[]
}

export interface Combination {
  readonly rule: string
  readonly combination: true
  /** A fate: the same rule, on routes that are not what they were. */
  readonly state: 'same' | 'added' | 'removed' | 'changed' | Fate
  /** Where it fares otherwise. */
  readonly routes?: readonly RouteId[]
  readonly file: string
  readonly line: number
}

export interface Diff {
  readonly before: string
  readonly after: string
  /** Looser changes first, then those without order, then stricter ones. */
  readonly changes: readonly Change[]
  /** Not compared: rules that look at several findings, where some route leaves them open. */
  readonly combinations: readonly Combination[]
  /** What is left to people and to time: lifting a rule, the measure of a derogation. */
  readonly leave: readonly Leave[]
  /** What becomes of the overrides that run now. */
  readonly overrides: readonly OverrideChange[]
  /** What changed besides and decides nothing by itself: places in the register. */
  readonly unseen: readonly string[]
  /** Of these, the ones by which more may leave, go elsewhere or be asked for by others. */
  readonly opens: readonly string[]
  /** Routes looked at. */
  readonly routes: number
  /** Something becomes looser, or cannot be shown not to. */
  readonly loosens: boolean
}

/**
 * @param firstDay of the days compared, in a client's zone
 * @param lifts that run now
 * @throws NotComparable where rules tell apart more kinds of paths than can be compared one by one
 */
export const diffBundles = (
  before: Bundle,
  after: Bundle,
  firstDay: (zone: string) => CivilDate,
  lifts: readonly Lift[] = [],
): Diff => {
  const pair = pairOf(before, after)
  const found: RouteChange[] = []
  let routes = 0
  for (const route of routesOf(before, after)) {
    routes++
    const client = after.clients.get(route.client) ?? before.clients.get(route.client)
    found.push(...compareRoute(pair, route, firstDay(client?.zone ?? 'Europe/Brussels')))
  }
  const changes = inOrder(joinRoutes(found.flatMap(sentences)))
  const leave = leaveOf(before, after)
  const overrides = overridesOf(before, after, lifts)
  const combinations = combinationsOf(before, after, pair)
  const besides = unseen(before, after)
  return {
    before: before.digest,
    after: after.digest,
    changes,
    combinations,
    leave,
    overrides,
    unseen: besides.all,
    opens: besides.opens,
    routes,
    loosens:
      changes.some(({ direction }) => direction !== 'stricter') ||
      leave.some(({ direction }) => direction === 'looser') ||
      overrides.some(({ then }) => then === 'returns') ||
      besides.opens.length > 0 ||
      combinations.some(({ state }) => loosening.includes(state)),
  }
}

const without =
  <Key extends string>(key: Key) =>
  <Item extends Readonly<Record<Key, unknown>>>(item: Item): Omit<Item, Key> => {
    const { [key]: _, ...rest } = item
    return rest
  }

/** Groups that agree in everything but one thing; that thing becomes a list. */
const join = <Item, Group>(
  items: readonly Item[],
  rest: (item: Item) => unknown,
  make: (alike: readonly [Item, ...Item[]]) => Group,
): Group[] => {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const key = JSON.stringify(rest(item))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()].map(make)
}

type OfRoute = Omit<Change, 'routes'> & { readonly route: RouteId }

const sentences = ({ route, difference, where, ...days }: RouteChange): OfRoute[] => {
  if (difference.kind === 'treated')
    return join(difference.changes, without('category'), (alike) => {
      const [{ where: of, before, after, direction, rules }] = alike
      return {
        route,
        ...days,
        where: { ...where, ...of },
        categories: alike.map(({ category }) => category),
        before,
        after,
        direction,
        rules,
      }
    })
  const { kind, rules } = difference
  const becomes = join(difference.becomes, without('category'), (alike) => ({
    categories: alike.map(({ category }) => category),
    where: alike[0].where,
    treatment: alike[0].treatment,
  })).toSorted((a, b) => rank(a.treatment) - rank(b.treatment))
  return [
    kind === 'opened'
      ? { route, ...days, where, before: 'refused', after: 'open', direction: 'looser', rules, becomes }
      : { route, ...days, where, before: 'open', after: 'refused', direction: 'stricter', rules },
  ]
}

/** What goes in clear is read first. */
const rank = (treatment: string): number =>
  (treatmentOrder as readonly string[]).indexOf(treatment.split(':', 1)[0] ?? '')

const joinRoutes = (all: readonly OfRoute[]): Change[] =>
  join(all, without('route'), (alike) => {
    const [{ route: _, ...rest }] = alike
    return { ...rest, routes: alike.map(({ route }) => route) }
  })

const directions: readonly Direction[] = ['looser', 'unordered', 'stricter']

const inOrder = (changes: readonly Change[]): Change[] =>
  changes.toSorted((a, b) => directions.indexOf(a.direction) - directions.indexOf(b.direction))

const loosening: readonly Combination['state'][] = ['removed', 'changed', 'undermined']

const combinationsOf = (
  before: Bundle,
  after: Bundle,
  { combinations: open, fates }: Pick<Pair, 'combinations' | 'fates'>,
): Combination[] => {
  const byId = (bundle: Bundle) => new Map(bundle.rules.map((rule) => [rule.id, rule]))
  const [old, fresh] = [byId(before), byId(after)]
  return [...open].toSorted().flatMap((id): Combination[] => {
    const [was, is] = [old.get(id), fresh.get(id)].map((rule) =>
      rule && looksAtSeveral(rule) ? rule : undefined,
    )
    const rule = is ?? was
    if (rule === undefined) return []
    const same = was && is && substance(was) === substance(is)
    const fate = (['undermined', 'extended'] as const).find((each) => fates[each].has(id))
    const routes = fate && fates[fate].get(id)
    const state =
      was === undefined ? 'added' : is === undefined ? 'removed' : same ? (fate ?? 'same') : 'changed'
    const { file, line } = rule.source
    const said = { rule: id, combination: true, state, file, line } as const
    return [state === fate && routes !== undefined ? { ...said, routes } : said]
  })
}

/** A rule with `found`, `k` or `uc2_ok` somewhere in its `when`. */
export const looksAtSeveral = (rule: Rule): boolean => isCombination(compileRule(rule).term)
