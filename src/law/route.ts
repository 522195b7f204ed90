import type { CategoryGroup } from '../model/category.ts'
import { isBelow } from '../model/category.ts'
import type { DestinationClass, LawNote, Named, Problem, RouteLaw } from '../model/ground.ts'
import { remarks } from '../model/ground.ts'
import type {
  CivilDate,
  Client,
  Contract,
  CountryCode,
  Derogation,
  Leg,
  Provider,
} from '../model/register.ts'
import type { LawData } from './data.ts'
import { begun, stands } from './date.ts'
import { derogationFor, repeated } from './derogation.ts'
import { legLaw, type LegLaw } from './ground.ts'
import { localisationProblems, regimesOf } from './localisation.ts'
import { notes } from './notes.ts'
import { lacksOf, registerProblems } from './register-problems.ts'
import { party } from './roles.ts'
import { shoreOf } from './shore.ts'

const order: readonly DestinationClass[] = ['eea', 'adequate', 'third']

/** eea < adequate < third. */
export const worst = (classes: readonly DestinationClass[]): DestinationClass =>
  classes.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'eea')

/** The leg of a register that says nothing: processing where the provider is. */
const plainLeg = (client: Client, to: CountryCode): Leg => ({
  from: client.country,
  to,
  exporter: 'client',
  importer: 'provider',
  kind: 'processing',
})

/**
 * What Chapter V and Art. 28 GDPR say of one route on one civil date (the client's zone). Total: a route
 * without contract, an unknown purpose or an unknown country gives problems, never an error.
 */
export const routeLaw = (
  law: LawData,
  client: Client,
  provider: Provider,
  purpose: string,
  on: CivilDate,
  more: { readonly derogations?: readonly Derogation[]; readonly case?: string | undefined } = {},
): RouteLaw => {
  const contract = provider.contracts.find((one) => one.client === client.id)
  const its = Object.hasOwn(client.purposes, purpose) ? client.purposes[purpose] : undefined
  const subjects = its?.data_subjects ?? []
  const derogations = more.derogations ?? []
  const derogation = derogationFor(derogations, { client: client.id, provider: provider.id, case: more.case })
  const study = (leg: Leg): LegLaw =>
    legLaw({ law, client, provider, contract, leg, subjects, on, derogation })

  const said: LawNote[] = []
  const plain = plainLeg(client, provider.country)
  let legs = contract?.legs ?? []
  if (legs.length === 0) {
    legs = [plain]
    if (contract !== undefined) said.push(notes.legsSilent(law, provider.country))
  }
  let studied = legs.map(study)
  // Whoever is established in a worse place than every leg admits can be made to answer there: it counts.
  const home = study(plain)
  const unnamed = !legs.some(
    (leg) => leg.to === provider.country && party(leg.importer, client, provider) === 'provider',
  )
  const admitted = worst(studied.map((leg) => leg.ground.class))
  if (unnamed && worst([admitted, home.ground.class]) !== admitted) {
    legs = [...legs, plain]
    studied = [...studied, home]
    said.push(notes.providerCountryUnnamed(law, provider.country))
  }

  const thirds = legs.filter((_, i) => studied[i]?.ground.class === 'third')
  const outside =
    contract?.dpa?.data_subjects !== undefined &&
    subjects.some((s) => !contract.dpa?.data_subjects?.includes(s))
  if (outside) said.push(notes.subjectsOutside())
  const grounds = studied.map((leg) => leg.ground)
  const asked = { law, client, provider, contract, purpose: its, on }
  const regimes = regimesOf({ ...asked, legs: grounds })
  const problems = new Set<Problem>([
    ...contractProblems(contract, purpose, outside, on),
    ...studied.flatMap((leg) => [...leg.ground.problems, ...leg.remarks]),
    ...localisationProblems({ ...asked, legs: grounds }, regimes),
    ...registerProblems({ ...asked, legs, grounds }),
    ...(derogation !== undefined &&
    grounds.some((leg) => leg.ground === 'derogation') &&
    repeated(derogations, derogation, client, provider, on)
      ? (['derogation_repeated'] as const)
      : []),
  ])
  return {
    class: worst(studied.map((leg) => leg.ground.class)),
    countries: legs.map((leg) => leg.to),
    legs: grounds,
    problems: [...problems].filter((each) => !remarks.has(each)),
    remarks: [...problems].filter((each) => remarks.has(each)),
    notes: once([...said, ...studied.flatMap((leg) => leg.notes)]),
    lacks: lacksOf({ ...asked, legs, grounds }),
    regimes: regimes.map(({ id }) => id),
    packs: [
      ...new Set([client.packs, its?.packs, provider.packs, contract?.packs].flatMap((each) => each ?? [])),
    ],
    shore: shoreOf(law, client.country, provider.country),
    named: Object.assign({}, ...studied.map((leg) => leg.named)) as Partial<Record<Problem, Named>>,
    ...(grounds.some((leg) => leg.ground === 'derogation') && derogation !== undefined ? { derogation } : {}),
    covered: contract?.dpa?.categories ?? null,
    tiaCovered: tiaCovered(
      contract,
      legs.filter((_, i) => studied[i]?.owesTia),
    ),
    clause87: thirds.every((leg) => leg.clause_8_7 === true),
    uc2Analysis: thirds.every(
      (leg) => leg.tia?.outcome !== 'problematic_applied' || leg.uc2_analysis_ref !== undefined,
    ),
  }
}

/** Rules 11 and 12: the processor contract stands today, is complete, and names the purpose (Art. 28(3)). */
const contractProblems = (
  contract: Contract | undefined,
  purpose: string,
  subjectsOutside: boolean,
  on: CivilDate,
): readonly Problem[] => {
  const dpa = contract?.dpa
  if (dpa === undefined || !begun(dpa.signed_on, on)) return ['contract_missing']
  const found: Problem[] = []
  if (!stands(dpa.end_on, on)) found.push('contract_ended')
  if (!dpa.art28_3_a_to_h || dpa.audit_right === false || dpa.return_or_delete === false)
    found.push('contract_incomplete')
  if (!dpa.purposes.includes(purpose) || subjectsOutside) found.push('purpose_outside')
  return found
}

/** What both lists cover: of two related entries the narrower. */
export const coveredByBoth = (
  a: readonly CategoryGroup[],
  b: readonly CategoryGroup[],
): readonly CategoryGroup[] => [
  ...new Set([
    ...a.filter((x) => b.some((y) => isBelow(x, y))),
    ...b.filter((y) => a.some((x) => isBelow(y, x))),
  ]),
]

/** Categories that the TIA of every leg that owes one covers; a missing TIA covers nothing. */
const tiaCovered = (
  contract: Contract | undefined,
  owing: readonly Leg[],
): readonly CategoryGroup[] | null => {
  const inContract = contract?.dpa?.categories ?? []
  const scopes = owing.map((leg) =>
    leg.tia === undefined ? [] : leg.tia.data_scope === 'contract' ? inContract : leg.tia.data_scope,
  )
  const [first, ...rest] = scopes
  return first === undefined ? null : rest.reduce(coveredByBoth, first)
}

const once = (all: readonly LawNote[]): readonly LawNote[] => [
  ...new Map(all.map((note) => [`${note.id} ${note.en}`, note])).values(),
]
