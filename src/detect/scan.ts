import type { Budget } from './budget.ts'
import { spend } from './budget.ts'
import { AT, COLON, DIGIT, FOREIGN, LOWER, MARK, OTHER, PLUS, UPPER, folds, kinds } from './fold.ts'
import { type Digits, type Site } from './found.ts'
import { contextKinds } from './lexicon/context.ts'
import type { Meaning } from './lexicon.ts'
import { hashStep } from './marks.ts'
import { type Called, byFixedTrigger, byHiddenTrigger, byTrigger, digitsOf } from './recognisers/table.ts'
import { forgetUnits, unitsOf } from './units.ts'
import { COVERED, ENGLISH, FRENCH, LOOK, TELLS, entry, lookUp, precedes, rolesOfEntry } from './words.ts'

/** Long before any text. */
const never = -1_000_000

export const makeSite = (budget: Budget): Site => ({
  text: '',
  meaning: null,
  fixedOnly: false,
  budget,
  hidden: false,
  found: [],
  near: new Int32Array(contextKinds.length),
  said: [],
  saidAt: never,
  lastWord: 0,
  urlEnd: 0,
  urlRead: 0,
  hits: [],
  words: 0,
  letters: 0,
  foreign: 0,
  marked: false,
  initials: [],
  singles: 0,
  singlesEnd: never,
  mostSingles: 0,
  provider: false,
  french: 0,
  english: 0,
  others: 0,
})

/** A site without a text: one is enough, since nothing waits while it is used. Its columns lie outside the heap and are dear to make. */
let spare: Site | null = null

/** Lends a site to `act`; afterwards it holds nothing of what it saw. */
export const withSite = <T>(budget: Budget, act: (site: Site) => T): T => {
  const site = spare ?? makeSite(budget)
  spare = null
  site.budget = budget
  try {
    return act(site)
  } finally {
    enter(site, '', null, false)
    forgetUnits()
    site.budget = none
    spare = site
  }
}
const none: Budget = { allowed: 0, spent: 0 }

/** Prepares the site for another text. */
export const enter = (site: Site, text: string, meaning: Meaning | null, fixedOnly: boolean): void => {
  site.text = text
  site.meaning = meaning
  site.fixedOnly = fixedOnly
  site.hidden = false
  site.found = []
  site.near.fill(never)
  site.said.length = 0
  site.saidAt = meaning?.category == null ? never : text.length
  site.hits.length = 0
  site.lastWord = 0
  site.urlEnd = site.urlRead = 0
  site.marked = site.provider = false
  site.initials.length = 0
  site.singles = site.mostSingles = 0
  site.singlesEnd = never
  site.words = site.letters = site.foreign = site.french = site.english = site.others = 0
}

/**
 * One pass over the text. A sign that may begin an identifier (a digit, `@`, `+`, `:`, two capitals before a
 * digit) calls the recognisers that it triggers, and only they look closer; words are hashed on the way and
 * the table's hits kept. What lies left of a trigger is already known (`site.near`).
 */
export const scan = (site: Site): void => {
  spend(site.budget, site.text.length)
  read(site, 0, site.text.length)
}

/** As `scan`, but only what begins in these stretches (pairs, ascending): each from the next begin of a word before it. */
export const scanStretches = (site: Site, stretches: readonly number[]): void => {
  spend(site.budget, site.text.length)
  site.hidden = true
  let done = 0
  for (let index = 0; index < stretches.length; index += 2) {
    let from = Math.max(done, stretches[index]!)
    site.lastWord = 0
    // Between a sign and a letter no word and no run of digits is cut.
    while (from > done && !isBegin(site.text, from)) from--
    done = read(site, from, Math.min(stretches[index + 1]!, site.text.length))
  }
}

const isBegin = (text: string, at: number): boolean => {
  const kind = kinds[text.charCodeAt(at)]
  const before = kinds[text.charCodeAt(at - 1)]
  return (kind === LOWER || kind === UPPER) && before === OTHER
}

/** @returns where what began before `length` ends */
const read = (site: Site, from: number, length: number): number => {
  if (site.fixedOnly) return readFixed(site, from, length)
  const units = unitsOf(site.text)
  const called = site.hidden ? byHiddenTrigger : byTrigger
  // A local name: what is imported is looked up at each use.
  const kindOf = kinds
  let at = from
  while (at < length) {
    const kind = kindOf[units[at]!]!
    if (kind === OTHER) at++
    else if (kind === LOWER || kind === UPPER) at = word(site, units, at, called)
    else if (kind === DIGIT) at = digits(site, units, at, called)
    else {
      if (kind === AT) for (const find of called.at) find(site, at)
      else if (kind === PLUS) for (const find of called.plus) find(site, at)
      else if (kind === COLON) for (const find of called.colon) find(site, at)
      else if (kind === FOREIGN) site.foreign++
      at++
    }
  }
  return at
}

