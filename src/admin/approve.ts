/** What becomes of a bundle: opinion, approval, activation when it is due, and the way back. */
import { isoTime } from '../audit/record.ts'
import { PolicyInvalid, Refused } from '../errors.ts'
import { approvalText, mandateHolds, signerOf, withdrawalText } from '../policy/mandate.ts'
import { type Orders, dueBundles, isApproved } from '../policy/orders.ts'
import { type OrderBook, type Orderer, type Told, forAll, invalid, storedIn } from './orders.ts'

/** @throws Refused NOT_FOUND, POLICY_INVALID, ROLE_MISSING */
export async function opine(
  book: OrderBook,
  person: Orderer,
  { bundle, opinion, why }: { bundle: string; opinion: 'favourable' | 'unfavourable'; why: string },
): Promise<void> {
  forAll(person)
  await storedIn(book, bundle)
  const { who: by, roles } = person
  await book.write(async ({ now }) => [
    { v: 1, k: 'policy', t: isoTime(now), act: 'opinion', bundle, by, roles: [...roles], why, opinion },
  ])
}

export interface Approve {
  readonly bundle: string
  /** RFC 3339; '' at once. */
  readonly from: string
  readonly nonce: string
  readonly jws: string
  readonly why: string
}

/**
 * Writes the approval and, if that makes the bundle due, its activation.
 * @param person whose key signed: the name under which the key is registered
 * @throws Refused NOT_FOUND, POLICY_INVALID, REQUEST_INVALID (what is wrong with it), ROLE_MISSING
 */
export async function approve(book: OrderBook, person: Orderer, given: Approve): Promise<Orders> {
  forAll(person)
  const { bundle, from, nonce, jws, why } = given
  const stored = await storedIn(book, bundle)
  const text = approvalText({ log: book.log, bundle, files: stored.deciding, from, nonce })
  const { who: by, roles } = person
  const { orders } = await book.write(async ({ orders: known, now }) => {
    if (known.active?.bundle === bundle)
      throw invalid('This bundle is in force already.', 'Cette politique est déjà en vigueur.')
    if (from !== '' && book.needed === 0)
      throw invalid(
        'Activation at a date needs the setting require_approval: without it an edit is in force at once.',
        'Une activation à date suppose le réglage require_approval : sans lui, une modification vaut aussitôt.',
      )
    await checkSignature(known, { by, nonce, jws, text })
    return [
      {
        ...{ v: 1, k: 'policy', t: isoTime(now), act: 'approved', bundle, by, roles: [...roles] },
        ...{ why, from, nonce, jws },
      } as const,
    ]
  })
  if (book.needed > 0) return activateDue(book)
  return (
    (await book.write(async ({ now }) => [{ v: 1, k: 'policy', t: isoTime(now), bundle, by }])).orders ??
    orders
  )
}

/**
 * Takes back what is approved and not in force yet: a date to come, or the first of two approvals. Any approver may: an
 * approval says that the controller wants it, and this says that it does not any more. All approvals of the bundle fall.
 * @throws Refused NOT_FOUND (nothing waits), REQUEST_INVALID, ROLE_MISSING
 */
export async function withdraw(
  book: OrderBook,
  person: Orderer,
  { bundle, nonce, jws, why }: Omit<Approve, 'from'>,
): Promise<Orders> {
  forAll(person)
  const { who: by, roles } = person
  const { orders } = await book.write(async ({ orders: known, now }) => {
    if (known.active?.bundle === bundle)
      throw invalid(
        'This bundle is in force: douane policy rollback goes back to the one before.',
        'Cette politique est en vigueur : douane policy rollback revient à la précédente.',
      )
    if (!known.approvals.has(bundle))
      throw new Refused('NOT_FOUND', {
        en: 'No approval of this bundle waits for its day.',
        fr: "Aucune approbation de cette politique n'attend sa date.",
      })
    await checkSignature(known, { by, nonce, jws, text: withdrawalText({ log: book.log, bundle, nonce }) })
    const t = isoTime(now)
    return [{ v: 1, k: 'policy', t, act: 'withdrawn', bundle, by, roles: [...roles], why, nonce, jws }]
  })
  return orders
}

