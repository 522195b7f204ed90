/** Stopping a provider at once, on every instance, and letting it go on. */
import { isoTime } from '../audit/record.ts'
import { Refused } from '../errors.ts'
import { type Hold, mayResume } from '../policy/orders.ts'
import { type OrderBook, type Orderer, forAll, inForce } from './orders.ts'

/** @throws Refused NOT_FOUND (no such provider in the policy in force), ROLE_MISSING, POLICY_INVALID */
export async function suspend(
  book: OrderBook,
  person: Orderer,
  provider: string,
  why: string,
): Promise<Hold | undefined> {
  forAll(person)
  const { who: by, roles } = person
  const { orders } = await book.write(async (told) => {
    const { providers } = await inForce(book, told.orders)
    // A name misspelt would leave the provider running and its DPO at ease.
    if (!providers.has(provider)) throw new Refused('NOT_FOUND')
    return [
      { v: 1, k: 'override', t: isoTime(told.now), act: 'suspended', provider, by, roles: [...roles], why },
    ]
  })
  return orders.holds.get(provider)
}

/** @returns false if it was not suspended; @throws Refused ROLE_MISSING */
export async function resume(
  book: OrderBook,
  person: Orderer,
  provider: string,
  why: string,
): Promise<boolean> {
  forAll(person)
  const { who: by, roles } = person
  let was = false
  await book.write(async ({ orders, now }) => {
    const hold = orders.holds.get(provider)
    if (hold === undefined) return []
    if (!mayResume(hold, roles))
      throw new Refused('ROLE_MISSING', {
        en: 'A DPO or an approver suspended this provider: an approver resumes it.',
        fr: "Un DPO ou un approbateur a suspendu ce prestataire : c'est à un approbateur de le rétablir.",
      })
    was = true
    return [{ v: 1, k: 'override', t: isoTime(now), act: 'resumed', provider, by, roles: [...roles], why }]
  })
  return was
}
