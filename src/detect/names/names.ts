import { spend } from '../budget.ts'
import { LOWER, MARK, UPPER, fold, kinds } from '../fold.ts'
import { context, type Site, put } from '../found.ts'
import { particles, shortTitles } from '../lexicon/forms.ts'
import {
  AMBIGUOUS,
  CLOSING,
  GIVEN,
  GREETING,
  INTRODUCTION,
  LABEL,
  NOT_NAME,
  PARTY,
  TITLE,
  entry,
  previousWord,
  wordAt,
} from '../words.ts'
import { isEponym } from './eponym.ts'

const street = context.street

/** A name read from the text: where it ends, how many words it has, how many are given names. */
interface Read {
  readonly start: number
  readonly end: number
  readonly words: number
  readonly given: number
}

const most = 4

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f
const joins = (code: number): boolean =>
  code === 0x2d || code === 0x27 || code === 0x2019 || code === 0x2010 || code === 0x2011

/** End of the word at `at`: letters and marks, with hyphens and apostrophes between letters. */
const wordEnd = (text: string, at: number): number => {
  let end = at
  while (end < text.length && end - at < 40) {
    const code = text.charCodeAt(end)
    const kind = kinds[code]
    if (kind === LOWER || kind === UPPER || kind === MARK) end++
    else if (end > at && joins(code) && isLetterAt(text, end + 1)) end++
    else break
  }
  return end
}

const isLetterAt = (text: string, at: number): boolean => {
  const kind = kinds[text.charCodeAt(at)]
  return at < text.length && (kind === LOWER || kind === UPPER)
}

const isCapital = (text: string, at: number): boolean =>
  at < text.length && kinds[text.charCodeAt(at)] === UPPER

export const rolesOf = (text: string, start: number, end: number): number => {
  const whole = wordAt(text, start, end)
  if (whole !== undefined) return whole.role
  // Jean-Pierre, Le-Gall: judged by its first part.
  let cut = start
  while (cut < end && !joins(text.charCodeAt(cut))) cut++
  if (cut === end) return 0
  // E-mail
  const from = cut - start === 1 ? cut + 1 : start
  return wordAt(text, from, from === start ? cut : end)?.role ?? 0
}

/** A particle in capitals before a word in capitals. */
const isLoud = (text: string, start: number, end: number): boolean =>
  isSpace(text.charCodeAt(end)) &&
  kinds[text.charCodeAt(end - 1)] === UPPER &&
  isCapital(text, end + 1) &&
  isCapital(text, end + 2) &&
  particles.has(fold(text.slice(start, end)))

/** Reads capitalised words, initials (`J.`) and particles between them, on one line. */
const read = (site: Site, from: number, limit = most): Read | null => {
  const { text } = site
  let at = from
  let end = -1
  let start = -1
  let words = 0
  let given = 0
  let particle = 0
  spend(site.budget, 10)
  while (words < limit) {
    let next = at
    while (next - at < 2 && isSpace(text.charCodeAt(next))) next++
    const stop = wordEnd(text, next)
    if (stop === next) break
    if (isCapital(text, next)) {
      const initial =
        stop <= next + 3 &&
        text.charAt(stop) === '.' &&
        /^[A-Z](?:[a-z]|-[A-Z])?$/.test(text.slice(next, stop))
      const roles = rolesOf(text, next, stop)
      // `Prof. Dr. T.`: the name stands behind the next title.
      if (words === 0 && initial && stop > next + 1 && (roles & TITLE) !== 0) break
      // `Z. AL BAHIRT`, `MARÍA DE LA CRUZ`
      if (words > 0 && !initial && stop - next < 4 && isLoud(text, next, stop) && ++particle < 3) {
        at = stop
        continue
      }
      if (!initial && (roles & NOT_NAME) !== 0 && ((roles & GIVEN) === 0 || words === 0)) break
      if (stop === next + 1 && !initial) break
      if (start < 0) start = next
      words++
      if ((roles & GIVEN) !== 0) given++
      end = initial ? stop + 1 : stop
      at = end
      particle = 0
    } else {
      if (words === 0 && particle === 0 && !particles.has(fold(text.slice(next, stop)))) break
      if (!particles.has(fold(text.slice(next, stop))) || ++particle > 2) break
      if (start < 0) start = next
      at = stop
    }
    if (!isSpace(text.charCodeAt(at))) break
  }
  return words === 0 ? null : { start, end, words, given }
}

