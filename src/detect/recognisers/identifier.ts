import { spend } from '../budget.ts'
import { DIGIT, LOWER, OTHER, UPPER, isWordCode, kinds } from '../fold.ts'
import { near, type Digits, type Site } from '../found.ts'
import type { ContextKind } from '../lexicon/context.ts'
import { isBelow, type Category } from '../../model/category.ts'
import {
  DIGIT as digitSign,
  LETTER as letterSign,
  makeAutomaton,
  separatorSign,
  type Way,
} from './identifiers/automaton.ts'
import { alone, phraseOf, priors, readyRows, type Ready } from './identifiers/table.ts'
import type { Recogniser } from './recogniser.ts'

const ways = readyRows.flatMap((ready, row) =>
  ready.alternatives.map((alternative): Way => ({ row, alternative })),
)
const automaton = makeAutomaton(ways)

/** The longest form with its separators. */
const longest = 40
/** A word speaks of what follows it within this distance; where the check fails it must be nearer. */
const within = 60
const close = 30

/** Words of the category that name no identifier in particular: `numéro fiscal`, `identity number`. */
const generic: Readonly<Partial<Record<Category, ContextKind>>> = {
  'id.national': 'national',
  'id.tax': 'tax',
  'id.passport': 'passport',
  'id.driving': 'driving',
  'id.health': 'health',
  'fin.account': 'account',
  'vehicle.plate': 'plate',
}

/** What the text says of the numbers in it: 2 names this identifier, 1 its category, 0 nothing. */
const told = (site: Site, ready: Ready, start: number, distance: number): 0 | 1 | 2 => {
  if (start - site.saidAt > distance) return 0
  const { said, meaning } = site
  for (let at = said.length - 2; at >= 0 && at >= said.length - 12; at -= 2) {
    if (start - said[at + 1]! > distance) break
    if (ready.phrases.has(said[at]!)) return 2
  }
  if (meaning?.category === ready.category) {
    // A name that means one identifier means no other.
    const phrase = phraseOf(meaning.entry.replaceAll('_', ' '))
    return phrase < 0 ? 1 : ready.phrases.has(phrase) ? 2 : 0
  }
  const kind = generic[ready.category]
  return kind !== undefined && near(site, kind, start, distance) ? 1 : 0
}

/** A stretch of the text that has the classes of some form. */
interface Stretch {
  readonly start: number
  readonly end: number
  /** Without separators, in capitals. */
  readonly compact: string
  /** With them, each kind of space and hyphen as one. */
  readonly written: string
  /** `written` with `d` and `a` for digits and letters. */
  readonly shape: string
  /** Groups between separators. */
  readonly groups: number
  readonly capitals: boolean
}

const date = /^(?:\d\d?([/.-])\d\d?\1(?:\d{4}|\d\d)|(?:18|19|20)\d\d([/.-])\d\d\2\d\d)$/

const priorOf = (stretch: Stretch, shape: string): number =>
  /[A-Z]/.test(stretch.compact)
    ? priors.lettered
    : stretch.groups === 1
      ? priors.bare
      : /[./-]/.test(shape)
        ? priors.marked
        : priors.spaced

/** Below this a number that no word speaks of is not worth a check: chance would find one in any list. */
const worth = 0.2
/** From here on a finding acts. */
const acting = 0.5

/** Shorter ones (`GD100`) need a word, whatever their check says. */
const leastAlone = 8

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

const rowsBy = <Key>(keys: (ready: Ready) => Iterable<Key>): ReadonlyMap<Key, readonly number[]> => {
  const rows = new Map<Key, number[]>()
  readyRows.forEach((ready, row) => {
    for (const key of keys(ready)) rows.set(key, [...(rows.get(key) ?? []), row])
  })
  return rows
}
const rowsByPhrase = rowsBy(({ phrases }) => phrases)
const rowsByCategory = rowsBy(({ category }) => [category])
const generics = Object.entries(generic) as [Category, ContextKind][]

/** Rows of which the words before a place may speak carry the number of the last look. */
const spokenOf = new Int32Array(readyRows.length)
let look = 0

const stamp = (rows: readonly number[] | undefined): void => {
  if (rows !== undefined) for (const row of rows) spokenOf[row] = look
}

/** No row but these is told anything at this place. */
const listen = (site: Site, start: number): void => {
  look = (look + 1) | 0
  const { said, meaning } = site
  for (let at = said.length - 2; at >= 0 && at >= said.length - 12; at -= 2) {
    if (start - said[at + 1]! > within) break
    stamp(rowsByPhrase.get(said[at]!))
  }
  if (meaning?.category != null) stamp(rowsByCategory.get(meaning.category))
  for (const [category, kind] of generics)
    if (near(site, kind, start, within)) stamp(rowsByCategory.get(category))
}

