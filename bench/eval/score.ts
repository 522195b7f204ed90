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

/** Counts of one type in one corpus and language; `characters` of texts for the rate of false alarms. */
export interface Tally {
  gold: number
  relaxed: number
  strict: number
  found: number
  right: number
  goldLetters: number
  leakedLetters: number
  characters: number
}

export const makeTally = (): Tally => ({
  gold: 0,
  relaxed: 0,
  strict: 0,
  found: 0,
  right: 0,
  goldLetters: 0,
  leakedLetters: 0,
  characters: 0,
})

/** Which of our categories count for a type of the corpora: beginnings of dotted keys. */
export const accepted: Readonly<Record<string, readonly string[]>> = {
  PERSON: ['name'],
  EMAIL: ['contact.email'],
  PHONE: ['contact.phone'],
  ADDRESS: ['contact.address', 'contact.postcode', 'contact.city', 'location'],
  DATE_OF_BIRTH: ['birth.date', 'date'],
  IBAN: ['fin.iban', 'fin.account'],
  CARD: ['fin.card', 'fin.account'],
  NATIONAL_ID: ['id'],
  TAX_ID: ['id'],
  PASSPORT: ['id'],
  DRIVING_LICENCE: ['id'],
  IP: ['online.ip'],
  VEHICLE: ['vehicle.plate'],
  PASSWORD: ['auth'],
  USERNAME: ['online.username', 'name'],
}

/** Types whose cover counts neither as leak nor as false alarm. */
const neutral: ReadonlySet<string> = new Set(
  'LOCATION ORG DATE OTHER OTHER_ID DEMOGRAPHIC MEDICAL URL USERNAME'.split(' '),
)

const isOf = (type: string, category: string): boolean =>
  (accepted[type] ?? []).some((one) => category === one || category.startsWith(`${one}.`))

/** The type that a finding claims to be when no gold span of a fitting type lies under it. */
const claims = (category: string): string | undefined =>
  Object.keys(accepted).find((type) => type !== 'USERNAME' && isOf(type, category))

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0

/**
 * Adds one document. A gold span is recalled (relaxed) if findings of an accepted category cover half of its letters
 * and digits, strictly if one has its bounds. A finding is right if half of its letters lie in gold of a fitting
 * type; it is no false alarm if they lie in a span of a neutral type. A letter leaks if nothing covers it.
 */
export const score = (
  text: string,
  gold: readonly Gold[],
  found: readonly Found[],
  tally: (type: string) => Tally,
): void => {
  const all = tally('all')
  all.characters += text.length
  for (const span of gold) {
    if (accepted[span.type] === undefined) continue
    const fits = found.filter((one) => isOf(span.type, one.category))
    const size = letters(text.slice(span.start, span.end))
    const covered = cover(text, span, fits)
    const leaked = size - cover(text, span, found)
    for (const one of neutral.has(span.type) ? [tally(span.type)] : [tally(span.type), all]) {
      one.gold++
      if (covered * 2 >= size && covered > 0) one.relaxed++
      if (fits.some((fit) => fit.start === span.start && fit.end === span.end)) one.strict++
      one.goldLetters += size
      one.leakedLetters += leaked
    }
  }
  for (const one of found) {
    const type = claims(one.category)
    if (type === undefined) continue
    const size = letters(text.slice(one.start, one.end))
    const under = gold.filter((span) => span.start < one.end && span.end > one.start)
    const fitting = under.filter((span) => isOf(span.type, one.category))
    const right = cover(text, one, fitting) * 2 >= size
    if (
      !right &&
      cover(
        text,
        one,
        under.filter((span) => neutral.has(span.type)),
      ) *
        2 >=
        size &&
      type !== 'PERSON'
    )
      continue
    for (const row of [tally(type), all]) {
      row.found++
      if (right) row.right++
    }
  }
  for (const type of Object.keys(accepted)) tally(type).characters += text.length
}

/** Letters and digits of the span that lie under any of these. */
const cover = (
  text: string,
  span: { start: number; end: number },
  over: readonly { start: number; end: number }[],
): number => {
  let sum = 0
  let from = span.start
  for (const one of [...over].sort((a, b) => a.start - b.start)) {
    const start = Math.max(from, one.start)
    const end = Math.min(span.end, one.end)
    if (end > start) {
      sum += letters(text.slice(start, end))
      from = end
    }
  }
  return sum
}

export interface Figures {
  readonly recall: number
  readonly strict: number
  readonly precision: number
  readonly f1: number
  readonly f2: number
  readonly leaked: number
  readonly falseAlarms: number
}

export const figures = (tally: Tally): Figures => {
  const recall = tally.relaxed / tally.gold
  const precision = tally.found === 0 ? Number.NaN : tally.right / tally.found
  const f = (beta: number) => ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall)
  return {
    recall,
    strict: tally.strict / tally.gold,
    precision,
    f1: f(1),
    f2: f(2),
    leaked: tally.leakedLetters / tally.goldLetters,
    falseAlarms: (1000 * (tally.found - tally.right)) / tally.characters,
  }
}
