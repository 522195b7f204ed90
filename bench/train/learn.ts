import {
  endAt,
  expTransitions,
  makeSums,
  marginalsOf,
  startAt,
  transitionCount,
} from '../../src/detect/names/tagger/chain.ts'
import {
  besideFeatures,
  eachCandidate,
  foldedOf,
  longest,
  ownFeatures,
  placeFeatures,
} from '../../src/detect/names/tagger/features.ts'
import { WORD, makeTokens, tokenise } from '../../src/detect/names/tagger/tokens.ts'
import type { Doc } from './corpus.ts'
import type { Random } from './random.ts'

/** Chains of candidates with their features as numbers; the columns grow. */
export interface Examples {
  count: number
  /** Where the features of each candidate begin in `features`. */
  offsets: Int32Array
  features: Int32Array
  used: number
  gold: Uint8Array
  gaps: Uint8Array
}

const label: Readonly<Record<string, number>> = { PERSON: 1, LOCATION: 2, ADDRESS: 2, ORG: 3 }

export const makeExamples = (): Examples => ({
  count: 0,
  offsets: new Int32Array(1 << 20),
  features: new Int32Array(1 << 25),
  used: 0,
  gold: new Uint8Array(1 << 20),
  gaps: new Uint8Array(1 << 20),
})

const double = <T extends Int32Array | Uint8Array>(column: T): T => {
  const larger = new (column.constructor as new (size: number) => T)(column.length * 2)
  larger.set(column)
  return larger
}

/** Hides the gazetteer in 15 % of the documents and the word itself in 20 % of the places. */
export const addExamples = (
  examples: Examples,
  doc: Doc,
  bits: ReadonlyMap<number, number>,
  random: Random,
): void => {
  const tokens = makeTokens(Math.max(64, doc.text.length))
  tokenise(tokens, doc.text)
  const blind = random.chance(0.15)
  for (let at = 0; at < tokens.count; at++) {
    const known = tokens.kind[at] === WORD ? (bits.get(tokens.hash[at]!) ?? 0) : 0
    tokens.bits[at] = blind ? known & 0b10111000 : known
  }
  const spans = doc.spans.filter((one) => label[one.type] !== undefined).sort((a, b) => a.start - b.start)
  let next = 0
  const emit = (feature: number) => {
    if (examples.used === examples.features.length) examples.features = double(examples.features)
    examples.features[examples.used++] = feature
  }
  eachCandidate(tokens, (at, gap, line) => {
    if (examples.count + 1 >= examples.offsets.length) {
      examples.offsets = double(examples.offsets)
      examples.gold = double(examples.gold)
      examples.gaps = double(examples.gaps)
    }
    const start = tokens.start[at]!
    while (next < spans.length && spans[next]!.end <= start) next++
    const span = spans[next]
    examples.gold[examples.count] = span !== undefined && span.start < tokens.end[at]! ? label[span.type]! : 0
    examples.gaps[examples.count] = gap
    examples.offsets[examples.count] = examples.used
    const hidden = random.chance(0.2)
    placeFeatures(tokens, at, line, emit, hidden)
    ownFeatures(foldedOf(tokens, at), tokens.hash[at]!, tokens.shape[at]!, tokens.bits[at]!, emit, hidden)
    for (const side of [-2, -1, 1, 2]) {
      const to = at + side
      if (to < 0 || to >= tokens.count) continue
      const isWord = tokens.kind[to] === WORD
      besideFeatures(
        side,
        isWord ? foldedOf(tokens, to) : '',
        tokens.hash[to]!,
        isWord ? tokens.shape[to]! : 0,
        isWord ? tokens.bits[to]! : 0,
        emit,
      )
    }
    examples.offsets[++examples.count] = examples.used
  })
}

