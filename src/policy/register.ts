import type { Client, Contract, Provider, Purpose } from '../model/register.ts'

/** Without a prototype: a purpose named `constructor` is unknown unless somebody wrote it. */
const table = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.assign(Object.create(null) as Record<string, T>, entries)

export const defaultZone = 'Europe/Brussels'
export const defaultRetentionDays = 400

type WrittenPurpose = Pick<Purpose, 'data_subjects'> & Partial<Purpose>
type WrittenClient = Pick<Client, 'id' | 'name' | 'country'> &
  Partial<Omit<Client, 'purposes'>> & { readonly purposes: Readonly<Record<string, WrittenPurpose>> }
type WrittenProvider = Pick<Provider, 'id' | 'name' | 'country' | 'base_url' | 'status' | 'contracts'> &
  Partial<Provider>

/** A client file that fits its schema, with what it leaves unsaid. A silent status is `approved`. */
export const toClient = (value: unknown): Client => {
  const written = value as WrittenClient
  return {
    ...written,
    law: 'gdpr',
    role: written.role ?? 'controller',
    zone: written.zone ?? defaultZone,
    status: written.status ?? 'approved',
    purposes: table(
      Object.fromEntries(
        Object.entries(written.purposes).map(([id, purpose]) => [
          id,
          {
            ...purpose,
            need_to_know: purpose.need_to_know ?? [],
            retention_days: purpose.retention_days ?? defaultRetentionDays,
          },
        ]),
      ),
    ),
  }
}

/** A provider file that fits its schema, with what it leaves unsaid. */
export const toProvider = (value: unknown): Provider => {
  const written = value as WrittenProvider
  return {
    ...written,
    language: written.language ?? 'en',
    answers: written.answers ?? 'pass',
    credentials: written.credentials ?? 'none',
    headers: written.headers ?? { pass: [] },
    hosts: written.hosts ?? [],
    scope_facts: table(written.scope_facts ?? {}),
    contracts: written.contracts.map((contract): Contract =>
      contract.legs === undefined
        ? contract
        : {
            ...contract,
            legs: contract.legs.map((leg) =>
              leg.scope_facts === undefined ? leg : { ...leg, scope_facts: table(leg.scope_facts) },
            ),
          },
    ),
  }
}
