/**
 * A set of words of which only some bits of their hashes are kept: it says of most words that they are not in it,
 * without making a string of them; of the others a map must be asked.
 */
export type Marks = number[]

/** One step of a hash over folded code units. */
export const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0

export const hashOf = (folded: string): number => {
  let hash = 0
  for (let i = 0; i < folded.length; i++) hash = hashStep(hash, folded.charCodeAt(i))
  return hash
}

/** Of so many numbers each keeps 32 bits. */
const size = 64

export const makeMarks = (): Marks => new Array<number>(size).fill(0)

const bitOf = (hash: number): number => (hash ^ (hash >>> 15)) & (32 * size - 1)

export const mark = (marks: Marks, hash: number): void => {
  const bit = bitOf(hash)
  marks[bit >> 5]! |= 1 << (bit & 31)
}

export const isMarked = (marks: Marks, hash: number): boolean => {
  const bit = bitOf(hash)
  return (marks[bit >> 5]! & (1 << (bit & 31))) !== 0
}
