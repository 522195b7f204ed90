import type { Category } from '../model/category.ts'
import { contextKinds, type ContextKind } from './lexicon/context.ts'
import type { Budget } from './budget.ts'
import type { Meaning } from './lexicon.ts'

/** What a recogniser says of a span of one text; `classify.ts` makes a Finding of it. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly category: Category
  readonly confidence: number
  readonly recogniser: string
  readonly evidence: string
  readonly kind?: string | undefined
  readonly country?: string | undefined
}

/**
 * Adds what was found, in the one form that all of them have: whoever goes through a list of things in several forms asks
 * at each of them where its parts lie.
 */
export const put = (
  found: Found[],
  { start, end, category, confidence, recogniser, evidence, kind, country }: Found,
): void => {
  found.push({ start, end, category, confidence, recogniser, evidence, kind, country })
}

/** One text under inspection: what the scan knows so far and where recognisers put what they find. */
export interface Site {
  text: string
  /** What the key above the text means, if it means anything. */
  meaning: Meaning | null
  /** Only checksum and fixed-form identifiers act here (keys, path segments, answers). */
  fixedOnly: boolean
  budget: Budget
  /** True while the plain spelling is read (plain.ts): addresses are not sought. */
  hidden: boolean
  found: Found[]
  /** Where the last context word of each kind ended, far below zero if none came yet. */
  near: Int32Array
  /** Identifiers that words have spoken of so far, as pairs: number of the phrase, where it ended. */
  said: number[]
  /** Where the last context word of any kind ended. */
  saidAt: number
  /** Hash of the word that the scan read last, folded; 0 if it says nothing of what `precedes` sees there. */
  lastWord: number
  /** Up to where no sign ends an address of the web that url.ts met, and up to where its parameters are read. */
  urlEnd: number
  urlRead: number
  /** Hits of the word table as triples: start, end, entry. */
  hits: number[]
  words: number
  letters: number
  foreign: number
  /** Whether a word holds a combining mark or a sign that is drawn as nothing. */
  marked: boolean
  /** Where words of a capital letter begin, and of two before a full stop (names/letters.ts). */
  initials: number[]
  /** How many words of one letter stand in a row, a blank between them, up to which place, and how many did at most. */
  singles: number
  singlesEnd: number
  mostSingles: number
  /** Whether a word ends with the domain of a provider whose dot it lost (recognisers/spoken-email.ts). */
  provider: boolean
  french: number
  english: number
  /** Function words of the other covered languages. */
  others: number
}

/** A maximal run of digits and single separators; `groups` are pairs start, end. */
export interface Digits {
  readonly start: number
  readonly end: number
  readonly count: number
  readonly groups: readonly number[]
}

/** The numbers of the kinds of context words. */
export const context = Object.fromEntries(contextKinds.map((kind, index) => [kind, index])) as Readonly<
  Record<ContextKind, number>
>

/** True if a context word of this kind ended at most `distance` characters before `at`. */
export const near = (site: Site, kind: number, at: number, distance = 40): boolean =>
  at - site.near[kind]! <= distance

/** What was found last, newest at the end: enough to see what stands here already, however much the text holds. */
export const recent = (site: Site): readonly Found[] => site.found.slice(-16)

/** A context word speaks of the first thing after it only: `né le 12/05/1985, embauché le 03/04/2010`. */
export const consume = (site: Site, kind: number): void => {
  site.near[kind] = -1_000_000
}

/** The run's digits from one group to another, without separators. */
export const compact = (text: string, start: number, end: number): string => {
  let out = ''
  /** Begin of the digits that were not taken over yet. */
  let from = start
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) continue
    if (at > from) out += text.slice(from, at)
    from = at + 1
  }
  return out + text.slice(from, end)
}

/**
 * Calls `visit` with each window of whole groups that holds `min` to `max` digits, from each group, longest
 * first; `visit` returns true to take the window, and the search goes on after it.
 */
export const windows = (
  run: Digits,
  min: number,
  max: number,
  visit: (start: number, end: number, count: number, groups: number) => boolean,
): void => {
  const { groups } = run
  if (run.count < min) return
  for (let first = 0; first < groups.length; first += 2) {
    let count = 0
    let last = first
    for (; last < groups.length; last += 2) {
      const more = groups[last + 1]! - groups[last]!
      if (count + more > max) break
      count += more
    }
    for (last -= 2; last >= first && count >= min; last -= 2) {
      if (visit(groups[first]!, groups[last + 1]!, count, (last - first) / 2 + 1)) {
        first = last
        break
      }
      count -= groups[last + 1]! - groups[last]!
    }
  }
}
