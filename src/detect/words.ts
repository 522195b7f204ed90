import { foldsTo, nextWord } from './fold.ts'
import { contextKinds, contextWords } from './lexicon/context.ts'
import { closings, greetings, introductions, labels, parties, titles } from './lexicon/forms.ts'
import { coveredWords, englishWords, frenchWords, months, notNames, sharedWords } from './lexicon/frequent.ts'
import { type Sense, type SpecialWord, both, eachSpelling } from './lexicon/special.ts'
import { hashOf } from './marks.ts'
import { identifierPhrases } from './recognisers/identifiers/table.ts'
import { ambiguousGiven, givenNames } from './names/given.ts'
import {
  addRole,
  enter,
  entryAt,
  entryCount,
  mark,
  mostEntries,
  rolesOfEntry,
  spellingOf,
} from './word-table.ts'

export { lookUp, rolesOfEntry } from './word-table.ts'

/** A kind of context that ends with a word. */
export interface Context {
  readonly kind: number
  /** Words that must stand before it, nearest first. */
  readonly before: readonly string[]
  /** Hash of the nearest of them; 0 if there is none. */
  readonly hash: number
}

/** What the table (word-table.ts) holds of a word. */
export interface Word {
  readonly folded: string
  /** Bit set of what the word may be. */
  readonly role: number
  /**
   * Context kinds that end with this word; a phrase names the words before it in `before`. Behind the kinds of
   * lexicon/context.ts come the phrases of the identifiers (recognisers/identifiers/table.ts).
   */
  readonly contexts: readonly Context[]
  /** Special-category words and phrases that this word gives away; `at` is its place in the phrase. */
  readonly special: readonly { readonly word: SpecialWord; readonly at: number }[]
  /** 1 … 12, 0 if it names none */
  readonly month: number
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
/** Something more: contexts, words of special categories, a month. */
export const TELLS = 4096
/** Roles that names.ts or special.ts must look at after the scan. */
export const LOOK = GIVEN | TITLE | GREETING | CLOSING | INTRODUCTION | LABEL | PARTY

mark(givenNames, GIVEN)
mark(ambiguousGiven, AMBIGUOUS)
mark(titles, TITLE)
mark(greetings, GREETING)
mark(closings, CLOSING)
mark(introductions, INTRODUCTION)
mark(labels, LABEL)
mark(parties, PARTY)
mark(frenchWords, FRENCH | NOT_NAME)
mark(englishWords, ENGLISH | NOT_NAME)
mark(coveredWords, COVERED)
mark(notNames, NOT_NAME)
mark(sharedWords, NOT_NAME)

/**
 * What words tell, in the order in which it is met: the number of a context, or a sense; with it the phrase, empty if the word
 * is all of it. Those of one word are a chain: `first` has the place + 1 of its first, `next` of the one behind; 0 ends it.
 */
const told: (number | Sense)[] = []
const phrases: string[] = []
const next: number[] = []
const first = new Int32Array(mostEntries)

const tell = (word: number, what: number | Sense, phrase: string): void => {
  addRole(word, TELLS)
  let last = 0
  for (let at = first[word]!; at > 0; at = next[at - 1]!) {
    const old = told[at - 1]!
    if (typeof old === 'object' && typeof what === 'object' && phrases[at - 1] === phrase) {
      told[at - 1] = both(old, what)
      return
    }
    last = at
  }
  const place = told.push(what)
  phrases.push(phrase)
  next.push(0)
  if (last > 0) next[last - 1] = place
  else first[word] = place
}

/** A context counts where its last word ends. */
const tellContext = (phrase: string, kind: number): void => {
  const begin = phrase.lastIndexOf(' ') + 1
  tell(enter(phrase, begin, phrase.length), kind, begin === 0 ? '' : phrase)
}
contextKinds.forEach((kind, index) => {
  for (const phrase of contextWords[kind].split('|')) tellContext(phrase, index)
})
identifierPhrases.forEach((phrase, index) => tellContext(phrase, contextKinds.length + index))

/** Where the longest word of a phrase begins. It is the rarest: `en` of `en prison` would stop the scan at every turn. */
const longestIn = (phrase: string): number => {
  let longest = 0
  let place = 0
  for (let from = 0; from < phrase.length;) {
    const end = endOfWord(phrase, from)
    if (end - from > longest) {
      longest = end - from
      place = from
    }
    from = end + 1
  }
  return place
}
const endOfWord = (phrase: string, begin: number): number => {
  const space = phrase.indexOf(' ', begin)
  return space < 0 ? phrase.length : space
}
eachSpelling((phrase, sense) => {
  const begin = longestIn(phrase)
  const end = endOfWord(phrase, begin)
  tell(enter(phrase, begin, end), sense, end - begin === phrase.length ? '' : phrase)
})

const monthOf = new Map<number, number>()
for (const [name, month] of months) {
  const word = enter(name, 0, name.length)
  addRole(word, TELLS)
  monthOf.set(word, month)
}

/** Made when first asked for: a process meets few of them. */
const words = new Array<Word | undefined>(entryCount()).fill(undefined)

const make = (index: number): Word => {
  const folded = spellingOf(index)
  const contexts: Context[] = []
  const special: { word: SpecialWord; at: number }[] = []
  for (let at = first[index]!; at > 0; at = next[at - 1]!) {
    const what = told[at - 1]!
    const phrase = phrases[at - 1]!
    const parts = phrase === '' ? [folded] : phrase.split(' ')
    if (typeof what === 'object') special.push({ word: { ...what, words: parts }, at: parts.indexOf(folded) })
    else {
      const before = parts.slice(0, -1).reverse()
      contexts.push({ kind: what, before, hash: before.length === 0 ? 0 : hashOf(before[0]!) })
    }
  }
  return { folded, role: rolesOfEntry(index), contexts, special, month: monthOf.get(index) ?? 0 }
}

/** An entry by its number; one whose role has neither `TELLS` nor `LOOK` says nothing more. */
export const entry = (index: number): Word => (words[index] ??= make(index))

/** The entry of a folded word, if it has one. */
export const wordOf = (folded: string): Word | undefined => wordAt(folded, 0, folded.length)

/** The entry of the word at this span, if it has one. */
export const wordAt = (text: string, start: number, end: number): Word | undefined => {
  const index = entryAt(text, start, end)
  return index < 0 ? undefined : entry(index)
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
