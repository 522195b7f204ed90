import type { Field } from '../model/document.ts'
import { spend } from './budget.ts'
import { disguised, fixed } from './fixed.ts'
import { type Found, type Site, put } from './found.ts'
import { freetext } from './freetext.ts'
import { keyed, type Keyed, namesAbove } from './keyed.ts'
import { joined, meaningOf } from './lexicon.ts'
import { findBorn } from './names/born.ts'
import { findBeside } from './names/beside.ts'
import { findLetters } from './names/letters.ts'
import { findListed } from './names/listing.ts'
import { findNames } from './names/names.ts'
import { findOffices } from './names/office.ts'
import { findShaped } from './names/shaped.ts'
import { findTagged } from './names/tagged.ts'
import { enter, scan } from './scan.ts'
import { findPasted } from './pasted.ts'
import { findSpecial } from './special.ts'
import { findTalk } from './talk/talk.ts'

/** One field by itself: what its name says, what its value shows. */

/** Headers that say how to talk, not of whom: languages are no findings, in the others only what has a form is. */
export const silentHeaders: ReadonlySet<string> = new Set(['accept-language', 'content-language'])
const formalHeaders: ReadonlySet<string> = new Set(['accept', 'content-type'])

/** What one field's inspection left behind. */
export interface Seen {
  readonly found: Found[]
  /** The value fits its name and nothing else can be in it: known values need not be searched. */
  readonly tight: boolean
  /** Position of a generic name's finding that the fields beside it may strengthen; -1 if none. */
  readonly open: number
}

/** Units of work: what the names of a field say. */
const naming = 20

/** A value of fewer words is no sentence; its name and the rules say what it is. */
const fewest = 4

export const inspect = (site: Site, field: Field, plainBody: boolean, key = field.key): Seen => {
  if (field.place === 'segment') return { found: fixed(site, field.text), tight: true, open: -1 }
  if (field.place === 'key' || field.place === 'column' || field.place === 'parameter')
    return name(site, field)
  if (field.place === 'header' && silentHeaders.has(field.key)) return { found: [], tight: true, open: -1 }
  if (field.place === 'header' && formalHeaders.has(field.key))
    return { found: fixed(site, field.text), tight: true, open: -1 }
  if (isVocabulary(field)) {
    // What has a form is found there too: `urn:nir:…` names a person and no system.
    return { found: fixed(site, field.text), tight: true, open: -1 }
  }
  spend(site.budget, naming)
  const told = keyed(field, key)
  if (told.found !== null && told.tight) {
    site.budget.spent += field.text.length
    return { found: [told.found], tight: true, open: told.open ? 0 : -1 }
  }
  if (field.kind === 'boolean' || (field.kind === 'number' && field.text.length < 8)) {
    return { found: told.found === null ? [] : [told.found], tight: true, open: -1 }
  }
  if (field.text === '') return { found: [], tight: true, open: -1 }
  const digits = field.kind === 'number' ? spelledOut(field.text) : null
  if (digits !== null) return { found: wholeNumber(site, field.text, digits, told), tight: true, open: -1 }
  enter(site, field.text, told.meaning, false)
  scan(site)
  if (field.kind === 'text') {
    if (site.hits.length > 0) {
      findSpecial(site)
      findNames(site)
    }
    if (plainBody || told.meaning.freetext || site.words >= fewest) {
      findTagged(site)
      findShaped(site)
      findLetters(site)
      findOffices(site)
      findListed(site)
    }
    findBeside(site)
    findBorn(site)
    findTalk(site)
    findPasted(site)
  }
  const { found } = site
  const open = told.found !== null && told.open ? found.length : -1
  if (told.found !== null) put(found, told.found)
  const free = field.kind === 'text' ? freetext(site, field, told.meaning, plainBody, found) : null
  if (free !== null) put(found, free)
  for (const one of disguised(site, field.text, told.meaning, false)) put(found, one)
  return { found, tight: false, open }
}

/** The address of a code system, a schema or a profile: `system`, `xmlns`, `extension.url`. */
const isVocabulary = (field: Field): boolean =>
  /^(?:https?:\/\/|urn:)[^\s?@%]{1,200}$/.test(field.text) &&
  (meaningOf(field.key).technical || joined(namesAbove(field)[0] ?? '', field.key).technical)

/** `4.111111111111111E15` as Java writes a number, in digits; null if it is not written so or no integer. */
const spelledOut = (text: string): string | null => {
  const match = /^-?(\d{1,24})(?:\.(\d{1,24}))?[eE]\+?(\d{1,2})$/.exec(text)
  if (match === null) return null
  const [, first = '', fraction = '', exponent = ''] = match
  const digits = fraction.replace(/0+$/, '')
  const zeros = Number(exponent) - digits.length
  return zeros < 0 || Number(exponent) > 24 ? null : first + digits + '0'.repeat(zeros)
}

/** What the digits of a number say is said of the number as it is written. */
const wholeNumber = (site: Site, text: string, digits: string, told: Keyed): Found[] => {
  enter(site, digits, told.meaning, false)
  scan(site)
  const found = site.found.map((one) => ({ ...one, start: 0, end: text.length }))
  return told.found === null ? found : [...found, told.found]
}

/** A name that the sender chose: known ones are looked up only; others may hold an identifier or a titled name. */
const name = (site: Site, field: Field): Seen => {
  if (field.text.length < 4 || meaningOf(field.text).printable) return { found: [], tight: true, open: -1 }
  const cost = silentNames.get(field.text)
  if (cost !== undefined) {
    spend(site.budget, cost)
    return { found: [], tight: false, open: -1 }
  }
  const before = site.budget.spent
  const found = fixed(site, field.text)
  enter(site, field.text, null, false)
  scan(site)
  findNames(site)
  const titled = site.found.filter((one) => one.recogniser === 'name' && one.evidence.startsWith('title'))
  if (found.length === 0 && titled.length === 0 && field.text.length <= 64) {
    if (silentNames.size >= mostSilent) silentNames.clear()
    silentNames.set(field.text, site.budget.spent - before)
  }
  return { found: [...found, ...titled], tight: false, open: -1 }
}

/** Names in which nothing was found, and what the look at each cost: payloads repeat them, and each costs every time the same. */
const silentNames = new Map<string, number>()
const mostSilent = 10_000
