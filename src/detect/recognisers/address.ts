import { spend } from '../budget.ts'
import { DIGIT, LOWER, UPPER, fold, isLetter, kinds } from '../fold.ts'
import { contextIndex, near, type Digits, type Site, recent } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Postal addresses in the way of each country: `12 bis rue des Lilas, 69003 Lyon`, `221B Baker Street, London NW1
 * 6XE`, `Hauptstraße 5, 10115 Berlin`, `C/ Mayor 12, 3º B`, `ul. Lipowa 25/9, 61-394 Czarnków`, on one line or over
 * several. A street without a number is a place, not an address, unless a label (`adresse :`) says so.
 */

/** Words within the name of a street that need no capital. */
const particles: ReadonlySet<string> = new Set(
  'de du des la le les l d del los las della dello dei degli delle da do dos das al y e et und the of den der dem van aux a au en sur sous in na pod im am st san santa santo saint sainte gen general g'.split(
    ' ',
  ),
)

/** Streets that speak of the name before them; in lower case these are everyday words, so they want a capital. */
const everyday: ReadonlySet<string> = new Set(
  'way place close drive court hill row loop st dr pl ct walk green square'.split(' '),
)

/** Endings of German and Dutch street names written as one word. */
const compound =
  /(?:stra(?:ß|ss)e|str|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|gracht|kade|dijk|singel|steeg|hof|ring)$/i
const endings: ReadonlySet<string> = new Set('e r g z m t n h k l f'.split(' '))

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f

const number =
  /,?[ \u00a0]{0,2}(?:(?:nr|n\.?[º°o]?|num|numero|número)\.?[ \u00a0]?)?\d{1,5}(?:[ ]?[a-zA-Z](?![\p{L}\d]))?(?:[ ]?[-/–][ ]?\d{1,4}[a-zA-Z]?(?![\p{L}\d-]))?(?![\p{L}\d]|[.,]\d)|,?[ ]{0,2}s\/n(?![\p{L}])/iuy
const before =
  /(?:^|[^\p{L}\d.,/-])(\d{1,4}(?:[-/–]\d{1,4})?[ ]?(?:bis|ter|quater|[a-dA-D])?,?[ \u00a0]{1,2})$/u
