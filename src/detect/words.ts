import { MARK, fold, folds, foldsTo, kinds, nextWord } from './fold.ts'
import { contextKinds, contextWords } from './lexicon/context.ts'
import { closings, greetings, introductions, labels, parties, titles } from './lexicon/forms.ts'
import { coveredWords, englishWords, frenchWords, months, notNames, sharedWords } from './lexicon/frequent.ts'
import { special, type SpecialWord } from './lexicon/special.ts'
import { hashOf, hashStep } from './marks.ts'
import { identifierPhrases } from './recognisers/identifiers/table.ts'
import { ambiguousGiven, givenNames } from './names/given.ts'

/** A kind of context that ends with a word. */
export interface Context {
  readonly kind: number
  /** Words that must stand before it, nearest first. */
  readonly before: readonly string[]
  /** Hash of the nearest of them; 0 if there is none. */
  readonly hash: number
}

/**
 * The one table that the scan asks about each word: a word's hash (computed while scanning, without making
 * a string) leads to an entry, and only a hit is compared with the text.
 */
export interface Word {
  readonly folded: string
  /** Bit set of what the word may be. */
  role: number
  /**
   * Context kinds that end with this word; a phrase names the words before it in `before`. Behind the kinds of
   * lexicon/context.ts come the phrases of the identifiers (recognisers/identifiers/table.ts).
   */
  contexts: Context[]
  /** Special-category words and phrases that this word gives away; `at` is its place in the phrase. */
  special: { word: SpecialWord; at: number }[]
  /** 1 … 12 */
  month: number
}

export const GIVEN = 1
export const AMBIGUOUS = 2
export const TITLE = 4
export const GREETING = 8
export const CLOSING = 16
export const INTRODUCTION = 32
export const FRENCH = 64
export const ENGLISH = 128
export const NOT_NAME = 256
export const LABEL = 512
/** A function word of a covered language that is neither French nor English. */
export const COVERED = 1024
/** A part in a trial or a cure, before an initial. */
export const PARTY = 2048
/** Something that its entry tells: contexts, words of special categories, a month. */
export const TELLS = 4096
/** Roles that names.ts or special.ts must look at after the scan. */
export const LOOK = GIVEN | TITLE | GREETING | CLOSING | INTRODUCTION | LABEL | PARTY

/** Most words have no context and no special category: they share this. */
const none: never[] = []

const make = (): Word[] => {
  const table = new Map<string, Word>()
  const at = (folded: string): Word => {
    let word = table.get(folded)
    if (word === undefined) {
      word = { folded, role: 0, contexts: none, special: none, month: 0 }
      table.set(folded, word)
    }
    return word
  }
  const mark = (list: string, role: number) => {
    for (const word of list.split(/\s+/)) if (word !== '') at(fold(word)).role |= role
  }
  const told = (word: Word, kind: number, parts: readonly string[]) => {
    if (word.contexts === none) word.contexts = []
    const before = parts.slice(0, -1).reverse()
    word.contexts.push({ kind, before, hash: before.length === 0 ? 0 : hashOf(before[0]!) })
  }
  for (const name of givenNames) at(name).role |= GIVEN
  mark(ambiguousGiven, AMBIGUOUS)
  mark(titles, TITLE)
  mark(greetings, GREETING)
  mark(closings, CLOSING)
  mark(introductions, INTRODUCTION)
  mark(labels, LABEL)
  mark(parties, PARTY)
  mark(frenchWords, FRENCH)
  mark(englishWords, ENGLISH)
  mark(coveredWords, COVERED)
  mark(notNames, NOT_NAME)
  mark(sharedWords, NOT_NAME)
  mark(frenchWords, NOT_NAME)
  mark(englishWords, NOT_NAME)
  contextKinds.forEach((kind, index) => {
    for (const phrase of contextWords[kind].split('|')) {
      const parts = phrase.split(' ')
      told(at(parts.at(-1)!), index, parts)
    }
  })
  identifierPhrases.forEach((phrase, index) => {
    const parts = phrase.split(' ')
    told(at(parts.at(-1)!), contextKinds.length + index, parts)
  })
  for (const word of special) {
    // The longest word of a phrase is the rarest: `en` of `en prison` would stop the scan at every turn.
    const longest = Math.max(...word.words.map((one) => one.length))
    const place = word.words.findIndex((one) => one.length === longest)
    const one = at(word.words[place]!)
    if (one.special === none) one.special = []
    one.special.push({ word, at: place })
  }
  for (const [name, month] of months) at(name).month = month
  const words = [...table.values()]
  for (const word of words)
    if (word.contexts.length > 0 || word.special.length > 0 || word.month > 0) word.role |= TELLS
  return words
}

const entries: readonly Word[] = make()

