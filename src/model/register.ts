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
  /** Entry of the record of processing activities (Art. 30 GDPR). */
  readonly ropa_ref?: string
  /** Likely to result in a high risk (Art. 35 GDPR): a DPIA is owed. */
  readonly high_risk?: boolean
  /** Regimes of law/localisation.yaml that these data fall under, beyond those that the law data imply. */
  readonly regimes?: readonly string[]
  readonly packs?: readonly string[]
  /** The client's own systems pseudonymise before Douane does: how (EDPB 01/2025 §§88-93). */
  readonly pseudonymised_before?: {
    readonly method: 'hmac' | 'encryption' | 'password_hash' | 'random_table' | 'unkeyed_hash'
    readonly key_bits?: number
  }
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
  /** Sector packs for all its routes. */
  readonly packs?: readonly string[]
  /** Who runs gateway and vault; silent: the client (EDPB Recs 01/2020 §85 no. 2, 3; 01/2025 §64). */
  readonly vault?: {
    readonly admin?: 'client' | 'trusted' | 'other'
    /** The importer or its group can turn pseudonyms back, or administers what they run on. */
    readonly importer_access?: boolean
  }
  readonly purposes: Readonly<Record<string, Purpose>>
}

export type LegKind = 'storage' | 'processing' | 'remote_access' | 'backup' | 'sub_processing'

/** Mechanisms of Chapter V; what each asks for is data (law/mechanisms.yaml). */
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
  readonly measures_required?: readonly string[]
  readonly signed_off_by?: string
}

/** The document behind a mechanism other than the Commission's clauses: approval, certificate, authorisation. */
export interface Approval {
  readonly ref: string
  /** Lead or competent supervisory authority, or the scheme. */
  readonly authority?: string
  readonly on?: CivilDate
  readonly valid_to?: CivilDate
  /** The importer is named in it (BCR). */
  readonly entity_listed?: boolean
  /** The importer has bound itself (Art. 46(2)(e), (f) GDPR). */
  readonly binding_commitments?: boolean
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
  /** SHA-256 of the annexes as signed. */
  readonly annex_I_B_hash?: string
  readonly annex_II_hash?: string
  readonly annex_III_hash?: string
  readonly competent_sa?: string
  readonly notice_days?: number
  readonly docking?: boolean
  /** The importer's own processing falls under the GDPR (Decision (EU) 2021/914, recital 7). */
  readonly importer_under_gdpr_art3_2?: boolean
  readonly approval?: Approval
  /** Both ends are public bodies (Art. 46(2)(a), (3)(b)). */
  readonly public_bodies?: boolean
  /** Who a sub-processor is (EDPB Opinion 22/2024). */
  readonly importer_address?: string
  readonly importer_contact?: string
  readonly service?: string
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
  readonly version?: string
  readonly instructions_ref?: string
  readonly subject_matter?: string
  /** Art. 28(3)(h), (g): stated `false`, the contract is incomplete. */
  readonly audit_right?: boolean
  readonly return_or_delete?: boolean
}

export interface Accountability {
  readonly ropa_ref?: string
  readonly dpia_ref?: string
  readonly notice_covers_country?: boolean
  readonly notice_covers_recipient?: boolean
}

/** Art. 28(3) DORA; the fields are those of template B_02.02 of ITS (EU) 2024/2956. */
export interface Finance {
  readonly dora_contract_ref?: string
  readonly supports_critical_function?: boolean
  /** Country of provision, of data at rest, of processing. */
  readonly b_02_02_0130?: CountryCode
  readonly b_02_02_0150?: CountryCode
  readonly b_02_02_0160?: CountryCode
  /** Contract for important operational functions (CMF L.511-33 I, 6°). */
  readonly bank_secrecy_ref?: string
}

export interface Contract {
  readonly client: string
  readonly accountability?: Accountability
  readonly finance?: Finance
  /** The contract discloses remote access from third countries and its risks (CSP L.1111-8). */
  readonly health_hosting?: { readonly ref: string; readonly remote_access_disclosed?: boolean }
  /** No provider that is controlled from outside the EEA. */
  readonly exclude_foreign_control?: boolean
  /** Who else may turn pseudonyms back. */
  readonly reveal_to?: { readonly importer?: boolean; readonly countries?: readonly CountryCode[] }
  readonly packs?: readonly string[]
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

export interface Security {
  readonly annex_II_version?: string
  readonly iso27001_to?: CivilDate
  readonly iso27701_to?: CivilDate
  readonly soc2_to?: CivilDate
  readonly pci_dss_to?: CivilDate
  /** French health hosting: version of the requirements, activities covered, end. */
  readonly hds?: { readonly version: number; readonly scope?: readonly number[]; readonly to: CivilDate }
  /** BSI C5 attestation. */
  readonly c5?: { readonly type: 1 | 2; readonly to: CivilDate }
}

/** What is open at a provider today. */
export interface Incident {
  readonly open?: boolean
  readonly since?: CivilDate
  /** An authority of a third country asks for data (Art. 48 GDPR; SCC clause 15). */
  readonly authority_request_open?: boolean
  /** The last notice of rectification or erasure (Art. 19 GDPR), and its acknowledgement. */
  readonly art19_sent_on?: CivilDate
  readonly art19_ack_on?: CivilDate
}

/** A country in which somebody saw data of ours being handled. */
export interface Observation {
  readonly country: CountryCode
  /** Who says so: `identity_provider`, `provider_report`, `ip_geo` … */
  readonly source: string
  readonly on: CivilDate
}

/** Art. 49 GDPR: one case, counted. */
export interface Derogation {
  /** The value of Douane-Case. */
  readonly case: string
  readonly client?: string
  readonly provider: string
  /** Letter of Art. 49(1), or `subpar_2` for its second subparagraph. */
  readonly letter: string
  readonly data_subjects_max: number
  readonly transfers_max: number
  readonly reason: string
  readonly approver: string
  readonly approved_on?: CivilDate
  readonly valid_to: CivilDate
  readonly authority_notice?: string
  readonly subjects_informed?: boolean
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
  readonly legal_name?: string
  readonly address?: string
  readonly contact?: string
  readonly dpo_contact?: string
  readonly lei?: string
  /** Further countries in which it has an establishment of its own. */
  readonly establishments?: readonly CountryCode[]
  /** Its staff may work from abroad. */
  readonly telework_abroad?: boolean
  readonly control?: { readonly parent?: string; readonly parent_country: CountryCode }
  readonly security?: Security
  readonly incident?: Incident
  readonly observed?: readonly Observation[]
  /** Sources of observations that may refuse a route; others only say so. */
  readonly trusted_sources?: readonly string[]
  readonly packs?: readonly string[]
  readonly approved_by?: string
  readonly approved_on?: CivilDate
  readonly contracts: readonly Contract[]
}
