/** What law/ says of a route. Facts, not legal advice. */
import type { CategoryGroup } from './category.ts'
import type { CivilDate, CountryCode, Derogation, LegKind, Mechanism, TiaOutcome } from './register.ts'
import type { Both } from '../lang.ts'

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
  'mechanism_incomplete',
  'country_undeclared',
  'country_hint',
  'vault_not_ours',
  'weak_transform',
  'hds_missing',
  'de_social_data',
  'es_localisation',
  'bank_secrecy',
  'dora_country',
  'authority_request',
  'incident_open',
  'reveal_outside',
  'foreign_control',
  'foreign_control_excluded',
  'erasure_unacknowledged',
  'same_entity_abroad',
  'adequacy_at_risk',
  'adequacy_expires',
  'eea_not_incorporated',
  'importer_under_gdpr',
  'derogation_repeated',
] as const
export type Problem = (typeof problems)[number]

/** Of the list above those that leave the route as it is: the shipped rules only note them, and `problems` lacks them. */
export const remarks: ReadonlySet<Problem> = new Set<Problem>([
  'country_hint',
  'dora_country',
  'foreign_control',
  'erasure_unacknowledged',
  'same_entity_abroad',
  'adequacy_at_risk',
  'adequacy_expires',
  'eea_not_incorporated',
  'importer_under_gdpr',
  'derogation_repeated',
])

/** What the register does not hold today, for rules that ask for it: certificates in force and references. */
export const lacking = [
  'hds',
  'c5',
  'pci_dss',
  'iso27001',
  'iso27701',
  'soc2',
  'ropa',
  'dpia',
  'notice_country',
  'notice_recipient',
  'chain_contact',
  'uc2_analysis',
] as const
export type Lack = (typeof lacking)[number]

/**
 * Where the provider is, seen from the client: its own country, elsewhere in the EEA or under an adequacy decision,
 * a third country.
 */
export const shores = ['onshore', 'nearshore', 'offshore'] as const
export type Shore = (typeof shores)[number]

/** What a sentence about a problem may name: `{act}`, `{date}`, `{country}`. */
export interface Named {
  readonly act?: string
  readonly date?: CivilDate
  readonly country?: Both
}

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
  /** What leaves the route as it is; the key `problem` of a rule meets these too. */
  readonly remarks: readonly Problem[]
  readonly notes: readonly LawNote[]
  readonly lacks: readonly Lack[]
  /** Regimes of law/localisation.yaml that hold for the purpose, declared or implied. */
  readonly regimes: readonly string[]
  /** Sector packs that an entry of the register switches on. */
  readonly packs: readonly string[]
  readonly shore: Shore
  /** The file that carries a leg of this transfer; the ledger counts it. */
  readonly derogation?: Derogation
  /** Act, date and country behind a problem, for the sentences of rules. */
  readonly named: Readonly<Partial<Record<Problem, Named>>>
  /** Categories that the contract covers; null without a contract. */
  readonly covered: readonly CategoryGroup[] | null
  /** Categories that every TIA in play covers; null where no TIA is owed. */
  readonly tiaCovered: readonly CategoryGroup[] | null
  /** True if every third-country leg carries clause_8_7. */
  readonly clause87: boolean
  /** True if every leg whose TIA is problematic_applied names a use case 2 analysis. */
  readonly uc2Analysis: boolean
}
