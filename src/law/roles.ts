import type { Client, Leg, Provider, Role } from '../model/register.ts'

/** Who a leg names: the client, the provider, or another legal entity by its name. */
export const party = (named: string, client: Client, provider: Provider): string => {
  const name = named.trim().toLowerCase()
  if (name === 'client' || name === client.name.trim().toLowerCase()) return 'client'
  if (name === 'provider' || name === provider.name.trim().toLowerCase()) return 'provider'
  return name
}

export interface Parties {
  readonly exporter: string
  readonly importer: string
  readonly roles: { readonly exporter: Role; readonly importer: Role }
}

/**
 * Silent roles follow from the names: the client has the role of its register entry, the provider works for
 * it, any other entity is a sub-processor (Art. 28(2), (4) GDPR).
 */
export const parties = (leg: Leg, client: Client, provider: Provider): Parties => {
  const exporter = party(leg.exporter, client, provider)
  const importer = party(leg.importer, client, provider)
  const role = (who: string): Role =>
    who === 'client'
      ? client.role
      : who === 'provider' && client.role === 'controller'
        ? 'processor'
        : 'subprocessor'
  return { exporter, importer, roles: leg.roles ?? { exporter: role(exporter), importer: role(importer) } }
}

/** Same legal entity at both ends: its employee or branch abroad (EDPB 05/2021, example 8), only if said so. */
export const sameEntity = (leg: Leg, who: Parties): boolean =>
  leg.same_entity === true && who.exporter === who.importer

/** Whether this importer needs the controller's authorisation (Art. 28(2), (4) GDPR; SCC clause 9). */
export const isSubprocessing = (leg: Leg, who: Parties): boolean =>
  who.importer !== 'client' && (who.roles.importer === 'subprocessor' || leg.kind === 'sub_processing')
