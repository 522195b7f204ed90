/** Rules as formulas: every key of `when` is an atom that knows what it must see. */
import type { CategoryGroup } from '../model/category.ts'
import { isBelow } from '../model/category.ts'
import type { Problem } from '../model/ground.ts'
import type { Bundle, Rule, When } from './bundle.ts'
import type { CategorySeen, FindingSeen, PayloadSeen, RouteSeen } from './facts.ts'
import { categoryProblems, condition, hasCategoryProblem, nirBasis, thirdArt9 } from './facts.ts'
import { matchesPath, pathPattern } from './path-pattern.ts'
import type { Atom, Term } from './term.ts'

const atom = <Seen>(
  about: Atom['about'],
  key: string,
  names: Atom['names'],
  test: (seen: Seen) => boolean,
): Atom => ({
  op: 'atom',
  about,
  key,
  names,
  test: test as (seen: never) => boolean,
})

/** A fact that is a list meets a list if one element does; an absent fact meets nothing. */
const route = (
  key: string,
  wanted: readonly string[],
  facts: (seen: RouteSeen) => readonly (string | undefined)[],
): Term => {
  const set: ReadonlySet<string | undefined> = new Set(wanted)
  return atom<RouteSeen>('route', key, wanted, (seen) =>
    facts(seen).some((fact) => fact !== undefined && set.has(fact)),
  )
}

const category = <Value extends string>(
  key: string,
  wanted: readonly Value[],
  fact: (seen: CategorySeen) => Value | undefined,
): Term =>
  atom<CategorySeen>('category', key, wanted, (seen) => {
    const value = fact(seen)
    return value !== undefined && wanted.includes(value)
  })

/** A media type, or a family as `Document.media` names it. */
export const mediaFacts = (type: string): string[] => {
  if (type === '') return ['none']
  if (type === 'application/json' || type.endsWith('+json')) return [type, 'json']
  if (type === 'application/x-www-form-urlencoded') return [type, 'form']
  return type.startsWith('text/') ? [type, 'text'] : [type]
}

const problem = (wanted: readonly Problem[]): Term => {
  const ofRoute = route('problem', wanted, (seen) => [...seen.law.problems, ...seen.law.remarks])
  const ofCategory = wanted.filter((each) => categoryProblems.includes(each))
  if (ofCategory.length === 0) return ofRoute
  const perFinding = atom<CategorySeen>('category', 'problem', ofCategory, (seen) =>
    ofCategory.some((each) => hasCategoryProblem(each, seen)),
  )
  return { op: 'any', terms: [ofRoute, perFinding] }
}

const anyBelow = (found: Iterable<string>, groups: readonly CategoryGroup[]): boolean => {
  for (const each of found) if (groups.some((group) => isBelow(each, group))) return true
  return false
}

