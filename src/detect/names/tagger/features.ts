import { fold } from '../../fold.ts'
import {
  BREAK,
  CAPITALS,
  INITIAL,
  LOWERED,
  SIGN,
  type Tokens,
  WORD,
  breakHash,
  hashOfFolded,
} from './tokens.ts'

/**
 * What the tagger looks at. A feature is a 32-bit hash; its weights were learned by bench/train, which calls these
 * same functions, so that training and reading cannot drift apart. Own and neighbour features depend on one word
 * only and are summed once a word; the others are looked up at each place.
 */

/** Bits of the gazetteer. */
export const GIVEN_BIT = 1
export const SURNAME_BIT = 2
export const PLACE_BIT = 4
export const TITLE_BIT = 8
export const FIRM_BIT = 16
/** Usually written in lower case. */
export const COMMON_BIT = 32
/** Given name in many countries. */
export const FREQUENT_BIT = 64
/** What people are: professions, offices, parts in a trial. */
export const ROLE_BIT = 128

export type Emit = (feature: number) => void

export const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

const text = (folded: string, from: number, to: number): number => {
  let hash = 17
  for (let at = Math.max(0, from); at < to && at < folded.length; at++) {
    hash = (Math.imul(hash, 31) + folded.charCodeAt(at)) | 0
  }
  return hash
}

/** Of the word itself. `hidden` leaves out what names the word: training hides one word in five. */
export const ownFeatures = (
  folded: string,
  hash: number,
  shape: number,
  bits: number,
  emit: Emit,
  hidden = false,
): void => {
  const { length } = folded
  if (!hidden) {
    emit(mix(1, hash))
    emit(mix(mix(2, hash), shape))
  }
  emit(mix(3, text(folded, 0, 2)))
  emit(mix(4, text(folded, 0, 3)))
  emit(mix(5, text(folded, 0, 4)))
  emit(mix(6, text(folded, length - 2, length)))
  emit(mix(7, text(folded, length - 3, length)))
  emit(mix(8, text(folded, length - 4, length)))
  emit(mix(mix(9, shape), Math.min(length, 10)))
  emit(mix(10, bits))
  emit(mix(mix(11, bits), shape))
  emit(mix(mix(12, text(folded, length - 3, length)), shape))
}

/** Of a token as neighbour; `side` is -2, -1, 1 or 2. */
export const besideFeatures = (
  side: number,
  folded: string,
  hash: number,
  shape: number,
  bits: number,
  emit: Emit,
): void => {
  const base = 20 + 10 * (side + 2)
  emit(mix(base, hash))
  emit(mix(mix(base + 1, bits), shape))
  if (side === 1 || side === -1) emit(mix(base + 2, text(folded, folded.length - 3, folded.length)))
}

/** What a line says of its words. The walk reuses one. */
export interface Line {
  /** Hash of the last word before a colon on this line; 0 if none came yet. */
  label: number
  /** Hash of the first word of the line before if that was short, else 0. */
  above: number
  /** 1 all capitals · 2 three words or fewer · 4 no capital at all */
  kind: number
}

/** Whether a word before a colon or the line above says something of it. */
export const isTold = ({ label, above }: Line): boolean => label !== 0 || above !== 0

/** Sentence ends, bullets, opening quotes: a capital after them says little. */
const opens: ReadonlySet<number> = new Set([...'.!?:;•-–—"“«„*>|(['].map((sign) => sign.charCodeAt(0)))

export const startsSentence = (tokens: Tokens, at: number): number => {
  if (at === 0) return 1
  const kind = tokens.kind[at - 1]
  if (kind === BREAK) return 1
  return kind === SIGN && opens.has(tokens.text.charCodeAt(tokens.start[at - 1]!)) ? 2 : 0
}

export const edge = (tokens: Tokens, at: number): number => {
  const first = at === 0 || tokens.kind[at - 1] === BREAK
  const last = at + 1 >= tokens.count || tokens.kind[at + 1] === BREAK
  return (first ? 1 : 0) | (last ? 2 : 0)
}

/** What lists know of the word at a place, and how it is written; the same number for all that is no word. */
export const castAt = ({ kind, bits, shape, count }: Tokens, at: number): number =>
  at >= 0 && at < count && kind[at] === WORD ? (bits[at]! << 3) | shape[at]! : 1023

/**
 * Of the word among its neighbours. What no word names, only casts, edges and the kind of the line, goes to `emitCast`: there are
 * few of those, so whoever reads may know their sum.
 */
