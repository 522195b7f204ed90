/** The operations by which people order something; each is a record of the log, with who and why. */
import { isoTime } from '../audit/record.ts'
import { PolicyInvalid, Refused } from '../errors.ts'
import { approvalText, newNonce } from '../policy/mandate.ts'
import { loadFiles } from '../policy/load.ts'
import type { Hold, Lift, Orders } from '../policy/orders.ts'
import { approve, opine, rollBack } from './approve.ts'
import type { Handlers } from './handlers.ts'
import { endLift, lift } from './lift.ts'
import type { components } from './openapi-types.ts'
import { type OrderBook, checkReason, forAll, invalidFiles } from './orders.ts'
import type { Person } from './roles.ts'
import { resume, suspend } from './suspend.ts'

type Schemas = components['schemas']

const held = (provider: string, hold: Hold | undefined): Schemas['Held'] => ({
  provider,
  suspended: hold !== undefined,
  ...(hold === undefined ? {} : { by: hold.by, roles: [...hold.roles], reason: hold.why, since: hold.t }),
})

const lifted = ({ id, rule, client, provider, purpose, until, by, why }: Lift): Schemas['Lift'] => ({
  ...{ id, rule, client, provider, purpose, until, by },
  reason: why,
})

/** What holds now, as far as this person may see it. */
export const shownOrders = (
  orders: Orders,
  needed: number,
  now: Date,
  person?: Pick<Person, 'clients'>,
): Schemas['Orders'] => ({
  needed,
  ...(orders.active === undefined
    ? {}
    : { active: { bundle: orders.active.bundle, by: orders.active.by, since: orders.active.t } }),
  past: [...orders.past],
  suspended: [...orders.holds].map(([provider, hold]) => held(provider, hold)),
  overrides: [...orders.lifts.values()]
    .filter(
      ({ until, client }) => Date.parse(until) > now.getTime() && (person?.clients?.includes(client) ?? true),
    )
    .map(lifted),
  approvals: [...orders.approvals].flatMap(([bundle, given]) =>
    given.map(({ by, from }) => ({ bundle, by, from })),
  ),
  opinions: [...orders.opinions].flatMap(([bundle, given]) =>
    given.map(({ by, opinion, why, t }) => ({ bundle, by, opinion, reason: why, at: t })),
  ),
  approvers: [...orders.approvers.values()].map(({ name, kid, revoked }) => ({ name, kid, revoked })),
})

const all = async (book: OrderBook, person: Person): Promise<Schemas['Orders']> => {
  const { orders, now } = await book.read()
  return shownOrders(orders, book.needed, now, person)
}

/** A time of the API in the one spelling that is signed. @throws Refused REQUEST_INVALID */
const inFull = (text: string, place: string): string => {
  const at = Date.parse(text)
  if (!(at >= 0)) throw new Refused('REQUEST_INVALID', { en: `${place}: format` })
  return isoTime(new Date(at))
}

export const orderHandlers: Pick<
  Handlers,
  | 'suspendProvider'
  | 'resumeProvider'
  | 'listOrders'
  | 'storeDraft'
  | 'policyManifest'
  | 'giveOpinion'
  | 'approvePolicy'
  | 'rollbackPolicy'
  | 'liftRule'
  | 'endOverride'
> = {
  suspendProvider: async ({ given: { provider }, body: { reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    return { value: held(provider, await suspend(book, person, provider, reason)), filter: provider }
  },

  resumeProvider: async ({ given: { provider }, body: { reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    await resume(book, person, provider, reason)
    return { value: held(provider, undefined), filter: provider }
  },

  listOrders: async ({ person }, { book }) => ({ value: await all(book, person) }),

  storeDraft: async ({ body, person }, { aside, keepBundle }) => {
    forAll(person)
    // The thread looks first: a folder that takes too long, or has a fault, is never loaded here.
    const value = await aside.ask('check', body.files)
    if (value.faults.length > 0) throw invalidFiles(value.faults)
    const { digest, deciding } = loadFiles(body.files)
    await keepBundle({ digest, files: deciding })
    return { value, filter: digest }
  },

  policyManifest: async ({ given: { bundle, from }, person }, { book }) => {
    forAll(person)
    const stored = await book.bundleOf(bundle).catch((error: unknown) => {
      if (error instanceof PolicyInvalid) return null
      throw error
    })
    if (stored === null) throw new Refused('NOT_FOUND')
    const nonce = newNonce()
    const at = from === undefined ? '' : inFull(from, '/from')
    const text = approvalText({ log: book.log, bundle, files: stored.deciding, from: at, nonce })
    return { value: { text, nonce, from: at }, filter: bundle }
  },

  giveOpinion: async ({ given: { bundle }, body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    await opine(book, person, { bundle, opinion: body.opinion, why: body.reason })
    return { value: await all(book, person), filter: bundle }
  },

  approvePolicy: async ({ given: { bundle }, body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    const { nonce, jws, from, reason: why } = body
    const at = from === undefined ? '' : inFull(from, '/from')
    await approve(book, person, { bundle, nonce, jws, from: at, why })
    return { value: await all(book, person), filter: bundle }
  },

  rollbackPolicy: async ({ body: { bundle, reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    await rollBack(book, person, { ...(bundle === undefined ? {} : { bundle }), why: reason })
    return { value: await all(book, person) }
  },

  liftRule: async ({ body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    const { reason: why, until, purpose = '', ...rest } = body
    const ask = { ...rest, why, purpose, until: inFull(until, '/until') }
    const made = await lift(book, person, ask)
    if (made === undefined) throw new Refused('INTERNAL')
    return { value: lifted(made), filter: body.provider }
  },

  endOverride: async ({ given: { id }, body: { reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    return { value: { ended: await endLift(book, person, id, reason) } }
  },
}
