/** The days on which something in a bundle begins or ends: between two of them no decision changes. */
import { isCivilDate } from '../../law/date.ts'
import type { CivilDate } from '../../model/register.ts'

/** Every civil date that stands anywhere in a value; one too many costs time, never an answer. */
const datesIn = (value: unknown, found: Set<CivilDate>): void => {
  if (typeof value === 'string') {
    if (value.length === 10 && isCivilDate(value)) found.add(value)
  } else if (value instanceof Map) {
    for (const each of value.values()) datesIn(each, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) datesIn(each, found)
  }
}

const dayAfter = (day: CivilDate): CivilDate | undefined => {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + 1)
  const next = at.toISOString().slice(0, 10)
  return isCivilDate(next) ? next : undefined
}

/** The day before the first of the next stretch. */
export const dayBefore = (day: CivilDate): CivilDate => {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - 1)
  return at.toISOString().slice(0, 10)
}

/** Days named in these values: what begins on a day changes on it, what stands through a day changes on the next. */
export const turningDays = (...values: readonly unknown[]): ReadonlySet<CivilDate> => {
  const named = new Set<CivilDate>()
  for (const value of values) datesIn(value, named)
  return new Set([...named].flatMap((day) => [day, dayAfter(day)].filter((each) => each !== undefined)))
}

/** First days of the stretches from a day on, itself the first. */
export const stretches = (
  from: CivilDate,
  ...sets: readonly ReadonlySet<CivilDate>[]
): readonly CivilDate[] => {
  const later = sets.flatMap((set) => [...set].filter((day) => day > from))
  return [from, ...[...new Set(later)].toSorted()]
}
