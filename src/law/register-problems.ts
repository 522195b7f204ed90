/** What the register says of a provider and a purpose that is no question of Chapter V: facts rules 13, 23, 39 to 42, 46. */
import type { Lack, LegGround, Problem } from '../model/ground.ts'
import type { CivilDate, Client, Contract, Leg, Provider, Purpose } from '../model/register.ts'
import { adequacy } from './adequacy.ts'
import type { LawData } from './data.ts'
import { daysBetween, stands } from './date.ts'
import { isSubprocessing, parties } from './roles.ts'
import { inEea, resolved } from './territory.ts'

export interface RegisterAsk {
  readonly law: LawData
  readonly client: Client
  readonly provider: Provider
  readonly contract: Contract | undefined
  readonly purpose: Purpose | undefined
  readonly legs: readonly Leg[]
  readonly grounds: readonly LegGround[]
  readonly on: CivilDate
}

/** An acknowledgement of rectification or erasure is waited for so long (our choice; Art. 19 GDPR names no time). */
export const ackDays = 30
/** EDPB 01/2025 §88: a shorter key can be guessed. */
const leastKeyBits = 128
/** The geography of IP addresses is wrong too often to refuse anything. */
export const neverTrusted: readonly string[] = ['ip_geo']

const observed = ({ law, client, provider, legs, on }: RegisterAsk): Problem[] => {
  const named = [client.country, provider.country, ...legs.flatMap(({ from, to }) => [from, to])]
  const declared = new Set(named.map((code) => resolved(law, code)))
  const strange = (provider.observed ?? []).filter(
    (each) => each.on <= on && !declared.has(resolved(law, each.country)),
  )
  const trusted = strange.filter(
    ({ source }) => provider.trusted_sources?.includes(source) === true && !neverTrusted.includes(source),
  )
  return [
    ...(trusted.length > 0 ? (['country_undeclared'] as const) : []),
    ...(strange.length > trusted.length ? (['country_hint'] as const) : []),
  ]
}

/** UC2 condition 3; Art. 29 GDPR: reversal stays with the exporter, in the EEA or an adequate country. */
const revealed = ({ law, contract, on }: RegisterAsk): boolean => {
  const to = contract?.reveal_to
  if (to === undefined) return false
  return (
    to.importer === true ||
    (to.countries ?? []).some(
      (code) =>
        !inEea(law, code) && adequacy(law, code, { scope_facts: {}, subjects: [] }, on).state !== 'valid',
    )
  )
}

export const registerProblems = (ask: RegisterAsk): readonly Problem[] => {
  const { law, provider, contract, purpose, on } = ask
  const { incident, control } = provider
  const found: Problem[] = observed(ask)
  const before = purpose?.pseudonymised_before
  if (
    before !== undefined &&
    (before.method === 'unkeyed_hash' || (before.key_bits !== undefined && before.key_bits < leastKeyBits))
  )
    found.push('weak_transform')
  if (incident?.open === true) found.push('incident_open')
  if (incident?.authority_request_open === true) found.push('authority_request')
  const sent = incident?.art19_sent_on
  const acknowledged =
    incident?.art19_ack_on !== undefined && sent !== undefined && incident.art19_ack_on >= sent
  if (sent !== undefined && !acknowledged && daysBetween(sent, on) > ackDays)
    found.push('erasure_unacknowledged')
  if (revealed(ask)) found.push('reveal_outside')
  if (control !== undefined && !inEea(law, control.parent_country)) {
    found.push('foreign_control')
    if (contract?.exclude_foreign_control === true) found.push('foreign_control_excluded')
  }
  if (provider.telework_abroad === true) found.push('same_entity_abroad')
  return found
}

/** A certificate lacks from the day after its end. References lack where the law asks for them. */
export const lacksOf = (ask: RegisterAsk): readonly Lack[] => {
  const { client, provider, contract, purpose, legs, grounds, on } = ask
  const { security } = provider
  const accountability = contract?.accountability
  const abroad = grounds.some((leg) => leg.class !== 'eea')
  const until = (date: CivilDate | undefined): boolean => date !== undefined && stands(date, on)
  const stated = (value: boolean | undefined): boolean => (abroad ? value === true : value !== false)
  const highRisk =
    purpose?.high_risk === true ||
    purpose?.art9_condition !== undefined ||
    purpose?.art10_basis !== undefined ||
    (purpose?.third_art9?.length ?? 0) > 0
  const has: Readonly<Record<Lack, boolean>> = {
    hds: security?.hds !== undefined && security.hds.version >= 2 && until(security.hds.to),
    c5: security?.c5 !== undefined && until(security.c5.to),
    pci_dss: until(security?.pci_dss_to),
    iso27001: until(security?.iso27001_to),
    iso27701: until(security?.iso27701_to),
    soc2: until(security?.soc2_to),
    ropa: (purpose?.ropa_ref ?? accountability?.ropa_ref) !== undefined || !abroad,
    dpia: !highRisk || (purpose?.dpia_ref ?? accountability?.dpia_ref) !== undefined,
    notice_country: !abroad || accountability?.notice_covers_country === true,
    notice_recipient: stated(accountability?.notice_covers_recipient),
    chain_contact: legs.every(
      (leg) =>
        !isSubprocessing(leg, parties(leg, client, provider)) ||
        (leg.importer_address !== undefined && leg.importer_contact !== undefined),
    ),
    uc2_analysis: legs.every(
      (leg) => leg.tia?.outcome !== 'problematic_applied' || leg.uc2_analysis_ref !== undefined,
    ),
  }
  return (Object.keys(has) as Lack[]).filter((each) => !has[each])
}
