import { near, consume, type Digits, type Site } from '../found.ts'
import { isWordCode, nextWord } from '../fold.ts'
import { wordAt } from '../words.ts'
import type { Recogniser } from './recogniser.ts'

const time = '(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?'
const iso = new RegExp(`(\\d{4})-(\\d\\d)-(\\d\\d)(?!\\d)${time}`, 'y')
const dayFirst = /(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?![\d/]|[.-]\d)/y
const yearFirst = /(\d{4})([/.])(\d\d?)\2(\d\d?)(?![\d/]|[.-]\d)/y
const solid = /(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/y
const ordinalThenYear = /(?:er|st|nd|rd|th|º|ª|\.)?(?:\s+(?:de|of))?[\s-]+/y
const yearAfter = /\.?,?[\s-]+(?:de\s+|of\s+)?(\d{4})(?!\d)/y
const dayAndYear = /\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/y

const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31
const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12
const isYear = (text: string): boolean => text.length === 2 || (Number(text) >= 1850 && Number(text) <= 2150)

/** A date after a birth word is a birth date; any other is context (`date`), not personal by itself. */
const push = (site: Site, start: number, end: number, evidence: string): void => {
  const keyed = site.meaning?.category === 'birth.date'
  const born = keyed || near(site, 'birth', start, 45) || near(site, 'bornHere', start, 40)
  if (born && !keyed) {
    consume(site, 'birth')
    consume(site, 'bornHere')
  }
  site.found.push({
    start,
    end,
    category: born ? 'birth.date' : 'date',
    confidence: born ? 0.92 : 0.8,
    recogniser: 'date',
    evidence: born ? `${evidence}, birth word or key` : evidence,
  })
}

const atDigits = (site: Site, run: Digits): void => {
  if (site.fixedOnly) return
  const { text } = site
  const { groups } = run
  for (let group = 0; group < groups.length; group += 2) {
    const start = groups[group]!
    if (isWordCode(text.charCodeAt(start - 1)) || /[/+]/.test(text.charAt(start - 1))) continue
    const length = groups[group + 1]! - start
    const end =
      length === 4
        ? yearLed(text, start)
        : length <= 2
          ? dayLed(text, start, groups[group + 1]!)
          : length === 8
            ? solidDate(site, start)
            : -1
    if (end < 0) continue
    push(site, start, end, length <= 2 ? 'date form, day first' : 'date form, year first')
    while (group + 2 < groups.length && groups[group + 2]! < end) group += 2
  }
}

const yearLed = (text: string, start: number): number => {
  iso.lastIndex = start
  let match = iso.exec(text)
  if (match !== null && isYear(match[1]!) && isMonth(match[2]!) && isDay(match[3]!))
    return start + match[0].length
  yearFirst.lastIndex = start
  match = yearFirst.exec(text)
  if (match !== null && isYear(match[1]!) && isMonth(match[3]!) && isDay(match[4]!))
    return start + match[0].length
  return -1
}

const dayLed = (text: string, start: number, dayEnd: number): number => {
  dayFirst.lastIndex = start
  const match = dayFirst.exec(text)
  if (match !== null) {
    const [, a = '', , b = '', year = ''] = match
    const plausible = (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b))
    // 1.2.24 and 10-11-12 are versions and ranges: two-digit years only with slashes or both parts in full.
    const full =
      year.length === 4 || match[2] === '/' || (a.length === 2 && b.length === 2 && match[2] === '.')
    return plausible && isYear(year) && full ? start + match[0].length : -1
  }
  if (!isDay(text.slice(start, dayEnd))) return -1
  ordinalThenYear.lastIndex = dayEnd
  const gap = ordinalThenYear.exec(text)
  if (gap === null) return -1
  const month = nextWord(text, dayEnd + gap[0].length, 0)
  if (month === null || (wordAt(text, month.start, month.end)?.month ?? 0) === 0) return -1
  yearAfter.lastIndex = month.end
  const year = yearAfter.exec(text)
  return year !== null && isYear(year[1]!) ? month.end + year[0].length : -1
}

/** `19850512` only where a birth word or key speaks: eight digits are more often an order number. */
const solidDate = (site: Site, start: number): number => {
  if (site.meaning?.category !== 'birth.date' && !near(site, 'birth', start, 30)) return -1
  solid.lastIndex = start
  return solid.test(site.text) ? start + 8 : -1
}

/** `May 12, 1985` */
const atMonth = (site: Site, start: number, end: number): void => {
  dayAndYear.lastIndex = end
  const match = dayAndYear.exec(site.text)
  if (match !== null && isDay(match[1]!) && isYear(match[2]!))
    push(site, start, end + match[0].length, 'date form, month first')
}

/** True if the whole text is a date in any of these forms (for keys such as `date_naissance`). */
export const isDate = (text: string): boolean => {
  const trimmed = text.trim()
  if (trimmed.length < 6 || trimmed.length > 40) return false
  return (
    /^\d{4}[-/.]\d\d?[-/.]\d\d?(?:[T ].{0,30})?$/.test(trimmed) ||
    /^\d\d?[-/. ]\d\d?[-/. ](?:\d{4}|\d\d)(?:[T ].{0,20})?$/.test(trimmed) ||
    /^(?:18|19|20)\d{6}$/.test(trimmed) ||
    /^\d\d?(?:er|st|nd|rd|th|\.)?[ -]\p{L}{3,12}\.?,?[ -]\d{4}$/u.test(trimmed) ||
    /^\p{L}{3,12}\.? \d\d?(?:st|nd|rd|th)?,? \d{4}$/u.test(trimmed)
  )
}

export const date: Recogniser = { id: 'date', fixed: false, revision: 1, digits: atDigits, month: atMonth }