/** @throws Refused REQUEST_INVALID */
export async function checkSignature(
  { approvers, spent }: Orders,
  { by, nonce, jws, text }: { by: string; nonce: string; jws: string; text: string },
): Promise<void> {
  const approver = approvers.get(signerOf(jws) ?? '')
  if (approver === undefined)
    throw invalid(
      'This key is not registered: douane keys approver.',
      "Cette clé n'est pas enregistrée : douane keys approver.",
    )
  if (approver.revoked) throw invalid('This key is revoked.', 'Cette clé est révoquée.')
  if (approver.name !== by)
    throw invalid(
      'This key is registered under another name.',
      'Cette clé est enregistrée sous un autre nom.',
    )
  if (spent.has(nonce)) throw invalid('This signature was used before.', 'Cette signature a déjà servi.')
  if (!(await mandateHolds(jws, text, approver.x)))
    throw invalid(
      'The signature is not of this: another bundle, date or log.',
      'La signature porte sur autre chose : autre politique, autre date ou autre journal.',
    )
}

/**
 * Activates what is approved and whose time has come; harmless from any number of instances. A bundle that was
 * good when it was signed and is not for this version of the program replaces nothing.
 * @param unfit told of each such bundle, at each call
 */
export async function activateDue(
  book: OrderBook,
  unfit: (bundle: string, error: PolicyInvalid) => void = () => undefined,
): Promise<Orders> {
  const dueOf = async ({ orders, now }: Told): Promise<string[]> => {
    const due: string[] = []
    for (const bundle of dueBundles(orders, book.needed, isoTime(now))) {
      try {
        if ((await book.bundleOf(bundle)) !== null) due.push(bundle)
      } catch (error) {
        if (!(error instanceof PolicyInvalid)) throw error
        unfit(bundle, error)
      }
    }
    return due
  }
  const first = await book.read()
  if ((await dueOf(first)).length === 0) return first.orders
  const { orders } = await book.write(async (told) => {
    const t = isoTime(told.now)
    return (await dueOf(told)).map((bundle) => ({
      ...({ v: 1, k: 'policy', t, act: 'activated', bundle } as const),
      by: signersOf(told.orders, bundle, t),
    }))
  })
  return orders
}

/** Each once, and only those whose date has come. */
const signersOf = ({ approvals }: Orders, bundle: string, at: string): string =>
  [...new Set((approvals.get(bundle) ?? []).filter(({ from }) => from <= at).map(({ by }) => by))].join('+')

/**
 * Back to a bundle that was in force before. Where approvals are needed it needs them like any other. One that
 * this version of the program cannot read any more does not come back: it would stop every gateway.
 * @param bundle silent: the one before
 * @throws Refused NOT_FOUND, REQUEST_INVALID, ROLE_MISSING, POLICY_INVALID
 */
export async function rollBack(
  book: OrderBook,
  person: Orderer,
  { bundle, why }: { bundle?: string; why: string },
): Promise<string> {
  forAll(person)
  const { who: by, roles } = person
  let target = ''
  await book.write(async ({ orders, now }) => {
    target = wayBack(orders, bundle)
    const t = isoTime(now)
    if (!isApproved(orders, target, book.needed, t))
      throw invalid(
        'Going back needs an approval, like any activation: give --key.',
        'Revenir en arrière demande une approbation, comme toute activation : indiquez --key.',
      )
    await storedIn(book, target)
    return [{ v: 1, k: 'policy', t, act: 'rolled_back', bundle: target, by, roles: [...roles], why }]
  })
  return target
}

/** @throws Refused NOT_FOUND, REQUEST_INVALID */
export const wayBack = ({ active, past }: Orders, bundle?: string): string => {
  const target = bundle ?? past.filter((one) => one !== active?.bundle).at(-1)
  if (target === undefined || !past.includes(target))
    throw new Refused('NOT_FOUND', {
      en: 'No such bundle was in force here before.',
      fr: "Aucune politique de ce nom n'a été en vigueur ici.",
    })
  if (target === active?.bundle)
    throw invalid('This bundle is in force already.', 'Cette politique est déjà en vigueur.')
  return target
}
