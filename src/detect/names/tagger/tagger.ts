import { type Budget, spend } from '../../budget.ts'
import { expTransitions, makeSums as makeChain, marginalsOf } from './chain.ts'
import { makeCasts } from './casts.ts'
import { eachCandidate, longest, placeFeatures } from './features.ts'
import { PER, type Model, type TextKind } from './model.ts'
import { type Score, addWeights, makeSums } from './sums.ts'
import { LOWERED, makeTokens, release, tokenise } from './tokens.ts'

/** A run of words that the model takes for a person's name; `marginal` is the mean over its words. */
export interface Tagged {
  readonly start: number
  readonly end: number
  readonly marginal: number
  readonly kind: TextKind
  readonly capital: boolean
}

const chainCost = 30
/** A word at the edge of a name is at least this share as sure as its surest word. */
const beside = 0.4
/** Where the word stands whose sums are added: itself, then the neighbours. */
const sides = [0, -2, -1, 1, 2]

export interface Tagger {
  readonly model: Model
  /** Names in a text, left to right, whose marginal reaches the lower bound. */
  tag(text: string, budget: Budget, bound?: number): Tagged[]
}

export const makeTagger = (model: Model): Tagger => {
  const tokens = makeTokens()
  const words = makeSums(model)
  const { scale } = model.header
  const exp = expTransitions(model.header.transitions)
  const chain = makeChain(longest)
  const scores = new Float64Array(longest * 4)
  const marginals = new Float64Array(longest * 4)
  const gaps = new Uint8Array(longest)
  const places = new Int32Array(longest)
  const forms = new Uint8Array(longest)
  let entries = new Int32Array(1024)
  const score: Score = { per: 0, loc: 0, org: 0 }
  /** Features of one place, gathered before any is looked up: the looks do not wait for one another. */
  const features = new Int32Array(32)
  let gathered = 0
  const emit = (feature: number): void => {
    features[gathered++] = feature
  }
  const casts = makeCasts()
  const castScore: Score = { per: 0, loc: 0, org: 0 }
  const emitCast = (feature: number): void => addWeights(model, feature, castScore)

  const look = (): void => {
    words.begin()
    if (entries.length < tokens.count) entries = new Int32Array(tokens.start.length)
    for (let at = 0; at < tokens.count; at++) entries[at] = words.entryOf(tokens, at)
  }

  const person = (at: number): number => marginals[at * 4 + PER]!

  const spans = (length: number, bound: number, out: Tagged[]): void => {
    marginalsOf(length, scores, gaps, exp, chain, marginals)
    for (let at = 0; at < length;) {
      if (person(at) < bound * 0.6) {
        at++
        continue
      }
      let end = at
      let most = 0
      for (; end < length && person(end) >= bound * 0.6; end++) most = Math.max(most, person(end))
      const next = end
      // `Rechtsanwalt K.`: what is much less sure than the name beside it is no part of it
      while (person(at) < most * beside) at++
      let to = end
      while (person(to - 1) < most * beside) to--
      let sum = 0
      let form = 0
      let capital = false
      for (let one = at; one < to; one++) {
        sum += person(one)
        form += forms[one]!
        if (tokens.shape[places[one]!] !== LOWERED) capital = true
      }
      if (most >= bound) {
        const last = places[to - 1]!
        const stop = tokens.end[last]!
        const dotted = tokens.start[last] === stop - 1 && tokens.text.charCodeAt(stop) === 0x2e
        out.push({
          start: tokens.start[places[at]!]!,
          end: dotted ? stop + 1 : stop,
          marginal: sum / (to - at),
          kind: tokens.lower ? 'chat' : form * 2 >= to - at ? 'form' : 'prose',
          capital,
        })
      }
      at = next
    }
  }

  const tag = (text: string, budget: Budget, bound = 0.1): Tagged[] => {
    const out: Tagged[] = []
    let length = 0
    try {
      spend(budget, text.length)
      tokenise(tokens, text)
      look()
      eachCandidate(tokens, (at, gap, line) => {
        if (gap === 0 && length > 0) {
          spans(length, bound, out)
          length = 0
        }
        spend(budget, chainCost)
        score.per = score.loc = score.org = 0
        gathered = 0
        if (casts.add(tokens, at, line, score)) placeFeatures(tokens, at, line, emit, false, null)
        else {
          castScore.per = castScore.loc = castScore.org = 0
          placeFeatures(tokens, at, line, emit, false, emitCast)
          casts.keep(castScore)
          score.per += castScore.per
          score.loc += castScore.loc
          score.org += castScore.org
        }
        for (let index = 0; index < gathered; index++) addWeights(model, features[index]!, score)
        for (let column = 0; column < 5; column++) {
          const to = at + sides[column]!
          if (to >= 0 && to < tokens.count) words.add(tokens, to, entries[to]!, column, score)
        }
        scores[length * 4 + 1] = score.per * scale
        scores[length * 4 + 2] = score.loc * scale
        scores[length * 4 + 3] = score.org * scale
        gaps[length] = gap
        places[length] = at
        forms[length] = line.label !== 0 || (line.kind & 2) !== 0 ? 1 : 0
        length++
      })
      if (length > 0) spans(length, bound, out)
    } finally {
      release(tokens)
      if (entries.length > tokens.start.length) entries = new Int32Array(1024)
    }
    return out
  }
  return { model, tag }
}
