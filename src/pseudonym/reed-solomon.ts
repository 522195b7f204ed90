/**
 * A shortened Reed–Solomon code over GF(32) (x⁵ + x² + 1): kind code and nine data symbols, then three check
 * symbols, distance 4. With the kind known one wrong symbol is corrected and two are noticed, always: a word
 * two symbols from one code word is at least two from every other, so no reading of it claims one error.
 */
const exp = new Uint8Array(62)
const log = new Uint8Array(32)
for (let power = 0, value = 1; power < 31; power++) {
  exp[power] = value
  exp[power + 31] = value
  log[value] = power
  value <<= 1
  if (value & 32) value ^= 0b100101
}
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : exp[log[a]! + log[b]!]!)
const over = (a: number, b: number): number => (a === 0 ? 0 : exp[log[a]! + 31 - log[b]!]!)

/** g(x) = (x − 1)(x − α)(x − α²), without its leading 1, highest degree first. */
const generator = ((): readonly number[] => {
  let poly = [1]
  for (let j = 0; j < 3; j++) {
    const next = [...poly, 0]
    for (let i = 0; i < poly.length; i++) next[i + 1]! ^= times(poly[i]!, exp[j]!)
    poly = next
  }
  return poly.slice(1)
})()

export const DATA = 9
export const CHECK = 3
const LENGTH = 1 + DATA + CHECK

/** The three check symbols of a kind code and nine data symbols (values 0 … 31). */
export const checks = (kind: number, data: ArrayLike<number>): [number, number, number] => {
  const rest: [number, number, number] = [0, 0, 0]
  for (let i = -1; i < DATA; i++) {
    const lead = (i < 0 ? kind : data[i]!) ^ rest[0]
    rest[0] = rest[1] ^ times(lead, generator[0]!)
    rest[1] = rest[2] ^ times(lead, generator[1]!)
    rest[2] = times(lead, generator[2]!)
  }
  return rest
}

export interface Decoded {
  readonly kind: number
  /** Nine values. */
  readonly data: readonly number[]
  /** Position of the corrected symbol among the twelve written ones, −1 for the kind; undefined: none was wrong. */
  readonly wrong?: number
}

/** What is wrong with twelve written symbols, before any kind is supposed. */
interface Syndromes {
  readonly s0: number
  readonly s1: number
  readonly s2: number
}

const syndromes = (written: ArrayLike<number>): Syndromes => {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  // Horner: multiply by 1, α and α² on the way to the last symbol.
  for (let i = 0; i < LENGTH - 1; i++) {
    const symbol = written[i]!
    s0 ^= symbol
    s1 = times(s1, 2) ^ symbol
    s2 = times(s2, 4) ^ symbol
  }
  return { s0, s1, s2 }
}
const kindAt1 = exp[LENGTH - 1]!
const kindAt2 = exp[(2 * (LENGTH - 1)) % 31]!

const decodeWith = (
  kind: number,
  written: ArrayLike<number>,
  { s0: w0, s1: w1, s2: w2 }: Syndromes,
): Decoded | undefined => {
  const s0 = w0 ^ kind
  const s1 = w1 ^ times(kind, kindAt1)
  const s2 = w2 ^ times(kind, kindAt2)
  if ((s0 | s1 | s2) === 0) return { kind, data: dataOf(written) }
  // One error e at degree p gives e, e·αᵖ, e·α²ᵖ.
  if (s0 === 0 || s1 === 0 || s2 === 0 || times(s1, s1) !== times(s0, s2)) return undefined
  const degree = log[over(s1, s0)]!
  if (degree >= LENGTH) return undefined
  const wrong = LENGTH - 2 - degree
  const data = dataOf(written)
  if (wrong < 0) return { kind: kind ^ s0, data, wrong }
  if (wrong < DATA) data[wrong]! ^= s0
  return { kind, data, wrong }
}

const dataOf = (written: ArrayLike<number>): number[] => Array.from({ length: DATA }, (_, i) => written[i]!)

/** The one code word within one symbol of `kind` and the twelve written symbols, or undefined. */
export const decode = (kind: number, written: ArrayLike<number>): Decoded | undefined =>
  decodeWith(kind, written, syndromes(written))

/** The same for each of these kinds, none of which is taken for a wrong one. */
export const decodeAny = (kinds: readonly number[], written: ArrayLike<number>): Decoded[] => {
  const found = syndromes(written)
  const out: Decoded[] = []
  for (const kind of kinds) {
    const decoded = decodeWith(kind, written, found)
    if (decoded !== undefined && decoded.wrong !== -1) out.push(decoded)
  }
  return out
}
