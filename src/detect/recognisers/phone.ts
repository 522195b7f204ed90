import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import { spend } from '../budget.ts'
import { DIGIT, isWordCode, kinds } from '../fold.ts'
import { compact, near, type Digits, type Site, windows } from '../found.ts'
import type { Recogniser } from './table.ts'

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
  const parsed = parsePhoneNumberFromString(text, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  })
  return parsed?.isValid() ? (parsed.country ?? '') : null
}

const push = (
  site: Site,
  start: number,
  end: number,
  confidence: number,
  evidence: string,
  country: string,
) => {
  site.found.push({
    start,
    end,
    category: 'contact.phone',
    confidence,
    recogniser: 'phone',
    evidence,
    ...(country === '' ? {} : { country }),
  })
}

/** `+33 6 12 34 56 78`, `+33 (0)6 …`: the longest beginning that is a valid number, at group ends. */
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
    } else if (!isGap(code)) break
    at++
  }
  if (count < 8) return
  for (let tries = 0, last = ends.length - 1; last >= 0 && tries < 5; last--, tries++) {
    const end = ends[last]!
    if (isWordCode(text.charCodeAt(end))) continue
    // (0) is printed for callers at home and never dialled from abroad.
    const number = text.slice(plus, end).replace(/\(0\)/, '')
    if (number.replace(/\D/g, '').length < 8) return
    const country = parse(site, number)
    if (country !== null) return push(site, plus, end, 0.97, 'international form, valid number', country)
  }
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

const national = (site: Site, run: Digits): void => {
  const { text } = site
  if (run.count < 8) return
  const before = text.charCodeAt(run.start - 1)
  if (before === 0x2b || isWordCode(before)) return
  const keyed = site.meaning?.category === 'contact.phone'
  let tries = 0
  windows(run, 8, 15, (start, end, count) => {
    spend(site.budget, 10)
    if (isWordCode(text.charCodeAt(end)) || isWordCode(text.charCodeAt(start - 1))) return false
    if (text.charAt(start - 1) === '+') return false
    const written = text.slice(start, end)
    if (written.startsWith('00') && count >= 10) {
      const country = parse(site, `+${compact(text, start + 2, end)}`)
      if (country !== null) {
        push(site, start, end, 0.85, 'international form with 00, valid number', country)
        return true
      }
    }
    if (site.fixedOnly || count > 12) return false
    const open = start > 0 && text.charAt(start - 1) === '(' ? start - 1 : start
    if (frenchPairs.test(written) && parse(site, written, 'FR') !== null) {
      push(
        site,
        start,
        end,
        near(site, 'phone', start) || keyed ? 0.97 : 0.85,
        'French pairs, valid number',
        'FR',
      )
      return true
    }
    const told = keyed || near(site, 'phone', start, 30)
    if (!told) {
      const mobile =
        count === 10 && end - start === 10 && /^0[67]/.test(written) && !near(site, 'order', start)
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
}

export const phone: Recogniser = {
  id: 'phone',
  fixed: true,
  revision: 1,
  plus: international,
  digits: national,
}
