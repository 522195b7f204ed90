import type { Category } from '../../src/model/category.ts'

export interface Gold {
  readonly start: number
  readonly end: number
  readonly type: string
}
export interface Found {
  readonly start: number
  readonly end: number
  readonly category: Category
}

/** Numbers given by a state: which of them one is, corpora name differently. */
const official = ['id.national', 'id.tax', 'id.health', 'id.passport', 'id.driving']

/** Which of our categories count for a type of the corpora: beginnings of dotted keys. */
export const accepted: Readonly<Record<string, readonly string[]>> = {
  PERSON: ['name'],
  EMAIL: ['contact.email'],
  PHONE: ['contact.phone'],
  ADDRESS: ['contact.address', 'contact.postcode', 'contact.city', 'location'],
  DATE_OF_BIRTH: ['birth.date'],
  IBAN: ['fin.iban', 'fin.account'],
  CARD: ['fin.card', 'fin.account'],
  NATIONAL_ID: official,
  TAX_ID: official,
  PASSPORT: official,
  DRIVING_LICENCE: official,
  IP: ['online.ip'],
  VEHICLE: ['vehicle.plate'],
  PASSWORD: ['auth'],
  USERNAME: ['online.username', 'name'],
}

/** Types that name their person at once. */
export const directTypes: ReadonlySet<string> = new Set(
  'EMAIL PHONE IBAN CARD NATIONAL_ID TAX_ID PASSPORT DRIVING_LICENCE IP VEHICLE PASSWORD'.split(' '),
)

/** Types whose letters may not stay uncovered. */
const personalTypes: ReadonlySet<string> = new Set(['PERSON', 'ADDRESS', 'DATE_OF_BIRTH', ...directTypes])

/** Types whose cover counts neither as leak nor as false alarm; so does every type that is not known here. */
const isNeutral = (type: string): boolean => !personalTypes.has(type)

/** What passes as it came by default, and so covers nothing. */
const contexts: ReadonlySet<string> = new Set(['date', 'org', 'freetext'])

/** What a finding claims to be when no gold span of a fitting type lies under it: a row of the report. */
const claims: readonly (readonly [string, string])[] = [
  ['name', 'PERSON'],
  ['contact.email', 'EMAIL'],
  ['contact.phone', 'PHONE'],
  ['contact', 'ADDRESS'],
  ['location', 'ADDRESS'],
  ['birth.date', 'DATE_OF_BIRTH'],
  ['fin.iban', 'IBAN'],
  ['fin.card', 'CARD'],
  ['id.national', 'NATIONAL_ID'],
  ['id.health', 'NATIONAL_ID'],
  ['id.tax', 'TAX_ID'],
  ['id.passport', 'PASSPORT'],
  ['id.driving', 'DRIVING_LICENCE'],
  ['online.ip', 'IP'],
  ['vehicle.plate', 'VEHICLE'],
  ['auth', 'PASSWORD'],
]

const isBelow = (category: string, group: string): boolean =>
  category === group || category.startsWith(`${group}.`)

const isOf = (type: string, category: string): boolean =>
  (accepted[type] ?? []).some((one) => isBelow(category, one))

export const claimOf = (category: string): string | undefined =>
  claims.find(([group]) => isBelow(category, group))?.[1]

/** Counts of one type in one corpus and language. */
export interface Tally {
  gold: number
  relaxed: number
  strict: number
  found: number
  right: number
  /** Found over a span of a neutral type. */
  neutral: number
}

/** Letters and digits of the texts of one corpus and language. */
export interface Letters {
  characters: number
  personal: number
  leaked: number
  other: number
  over: number
  /** Of these, under a finding of a category that the corpora label at all: names, e-mails, addresses, numbers … */
  overLabelled: number
}

export interface Row {
  readonly types: Map<string, Tally>
  readonly letters: Letters
}

export const makeRow = (): Row => ({
  types: new Map(),
  letters: { characters: 0, personal: 0, leaked: 0, other: 0, over: 0, overLabelled: 0 },
})

export interface Verdict {
  readonly kind: 'missed' | 'wrong'
  readonly start: number
  readonly end: number
  readonly type: string
}

const tallyOf = (row: Row, type: string): Tally => {
  let one = row.types.get(type)
  if (one === undefined) {
    one = { gold: 0, relaxed: 0, strict: 0, found: 0, right: 0, neutral: 0 }
    row.types.set(type, one)
  }
  return one
}

