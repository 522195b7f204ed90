import { spend } from '../../budget.ts'
import type { Site } from '../../found.ts'
import type { Way } from './automaton.ts'
import { acting, leastAlone, likely, worth } from './forms.ts'
import type { Stretch } from './stretch.ts'
import { alone, priors, type Ready, readyRows } from './table.ts'
import { isHeard, told, within } from './told.ts'

/** Where the check fails the word must be nearer. */
const close = 30

const date = /^(?:\d\d?([/.-])\d\d?\1(?:\d{4}|\d\d)|(?:18|19|20)\d\d([/.-])\d\d\2\d\d)$/

const priorOf = (stretch: Stretch, shape: string): number =>
  /[A-Z]/.test(stretch.compact)
    ? priors.lettered
    : stretch.groups === 1
      ? priors.bare
      : /[./-]/.test(shape)
        ? priors.marked
        : priors.spaced

/** What the stretch is as this identifier; 0 if it is not one. */
const judge = (site: Site, stretch: Stretch, { row: at, alternative }: Way, shape: string): number => {
  const ready = readyRows[at]!
  const { row, check, shapes, chance } = ready
  const said = site.fixedOnly ? 0 : told(site, ready, stretch.start, within)
  const own = stretch.groups === 1 || shapes.has(shape)
  if (said === 0) {
    const sure =
      own && stretch.capitals && stretch.compact.length >= leastAlone
        ? alone(
            chance / 26 ** alternative.literals,
            stretch.groups > 1 && row.telling !== undefined ? row.telling : priorOf(stretch, shape),
          )
        : 0
    if (check === null || sure < (site.fixedOnly ? acting : worth)) return 0
    spend(site.budget, 60)
    return check(row.asWritten ? stretch.written : stretch.compact) ? Math.min(sure, 0.9) : 0
  }
  if (stretch.groups > 1 && !own && date.test(stretch.written)) return 0
  spend(site.budget, 60)
  if (check !== null && check(row.asWritten ? stretch.written : stretch.compact))
    return said === 2 ? 0.97 : chance > 0.3 ? 0.8 : 0.93
  if (said === 1 && check !== null) return 0
  if (told(site, ready, stretch.start, close) !== said) return 0
  return said === 2 ? (check === null ? 0.85 : 0.7) : own ? 0.7 : 0
}

const evidenceOf = (ready: Ready, confidence: number, said: number): string => {
  const word = said === 0 ? 'no word for it' : 'word or key'
  if (ready.check === null) return `form, ${word}`
  return said > 0 && confidence <= 0.7 ? `form, ${word}, check digits wrong` : `check digits, ${word}`
}

/**
 * Puts what the stretch most likely is on the site.
 * @param spoken only rows that `listen` heard of, and forms that need no word, may count
 * @returns true if it acts
 */
export const consider = (site: Site, stretch: Stretch, ways: readonly Way[], spoken = false): boolean => {
  let best: { ready: Ready; confidence: number } | null = null
  for (const way of ways) {
    if (spoken && !isHeard(way.row) && !likely.has(way)) continue
    if (!way.alternative.open && !way.alternative.pattern.test(stretch.compact)) continue
    const confidence = judge(site, stretch, way, stretch.shape)
    if (confidence > (best?.confidence ?? 0)) best = { ready: readyRows[way.row]!, confidence }
  }
  if (best === null) return false
  const { ready, confidence } = best
  const said = site.fixedOnly ? 0 : told(site, ready, stretch.start, within)
  site.found.push({
    start: stretch.start,
    end: stretch.end,
    category: ready.category,
    confidence,
    recogniser: ready.name,
    evidence: evidenceOf(ready, confidence, said),
    kind: ready.row.kind,
    ...(/^(?:EU|WW)$/.test(ready.row.country) ? {} : { country: ready.row.country }),
  })
  return confidence >= acting
}
