/** Sector laws that keep data in certain places (law/localisation.yaml): which hold for a purpose, and what is missing. */
import type { LegGround, Problem } from '../model/ground.ts'
import type { CivilDate, Client, Contract, CountryCode, Provider, Purpose } from '../model/register.ts'
import type { LawData, Regime, RegimeNeed } from './data.ts'
import { stands } from './date.ts'
import { inEea, territory } from './territory.ts'

export interface Place {
  readonly law: LawData
  readonly client: Client
  readonly provider: Provider
  readonly contract: Contract | undefined
  readonly purpose: Purpose | undefined
  readonly legs: readonly LegGround[]
  readonly on: CivilDate
}

/** Declared by the purpose, or implied by whose data it uses where a leg is of the kind that the regime looks at. */
export const regimesOf = ({ law, client, purpose, legs }: Place): readonly Regime[] =>
  law.regimes.filter((regime) => {
    if (regime.client_country !== undefined && !regime.client_country.includes(client.country)) return false
    return (
      purpose?.regimes?.includes(regime.id) === true ||
      (regime.implied_by?.subjects.some((each) => purpose?.data_subjects.includes(each)) === true &&
        legs.some(({ kind }) => regime.legs.includes(kind)))
    )
  })

const allowed: Readonly<
  Record<Regime['places'], (law: LawData, leg: { to: CountryCode; class: LegGround['class'] }) => boolean>
> = {
  any: () => true,
  eea_or_adequate: (_, leg) => leg.class !== 'third',
  eea: (law, leg) => inEea(law, leg.to),
  eu: (law, leg) => {
    const its = territory(law, leg.to)?.class
    return its === 'eu' || its === 'eu_omr'
  },
}

/** Legs of the kinds that the regime looks at; where none is registered nobody said, so every leg counts. */
const legsOf = ({ legs }: Pick<Place, 'legs'>, regime: Regime): readonly LegGround[] => {
  const its = legs.filter(({ kind }) => regime.legs.includes(kind))
  return its.length === 0 ? legs : its
}

const held: Readonly<Record<RegimeNeed, (place: Place) => boolean>> = {
  hds_v2: ({ provider: { security }, on }) =>
    security?.hds !== undefined && security.hds.version >= 2 && stands(security.hds.to, on),
  remote_access_disclosed: ({ law, legs, contract }) =>
    legs.every(({ to }) => inEea(law, to)) || contract?.health_hosting?.remote_access_disclosed === true,
  establishment_de: ({ provider }) =>
    provider.country === 'DE' || provider.establishments?.includes('DE') === true,
  c5_type2: ({ provider: { security }, on }) =>
    security?.c5 !== undefined && security.c5.type === 2 && stands(security.c5.to, on),
  bank_secrecy_ref: ({ contract }) => contract?.finance?.bank_secrecy_ref !== undefined,
  /** B_02.02.0150 is where data rest, 0160 where they are processed. */
  dora_places: ({ contract, legs }) => {
    const finance = contract?.finance
    if (finance?.dora_contract_ref === undefined) return false
    return legs.every(({ kind, to }) => {
      const at = kind === 'storage' || kind === 'backup' ? finance.b_02_02_0150 : finance.b_02_02_0160
      return at === to
    })
  },
}

/** One problem a regime that is not met. */
export const localisationProblems = (place: Place, regimes: readonly Regime[]): readonly Problem[] =>
  regimes.flatMap((regime) =>
    legsOf(place, regime).every((leg) => allowed[regime.places](place.law, leg)) &&
    regime.needs.every((need) => held[need](place))
      ? []
      : [regime.problem],
  )
