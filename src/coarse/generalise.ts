/** Coarser, not false: a table by category, finest step to coarsest as in design §7. */
import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import { readDate } from './dates.ts'
import { cutDecimals, readAmount, roundDown } from './figures.ts'
import { countryOf, regionOf } from './places.ts'

interface Ask {
  readonly text: string
  /** The whole leaf is a JSON number: the answer must be one too. */
  readonly number: boolean
  readonly step: string
  /** ISO 3166-1, where the recogniser knows it. */
  readonly country: string | undefined
  readonly now: Date
}

/** undefined: cannot be read, so it is removed. */
type Method = (ask: Ask) => string | undefined

const two = (value: number): string => String(value).padStart(2, '0')

const birthDate: Method = ({ text, number, step, now }) => {
  const read = readDate(text, now)
  if (read === undefined) return undefined
  const { year, month } = read
  if (step === 'decade') return String(year - (year % 10))
  if (step === 'year' || month === undefined) return String(year)
  return number ? `${year}${two(month)}` : `${year}-${two(month)}`
}

/** The lower bound of its five or ten years. */
const age: Method = ({ text, step }) => {
  const m = /^\D{0,20}?(\d{1,3})(?:[.,]\d{1,2})?\D{0,20}$/.exec(text.trim())
  if (m === null) return undefined
  const width = Number(step)
  return String(Number(m[1]) - (Number(m[1]) % width))
}

const postcode: Method = ({ text, step }) => {
  const m = /^(?:[A-Z]{1,3}-)?([A-Z0-9][A-Z0-9 -]{1,10})$/.exec(text.trim().toUpperCase())
  const characters = m?.[1]!.replace(/[^A-Z0-9]/g, '')
  return characters !== undefined && characters.length > Number(step)
    ? characters.slice(0, Number(step))
    : undefined
}

const place: Method = ({ text, step, country }) =>
  step === 'region' ? regionOf(text) : (countryOf(text) ?? country)

const coordinate = /[+-]?\d{1,3}(?:\.\d{1,20})?/g
/** A number, or two or three of them with what usually stands around; degrees and minutes are not read. */
const coordinates =
  /^(?:POINT ?\(|geo:|\(|\[)? ?(?:lat[a-z]*[:= ]+)?[+-]?\d{1,3}(?:\.\d{1,20})?(?:[ ,;/]{1,3}(?:lon[a-z]*[:= ]+|lng[:= ]+)?[+-]?\d{1,3}(?:\.\d{1,20})?){0,2} ?[)\]]?$/i

const gps: Method = ({ text, step }) => {
  const trimmed = text.trim()
  if (trimmed.length > 120 || !coordinates.test(trimmed)) return undefined
  return trimmed.replace(coordinate, (found) => cutDecimals(found, Number(step)) ?? '')
}

const amount: Method = ({ text, number, step }) => {
  if (number) return roundDown(text, Number(step))
  const read = readAmount(text)
  const rounded = read && roundDown(read.literal, Number(step))
  return rounded === undefined ? undefined : read!.before + rounded + read!.after
}

interface Row {
  readonly method: Method
  readonly steps: readonly string[]
  /** Where no step is named. */
  readonly usual: string
}

const places: Row = { method: place, steps: ['region', 'country'], usual: 'country' }
const figures: Row = { method: amount, steps: ['2', '1'], usual: '1' }

const table: Readonly<Partial<Record<Category, Row>>> = {
  'birth.date': { method: birthDate, steps: ['month', 'year', 'decade'], usual: 'year' },
  age: { method: age, steps: ['5', '10'], usual: '5' },
  'contact.postcode': { method: postcode, steps: ['3', '2', '1'], usual: '2' },
  'contact.city': places,
  'birth.place': places,
  'location.place': places,
  'location.gps': { method: gps, steps: ['2', '1', '0'], usual: '1' },
  'fin.income': figures,
  'fin.credit': figures,
  'hr.salary': figures,
}

/**
 * @returns undefined where the value cannot be read: then it is removed
 * @throws Refused CANNOT_TREAT for a category or step that is not in the table
 */
export const generalise = (
  category: Category,
  step: string | undefined,
  ask: Omit<Ask, 'step'>,
): string | undefined => {
  const row = table[category]
  if (row === undefined || !row.steps.includes(step ?? row.usual))
    throw new Refused('CANNOT_TREAT', { categories: [category] })
  return row.method({ ...ask, step: step ?? row.usual })
}