/** `rue du Docteur Roux`, `lycée Victor Hugo`, `clinique Saint-Jean`: places named after people. */
export const inPlaceName = (text: string, start: number): boolean => {
  let at = start
  for (let back = 0; back < 3; back++) {
    const before = previousWord(text, at)
    if (before === null) return false
    const word = wordAt(text, before.start, before.end)
    if (word?.contexts.some((context) => context.kind === street && context.before.length === 0)) return true
    const lower = kinds[text.charCodeAt(before.start)] === LOWER
    if (lower && !particles.has(fold(text.slice(before.start, before.end)))) return false
    at = before.start
  }
  return false
}

/** Person names told by title, greeting, closing, introduction, label or given name, from the scan's hits. */
export const findNames = (site: Site): void => {
  const { text, hits } = site
  let covered = -1
  const push = (start: number, end: number, confidence: number, evidence: string) => {
    put(site.found, { start, end, category: 'name', confidence, recogniser: 'name', evidence })
    covered = end
  }
  for (let hit = 0; hit < hits.length; hit += 3) {
    const start = hits[hit]!
    if (start < covered) continue
    const end = hits[hit + 1]!
    const word = entry(hits[hit + 2]!)
    const capital = isCapital(text, start)
    if ((word.role & TITLE) !== 0) {
      const name = afterTitle(site, start, end, word.folded, capital)
      if (name !== null && !inPlaceName(text, start)) {
        push(name.start, name.end, 0.95, `title ${capital ? 'before' : 'in lower case before'} it`)
        continue
      }
    }
    if ((word.role & PARTY) !== 0) {
      const name = isSpace(text.charCodeAt(end)) ? initial(text, end) : null
      if (name !== null && (word.role & LABEL) === 0) {
        push(name.start, name.end, 0.8, 'initial after a part in a case')
        continue
      }
    }
    if ((word.role & (INTRODUCTION | LABEL)) !== 0) {
      const name = (word.role & LABEL) !== 0 ? afterLabel(site, end) : null
      const told =
        name ??
        ((word.role & INTRODUCTION) !== 0 && introduces(text, start, word.folded) ? read(site, end) : null)
      if (told !== null) {
        push(
          told.start,
          told.end,
          told.given > 0 || told.words > 1 ? 0.9 : 0.75,
          name === null ? 'introduction before it' : 'label before it',
        )
        continue
      }
    }
    if ((word.role & GREETING) !== 0 && capital) {
      const name = read(site, end, 3)
      if (name !== null && (name.given > 0 || /[,!\n]/.test(text.charAt(name.end)))) {
        push(name.start, name.end, name.given > 0 ? 0.9 : 0.65, 'greeting before it')
        continue
      }
    }
    if ((word.role & CLOSING) !== 0) {
      const name = afterClosing(site, end)
      if (name !== null) {
        push(name.start, name.end, name.given > 0 ? 0.9 : 0.75, 'closing formula before it')
        continue
      }
    }
    if ((word.role & GIVEN) !== 0 && capital) given(site, start, word.role, push)
  }
}

