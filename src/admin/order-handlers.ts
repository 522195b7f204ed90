/** The operations by which people order something; each is a record of the log, with who and why. */
import { isoTime } from '../audit/record.ts'
import { PolicyInvalid, Refused } from '../errors.ts'
import type { Rule } from '../policy/bundle.ts'
import { ruleDigest, voidLifts, voidSentence } from '../policy/lifted.ts'
import { approvalText, liftText, newNonce, withdrawalText } from '../policy/mandate.ts'
import type { Hold, Lift, Orders } from '../policy/orders.ts'
import { approve, opine, rollBack, withdraw } from './approve.ts'
import type { Handlers } from './operation.ts'
import { endLift, lift, liftable } from './lift.ts'
import type { components } from './openapi-types.ts'
import { type OrderBook, type Told, checkReason, forAll, inForce, invalidFiles } from './orders.ts'
import { type Person, sees } from './roles.ts'
import { resume, suspend } from './suspend.ts'

type Schemas = components['schemas']

const held = (provider: string, hold: Hold | undefined): Schemas['Held'] => ({
  provider,
  suspended: hold !== undefined,
  ...(hold === undefined ? {} : { by: hold.by, roles: [...hold.roles], reason: hold.why, since: hold.t }),
})

const lifted = (one: Lift, rules: readonly Rule[]): Schemas['Lift'] => {
  const { id, rule, says, client, provider, purpose, until, by, why } = one
  const [lost] = voidLifts([one], rules)
  return {
    ...{ id, rule, says, client, provider, purpose, until, by, reason: why },
    ...(lost === undefined ? {} : { void: voidSentence(one, lost.fault) }),
  }
}

/** Overrides that run and that this person may see. */
export const runningLifts = ({ lifts }: Orders, now: Date, person?: Pick<Person, 'clients'>): Lift[] =>
  [...lifts.values()].filter(
    ({ until, client }) => Date.parse(until) > now.getTime() && (person?.clients?.includes(client) ?? true),
  )

/**
 * What holds now, as far as this person may see it.
 * @param rules in force
 */
export const shownOrders = (
  { orders, now }: Told,
  needed: number,
  rules: readonly Rule[],
  person?: Pick<Person, 'clients'>,
): Schemas['Orders'] => ({
  needed,
  ...(orders.active === undefined
    ? {}
    : { active: { bundle: orders.active.bundle, by: orders.active.by, since: orders.active.t } }),
  past: [...orders.past],
  suspended: [...orders.holds].map(([provider, hold]) => held(provider, hold)),
  overrides: runningLifts(orders, now, person).map((one) => lifted(one, rules)),
  approvals: [...orders.approvals].flatMap(([bundle, given]) =>
    given.map(({ by, from }) => ({ bundle, by, from })),
  ),
  opinions: [...orders.opinions].flatMap(([bundle, given]) =>
    given.map(({ by, opinion, why, t }) => ({ bundle, by, opinion, reason: why, at: t })),
  ),
  approvers: [...orders.approvers.values()].map(({ name, kid, revoked }) => ({ name, kid, revoked })),
})

const all = async (book: OrderBook, person: Person): Promise<Schemas['Orders']> => {
  const told = await book.read()
  return shownOrders(told, book.needed, await rulesInForce(book, told.orders), person)
}

/** None where no bundle is in force, or none that this version can read: then every override is void. */
export const rulesInForce = async (book: OrderBook, orders: Orders): Promise<readonly Rule[]> =>
  inForce(book, orders).then(
    ({ rules }) => rules,
    (error: unknown) => {
      if (error instanceof PolicyInvalid || error instanceof Refused) return []
      throw error
    },
  )

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
  | 'withdrawPolicy'
  | 'rollbackPolicy'
  | 'liftManifest'
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

  storeDraft: async ({ body, person }, { aside, loader, keepBundle, book }) => {
    forAll(person)
    // This thread looks first: it has less time than the one that loads, and no reload waits for it.
    const { orders, now } = await book.read()
    const value = await aside.ask('check', { files: body.files, lifts: runningLifts(orders, now) })
    if (value.faults.length > 0) throw invalidFiles(value.faults)
    const { digest, deciding } = await loader.files(body.files)
    await keepBundle({ digest, files: deciding })
    return { value, filter: digest }
  },

  policyManifest: async ({ given: { bundle, from, of = 'approval' }, person }, { book }) => {
    forAll(person)
    if (of === 'withdrawal') {
      const nonce = newNonce()
      const text = withdrawalText({ log: book.log, bundle, nonce })
      return { value: { text, nonce, from: '' }, filter: bundle }
    }
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

  withdrawPolicy: async ({ given: { bundle }, body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    const { nonce, jws, reason: why } = body
    await withdraw(book, person, { bundle, nonce, jws, why })
    return { value: await all(book, person), filter: bundle }
  },

  rollbackPolicy: async ({ body: { bundle, reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    await rollBack(book, person, { ...(bundle === undefined ? {} : { bundle }), why: reason })
    return { value: await all(book, person) }
  },

  liftManifest: async ({ body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    const { rule, client, provider, purpose = '', reason: why } = body
    if (!sees(person, client)) throw new Refused('NOT_FOUND')
    const { orders } = await book.read()
    const says = ruleDigest(await liftable(book, orders, { rule, client, provider, purpose }))
    const nonce = newNonce()
    const until = inFull(body.until, '/until')
    const text = liftText({ log: book.log, rule, says, client, provider, purpose, until, why, nonce })
    return { value: { text, nonce, says, until }, filter: provider }
  },

  liftRule: async ({ body, person }, { book, identifiers }) => {
    checkReason(body.reason, identifiers)
    const { reason: why, until, purpose = '', ...rest } = body
    const ask = { ...rest, why, purpose, until: inFull(until, '/until') }
    const made = await lift(book, person, ask)
    if (made === undefined) throw new Refused('INTERNAL')
    const rules = await rulesInForce(book, (await book.read()).orders)
    return { value: lifted(made, rules), filter: body.provider }
  },

  endOverride: async ({ given: { id }, body: { reason }, person }, { book, identifiers }) => {
    checkReason(reason, identifiers)
    return { value: { ended: await endLift(book, person, id, reason) } }
  },
}
