/** A route made ready: rules that cannot fire on it have dropped out, and each kind of data knows its own. */
import type { Code } from '../errors.ts'
import { derogationFor } from '../law/derogation.ts'
import { routeLaw } from '../law/route.ts'
import type { Category } from '../model/category.ts'
import type { RouteFacts, Spoken } from '../model/decision.ts'
import type { RouteLaw } from '../model/ground.ts'
import type { CivilDate, CountryCode } from '../model/register.ts'
import type { Bundle, CategoryEntry, Rule } from './bundle.ts'
import type { Compiled } from './compile.ts'
import { compile } from './compile.ts'
import type { Default } from './defaults.ts'
import { categoryDefault } from './defaults.ts'
import type { CategorySeen, RouteSeen } from './facts.ts'
import { becauseOf } from './because.ts'
import { registerPlace } from './register-place.ts'
import { liftFault } from './lifted.ts'
import { type Lift, liftsOn } from './orders.ts'
import { liftedBy, noGrant, standingOf, voidNote } from './standing.ts'
import type { Atom, Term } from './term.ts'
import { canBe, simplify } from './term.ts'
import { printTreatment } from './treatment.ts'
import { vaultOf, withVault } from './vault.ts'

export interface RouteAsk {
  /** Ids in the register. */
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly method: string
  /** Essence of the body's type; '' without a body. */
  readonly media: string
  /** In the client's zone. */
  readonly on: CivilDate
  /** Where gateway and vault stand; silent: use case 2 never holds. */
  readonly region?: CountryCode
  /** The value of Douane-Case: a derogation counts only with it. */
  readonly case?: string | undefined
  /** The moment of the decision; silent: no restriction is lifted. */
  readonly at?: Date
}

/** A rule with what the route and the category settled put in. */
export interface Open {
  readonly rule: Rule
  readonly term: Term
  readonly weak: boolean
}

export interface Route {
  readonly bundle: Bundle
  readonly seen: RouteSeen
  readonly facts: RouteFacts
  readonly vaultHolds: boolean
  /** What speaks whatever the payload holds: entries that are not active, a route that nobody opened. */
  readonly standing: readonly Spoken[]
  readonly grants: readonly Spoken[]
  readonly notes: readonly Spoken[]
  /** Restrictions and notes that fire on this route as such. */
  readonly always: readonly Open[]
  /** Those that must see more than the route. */
  readonly open: readonly Open[]
  /** Of these, those that may speak where no finding is looked at. */
  readonly byPayload: readonly Open[]
  /** Those that may speak of a finding of this category. */
  ofCategory(category: Category): readonly Open[]
  defaultOf(category: Category, specialOpened: boolean): Default | undefined
  entry(category: Category): CategoryEntry | undefined
}

export const decideText = (rule: Rule): string =>
  typeof rule.decide === 'string' ? rule.decide : printTreatment(rule.decide)

/** What a route without entries is: a third country without contract. Every rule on it refuses. */
const nowhere: RouteLaw = {
  class: 'third',
  countries: [],
  legs: [],
  problems: ['contract_missing', 'no_mechanism'],
  remarks: [],
  notes: [],
  lacks: [],
  regimes: [],
  packs: [],
  shore: 'offshore',
  named: {},
  covered: null,
  tiaCovered: null,
  clause87: false,
  uc2Analysis: false,
}

const spokenRule = (rule: Rule, law: RouteLaw, code?: Code): Spoken => ({
  rule: rule.id,
  decide: decideText(rule),
  ...(code === undefined ? {} : { code }),
  ...becauseOf(rule, law),
  article: rule.because.article,
  file: rule.source.file,
  line: rule.source.line,
  categories: [],
  findings: [],
})

const ruleOf = ({ rules }: Bundle, id: string): Rule | undefined => rules.find((rule) => rule.id === id)

