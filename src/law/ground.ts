import type { DestinationClass, Ground, LawNote, LegGround, Named, Problem } from '../model/ground.ts'
import { remarks } from '../model/ground.ts'
import type { CivilDate, Client, Contract, Derogation, Leg, Provider, TiaOutcome } from '../model/register.ts'
import { adequacy, type AdequacyAnswer, type Recipient } from './adequacy.ts'
import type { LawData, Need } from './data.ts'
import { begun, daysBetween, stands } from './date.ts'
import { articleOf, derogationStands } from './derogation.ts'
import { named, notes } from './notes.ts'
import { isSubprocessing, parties, sameEntity, type Parties } from './roles.ts'
import { sccProblems } from './scc.ts'
import { inEea, territory } from './territory.ts'

export interface LegAsk {
  readonly law: LawData
  readonly client: Client
  readonly provider: Provider
  readonly contract: Contract | undefined
  readonly leg: Leg
  /** The purpose's data subjects: a DPF listing may not cover staff. */
  readonly subjects: readonly string[]
  readonly on: CivilDate
  /** The file for the case at hand, if there is one. */
  readonly derogation?: Derogation | undefined
}

/** A leg with its sentences. `owesTia`: it leans on an Art. 46 mechanism. */
export interface LegLaw {
  readonly ground: LegGround
  readonly notes: readonly LawNote[]
  readonly remarks: readonly Problem[]
  readonly owesTia: boolean
  readonly named: Readonly<Partial<Record<Problem, Named>>>
}

/** Notice is given this many days before an adequacy decision ends (facts rule 08). */
export const noticeDays = 180

/**
 * Why Chapter V allows one leg on one day: `not_a_transfer` inside the EEA or within one entity,
 * `adequacy`, the id of an Art. 46 mechanism that is in order, else `none` with its problems. What is wrong
 * with Art. 28 (sub-processor not authorised) is a problem too, but leaves the ground as it is.
 */
export const ground = (ask: LegAsk): LegGround => legLaw(ask).ground

export const legLaw = (ask: LegAsk): LegLaw => {
  const who = parties(ask.leg, ask.client, ask.provider)
  const art28 = sameEntity(ask.leg, who) ? [] : authorisation(ask.leg, who, ask.on)
  const contractRef = ask.contract?.dpa?.ref ?? ''
  const answer = decided(ask, who)
  const { leg } = ask
  const said = answer.problems ?? []
  return {
    ground: {
      from: leg.from,
      to: leg.to,
      kind: leg.kind,
      class: answer.class,
      ground: answer.ground,
      ground_ref: answer.ground === 'none' ? '' : (answer.ref ?? contractRef),
      problems: [...said.filter((each) => !remarks.has(each)), ...art28],
      ...(answer.tia === undefined ? {} : { tia: answer.tia }),
      ...(answer.until === undefined ? {} : { until: answer.until }),
    },
    notes: answer.notes ?? [],
    remarks: said.filter((each) => remarks.has(each)),
    owesTia: answer.owesTia === true,
    named: answer.named ?? {},
  }
}

interface Answer {
  readonly class: DestinationClass
  readonly ground: Ground
  readonly ref?: string
  readonly problems?: readonly Problem[]
  readonly tia?: TiaOutcome
  readonly until?: CivilDate
  readonly notes?: readonly LawNote[]
  readonly owesTia?: boolean
  readonly named?: Readonly<Partial<Record<Problem, Named>>>
}

const decided = (ask: LegAsk, who: Parties): Answer => {
  const { law, leg, on } = ask
  if (inEea(law, leg.to)) return { class: 'eea', ground: 'not_a_transfer' }

  const decision = adequacy(law, leg.to, recipient(ask, who), on)
  if (decision.state === 'valid') return adequate(ask, decision)

  if (sameEntity(leg, who)) {
    return {
      class: 'third',
      ground: 'not_a_transfer',
      problems: ['same_entity_abroad'],
      named: { same_entity_abroad: { country: named(law, leg.to) } },
      ...(leg.tia === undefined ? {} : { tia: leg.tia.outcome }),
    }
  }
  return safeguarded(ask, who, decision)
}

/** Facts of the importer: the provider's register entry, or what the leg says of another entity. */
const recipient = (ask: LegAsk, who: Parties): Recipient => {
  const its = who.importer === 'provider' ? ask.provider : ask.leg
  return {
    scope_facts: its.scope_facts ?? {},
    ...(its.dpf === undefined ? {} : { dpf: its.dpf }),
    subjects: ask.subjects,
  }
}

