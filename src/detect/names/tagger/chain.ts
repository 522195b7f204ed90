/** Forward and backward sums over one chain of a linear CRF with four labels, scaled at each step. */

export const labelCount = 4

/** Transition weights: `[gap 1..3][from][to]` from 0, start at 48, end at 52. */
export const startAt = 48
export const endAt = 52
export const transitionCount = 56

export interface Sums {
  readonly forward: Float64Array
  readonly backward: Float64Array
  readonly local: Float64Array
  readonly scale: Float64Array
}

export const makeSums = (length: number): Sums => ({
  forward: new Float64Array(length * labelCount),
  backward: new Float64Array(length * labelCount),
  local: new Float64Array(length * labelCount),
  scale: new Float64Array(length),
})

/** `exp` of the transition weights, once for many chains. */
export const expTransitions = (transitions: ArrayLike<number>): Float64Array =>
  Float64Array.from(transitions, Math.exp)

/**
 * Fills `marginals` with the probability of each label at each place; `scores` are `length` × 4 with O at 0.
 * `gaps` says how each place is joined to the one before it.
 */
export const marginalsOf = (
  length: number,
  scores: Float64Array,
  gaps: Uint8Array,
  exp: Float64Array,
  sums: Sums,
  marginals: Float64Array,
): void => {
  const { forward, backward, local, scale } = sums
  for (let at = 0; at < length; at++) {
    const row = at * 4
    const most = Math.max(scores[row]!, scores[row + 1]!, scores[row + 2]!, scores[row + 3]!)
    for (let label = 0; label < 4; label++) local[row + label] = Math.exp(scores[row + label]! - most)
    let sum = 0
    const base = at === 0 ? startAt : (gaps[at]! - 1) * 16
    for (let to = 0; to < 4; to++) {
      let value = 0
      if (at === 0) value = exp[base + to]!
      else for (let from = 0; from < 4; from++) value += forward[row - 4 + from]! * exp[base + from * 4 + to]!
      value *= local[row + to]!
      forward[row + to] = value
      sum += value
    }
    scale[at] = sum
    for (let to = 0; to < 4; to++) forward[row + to]! /= sum
  }
  for (let at = length - 1; at >= 0; at--) {
    const row = at * 4
    let sum = 0
    for (let from = 0; from < 4; from++) {
      let value = 0
      if (at === length - 1) value = exp[endAt + from]!
      else {
        const base = (gaps[at + 1]! - 1) * 16 + from * 4
        for (let to = 0; to < 4; to++)
          value += exp[base + to]! * local[row + 4 + to]! * backward[row + 4 + to]!
        value /= scale[at + 1]!
      }
      backward[row + from] = value
      sum += forward[row + from]! * value
    }
    for (let label = 0; label < 4; label++) {
      marginals[row + label] = (forward[row + label]! * backward[row + label]!) / sum
    }
  }
}
