/**
 * Keys of the vault (design §8). One master key; from it, by HKDF-SHA-256 (RFC 5869) with labelled and
 * length-prefixed info, so that no two purposes of a key can meet:
 *   index    what is the same value? client, provider, purpose, scope, scope value, epoch
 *   subject  who is it? client, epoch
 *   digest   case and subject as the log may show them: client, what, epoch
 * Originals are sealed under a random key per subject; that key is stored wrapped by the month's shred key,
 * which config/ keeps outside the database and wrapped by the master key.
 */
import { createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Misconfigured } from '../errors.ts'
import type { MacKey } from './mac.ts'
import { mac, macKey } from './mac.ts'

export const KEY_BYTES = 32

export interface ShredKeys {
  /** The key of the running month, made when the month is new. `YYYY-MM`, 32 bytes. */
  current(): { readonly month: string; readonly key: Buffer }
  /** undefined once it was destroyed. */
  of(month: string): Buffer | undefined
}

/** Four bytes of length before each part: `ab`,`c` and `a`,`bc` differ. */
export const lengthPrefixed = (parts: readonly (string | Buffer)[]): Buffer => {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
  const out = Buffer.allocUnsafe(bytes.reduce((sum, part) => sum + 4 + part.length, 0))
  let at = 0
  for (const part of bytes) {
    at = out.writeUInt32BE(part.length, at)
    at += part.copy(out, at)
  }
  return out
}

/** HMAC-SHA-256 over length-prefixed parts: 32 bytes. */
export const keyed = (key: MacKey, ...parts: readonly (string | Buffer)[]): Buffer =>
  mac(key, lengthPrefixed(parts))

const HELD = 4_096

export class Keys {
  readonly shred: ShredKeys
  readonly #master: KeyObject
  readonly #epoch: string
  /** Derived keys, least recently made first; a transfer's own index key passes through once. */
  readonly #derived = new Map<string, MacKey>()

  private constructor(master: KeyObject, shred: ShredKeys, epoch: number) {
    this.#master = master
    this.shred = shred
    this.#epoch = String(epoch)
  }

  /**
   * @param master 32 bytes
   * @param epoch part of every derived key: a new epoch starts all pseudonyms and references afresh
   * @throws Misconfigured
   */
  static open({ master, shred, epoch = 1 }: { master: Buffer; shred: ShredKeys; epoch?: number }): Keys {
    if (master.length !== KEY_BYTES)
      throw new Misconfigured('The master key must have 32 bytes.', 'La clé maîtresse doit faire 32 octets.')
    return new Keys(createSecretKey(master), shred, epoch)
  }

  #derive(...info: readonly string[]): MacKey {
    const label = lengthPrefixed(['douane', ...info, this.#epoch])
    const name = label.toString('latin1')
    const held = this.#derived.get(name)
    if (held !== undefined) return held
    const key = macKey(Buffer.from(hkdfSync('sha256', this.#master, '', label, KEY_BYTES)))
    if (this.#derived.size >= HELD) this.#derived.delete(this.#derived.keys().next().value!)
    this.#derived.set(name, key)
    return key
  }

  /** Key of one circle: inside it, and only there, the same value has the same index. */
  index(client: string, provider: string, purpose: string, scope: string, value: string): MacKey {
    return this.#derive('index', client, provider, purpose, scope, value)
  }

  /** Key under which persons of one client are referenced. */
  subject(client: string): MacKey {
    return this.#derive('subject', client)
  }

  /** Key of digests that records and search may show. */
  digest(client: string, what: string): MacKey {
    return this.#derive('digest', client, what)
  }
}

/** Keys that nobody keeps: for `try`, whose pseudonyms resolve nowhere. */
export const throwAwayKeys = (): Keys => {
  const month = new Date().toISOString().slice(0, 7)
  const key = randomBytes(KEY_BYTES)
  return Keys.open({
    master: randomBytes(KEY_BYTES),
    shred: { current: () => ({ month, key }), of: (asked) => (asked === month ? key : undefined) },
  })
}