const adequate = (ask: LegAsk, { decision, until }: AdequacyAnswer & { state: 'valid' }): Answer => {
  const { law, leg, on } = ask
  const about: Named = {
    act: decision.act,
    country: named(law, decision.code),
    ...(decision.valid_to === null ? {} : { date: decision.valid_to }),
  }
  const seen: Problem[] = []
  if (decision.valid_to !== null && daysBetween(on, decision.valid_to) <= noticeDays)
    seen.push('adequacy_expires')
  if (decision.risk === 'elevated' && leg.mechanism === undefined && leg.fallback_mechanism === undefined)
    seen.push('adequacy_at_risk')
  // Adequacy decisions bind Iceland, Liechtenstein and Norway once they are part of the EEA Agreement.
  if (territory(law, leg.from)?.class === 'eea' && decision.eea_incorporated !== 'yes')
    seen.push('eea_not_incorporated')
  return {
    class: 'adequate',
    ground: 'adequacy',
    ref: decision.act,
    problems: seen,
    named: Object.fromEntries(seen.map((each) => [each, about])),
    ...(until === undefined ? {} : { until }),
  }
}

/** Third country without adequacy: an Art. 46 mechanism, complete, proven, and with a TIA that stands. */
const safeguarded = (ask: LegAsk, who: Parties, decision: AdequacyAnswer): Answer => {
  const { law, leg, on } = ask
  const third = {
    class: 'third',
    notes: territory(law, leg.to)?.fr_law_mirror === true ? [notes.frenchLawMirror(law, leg.to)] : [],
    ...(leg.tia === undefined ? {} : { tia: leg.tia.outcome }),
    ...(decision.state === 'fails'
      ? { named: { [decision.problem]: { act: decision.decision.act, country: named(law, leg.to) } } }
      : {}),
  } as const
  const lost = decision.state === 'fails' ? [decision.problem] : []
  // A fallback was registered for the day on which adequacy is lost.
  const mechanism = leg.mechanism ?? leg.fallback_mechanism
  // A derogation is for the one case that its file names (Art. 49; EDPB 2/2018), and never where a tool of Art. 46 stands.
  if (mechanism === undefined || mechanism === 'derogation') {
    const its = ask.derogation
    if (its !== undefined && derogationStands(law, its, on))
      return { ...third, ground: 'derogation', ref: articleOf(its), until: its.valid_to }
    const why: Problem =
      mechanism === 'derogation' || its !== undefined ? 'derogation_refused' : 'no_mechanism'
    return { ...third, ground: 'none', problems: [...lost, why] }
  }

  const its = law.mechanisms.find(({ id }) => id === mechanism)
  const found: Problem[] = (its?.needs ?? []).flatMap((need) => unmet[need](ask, who))
  if (its === undefined) found.push('no_mechanism')
  const owesTia = its?.tia !== false
  // Schrems II (C-311/18); SCC clause 14.
  if (owesTia && (leg.tia === undefined || !begun(leg.tia.done_on, on))) found.push('tia_missing')
  else if (owesTia && !stands(leg.tia?.review_by, on)) found.push('tia_expired')

  if (found.length > 0) return { ...third, ground: 'none', problems: [...lost, ...new Set(found)], owesTia }
  const seen: readonly Problem[] =
    mechanism === 'scc_ec' && leg.importer_under_gdpr_art3_2 === true ? ['importer_under_gdpr'] : []
  const ends = [leg.tia?.review_by, leg.approval?.valid_to].filter((each) => each !== undefined).toSorted()
  const until = ends[0]
  const contract = leg.proof_ref ?? ask.contract?.dpa?.ref ?? ''
  return {
    ...third,
    ground: mechanism,
    ref: [contract, leg.tia?.ref ?? ''].filter((ref) => ref !== '').join('; '),
    problems: seen,
    owesTia,
    ...(until === undefined ? {} : { until }),
  }
}

/** What each need of a mechanism finds wrong with a leg. */
const unmet: Readonly<Record<Need, (ask: LegAsk, who: Parties) => readonly Problem[]>> = {
  signed_on: ({ leg, on }) => (begun(leg.signed_on, on) ? [] : ['no_mechanism']),
  scc: ({ law, leg }, who) => sccProblems(law, leg, who),
  // Art. 28(4), 44: who exports is not the client, so the client holds proof.
  proof_of_exporter: ({ leg }, who) =>
    who.exporter === 'client' || leg.proof_ref !== undefined ? [] : ['proof_missing'],
  proof_ref: ({ leg }) => (leg.proof_ref === undefined ? ['proof_missing'] : []),
  approval: ({ leg: { approval }, on }) =>
    approval !== undefined &&
    stands(approval.valid_to, on) &&
    (approval.on === undefined || approval.on <= on)
      ? []
      : ['mechanism_incomplete'],
  entity_listed: ({ leg }) => (leg.approval?.entity_listed === true ? [] : ['mechanism_incomplete']),
  binding_commitments: ({ leg }) =>
    leg.approval?.binding_commitments === true ? [] : ['mechanism_incomplete'],
  public_bodies: ({ leg }) => (leg.public_bodies === true ? [] : ['mechanism_incomplete']),
  case: () => ['derogation_refused'],
}

/** Rule 14: no authorisation, one that begins later, or an objection window that is open to the end of its day. */
const authorisation = (leg: Leg, who: Parties, on: CivilDate): readonly Problem[] =>
  isSubprocessing(leg, who) &&
  (!begun(leg.authorised_on, on) || (leg.objection_until !== undefined && on <= leg.objection_until))
    ? ['subprocessor_unauthorised']
    : []