/** `path` and `confidence` name one finding; `weak` says whether the rule also looks below `act_from`. */
const termsOf = (when: When, weak: boolean): Term[] => {
  const terms: Term[] = []
  const add = (term: Term) => void terms.push(term)
  const { client, client_country, provider, purpose, subjects, country, leg_kind, ground, tia, date } = when
  if (client) add(route('client', client, (seen) => [seen.client?.id]))
  if (client_country) add(route('client_country', client_country, (seen) => [seen.client?.country]))
  if (provider) add(route('provider', provider, (seen) => [seen.provider?.id]))
  if (purpose) add(route('purpose', purpose, (seen) => [seen.purposeId]))
  if (subjects) add(route('subjects', subjects, (seen) => seen.purpose?.data_subjects ?? []))
  if (when.class) add(route('class', when.class, (seen) => [seen.law.class]))
  if (country) add(route('country', country, (seen) => seen.law.countries))
  if (leg_kind) add(route('leg_kind', leg_kind, (seen) => seen.law.legs.map((leg) => leg.kind)))
  if (ground) add(route('ground', ground, (seen) => seen.law.legs.map((leg) => leg.ground)))
  if (tia) add(route('tia', tia, (seen) => seen.law.legs.map((leg) => leg.tia)))
  if (when.lacks) add(route('lacks', when.lacks, (seen) => seen.law.lacks))
  if (when.regime) add(route('regime', when.regime, (seen) => seen.law.regimes))
  if (when.pack) add(route('pack', when.pack, (seen) => seen.law.packs))
  if (when.shore) add(route('shore', when.shore, (seen) => [seen.law.shore]))
  if (when.scope) add(route('scope', when.scope, (seen) => [seen.purpose?.scope]))
  if (when.method) add(route('method', when.method, (seen) => [seen.method]))
  if (when.media) add(route('media', when.media, (seen) => mediaFacts(seen.media)))
  if (when.problem) add(problem(when.problem as readonly Problem[]))
  if (date) {
    const { from, until } = date
    add(
      atom<RouteSeen>(
        'route',
        'date',
        [from ?? '', until ?? ''],
        ({ on }) => (from === undefined || on >= from) && (until === undefined || on <= until),
      ),
    )
  }
  const {
    category: groups,
    confidence,
    path,
    recogniser,
    found,
    k,
    k_left: left,
    k_coarsest: coarsest,
  } = when
  if (groups)
    add(
      atom<CategorySeen>('category', 'category', groups, (seen) =>
        groups.some((g) => isBelow(seen.category, g)),
      ),
    )
  if (when.condition) add(category('condition', when.condition, condition))
  if (when.third_art9) add(category('third_art9', when.third_art9, thirdArt9))
  if (when.nir_basis) {
    const wanted = when.nir_basis
    add(
      atom<FindingSeen>('finding', 'nir_basis', wanted, (seen) => {
        const value = nirBasis(seen)
        return value !== undefined && wanted.includes(value)
      }),
    )
  }
  if (confidence) {
    const { from = 0, below = Infinity } = confidence
    add(
      atom<FindingSeen>(
        'finding',
        'confidence',
        [from, below],
        ({ finding }) => finding.confidence >= from && finding.confidence < below,
      ),
    )
  }
  if (path) {
    const patterns = path.map(pathPattern)
    add(
      atom<FindingSeen>('finding', 'path', path, ({ steps }) =>
        patterns.some((each) => matchesPath(each, steps)),
      ),
    )
  }
  if (recogniser)
    add(
      atom<FindingSeen>('finding', 'recogniser', recogniser, ({ finding }) =>
        recogniser.includes(finding.recogniser),
      ),
    )
  if (found)
    add(
      atom<PayloadSeen>('payload', 'found', [weak, ...found.toSorted()], (seen) =>
        anyBelow(seen.found(weak), found),
      ),
    )
  const group = (key: 'k' | 'k_left' | 'k_coarsest', below: number): Atom =>
    atom<PayloadSeen>('payload', key, [below, ...(found ?? [])], (seen) => {
      const smallest = seen.k(found, key)
      return smallest !== undefined && smallest < below
    })
  if (k) add(group('k', k.below))
  if (left) add(group('k_left', left.below))
  if (coarsest) add(group('k_coarsest', coarsest.below))
  if (when.uc2_ok !== undefined) {
    const wanted = when.uc2_ok
    add(atom<PayloadSeen>('payload', 'uc2_ok', [wanted], (seen) => seen.uc2() === wanted))
  }
  if (when.any) add({ op: 'any', terms: when.any.map((each) => whole(each, weak)) })
  if (when.all) add({ op: 'all', terms: when.all.map((each) => whole(each, weak)) })
  if (when.not) add({ op: 'not', term: whole(when.not, weak) })
  return terms
}

const whole = (when: When, weak: boolean): Term => ({ op: 'all', terms: termsOf(when, weak) })

export const namesConfidence = (when: When): boolean =>
  when.confidence !== undefined ||
  (when.any ?? []).some(namesConfidence) ||
  (when.all ?? []).some(namesConfidence) ||
  (when.not !== undefined && namesConfidence(when.not))

export interface Compiled {
  readonly rule: Rule
  readonly term: Term
  /** The rule names `confidence`: it acts on findings below `act_from` too. */
  readonly weak: boolean
}

export const compileRule = (rule: Rule): Compiled => {
  const weak = namesConfidence(rule.when)
  const term = whole(rule.when, weak)
  const { pack } = rule
  return {
    rule,
    weak,
    term:
      pack === undefined
        ? term
        : { op: 'all', terms: [route('pack', [pack], (seen) => seen.law.packs), term] },
  }
}

const compiled = new WeakMap<readonly Rule[], readonly Compiled[]>()

/** Once a bundle, whatever people order besides. */
export const compile = (bundle: Pick<Bundle, 'rules'>): readonly Compiled[] => {
  let rules = compiled.get(bundle.rules)
  if (rules === undefined) {
    rules = bundle.rules.map(compileRule)
    compiled.set(bundle.rules, rules)
  }
  return rules
}
