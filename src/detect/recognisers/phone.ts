import { createRequire } from 'node:module'
import type { CountryCode } from 'libphonenumber-js/max'
import { spend } from '../budget.ts'
import { DIGIT, isWordCode, kinds } from '../fold.ts'
import { compact, context, near, type Digits, type Site, windows, recent, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

const load = createRequire(import.meta.url)
type Library = typeof import('libphonenumber-js/max')
let library: Library | undefined
/** The plans of all countries are loaded when the first number needs them: a French one does not. */
const parsed = (text: string, options: { extract: false; defaultCountry?: CountryCode }) =>
  (library ??= load('libphonenumber-js/max') as Library).parsePhoneNumberFromString(text, options)

/** One parse by libphonenumber costs about as much as looking at this many characters. */
const parseCost = 400

/** Countries tried for a number in national form, by whether it begins with the trunk prefix 0. */
const withTrunk: readonly CountryCode[] = ['FR', 'DE', 'MA', 'GB', 'BE', 'CH', 'MG', 'NL', 'RO', 'IT']
const withoutTrunk: readonly CountryCode[] = ['PT', 'ES', 'PL', 'LU', 'IT', 'TN', 'US']

/** Geographic, mobile and non-geographic numbers (ARCEP plan): all of these blocks are in use, so no parse is needed. */
const frenchNumber = /^(?:\+33|0)[1-79]\d{8}$/

const parse = (site: Site, text: string, country?: CountryCode): string | null => {
  if ((country === 'FR' || text.startsWith('+33')) && frenchNumber.test(text.replace(/[^\d+]/g, '')))
    return 'FR'
  spend(site.budget, parseCost)
  const number = parsed(text, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  })
  return number?.isValid() ? (number.country ?? '') : null
}

/** Whether a number with `+` has a country and a length that its plan allows, though the block is not in use. */
const isPossible = (site: Site, text: string): boolean => {
  spend(site.budget, parseCost)
  return parsed(text, { extract: false })?.isPossible() ?? false
}

/** `x0135`, `ext. 12`, `poste 4`: rings inside the house. */
const extension = /[ ,]{0,2}(?:x|ext\.?|extension|poste|int\.?|durchwahl)[ .:]{0,2}\d{1,6}(?![\w])/iy

const withExtension = (text: string, end: number): number => {
  extension.lastIndex = end
  return extension.test(text) ? extension.lastIndex : end
}

const phoneKind = context.phone

const push = (
  site: Site,
  start: number,
  end: number,
  confidence: number,
  evidence: string,
  country: string,
) => {
  put(site.found, {
    start,
    end,
    category: 'contact.phone',
    confidence,
    recogniser: 'phone',
    evidence,
    country: country === '' ? undefined : country,
  })
  // The word has had its number; only one right behind it (`… and …`) is still meant.
  if (near(site, context.phone, start, 40)) site.near[phoneKind] = end - 22
}

/** `+33 6 12 34 56 78`, `+33 (0)6 …`, up to the end of a sentence: the longest beginning that is a valid number, at group ends. */
const international = (site: Site, plus: number): void => {
  const { text } = site
  if (isWordCode(text.charCodeAt(plus - 1))) return
  const ends: number[] = []
  let count = 0
  let at = plus + 1
  while (at < text.length && count < 17 && at - plus < 32) {
    const code = text.charCodeAt(at)
    if (kinds[code] === DIGIT) {
      count++
      if (kinds[text.charCodeAt(at + 1)] !== DIGIT) ends.push(at + 1)
    } else if (!isGap(code) || (code === 0x2e && count >= 10 && text.charCodeAt(at + 1) === 0x20)) break
    at++
  }
  if (count < 8) return
  for (let tries = 0, last = ends.length - 1; last >= 0 && tries < 5; last--, tries++) {
    const end = ends[last]!
    if (isWordCode(text.charCodeAt(end)) && withExtension(text, end) === end) continue
    // (0) is printed for callers at home and never dialled from abroad.
    const number = text.slice(plus, end).replace(/\(0\)/, '')
    if (number.replace(/\D/g, '').length < 8) break
    const country = parse(site, number)
    if (country !== null)
      return push(site, plus, withExtension(text, end), 0.97, 'international form, valid number', country)
  }
  // A number that no block holds (an old one, a typing error) is still written as one.
  const end = ends.at(-1)!
  if (site.fixedOnly || isWordCode(text.charCodeAt(end))) return
  const told = near(site, context.phone, plus, 30) || site.meaning?.category === 'contact.phone'
  const spaced = end - plus - 1 > count
  if (isPossible(site, text.slice(plus, end).replace(/\(0\)/, '')) ? spaced || told : told)
    push(site, plus, withExtension(text, end), told ? 0.78 : 0.7, 'international form, block not in use', '')
}

const isGap = (code: number): boolean =>
  code === 0x20 ||
  code === 0x28 ||
  code === 0x29 ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x2f ||
  code === 0xa0 ||
  code === 0x202f ||
  (code >= 0x2007 && code <= 0x2013)

/** `06 12 34 56 78`: five pairs, the first 01 … 09. */
const frenchPairs = /^0[1-9](?:[ ./\-\u00a0\u202f\u2009]\d\d){4}$/

/** `01 2039 2739`, `09 65 42 8231`: ten digits of the French plan in two to four groups of two and more. */
const frenchOther = /^0[1-79](?:\d{0,2}[ .]){1,2}\d{2,4}(?:[ .]\d{2,4}){1,2}$/

/** `(212) 555-0123`, `212-555-0123`: the North American plan, whose areas and exchanges begin with 2 … 9. */
const american = /^(?:\([2-9]\d\d\) ?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{4}$/

/** Digits in the groups of a telephone number, for what the word alone says is one. */
const dialled = /^(?:\d{1,4}[ ./)-]{1,2}){1,6}\d{2,9}$|^\d{7,13}$/

