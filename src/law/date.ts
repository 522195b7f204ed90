import type { CivilDate } from '../model/register.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  if (formats.size < 64) formats.set(zone, made)
  return made
}

/**
 * The calendar day of an instant in a zone (IANA name, checked at load): dates of law and register are
 * civil dates, valid to the end of that day where the client is.
 * @throws RangeError for a zone that does not exist.
 */
export const civilDate = (at: Date, zone: string): CivilDate => {
  // A day begins on a whole minute in every zone: within one minute the calendar is asked once.
  const minute = Math.floor(at.getTime() / 60_000)
  const held = latest.get(zone)
  if (held?.minute === minute) return held.date
  const part: Record<string, string> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = value
  const date = `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}`
  if (latest.size < 64 || held !== undefined) latest.set(zone, { minute, date })
  return date
}

const latest = new Map<string, { readonly minute: number; readonly date: CivilDate }>()

/** True for a zone name that this platform knows. */
export const isZone = (zone: string): boolean => {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

const day = 86_400_000

const midnight = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`)

/** Days from `a` to `b`; negative if `b` is earlier. */
export const daysBetween = (a: CivilDate, b: CivilDate): number =>
  Math.round((midnight(b) - midnight(a)) / day)

/** The day so many days later; earlier if negative. */
export const daysAfter = (date: CivilDate, days: number): CivilDate =>
  new Date(midnight(date) + days * day).toISOString().slice(0, 10)

export const dayAfter = (date: CivilDate): CivilDate => daysAfter(date, 1)

/** `2026-02-28` is a day of the calendar, `2026-02-30` and `01/03/2026` are not. */
export const isCivilDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = midnight(text)
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** Something that ends on a date stands through that day. Silent = no end. */
export const stands = (until: CivilDate | null | undefined, on: CivilDate): boolean =>
  until === null || until === undefined || on <= until

/** Something that begins on a date stands from that day. Silent = it never began. */
export const begun = (from: CivilDate | undefined, on: CivilDate): boolean => from !== undefined && from <= on

const collect = (value: unknown, found: Set<CivilDate>): void => {
  if (typeof value === 'string') {
    if (value.length === 10 && isCivilDate(value)) found.add(value)
  } else if (value instanceof Map) {
    for (const each of value.values()) collect(each, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collect(each, found)
  }
}

/** Every civil date that stands anywhere in a value, however deep; text that only looks like one costs time, never an answer. */
export const datesIn = (value: unknown): ReadonlySet<CivilDate> => {
  const found = new Set<CivilDate>()
  collect(value, found)
  return found
}
