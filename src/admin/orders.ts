/** The book of orders: what people ordered, and how one more is written. */
import { PolicyInvalid, Refused } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import { type FaultFields, faultFields } from '../policy/faults.ts'
import type { OrderBody, Orders } from '../policy/orders.ts'

/** Who orders, in which roles; no secret. */
export interface Orderer {
  readonly who: string
  readonly roles: readonly string[]
  /** Limited to these clients: such a one orders nothing that concerns all. */
  readonly clients?: readonly string[]
}

export interface Told {
  readonly orders: Orders
  /** The database's time. */
  readonly now: Date
}

export interface OrderBook {
  /** Name of the log, which every signature names. */
  readonly log: string
  /** Approvals by different people that a bundle needs. */
  readonly needed: 0 | 1 | 2
  /** All that the log says now. */
  read(): Promise<Told>
  /** What it said up to a place of the log (`Orders.next`). */
  asOf(next: number): Promise<Orders>
  /** A stored bundle, checked; null if there is none of that digest. */
  bundleOf(digest: string): Promise<Bundle | null>
  /**
   * One order at a time over all instances: what `make` is told still holds when its records are written, and
   * every instance is told of them. @returns what the log says then
   */
  write(make: (told: Told) => Promise<readonly OrderBody[]>): Promise<Told>
}

/** @throws Refused REQUEST_INVALID */
export const invalid = (en: string, fr: string): Refused => new Refused('REQUEST_INVALID', { en, fr })

export const noneStored = (): Refused =>
  new Refused('NOT_FOUND', {
    en: 'There is no stored bundle of that digest.',
    fr: "Il n'y a pas de politique conservée sous cette empreinte.",
  })

/**
 * A stored bundle that somebody orders something of.
 * @throws Refused NOT_FOUND; POLICY_INVALID: this version of the program cannot read it (any more)
 */
export const storedIn = async ({ bundleOf }: OrderBook, digest: string): Promise<Bundle> => {
  const bundle = await bundleOf(digest).catch((error: unknown) => {
    throw error instanceof PolicyInvalid ? invalidFiles(error.faults.map(faultFields)) : error
  })
  if (bundle === null) throw noneStored()
  return bundle
}

/** The first few faults, each with file and line. */
export const invalidFiles = (faults: readonly FaultFields[]): Refused => {
  const some = faults.slice(0, 5)
  return new Refused('POLICY_INVALID', {
    en: some.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('; '),
    fr: some.map(({ file, line, message_fr: message }) => `${file}:${line}: ${message}`).join(' ; '),
  })
}

/** The bundle in force. @throws Refused POLICY_INVALID */
export const inForce = async ({ bundleOf }: OrderBook, { active }: Orders): Promise<Bundle> => {
  const bundle =
    active === undefined
      ? null
      : await bundleOf(active.bundle).catch((error: unknown) => {
          throw error instanceof PolicyInvalid ? invalidFiles(error.faults.map(faultFields)) : error
        })
  if (bundle === null) throw new Refused('POLICY_INVALID')
  return bundle
}

/** An order that concerns every client is not for somebody who sees some. @throws Refused ROLE_MISSING */
export const forAll = (person: Orderer): void => {
  if (person.clients !== undefined) throw new Refused('ROLE_MISSING')
}

/**
 * A reason is read by auditors for years and can never be taken back: it says why, not about whom.
 * @param identifiers finds checksum and fixed-form identifiers
 * @throws Refused REQUEST_INVALID
 */
export const checkReason = (text: string, identifiers: (text: string) => readonly unknown[]): void => {
  const length = text.trim().length
  if (length < 3 || text.length > 500 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
    throw invalid(
      'A reason is one line of 3 to 500 characters.',
      'Un motif est une ligne de 3 à 500 caractères.',
    )
  if (identifiers(text).length > 0)
    throw invalid(
      'The reason holds an e-mail address, a number or another identifier: the log keeps no personal data.',
      'Le motif comporte une adresse, un numéro ou un autre identifiant : le journal ne garde aucune donnée personnelle.',
    )
}
