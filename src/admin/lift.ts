/** Lifting one overridable restriction on one route until a date, by an approver's signature; and ending that. */
import { isoTime } from '../audit/record.ts'
import { Refused } from '../errors.ts'
import type { Rule } from '../policy/bundle.ts'
import { ruleDigest } from '../policy/lifted.ts'
import { liftText } from '../policy/mandate.ts'
import type { Lift, Orders } from '../policy/orders.ts'
import { checkSignature } from './approve.ts'
import { type OrderBook, type Orderer, inForce, invalid } from './orders.ts'

export interface LiftAsk {
  readonly rule: string
  readonly client: string
  readonly provider: string
  /** '' for every purpose. */
  readonly purpose: string
  /** RFC 3339. */
  readonly until: string
  readonly why: string
  /** ruleDigest of the rule that its approver read. */
  readonly says: string
  readonly nonce: string
  readonly jws: string
}

/** What is meant to last is a rule, not an exception to one. */
const mostDays = 366

/**
 * The rule in force that may be lifted on such a route.
 * @throws Refused NOT_FOUND, PURPOSE_UNKNOWN, REQUEST_INVALID (it may not be lifted), POLICY_INVALID
 */
export async function liftable(
  book: OrderBook,
  known: Orders,
  { rule, client, provider, purpose }: Pick<LiftAsk, 'rule' | 'client' | 'provider' | 'purpose'>,
): Promise<Rule> {
  const bundle = await inForce(book, known)
  const found = bundle.rules.find(({ id }) => id === rule)
  const its = bundle.clients.get(client)?.purposes ?? {}
  if (found === undefined || !bundle.providers.has(provider) || !bundle.clients.has(client))
    throw new Refused('NOT_FOUND')
  if (purpose !== '' && !Object.hasOwn(its, purpose)) throw new Refused('PURPOSE_UNKNOWN')
  if (!found.overridable || typeof found.decide !== 'object')
    throw invalid(
      'This rule cannot be overridden: it has no overridable: true.',
      "Cette règle ne peut pas être levée : elle n'est pas overridable: true.",
    )
  return found
}

/** @throws Refused NOT_FOUND, REQUEST_INVALID, ROLE_MISSING, POLICY_INVALID */
export async function lift(book: OrderBook, person: Orderer, ask: LiftAsk): Promise<Lift | undefined> {
  const { rule, says, client, provider, purpose, until, why, nonce, jws } = ask
  const { who: by, roles } = person
  if (person.clients !== undefined && !person.clients.includes(client)) throw new Refused('NOT_FOUND')
  const { orders } = await book.write(async ({ orders: known, now }) => {
    const found = await liftable(book, known, ask)
    if (ruleDigest(found) !== says)
      throw invalid(
        'The rule in force says something else than the one that was signed: read it again.',
        'La règle en vigueur dit autre chose que celle qui a été signée : relisez-la.',
      )
    const left = Date.parse(until) - now.getTime()
    if (!(left > 0) || left > mostDays * 86_400_000 || isoTime(new Date(until)) !== until)
      throw invalid(
        'An override ends within a year, at a time to come.',
        'Une dérogation à une règle prend fin dans l’année, à une date à venir.',
      )
    await checkSignature(known, { by, nonce, jws, text: liftText({ log: book.log, ...ask }) })
    return [
      {
        ...({ v: 1, k: 'override', t: isoTime(now), act: 'lifted', by, roles: [...roles], why } as const),
        ...{ provider, client, rule, says, until, nonce, jws },
        ...(purpose === '' ? {} : { purpose }),
      },
    ]
  })
  return orders.lifts.get(nonce)
}

/** @returns false if there is none of that id */
export async function endLift(book: OrderBook, person: Orderer, id: string, why: string): Promise<boolean> {
  const { who: by, roles } = person
  let was = false
  await book.write(async ({ orders, now }) => {
    const known = orders.lifts.get(id)
    if (known === undefined || person.clients?.includes(known.client) === false) return []
    was = true
    return [{ v: 1, k: 'override', t: isoTime(now), act: 'ended', by, roles: [...roles], why, nonce: id }]
  })
  return was
}
