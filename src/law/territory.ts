import type { CountryCode } from '../model/register.ts'
import type { LawData, Territory } from './data.ts'
import { countryCodes } from './iso-3166.ts'

/** The code whose law answers: Canaries (IC) and Ceuta, Melilla (EA) are ES. */
export const resolved = (law: LawData, code: CountryCode): CountryCode =>
  law.territories.get(code)?.alias_of ?? code

/** undefined for a code that the data does not know: a third country. */
export const territory = (law: LawData, code: CountryCode): Territory | undefined =>
  law.territories.get(resolved(law, code))

/**
 * Whether data there moves freely: EU, EEA, outermost regions (Art. 1(3) GDPR; Art. 355(1), (4) TFEU).
 * An unknown code is not.
 */
export const inEea = (law: LawData, code: CountryCode): boolean => {
  const its = territory(law, code)?.class
  return its === 'eu' || its === 'eea' || its === 'eu_omr'
}

/** A code that a register may name: assigned by ISO 3166-1, or kept in territories.yaml (XK, IC, EPO). */
export const isCountry = (law: Pick<LawData, 'territories'>, code: CountryCode): boolean =>
  countryCodes.has(code) || law.territories.has(code)
