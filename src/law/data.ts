/** Chapter V as data: what policies/law/*.yaml holds. State of law and sources are in those files. */
import type { Problem } from '../model/ground.ts'
import type { CivilDate, CountryCode, Leg, LegKind, Mechanism, TiaOutcome } from '../model/register.ts'

export type TerritoryClass = 'eu' | 'eea' | 'eu_omr' | 'oct' | 'third' | 'intl_org'

export interface Territory {
  readonly code: CountryCode
  readonly class: TerritoryClass
  /** For this code's data the other code's answer stands (IC and EA are ES). */
  readonly alias_of?: CountryCode
  /** The state that it belongs to. */
  readonly of?: CountryCode
  /** French law applies there as in metropolitan France, the GDPR as EU law does not. */
  readonly fr_law_mirror?: boolean
  readonly en: string
  readonly fr: string
  readonly basis: string
  readonly source: string
  readonly verified_on: CivilDate
}

export interface Adequacy {
  readonly code: CountryCode
  readonly act: string
  readonly adopted: CivilDate
  readonly scope: 'full' | 'partial'
  /** Names of register facts that must be true: `recipient_pipeda`, `dpf_active` … */
  readonly scope_test: readonly string[]
  readonly valid_to: CivilDate | null
  readonly review_due: CivilDate | null
  readonly risk: 'normal' | 'elevated'
  readonly litigation: readonly string[]
  readonly eea_incorporated: 'yes' | 'no' | 'unknown'
  readonly source: string
  readonly verified_on: CivilDate
}

/** What a mechanism asks of a leg; policies/law/mechanisms.yaml says what each means. */
export type Need =
  | 'signed_on'
  | 'scc'
  | 'proof_of_exporter'
  | 'proof_ref'
  | 'approval'
  | 'entity_listed'
  | 'binding_commitments'
  | 'public_bodies'
  | 'case'

export interface MechanismLaw {
  readonly id: Mechanism
  readonly article: string
  readonly dpv: string
  /** A transfer impact assessment is owed (C-311/18). */
  readonly tia: boolean
  readonly needs: readonly Need[]
  readonly en: string
  readonly fr: string
  readonly source: string
  readonly verified_on: CivilDate
}

export interface SccModule {
  readonly id: NonNullable<Leg['module']>
  readonly exporter: 'controller' | 'processor'
  readonly importer: 'controller' | 'processor'
  readonly annexes: readonly string[]
  /** Annex III too, unless clause 9(a) gives general authorisation. */
  readonly annex_iii: boolean
}

export interface DerogationLaw {
  readonly letter: string
  readonly private: boolean
  /** Recital 111 GDPR: only where the transfer is occasional. */
  readonly occasional: boolean
  readonly authority_notice?: boolean
  readonly subjects_informed?: boolean
  readonly en: string
  readonly fr: string
}

export interface Mechanisms {
  readonly mechanisms: readonly MechanismLaw[]
  readonly scc: {
    readonly set: string
    readonly repealed: readonly string[]
    readonly modules: readonly SccModule[]
  }
  readonly tia_outcomes: readonly {
    readonly id: TiaOutcome
    readonly clear: boolean
    readonly en: string
    readonly fr: string
  }[]
  /** EDPB Recommendations 01/2020 v2.0, Annex 2. */
  readonly use_cases: readonly {
    readonly id: number
    readonly effective: boolean
    readonly conditions?: readonly string[]
    readonly en: string
    readonly fr: string
  }[]
  readonly uc2_conditions: readonly {
    readonly id: string
    readonly checked_by: string
    readonly en: string
    readonly fr: string
  }[]
  readonly derogations: readonly DerogationLaw[]
}

export type RegimeNeed =
  'hds_v2' | 'remote_access_disclosed' | 'establishment_de' | 'c5_type2' | 'bank_secrecy_ref' | 'dora_places'

/** A sector law that keeps data in certain places or with certain hosts. */
export interface Regime {
  readonly id: string
  /** Silent: clients of every country. */
  readonly client_country?: readonly CountryCode[]
  readonly implied_by?: { readonly subjects: readonly string[] }
  readonly legs: readonly LegKind[]
  readonly places: 'eu' | 'eea' | 'eea_or_adequate' | 'any'
  readonly needs: readonly RegimeNeed[]
  readonly problem: Problem
  readonly en: string
  readonly fr: string
  readonly article: string
  readonly source: string
  readonly verified_on: CivilDate
}

export interface Localisation {
  readonly regimes: readonly Regime[]
  /** Headings of décret 2019-341: what the French NIR may be used for. */
  readonly nir: readonly { readonly id: string; readonly en: string; readonly fr: string }[]
}

export interface LawData extends Mechanisms, Localisation {
  readonly territories: ReadonlyMap<CountryCode, Territory>
  readonly adequacy: ReadonlyMap<CountryCode, Adequacy>
}