export const placeFeatures = (
  tokens: Tokens,
  at: number,
  line: Line,
  emit: Emit,
  hidden = false,
  emitCast: Emit | null = emit,
): void => {
  const { hash, shape, count } = tokens
  const own = hash[at]!
  const before = at > 0 ? hash[at - 1]! : breakHash
  const after = at + 1 < count ? hash[at + 1]! : breakHash
  const cast = castAt(tokens, at)
  const start = startsSentence(tokens, at)
  if (!hidden) {
    emit(mix(mix(80, before), own))
    emit(mix(mix(81, own), after))
    emit(mix(mix(82, own), start))
  }
  if (emitCast !== null) {
    const castBefore = castAt(tokens, at - 1)
    const castAfter = castAt(tokens, at + 1)
    emitCast(mix(mix(83, castBefore), cast))
    emitCast(mix(mix(84, cast), castAfter))
    emitCast(mix(mix(mix(85, castBefore), cast), castAfter))
  }
  emit(mix(mix(86, before), cast))
  emit(mix(mix(87, after), cast))
  emit(mix(mix(88, before), after))
  emitCast?.(mix(mix(89, start), cast))
  const emitLine = isTold(line) ? emit : emitCast
  if (emitLine !== null) {
    emitLine(mix(mix(90, line.label), shape[at]!))
    emitLine(mix(mix(91, line.above), edge(tokens, at)))
  }
  if (emitCast !== null) {
    emitCast(mix(mix(92, line.kind), cast))
    emitCast(mix(mix(93, edge(tokens, at)), cast))
  }
  emit(mix(mix(94, at > 1 ? hash[at - 2]! : breakHash), before))
  emit(mix(mix(95, at + 2 < count ? hash[at + 2]! : breakHash), after))
}

const particles: ReadonlySet<number> = new Set(
  'de du des la le da do dos das van von der den di del della el al ben bin ibn ten ter zu zur y e'
    .split(' ')
    .map(hashOfFolded),
)

/** How two words that may be of one name are joined: 0 not, 1 blank, 2 hyphen or apostrophe, 3 dot of an initial. */
export const joined = (tokens: Tokens, before: number, at: number): number => {
  const { text, start, end } = tokens
  const gap = start[at]! - end[before]!
  if (gap > 2 || gap < 1) return 0
  const first = text.charCodeAt(end[before]!)
  if (first === 0x20 || first === 0xa0 || first === 0x202f) {
    const second = gap === 2 ? text.charCodeAt(end[before]! + 1) : 0x20
    return second === 0x20 || second === 0xa0 ? 1 : 0
  }
  if (
    gap === 1 &&
    (first === 0x2d || first === 0x27 || first === 0x2019 || first === 0x2010 || first === 0x2011)
  )
    return 2
  if (first === 0x2e && end[before]! - start[before]! <= 2) return 3
  return 0
}

const nameBits = GIVEN_BIT | SURNAME_BIT

/** True if the tagger looks at this word: a capital, or a name in a text without capitals. */
export const isCandidate = (tokens: Tokens, at: number): boolean => {
  if (tokens.kind[at] !== WORD) return false
  const bits = tokens.bits[at]!
  const shape = tokens.shape[at]!
  if (shape !== LOWERED) return true
  const long = tokens.end[at]! - tokens.start[at]!
  if (tokens.lower && (bits & COMMON_BIT) === 0) return long >= 2
  if ((bits & nameBits) !== 0 && (bits & COMMON_BIT) === 0) return long >= 3
  // a particle between capitals
  return (
    long <= 5 &&
    at + 1 < tokens.count &&
    tokens.kind[at + 1] === WORD &&
    tokens.shape[at + 1] !== LOWERED &&
    at > 0 &&
    particles.has(tokens.hash[at]!)
  )
}

/** The longest chain; a longer run of capitals is cut. */
export const longest = 256

/**
 * Walks the candidates of a text. `visit` gets each with how it is joined to the one before it (0: it begins a
 * chain) and what its line says.
 */
export const eachCandidate = (tokens: Tokens, visit: (at: number, gap: number, line: Line) => void): void => {
  const line: Line = { label: 0, above: 0, kind: 0 }
  let last = -1
  let chain = 0
  for (let from = 0; from < tokens.count;) {
    let to = from
    let words = 0
    let capitals = 0
    let lowered = 0
    for (; to < tokens.count && tokens.kind[to] !== BREAK; to++) {
      if (tokens.kind[to] !== WORD) continue
      words++
      const shape = tokens.shape[to]!
      if (shape === LOWERED) lowered++
      else if (shape === CAPITALS || shape === INITIAL) capitals++
    }
    line.label = 0
    line.kind = (words > 0 && capitals === words ? 1 : 0) | (words <= 3 ? 2 : 0) | (lowered === words ? 4 : 0)
    for (let at = from; at < to; at++) {
      if (at > from + 1 && tokens.kind[at - 1] === SIGN && isColon(tokens, at - 1)) {
        line.label = tokens.hash[at - 2]!
      }
      if (!isCandidate(tokens, at)) continue
      const gap = last >= from && at - last <= 2 && chain < longest ? joined(tokens, last, at) : 0
      chain = gap === 0 ? 1 : chain + 1
      visit(at, gap, line)
      last = at
    }
    if (words > 0) line.above = words <= 4 ? firstWord(tokens, from, to) : 0
    from = to + 1
  }
}

const isColon = (tokens: Tokens, at: number): boolean => tokens.text.charCodeAt(tokens.start[at]!) === 0x3a

const firstWord = (tokens: Tokens, from: number, to: number): number => {
  for (let at = from; at < to; at++) if (tokens.kind[at] === WORD) return tokens.hash[at]!
  return 0
}

export const foldedOf = (tokens: Tokens, at: number): string =>
  fold(tokens.text.slice(tokens.start[at]!, tokens.end[at]!))
