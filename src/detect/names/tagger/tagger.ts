import { type Budget, spend } from '../../budget.ts'
import { expTransitions, makeSums, marginalsOf } from './chain.ts'
import { besideFeatures, eachCandidate, foldedOf, longest, ownFeatures, placeFeatures } from './features.ts'
import { bitsOf, PER, type Model, type TextKind, weightsOf } from './model.ts'
import { LOWERED, WORD, makeTokens, release, tokenise } from './tokens.ts'

/** A run of words that the model takes for a person's name; `marginal` is the mean over its words. */
export interface Tagged {
  readonly start: number
  readonly end: number
  readonly marginal: number
  readonly kind: TextKind
  readonly capital: boolean
}

/** Sums of one word's features as itself and as neighbour (-2, -1, 1, 2): three weights each. */
const columns = 15
/** Words whose sums are kept; when it is full the cache begins anew, so that memory is bounded. */
const cacheSize = 1 << 14
const chainCost = 30

interface Cache {
  used: number
  words: string[]
  /** Entry + 1. */
  readonly slots: Int32Array
  readonly sums: Int16Array
}

const makeCache = (): Cache => ({
  used: 0,
  words: [],
  slots: new Int32Array(cacheSize * 4),
  sums: new Int16Array((cacheSize + 1) * columns),
})

export interface Tagger {
  readonly model: Model
  /** Names in a text, left to right, whose marginal reaches the lower bound. */
  tag(text: string, budget: Budget, bound?: number): Tagged[]
}

export const makeTagger = (model: Model): Tagger => {
  const tokens = makeTokens()
  const cache = makeCache()
  const { scale } = model.header
  const exp = expTransitions(model.header.transitions)
  const sums = makeSums(longest)
  const scores = new Float64Array(longest * 4)
  const marginals = new Float64Array(longest * 4)
  const gaps = new Uint8Array(longest)
  const places = new Int32Array(longest)
  const forms = new Uint8Array(longest)
  const { table } = model
  let per = 0
  let loc = 0
  let org = 0
  const emit = (feature: number): void => {
    const at = weightsOf(model, feature)
    if (at < 0) return
    const weights = table[at]!
    per += (weights << 8) >> 24
    loc += (weights << 16) >> 24
    org += (weights << 24) >> 24
  }

  const fill = (entry: number, column: number): void => {
    const row = entry * columns + column * 3
    cache.sums[row] = per
    cache.sums[row + 1] = loc
    cache.sums[row + 2] = org
    per = loc = org = 0
  }

  /** Entry of the token's sums; equal spellings share it. */
  const entryOf = (at: number): number => {
    const { text, start, end, kind, hash, shape, bits } = tokens
    const isWord = kind[at] === WORD
    const from = start[at]!
    const size = isWord ? end[at]! - from : 0
    const key = hash[at]!
    const limit = cache.slots.length - 1
    let slot = (key ^ (key >>> 11)) & limit
    for (; cache.slots[slot] !== 0; slot = (slot + 1) & limit) {
      const entry = cache.slots[slot]! - 1
      const known = cache.words[entry]!
      if (isWord ? known.length === size && text.startsWith(known, from) : known === `\0${key}`) return entry
    }
    if (cache.used === cacheSize) {
      cache.used = 0
      cache.words = []
      cache.slots.fill(0)
      slot = (key ^ (key >>> 11)) & limit
    }
    const entry = cache.used++
    cache.slots[slot] = entry + 1
    // A copy: a slice would keep the whole text alive.
    cache.words[entry] = isWord
      ? Buffer.from(text.slice(from, from + size), 'utf16le').toString('utf16le')
      : `\0${key}`
    const folded = isWord ? foldedOf(tokens, at) : ''
    const cast = isWord ? shape[at]! : 0
    const bit = isWord ? bits[at]! : 0
    per = loc = org = 0
    ownFeatures(folded, key, cast, bit, emit)
    fill(entry, 0)
    ;[-2, -1, 1, 2].forEach((side, index) => {
      besideFeatures(side, folded, key, cast, bit, emit)
      fill(entry, index + 1)
    })
    return entry
  }

  const addSums = (at: number, column: number): void => {
    if (at < 0 || at >= tokens.count) return
    const row = entryOf(at) * columns + column * 3
    per += cache.sums[row]!
    loc += cache.sums[row + 1]!
    org += cache.sums[row + 2]!
  }

  const spans = (length: number, bound: number, out: Tagged[]): void => {
    marginalsOf(length, scores, gaps, exp, sums, marginals)
    for (let at = 0; at < length;) {
      if (marginals[at * 4 + PER]! < bound * 0.6) {
        at++
        continue
      }
      let to = at
      let sum = 0
      let most = 0
      let form = 0
      let capital = false
      for (; to < length && marginals[to * 4 + PER]! >= bound * 0.6; to++) {
        const value = marginals[to * 4 + PER]!
        sum += value
        most = Math.max(most, value)
        form += forms[to]!
        if (tokens.shape[places[to]!] !== LOWERED) capital = true
      }
      if (most >= bound) {
        const last = places[to - 1]!
        const end = tokens.end[last]!
        const dotted = tokens.start[last] === end - 1 && tokens.text.charCodeAt(end) === 0x2e
        out.push({
          start: tokens.start[places[at]!]!,
          end: dotted ? end + 1 : end,
          marginal: sum / (to - at),
          kind: tokens.lower ? 'chat' : form * 2 >= to - at ? 'form' : 'prose',
          capital,
        })
      }
      at = to
    }
  }

  const tag = (text: string, budget: Budget, bound = 0.1): Tagged[] => {
    const out: Tagged[] = []
    let length = 0
    try {
      spend(budget, text.length)
      tokenise(tokens, text)
      for (let at = 0; at < tokens.count; at++) {
        tokens.bits[at] = tokens.kind[at] === WORD ? bitsOf(model, tokens.hash[at]!) : 0
      }
      eachCandidate(tokens, (at, gap, line) => {
        if (gap === 0 && length > 0) {
          spans(length, bound, out)
          length = 0
        }
        spend(budget, chainCost)
        per = loc = org = 0
        placeFeatures(tokens, at, line, emit)
        let ownPer = per
        let ownLoc = loc
        let ownOrg = org
        for (let column = 0; column < 5; column++) {
          per = loc = org = 0
          addSums(at + sides[column]!, column)
          ownPer += per
          ownLoc += loc
          ownOrg += org
        }
        scores[length * 4 + 1] = ownPer * scale
        scores[length * 4 + 2] = ownLoc * scale
        scores[length * 4 + 3] = ownOrg * scale
        gaps[length] = gap
        places[length] = at
        forms[length] = line.label !== 0 || (line.kind & 2) !== 0 ? 1 : 0
        length++
      })
      if (length > 0) spans(length, bound, out)
    } finally {
      release(tokens)
    }
    return out
  }
  return { model, tag }
}

const sides = [0, -2, -1, 1, 2]
