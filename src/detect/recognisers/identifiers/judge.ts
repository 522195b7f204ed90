import { spend } from '../../budget.ts'
import { near, type Site, put, context } from '../../found.ts'
import { acting, type Form, leastAlone, worth } from './forms.ts'
import type { Stretch } from './stretch.ts'
import { type priors, type Ready, readyRows } from './table.ts'
import { isHeard, told, within } from './told.ts'

/** Where the check fails the word must be nearer. */
const close = 30

/** `commande n° `, `tracking number: ` */
const ofOrder = 14
/** A check that fewer numbers pass by chance is believed whatever the word before says. */
const rare = 0.001
/** Counted, not acted on. */
const doubtful = 0.45

const date = /^(?:\d\d?([/.-])\d\d?\1(?:\d{4}|\d\d)|(?:18|19|20)\d\d([/.-])\d\d\2\d\d)$/

const writtenAs = ({ lettered, groups, marked }: Stretch): keyof typeof priors =>
  lettered ? 'lettered' : groups === 1 ? 'bare' : marked ? 'marked' : 'spaced'

/**
 * What the stretch is as this identifier; 0 if it is not one.
 * @param said what the words before it say of this identifier
 */
const judge = (site: Site, stretch: Stretch, form: Form, said: 0 | 1 | 2): number => {
  const ready = readyRows[form.row]!
  const { row, check, shapes, chance } = ready
  const { shape } = stretch
  const own = stretch.groups === 1 || shapes.has(shape)
  if (said === 0) {
    if (check === null || !own || !stretch.capitals || stretch.compact.length < leastAlone) return 0
    const sure = stretch.groups > 1 && form.telling !== null ? form.telling : form.sure[writtenAs(stretch)]
    if (sure < (site.fixedOnly ? acting : worth)) return 0
    spend(site.budget, 60)
    if (!check(row.asWritten ? stretch.written : stretch.compact)) return 0
    // `Order 811228-9874`: one number in a hundred passes the check, and the word says whose this is.
    const ordered = chance > rare && near(site, context.order, stretch.start, ofOrder)
    return Math.min(sure, ordered ? doubtful : 0.9)
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

/** Whether one of these forms may count here: `listen` heard of it, or it needs no word. */
export const mayCount = (ways: readonly Form[]): boolean => ways.some((way) => way.likely || isHeard(way.row))

/**
 * Puts what the stretch most likely is on the site.
 * @param spoken words speak near it: only rows that `listen` heard of, and forms that need no word, may count
 * @returns true if it acts
 */
export const consider = (site: Site, stretch: Stretch, ways: readonly Form[], spoken: boolean): boolean => {
  let best: Ready | null = null
  let confidence = 0
  let saidOfIt = 0
  for (const way of ways) {
    const heard = spoken && isHeard(way.row)
    if (spoken && !heard && !way.likely) continue
    if (!way.alternative.open && !way.alternative.pattern.test(stretch.compact)) continue
    const ready = readyRows[way.row]!
    const said = heard ? told(site, ready, stretch.start, within) : 0
    const sure = judge(site, stretch, way, said)
    if (sure <= confidence) continue
    best = ready
    confidence = sure
    saidOfIt = said
  }
  if (best === null) return false
  put(site.found, {
    start: stretch.start,
    end: stretch.end,
    category: best.category,
    confidence,
    recogniser: best.name,
    evidence: evidenceOf(best, confidence, saidOfIt),
    kind: best.row.kind,
    country: best.country,
  })
  return confidence >= acting
}
