/**
 * AES-256-GCM (NIST SP 800-38D), stored as nonce ‖ ciphertext ‖ tag, with associated data that says where the
 * row belongs: a row moved to another client, provider, token or category does not open.
 * A subject's key seals few values, and each nonce is 96 random bits.
 */
import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { Keys } from './keys.ts'
import { KEY_BYTES, lengthPrefixed } from './keys.ts'
import type { Random } from './token.ts'

const NONCE = 12
const TAG = 16

export const seal = (key: KeyObject, aad: Buffer, plain: Buffer, random: Random): Buffer => {
  const nonce = random(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** undefined if it does not open. */
export const open = (key: KeyObject, aad: Buffer, sealed: Buffer): Buffer | undefined => {
  if (sealed.length < NONCE + TAG) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(aad).setAuthTag(sealed.subarray(-TAG))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
  } catch {
    return undefined
  }
}

/** A subject's data key, and how it is stored. */
export interface SubjectKey {
  readonly month: string
  readonly wrapped: Buffer
  /** Never leaves this room. */
  readonly key: KeyObject
}

/**
 * OpenSSL takes a KeyObject four times faster than bytes. Held as long as the bytes are: who destroys a month's
 * key drops them.
 */
const keyObjects = new WeakMap<Buffer, KeyObject>()
export const asKey = (bytes: Buffer): KeyObject => {
  const held = keyObjects.get(bytes)
  if (held !== undefined) return held
  const key = createSecretKey(bytes)
  keyObjects.set(bytes, key)
  return key
}

const wrapping = (client: string, ref: Buffer, month: string): Buffer =>
  lengthPrefixed(['douane', 'subject key', client, ref, month])

/** A new key of 256 random bits, wrapped by the running month's shred key. */
export const newSubjectKey = (keys: Keys, client: string, ref: Buffer, random: Random): SubjectKey => {
  const { month, key: shred } = keys.shred.current()
  const bytes = random(KEY_BYTES)
  const wrapped = seal(asKey(shred), wrapping(client, ref, month), bytes, random)
  return { month, wrapped, key: createSecretKey(bytes) }
}

/** A subject's key as it is stored. */
export interface WrappedKey {
  readonly client: string
  readonly ref: Buffer
  /** `YYYY-MM` of the shred key that wraps it. */
  readonly month: string
  readonly wrapped: Buffer
}

/** undefined if the month's shred key was destroyed or does not open it: then nobody can. */
export const openSubjectKey = (
  keys: Keys,
  client: string,
  { ref, month, wrapped }: { readonly ref: Buffer; readonly month: string; readonly wrapped: Buffer },
): SubjectKey | undefined => {
  const shred = keys.shred.of(month)
  const bytes = shred && open(asKey(shred), wrapping(client, ref, month), wrapped)
  return bytes === undefined ? undefined : { month, wrapped, key: createSecretKey(bytes) }
}

/** What a pseudonym stands for: the text as it was sent, and whether it was a number. */
export interface Original {
  readonly kind: 'text' | 'number'
  readonly text: string
}

export interface SealedPlace {
  readonly client: string
  readonly provider: string
  readonly token: string
  readonly category: Category
}

const place = ({ client, provider, token, category }: SealedPlace): Buffer =>
  lengthPrefixed(['douane', 'original', client, provider, token, category])

/** UTF-8, or UTF-16 where the text holds half of a surrogate pair: it must come home as it left. */
export const sealOriginal = (
  { key }: SubjectKey,
  at: SealedPlace,
  { kind, text }: Original,
  random: Random,
): Buffer => {
  const wellFormed = text.isWellFormed()
  const mark = (kind === 'number' ? 1 : 0) | (wellFormed ? 0 : 2)
  const plain = Buffer.concat([Buffer.of(mark), Buffer.from(text, wellFormed ? 'utf8' : 'utf16le')])
  return seal(key, place(at), plain, random)
}

/** @throws Refused VAULT_UNAVAILABLE if the key is right and the row is not: the store was tampered with */
export const openOriginal = ({ key }: SubjectKey, at: SealedPlace, sealed: Buffer): Original => {
  const plain = open(key, place(at), sealed)
  const mark = plain?.[0]
  if (plain === undefined || mark === undefined || mark > 3) throw new Refused('VAULT_UNAVAILABLE')
  const text = plain.subarray(1).toString(mark & 2 ? 'utf16le' : 'utf8')
  return { kind: mark & 1 ? 'number' : 'text', text }
}
