/**
 * What people ordered, as the log tells it from its first record: which bundle is in force, which providers
 * are stopped, which restrictions are lifted until when, and who may sign. The log is the only source; a record
 * that does not hold (no such key, another's name, a signature of something else, one that came before) counts
 * as not written, and nothing is ever loosened by it.
 */
import type { KeyBody, OverrideBody, PolicyBody } from '../model/record.ts'
import { signerOf, thumbprint } from './mandate.ts'

export type OrderBody = PolicyBody | OverrideBody | KeyBody

export interface Approver {
  readonly kid: string
  readonly name: string
  readonly x: string
  readonly revoked: boolean
}

export interface Approval {
  readonly by: string
  readonly kid: string
  /** RFC 3339; '' at once. */
  readonly from: string
  /** When it was given. */
  readonly t: string
  readonly index: number
}

export interface Opinion {
  readonly by: string
  readonly opinion: string
  readonly why: string
  readonly t: string
}

export interface Hold {
  readonly by: string
  readonly roles: readonly string[]
  readonly why: string
  readonly t: string
}

export interface Lift {
  readonly id: string
  readonly rule: string
  /** What the rule says that was lifted (ruleDigest). */
  readonly says: string
  readonly client: string
  readonly provider: string
  /** '' for every purpose. */
  readonly purpose: string
  /** RFC 3339. */
  readonly until: string
  readonly by: string
  readonly kid: string
  readonly why: string
}

export interface Active {
  readonly bundle: string
  readonly by: string
  readonly t: string
}

export interface Orders {
  /** The next record of the log to be looked at: all before it are in here. */
  readonly next: number
  readonly active?: Active
  /** Bundles that were in force, oldest first, each once. */
  readonly past: readonly string[]
  /** By thumbprint; revoked ones stay, so that none comes back. */
  readonly approvers: ReadonlyMap<string, Approver>
  /** By bundle; those that an activation has used up are gone. */
  readonly approvals: ReadonlyMap<string, readonly Approval[]>
  readonly opinions: ReadonlyMap<string, readonly Opinion[]>
  /** By provider. */
  readonly holds: ReadonlyMap<string, Hold>
  /** By id; also those past their end, which the decision looks at. */
  readonly lifts: ReadonlyMap<string, Lift>
  /** Bundles that a rollback left: a folder that still holds one does not bring it back. */
  readonly left: ReadonlySet<string>
  /** Nonces that were used. */
  readonly spent: ReadonlySet<string>
  /** Time of the latest record (RFC 3339): one that says it is older is taken as of then. */
  readonly at: string
}

export const noOrders: Orders = {
  next: 0,
  past: [],
  approvers: new Map(),
  approvals: new Map(),
  opinions: new Map(),
  holds: new Map(),
  lifts: new Map(),
  left: new Set(),
  spent: new Set(),
  at: '',
}

export interface OrderRules {
  /** Approvals by different people that a bundle needs: 0 none, 1, or 2 (four eyes). */
  readonly approvals: 0 | 1 | 2
  /** Whether the record's signature is of that key over what the record says. */
  readonly holds: (record: PolicyBody | OverrideBody, x: string) => Promise<boolean>
}

