import { randomInt } from 'node:crypto'
import { DIGIT, FOREIGN, LOWER, MARK, UPPER, folds, kinds } from '../../fold.ts'
import { unitsOf } from '../../units.ts'

/** What a token is: a word of letters, a number or code, one sign, the end of a line. */
export const WORD = 1
export const CODE = 2
export const SIGN = 3
export const BREAK = 4

/** How a word is written: lower, Capital, ALL CAPITALS, mIxed, one capital letter. */
export const LOWERED = 0
export const CAPITAL = 1
export const CAPITALS = 2
export const MIXED = 3
export const INITIAL = 4

/** The tokens of one text as columns; offsets are UTF-16 code units. E-mails and addresses of the web are one code. */
export interface Tokens {
  text: string
  count: number
  /** True if the text hardly has a capital: chat and notes typed in a hurry. */
  lower: boolean
  start: Int32Array
  end: Int32Array
  kind: Uint8Array
  shape: Uint8Array
  /** Hash of the folded word, of the sign, or of what kind of code it is. */
  hash: Int32Array
  /** Hash of a word as it is written, case and accents included, never 0: with `hash` it tells words apart without keeping one. */
  spelling: Int32Array
  /** Gazetteer bits of the words; whoever tokenised fills them in. */
  bits: Uint8Array
}

/** Columns longer than this are given back after the text that needed them. */
const kept = 1 << 16

export const makeTokens = (size = 1024): Tokens => ({
  text: '',
  count: 0,
  lower: false,
  start: new Int32Array(size),
  end: new Int32Array(size),
  kind: new Uint8Array(size),
  shape: new Uint8Array(size),
  hash: new Int32Array(size),
  spelling: new Int32Array(size),
  bits: new Uint8Array(size),
})

const grow = (tokens: Tokens, size: number): void => {
  const larger = makeTokens(size)
  const used = Math.min(size, tokens.count)
  for (const column of ['start', 'end', 'kind', 'shape', 'hash', 'spelling', 'bits'] as const) {
    larger[column].set(tokens[column].subarray(0, used))
  }
  Object.assign(tokens, larger, { text: tokens.text, count: tokens.count, lower: tokens.lower })
}

export const release = (tokens: Tokens): void => {
  tokens.text = ''
  tokens.count = 0
  if (tokens.start.length > kept) grow(tokens, 1024)
}

/** One step of the hash of a folded word; `finish` spreads it. */
export const step = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0

export const finish = (hash: number): number => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 16)
}

export const hashOfFolded = (folded: string): number => {
  let hash = 7
  for (let at = 0; at < folded.length; at++) hash = step(hash, folded.charCodeAt(at))
  return finish(hash)
}

/** Of this process alone, and odd: nobody can write two words that he knows to be one here. */
const spread = randomInt(2 ** 31) * 2 + 1

export const codeHash = 0x0c0de
export const breakHash = 0x0b4ea

const isBlank = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x09 || code === 0x202f
const isBreak = (code: number): boolean => code === 0x0a || code === 0x0d || code === 0x2028

/** How a word of so many letters is written, of which so many are capitals. */
const shapeOf = (letters: number, upper: number, capital: boolean): number =>
  upper === 0
    ? LOWERED
    : letters === 1
      ? INITIAL
      : upper === letters
        ? CAPITALS
        : upper === 1 && capital
          ? CAPITAL
          : MIXED

/** Cuts the text into `tokens`, in one pass. */
export const tokenise = (tokens: Tokens, text: string): void => {
  tokens.text = text
  const { length } = text
  const units = unitsOf(text)
  // Local names: what is imported, or of an object, is looked up at each use.
  const kindOf = kinds
  const foldOf = folds
  let { start, end: ends, kind: what, shape, hash: hashes, spelling: spellings } = tokens
  let count = 0
  let words = 0
  let capitals = 0
  /** First token of the run without blanks: all of it is masked when it turns out to be an e-mail or a URL. */
  let run = 0
  let at = 0
  while (at < length) {
    const code = units[at]!
    if (isBlank(code)) {
      at++
      run = count
      continue
    }
    if (count === start.length) {
      tokens.count = count
      grow(tokens, count * 2)
      ;({ start, end: ends, kind: what, shape, hash: hashes, spelling: spellings } = tokens)
    }
    const kind = kindOf[code]!
    if (kind === LOWER || kind === UPPER) {
      let hash = 7
      let spelling = 0
      let upper = 0
      let letters = 0
      let end = at
      let beside = 0
      // Behind the text stands a zero, which is no letter.
      for (; ; end++) {
        beside = units[end]!
        const folded = foldOf[beside]!
        const one = kindOf[beside]!
        if (folded === 0) {
          if (one !== MARK) break
          spelling = (Math.imul(spelling, spread) + beside) | 0
          continue
        }
        spelling = (Math.imul(spelling, spread) + beside) | 0
        if (folded > 255) hash = step(hash, folded >> 8)
        hash = step(hash, folded & 255)
        if (one === UPPER) upper++
        letters++
      }
      start[count] = at
      ends[count] = end
      if (
        letters > 40 ||
        kindOf[beside] === DIGIT ||
        beside === 0x5f ||
        (at > 0 && kindOf[units[at - 1]!] === DIGIT)
      ) {
        what[count] = CODE
        hashes[count] = codeHash
      } else {
        words++
        if (kind === UPPER) capitals++
        what[count] = WORD
        hashes[count] = finish(hash)
        spellings[count] = spelling || 1
        shape[count] = shapeOf(letters, upper, kind === UPPER)
      }
      at = end
    } else if (kind === DIGIT || kind === FOREIGN) {
      let end = at + 1
      while (kindOf[units[end]!] === kind) end++
      start[count] = at
      ends[count] = end
      what[count] = CODE
      hashes[count] = codeHash + 1 + Math.min(end - at, 6)
      at = end
    } else if (isBreak(code)) {
      const again = count > 0 && what[count - 1] === BREAK
      at++
      run = again ? count : count + 1
      if (again) continue
      start[count] = at - 1
      ends[count] = at
      what[count] = BREAK
      hashes[count] = breakHash
    } else if (code === 0x40 || (code === 0x3a && text.startsWith('//', at + 1))) {
      // an e-mail, a handle or a URL: the whole run is one code
      while (at < length && !isBlank(units[at]!) && !isBreak(units[at]!)) at++
      const from = run < count ? start[run]! : at
      count = Math.min(run, count)
      start[count] = Math.min(from, at)
      ends[count] = at
      what[count] = CODE
      hashes[count] = codeHash + 9
    } else {
      start[count] = at
      ends[count] = ++at
      what[count] = SIGN
      hashes[count] = finish(code)
      if (code === 0x2c || code === 0x3b || code === 0x28 || code === 0x5b || code === 0x3c) run = count + 1
    }
    count++
  }
  tokens.count = count
  tokens.lower = capitals * 25 < words || capitals === 0
}