const others = (
  [
    'national',
    'tax',
    'card',
    'account',
    'iban',
    'customer',
    'employee',
    'passport',
    'driving',
    'health',
  ] as const
).map((kind) => context[kind])

/** Says a telephone if no word right before it says what number it is: `my account number is`. */
const anyNumber = / (?:number is|num[eé]ro est)$/i

/** `Tel: 0612345678. NSS: 917-17-5417`: a word for another number stands between the word for a telephone and this one. */
const isOthers = (site: Site, start: number): boolean => {
  const word = site.near[phoneKind]!
  const general = anyNumber.exec(site.text.slice(Math.max(0, word - 12), Math.max(0, word)))
  const since = general === null ? Math.max(word, start - 12) : word - general[0].length - 1
  return (site.said.at(-1) ?? 0) > since || others.some((kind) => site.near[kind]! > since)
}

/** `03.02.2026 08:14`: a day and its hour, of eight to ten digits. */
const isDay = (text: string, start: number, end: number): boolean =>
  end - start <= 16 &&
  /^(?:\d\d?[./-]\d\d?[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d\d?[./-]\d\d?)(?:[ T]\d\d?)?$/.test(
    text.slice(start, end),
  )

const national = (site: Site, run: Digits): void => {
  const { text } = site
  const before = text.charCodeAt(run.start - 1)
  if (before === 0x2b || isWordCode(before)) return
  const keyed = site.meaning?.category === 'contact.phone'
  let tries = 0
  windows(run, 8, 15, (start, end, count) => {
    spend(site.budget, 10)
    if (isWordCode(text.charCodeAt(start - 1))) return false
    if (isWordCode(text.charCodeAt(end)) && withExtension(text, end) === end) return false
    if (text.charAt(start - 1) === '+') return false
    const written = text.slice(start, end)
    if (written.startsWith('00') && count >= 10) {
      const country = parse(site, `+${compact(text, start + 2, end)}`)
      if (country !== null) {
        // In one piece it may be any number that begins with zeros.
        const sure = site.fixedOnly || keyed || end - start > count || near(site, context.phone, start)
        push(site, start, end, sure ? 0.85 : 0.6, 'international form with 00, valid number', country)
        return true
      }
    }
    if (site.fixedOnly || count > 12 || isDay(text, start, end)) return false
    const open = start > 0 && text.charAt(start - 1) === '(' ? start - 1 : start
    const french = count === 10 && written.startsWith('0')
    if (french && frenchPairs.test(written)) {
      const said = near(site, context.phone, start) || keyed
      if (parse(site, written, 'FR') !== null) {
        push(site, start, end, said ? 0.97 : 0.85, 'French pairs, valid number', 'FR')
        return true
      }
      if (count === run.count) {
        // A block that is not in use: an old number or a slip.
        push(site, start, end, said ? 0.7 : 0.55, 'French pairs', 'FR')
        return true
      }
    }
    const told = keyed || (near(site, context.phone, start, 30) && !isOthers(site, start))
    if (!told && /^(?:id|fin)\./.test(site.meaning?.category ?? '')) return false
    const whole = count === 10 ? text.slice(open, end) : ''
    if (american.test(whole)) {
      const country = parse(site, whole, 'US')
      const confidence = told
        ? country === null
          ? 0.75
          : 0.9
        : country === null
          ? 0.4
          : open < start
            ? 0.75
            : 0.6
      push(site, open, withExtension(text, end), confidence, 'North American form', country ?? '')
      return true
    }
    if (!told) {
      const mobile =
        french && end - start === 10 && /^0[67]/.test(written) && !near(site, context.order, start)
      if (
        count === run.count &&
        written.startsWith('0') &&
        frenchOther.test(written) &&
        !near(site, context.order, start)
      ) {
        push(site, start, end, 0.6, 'French number in other groups', 'FR')
        return true
      }
      if (mobile && parse(site, written, 'FR') !== null) {
        push(site, start, end, 0.6, 'French mobile form, no context', 'FR')
        return true
      }
      return false
    }
    if (/^(?:19|20)\d\d-\d\d-\d\d/.test(written)) return false
    if (++tries > 2) return false
    for (const guess of written.replace(/^\D/, '').startsWith('0') ? withTrunk : withoutTrunk) {
      const country = parse(site, written, guess)
      if (country !== null) {
        push(
          site,
          open,
          end,
          0.85,
          keyed ? 'phone key, valid national number' : 'phone word, valid national number',
          country,
        )
        return true
      }
    }
    return false
  })
  if (!keyed) toldOnly(site, run)
}

/** After a word for a telephone, digits in groups are one, though no plan of ours has it. */
const toldOnly = (site: Site, run: Digits): void => {
  const { text } = site
  if (site.fixedOnly || run.count > 13 || run.count < 7 || !near(site, context.phone, run.start, 12)) return
  if (isOthers(site, run.start)) return
  if (recent(site).some((one) => one.start < run.end && one.end > run.start)) return
  const written = text.slice(run.start, run.end)
  if (isWordCode(text.charCodeAt(run.end)) || isWordCode(text.charCodeAt(run.start - 1))) return
  if (/^(?:19|20)\d\d-\d\d-\d\d|^\d\d?[./]\d\d?[./]\d{2,4}$/.test(written) || !dialled.test(written)) return
  push(site, run.start, withExtension(text, run.end), 0.65, 'phone word, digits in groups', '')
}

export const phone: Recogniser = {
  id: 'phone',
  fixed: true,
  revision: 2,
  plus: international,
  digits: national,
  counts: [8, Infinity],
}
