import { createHash } from 'node:crypto'
import { contextKinds } from '../lexicon/context.ts'
import { address } from './address.ts'
import { answer } from './answer.ts'
import { bic } from './bic.ts'
import { boxed } from './boxed.ts'
import { card } from './card.ts'
import { date } from './date.ts'
import { email } from './email.ts'
import { identifier } from './identifier.ts'
import { gps } from './gps.ts'
import { iban } from './iban.ts'
import { identifierPhrases, identifierRows } from './identifiers/table.ts'
import { ip } from './ip.ts'
import { lastFour } from './last-four.ts'
import { lookalike } from './lookalike.ts'
import { mac } from './mac.ts'
import { mrz } from './mrz.ts'
import { nir } from './nir.ts'
import { phone } from './phone.ts'
import type { Recogniser } from './recogniser.ts'
import { reference } from './reference.ts'
import { secret } from './secret.ts'
import { signed } from './signed.ts'
import { spokenEmail } from './spoken-email.ts'
import { spokenNumber } from './spoken-number.ts'
import { url } from './url.ts'

export const recognisers: readonly Recogniser[] = [
  email,
  spokenEmail,
  address,
  mrz,
  gps,
  url,
  iban,
  bic,
  nir,
  card,
  phone,
  identifier,
  ip,
  mac,
  date,
  secret,
  reference,
  spokenNumber,
  boxed,
  signed,
  lookalike,
  lastFour,
  answer,
]

type Trigger = 'at' | 'plus' | 'colon' | 'digits' | 'word' | 'context' | 'month'
type Finders<K extends Trigger> = readonly NonNullable<Recogniser[K]>[]
const collect = <K extends Trigger>(list: readonly Recogniser[], trigger: K) =>
  list.flatMap((one) => (one[trigger] === undefined ? [] : [one[trigger]])) as Finders<K>

/** Longer runs wake what those of so many digits wake. */
const mostDigits = 24

const byCount = (list: readonly Recogniser[]): readonly Finders<'digits'>[] =>
  Array.from({ length: mostDigits + 1 }, (_, count) =>
    collect(
      list.filter(({ counts: [least, most] = [1, Infinity] }) => count >= least && count <= most),
      'digits',
    ),
  )

/** What each trigger calls. */
export interface Called {
  readonly at: Finders<'at'>
  readonly plus: Finders<'plus'>
  readonly colon: Finders<'colon'>
  /** By how many digits the run has. */
  readonly digits: readonly Finders<'digits'>[]
  /** At a word that a digit or a low line follows. */
  readonly glued: Finders<'word'>
  /** At any other word of eight letters and more. */
  readonly long: Finders<'word'>
  readonly month: Finders<'month'>
  /** What wakes at each kind of context word, then at each phrase of the identifiers; kinds with the same recognisers share one list. */
  readonly context: readonly Finders<'context'>[]
}

export const digitsOf = ({ digits }: Pick<Called, 'digits'>, count: number): Finders<'digits'> =>
  digits[count < mostDigits ? count : mostDigits]!

const wakingAt = (list: readonly Recogniser[]): Called['context'] => {
  const readers = list.filter(({ context }) => context !== undefined)
  /** By the sum of the powers of two of those who wake. */
  const lists = new Map<number, Finders<'context'>>()
  return Array.from({ length: contextKinds.length + identifierPhrases.length }, (_, kind) => {
    const wakes = (one: Recogniser): boolean => one.wakes?.(kind) ?? true
    let key = 0
    for (let at = 0; at < readers.length; at++) if (wakes(readers[at]!)) key += 2 ** at
    let called = lists.get(key)
    if (called === undefined) lists.set(key, (called = collect(readers.filter(wakes), 'context')))
    return called
  })
}

const isLong = ({ glued }: Recogniser): boolean => glued !== true

const calledOf = (list: readonly Recogniser[]): Called => ({
  at: collect(list, 'at'),
  plus: collect(list, 'plus'),
  colon: collect(list, 'colon'),
  digits: byCount(list),
  glued: collect(list, 'word'),
  long: collect(list.filter(isLong), 'word'),
  month: collect(list, 'month'),
  context: wakingAt(list),
})

export const byTrigger = calledOf(recognisers)

/** In the plain spelling only identifiers are sought (fixed.ts), and addresses are what costs most to read. */
export const byHiddenTrigger = calledOf(recognisers.filter((one) => one !== address))

/** Those that act where a checksum or fixed form must decide alone; the form of a token does, too. */
const fixed = recognisers.filter((one) => one.fixed || one === secret)
export const byFixedTrigger: Pick<Called, 'at' | 'plus' | 'digits' | 'glued' | 'long'> = {
  at: collect(fixed, 'at'),
  plus: collect(fixed, 'plus'),
  digits: byCount(fixed),
  glued: collect(fixed, 'word'),
  long: collect(fixed.filter(isLong), 'word'),
}

/** Digest of what the recognisers are, for `Detector.version`. */
export const recogniserDigest = (): string => {
  const hash = createHash('sha256')
  for (const one of recognisers) {
    hash.update(`${one.id}\0${one.revision}\0${one.fixed}\0`)
    for (const part of Object.values(one)) if (typeof part === 'function') hash.update(String(part))
  }
  hash.update(JSON.stringify(identifierRows))
  return hash.digest('hex')
}
