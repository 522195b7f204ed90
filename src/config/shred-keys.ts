/**
 * One shred key a month, outside the database: it wraps the keys of that month's subjects, so deleting its
 * file makes them unrecoverable wherever the database was copied to (design §8, Keys). A file
 * `shred/2026-11.key` is nonce ‖ AES-256-GCM(master, key) ‖ tag with the month as associated data;
 * `2026-11.shredded` says that it was destroyed on purpose.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured, wrongFile } from '../errors.ts'
import type { ShredKeys } from '../pseudonym/keys.ts'
import { createPrivate, makeFolder, readPrivate, writePrivate } from './private-file.ts'

/** Months are UTC; `of` never makes a key. */
export interface ShredFiles extends ShredKeys {
  /** Months whose key is there, in order. */
  months(): readonly string[]
  /** True if the month's key was destroyed on purpose. */
  isShredded(month: string): boolean
  /** Destroys the key of a month for good. */
  shred(month: string): void
}

const monthForm = /^\d{4}-(0[1-9]|1[0-2])$/
const label = (month: string): Buffer => Buffer.from(`douane shred key ${month}`)

const wrap = (master: Buffer, month: string, key: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(label(month))
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

const unwrap = (master: Buffer, month: string, wrapped: Buffer, file: string): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(label(month)).setAuthTag(wrapped.subarray(-16))
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()])
  } catch {
    throw wrongFile(file, 'the master key does not open it', "la clé maîtresse ne l'ouvre pas")
  }
}

/**
 * @param folder secrets/shred
 * @param master 32 bytes
 * @throws Misconfigured (from any call) if a file is readable by others or does not open
 */
export const openShredFiles = (
  folder: string,
  master: Buffer,
  now: () => Date = () => new Date(),
): ShredFiles => {
  makeFolder(folder)
  const known = new Map<string, Buffer>()
  const file = (month: string): string => join(folder, `${month}.key`)
  const gone = (month: string): string => join(folder, `${month}.shredded`)

  const of = (month: string): Buffer | undefined => {
    if (!monthForm.test(month)) return undefined
    const cached = known.get(month)
    if (cached !== undefined) return cached
    const wrapped = readPrivate(file(month))
    if (wrapped === undefined) return undefined
    const key = unwrap(master, month, wrapped, file(month))
    known.set(month, key)
    return key
  }
  const isShredded = (month: string): boolean => existsSync(gone(month))

  return {
    of,
    isShredded,
    current() {
      const month = now().toISOString().slice(0, 7)
      const there = of(month)
      if (there !== undefined) return { month, key: there }
      if (isShredded(month))
        throw wrongFile(
          gone(month),
          'the key of the running month was shredded',
          'la clé du mois en cours a été détruite',
        )
      createPrivate(file(month), wrap(master, month, randomBytes(32)))
      // Another process may have been first: what counts is what the file holds.
      const key = of(month)
      if (key === undefined)
        throw wrongFile(file(month), 'vanished as it was made', 'a disparu au moment de sa création')
      return { month, key }
    },
    months: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.key') && monthForm.test(name.slice(0, -4)))
        .map((name) => name.slice(0, -4))
        .toSorted(),
    shred(month) {
      if (!monthForm.test(month))
        throw new Misconfigured('a month is written YYYY-MM', "un mois s'écrit AAAA-MM")
      writePrivate(gone(month), Buffer.from('shredded\n'))
      known.get(month)?.fill(0)
      known.delete(month)
      if (existsSync(file(month))) unlinkSync(file(month))
    },
  }
}
