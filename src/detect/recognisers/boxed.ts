import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { near, recent, type Digits, type Site, put, context } from '../found.ts'
import type { Category } from '../../model/category.ts'
import { luhn } from './luhn.ts'
import type { Recogniser } from './recogniser.ts'

/** Numbers of forms and scanned pages, one digit a box: `2 9 2 4 1 8 7 6 5 3 2 9 8`, `1 2 . 0 6 . 1 9 8 1`. */

/** Shorter rows are marks, ranks and counts. */
const fewest = 8

/** Counting, or the few values of a questionnaire. */
const isSeries = (digits: string): boolean =>
  new Set(digits).size < 4 ||
  '01234567890123456789'.includes(digits) ||
  '98765432109876543210'.includes(digits)

/** Day, month and year of a date in boxes; who is in a form was mostly born before this year. */
const date = /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d$/
const lastBirth = 2010

const categoryOf = (site: Site, start: number, digits: string): Category => {
  const { length } = digits
  if (length === 8 && date.test(digits))
    return Number(digits.slice(4)) <= lastBirth || near(site, context.birth, start) ? 'birth.date' : 'date'
  if (length === 10 && digits.startsWith('0')) return 'contact.phone'
  if (length >= 15 && length <= 19 && !/^[12]/.test(digits) && luhn(digits)) return 'fin.card'
  return length >= 11 && length <= 15 ? 'id.national' : 'id.case'
}

const push = (site: Site, start: number, end: number, digits: string): void => {
  if (isSeries(digits) || isWordCode(site.text.charCodeAt(end))) return
  const category = categoryOf(site, start, digits)
  if (digits.length === 8 && category === 'id.case') return
  if (recent(site).some((one) => one.start <= start && one.end >= end && one.confidence >= 0.5)) return
  put(site.found, {
    start,
    end,
    category,
    confidence: 0.6,
    recogniser: 'boxed',
    evidence: 'one digit a box',
  })
}

const dotted = /\d \d ?[./-] ?\d \d ?[./-] ?(?:1 9|2 0) \d \d(?! ?\d)/y

/** Whether the group at this place of the run is one digit, one blank behind the group before it. */
const isBox = (groups: readonly number[], at: number): boolean => {
  const start = groups[at] ?? 0
  return start === (groups[at - 1] ?? 0) + 1 && groups[at + 1] === start + 1
}

const atDigits = (site: Site, { start, groups }: Digits): void => {
  const { text } = site
  // Dates come in two runs, for the blanks around the full stop are too many for one.
  const boxes = groups.length >= 2 * fewest || (groups.length >= 4 && isBox(groups, 2))
  if (site.fixedOnly || !boxes || isWordCode(text.charCodeAt(start - 1))) return
  spend(site.budget, groups.length)
  dotted.lastIndex = start
  if (dotted.test(text)) {
    const end = dotted.lastIndex
    push(site, start, end, text.slice(start, end).replace(/\D/g, ''))
    return
  }
  for (let first = 0; first < groups.length;) {
    let last = first
    const width = groups[first + 1]! - groups[first]!
    if (width === 1) while (isBox(groups, last + 2)) last += 2
    if ((last - first) / 2 + 1 >= fewest) {
      const end = groups[last + 1]!
      push(site, groups[first]!, end, text.slice(groups[first], end).replace(/\D/g, ''))
    }
    first = last + 2
  }
}

export const boxed: Recogniser = {
  id: 'boxed',
  fixed: false,
  revision: 1,
  digits: atDigits,
  counts: [2, Infinity],
}
