/**
 * Finds what may be a token in a text that people and programs have passed on: any case, O/0, I/l/1, any
 * dash, spaces, line breaks, quoted-printable and mail-quote marks, mark-up between the groups, hyphens lost,
 * the kind word changed, misspelt or lost. Linear: every character is classed once, every run of symbols
 * starts at most two attempts of bounded length. Whether a reading is a token, the vault says.
 */
import { atOnce } from '../model/pieces.ts'
import { BREAK, classOf, fold, isDash, LETTER, WILD, write } from './crockford.ts'
import { codeOfWord, emptyHash, kindCodes, longestWord, wordHash, wordMayEnd } from './kind.ts'
import { CHECK, DATA, decode, decodeAny } from './reed-solomon.ts'
import type { Decoded } from './reed-solomon.ts'

export interface Reading {
  /** Kind code, kind.ts. */
  readonly kind: number
  /** Nine data symbols. */
  readonly token: string
  /** One symbol was wrong. */
  readonly corrected: boolean
}

export interface Candidate {
  readonly start: number
  readonly end: number
  /** Empty where it looks like a token that was spoilt beyond correction. */
  readonly readings: readonly Reading[]
  /** It can hardly be anything else: to be reported if the vault does not know it. */
  readonly certain: boolean
}

const SYMBOLS = DATA + CHECK
const TAG = 256
const GAP = 400
const PIECES = SYMBOLS

/** Runs and characters that are scanned before what they hold is looked for. */
const window = { runs: 8_192, characters: 262_144 }
/** Runs that an attempt may look at beyond its own, and before it. */
const ahead = PIECES + 4
const behind = 3

interface Run {
  readonly start: number
  readonly end: number
  /** All symbols, at most one of them illegible. */
  readonly clean: boolean
  /** All letters. */
  readonly word: boolean
  /** May continue the run before it. */
  readonly joined: boolean
  /** Kind words that it begins with, shortest first; seldom any. */
  readonly heads: readonly Head[]
}

interface Head {
  readonly length: number
  readonly kind: number
}

const noHeads: readonly Head[] = []

/** `<b>`, `</td>`, `<br/>`: its end, or 0. */
const tagEnd = (text: string, at: number): number => {
  if (!/[a-zA-Z/!]/.test(text[at + 1] ?? '')) return 0
  for (let i = at + 1; i < text.length && i < at + TAG; i++) {
    if (text[i] === '>') return i + 1
    if (text[i] === '<') return 0
  }
  return 0
}

