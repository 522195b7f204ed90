/** Chapter V as data: what policies/law/*.yaml holds. State of law and sources are in those files. */
import type { CivilDate, CountryCode } from '../model/register.ts'

export type TerritoryClass = 'eu' | 'eea' | 'eu_omr' | 'oct' | 'third' | 'intl_org'

export interface Territory {
  readonly code: CountryCode
  readonly class: TerritoryClass
  /** For this code's data the other code's answer stands (IC and EA are ES). */
  readonly alias_of?: CountryCode
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

export interface LawData {
  readonly territories: ReadonlyMap<CountryCode, Territory>
  readonly adequacy: ReadonlyMap<CountryCode, Adequacy>
}