/** Replaces feature hashes by numbers from 0; those seen less than `least` times become -1. Gives the hashes. */
export const number = (examples: Examples, least: number): { hashes: Int32Array; counts: Int32Array } => {
  const size = 1 << 25
  const mask = size - 1
  const keys = new Int32Array(size)
  const ids = new Int32Array(size)
  const { features, used } = examples
  let distinct = 0
  const find = (hash: number): number => {
    let slot = (hash ^ (hash >>> 13)) & mask
    while (ids[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }
  for (let at = 0; at < used; at++) {
    const slot = find(features[at]!)
    if (ids[slot] === 0) {
      if (distinct > size * 0.8) continue
      distinct++
      keys[slot] = features[at]!
    }
    ids[slot]!++
  }
  let kept = 0
  for (let slot = 0; slot < size; slot++) if (ids[slot]! >= least) kept++
  const hashes = new Int32Array(kept)
  const counts = new Int32Array(kept)
  let id = 0
  for (let slot = 0; slot < size; slot++) {
    const count = ids[slot]!
    if (count === 0) continue
    if (count < least) ids[slot] = -1
    else {
      hashes[id] = keys[slot]!
      counts[id] = count
      ids[slot] = ++id
    }
  }
  for (let at = 0; at < used; at++) {
    const found = ids[find(features[at]!)]!
    features[at] = found > 0 ? found - 1 : -1
  }
  return { hashes, counts }
}

export interface Weights {
  /** Three a feature: PER, LOC, ORG. */
  readonly features: Float32Array
  readonly transitions: Float64Array
}

/**
 * AdaGrad on the negative log-likelihood, one step a chain, in an order shuffled anew each epoch. The result is the mean
 * of the weights after the last `averaged` epochs: it generalises better than the last alone.
 */
export const learn = (
  examples: Examples,
  features: number,
  epochs: number,
  random: Random,
  say: (line: string) => void,
  averaged = 1,
  rate = 0.12,
): Weights => {
  const weights = new Float32Array(features * 3)
  const squares = new Float32Array(features * 3).fill(0.5)
  const means = new Float32Array(features * 3)
  const transitionMeans = new Float64Array(transitionCount)
  const transitions = new Float64Array(transitionCount)
  const transitionSquares = new Float64Array(transitionCount).fill(1)
  const chains: number[] = []
  for (let at = 0; at < examples.count; at++) if (examples.gaps[at] === 0) chains.push(at)
  const sums = makeSums(longest)
  const scores = new Float64Array(longest * 4)
  const marginals = new Float64Array(longest * 4)
  const gaps = new Uint8Array(longest)
  const { offsets, features: list, gold } = examples
  let exp = expTransitions(transitions)
  const moveTransition = (index: number, gradient: number) => {
    if (gradient === 0) return
    transitionSquares[index]! += gradient * gradient
    transitions[index]! += (rate * gradient) / Math.sqrt(transitionSquares[index]!)
    exp[index] = Math.exp(transitions[index]!)
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = chains.length - 1; at > 0; at--) {
      const to = random.below(at + 1)
      const kept = chains[at]!
      chains[at] = chains[to]!
      chains[to] = kept
    }
    let loss = 0
    for (const first of chains) {
      let length = 1
      while (first + length < examples.count && examples.gaps[first + length] !== 0) length++
      for (let place = 0; place < length; place++) {
        let per = 0
        let loc = 0
        let org = 0
        for (let at = offsets[first + place]!; at < offsets[first + place + 1]!; at++) {
          const feature = list[at]!
          if (feature < 0) continue
          per += weights[feature * 3]!
          loc += weights[feature * 3 + 1]!
          org += weights[feature * 3 + 2]!
        }
        scores[place * 4 + 1] = per
        scores[place * 4 + 2] = loc
        scores[place * 4 + 3] = org
        gaps[place] = examples.gaps[first + place]!
      }
      marginalsOf(length, scores, gaps, exp, sums, marginals)
      for (let place = 0; place < length; place++) {
        const truth = gold[first + place]!
        loss -= Math.log(Math.max(1e-9, marginals[place * 4 + truth]!))
        for (let one = 1; one < 4; one++) {
          const gradient = (truth === one ? 1 : 0) - marginals[place * 4 + one]!
          if (gradient < 0.002 && gradient > -0.002) continue
          for (let at = offsets[first + place]!; at < offsets[first + place + 1]!; at++) {
            const feature = list[at]!
            if (feature < 0) continue
            const index = feature * 3 + one - 1
            squares[index]! += gradient * gradient
            weights[index]! += (rate * gradient) / Math.sqrt(squares[index]!)
          }
        }
      }
      // Transitions: expectation of each pair, from the sums of this chain.
      const { forward, backward, local, scale } = sums
      const old = Float64Array.from(exp)
      for (let one = 0; one < 4; one++) {
        moveTransition(startAt + one, (gold[first] === one ? 1 : 0) - marginals[one]!)
        moveTransition(
          endAt + one,
          (gold[first + length - 1] === one ? 1 : 0) - marginals[(length - 1) * 4 + one]!,
        )
      }
      for (let place = 1; place < length; place++) {
        const base = (gaps[place]! - 1) * 16
        const pairs = new Float64Array(16)
        let sum = 0
        for (let from = 0; from < 4; from++) {
          for (let to = 0; to < 4; to++) {
            const value =
              (forward[place * 4 - 4 + from]! *
                old[base + from * 4 + to]! *
                local[place * 4 + to]! *
                backward[place * 4 + to]!) /
              scale[place]!
            pairs[from * 4 + to] = value
            sum += value
          }
        }
        const truth = gold[first + place - 1]! * 4 + gold[first + place]!
        for (let pair = 0; pair < 16; pair++)
          moveTransition(base + pair, (pair === truth ? 1 : 0) - pairs[pair]! / sum)
      }
    }
    if (epoch >= epochs - averaged) {
      for (let at = 0; at < weights.length; at++) means[at]! += weights[at]! / averaged
      for (let at = 0; at < transitionCount; at++) transitionMeans[at]! += transitions[at]! / averaged
    }
    exp = expTransitions(transitions)
    say(`epoch ${epoch + 1}: loss ${(loss / examples.count).toFixed(4)} a candidate`)
  }
  return { features: means, transitions: transitionMeans }
}

/** The features worth keeping, by |w|·√count; the others become -1 in the examples. */
export const select = (
  examples: Examples,
  weights: Weights,
  hashes: Int32Array,
  counts: Int32Array,
  most: number,
): Int32Array => {
  const worth = new Float32Array(hashes.length)
  for (let id = 0; id < hashes.length; id++) {
    let sum = 0
    for (let one = 0; one < 3; one++) sum += Math.abs(weights.features[id * 3 + one]!)
    worth[id] = sum * Math.sqrt(counts[id]!)
  }
  const bound = Float32Array.from(worth).sort()[Math.max(0, worth.length - most)]!
  const fresh = new Int32Array(hashes.length).fill(-1)
  const kept: number[] = []
  for (let id = 0; id < hashes.length && kept.length < most; id++) {
    if (worth[id]! < bound) continue
    fresh[id] = kept.length
    kept.push(hashes[id]!)
  }
  for (let at = 0; at < examples.used; at++) {
    const id = examples.features[at]!
    if (id >= 0) examples.features[at] = fresh[id]!
  }
  return Int32Array.from(kept)
}
