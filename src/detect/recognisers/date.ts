import { near, consume, recent, type Digits, type Site, put, context } from '../found.ts'
import { DIGIT, fold, isWordCode, kinds, nextWord } from '../fold.ts'
import { isNumeral, isOrdinal, numeralsFrom } from '../lexicon/numerals.ts'
import { previousWord, wordAt } from '../words.ts'
import type { Recogniser } from './recogniser.ts'

const time = '(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?'
const iso = new RegExp(`(\\d{4})-(\\d\\d)-(\\d\\d)(?!\\d)${time}`, 'y')
const dayFirst = /(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?![\d/]|[.-]\d)/y
const yearFirst = /(\d{4})([/.])(\d\d?)\2(\d\d?)(?![\d/]|[.-]\d)/y
const solid = /(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/y
const ordinalThenYear = /(?:er|st|nd|rd|th|º|ª|\.)?(?:\s+(?:de|of))?[\s-]+/y
const yearAfter = /\.?,?[\s-]+(?:de\s+|del\s+|of\s+)?(\d{4})(?!\d)/y
const shortYear = /\.?,?[\s-]+(?:del?\s+)?['’]?(\d\d)(?![\d:]|[.,]\d)/y
/** After a birth word: blanks and slips between the parts, two-digit years with any sign. */
const loose = /(\d\d?)\s?([/.-])\s?(\d\d?)\s?[/.-]{1,2}\s?['’]?(\d{4}|\d\d)(?!\d)/y
/** `7.03.1985 r.` */
const polishYear = /\s?r\.(?!\p{L})/uy
/** `né(e) le`: the parenthesis ends the phrase for the scan. */
const bornEither = /\bn[ée]\s?\(e\)[^\n\d]{0,25}$/u
const dayAndYear = /\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/y
const dayAlone = /\.?\s+(\d\d?)(?:st|nd|rd|th)?(?![\d/:.,])/y

const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31
const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12
const isYear = (text: string): boolean => text.length === 2 || (Number(text) >= 1850 && Number(text) <= 2150)

/** Whether a birth word speaks of what stands at `start`. */
const isBorn = (site: Site, start: number): boolean =>
  near(site, context.birth, start, 45) ||
  near(site, context.bornHere, start, 40) ||
  // `Irena, *12.08.1949`: the sign of the born.
  ((isStar(site.text.charCodeAt(start - 1)) || isStar(site.text.charCodeAt(start - 2))) &&
    /(?:^|[\s(,;])[*✱]\s?$/.test(site.text.slice(Math.max(0, start - 3), start))) ||
  isBornEither(site.text.slice(Math.max(0, start - 36), start)) ||
  isOther(site, start)

/** * and ✱ */
const isStar = (code: number): boolean => code === 0x2a || code === 0x2731

const isBornEither = (said: string): boolean => said.includes('(e)') && bornEither.test(said)

/** `entre le 1/2/1952 et le 2/2/1952`: nobody knows on which of the two days. */
const isOther = (site: Site, start: number): boolean => {
  const last = recent(site).findLast(({ category }) => category === 'birth.date')
  if (last === undefined || start <= last.end || start - last.end > 12) return false
  return /^[\])]? ?(?:et|ou|au|and|or|und|oder|bis|y|o|al|e|i|lub|do|en|of) (?:(?:le|du|the|am|den|el|il|dnia) )?$/.test(
    site.text.slice(last.end, start),
  )
}

/** A date after a birth word is a birth date; any other is context (`date`), not personal by itself. */
const push = (site: Site, start: number, end: number, evidence: string): void => {
  const keyed = site.meaning?.category === 'birth.date'
  const born = keyed || isBorn(site, start)
  if (born && !keyed) {
    consume(site, context.birth)
    consume(site, context.bornHere)
  }
  polishYear.lastIndex = end
  put(site.found, {
    start,
    end: polishYear.test(site.text) ? polishYear.lastIndex : end,
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
    const before = text.charCodeAt(start - 1)
    if (isWordCode(before) || before === 0x2f || before === 0x2b) continue
    const length = groups[group + 1]! - start
    const end =
      length === 4
        ? yearLed(text, start)
        : length <= 2
          ? dayLed(site, start, groups[group + 1]!)
          : length === 8
            ? solidDate(site, start)
            : -1
    if (end < 0) {
      if (length === 4) yearOfBirth(site, start)
      continue
    }
    push(site, start, end, length <= 2 ? 'date form, day first' : 'date form, year first')
    while (group + 2 < groups.length && groups[group + 2]! < end) group += 2
  }
}

/** Hyphen, full stop, slash. */
const isMark = (code: number): boolean => code >= 0x2d && code <= 0x2f

const yearLed = (text: string, start: number): number => {
  if (!isMark(text.charCodeAt(start + 4))) return -1
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

const dayLed = (site: Site, start: number, dayEnd: number): number => {
  const { text } = site
  const behind = text.charCodeAt(dayEnd)
  dayFirst.lastIndex = start
  const match = isMark(behind) ? dayFirst.exec(text) : null
  if (match !== null) {
    const [, a = '', , b = '', year = ''] = match
    const plausible = (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b))
    // 1.2.24 and 10-11-12 are versions and ranges: two-digit years only with slashes or both parts in full.
    const full =
      year.length === 4 || match[2] === '/' || (a.length === 2 && b.length === 2 && match[2] === '.')
    if (plausible && isYear(year) && full) return start + match[0].length
    return looseDate(site, start)
  }
  if (!isDay(text.slice(start, dayEnd))) return -1
  // `06 12`: another group and no month.
  if (behind === 0x20 && kinds[text.charCodeAt(dayEnd + 1)] === DIGIT) return looseDate(site, start)
  ordinalThenYear.lastIndex = dayEnd
  const gap = ordinalThenYear.exec(text)
  const month = gap === null ? null : nextWord(text, dayEnd + gap[0].length, 0)
  if (month === null || (wordAt(text, month.start, month.end)?.month ?? 0) === 0)
    return looseDate(site, start)
  yearAfter.lastIndex = month.end
  const year = yearAfter.exec(text)
  if (year !== null && isYear(year[1]!)) return month.end + year[0].length
  if (
    !near(site, context.birth, start, 30) &&
    !near(site, context.bornHere, start, 12) &&
    !isOther(site, start)
  )
    return -1
  // `born on 12 May`, `né le 12 mai 85`, `geboren am 3. Mai neunzehnhundertachtzig`
  shortYear.lastIndex = month.end
  if (shortYear.test(text)) return shortYear.lastIndex
  return numeralsFrom(text, month.end).end
}

const looseDate = (site: Site, start: number): number => {
  if (!near(site, context.birth, start, 25) && !near(site, context.bornHere, start, 12)) return -1
  loose.lastIndex = start
  const match = loose.exec(site.text)
  if (match === null) return -1
  const [, a = '', , b = '', year = ''] = match
  const plausible = (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b))
  return plausible && isYear(year) ? start + match[0].length : -1
}

/** `born in 1985`, `né en mai 1985`, `Jahrgang 1985`: close to the birth word, and nobody is born in years to come. */
const yearOfBirth = (site: Site, start: number): void => {
  const { text } = site
  if (!near(site, context.birth, start, 28) && !near(site, context.bornHere, start, 16)) return
  if (!/^(?:19\d\d|20[01]\d|202[0-5])(?![\d.,:/-]\d|\s?[€$£%])/.test(text.slice(start, start + 7))) return
  const before = previousWord(text, start)
  const month =
    before !== null && (wordAt(text, before.start, before.end)?.month ?? 0) > 0 ? before.start : start
  push(site, month, start + 4, 'year')
}

/** `19850512` only where a birth word or key speaks: eight digits are more often an order number. */
const solidDate = (site: Site, start: number): number => {
  if (site.meaning?.category !== 'birth.date' && !near(site, context.birth, start, 30)) return -1
  solid.lastIndex = start
  return solid.test(site.text) ? start + 8 : -1
}

/** `May 12, 1985`; after a birth word `May 12`, `the twelfth of May`, `douze mai mille neuf cent quatre-vingts`. */
const atMonth = (site: Site, start: number, end: number): void => {
  const { text } = site
  dayAndYear.lastIndex = end
  const match = dayAndYear.exec(text)
  if (match !== null && isDay(match[1]!) && isYear(match[2]!))
    return push(site, start, end + match[0].length, 'date form, month first')
  if (site.fixedOnly || (!near(site, context.birth, start, 60) && !near(site, context.bornHere, start, 40)))
    return
  const from = dayBefore(text, start)
  yearAfter.lastIndex = end
  const year = yearAfter.exec(text)
  if (from < start) {
    const to = year !== null && isYear(year[1]!) ? end + year[0].length : numeralsFrom(text, end).end
    return push(site, from, to, 'date in words')
  }
  dayAlone.lastIndex = end
  const day = year === null ? dayAlone.exec(text) : null
  if (day !== null && isDay(day[1]!)) push(site, start, end + day[0].length, 'month and day')
}

/** Where the words for a day begin that end at `start`: `the twenty-first of`, `douze`; `start` if there are none. */
const dayBefore = (text: string, start: number): number => {
  let from = start
  let at = start
  for (let words = 0; words < 4; words++) {
    const before = previousWord(text, at)
    if (before === null) break
    const folded = fold(text.slice(before.start, before.end))
    at = before.start
    if (isNumeral(folded) || isOrdinal(folded)) from = at
    else if (!/^(?:of|de|d|und|y|e|et)$/.test(folded)) break
  }
  return from
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

export const date: Recogniser = { id: 'date', fixed: false, revision: 3, digits: atDigits, month: atMonth }
