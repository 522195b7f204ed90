/**
 * Which keys may seal, as the log itself says. The enrolment key certifies the key of each boot; a new one is announced
 * by a record that both sign (`enrol.rotated`), and certifies every boot that begins after it. A boot whose key is no
 * longer its own is named (`instance.revoked`): what it sealed before stays good, nothing after it counts. This fold is
 * the integrator's and the verifier's alike.
 */
import type { KeyObject } from 'node:crypto'
import { Misconfigured } from '../errors.ts'
import type { KeyBody, LogRecord, Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { vkeyOf } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'
import type { TreeStore } from './log.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { enrolmentRotated, readRotation } from './rotation.ts'
import type { FindingCode } from './verify-words.ts'

export const revoked = 'instance.revoked'

const speaksOfSeals = (record: LogRecord): record is KeyBody & LogRecord =>
  record.k === 'key' && (record.act === enrolmentRotated || record.act === revoked)

export class Enrolment {
  /** All that the log has had, the newest last. */
  readonly keys: KeyObject[]
  readonly #revoked = new Set<string>()

  constructor(first: KeyObject) {
    this.keys = [first]
  }

  /** Certifies the boots that begin now. */
  get key(): KeyObject {
    return this.keys.at(-1)!
  }

  has(key: KeyObject): boolean {
    return this.keys.some((one) => one.equals(key))
  }

  isRevoked(boot: string): boolean {
    return this.#revoked.has(boot)
  }

  /** Takes a record in; what is wrong with it. */
  after(record: LogRecord): FindingCode | undefined {
    if (!speaksOfSeals(record)) return undefined
    if (record.act === revoked) {
      this.#revoked.add(record.subject)
      return undefined
    }
    const announced = readRotation(record)
    if (announced === undefined || !announced.old.key.equals(this.key)) return 'enrolment-broken'
    this.keys.push(announced.next.key)
    return undefined
  }
}

/** A record about seals, and its place. */
export interface SealKey {
  readonly index: number
  readonly record: LogRecord
}

/** What a log says of the keys of seals; what cannot be read is the integrator's to judge. @throws DatabaseFault */
export const sealKeys = async (
  store: Pick<TreeStore, 'keeping'>,
  stream: Stream,
): Promise<readonly SealKey[]> => {
  const found: SealKey[] = []
  for await (const { index, kind, body } of store.keeping(stream)) {
    if (kind !== 'key') continue
    try {
      const record = checkRecord(readCanonical(body))
      if (speaksOfSeals(record)) found.push({ index, record })
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
    }
  }
  return found
}

/** The enrolment keys that the log announces, oldest first; empty: it has its first. */
export const announcedEnrolment = (said: readonly SealKey[]): readonly Verifier[] =>
  said.reduce<readonly Verifier[]>((keys, { record }) => {
    const next = record.k === 'key' ? readRotation(record) : undefined
    const last = keys.at(-1)
    if (next === undefined || record.k !== 'key' || record.act !== enrolmentRotated) return keys
    if (last === undefined) return [next.old, next.next]
    return last.key.equals(next.old.key) ? [...keys, next.next] : keys
  }, [])

/**
 * Of our enrolment keys the one that certifies a boot of that log now.
 * @param name `NAME/enrol`
 * @throws Misconfigured if it is not here
 */
export const certifierOf = (said: readonly SealKey[], name: string, own: readonly KeyObject[]): Signer => {
  const newest = announcedEnrolment(said).at(-1)
  const all = own.map((key) => ({ name, key }))
  const found = newest === undefined ? all[0] : all.find((one) => vkeyOf(one) === vkeyOf(newest))
  if (found === undefined)
    throw new Misconfigured(
      'Another enrolment key counts now, and it is not in secrets/: copy enrolment.key (or enrolment.next.key) from where it was rotated.',
      "Une autre clé d'enrôlement fait désormais foi, et elle n'est pas dans secrets/ : copiez enrolment.key (ou enrolment.next.key) depuis l'endroit où elle a été remplacée.",
    )
  return found
}

/**
 * What counts before the record at `size`.
 * @param own the key that this installation trusts: one of those that the log leads to, else it begins with it
 */
export const enrolmentAt = (said: readonly SealKey[], own: KeyObject, size: number): Enrolment => {
  const keys = announcedEnrolment(said).map(({ key }) => key)
  const enrolment = new Enrolment(keys.some((key) => key.equals(own)) ? keys[0]! : own)
  for (const { index, record } of said) if (index < size) enrolment.after(record)
  return enrolment
}