/** @param spoken only rows that `listen` heard of, and forms that need no word, may count */
const consider = (site: Site, stretch: Stretch, ways: readonly Way[], spoken = false): boolean => {
  let best: { ready: Ready; confidence: number } | null = null
  for (const way of ways) {
    if (spoken && spokenOf[way.row] !== look && !likely.has(way)) continue
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

/** Space, no-break and thin ones, hyphens, full stop, slash. */
const separatorOf = (code: number): string =>
  code === 0x20 || code === 0xa0 || code === 0x202f || (code >= 0x2007 && code <= 0x2009)
    ? ' '
    : code === 0x2d || (code >= 0x2010 && code <= 0x2013)
      ? '-'
      : code === 0x2e
        ? '.'
        : code === 0x2f
          ? '/'
          : ''

/** The surest that this form could be without a word. */
const surestOf = ({ row, alternative }: Way): number => {
  const { check, chance, row: of } = readyRows[row]!
  if (check === null || alternative.classes.length < leastAlone) return 0
  const prior = Math.max(
    of.telling ?? 0,
    alternative.classes.includes('d') && !/[ax]/.test(alternative.classes) ? 0 : priors.lettered,
    of.printed === undefined ? priors.bare : /[./-]/.test(of.printed) ? priors.marked : priors.spaced,
  )
  return alone(chance / 26 ** alternative.literals, prior)
}

/** Forms that may count without a word. */
const likely: ReadonlySet<Way> = new Set(ways.filter((way) => surestOf(way) >= worth))

/**
 * Without a word an identifier counts in one piece or as it is printed, and only if its form may be so sure; most
 * stretches are none of them after a few signs.
 */
const unnamed = (least: number) =>
  makeAutomaton(
    ways
      .filter((way) => surestOf(way) >= least)
      .flatMap((way) => [
        way,
        ...[...readyRows[way.row]!.shapes]
          .filter((print) => isPrintOf(way, print))
          .map((print) => ({ ...way, print })),
      ]),
  )

const isPrintOf = ({ alternative: { classes } }: Way, print: string): boolean => {
  const bare = print.replace(/[ ./-]/g, '')
  return (
    bare.length < print.length &&
    bare.length === classes.length &&
    [...bare].every((sign, at) => (classes[at] === 'x' ? /[da]/.test(sign) : classes[at] === sign))
  )
}

const untoldForms = unnamed(worth)
const untoldActing = unnamed(acting)

/** What each code unit is for `untoldForms`; more than 0x2013 are no part of any form. */
const signs = Int8Array.from({ length: 0x2014 }, (_, code) => {
  const kind = code < 0x7b ? kinds[code] : OTHER
  if (kind === DIGIT) return digitSign
  return kind === UPPER || kind === LOWER ? letterSign : separatorSign(separatorOf(code) || '?')
})

/** As `readAt` where no word speaks of what follows. */
const readUntold = (site: Site, start: number): number => {
  const { text } = site
  const forms = site.fixedOnly ? untoldActing : untoldForms
  places.length = 0
  let state = forms.start
  let at = start
  for (; at < text.length && at - start < longest; at++) {
    const code = text.charCodeAt(at)
    const sign = code < signs.length ? signs[code]! : -1
    if (sign < 0) break
    state = forms.step(state, sign)
    if (state === 0) break
    if (forms.ends(state).length > 0 && !isWordCode(text.charCodeAt(at + 1))) places.push(at + 1, state)
  }
  spend(site.budget, at - start)
  if (places.length === 0) return start
  const ends = places.slice()
  for (let last = ends.length - 2; last >= 0; last -= 2) {
    const stretch = stretchOf(text, start, ends[last]!)
    if (!site.fixedOnly && isPartOfMore(text, stretch)) continue
    if (consider(site, stretch, forms.ends(ends[last + 1]!))) return stretch.end
  }
  return start
}

/**
 * Reads from a place as far as some form goes on, over single separators (two, if one is a space), and keeps each
 * place where a form ends and no letter or digit follows. The longest that is an identifier counts.
 * @returns where it ends, or the place itself
 */
const readAt = (site: Site, start: number): number => {
  if (site.fixedOnly || start - site.saidAt > within) return readUntold(site, start)
  const { text } = site
  // Where forms end, as pairs of place and state; the text between is looked at only if one of them may count.
  places.length = 0
  let state = automaton.start
  let at = start
  for (; at < text.length && at - start < longest; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 0x7b ? kinds[code] : OTHER
    if (kind === DIGIT || kind === UPPER || kind === LOWER) {
      state = automaton.step(state, kind === DIGIT ? digitSign : letterSign)
      if (state === 0) break
      if (automaton.ends(state).length > 0 && !isWordCode(text.charCodeAt(at + 1))) places.push(at + 1, state)
      continue
    }
    if (at === start || separatorOf(code) === '') break
    const second = separatorOf(text.charCodeAt(at + 1))
    if (second !== '') {
      if (code !== 0x20 && second !== ' ') break
      at++
    }
    const after = kinds[text.charCodeAt(at + 1)]
    if (after !== DIGIT && after !== UPPER && after !== LOWER) break
  }
  spend(site.budget, at - start)
  if (places.length === 0) return start
  listen(site, start)
  const ends = places.slice()
  for (let last = ends.length - 2; last >= 0; last -= 2) {
    const stretch = stretchOf(text, start, ends[last]!)
    if (consider(site, stretch, automaton.ends(ends[last + 1]!), true)) return stretch.end
  }
  return start
}

const places: number[] = []

const stretchOf = (text: string, start: number, end: number): Stretch => {
  let compact = ''
  let written = ''
  let groups = 1
  let shape = ''
  let capitals = true
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const separator = separatorOf(code)
    if (separator === '') {
      if (kinds[code] === LOWER) capitals = false
      const sign = text.charAt(at).toUpperCase()
      compact += sign
      written += sign
      shape += kinds[code] === DIGIT ? 'd' : 'a'
    } else {
      if (separatorOf(text.charCodeAt(at - 1)) === '') groups++
      written += separator
      shape += separator
    }
  }
  return { start, end, compact, written, shape, groups, capitals }
}

/** Digits that go on before or behind a separator are another, longer number. */
const isPartOfMore = (text: string, { start, end }: Stretch): boolean =>
  (separatorOf(text.charCodeAt(end)) !== '' && kinds[text.charCodeAt(end + 1)] === DIGIT) ||
  (separatorOf(text.charCodeAt(start - 1)) !== '' && kinds[text.charCodeAt(start - 2)] === DIGIT)

/** Letters right before the digits, and before those one or two short words of capitals: `AB 12…`, `RSS MRA 85…`. */
const beginnings = (text: string, digits: number): number[] => {
  const out: number[] = []
  let start = digits
  while (start > 0 && digits - start < 8 && isLatin(text.charCodeAt(start - 1))) start--
  if (start < digits) out.push(start)
  for (let words = 0; words < 2; words++) {
    const end = separatorOf(text.charCodeAt(start - 1)) === '' ? -1 : start - 1
    let from = end
    while (from > 0 && end - from < 6 && kinds[text.charCodeAt(from - 1)] === UPPER) from--
    if (end < 0 || from === end) break
    out.unshift(from)
    start = from
  }
  return out
}

const isLatin = (code: number): boolean => code < 0x7b && (kinds[code] === UPPER || kinds[code] === LOWER)

const atDigits = (site: Site, run: Digits): void => {
  const { text } = site
  const before = text.charCodeAt(run.start - 1)
  let reached = 0
  // What is certainly something else already need not be looked at: the groups of an IBAN, a card.
  const last = site.found.at(-1)
  const taken = last !== undefined && last.confidence >= 0.97 ? last.end : 0
  const read = (start: number): void => {
    if (start < taken) return
    if (start >= reached && !isWordCode(text.charCodeAt(start - 1)) && text.charAt(start - 1) !== '+')
      reached = Math.max(reached, readAt(site, start))
  }
  if (isWordCode(before) || separatorOf(before) !== '')
    for (const start of beginnings(text, run.start)) read(start)
  for (let group = 0; group < run.groups.length; group += 2) read(run.groups[group]!)
}

/**
 * Whether the whole text is a number of this group of categories (`id`, `fin.account`) whose check digits hold, or
 * that has none to hold. For fields whose name says what they are: a name that means one identifier (`pesel`) asks
 * for that one.
 */
export const holds = (text: string, group: string, name: string): boolean => {
  const phrase = phraseOf(name.replaceAll('_', ' '))
  let state = automaton.start
  let compact = ''
  for (const sign of text.toUpperCase()) {
    const code = sign.charCodeAt(0)
    if (separatorOf(code) !== '') continue
    state =
      code < 0x80 && isWordCode(code)
        ? automaton.step(state, kinds[code] === DIGIT ? digitSign : letterSign)
        : 0
    if (state === 0) return false
    compact += sign
  }
  return automaton.ends(state).some(({ row, alternative }) => {
    const { check, category, phrases, row: of } = readyRows[row]!
    return (
      isBelow(category, group) &&
      (phrase < 0 || phrases.has(phrase)) &&
      alternative.pattern.test(compact) &&
      (check === null || check(of.asWritten ? text.toUpperCase() : compact))
    )
  })
}

export const identifier: Recogniser = { id: 'identifier', fixed: true, revision: 1, digits: atDigits }
