import type { IncomingMessage } from 'node:http'
import type { Holder, KeyRing, Role } from '../config/credentials.ts'
import { Refused } from '../errors.ts'
import type { OperationId } from './contract.ts'

export type Person = Extract<Holder, { kind: 'person' }>

const anybody: readonly Role[] = ['author', 'approver', 'dpo', 'auditor', 'operator']
const policyMakers: readonly Role[] = ['author', 'approver', 'dpo']
const readers: readonly Role[] = ['dpo', 'auditor', 'operator']

/** Who may do what (design §5, Roles); an operation that is not here is open to nobody. */
export const mayCall: Readonly<Record<OperationId, readonly Role[]>> = {
  classify: anybody,
  try: policyMakers,
  listTransfers: readers,
  showTransfer: readers,
  explainTransfer: readers,
  replayTransfer: readers,
  receipt: readers,
  activePolicy: anybody,
  checkPolicy: policyMakers,
  listProviders: anybody,
  suspendProvider: ['dpo', 'approver', 'operator'],
  resumeProvider: ['approver', 'operator'],
  listOrders: anybody,
  storeDraft: ['author', 'approver'],
  policyManifest: policyMakers,
  giveOpinion: ['dpo'],
  approvePolicy: ['approver'],
  withdrawPolicy: ['approver'],
  rollbackPolicy: ['approver', 'operator'],
  liftManifest: ['approver'],
  liftRule: ['approver'],
  endOverride: ['dpo', 'approver', 'operator'],
  checkpoint: anybody,
  exportLog: ['dpo', 'auditor'],
  listHolds: readers,
  placeHold: ['dpo', 'approver', 'operator'],
  liftHold: ['dpo', 'approver'],
  health: anybody,
  ready: anybody,
  metrics: anybody,
}

/** @throws Refused CREDENTIAL_MISSING, HEADER_REPEATED, CREDENTIAL_INVALID, ROLE_MISSING */
export function personOf(request: IncomingMessage, keys: KeyRing, operation: OperationId): Person {
  const [given, second] = request.headersDistinct['authorization'] ?? []
  if (given === undefined) throw new Refused('CREDENTIAL_MISSING')
  if (second !== undefined) throw new Refused('HEADER_REPEATED')
  const [, credential] = /^bearer +([\x21-\x7e]{1,512})$/i.exec(given) ?? []
  const holder = credential === undefined ? undefined : keys.holder(credential)
  if (holder?.kind !== 'person') throw new Refused('CREDENTIAL_INVALID')
  if (!holder.roles.some((role) => mayCall[operation].includes(role))) throw new Refused('ROLE_MISSING')
  return holder
}

/** The same for an act on the command line. @throws Refused ROLE_MISSING */
export function mustHave(roles: readonly string[], operation: OperationId): void {
  if (!mayCall[operation].some((role) => roles.includes(role))) throw new Refused('ROLE_MISSING')
}

/**
 * A key limited to clients sees nothing of others, not even that they are there. The one exception is the tree of an
 * export, which is whole or proves nothing: its records hold ids and counts.
 */
export const sees = (person: Person, client: string): boolean => person.clients?.includes(client) ?? true