/** As `read` where no word says anything: none is looked up, and nothing is counted. */
const readFixed = (site: Site, from: number, length: number): number => {
  const units = unitsOf(site.text)
  const kindOf = kinds
  let at = from
  while (at < length) {
    const kind = kindOf[units[at]!]!
    if (kind === LOWER || kind === UPPER) {
      const start = at
      let marks = 0
      let next = 0
      // Behind the text stands a zero, which is no letter.
      for (at++; ; at++) {
        next = kindOf[units[at]!]!
        if (next === LOWER || next === UPPER) continue
        if (next !== MARK) break
        marks++
      }
      if (next === DIGIT || units[at] === 0x5f) for (const find of byFixedTrigger.glued) find(site, start, at)
      else if (at - start - marks >= 8) for (const find of byFixedTrigger.long) find(site, start, at)
    } else if (kind === DIGIT) at = digits(site, units, at, byFixedTrigger)
    else {
      if (kind === AT) for (const find of byFixedTrigger.at) find(site, at)
      else if (kind === PLUS) for (const find of byFixedTrigger.plus) find(site, at)
      at++
    }
  }
  return at
}

const word = (site: Site, units: Uint16Array, start: number, called: Called): number => {
  const foldOf = folds
  const kindOf = kinds
  let hash = 0
  let letters = 0
  let marks = 0
  let end = start
  let next = 0
  // Behind the text stands a zero, which is no letter.
  for (; ; end++) {
    next = units[end]!
    const folded = foldOf[next]!
    if (folded === 0) {
      if (kindOf[next] !== MARK) break
      marks++
      continue
    }
    if (folded > 255) hash = hashStep(hash, folded >> 8)
    hash = hashStep(hash, folded & 255)
    letters++
  }
  site.letters += letters
  site.words++
  if (letters < 3 || marks > 0) short(site, units, start, end, letters, marks)
  if (next === 0x5f || kindOf[next] === DIGIT) for (const find of called.glued) find(site, start, end)
  else if (letters >= 8) for (const find of called.long) find(site, start, end)
  const index = lookUp(hash, site.text, start, end)
  if (index >= 0) hit(site, start, end, index, called)
  // `previousWord` cuts long words and ends at what is drawn as nothing.
  site.lastWord = marks > 0 || letters > 40 ? 0 : hash
  return end
}

/** What names/letters.ts and names/spaced.ts look for: they need not read the text for it. */
const short = (
  site: Site,
  units: Uint16Array,
  start: number,
  end: number,
  letters: number,
  marks: number,
): void => {
  if (marks > 0) site.marked = true
  if (kinds[units[start]!] === UPPER && (letters === 1 || units[end] === 0x2e || marks > 0))
    site.initials.push(start)
  if (letters > 1 && marks === 0) return
  site.singles = site.singlesEnd === start - 1 && units[start - 1] === 0x20 ? site.singles + 1 : 1
  site.singlesEnd = end
  if (site.singles > site.mostSingles) site.mostSingles = site.singles
}

/** What the table says of a word. */
const hit = (site: Site, start: number, end: number, index: number, called: Called): void => {
  const role = rolesOfEntry(index)
  if ((role & FRENCH) !== 0) site.french++
  if ((role & ENGLISH) !== 0) site.english++
  if ((role & COVERED) !== 0) site.others++
  if ((role & TELLS) === 0) {
    if ((role & LOOK) !== 0) site.hits.push(start, end, index)
    return
  }
  const { contexts, special, month } = entry(index)
  for (const { kind, before, hash } of contexts) {
    if (
      before.length > 0 &&
      ((hash !== site.lastWord && site.lastWord !== 0) || !precedes(site.text, start, before))
    )
      continue
    site.saidAt = Math.max(site.saidAt, end)
    if (kind >= contextKinds.length) site.said.push(kind - contextKinds.length, end)
    else site.near[kind] = end
    for (const find of called.context[kind]!) find(site, start, end, kind)
  }
  if ((role & LOOK) !== 0 || special.length > 0) site.hits.push(start, end, index)
  if (month > 0) for (const find of called.month) find(site, start, end, month)
}

/** Digits with one or two separators between groups; the longest run, so that runs never overlap. */
const digits = (site: Site, units: Uint16Array, start: number, called: Pick<Called, 'digits'>): number => {
  const kindOf = kinds
  const groups: number[] = []
  let count = 0
  let at = start
  let end = start
  for (;;) {
    const from = at
    while (kindOf[units[at]!] === DIGIT) at++
    groups.push(from, at)
    count += at - from
    end = at
    let gap = at
    while (gap < at + 2 && isSeparator(units[gap]!)) gap++
    if (gap === at || kindOf[units[gap]!] !== DIGIT) break
    at = gap
  }
  const run: Digits = { start, end, count, groups }
  for (const find of digitsOf(called, count)) find(site, run)
  return end
}

/** Space (plain, no-break, thin, figure), full stop, hyphens, dash, slash, parentheses. */
const isSeparator = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x28 && code <= 0x29) ||
  (code >= 0x2d && code <= 0x2f) ||
  code === 0xa0 ||
  code === 0x202f ||
  (code >= 0x2007 && code <= 0x2009) ||
  (code >= 0x2010 && code <= 0x2013)
