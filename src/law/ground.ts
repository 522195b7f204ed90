import type { DestinationClass, Ground, LawNote, LegGround, Problem } from '../model/ground.ts'
import type { CivilDate, Client, Contract, Leg, Provider, TiaOutcome } from '../model/register.ts'
import { adequacy, type AdequacyAnswer, type Recipient } from './adequacy.ts'
import type { LawData } from './data.ts'
import { begun, daysBetween, stands } from './date.ts'
import { notes } from './notes.ts'
import { isSubprocessing, parties, sameEntity, type Parties } from './roles.ts'
import { sccProblems } from './scc.ts'
import { inEea } from './territory.ts'

export interface LegAsk {
  readonly law: LawData
  readonly client: Client
  readonly provider: Provider
  readonly contract: Contract | undefined
  readonly leg: Leg
  /** The purpose's data subjects: a DPF listing may not cover staff. */
  readonly subjects: readonly string[]
  readonly on: CivilDate
}

/** A leg with its sentences. `owesTia`: it leans on an Art. 46 mechanism. */
export interface LegLaw {
  readonly ground: LegGround
  readonly notes: readonly LawNote[]
  readonly owesTia: boolean
}

/** Notice is given this many days before an adequacy decision ends (facts rule 08). */
const noticeDays = 180

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
  return {
    ground: {
      from: leg.from,
      to: leg.to,
      kind: leg.kind,
      class: answer.class,
      ground: answer.ground,
      ground_ref: answer.ground === 'none' ? '' : (answer.ref ?? contractRef),
      problems: [...(answer.problems ?? []), ...art28],
      ...(answer.tia === undefined ? {} : { tia: answer.tia }),
      ...(answer.until === undefined ? {} : { until: answer.until }),
    },
    notes: answer.notes ?? [],
    owesTia: answer.owesTia === true,
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
      notes: [notes.sameEntity(law, leg.to)],
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
  const said: LawNote[] = []
  if (decision.valid_to !== null && daysBetween(on, decision.valid_to) <= noticeDays) {
    said.push(notes.adequacyExpires(law, decision, decision.valid_to))
  }
  if (decision.risk === 'elevated' && leg.mechanism === undefined && leg.fallback_mechanism === undefined) {
    said.push(notes.adequacyRisk(law, decision))
  }
  return {
    class: 'adequate',
    ground: 'adequacy',
    ref: decision.act,
    notes: said,
    ...(until === undefined ? {} : { until }),
  }
}

/** Third country without adequacy: an Art. 46 mechanism, complete, proven, and with a TIA that stands. */
const safeguarded = (ask: LegAsk, who: Parties, decision: AdequacyAnswer): Answer => {
  const { leg, on } = ask
  const third = { class: 'third', ...(leg.tia === undefined ? {} : { tia: leg.tia.outcome }) } as const
  const lost = decision.state === 'fails' ? [decision.problem] : []
  // A fallback was registered for the day on which adequacy is lost.
  const mechanism = leg.mechanism ?? leg.fallback_mechanism
  if (mechanism === undefined) return { ...third, ground: 'none', problems: [...lost, 'no_mechanism'] }
  // Derogations are counted case by case and never serve a standing route (Art. 49; EDPB 2/2018).
  if (mechanism === 'derogation') {
    return { ...third, ground: 'none', problems: [...lost, 'derogation_refused'] }
  }

  const found: Problem[] = []
  if (!begun(leg.signed_on, on)) found.push('no_mechanism')
  if (mechanism === 'scc_ec') found.push(...sccProblems(leg, who))
  // Other mechanisms are a document of their own: the approval, certificate or authorisation is named.
  if ((mechanism !== 'scc_ec' || who.exporter !== 'client') && leg.proof_ref === undefined) {
    found.push('proof_missing')
  }
  // Schrems II (C-311/18); SCC clause 14: owed for every Art. 46 mechanism.
  if (leg.tia === undefined || !begun(leg.tia.done_on, on)) found.push('tia_missing')
  else if (!stands(leg.tia.review_by, on)) found.push('tia_expired')

  if (found.length > 0) return { ...third, ground: 'none', problems: [...lost, ...found], owesTia: true }
  const contract = leg.proof_ref ?? ask.contract?.dpa?.ref ?? ''
  return {
    ...third,
    ground: mechanism,
    ref: [contract, leg.tia?.ref ?? ''].filter((ref) => ref !== '').join('; '),
    owesTia: true,
    ...(leg.tia === undefined ? {} : { until: leg.tia.review_by }),
  }
}

/** Rule 14: no authorisation, one that begins later, or an objection window that is open to the end of its day. */
const authorisation = (leg: Leg, who: Parties, on: CivilDate): readonly Problem[] =>
  isSubprocessing(leg, who) &&
  (!begun(leg.authorised_on, on) || (leg.objection_until !== undefined && on <= leg.objection_until))
    ? ['subprocessor_unauthorised']
    : []
