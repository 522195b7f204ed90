/** The register: what the DPO wrote of clients and providers. Dates are civil dates, `YYYY-MM-DD`. */
import type { CategoryGroup } from './category.ts'

export type CivilDate = string
/** ISO 3166-1 alpha-2. */
export type CountryCode = string

export type Scope = 'transfer' | 'case' | 'provider'

export interface Purpose {
  readonly data_subjects: readonly string[]
  /** Lowers defaults to `allow`, never a rule; see design §7. */
  readonly need_to_know: readonly CategoryGroup[]
  /** Silent: `provider` for customer, employee and case numbers, else `case` with Douane-Case, else `transfer`. */
  readonly scope?: Scope
  readonly retention_days: number
  readonly dpia_ref?: string
  /** Article 9(2) letter, e.g. `b`. */
  readonly art9_condition?: string
  readonly art10_basis?: string
  /** Special categories that may go to third countries if dpia_ref and the legs' clause_8_7 stand too. */
  readonly third_art9?: readonly CategoryGroup[]
  /** Entry of the decree 2019-341 list under which the French NIR may be used, e.g. `payroll`. */
  readonly nir_basis?: string
  /** Path templates whose segment is an identifier: `/tickets/{id.case}`. */
  readonly places?: readonly string[]
}

/** RFC 7518 §3.1 and RFC 8037: signatures only; a shared secret would let the gateway make tokens itself. */
export const tokenAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const
export type TokenAlgorithm = (typeof tokenAlgorithms)[number]

/** Public key as a JWK (RFC 7517); which members there are depends on `kty`. */
export interface PublicJwk {
  readonly kty: 'RSA' | 'EC' | 'OKP'
  readonly kid?: string
  readonly crv?: string
  readonly n?: string
  readonly e?: string
  readonly x?: string
  readonly y?: string
}

/** Whose tokens (JWT, RFC 7519) stand for this client: one issuer and one subject, one algorithm. */
export interface TokenBinding {
  readonly issuer: string
  readonly subject: string
  readonly alg: TokenAlgorithm
  /** Either where the issuer publishes its keys, or the keys. */
  readonly jwks_uri?: string
  readonly keys?: readonly PublicJwk[]
}

export interface Client {
  readonly id: string
  readonly name: string
  readonly country: CountryCode
  readonly law: 'gdpr'
  readonly role: 'controller' | 'processor'
  /** IANA time zone of civil dates, default Europe/Brussels. */
  readonly zone: string
  readonly status: 'draft' | 'approved' | 'suspended'
  readonly valid_to?: CivilDate
  readonly default_purpose?: string
  readonly jwt?: TokenBinding
  readonly purposes: Readonly<Record<string, Purpose>>
}

export type LegKind = 'storage' | 'processing' | 'remote_access' | 'backup' | 'sub_processing'

/** facts: transfer-law §3.1; `scc_ec`, `bcr_p` … ; `derogation` is refused for now. */
export const mechanisms = [
  'legal_instrument',
  'bcr_c',
  'bcr_p',
  'scc_ec',
  'scc_sa',
  'code',
  'certification',
  'adhoc',
  'admin',
  'derogation',
] as const
export type Mechanism = (typeof mechanisms)[number]

export type TiaOutcome = 'no_problematic_law' | 'problematic_not_applied' | 'problematic_applied'

export interface Tia {
  readonly ref: string
  readonly done_on: CivilDate
  readonly review_by: CivilDate
  readonly outcome: TiaOutcome
  readonly data_scope: 'contract' | readonly CategoryGroup[]
}

export type Role = 'controller' | 'processor' | 'subprocessor'

/** One movement of data between two legal entities or countries. */
export interface Leg {
  readonly from: CountryCode
  readonly to: CountryCode
  /** `client`, `provider` or a legal name. */
  readonly exporter: string
  readonly importer: string
  readonly roles?: { readonly exporter: Role; readonly importer: Role }
  readonly kind: LegKind
  readonly same_entity?: boolean
  readonly mechanism?: Mechanism
  readonly module?: 'M1' | 'M2' | 'M3' | 'M4'
  /** The clauses used; silent = 2021/914. */
  readonly scc_set?: string
  readonly signed_on?: CivilDate
  readonly annexes?: readonly string[]
  /** Clause 9(a) of the SCC: with `general` authorisation Annex III is not needed; silent = `specific`. */
  readonly clause9?: 'specific' | 'general'
  /** SCC clause 8.7 measures for sensitive data are agreed. */
  readonly clause_8_7?: boolean
  /** Where the provider exports, the client's proof of its safeguards (Art. 28(4), 44). */
  readonly proof_ref?: string
  readonly authorised_on?: CivilDate
  readonly objection_until?: CivilDate
  readonly fallback_mechanism?: Mechanism
  /** Use case 2 analysis on file (EDPB Recs 01/2020 §85 no. 4). */
  readonly uc2_analysis_ref?: string
  readonly tia?: Tia
  /** Where the importer is not the provider: its own facts for partial adequacy decisions. */
  readonly scope_facts?: Readonly<Record<string, boolean>>
  readonly dpf?: Dpf
}

export interface Dpa {
  readonly ref: string
  readonly signed_on: CivilDate
  readonly end_on?: CivilDate
  readonly art28_3_a_to_h: boolean
  readonly purposes: readonly string[]
  readonly categories: readonly CategoryGroup[]
  readonly data_subjects?: readonly string[]
}

export interface Contract {
  readonly client: string
  readonly dpa?: Dpa
  /** Silent: one processing leg to the provider's country, and a note that nobody said who else can look. */
  readonly legs?: readonly Leg[]
}

export interface Dpf {
  readonly id: string
  readonly status: 'active' | 'inactive' | 'none'
  readonly covers: readonly ('hr' | 'non_hr')[]
  readonly valid_to: CivilDate
  readonly checked_on: CivilDate
}

export interface Provider {
  readonly id: string
  readonly name: string
  readonly country: CountryCode
  /** https, no query, no credentials; the origin that the provider's credential is bound to. */
  readonly base_url: string
  /** Language of token words: `en` `fr` `de` `es` `it` `pt` `nl` `pl` `ro`. */
  readonly language: string
  readonly status: 'draft' | 'approved' | 'suspended'
  readonly valid_to?: CivilDate
  /** `pass`: unreadable answer types pass byte for byte; `strict`: refused. */
  readonly answers: 'pass' | 'strict'
  /** `provider`: our secret; `client`: the client's own Authorization passes. */
  readonly credentials: 'provider' | 'client' | 'none'
  readonly headers: { readonly pass: readonly string[] }
  /** Further origins of this provider, in whose URLs pseudonyms may be restored. */
  readonly hosts: readonly string[]
  /** Facts that the scope tests of partial adequacy decisions ask for: `recipient_pipeda` … */
  readonly scope_facts: Readonly<Record<string, boolean>>
  readonly dpf?: Dpf
  readonly contracts: readonly Contract[]
}
