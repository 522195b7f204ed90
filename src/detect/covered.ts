import { type Found, put } from './found.ts'
import type { Category } from '../model/category.ts'

/** Findings by where they begin, for lines that are read from top to bottom. */
export interface Covered {
  /** True if a finding that acts has a letter of this stretch. */
  readonly at: (start: number, end: number) => boolean
}

export const coveredBy = (found: readonly Found[]): Covered => {
  const spans = found
    .filter(({ confidence, category }) => confidence >= 0.5 && category !== 'date' && category !== 'freetext')
    .sort((a, b) => a.start - b.start)
  const ends: number[] = []
  let most = 0
  for (const one of spans) ends.push((most = Math.max(most, one.end)))
  return {
    at: (start, end) => {
      // the last span that begins before `end`
      let low = 0
      let high = spans.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (spans[middle]!.start < end) low = middle + 1
        else high = middle
      }
      return low > 0 && ends[low - 1]! > start
    },
  }
}

/** Adds to `found` those of which it has no letter. @param by what counts as found already */
export const pushUncovered = (found: Found[], more: readonly Found[], by: readonly Found[] = found): void => {
  if (more.length === 0) return
  const covered = coveredBy(by)
  for (const one of more) if (!covered.at(one.start, one.end)) put(found, one)
}

export type Push = (
  start: number,
  end: number,
  category: Category,
  confidence: number,
  evidence: string,
) => void
