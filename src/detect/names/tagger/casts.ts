import { type Line, castAt, edge, isTold, startsSentence } from './features.ts'
import type { Score } from './sums.ts'
import type { Tokens } from './tokens.ts'

/** Sums that are kept; one that comes to the same place takes it. */
const kept = 1 << 12
const columns = 5

/** What the casts of a place and of its neighbours say together (`placeFeatures`): texts have the same few again and again. */
export interface Casts {
  /**
   * Looks for the sum of a place and adds it.
   * @returns false if it is not known: whoever computes it keeps it
   */
  add(tokens: Tokens, at: number, line: Line, score: Score): boolean
  /** Keeps the sum of the place that was asked for last. */
  keep(sum: Score): void
}

export const makeCasts = (): Casts => {
  /** Two numbers that tell a place from others, the second never 0, then the sums. */
  const table = new Int32Array(kept * columns)
  let first = 0
  let second = 0
  let row = 0
  return {
    add(tokens, at, line, score) {
      // Casts have 11 bits, the rest of the place 8.
      first =
        castAt(tokens, at) |
        (castAt(tokens, at - 1) << 11) |
        (startsSentence(tokens, at) << 22) |
        (edge(tokens, at) << 24) |
        (line.kind << 26) |
        (isTold(line) ? 1 << 29 : 0)
      second = castAt(tokens, at + 1) + 1
      const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b)
      row = columns * ((mixed ^ (mixed >>> 15)) & (kept - 1))
      if (table[row] !== first || table[row + 1] !== second) return false
      score.per += table[row + 2]!
      score.loc += table[row + 3]!
      score.org += table[row + 4]!
      return true
    },
    keep({ per, loc, org }) {
      table[row] = first
      table[row + 1] = second
      table[row + 2] = per
      table[row + 3] = loc
      table[row + 4] = org
    },
  }
}
