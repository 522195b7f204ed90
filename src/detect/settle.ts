import { type Category, categories, isBelow, specialCategories } from '../model/category.ts'
import type { Found } from './found.ts'

/** What others than we found (own/, analyser.ts): it may add to ours and takes nothing from what acts. */
export const isJoined = ({ recogniser }: Pick<Found, 'recogniser'>): boolean =>
  recogniser.startsWith('own:') || recogniser.startsWith('analyser:')

const isWeak = (one: Found): boolean => one.confidence < 0.5

/** Certain, likely, joined, weak: within a tier what knows more decides, then what is longer. */
const tier = (one: Found): number => {
  if (isWeak(one)) return isJoined(one) ? 0 : 1
  return isJoined(one) ? 2 : one.confidence >= 0.85 ? 4 : 3
}

/** What a recogniser knows; others know 5. */
const rankOf: ReadonlyMap<string, number> = new Map(
  Object.entries({
    iban: 7,
    nir: 7,
    place: 7,
    email: 6,
    card: 6,
    phone: 5,
    mac: 5,
    ip: 5,
    key: 4,
    bic: 4,
    plate: 4,
    'known-value': 3,
    column: 3,
    boxed: 3,
    reference: 3,
    age: 3,
    date: 2,
    name: 2,
    url: 1,
    answer: 1,
    talk: 3,
  }),
)

/** What a category alone says; 0 if it is the recogniser that tells. */
const rankOfCategory: ReadonlyMap<Category, number> = new Map(
  categories.map((category) => [
    category,
    category === 'criminal' || specialCategories.some((group) => isBelow(category, group))
      ? 9
      : category.startsWith('auth.') || category === 'fin.cvv'
        ? 8
        : 0,
  ]),
)

/** What knows more of the span: special words and secrets, checksums and forms, names of fields, words around. */
const specificity = (one: Found): number =>
  rankOfCategory.get(one.category) || (rankOf.get(one.recogniser) ?? 5)

const before = (a: Found, b: Found): number =>
  tier(b) - tier(a) ||
  specificity(b) - specificity(a) ||
  b.end - b.start - (a.end - a.start) ||
  b.confidence - a.confidence ||
  a.start - b.start ||
  alike(a, b)

/** Two findings that say equally much: by their words, so that the order in which they came decides nothing. */
const alike = (a: Found, b: Found): number => {
  for (const said of [category, recogniser, evidence, kind, country]) {
    const [one, other] = [said(a), said(b)]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
const category = (one: Found) => one.category
const recogniser = (one: Found) => one.recogniser
const evidence = (one: Found) => one.evidence
const kind = (one: Found) => one.kind ?? ''
const country = (one: Found) => one.country ?? ''

/**
 * Settles what one text holds: no two of the result overlap, and what acted before still acts somewhere.
 * Spans of one category that overlap become one; of two categories the stronger keeps its span and the
 * other keeps what is left of its own, if letters or digits are left. No letter of a finding that is certain is left
 * with a doubtful one alone, and the order of the findings decides nothing.
 */
export const settle = (text: string, found: readonly Found[]): Found[] => {
  if (found.length < 2) return [...found]
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end || before(a, b))
  const out: Found[] = []
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    let end = sorted[from]!.end
    while (to < sorted.length && sorted[to]!.start < end) end = Math.max(end, sorted[to++]!.end)
    if (to - from === 1) out.push(sorted[from]!)
    else settleCluster(text, sorted.slice(from, to), out)
    from = to
  }
  return out
}

/** Who has each place of a cluster, used again for the next: memory outside the heap is dear to ask for. */
const owners = new Int32Array(1024)
const ownersOf = (length: number): Int32Array =>
  length > owners.length ? new Int32Array(length) : owners.fill(0, 0, length)

const settleCluster = (text: string, cluster: Found[], out: Found[]): void => {
  const merged = merge(cluster)
  if (merged.length === 1) {
    out.push(merged[0]!)
    return
  }
  const from = merged[0]!.start
  const to = merged.reduce((end, one) => Math.max(end, one.end), 0)
  const length = to - from
  const owner = ownersOf(length)
  const ranked = merged.sort(before)
  ranked.forEach((one, index) => {
    for (let at = one.start - from; at < one.end - from; at++) if (owner[at] === 0) owner[at] = index + 1
  })
  for (let at = 0; at < length;) {
    const who = owner[at]!
    let end = at + 1
    while (end < length && owner[end] === who) end++
    if (who > 0) {
      const one = ranked[who - 1]!
      const whole = one.start === at + from && one.end === end + from
      if (whole) out.push(one)
      else if (/[\p{L}\p{N}]/u.test(text.slice(at + from, end + from)))
        out.push({ ...one, start: at + from, end: end + from })
    }
    at = end
  }
}

/** Same category and touching the same text: one finding, of the surer recogniser, with both kinds of evidence. */
const merge = (cluster: Found[]): Found[] => {
  const out: Found[] = []
  const open = new Map<string, number>()
  for (const one of cluster) {
    // A weak guess never widens a finding that acts. So no two of a group overlap, and the work stays linear.
    const kinds = `${isJoined(one) ? 'joined ' : ''}${isWeak(one) ? 'weak ' : ''}`
    const group = kinds === '' ? one.category : kinds + one.category
    const at = open.get(group)
    const last = at === undefined ? undefined : out[at]
    if (at === undefined || last === undefined || one.start >= last.end) {
      open.set(group, out.length)
      out.push(one)
      continue
    }
    const [strong, other] = before(one, last) < 0 ? [one, last] : [last, one]
    const kind = strong.kind ?? other.kind
    const country = strong.country ?? other.country
    out[at] = {
      start: Math.min(one.start, last.start),
      end: Math.max(one.end, last.end),
      category: one.category,
      confidence: Math.max(one.confidence, last.confidence),
      recogniser: strong.recogniser,
      evidence:
        strong.evidence.includes(other.evidence) || strong.evidence.length > 120
          ? strong.evidence
          : `${strong.evidence}; ${other.evidence}`,
      kind,
      country,
    }
  }
  return out
}