const rowsOf = (type: string): string[] => (directTypes.has(type) ? [type, 'DIRECT'] : [type])

/**
 * Adds one document and tells what was missed or wrong in it. A gold span is recalled (relaxed) if findings of an
 * accepted category cover half of its letters and digits, strictly if one has its bounds. A finding is right if half
 * of its letters lie in gold of a fitting type, and neutral if they lie in a span of a neutral type. A letter of a
 * personal span leaks if no finding that acts covers it.
 */
export const score = (
  row: Row,
  text: string,
  gold: readonly Gold[],
  found: readonly Found[],
): readonly Verdict[] => {
  const verdicts: Verdict[] = []
  const count = lettersOf(text)
  const within = (start: number, end: number, over: readonly { start: number; end: number }[]): number => {
    let sum = 0
    let from = start
    for (const one of [...over].sort((a, b) => a.start - b.start)) {
      const first = Math.max(from, one.start)
      const last = Math.min(end, one.end)
      if (last <= first) continue
      sum += count[last]! - count[first]!
      from = last
    }
    return sum
  }
  const touching = <T extends { start: number; end: number }>(
    list: readonly T[],
    start: number,
    end: number,
  ) => list.filter((one) => one.start < end && one.end > start)
  for (const { start, end, type } of gold) {
    if (accepted[type] === undefined) continue
    const fits = touching(found, start, end).filter((one) => isOf(type, one.category))
    const covered = within(start, end, fits)
    const relaxed = covered > 0 && covered * 2 >= count[end]! - count[start]!
    const strict = fits.some((fit) => fit.start === start && fit.end === end)
    if (!relaxed) verdicts.push({ kind: 'missed', start, end, type })
    for (const name of rowsOf(type)) {
      const tally = tallyOf(row, name)
      tally.gold++
      if (relaxed) tally.relaxed++
      if (strict) tally.strict++
    }
  }
  for (const { start, end, category } of found) {
    const type = claimOf(category)
    if (type === undefined) continue
    const size = count[end]! - count[start]!
    const under = touching(gold, start, end)
    const lies = (spans: readonly Gold[]) => within(start, end, spans) * 2 >= size
    const right = lies(under.filter((span) => isOf(span.type, category)))
    const neutral = !right && lies(under.filter((span) => isNeutral(span.type)))
    if (!right && !neutral) verdicts.push({ kind: 'wrong', start, end, type })
    for (const name of rowsOf(type)) {
      const tally = tallyOf(row, name)
      tally.found++
      if (right) tally.right++
      else if (neutral) tally.neutral++
    }
  }
  addLetters(row.letters, text, count, gold, found)
  return verdicts
}

/** How many letters and digits stand before each place. */
const lettersOf = (text: string): Uint32Array => {
  const count = new Uint32Array(text.length + 1)
  for (let at = 0; at < text.length; at++) {
    count[at + 1] = count[at]! + (/[\p{L}\p{N}]/u.test(text.charAt(at)) ? 1 : 0)
  }
  return count
}

const addLetters = (
  letters: Letters,
  text: string,
  count: Uint32Array,
  gold: readonly Gold[],
  found: readonly Found[],
): void => {
  /** 1 health, devices and what else no corpus labels, 2 what they do */
  const covered = new Uint8Array(text.length)
  for (const { start, end, category } of found)
    if (!contexts.has(category) && claimOf(category) === undefined) covered.fill(1, start, end)
  for (const { start, end, category } of found)
    if (claimOf(category) !== undefined) covered.fill(2, start, end)
  /** 1 neutral, 2 personal */
  const meant = new Uint8Array(text.length)
  for (const { start, end, type } of gold) if (isNeutral(type)) meant.fill(1, start, end)
  for (const { start, end, type } of gold) if (!isNeutral(type)) meant.fill(2, start, end)
  letters.characters += text.length
  for (let at = 0; at < text.length; at++) {
    if (count[at + 1] === count[at]) continue
    if (meant[at] === 2) {
      letters.personal++
      if (covered[at] === 0) letters.leaked++
    } else if (meant[at] === 0) {
      letters.other++
      if (covered[at] !== 0) letters.over++
      if (covered[at] === 2) letters.overLabelled++
    }
  }
}
