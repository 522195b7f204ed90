import { randomFillSync } from 'node:crypto'
import type { Random } from './token.ts'

/** Random bytes from a pool: a call for each nonce would cost more than the cipher. Never the same byte twice. */
const pool = Buffer.alloc(16_384)
let used = pool.length
export const random: Random = (bytes) => {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const out = Buffer.from(pool.subarray(used, used + bytes))
  pool.fill(0, used, used + bytes)
  used += bytes
  return out
}