/** The roles of each entry beside each other: most words of a text tell nothing else. */
const roles = new Int32Array(entries.length)

/** The letters of all entries one behind the other, and where those of each begin. */
const begins = new Int32Array(entries.length + 1)
entries.forEach(({ role, folded }, index) => {
  roles[index] = role
  begins[index + 1] = begins[index]! + folded.length
})
const letters = new Uint16Array(begins[entries.length]!)
entries.forEach(({ folded }, index) => {
  for (let at = 0; at < folded.length; at++) letters[begins[index]! + at] = folded.charCodeAt(at)
})

/** Open addressing, a power of two at least twice the entries: pairs of hash and entry + 1. */
const size = 2 ** Math.ceil(Math.log2(entries.length * 2))
const slots = new Int32Array(2 * size)
const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (size - 1)
entries.forEach((word, index) => {
  const hash = hashOf(word.folded)
  let slot = slotOf(hash)
  while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & (size - 1)
  slots[2 * slot] = hash
  slots[2 * slot + 1] = index + 1
})

/** Entry number of the word with this hash, or -1. Compares the text only on a hit. */
export const lookUp = (hash: number, text: string, start: number, end: number): number => {
  const table = slots
  for (let slot = slotOf(hash); ; slot = (slot + 1) & (size - 1)) {
    const index = table[2 * slot + 1]! - 1
    if (index < 0) return -1
    if (table[2 * slot] === hash && isSpelt(index, text, start, end)) return index
  }
}

/** As `foldsTo`. */
const isSpelt = (index: number, text: string, start: number, end: number): boolean => {
  const foldOf = folds
  const spelling = letters
  let read = begins[index]!
  const stop = begins[index + 1]!
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = foldOf[code]!
    if (folded > 255) {
      if (spelling[read++] !== folded >> 8 || spelling[read++] !== (folded & 255)) return false
    } else if (folded > 0) {
      if (spelling[read++] !== folded) return false
    } else if (kinds[code] !== MARK && spelling[read++] !== code) return false
  }
  return read === stop
}

export const entry = (index: number): Word => entries[index]!

/** Its roles; without `TELLS` and `LOOK` its entry says nothing more. */
export const rolesOfEntry = (index: number): number => roles[index]!

/** The entry of a folded word, if it has one. */
export const wordOf = (folded: string): Word | undefined => wordAt(folded, 0, folded.length)

/** The entry of the word at this span, if it has one; as the table has them, folded, without making a string. */
export const wordAt = (text: string, start: number, end: number): Word | undefined => {
  let hash = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded > 255) hash = hashStep(hash, folded >> 8)
    if (folded > 0) hash = hashStep(hash, folded & 255)
    else if (kinds[code] !== MARK) hash = hashStep(hash, code)
  }
  const index = lookUp(hash, text, start, end)
  return index < 0 ? undefined : entries[index]
}

/** True if the words that follow `at` are these, from the one numbered `first` on; gives the end of the last one, else -1. */
export const follows = (text: string, at: number, words: readonly string[], first = 0): number => {
  let end = at
  for (let word = first; word < words.length; word++) {
    const next = nextWord(text, end)
    if (next === null || !foldsTo(text, next.start, next.end, words[word]!)) return -1
    end = next.end
  }
  return end
}

/** True if the words before `at`, read backwards, are these. */
export const precedes = (text: string, at: number, words: readonly string[]): boolean => {
  let start = at
  for (const word of words) {
    const before = previousWord(text, start)
    if (before === null || !foldsTo(text, before.start, before.end, word)) return false
    start = before.start
  }
  return true
}

/** What each code unit is between words, learned when first met; `º` is both. */
const parts = new Uint8Array(0x10000)
const PART = 1
const JOINS = 2
const MET = 4
const partOf = (code: number): number => {
  const char = String.fromCharCode(code)
  const part = (/[\p{L}\p{M}]/u.test(char) ? PART : 0) | (/[ '’\-\u00a0\u202f(,°º_]/.test(char) ? JOINS : 0)
  return (parts[code] = part | MET)
}
const isPart = (code: number, part: number): boolean => ((parts[code] || partOf(code)) & part) !== 0

/** The word before `at`, behind at most two signs that are not sentence ends; null if none. */
export const previousWord = (text: string, at: number): { start: number; end: number } | null => {
  let end = at
  while (end > 0 && at - end < 3 && isPart(text.charCodeAt(end - 1), JOINS)) end--
  // `Kd.-Nr.`: an abbreviation before a hyphen ends no sentence.
  if (at - end === 1 && text.charCodeAt(end) === 0x2d && text.charCodeAt(end - 1) === 0x2e) end--
  let start = end
  while (start > 0 && end - start < 40 && isPart(text.charCodeAt(start - 1), PART)) start--
  return start < end ? { start, end } : null
}
