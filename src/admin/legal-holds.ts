/** Legal holds: what stops the log from being pruned, and who may say so. */
import { type Orderer, forAll } from './orders.ts'

export interface LegalHold {
  /** 32 hex digits. */
  readonly id: string
  readonly by: string
  readonly roles: string[]
  readonly reason: string
  /** RFC 3339. */
  readonly since: string
}

export interface LegalHolds {
  list(): Promise<LegalHold[]>
  /** In force in both logs when it resolves. */
  place(person: Orderer, reason: string): Promise<LegalHold>
  /** Of one that was lifted before there is nothing left to do. @returns false if there was no such hold */
  lift(person: Orderer, id: string, reason: string): Promise<boolean>
}

/** @throws Refused ROLE_MISSING */
export const placeHold = async (holds: LegalHolds, person: Orderer, reason: string): Promise<LegalHold> => {
  forAll(person)
  return holds.place(person, reason)
}

/** @returns false if there was no such hold; @throws Refused ROLE_MISSING */
export const liftHold = async (
  holds: LegalHolds,
  person: Orderer,
  id: string,
  reason: string,
): Promise<boolean> => {
  forAll(person)
  return holds.lift(person, id, reason)
}
