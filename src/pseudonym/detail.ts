/** The erasable detail of a log record, sealed under the month's shred key: when that key goes, so does it. */
import { randomBytes } from 'node:crypto'
import type { Keys } from './keys.ts'
import { lengthPrefixed } from './keys.ts'
import { asKey, open, seal } from './seal.ts'

const MONTH = 'YYYY-MM'.length

const belongs = (tid: string, month: string): Buffer => lengthPrefixed(['douane', 'detail', tid, month])

/** Stored as month (7 ASCII bytes) ‖ nonce ‖ ciphertext ‖ tag; opens only for its transfer. */
export const sealDetail = (keys: Keys, detail: Buffer, tid: string): Buffer => {
  const { month, key } = keys.shred.current()
  return Buffer.concat([
    Buffer.from(month, 'latin1'),
    seal(asKey(key), belongs(tid, month), detail, randomBytes),
  ])
}

/** null once the month's key was destroyed, or if the row is not this transfer's. */
export const openDetail = (keys: Keys, sealed: Buffer, tid: string): Buffer | null => {
  const month = sealed.toString('latin1', 0, MONTH)
  const key = keys.shred.of(month)
  return (key && open(asKey(key), belongs(tid, month), sealed.subarray(MONTH))) ?? null
}
