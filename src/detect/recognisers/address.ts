import { spend } from '../budget.ts'
import { DIGIT, UPPER, fold, isLetter, kinds } from '../fold.ts'
import { contextIndex, near, type Site } from '../found.ts'
import { atCode, atPostcode } from './address-code.ts'
import { goOn, push, run } from './address-tail.ts'
import { atBox, atLot, atUnit } from './address-unit.ts'
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

/** Endings of German, Dutch and Nordic street names written as one word. */
const compound =
  /(?:stra(?:ß|ss)e|str|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|gracht|kade|dijk|singel|steeg|hof|ring|vägen|gatan|gata|vej|gade|veien|gaten|katu|utca)$/i
const endings: ReadonlySet<string> = new Set('e r g z m t n h k l f a j u'.split(' '))

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f

const number =
  /,?[ \u00a0]{0,2}(?:(?:nr|n\.?[º°o]?|num|numero|número)\.?[ \u00a0]?)?\d{1,5}(?:[ ]?[a-zA-Z](?![\p{L}\d]|\.[ ]?\d))?(?:(?:[ ]?[-/–][ ]?|[ ]y[ ])\d{1,4}[a-zA-Z]?(?![\p{L}\d-])|[-/](?:[a-z]|[ivx]{1,4})(?![\p{L}\d]))?(?![\p{L}\d]|[.,]\d)|,?[ ]{0,2}s\/n(?![\p{L}])|,?[ ]{0,2}(?:km|p\.?k\.?)\.?[ ]?\d{1,4}(?:[.,]\d{1,3})?(?![\p{L}\d])/iuy
const before =
  /(?:^|[^\p{L}\d.,/-])(\d{1,4}(?:[-/–]\d{1,4})?[ ]?(?:bis|ter|quater|[a-dA-D])?,?[ \u00a0]{1,2})$/u
const found = (site: Site, start: number, numbered: number, lower = false): void => {
  const { end, tail } = goOn(site, numbered, lower)
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
    // `Manuel Siurot S/N`: no number.
    if (word.length === 1 && /^\/n(?!\p{L})/iu.test(text.slice(to, to + 3))) break
    if (!small && word.length > 1) named = true
    end = to
    // `Gral.`, `St.`: an abbreviation, unless the sentence ends.
    if (text.charAt(end) === '.' && word.length <= 5 && capital && isSpace(text.charCodeAt(end + 1))) end++
  }
  return named ? end : at
}

const abbreviations: ReadonlySet<string> = new Set(['al', 'os', 'pl'])

/** Prepositions that begin the name of a German street: `Am Markt 5`, `Zur Alten Mühle 12`. */
const prepositions: ReadonlySet<string> = new Set(['am', 'der', 'zum', 'zur'])

/** `12 rue X`, `rue X 12`, `C/ X, 12`, `ul. X 12/3`. */
const streetThenName = (site: Site, start: number, end: number): void => {
  const { text } = site
  const word = fold(text.slice(start, end))
  if (word.length === 1 && !/[./]/.test(text.charAt(end))) return
  spend(site.budget, 40)
  const german = prepositions.has(word)
  // `al Servicio`, `os alunos`: the abbreviations of Poland have a full stop.
  if (abbreviations.has(word) && text.charAt(end) !== '.') return
  const lead = german ? null : before.exec(text.slice(Math.max(0, start - 16), start))
  let to = nameFrom(text, end, lead !== null)
  if (to === end) return
  // `am Grundrecht der Berufsfreiheit in Art. 12`: in a sentence the preposition has no capital, and a street few words.
  if (
    german &&
    (kinds[text.charCodeAt(start)] !== UPPER || !/^(?: \p{Lu}[\p{L}-]*){1,2}$/u.test(text.slice(end, to)))
  )
    return
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
  if (kinds[text.charCodeAt(end)] === DIGIT) return
  const capital = kinds[text.charCodeAt(start)] === UPPER
  if (!capital && everyday.has(text.slice(start, end))) return
  if (!isSpace(text.charCodeAt(start - 1))) return
  spend(site.budget, 60)
  const lead = english.exec(text.slice(Math.max(0, start - 60), start))
  if (lead === null) return
  const words = lead[1]!.trim().split(' ').slice(1)
  // `2 minutes by the street`: in running text the words of a name have capitals, in a chat none has.
  if (capital ? !words.some((word) => /^(?:\p{Lu}|\d+(?:st|nd|rd|th))/u.test(word)) : words.length > 3) return
  if (
    words.some((word) =>
      /^(?:on|in|at|by|to|from|and|minutes?|hours?|days?|is|was|my|our|for|with|of|has|have|am|pm)$|^the$/i.test(
        word,
      ),
    )
  )
    return
  let to = end
  if (text.charAt(to) === '.' && end - start <= 4) to++
  found(site, start - lead[1]!.length, to, !capital)
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
  /[ \t]*(?:actuelle|complète|postale|on file|current|habitual)?[ \t]*(?:[:=]|is|est|ist|es|è|in|w|:|at|to)?(?:(?<=:)[ \t]*\r?\n)?[ \t\u00a0]*["«]?/iuy

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
  const cut =
    /,? (?:and|would|could|is|are|has|where|please|und|et|y|e|en|i) (?:my|you|your|the|it|we|i|mon|ma|mein|meine|mi|mijn|what)? ?\p{Ll}/u.exec(
      written,
    )
  if (cut !== null && /\d/.test(written.slice(0, cut.index))) to = from + cut.index
  else to = goOn(site, to).end
  push(site, from, to, colon ? 0.7 : 0.55, 'after the word for an address')
}

const kindOf = {
  streetThenName: contextIndex('streetThenName'),
  nameThenStreet: contextIndex('nameThenStreet'),
  address: contextIndex('address'),
  postcode: contextIndex('postcode'),
  unit: contextIndex('unit'),
  box: contextIndex('box'),
  lot: contextIndex('lot'),
} as const

const wakingKinds: ReadonlySet<number> = new Set(Object.values(kindOf))

const atContext = (site: Site, start: number, end: number, kind: number): void => {
  if (site.fixedOnly) return
  if (kind === kindOf.streetThenName) streetThenName(site, start, end)
  else if (kind === kindOf.nameThenStreet) nameThenStreet(site, start, end)
  else if (kind === kindOf.address) atAddress(site, end)
  else if (kind === kindOf.postcode) atPostcode(site, end)
  else if (kind === kindOf.unit) atUnit(site, start, end)
  else if (kind === kindOf.box) atBox(site, start, end)
  else if (kind === kindOf.lot) atLot(site, start, end)
}

export const address: Recogniser = {
  id: 'address',
  fixed: false,
  revision: 1,
  context: atContext,
  wakes: (kind) => wakingKinds.has(kind),
  word: atWord,
  digits: atCode,
}