const given = (
  site: Site,
  hitStart: number,
  role: number,
  push: (start: number, end: number, confidence: number, evidence: string) => void,
): void => {
  const { text } = site
  let start = hitStart
  // Martin-Dupont met at its second half, or the tail of another word: the word began before.
  if (joins(text.charCodeAt(start - 1)) && isLetterAt(text, start - 2)) return
  const name = read(site, start)
  if (name === null || inPlaceName(text, start) || isEponym(text, name.start, name.end)) return
  const before = previousWord(text, start)
  let led = false
  if (
    before !== null &&
    before.end === start - 1 &&
    isSpace(text.charCodeAt(before.end)) &&
    before.end - before.start >= 2
  ) {
    const said = text.slice(before.start, before.end)
    const roles = rolesOf(text, before.start, before.end)
    if (
      said === said.toUpperCase() &&
      (roles & NOT_NAME) === 0 &&
      text.slice(start, name.end) !== text.slice(start, name.end).toUpperCase()
    ) {
      start = before.start
      led = true
    }
  }
  const ambiguous = (role & AMBIGUOUS) !== 0
  if (name.words > 1 || led) {
    push(start, name.end, ambiguous && name.given < 2 && !led ? 0.55 : 0.85, 'given name and surname')
  } else
    push(
      start,
      name.end,
      ambiguous ? 0.3 : 0.5,
      ambiguous ? 'given name that is also a word, alone' : 'given name, alone',
    )
}

const afterTitle = (
  site: Site,
  start: number,
  end: number,
  folded: string,
  capital: boolean,
): Read | null => {
  const { text } = site
  const dotted = text.charAt(end) === '.'
  if (shortTitles.has(folded) && (!capital || (!dotted && folded !== 'sr'))) {
    if (folded === 'm' && !capital) return null
    if (!dotted && folded === 'm' && !isSpace(text.charCodeAt(end))) return null
  }
  if (start > 0 && /[\p{L}\p{N}'’]/u.test(text.charAt(start - 1)) && folded.length < 3) return null
  const from = dotted ? end + 1 : end
  if (article.test(text.slice(from, from + 5))) return null
  if (!isSpace(text.charCodeAt(from)) && !(dotted && isCapital(text, from))) return null
  return read(site, from) ?? initial(text, from)
}

/** `Herr der Lage`, `als M. der Geschädigten das Telefon entriss`: no name begins so. */
const article = /^ (?:der|die|das|dem) /

/** `Herr C ist`, `Frau M. D.`, `Herrn N…`: what is left of a name that somebody shortened. */
const shortened = /[ \u00a0]?(\p{Lu}(?:\.(?:[ ]?\p{Lu}\.)?|…)?)(?![\p{L}\d.'’-])/uy

const initial = (text: string, from: number): Read | null => {
  shortened.lastIndex = from
  const match = shortened.exec(text)
  if (match === null) return null
  const end = from + match[0].length
  return { start: end - match[1]!.length, end, words: 1, given: 0 }
}

/** `Nom : Dupont`, `Client: Jean Martin` */
const afterLabel = (site: Site, end: number): Read | null => {
  const { text } = site
  let at = end
  if (isSpace(text.charCodeAt(at))) at++
  if (text.charAt(at) !== ':') return null
  return read(site, at + 1)
}

/** `je m'appelle`, `my name is`, `signé`, but not `appelle` of a phone call nor any other `is`. */
const introduces = (text: string, start: number, folded: string): boolean => {
  if (folded === 'appelle') return /m['’]$/i.test(text.slice(Math.max(0, start - 2), start))
  const before = previousWord(text, start)
  const said = before === null ? '' : fold(text.slice(before.start, before.end))
  if (folded === 'is') return said === 'name'
  if (folded === 'called') return said === 'am' || said === 'is'
  return true
}

/** `Cordialement,\nJean Dupont`, `Best regards, J. Smith`: a name that ends its line. */
const afterClosing = (site: Site, end: number): Read | null => {
  const { text } = site
  let at = end
  while (at - end < 6 && /[,.\s!]/.test(text.charAt(at)) && at < text.length) at++
  if (at === end || !/[,\n]/.test(text.slice(end, at))) return null
  const name = read(site, at, 3)
  if (name === null) return null
  const rest = text.charAt(name.end)
  return rest === '' || rest === '\n' || rest === '\r' || (rest === '.' && name.end + 1 >= text.length)
    ? name
    : null
}
