/**
 * A new key of a log is announced in the log itself, by a `key` record that the old key signs, so that whoever pinned
 * the old key comes to the new one without asking anybody, and that the new key signs too, so that nobody announces a
 * key that he does not hold. From that record on the new key signs every head; the old one may sign beside it, for
 * witnesses that have not learnt the new one yet.
 */
import { sign, verify } from 'node:crypto'
import type { KeyBody } from '../model/record.ts'
import { canonical } from './canonical.ts'
import { NoteRefused, readVkey, vkeyOf } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'

/** The acts of such records: a key of the log, and in the same form the key that enrols instances; others speak of other keys. */
export const rotated = 'log.rotated'
export const enrolmentRotated = 'enrol.rotated'

/** So that no signature about one key can stand for another. */
const whats: Readonly<Record<string, string>> = {
  [rotated]: 'douane-log-key-v1',
  [enrolmentRotated]: 'douane-enrolment-key-v1',
}

/** Keys that one log may have had: a bundle that claims more is not read. */
export const maxRotations = 4096

/** What both keys sign: canonical JSON of {new, old, what}, vkeys. */
const message = (act: string, old: string, next: string): Buffer =>
  canonical({ new: next, old, what: whats[act] })

const holds = (text: Buffer, by: Verifier, signature: string | undefined): boolean => {
  const bytes = Buffer.from(signature ?? '', 'base64')
  return bytes.length === 64 && bytes.toString('base64') === signature && verify(null, text, by.key, bytes)
}

/** The record that announces `next` after `old`; both private keys. */
export const rotationBody = (
  old: Signer,
  next: Signer,
  said: { readonly t: string; readonly by: string; readonly why: string },
  act: typeof rotated | typeof enrolmentRotated = rotated,
): KeyBody => {
  const text = message(act, vkeyOf(old), vkeyOf(next))
  return {
    ...{ v: 1, k: 'key', act, subject: old.name, ...said },
    old: vkeyOf(old),
    new: vkeyOf(next),
    sig: sign(null, text, old.key).toString('base64'),
    proof: sign(null, text, next.key).toString('base64'),
  }
}

export const isRotation = (record: { readonly k: string; readonly act?: unknown }): record is KeyBody =>
  record.k === 'key' && record.act === rotated

export interface Rotation {
  readonly old: Verifier
  readonly next: Verifier
}

/** What the record announces, or undefined if one of both signatures does not hold. */
export const readRotation = (record: KeyBody): Rotation | undefined => {
  if (!Object.hasOwn(whats, record.act)) return undefined
  try {
    const [old, next] = [readVkey(record.old ?? ''), readVkey(record.new ?? '')]
    if (old.name !== record.subject || old.name !== next.name || old.id === next.id) return undefined
    const text = message(record.act, vkeyOf(old), vkeyOf(next))
    return holds(text, old, record.sig) && holds(text, next, record.proof) ? { old, next } : undefined
  } catch (error) {
    if (error instanceof NoteRefused) return undefined
    throw error
  }
}

export const sameKey = (one: Verifier, other: Verifier): boolean =>
  one.name === other.name && one.key.equals(other.key)

/**
 * The keys after one more announcement, oldest first; undefined if it does not continue them.
 * @param keys empty: the log has announced none yet
 */
export const keysAfter = (keys: readonly Verifier[], record: KeyBody): readonly Verifier[] | undefined => {
  const announced = isRotation(record) ? readRotation(record) : undefined
  const last = keys.at(-1)
  if (announced === undefined || (last !== undefined && !sameKey(last, announced.old))) return undefined
  return [...(last === undefined ? [announced.old] : keys), announced.next]
}