/** `&nbsp;`, `&#8209;`: its end, or 0. */
const entityEnd = (text: string, at: number): number => {
  for (let i = at + 1; i < text.length && i < at + 12; i++) {
    if (text[i] === ';') return i > at + 2 ? i + 1 : 0
    if (!/[#a-zA-Z0-9]/.test(text[i]!)) return 0
  }
  return 0
}

/** `%20`, `%2F`, but not a percent-encoded letter or digit: its end, or 0. */
const percentEnd = (text: string, at: number): number => {
  const code = /^[0-9a-f]{2}$/i.test(text.slice(at + 1, at + 3))
    ? parseInt(text.slice(at + 1, at + 3), 16)
    : -1
  return code < 0 || classOf(code) < LETTER ? 0 : at + 3
}

/** Where each kind of mark-up ends that may stand between groups. */
const markUp: Readonly<Record<number, (text: string, at: number) => number>> = {
  0x3c: tagEnd,
  0x26: entityEnd,
  0x25: percentEnd,
}

/** A text being scanned: the runs that are looked at now, and how far it has come. */
interface Scan {
  readonly runs: Run[]
  /** Mark-up that was stepped over: looked through by itself. */
  readonly tags: { readonly start: number; readonly end: number }[]
  at: number
  readonly to: number
  /** Nothing but what may stand between groups since the last run, and where that ended. */
  open: boolean
  last: number
}

const begin = (from: number, to: number): Scan => ({
  runs: [],
  tags: [],
  at: from,
  to,
  open: false,
  last: from,
})

/** Goes on until there are so many runs, or so many characters were seen, or the stretch ends. */
const scan = (text: string, all: Scan): void => {
  const { runs, tags, to } = all
  const until = Math.min(to, all.at + window.characters)
  let { open, last, at } = all
  while (at < until && runs.length < window.runs) {
    const code = text.charCodeAt(at)
    let found = classOf(code)
    if (found > LETTER) {
      const end = code < 0x40 ? (markUp[code]?.(text, at) ?? 0) : 0
      if (end > to || end === 0) {
        if (found === BREAK) open = false
        at++
      } else {
        if (code === 0x3c) tags.push({ start: at + 1, end: end - 1 })
        at = end
      }
      continue
    }
    const start = at
    let wild = 0
    let word = true
    let hash = emptyHash
    let heads = noHeads
    do {
      if (found === LETTER) wild = 2
      else if (found === WILD) wild++
      if (text.charCodeAt(at) < 0x41) word = false
      at++
      if (at - start <= longestWord) {
        hash = wordHash(hash, found)
        if (wordMayEnd(hash)) {
          const kind = codeOfWord(fold(text.slice(start, at)))
          if (kind !== undefined) heads = [...heads, { length: at - start, kind }]
        }
      }
      found = at < to ? classOf(text.charCodeAt(at)) : BREAK
    } while (found <= LETTER)
    const joined = open && start - last <= GAP
    runs.push({ start, end: at, clean: wild < 2, word, joined, heads })
    open = true
    last = at
  }
  all.open = open
  all.last = last
  all.at = at
}

/** The kind that the whole run names. */
const kindNamed = ({ start, end, heads }: Run): number | undefined => {
  const head = heads.at(-1)
  return head?.length === end - start ? head.kind : undefined
}

interface Collected {
  readonly values: readonly number[]
  /** Position of the one illegible symbol, −1: none. */
  readonly wild: number
  readonly end: number
  /** Index of the first run that was not used. */
  readonly next: number
  /** Twelve in one piece or three pieces of four. */
  readonly regular: boolean
  /** All gaps hold a dash. */
  readonly dashed: boolean
  /** Text goes on without a break after the twelfth symbol. */
  readonly glued: boolean
}

/** Twelve symbols from offset `at` of run `first` on, over at most twelve runs. */
const collect = (text: string, { runs }: Scan, first: number, at: number): Collected | undefined => {
  const values: number[] = []
  let pieces = 0
  let fours = 0
  let wild = -1
  let dashed = true
  for (let r = first; r < runs.length && r < first + PIECES; r++) {
    const run = runs[r]!
    const start = r === first ? at : run.start
    if (r > first) {
      if (!run.joined) return undefined
      dashed &&= hasDash(text, runs[r - 1]!.end, run.start)
    }
    // The next token begins here: no group of a token reads like a kind word.
    if (start === run.start && kindNamed(run) !== undefined) return undefined
    if (!run.clean && run.end - start < SYMBOLS - values.length) return undefined
    let i = start
    for (; i < run.end && values.length < SYMBOLS; i++) {
      const value = classOf(text.charCodeAt(i))
      if (value === LETTER) return undefined
      if (value === WILD) {
        if (wild >= 0) return undefined
        wild = values.length
      }
      values.push(value === WILD ? 0 : value)
    }
    if (i > start) pieces++
    if (i - start === 4) fours++
    if (values.length === SYMBOLS) {
      const regular = pieces === 1 || (pieces === 3 && fours === 3)
      return { values, wild, end: i, next: r + 1, regular, dashed, glued: i < run.end }
    }
  }
  return undefined
}

const hasDash = (text: string, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (isDash(text.charCodeAt(i))) return true
  return false
}

/** A decoded word as a reading, an illegible symbol being the wrong one. */
const readingOf = ({ kind, data, wrong }: Decoded, wild: number): Reading[] => {
  if (wild >= 0 && wrong !== undefined && wrong !== wild) return []
  if (!kindCodes.includes(kind)) return []
  return [{ kind, token: write(data), corrected: wrong !== undefined || wild >= 0 }]
}

const letterAndDigit = ({ values }: Collected): boolean =>
  values.some((value) => value < 10) && values.some((value) => value >= 10)

/** After a kind word. A loose form (any spacing, text glued on) counts only if no symbol is wrong. */
const afterWord = (
  start: number,
  kind: number,
  got: Collected,
): (Candidate & { next: number }) | undefined => {
  const decoded = decode(kind, got.values)
  const readings = decoded === undefined ? [] : readingOf(decoded, got.wild)
  const exact = readings.some(({ corrected }) => !corrected)
  if ((got.glued || !got.regular) && !exact) return undefined
  const certain = exact || (got.regular && got.dashed && letterAndDigit(got))
  if (readings.length === 0 && !certain) return undefined
  return { start, end: got.end, readings, certain, next: got.next }
}

/** Without a kind word that we know: every kind is tried, and the look of a product key is not enough. */
const withoutWord = (start: number, got: Collected): (Candidate & { next: number }) | undefined => {
  if (got.glued || !got.regular) return undefined
  const all = decodeAny(kindCodes, got.values).flatMap((decoded) => readingOf(decoded, got.wild))
  const pieces = got.end - start > SYMBOLS
  const readings = pieces && got.dashed ? all : all.filter(({ corrected }) => !corrected)
  if (readings.length === 0 || (!pieces && !letterAndDigit(got))) return undefined
  return { start, end: got.end, readings, certain: false, next: got.next }
}

/** Is the gap after run r one dash and nothing else that can be seen? */
const dashJoined = (text: string, { runs }: Scan, r: number): boolean => {
  const run = runs[r]
  const next = runs[r + 1]
  if (run === undefined || next === undefined || !next.joined) return false
  return next.start - run.end <= 2 && hasDash(text, run.end, next.start)
}

const four = (run: Run | undefined): boolean =>
  run !== undefined && run.joined && run.clean && run.end - run.start === 4

const attempt = (text: string, all: Scan, r: number): (Candidate & { next: number }) | undefined => {
  const { runs } = all
  const run = runs[r]!
  for (let h = run.heads.length - 1; h >= 0; h--) {
    const { length, kind } = run.heads[h]!
    const alone = length === run.end - run.start
    if (alone && runs[r + 1]?.joined !== true) continue
    // Or the hyphen after the word was lost: NAME7Q4K-DM2X-RT9H, NAME7Q4KDM2XRT9H.
    const got = alone
      ? collect(text, all, r + 1, runs[r + 1]!.start)
      : collect(text, all, r, run.start + length)
    const found = got && afterWord(run.start, kind, got)
    if (found !== undefined && (alone || found.readings.length > 0)) return found
  }
  const size = run.end - run.start
  if (!run.clean || !(size === SYMBOLS || (size === 4 && four(runs[r + 1]) && four(runs[r + 2]))))
    return undefined
  const before = dashJoined(text, all, r - 1)
  if (before && (dashJoined(text, all, r - 2) || !runs[r - 1]!.word)) return undefined
  const got = collect(text, all, r, run.start)
  if (got === undefined || dashJoined(text, all, got.next - 1)) return undefined
  // A word that hangs on by a dash is the kind word in a form that we do not know.
  return withoutWord(before ? runs[r - 1]!.start : run.start, got)
}

/** Candidates of one text in order, none overlapping. */
export const findTokens = (text: string): Candidate[] => atOnce(findingTokens(text))

/** `findTokens` in pieces. Of a long text only a window of runs is held. */
export function* findingTokens(text: string): Generator<void, Candidate[]> {
  if (text.length < SYMBOLS) return []
  const out: Candidate[] = []
  const stretches = [{ start: 0, end: text.length }]
  for (let s = 0; s < stretches.length; s++) {
    const all = begin(stretches[s]!.start, stretches[s]!.end)
    let r = 0
    for (;;) {
      scan(text, all)
      const ended = all.at >= all.to
      const sure = all.runs.length - (ended ? 0 : ahead)
      while (r < sure) {
        const found = attempt(text, all, r)
        if (found === undefined) {
          r++
          continue
        }
        const { start, end, readings, certain, next } = found
        out.push({ start, end, readings, certain })
        r = next
      }
      if (ended) break
      const done = Math.max(0, r - behind)
      all.runs.splice(0, done)
      r -= done
      yield
    }
    for (const tag of all.tags) if (tag.end - tag.start >= SYMBOLS) stretches.push(tag)
  }
  return stretches.length === 1 ? out : out.sort((a, b) => a.start - b.start)
}
