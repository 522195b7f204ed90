import { plane } from './plane.ts'

/**
 * Letters without case and accents, one table look-up a code unit. Offsets stay those of the original text:
 * nothing is normalised, words are compared through the table.
 */

/** What a code unit is for the scanner. */
export const OTHER = 0
export const DIGIT = 1
export const LOWER = 2
export const UPPER = 3
/** Combining mark: part of the word before it (decomposed accents). */
export const MARK = 4
/** Letter or digit of a script that no recogniser reads; full-width and mathematical Latin too. */
export const FOREIGN = 5
export const AT = 6
export const PLUS = 7
export const COLON = 8

/** Signs that Unicode counts as letters: ª, º, µ. */
const ordinals = [0xaa, 0xba, 0xb5]

/** Zero-width and soft characters inside words: they hide a word from a reader of letters, so they are skipped. */
const invisible = [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]
/** Control signs that are no white space: some readers drop them. NUL stands behind the end of every text, and is no mark. */
const controls = /[\p{Cc}--[\s\0\x85]]+/gv

/** Each run of code units that the pattern matches: the plane is read once, not once a character. */
const eachRun = (pattern: RegExp, visit: (from: number, to: number) => void): void => {
  for (const match of plane.matchAll(pattern)) visit(match.index, match.index + match[0].length)
}

const makeTables = (): { kinds: Uint8Array; folds: Uint16Array } => {
  const kinds = new Uint8Array(0x10000)
  const folds = new Uint16Array(0x10000)
  const surrogates = 0xd800
  eachRun(/\p{M}+/gu, (from, to) => kinds.fill(MARK, from, to))
  eachRun(/\p{N}+/gu, (from, to) => {
    for (let code = from; code < to; code++) {
      if (code > 0x2ff && !(code >= 0x2070 && code < 0x2c00)) kinds[code] = FOREIGN
    }
  })
  eachRun(/\p{L}+/gu, (from, to) => kinds.fill(FOREIGN, from, to))
  eachRun(/[\p{L}&&\p{Script=Latin}]+/gv, (from, to) => {
    for (let code = from; code < Math.min(to, 0xff00); code++) {
      const char = String.fromCharCode(code)
      const ascii = base(char)
      if (ascii === '') continue
      kinds[code] = char.toLowerCase() === char ? LOWER : UPPER
      folds[code] =
        ascii.length === 1 ? ascii.charCodeAt(0) : (ascii.charCodeAt(0) << 8) | ascii.charCodeAt(1)
    }
  })
  for (const code of ordinals) kinds[code] = OTHER
  kinds.fill(DIGIT, 0x30, 0x3a)
  // Pairs: emoji and symbols (U+1F000 …) are no letters; mathematical alphabets and rarer scripts are.
  kinds.fill(FOREIGN, surrogates, 0xdc00).fill(OTHER, 0xd83c, 0xd83f)
  for (const code of invisible) kinds[code] = MARK
  eachRun(controls, (from, to) => kinds.fill(MARK, from, to))
  kinds[0x40] = AT
  kinds[0x2b] = PLUS
  kinds[0x3a] = COLON
  return { kinds, folds }
}

/** Letters that do not decompose. */
const ligatures: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ĳ: 'ij',
  ŋ: 'n',
  ŧ: 't',
}

const base = (char: string): string => {
  const lower = char.toLowerCase()
  const known = ligatures[lower]
  if (known !== undefined) return known
  const first = lower.normalize('NFD').charAt(0)
  return first >= 'a' && first <= 'z' ? first : ''
}

export const { kinds, folds } = makeTables()

export const isLetter = (code: number): boolean => {
  const kind = kinds[code]
  return kind === LOWER || kind === UPPER
}

/** Letter, digit or underscore: what may not stand beside an identifier. NaN (outside the text) is none. */
export const isWordCode = (code: number): boolean => {
  if (!(code >= 0)) return false
  const kind = kinds[code]!
  return (kind >= DIGIT && kind <= UPPER) || kind === FOREIGN || code === 0x5f
}

/** Lower case without accents, `œ` as `oe`; digits and signs stay, marks and invisible characters go. */
export const fold = (text: string): string => {
  let out = ''
  /** Begin of what stays as it is. */
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded === code || (folded === 0 && kinds[code] !== MARK)) continue
    if (at > from) out += text.slice(from, at)
    from = at + 1
    if (folded > 255) out += String.fromCharCode(folded >> 8, folded & 255)
    else if (folded > 0) out += String.fromCharCode(folded)
  }
  return from === 0 ? text : from < text.length ? out + text.slice(from) : out
}

/** Whether `fold` of this stretch is this word, without making either. */
export const foldsTo = (text: string, start: number, end: number, word: string): boolean => {
  let read = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded > 255) {
      if (word.charCodeAt(read++) !== folded >> 8 || word.charCodeAt(read++) !== (folded & 255)) return false
    } else if (folded > 0) {
      if (word.charCodeAt(read++) !== folded) return false
    } else if (kinds[code] !== MARK && word.charCodeAt(read++) !== code) return false
  }
  return read === word.length
}

/** The word that starts at or after `at`, behind at most `gap` spaces, hyphens or apostrophes; null if none. */
export const nextWord = (text: string, at: number, gap = 2): { start: number; end: number } | null => {
  let start = at
  while (start < at + gap && isGap(text.charCodeAt(start))) start++
  let end = start
  while (end < text.length && end - start < 40) {
    const kind = kinds[text.charCodeAt(end)]
    if (kind !== LOWER && kind !== UPPER && (kind !== MARK || end === start)) break
    end++
  }
  return end > start ? { start, end } : null
}

const isGap = (code: number): boolean =>
  code === 0x20 || code === 0x27 || code === 0x2019 || code === 0x2d || code === 0xa0 || code === 0x202f
