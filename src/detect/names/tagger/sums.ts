import { besideFeatures, foldedOf, ownFeatures } from './features.ts'
import { type Model, bitsOf, weightsOf } from './model.ts'
import { type Tokens, WORD } from './tokens.ts'

/** A word as itself and as neighbour (-2, -1, 1, 2): three sums of weights each. */
const sides = [-2, -1, 1, 2]
const columns = 15
/** Words kept; a text that holds more computes the rest afresh, and the next one begins anew: memory is bounded. */
const kept = 1 << 14
/** The entry of a word that is not kept. */
const scratch = kept

/** Sums of weights of one place; whoever reads them sets them to 0 before. */
export interface Score {
  per: number
  loc: number
  org: number
}

export interface Sums {
  /** Before the words of a text are looked up. */
  begin(): void
  /** Entry of the token's spelling, or -1 if there is no room for it; sets its gazetteer bits. */
  entryOf(tokens: Tokens, at: number): number
  /** Adds what the word says of itself (column 0) or of a neighbour (1 … 4: it stands at -2, -1, 1, 2 of it). */
  add(tokens: Tokens, at: number, entry: number, column: number, score: Score): void
}

/** Adds the weights of a feature. */
export const addWeights = (model: Model, feature: number, score: Score): void => {
  const weights = weightsOf(model, feature)
  if (weights === 0) return
  score.per += (weights << 8) >> 24
  score.loc += (weights << 16) >> 24
  score.org += (weights << 24) >> 24
}

/** What depends on one word alone is computed once a spelling. */
export const makeSums = (model: Model): Sums => {
  let used = 0
  /** Entry + 1. */
  const slots = new Int32Array(kept * 4)
  const mask = slots.length - 1
  /** What tells an entry from others: hashes, so that no word of a text is kept. */
  const hashes = new Int32Array(kept)
  const spellings = new Int32Array(kept)
  const bits = new Uint8Array(kept + 1)
  const filled = new Uint8Array(kept + 1)
  const sums = new Int16Array((kept + 1) * columns)
  const sum: Score = { per: 0, loc: 0, org: 0 }
  const emit = (feature: number): void => addWeights(model, feature, sum)

  const begin = (): void => {
    if (used < kept) return
    used = 0
    slots.fill(0)
  }

  const entryOf = (tokens: Tokens, at: number): number => {
    const isWord = tokens.kind[at] === WORD
    const key = tokens.hash[at]!
    const spelling = isWord ? tokens.spelling[at]! : 0
    let slot = (key ^ (key >>> 11)) & mask
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = slots[slot]! - 1
      if (hashes[entry] === key && spellings[entry] === spelling) {
        tokens.bits[at] = bits[entry]!
        return entry
      }
    }
    tokens.bits[at] = isWord ? bitsOf(model, key) : 0
    if (used === kept) return -1
    const entry = used++
    slots[slot] = entry + 1
    hashes[entry] = key
    spellings[entry] = spelling
    bits[entry] = tokens.bits[at]!
    filled[entry] = 0
    return entry
  }

  const put = (row: number): void => {
    sums[row] = sum.per
    sums[row + 1] = sum.loc
    sums[row + 2] = sum.org
    sum.per = sum.loc = sum.org = 0
  }

  const fill = (tokens: Tokens, at: number, entry: number): void => {
    const isWord = tokens.kind[at] === WORD
    const folded = isWord ? foldedOf(tokens, at) : ''
    const key = tokens.hash[at]!
    const shape = isWord ? tokens.shape[at]! : 0
    const bit = tokens.bits[at]!
    sum.per = sum.loc = sum.org = 0
    ownFeatures(folded, key, shape, bit, emit)
    put(entry * columns)
    sides.forEach((side, index) => {
      besideFeatures(side, folded, key, shape, bit, emit)
      put(entry * columns + 3 * (index + 1))
    })
    filled[entry] = 1
  }

  const add = (tokens: Tokens, at: number, known: number, column: number, score: Score): void => {
    const entry = known < 0 ? scratch : known
    if (known < 0 || filled[entry] === 0) fill(tokens, at, entry)
    const row = entry * columns + 3 * column
    score.per += sums[row]!
    score.loc += sums[row + 1]!
    score.org += sums[row + 2]!
  }

  return { begin, entryOf, add }
}
