/** What a value in a record may be. A check never throws and keeps nothing of the value. */

export type Check = (value: unknown) => boolean

export const matches =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value)
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
export const text: Check = (value) => typeof value === 'string' && value.length <= 4096
export const texts: Check = (value) => Array.isArray(value) && value.every(text)
export const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
/** A retention; a hundred years. */
export const days: Check = (value) => count(value) && (value as number) <= 36_500
export const digest = matches(/^[0-9a-f]{64}$/)
export const id128 = matches(/^[0-9a-f]{32}$/)
export const name = matches(/^[0-9A-Za-z._:+/=-]{1,128}$/)
export const base64 = matches(/^[0-9A-Za-z+/]{1,512}={0,2}$/)
export const plain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const mapOf =
  (check: Check): Check =>
  (value) =>
    plain(value) && Object.values(value).every(check)

const isoForm = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
// Records of one day follow each other: the calendar is asked once a day.
let lastDay = ''
export const time: Check = (value) => {
  if (typeof value !== 'string' || !isoForm.test(value)) return false
  const day = value.slice(0, 10)
  if (day === lastDay) return true
  const at = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return false
  lastDay = day
  return true
}
