/** The days on which something in a bundle begins or ends: between two of them no decision changes. */
import { datesIn, daysAfter, isCivilDate } from '../../law/date.ts'
import type { CivilDate } from '../../model/register.ts'

/** The last day of a stretch whose next one begins then. */
export const dayBefore = (day: CivilDate): CivilDate => daysAfter(day, -1)

/**
 * Days on which something that names dates changes: what begins on a day changes on it, what stands through a day changes on the next.
 * @param delays further days, counted from a named one, on which the law changes: a notice before, an acknowledgement owed after
 */
export const turningDays = (value: unknown, delays: readonly number[] = []): ReadonlySet<CivilDate> =>
  new Set(
    [...datesIn(value)].flatMap((day) =>
      [0, 1, ...delays].map((days) => daysAfter(day, days)).filter(isCivilDate),
    ),
  )

/** First days of the stretches from a day on, itself the first. */
export const stretches = (
  from: CivilDate,
  ...sets: readonly ReadonlySet<CivilDate>[]
): readonly CivilDate[] => {
  const later = sets.flatMap((set) => [...set].filter((day) => day > from))
  return [from, ...[...new Set(later)].toSorted()]
}
