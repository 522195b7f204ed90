/** Art. 49 GDPR: a file of derogations/ counts for the one case that it names, with that Douane-Case. */
import type { CivilDate, Client, Derogation, Provider } from '../model/register.ts'
import type { Mechanisms } from './data.ts'
import { daysBetween, stands } from './date.ts'

/** The file for this case on this day; its counter is the ledger's. */
export const derogationFor = (
  all: readonly Derogation[],
  ask: { readonly client: string; readonly provider: string; readonly case?: string | undefined },
): Derogation | undefined =>
  ask.case === undefined
    ? undefined
    : all.find(
        (each) =>
          each.case === ask.case &&
          each.provider === ask.provider &&
          (each.client === undefined || each.client === ask.client),
      )

/**
 * Whether its letter's conditions are met on this day: begun and not over; where the second subparagraph of
 * Art. 49(1) carries it, the authority told and the people informed.
 */
export const derogationStands = (law: Mechanisms, derogation: Derogation, on: CivilDate): boolean => {
  const its = law.derogations.find(({ letter }) => letter === derogation.letter)
  return (
    its !== undefined &&
    stands(derogation.valid_to, on) &&
    (derogation.approved_on === undefined || derogation.approved_on <= on) &&
    (its.authority_notice !== true || derogation.authority_notice !== undefined) &&
    (its.subjects_informed !== true || derogation.subjects_informed === true)
  )
}

export const articleOf = ({ letter }: Derogation): string =>
  letter === 'subpar_2' ? 'Art. 49(1) subpar. 2' : `Art. 49(1)(${letter})`

export const derogationYear = 365

/** A second one for the same client and provider within twelve months: no longer occasional (EDPB 2/2018). */
export const repeated = (
  all: readonly Derogation[],
  its: Derogation,
  client: Client,
  provider: Provider,
  on: CivilDate,
): boolean =>
  all.some(
    (other) =>
      other.case !== its.case &&
      other.provider === provider.id &&
      (other.client === undefined || other.client === client.id) &&
      daysBetween(other.valid_to, on) <= derogationYear &&
      (other.approved_on === undefined || other.approved_on <= on),
  )
