import { spend } from '../budget.ts'
import { DIGIT, LOWER, UPPER, fold, isLetter, kinds } from '../fold.ts'
import { recent, type Digits, type Site, put } from '../found.ts'
import { PLACE, listed } from '../names/listed.ts'
import { city, push, run } from './address-tail.ts'

/** Postcodes: after the word for one, with their town, by their form, and the streets before them that no word calls one. */

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f

const code =
  /[ \t]*(?:[:=#]|is|est|es|ist|number)?[ \t]*(\d{5}-\d{3}(?!\d)|(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Z]{2}|\d{4}|\d{6,7}|\d{2,3} \d{2,3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\p{L}\d])/uy

export const atPostcode = (site: Site, end: number): void => {
  spend(site.budget, 20)
  const at = site.text.charAt(end) === '.' ? end + 1 : end
  code.lastIndex = at
  const match = code.exec(site.text)
  if (match === null) return
  postcode(site, at + match[0].length - match[1]!.length, at + match[0].length)
}

const postcode = (site: Site, start: number, end: number): void => {
  put(site.found, {
    start,
    end,
    category: 'contact.postcode',
    confidence: 0.88,
    recogniser: 'address',
    evidence: 'code after the word for it',
  })
}

const town = new RegExp(`(?:\\d{2}-\\d{3}|\\d{5}|\\d{4} ?[A-Z]{2}) (${city})`, 'uy')
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

/** `Los Alisos, 10. 13002 Ciudad Real`: a street that no word calls one, its number, and a code after it. */
const beforeCode =
  /(?:^|[^\p{L}\d])(\p{Lu}(?:\p{L}{0,3}\.|[\p{L}'’ªº-]*)(?:[ ](?:de|del|la|las|los|el|da|do|dos|di|du|des|der|den|y|\p{Lu}(?:\p{L}{0,3}\.|[\p{L}'’ªº-]*))){0,4},?[ ](?:n[.ºo°]{1,2}[ ]?)?(?:\d{1,4}(?:[-/]\d{1,4})?[a-zA-Z]?|s\/n)(?:,[ ]\d{1,2}\.?[ºª°](?:[ ]?\p{Lu})?)?[.,]?[ ]{1,2}(?:-[ ])?(?:[A-Z]{1,2}-)?)$/u

/**
 * `56 Canelones 226 / Fahrdorf / SH / 05775`: name and number, then town, region and country on lines before the code. One
 * line between is enough if a number leads, too: `Ventes 12 / Achats 12000` is no address.
 */
const named = `\\p{Lu}[\\p{L}'’.-]*(?:[ ](?:\\p{Lu}[\\p{L}'’.-]*|de|del|la|van|der|den|u)){0,4}[ ]\\d{1,5}[a-z]?\\.?`
const between = `(?:,?[ ]?\\r?\\n[ \\t]{0,8}(?:,[ ]?)?(?:[A-Z]{2,3}(?![\\p{L}])|nan\\b|${city}))`
const block = new RegExp(
  `(?:^|[^\\p{L}\\d])(\\d{1,6}[a-z]?[ ]${named}${between}{1,3}|${named}${between}{2,3})(?:,?[ ]?(?:\\r?\\n)?[ \\t]{0,8}|,? nan )$`,
  'u',
)

/** Code and town on a line of their own or behind a comma: `75013 Paris`, `62-521 Poznań`; `NW1 6XE` by its form. */
export const atCode = (site: Site, { start, groups }: Digits): void => {
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
  // `C.P. 02400`
  if (first === 5 && /C\.P\.:? ?$/.test(text.slice(Math.max(0, start - 6), start)))
    return postcode(site, start, groups[1]!)
  if (first === 5 && military(site, start, groups[1]!)) return
  if (first === 5 && blockBefore(site, start, groups[1]!)) return
  if (first === 5 || first === 4) townAt(site, start, first, groups[1]!)
  else if (first === 2 && text.charAt(start + 2) === '-' && groups.length >= 4)
    townAt(site, start, first, groups[3]!)
  // `Los Alisos, 10. 13002 Ciudad Real`: the code ends a run that began with the number.
  const last = groups.length - 2
  const width = groups[last + 1]! - groups[last]!
  if (last > 0 && width === 5 && text.charAt(groups[last]! - 1) === ' ')
    townAt(site, groups[last]!, 5, groups[last + 1]!)
}

const blockBefore = (site: Site, start: number, end: number): boolean => {
  const before = site.text.slice(Math.max(0, start - 120), start)
  if (!/\n/.test(before) || !/(?:\n[ \t]*|[\p{L}] )$/u.test(before)) return false
  spend(site.budget, 120)
  const match = block.exec(before)
  if (match === null) return false
  push(
    site,
    start - match[0].length + match[0].indexOf(match[1]!),
    end,
    0.75,
    'name and number above town and code',
  )
  return true
}

/** @param width digits before a hyphen or the town  @param codeEnd where the code ends */
const townAt = (site: Site, start: number, width: number, codeEnd: number): void => {
  const { text } = site
  spend(site.budget, 20)
  town.lastIndex = start
  const match = town.exec(text)
  if (match === null || kinds[text.charCodeAt(codeEnd + 1)] === LOWER) return
  const end = town.lastIndex
  const found = recent(site)
  const behind = found.some(
    (one) => one.category === 'contact.address' && start - one.end < 5 && one.end <= start,
  )
  const named = width === 5 && !behind ? beforeCode.exec(text.slice(Math.max(0, start - 80), start)) : null
  if (named !== null) {
    const from = start - named[0].length + named[0].indexOf(named[1]!)
    // Behind a street that was found, what stands before it is another's: `Dr. Flores Ruiz Av. Kansas 92, 8ºB 41007 Sevilla`.
    const street = found.findLast(
      (one) => one.category === 'contact.address' && one.start > from && one.end <= start,
    )
    return push(site, street?.start ?? from, end, 0.7, 'name, number, postcode and town')
  }
  let at = start - 1
  while (at >= 0 && start - at < 4 && isSpace(text.charCodeAt(at))) at--
  // Without a sign before it the code is one if a list has the town.
  const set = at < 0 || behind || /[\n,(;:–.]/.test(text.charAt(at))
  if (!set && (width !== 5 || (listed(fold(/^\p{L}+/u.exec(match[1]!)![0])) & PLACE) === 0)) return
  push(site, start, end, width === 2 ? 0.8 : 0.6, 'postcode and town')
}
