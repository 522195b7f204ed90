import { getCountrySpecifications, isValidBBAN, isValidIBAN } from 'ibantools'
import { spend } from '../budget.ts'
import { DIGIT, isWordCode, kinds } from '../fold.ts'
import { near, type Digits, type Site, put, context } from '../found.ts'
import { frenchAccount } from './identifiers/checks.ts'
import type { Recogniser } from './recogniser.ts'

/** Length of an IBAN by country: ISO 13616 registry as ibantools carries it. */
const lengths: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, spec]) =>
    spec.chars === null || spec.chars === undefined ? [] : [[country, spec.chars] as const],
  ),
)

const checkDigits = /^..(?:0[2-9]|[1-8]\d|9[0-8])/
const frenchBban = /^\d{10}[A-Z0-9]{11}\d{2}$/

/**
 * The rest of what `isValidIBAN` asks, of a number of its country's length whose `mod97` holds: check digits 02 … 98, and
 * a BBAN of the country's form and with its own check digits. The French key we compute ourselves: it is the one most asked.
 */
const isNational = (iban: string, country: string): boolean => {
  if (!checkDigits.test(iban)) return false
  const bban = iban.slice(4)
  return country === 'FR' || country === 'MC'
    ? frenchBban.test(bban) && frenchAccount(bban)
    : isValidBBAN(bban, country)
}

/** ISO 7064 mod 97-10 over the number with its first four characters at the end, letters as 10 … 35. */
const mod97 = (iban: string): boolean => {
  let rest = 0
  const { length } = iban
  for (let i = 4; i < length + 4; i++) {
    const code = iban.charCodeAt(i < length ? i : i - length)
    const value = code < 0x3a ? code - 0x30 : code - 0x37
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/**
 * `FR76 3000 6000 0112 3456 7890 189`: country, two digits, the country's length, mod 97 and BBAN checks. With a
 * letter or digit beside it (`IBANFR76…`, a record of fixed width) it counts if the national check holds too.
 */
const find = (site: Site, wordStart: number, wordEnd: number): void => {
  const { text } = site
  const start = wordEnd - 2
  if (start < wordStart || kinds[text.charCodeAt(wordEnd)] !== DIGIT) return
  if (kinds[text.charCodeAt(wordEnd + 1)] === DIGIT) readAt(site, start, wordEnd)
}

/** `FR 76 3000 …` */
const atDigits = (site: Site, run: Digits): void => {
  const { text } = site
  const start = run.start - 3
  if (run.groups[1]! - run.start < 2 || start < 0 || text.charAt(run.start - 1) !== ' ') return
  if (!isWordCode(text.charCodeAt(start - 1))) readAt(site, start, start + 2)
}

const readAt = (site: Site, start: number, wordEnd: number): void => {
  const { text } = site
  const country = text.slice(start, wordEnd).toUpperCase()
  const length = lengths.get(country)
  if (length === undefined) return
  spend(site.budget, 100)
  let signs = 0
  let at = start
  let gap = 0
  /** Begin of what follows the last gap, and the signs before it without gaps. */
  let from = start
  let electronic = ''
  while (at < text.length && signs < length) {
    const code = text.charCodeAt(at)
    if ((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) {
      if (gap > 0) from = at
      signs++
      gap = 0
    } else if (
      gap < 2 &&
      (code === 0x20 || code === 0x2d || code === 0x2e || code === 0xa0 || code === 0x202f || code === 0x2009)
    ) {
      if (gap === 0) electronic += text.slice(from, at)
      gap++
    } else return toldOnly(site, start)
    at++
  }
  if (signs !== length) return toldOnly(site, start)
  electronic += text.slice(from, at)
  const glued = isWordCode(text.charCodeAt(start - 1)) || isWordCode(text.charCodeAt(at))
  const upper = electronic.toUpperCase()
  if (!mod97(upper)) return toldOnly(site, start)
  // A wrong national key (the French RIB's, say) is a typing error in a number that is somebody's all the same.
  const national = isNational(upper, country)
  if (glued && !national) return toldOnly(site, start)
  put(site.found, {
    start,
    end: at,
    category: 'fin.iban',
    confidence: national ? 0.99 : 0.75,
    recogniser: 'iban',
    evidence: national
      ? 'mod 97, country length, national check'
      : 'mod 97, country length, national check wrong',
    country,
  })
}

const written = /[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/y

/** What a word calls an IBAN is somebody's account, wrong check digits or not. */
const toldOnly = (site: Site, start: number): void => {
  if (site.fixedOnly || isWordCode(site.text.charCodeAt(start - 1)) || !near(site, context.iban, start, 30))
    return
  written.lastIndex = start
  const match = written.exec(site.text)
  if (match === null) return
  put(site.found, {
    start,
    end: start + match[0].length,
    category: 'fin.iban',
    confidence: 0.7,
    recogniser: 'iban',
    evidence: 'IBAN word, check digits or length wrong',
  })
}

/** Whether the whole text is an IBAN, however it is spaced. */
export const isIban = (text: string): boolean =>
  isValidIBAN(text.replace(/[\s.\-\u00a0\u202f]/g, '').toUpperCase())

export const iban: Recogniser = {
  id: 'iban',
  fixed: true,
  revision: 3,
  word: find,
  glued: true,
  digits: atDigits,
  counts: [6, Infinity],
}
