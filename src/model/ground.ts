/** What law/ says of a route. Facts, not legal advice. */
import type { CategoryGroup } from './category.ts'
import type { CivilDate, CountryCode, LegKind, Mechanism, TiaOutcome } from './register.ts'

/** The worst over the route's legs: eea < adequate < third. */
export type DestinationClass = 'eea' | 'adequate' | 'third'

export type Ground = Mechanism | 'not_a_transfer' | 'adequacy' | 'none'

/** The closed list that rules may name; law/ computes it, so that the whole legal pack is YAML. */
export const problems = [
  'no_mechanism',
  'adequacy_expired',
  'adequacy_scope',
  'dpf_inactive',
  'scc_repealed',
  'scc_module',
  'scc_annex',
  'proof_missing',
  'tia_missing',
  'tia_expired',
  'tia_scope',
  'contract_missing',
  'contract_ended',
  'contract_incomplete',
  'purpose_outside',
  'category_outside',
  'subprocessor_unauthorised',
  'derogation_refused',
  'no_effective_measure',
] as const
export type Problem = (typeof problems)[number]

export interface LegGround {
  readonly from: CountryCode
  readonly to: CountryCode
  readonly kind: LegKind
  readonly class: DestinationClass
  readonly ground: Ground
  /** Act, contract or TIA reference; '' if none. Never a personal value. */
  readonly ground_ref: string
  readonly problems: readonly Problem[]
  readonly tia?: TiaOutcome
  /** Last day on which this ground stands, if a date ends it. */
  readonly until?: CivilDate
}

/** A sentence that changes nothing: adequacy expires within 180 days, nobody said who else can look … */
export interface LawNote {
  readonly id: string
  readonly en: string
  readonly fr: string
  readonly article: string
}

/** One route on one civil date: client × provider × purpose. */
export interface RouteLaw {
  readonly class: DestinationClass
  readonly countries: readonly CountryCode[]
  /** In the register's order. */
  readonly legs: readonly LegGround[]
  /** Route-level problems, the legs' included; `category_outside` and `tia_scope` are per category, below. */
  readonly problems: readonly Problem[]
  readonly notes: readonly LawNote[]
  /** Categories that the contract covers; null without a contract. */
  readonly covered: readonly CategoryGroup[] | null
  /** Categories that every TIA in play covers; null where no TIA is owed. */
  readonly tiaCovered: readonly CategoryGroup[] | null
  /** True if every third-country leg carries clause_8_7. */
  readonly clause87: boolean
  /** True if every leg whose TIA is problematic_applied names a use case 2 analysis. */
  readonly uc2Analysis: boolean
}