const part =
  /[ ,]{0,3}(?:\d{1,2}[ ]?[ºª°][ -]?[\p{L}]{0,4}(?![\p{L}])|(?:piso|planta|puerta|pta|escalera|esc|bloque|blq|portal|bajo|apt|apto|apartamento|appt|appartement|bât|bat|bâtiment|étage|etage|unit|flat|suite|ste|floor|apartment|lok|m|interno|int|scala|bl|sc|et|ap|andar|dto|esq|izq|dcha|room)\b\.?[ ]?[\p{L}\d-]{0,5}(?![\p{L}\d])|#[ ]?[\p{L}\d-]{1,6}|\d{1,3}[ ]?[A-Za-zºª]{1,3}(?![\p{L}\d])|\d{1,3}(?=[,.]|\s*\n|$))/iuy

const city =
  "\\p{Lu}[\\p{L}'’.-]*(?:[ -](?:(?:sur|sous|de|del|la|le|les|lès|en|am|an|der|do|da|dos|upon)[ -]){0,2}\\p{Lu}[\\p{L}'’.-]*){0,4}(?: [Cc]edex)?(?: \\d{1,2}(?!\\d))?"
const gap = '[ \\u00a0]{0,3}[.,;–-]?[ \\u00a0]{0,3}(?:\\r?\\n[ \\t]{0,8})?'
const unicode = (source: string): RegExp => new RegExp(source, 'uy')
/** What may follow the street, over a comma or a line end: code and town, town and code, or the town alone. */
const tails: readonly RegExp[] = [
  unicode(
    `${gap}(?:[A-Z]{1,2}[- ])?(?:\\d{5}(?:-\\d{4})?|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{4} ?[A-Z]{2}(?![\\p{L}])|\\d{3} \\d{2}|\\d{6}|\\d{4})(?!\\d)[ ,]{1,2}(?:\\n)?${city}`,
  ),
  unicode(`${gap}(?:${city}[ ,]{1,3}){1,2}[A-Z]{2},?[ ]{1,2}\\d{5}(?:-\\d{4})?(?!\\d)`),
  unicode(`${gap}(?:${city}${gap}){0,3}[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}(?![\\p{L}\\d])`),
  unicode(`${gap}(?:${city},? )?[A-Z]\\d[A-Z] ?\\d[A-Z]\\d(?![\\p{L}\\d])`),
  unicode(`, ?${city}, [A-Z]{2}(?![\\p{L}])`),
  unicode(`${gap}(?:${city}[ ,-]{1,3})\\d{6}(?!\\d)`),
  unicode(`, ?${city}(?=[.,;]|\\s*\\n|$)`),
]

const run = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Behind the street and its number: floor and flat, then code and town. */
const goOn = (site: Site, from: number): { end: number; tail: boolean } => {
  const { text } = site
  spend(site.budget, 120)
  let end = from
  for (let more = 0; more < 4; more++) {
    const next = run(part, text, end)
    if (next === end) break
    end = next
  }
  for (const tail of tails) {
    const next = run(tail, text, end)
    if (next > end) return { end: next, tail: true }
  }
  return { end, tail: false }
}

const push = (site: Site, start: number, end: number, confidence: number, evidence: string): void => {
  if (recent(site).some((one) => one.category === 'contact.address' && one.start <= start && one.end >= end))
    return
  site.found.push({ start, end, category: 'contact.address', confidence, recogniser: 'address', evidence })
}

const found = (site: Site, start: number, numbered: number): void => {
  const { end, tail } = goOn(site, numbered)
  push(site, start, end, tail ? 0.92 : 0.85, tail ? 'street, number, code or town' : 'street and number')
}

/** Words of a name from `at`: capitals, particles, short numbers (`8 mai 1945`); with `any`, lower case too. */
const nameFrom = (text: string, at: number, any: boolean): number => {
  let end = at
  let plain = any ? 3 : 0
  let named = false
  for (let words = 0; words < 8; words++) {
    const first = words === 0 && /[./]/.test(text.charAt(end)) ? end + 1 : end
    let from = first
    while (from < first + 2 && isSpace(text.charCodeAt(from))) from++
    if (words > 0 && from === end) break
    let to = from
    while (
      to < text.length &&
      to - from < 30 &&
      (isLetter(text.charCodeAt(to)) || /['’-]/.test(text.charAt(to)))
    )
      to++
    if (to === from) {
      // `rue du 8 mai 1945`, `Straße des 17. Juni`: a day, then its month.
      const day = /\d{1,2}(?:er|\.)?[ ]\p{L}{3,10}(?:[ ]\d{4})?/uy
      const after = run(day, text, from)
      if (after === from || !any) break
      end = after
      named = true
      continue
    }
    const word = text.slice(from, to)
    const capital = kinds[text.charCodeAt(from)] === UPPER
    const small = particles.has(fold(word).replace(/['’].*$/, '')) && (word.length < 6 || !/['’]/.test(word))
    if (!capital && !small && --plain < 0) break
    if (!small) named = true
    end = to
    // `Gral.`, `St.`: an abbreviation, unless the sentence ends.
    if (text.charAt(end) === '.' && word.length <= 5 && capital && isSpace(text.charCodeAt(end + 1))) end++
  }
  return named ? end : at
}

/** `12 rue X`, `rue X 12`, `C/ X, 12`, `ul. X 12/3`. */
const streetThenName = (site: Site, start: number, end: number): void => {
  const { text } = site
  const word = fold(text.slice(start, end))
  if (word.length === 1 && !/[./]/.test(text.charAt(end))) return
  spend(site.budget, 40)
  const lead = before.exec(text.slice(Math.max(0, start - 16), start))
  let to = nameFrom(text, end, lead !== null)
  if (to === end) return
  const numbered = run(number, text, to)
  if (lead !== null && word.length > 1)
    return found(
      site,
      start - lead[1]!.length,
      numbered > to && /^,?\s*\d{5}/.test(text.slice(to, numbered)) ? to : numbered,
    )
  if (numbered > to) found(site, start, numbered)
  else if (near(site, 'address', start, 12)) {
    const more = goOn(site, to)
    to = more.end
    push(site, start, to, 0.7, 'street after the word for an address')
  }
}

/** `221B Baker Street`, `31 north car street`: a number, one to four words, the word for a street. */
const english = /(?:^|[^\p{L}\d.,/])(\d{1,6}[A-Za-z]?(?:[-/]\d{1,5})?[ ](?:[\p{L}\p{N}'’.]{1,20}[ ]){1,4})$/u

const nameThenStreet = (site: Site, start: number, end: number): void => {
  const { text } = site
  const capital = kinds[text.charCodeAt(start)] === UPPER
  if (!capital && everyday.has(text.slice(start, end))) return
  if (!isSpace(text.charCodeAt(start - 1))) return
  spend(site.budget, 60)
  const lead = english.exec(text.slice(Math.max(0, start - 60), start))
  if (lead === null) return
  const words = lead[1]!.trim().split(' ').slice(1)
  // `2 minutes by the street`: in running text the words of a name have capitals, in a chat none has.
  if (capital ? !words.some((word) => /^[\p{Lu}\d]/u.test(word)) : words.length > 3) return
  if (
    words.some((word) =>
      /^(?:on|in|at|by|to|from|and|minutes?|hours?|days?|is|was|my|our|for|with)$/i.test(word),
    )
  )
    return
  let to = end
  if (text.charAt(to) === '.' && end - start <= 4) to++
  found(site, start - lead[1]!.length, to)
}

/** `Hauptstraße 5`, `Kerkstraat 12-a`. */
const atWord = (site: Site, start: number, end: number): void => {
  const { text } = site
  if (site.fixedOnly || end - start < 6 || !endings.has(text.charAt(end - 1).toLowerCase())) return
  if (kinds[text.charCodeAt(start)] !== UPPER && !near(site, 'address', start, 30)) return
  const after = text.charAt(end) === '.' ? end + 1 : end
  if (!isSpace(text.charCodeAt(after)) || kinds[text.charCodeAt(after + 1)] !== DIGIT) return
  spend(site.budget, 20)
  if (!compound.test(text.slice(Math.max(start, end - 8), end))) return
  const numbered = run(number, text, after)
  if (numbered > after) found(site, start, numbered)
}

const label =
  /[ \t]*(?:actuelle|complète|postale|on file|current|habitual)?[ \t]*(?:[:=]|is|est|ist|es|è|in|w|:|at|to)?[ \t\u00a0]*["«]?/iuy

/** `Adresse : …`: to the end of the line or sentence, if a number stands in it. */
const atAddress = (site: Site, end: number): void => {
  const { text } = site
  spend(site.budget, 60)
  const from = run(label, text, end)
  let to = from
  while (to < text.length && to - from < 110) {
    const code = text.charCodeAt(to)
    if (code === 0x0a || code === 0x22 || code === 0x7c || code === 0x3b || code === 0x3f || code === 0x21)
      break
    if (code === 0x2e && !isLetter(text.charCodeAt(to + 1)) && kinds[text.charCodeAt(to + 1)] !== DIGIT) {
      // The full stop of `Av.`, `St.`, `12.` does not end the line.
      let word = to
      while (word > from && isLetter(text.charCodeAt(word - 1))) word--
      if (to - word > 4 || word === to || !isSpace(text.charCodeAt(to + 1))) break
    }
    to++
  }
  while (to > from && /[\s,.(]/.test(text.charAt(to - 1))) to--
  const written = text.slice(from, to)
  if (to - from < 8 || !/^[\p{Lu}\d"]/u.test(written) || /@|:\/\//.test(written)) return
  if (!/(?:^|[\s,])\d{1,6}(?:[\s,/-]|[A-Za-z]?\b|$)/.test(written) || !/\p{L}{3}/u.test(written)) return
  if (/^(?:\d{1,3}\.){3}\d|^\d[\d\s.-]*$/.test(written)) return
  if (/[:]\s*[:=]|,\s*(?:phone|tel|email)/i.test(text.slice(end, from))) return
  const colon = text.slice(end, from).includes(':')
  if (!colon && !/^\d/.test(written)) return
  push(site, from, to, colon ? 0.7 : 0.55, 'after the word for an address')
}

const code =
  /[ \t]*(?:[:=#]|is|est|es|ist|number)?[ \t]*((?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Z]{2}|\d{4}|\d{6}|\d{3} \d{2,3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\p{L}\d])/uy

const atPostcode = (site: Site, end: number): void => {
  spend(site.budget, 20)
  const at = site.text.charAt(end) === '.' ? end + 1 : end
  code.lastIndex = at
  const match = code.exec(site.text)
  if (match === null) return
  site.found.push({
    start: at + match[0].length - match[1]!.length,
    end: at + match[0].length,
    category: 'contact.postcode',
    confidence: 0.88,
    recogniser: 'address',
    evidence: 'code after the word for it',
  })
}

const kindOf = {
  streetThenName: contextIndex('streetThenName'),
  nameThenStreet: contextIndex('nameThenStreet'),
  address: contextIndex('address'),
  postcode: contextIndex('postcode'),
} as const

const atContext = (site: Site, start: number, end: number, kind: number): void => {
  if (site.fixedOnly) return
  if (kind === kindOf.streetThenName) streetThenName(site, start, end)
  else if (kind === kindOf.nameThenStreet) nameThenStreet(site, start, end)
  else if (kind === kindOf.address) atAddress(site, end)
  else if (kind === kindOf.postcode) atPostcode(site, end)
}

const town = unicode(`(?:\\d{2}-\\d{3}|\\d{5}|\\d{4} ?[A-Z]{2}) ${city}`)
const british = /[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![A-Za-z\d])/y

/** Mail to the armed forces of the United States (USPS Publication 28 §238): `PSC 1560, Box 3449 / APO AP 24937`. */
const station =
  /(?:(?:PSC|CMR|Unit|USS|USNS|USNV|USCGC|USCG)[^\n]{1,40}\r?\n?[ ,]{0,2})?[AFD]PO,? A[AEP],? $/i

const military = (site: Site, start: number, end: number): boolean => {
  const { text } = site
  if (text.charCodeAt(start - 1) !== 0x20 || !/^[AEP]$/i.test(text.charAt(start - 2))) return false
  spend(site.budget, 60)
  const match = station.exec(text.slice(Math.max(0, start - 70), start))
  if (match === null) return false
  push(site, start - match[0].length, end, 0.9, 'military post office')
  return true
}

/** Code and town on a line of their own or behind a comma: `75013 Paris`, `62-521 Poznań`; `NW1 6XE` by its form. */
const atDigits = (site: Site, { start, groups }: Digits): void => {
  if (site.fixedOnly) return
  const { text } = site
  const first = groups[1]! - start
  if (first <= 2 && kinds[text.charCodeAt(start - 1)] === UPPER) {
    const from = kinds[text.charCodeAt(start - 2)] === UPPER ? start - 2 : start - 1
    if (isLetter(text.charCodeAt(from - 1)) || kinds[text.charCodeAt(from - 1)] === DIGIT) return
    spend(site.budget, 8)
    const end = run(british, text, from)
    if (end > from) push(site, from, end, 0.75, 'form of a British postcode')
    return
  }
  if (first === 5 && military(site, start, groups[1]!)) return
  if (first !== 5 && first !== 4 && !(first === 2 && text.charAt(start + 2) === '-' && groups.length >= 4))
    return
  let at = start - 1
  while (at >= 0 && start - at < 4 && isSpace(text.charCodeAt(at))) at--
  const behind = recent(site).some(
    (one) => one.category === 'contact.address' && start - one.end < 5 && one.end <= start,
  )
  if (at >= 0 && !behind && !/[\n,(;:–.]/.test(text.charAt(at))) return
  spend(site.budget, 20)
  const end = run(town, text, start)
  if (end === start) return
  const letter = kinds[text.charCodeAt(groups[first === 2 ? 3 : 1]! + 1)]
  if (letter === LOWER) return
  push(site, start, end, first === 2 ? 0.8 : 0.6, 'postcode and town')
}

export const address: Recogniser = {
  id: 'address',
  fixed: false,
  revision: 1,
  context: atContext,
  word: atWord,
  digits: atDigits,
}
