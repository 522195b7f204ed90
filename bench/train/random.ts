/** Seeded numbers (mulberry32), so that the same data give the same model on every machine. */
export interface Random {
  next(): number
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

export const makeRandom = (seed: number): Random => {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: (list) => list[below(list.length)]!, chance: (share) => next() < share }
}

/** FNV-1a of an id: bit 0 splits a corpus in two halves, bits 1 and 2 set a quarter apart for calibration. */
export const splitOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return (hash ^ (hash >>> 7)) >>> 0
}
export const isHeld = (id: string): boolean => (splitOf(id) & 1) === 1
export const isCalibration = (id: string): boolean => (splitOf(id) & 7) === 0
