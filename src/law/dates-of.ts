import type { CivilDate, Client, Derogation, Provider } from '../model/register.ts'
import type { LawData } from './data.ts'
import { datesIn, daysAfter } from './date.ts'
import { ackDays } from './register-problems.ts'
import { noticeDays } from './ground.ts'
import { derogationYear } from './derogation.ts'
import { resolved } from './territory.ts'

/** What an answer about a route rests on. */
export interface Known {
  readonly law: LawData
  readonly client: Client
  readonly provider: Provider
  readonly derogations?: readonly Derogation[]
}

/** Days on which the answer to a route may change: dates of register and law, and those that are counted from them. */
export const datesOf = ({ law, client, provider, derogations = [] }: Known): readonly CivilDate[] => {
  const contracts = provider.contracts.filter((contract) => contract.client === client.id)
  const legs = contracts.flatMap((contract) => contract.legs ?? [])
  const countries = new Set([
    provider.country,
    ...legs.map(({ to }) => to),
    ...contracts.flatMap((contract) => contract.reveal_to?.countries ?? []),
  ])
  const decisions = [...countries].flatMap((code) => law.adequacy.get(resolved(law, code)) ?? [])
  const sent = provider.incident?.art19_sent_on
  const its = derogations.filter((each) => each.provider === provider.id)
  return [
    ...new Set([
      ...datesIn({ ...provider, contracts }),
      ...datesIn(its),
      ...decisions.flatMap(({ adopted, valid_to: until }) => [
        adopted,
        ...(until === null ? [] : [until, daysAfter(until, -noticeDays)]),
      ]),
      ...(sent === undefined ? [] : [daysAfter(sent, ackDays)]),
      ...its.map((each) => daysAfter(each.valid_to, derogationYear)),
    ]),
  ]
}