const added = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Map<K, V> => new Map(map).set(key, value)
const without = <K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> => {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** Has this bundle the approvals that it needs, at that time (RFC 3339)? */
export const isApproved = (
  { approvals }: Pick<Orders, 'approvals'>,
  bundle: string,
  needed: number,
  at: string,
): boolean =>
  new Set((approvals.get(bundle) ?? []).filter(({ from }) => from <= at).map(({ by }) => by)).size >= needed

/**
 * When a bundle has the approvals of as many people as it needs: at the date that was signed, but never before
 * the approval itself. What somebody approves today replaces what fell due last week, not the other way round.
 * @returns undefined: it needs more people
 */
export const dueSince = (
  given: readonly Approval[],
  needed: number,
): Pick<Approval, 'from' | 'index'> | undefined => {
  const first = new Map<string, Pick<Approval, 'from' | 'index'>>()
  for (const { by, from, t, index } of given) {
    const its = { from: from > t ? from : t, index }
    const before = first.get(by)
    if (before === undefined || earlier(its, before) < 0) first.set(by, its)
  }
  return [...first.values()].toSorted(earlier)[needed - 1]
}

const earlier = (a: Pick<Approval, 'from' | 'index'>, b: Pick<Approval, 'from' | 'index'>): number =>
  a.from < b.from ? -1 : a.from > b.from ? 1 : a.index - b.index

/** Bundles whose approvals have come of age and that are not in force yet, in the order in which they take effect. */
export const dueBundles = (orders: Orders, needed: number, at: string): string[] =>
  needed === 0
    ? []
    : [...orders.approvals]
        .filter(([bundle]) => bundle !== orders.active?.bundle && isApproved(orders, bundle, needed, at))
        .flatMap(([bundle, given]) => {
          const since = dueSince(
            given.filter(({ from }) => from <= at),
            needed,
          )
          return since === undefined ? [] : [{ bundle, ...since }]
        })
        .toSorted(earlier)
        .map(({ bundle }) => bundle)

/** The approver whose key signed the record, if the key counts and the signature holds. */
const signedBy = async (
  orders: Orders,
  record: PolicyBody | OverrideBody,
  rules: OrderRules,
): Promise<Approver | undefined> => {
  const { jws, nonce, by } = record
  if (jws === undefined || nonce === undefined || nonce === '' || orders.spent.has(nonce)) return undefined
  const approver = orders.approvers.get(signerOf(jws) ?? '')
  if (approver === undefined || approver.revoked || approver.name !== by) return undefined
  return (await rules.holds(record, approver.x)) ? approver : undefined
}

const afterPolicy = async (
  orders: Orders,
  index: number,
  record: PolicyBody,
  rules: OrderRules,
): Promise<Orders> => {
  const { bundle, by, act = 'activated' } = record
  const t = orders.at
  if (act === 'opinion') {
    const one = { by, opinion: record.opinion ?? '', why: record.why ?? '', t }
    return {
      ...orders,
      opinions: added(orders.opinions, bundle, [...(orders.opinions.get(bundle) ?? []), one]),
    }
  }
  if (act === 'approved') {
    const approver = await signedBy(orders, record, rules)
    if (approver === undefined) return orders
    const one = { by, kid: approver.kid, from: record.from ?? '', t, index }
    return {
      ...orders,
      approvals: added(orders.approvals, bundle, [...(orders.approvals.get(bundle) ?? []), one]),
      spent: new Set(orders.spent).add(record.nonce ?? ''),
    }
  }
  if (act === 'withdrawn') {
    if (orders.active?.bundle === bundle || (await signedBy(orders, record, rules)) === undefined)
      return orders
    return {
      ...orders,
      approvals: without(orders.approvals, bundle),
      spent: new Set(orders.spent).add(record.nonce ?? ''),
    }
  }
  if (!isApproved(orders, bundle, rules.approvals, t)) return orders
  const left = new Set(orders.left)
  if (act === 'rolled_back' && orders.active !== undefined) left.add(orders.active.bundle)
  left.delete(bundle)
  return {
    ...orders,
    active: { bundle, by, t },
    past: [...orders.past.filter((one) => one !== bundle), bundle],
    // An approval is for one activation: who wants the bundle back later asks again.
    approvals: without(orders.approvals, bundle),
    left,
  }
}

const isMandated = (roles: readonly string[]): boolean =>
  roles.some((role) => role === 'dpo' || role === 'approver')

/** Who stops may be anybody; who lets go on what a DPO or approver stopped must be an approver. */
export const mayResume = (hold: Hold, roles: readonly string[]): boolean =>
  roles.includes('approver') || !isMandated(hold.roles)

const afterOverride = async (orders: Orders, record: OverrideBody, rules: OrderRules): Promise<Orders> => {
  const { act, by, roles, why, provider = '', nonce = '' } = record
  const t = orders.at
  const hold = orders.holds.get(provider)
  if (act === 'suspended')
    // An operator who stops once more what a DPO stopped does not make it the operator's to let go on.
    return hold !== undefined && isMandated(hold.roles) && !isMandated(roles)
      ? orders
      : { ...orders, holds: added(orders.holds, provider, { by, roles, why, t }) }
  if (act === 'resumed')
    return hold === undefined || !mayResume(hold, roles)
      ? orders
      : { ...orders, holds: without(orders.holds, provider) }
  if (act === 'ended') return { ...orders, lifts: without(orders.lifts, nonce) }
  const approver = await signedBy(orders, record, rules)
  if (approver === undefined) return orders
  const { client = '', purpose = '', rule = '', says = '', until = '' } = record
  const lift = { id: nonce, rule, says, client, provider, purpose, until, by, kid: approver.kid, why }
  return { ...orders, lifts: added(orders.lifts, nonce, lift), spent: new Set(orders.spent).add(nonce) }
}

const afterKey = async (orders: Orders, { act, subject, kid = '', x }: KeyBody): Promise<Orders> => {
  const known = orders.approvers.get(kid)
  if (act === 'approver.added' && x !== undefined && known === undefined) {
    if ((await thumbprint(x)) !== kid) return orders
    return { ...orders, approvers: added(orders.approvers, kid, { kid, name: subject, x, revoked: false }) }
  }
  if (act !== 'approver.revoked' || known === undefined) return orders
  // What waits for its day and what is lifted goes with the key; what was in force stays until it is replaced.
  const approvals = [...orders.approvals].map(
    ([bundle, given]) => [bundle, given.filter((one) => one.kid !== kid)] as const,
  )
  return {
    ...orders,
    approvers: added(orders.approvers, kid, { ...known, revoked: true }),
    approvals: new Map(approvals.filter(([, given]) => given.length > 0)),
    lifts: new Map([...orders.lifts].filter(([, lift]) => lift.kid !== kid)),
  }
}

/**
 * The orders after one more record of the log. Total: what cannot be read changes nothing. Order is that of the log: a
 * record whose own time is before that of the one before it is taken as of that one, so that no date that somebody writes
 * into a record puts it before another, or makes an approval older than it is. One from the future is the reader's to refuse.
 */
export const afterRecord = async (
  before: Orders,
  index: number,
  record: OrderBody,
  rules: OrderRules,
): Promise<Orders> => {
  const orders = { ...before, at: record.t > before.at ? record.t : before.at }
  const then =
    record.k === 'policy'
      ? await afterPolicy(orders, index, record, rules)
      : record.k === 'override'
        ? await afterOverride(orders, record, rules)
        : await afterKey(orders, record)
  return { ...then, next: index + 1 }
}

/** The restrictions that are lifted for this passage at this moment, by rule. */
export const liftsOn = (
  orders: Orders | undefined,
  ask: { readonly client: string; readonly provider: string; readonly purpose: string },
  at: Date | undefined,
): readonly Lift[] =>
  orders === undefined || at === undefined || orders.lifts.size === 0
    ? []
    : [...orders.lifts.values()].filter(
        ({ client, provider, purpose, until }) =>
          client === ask.client &&
          provider === ask.provider &&
          (purpose === '' || purpose === ask.purpose) &&
          at.getTime() < Date.parse(until),
      )
