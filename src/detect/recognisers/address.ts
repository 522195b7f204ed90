import { spend } from '../budget.ts'
import { DIGIT, UPPER, fold, isLetter, kinds } from '../fold.ts'
import { context, near, type Site } from '../found.ts'
import { atCode, atPostcode } from './address-code.ts'
import { atCorner } from './address-corner.ts'
import { goOn, push, run } from './address-tail.ts'
import { atAddress } from './address-told.ts'
import { atBox, atLot, atUnit } from './address-unit.ts'
import { COMMON, listed } from '../names/listed.ts'
import { wordAt } from '../words.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Postal addresses in the way of each country: `12 bis rue des Lilas, 69003 Lyon`, `221B Baker Street, London NW1
 * 6XE`, `Hauptstraße 5, 10115 Berlin`, `C/ Mayor 12, 3º B`, `ul. Lipowa 25/9, 61-394 Czarnków`, on one line or over
 * several. A street without a number is a place, not an address, unless a label (`adresse :`) says so.
 */

/** Words within the name of a street that need no capital. */
const particles: ReadonlySet<string> = new Set(
  'de du des la le les el l d del los las della dello dei degli delle da do dos das al y e et und the of den der dem van aux a au en sur sous in na pod im am st san santa santo saint sainte gen general g'.split(
    ' ',
  ),
)

/** Streets that speak of the name before them; in lower case these are everyday words, so they want a capital. */
const everyday: ReadonlySet<string> = new Set(
  'way place close drive court hill row loop st dr pl ct walk green square'.split(' '),
)

/** Endings of German, Dutch and Nordic street names written as one word. */
const compound =
  /(?:stra(?:ß|ss)e|str|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|plaats|gracht|kade|dijk|singel|steeg|steenweg|hof|ring|markt|graben|chaussee|vägen|gatan|gata|backen|torget|vej|gade|veien|gaten|katu|kuja|tie|utca|rakpart)$/i
/** Of these, what no other word ends with. */
const surely = /(?:stra(?:ß|ss)e|gasse|allee|straat|laan|gracht|steenweg|singel)$/i
const endings: ReadonlySet<string> = new Set('e r g z m t n h k l f a j u s'.split(' '))

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f

const number =
  /,?[ \u00a0]{0,2}(?:(?:nr|n\.?[º°o]?|num|numero|número)\.?[ \u00a0]?)?\d{1,5}(?:(?:[a-zA-Z]|[ ](?:[b-df-h]|a(?=\s*[,.\n-]|\s*$)))(?![\p{L}\d]|\.[ ]?\d))?(?:(?:[ ]?[-/–][ ]?|[ ]y[ ])\d{1,4}[a-zA-Z]?(?![\p{L}\d-])|[-/](?:[a-z]|[ivx]{1,4})(?![\p{L}\d]))?(?![\p{L}\d]|[.,]\d)|,?[ ]{0,2}s\/?n(?![\p{L}])|,?[ ]{0,2}(?:km|p\.?k\.?)\.?[ ]?\d{1,4}(?:[.,]\d{1,3})?(?![\p{L}\d])/iuy
const before =
  /(?:^|[^\p{L}\d.,/-])(\d{1,4}(?:[-/–]\d{1,4})?[ ]?(?:bis|ter|quater|[a-dA-D])?,?[ \u00a0]{1,2})$/u
/** `6750 Koskikatu 25`: a door or a code before a street that has its number. */
const doorBefore = /(?:^|[^\p{L}\d.,/:-])(\d{1,6}[ ])$/u
const found = (site: Site, first: number, numbered: number, lower = false): void => {
  const door = doorBefore.exec(site.text.slice(Math.max(0, first - 8), first))
  const start = door === null ? first : first - door[1]!.length
  const { end, tail } = goOn(site, numbered, lower)
  push(site, start, end, tail ? 0.92 : 0.85, tail ? 'street, number, code or town' : 'street and number')
}

/** `17. Juni`: a number and the name of a month. */
const isDayOf = (text: string, at: number): boolean => {
  const [day, month = ''] = /^\d{1,2}\.? (\p{L}{3,10})/u.exec(text.slice(at, at + 16)) ?? ['']
  return month !== '' && (wordAt(text, at + day.length - month.length, at + day.length)?.month ?? 0) > 0
}

/** Words of a name from `at`: capitals, particles, short numbers (`8 mai 1945`); with `any`, lower case too. */
const nameFrom = (text: string, at: number, any: boolean): number => {
  let end = at
  let plain = any ? 3 : 0
  let named = false
  for (let words = 0; words < 8; words++) {
    // `C/ Dalí`, `C/. Dalí`, `ul. Lipowa`
    const first = words > 0 ? end : end + (/^(?:\/\.?|\.)/.exec(text.slice(end, end + 2))?.[0].length ?? 0)
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
      if (after === from || !(any || isDayOf(text, from))) break
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
    // `G.al de Gaulle`, `S.te Anne`
    if (text.charAt(end) === '.' && word.length === 1 && capital)
      end += /^\.\p{Ll}{1,3}(?= )/u.exec(text.slice(end, end + 5))?.[0].length ?? 0
    // `Gral.`, `St.`: an abbreviation, unless the sentence ends.
    if (text.charAt(end) === '.' && word.length <= 5 && capital && isSpace(text.charCodeAt(end + 1))) end++
  }
  return named ? end : at
}

/** Words that mean a street and nothing else where words in lower case and a number follow; `via` only with a name. */
const unmistakable: ReadonlySet<string> = new Set(
  'calle avda avenida viale piazza corso vicolo rua travessa alameda ulica ulicy strada bulevardul soseaua impasse chemin boulevard zza pzza'.split(
    ' ',
  ),
)
const lowerName =
  /\.?[ ]?((?:\p{Ll}[\p{L}'’-]{0,20}\.?,?[ ]){1,4})(?:n[rº°o]?\.?[ ])?\d{1,4}[a-z]?(?:[/-]\d{1,4})?(?![\p{L}\d]|[.,]\d)/uy

/** `c/ san vicente 45`, `via toledo 156`, `ul. mickiewicza 12/4`, as people type in a hurry. */
const lowered = (site: Site, start: number, end: number, word: string): void => {
  const { text } = site
  const sign = text.charAt(end)
  const short = /^(?:c|cl)$/.test(word) ? sign === '/' : /^(?:ul|str|al|os|av|bd)$/.test(word) && sign === '.'
  if (!short && word !== 'via' && !unmistakable.has(word)) return
  if (/^\/o(?!\p{L})/u.test(text.slice(end, end + 3))) return
  spend(site.budget, 30)
  lowerName.lastIndex = sign === '/' ? end + 1 : end
  const match = lowerName.exec(text)
  if (match === null) return
  const words = fold(match[1]!)
    .split(/[^a-z]+/)
    .filter((one) => one.length > 2 && !particles.has(one))
  // `via sms 24`, `via mare 3`
  if (
    word === 'via' &&
    /^(?:sms|e?mail|fax|posta?|web|internet|app|pec|chat|tel|telefono|telefoon|whatsapp|radio|api|usb)\b/.test(
      fold(match[1]!),
    )
  )
    return
  if (words.length === 0 || (!short && words.every((one) => (listed(one) & COMMON) !== 0 && word === 'via')))
    return
  found(site, start, lowerName.lastIndex, true)
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
  if (to === end) return lowered(site, start, end, word)
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
      !/\p{Lu}\p{L}{2}/u.test(text.slice(end, to)),
    )
  if (numbered > to) found(site, start, numbered)
  else if (near(site, context.address, start, 12)) {
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
  // A number behind it is rarer than the ending.
  const after = text.charCodeAt(end) === 0x2e ? end + 1 : end
  if (kinds[text.charCodeAt(after + 1)] !== DIGIT || !isSpace(text.charCodeAt(after))) return
  if (site.fixedOnly || end - start < 6 || !endings.has(text.charAt(end - 1).toLowerCase())) return
  const small = kinds[text.charCodeAt(start)] !== UPPER
  if (
    small &&
    !near(site, context.address, start, 30) &&
    !surely.test(text.slice(Math.max(start, end - 8), end))
  )
    return
  spend(site.budget, 20)
  if (!compound.test(text.slice(Math.max(start, end - 8), end))) return
  const numbered = run(number, text, after)
  if (numbered > after) found(site, start, numbered, small)
}

const kindOf = {
  streetThenName: context.streetThenName,
  nameThenStreet: context.nameThenStreet,
  address: context.address,
  postcode: context.postcode,
  unit: context.unit,
  box: context.box,
  lot: context.lot,
  corner: context.corner,
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
  else if (kind === kindOf.corner) atCorner(site, start, end)
}

export const address: Recogniser = {
  id: 'address',
  fixed: false,
  revision: 4,
  context: atContext,
  wakes: (kind) => wakingKinds.has(kind),
  word: atWord,
  digits: atCode,
}
