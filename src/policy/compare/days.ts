/** The days on which something in a bundle begins or ends: between two of them no decision changes. */
import { daysAfter, isCivilDate } from '../../law/date.ts'
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

/** The last day of a stretch whose next one begins then. */
export const dayBefore = (day: CivilDate): CivilDate => daysAfter(day, -1)

/**
 * Days on which something that names dates changes: what begins on a day changes on it, what stands through a day changes on the next.
 * @param delays further days, counted from a named one, on which the law changes: a notice before, an acknowledgement owed after
 */
export const turningDays = (value: unknown, delays: readonly number[] = []): ReadonlySet<CivilDate> => {
  const named = new Set<CivilDate>()
  datesIn(value, named)
  return new Set(
    [...named].flatMap((day) => [0, 1, ...delays].map((days) => daysAfter(day, days)).filter(isCivilDate)),
  )
}

/** First days of the stretches from a day on, itself the first. */
export const stretches = (
  from: CivilDate,
  ...sets: readonly ReadonlySet<CivilDate>[]
): readonly CivilDate[] => {
  const later = sets.flatMap((set) => [...set].filter((day) => day > from))
  return [from, ...[...new Set(later)].toSorted()]
}