const prepare = (bundle: Bundle, ask: RouteAsk, lifts: readonly Lift[]): Route => {
  const client = bundle.clients.get(ask.client)
  const provider = bundle.providers.get(ask.provider)
  const purposes = client?.purposes ?? {}
  const purpose = Object.hasOwn(purposes, ask.purpose) ? purposes[ask.purpose] : undefined
  const law =
    client === undefined || provider === undefined
      ? nowhere
      : withVault(
          routeLaw(bundle.law, client, provider, ask.purpose, ask.on, {
            derogations: bundle.derogations,
            case: ask.case,
          }),
          vaultOf(bundle, client, ask),
        )
  const seen: RouteSeen = {
    client,
    provider,
    purposeId: ask.purpose,
    purpose,
    law,
    method: ask.method.toUpperCase(),
    media: ask.media.toLowerCase(),
    on: ask.on,
  }
  const known = (atom: Atom) => (atom.about === 'route' ? atom.test(seen as never) : undefined)
  const always: Open[] = []
  const open: Open[] = []
  const grants: Spoken[] = []
  const lifted: Spoken[] = []
  const counting = lifts.filter((one) => liftFault(one, ruleOf(bundle, one.rule)) === undefined)
  for (const { rule, term, weak } of compile(bundle) as readonly Compiled[]) {
    const rest = simplify(term, known)
    if (rest === false) continue
    const lift = counting.find((one) => one.rule === rule.id)
    if (lift !== undefined) {
      lifted.push(liftedBy(lift, rule))
      continue
    }
    if (rule.decide === 'grant') {
      if (rest === true) grants.push(spokenRule(rule, law))
    } else (rest === true ? always : open).push({ rule, term: rest, weak })
  }
  const standing = [...standingOf(bundle, seen, ask), ...lifted]
  if (grants.length === 0) standing.push(noGrant)
  const perCategory = new Map<Category, readonly Open[]>()
  const defaults = new Map<string, Default | undefined>()
  return {
    bundle,
    seen,
    facts: {
      client: ask.client,
      provider: ask.provider,
      purpose: ask.purpose,
      class: law.class,
      countries: law.countries,
      ground: law.legs.map((leg) => leg.ground),
      ground_ref: law.legs.map((leg) => leg.ground_ref),
    },
    vaultHolds: law.uc2Analysis && vaultOf(bundle, client, ask) === 'ours',
    standing,
    grants,
    notes: [
      ...law.notes.map((note) => ({
        rule: `law:${note.id}`,
        decide: 'note',
        en: note.en,
        fr: note.fr,
        article: note.article,
        ...registerPlace(bundle, 'providers', ask.provider, 'legs'),
        categories: [],
        findings: [],
      })),
      ...lifts.flatMap((lift) => voidNote(lift, ruleOf(bundle, lift.rule))),
    ],
    always,
    open,
    byPayload: open.filter(({ term }) => canBe(term, true)),
    ofCategory(category) {
      let rules = perCategory.get(category)
      if (rules === undefined) {
        const of: CategorySeen = { route: seen, category }
        rules = open.flatMap(({ rule, term, weak }) => {
          const rest = simplify(term, (atom) =>
            atom.about === 'category' ? atom.test(of as never) : undefined,
          )
          return rest === false ? [] : [{ rule, term: rest, weak }]
        })
        perCategory.set(category, rules)
      }
      return rules
    },
    defaultOf(category, specialOpened) {
      const key = `${category} ${specialOpened}`
      if (!defaults.has(key)) {
        const entry = bundle.categories.get(category)
        defaults.set(key, entry && categoryDefault(entry, seen, specialOpened))
      }
      return defaults.get(key)
    },
    entry: (category) => bundle.categories.get(category),
  }
}

const mostRoutes = 2048
const routes = new WeakMap<Bundle, Map<string, Route>>()

/**
 * The route of one client, provider, purpose, method, media type and day. Never throws for a bad route: what is
 * wrong with it refuses. The last 2,048 of a bundle are kept.
 */
export const openRoute = (bundle: Bundle, ask: RouteAsk): Route => {
  let kept = routes.get(bundle)
  if (kept === undefined) {
    kept = new Map()
    routes.set(bundle, kept)
  }
  const { client, provider, purpose, method, media, on, region = '' } = ask
  // The case itself is nobody's business here: only whether a file of derogations/ names it.
  const its = derogationFor(bundle.derogations, ask)
  const lifts = liftsOn(bundle.orders, ask, ask.at)
  const key = JSON.stringify([
    client,
    provider,
    purpose,
    method,
    media,
    on,
    region,
    its?.case ?? '',
    ...lifts.map(({ id }) => id),
  ])
  let route = kept.get(key)
  if (route === undefined) {
    route = prepare(bundle, ask, lifts)
    if (kept.size >= mostRoutes)
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    kept.set(key, route)
  }
  return route
}
