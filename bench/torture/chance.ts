/** Seeded chance, so that a run can be played again as far as the machine allows. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  between(from: number, to: number): number
  /** True that often, of one. */
  often(share: number): boolean
  pick<T>(some: readonly T[]): T
}

/** mulberry32: small, and good enough to choose moments. */
export const openChance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    often: (share) => next() < share,
    pick: (some) => some[Math.floor(next() * some.length)] as (typeof some)[number],
  }
}
