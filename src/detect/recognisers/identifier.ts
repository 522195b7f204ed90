import { spend } from '../budget.ts'
import { LOWER, UPPER, isWordCode, kinds } from '../fold.ts'
import type { Digits, Site } from '../found.ts'
import { DIGIT, LETTER, SPACE } from './identifiers/automaton.ts'
import { allForms, likelyForms, signOf, untoldActing, untoldForms } from './identifiers/forms.ts'
import { consider, mayCount } from './identifiers/judge.ts'
import { goesBefore, goesOn, separatorOf, stretchOf } from './identifiers/stretch.ts'
import { listen, within } from './identifiers/told.ts'
import type { Recogniser } from './recogniser.ts'

/** The longest form with its separators. */
const longest = 40

/**
 * Where forms end in the stretch that is read, as pairs of place and state; the text between is looked at only if one
 * of them may count.
 */
const places: number[] = []

/** As `readAt` where no word speaks of what follows. */
const readUntold = (site: Site, start: number): number => {
  const { text } = site
  if (!site.fixedOnly && goesBefore(text, start)) return start
  const forms = site.fixedOnly ? untoldActing : untoldForms
  places.length = 0
  let state = forms.start
  let at = start
  for (; at < text.length && at - start < longest; at++) {
    const sign = signOf(text, at)
    if (sign < 0) break
    state = forms.step(state, sign)
    if (state === 0) break
    if (forms.isEnd(state) && !isWordCode(text.charCodeAt(at + 1))) places.push(at + 1, state)
  }
  spend(site.budget, at - start)
  if (places.length === 0) return start
  for (let last = places.length - 2; last >= 0; last -= 2) {
    const end = places[last]!
    if (!site.fixedOnly && goesOn(text, end)) continue
    if (consider(site, stretchOf(text, start, end), forms.ends(places[last + 1]!), false)) return end
  }
  return start
}

/**
 * Reads from a place as far as some form goes on, over single separators (two, if one is a space), and keeps each
 * place where a form ends and no letter or digit follows. The longest that is an identifier counts.
 * @returns where it ends, or the place itself
 */
const readAt = (site: Site, start: number): number => {
  if (site.fixedOnly || start - site.saidAt > within) return readUntold(site, start)
  const { text } = site
  const forms = listen(site, start) ? allForms : likelyForms
  places.length = 0
  let state = forms.start
  let at = start
  for (; at < text.length && at - start < longest; at++) {
    const sign = signOf(text, at)
    if (sign === DIGIT || sign === LETTER) {
      state = forms.step(state, sign)
      if (state === 0) break
      if (forms.isEnd(state) && !isWordCode(text.charCodeAt(at + 1))) places.push(at + 1, state)
      continue
    }
    if (at === start || sign < 0) break
    const second = signOf(text, at + 1)
    if (second > LETTER) {
      if (text.charCodeAt(at) !== 0x20 && second !== SPACE) break
      at++
    }
    const after = signOf(text, at + 1)
    if (after !== DIGIT && after !== LETTER) break
  }
  spend(site.budget, at - start)
  if (places.length === 0) return start
  for (let last = places.length - 2; last >= 0; last -= 2) {
    const end = places[last]!
    const ways = forms.ends(places[last + 1]!)
    if (mayCount(ways) && consider(site, stretchOf(text, start, end), ways, true)) return end
  }
  return start
}

/** Letters right before the digits, and before those one or two short words of capitals: `AB 12…`, `RSS MRA 85…`. */
const beginnings = (text: string, digits: number): number[] => {
  const out: number[] = []
  let start = digits
  while (start > 0 && digits - start < 8 && isLatin(text.charCodeAt(start - 1))) start--
  if (start < digits) out.push(start)
  for (let words = 0; words < 2; words++) {
    const end = separatorOf(text.charCodeAt(start - 1)) === '' ? -1 : start - 1
    let from = end
    while (from > 0 && end - from < 6 && kinds[text.charCodeAt(from - 1)] === UPPER) from--
    if (end < 0 || from === end) break
    out.unshift(from)
    start = from
  }
  return out
}

const isLatin = (code: number): boolean => code < 0x7b && (kinds[code] === UPPER || kinds[code] === LOWER)

const atDigits = (site: Site, run: Digits): void => {
  const { text } = site
  const before = text.charCodeAt(run.start - 1)
  let reached = 0
  // What is certainly something else already need not be looked at: the groups of an IBAN, a card.
  const last = site.found.at(-1)
  const taken = last !== undefined && last.confidence >= 0.97 ? last.end : 0
  const read = (start: number): void => {
    if (start < taken) return
    if (start >= reached && !isWordCode(text.charCodeAt(start - 1)) && text.charAt(start - 1) !== '+')
      reached = Math.max(reached, readAt(site, start))
  }
  if (isWordCode(before) || separatorOf(before) !== '')
    for (const start of beginnings(text, run.start)) read(start)
  for (let group = 0; group < run.groups.length; group += 2) read(run.groups[group]!)
}

export const identifier: Recogniser = { id: 'identifier', fixed: true, revision: 1, digits: atDigits }
