import { createHash } from 'node:crypto'
import type { Digits, Site } from '../found.ts'
import { address } from './address.ts'
import { bic } from './bic.ts'
import { card } from './card.ts'
import { date } from './date.ts'
import { email } from './email.ts'
import { identifier } from './identifier.ts'
import { gps } from './gps.ts'
import { iban } from './iban.ts'
import { identifierRows } from './identifiers/table.ts'
import { ip } from './ip.ts'
import { mac } from './mac.ts'
import { mrz } from './mrz.ts'
import { nir } from './nir.ts'
import { phone } from './phone.ts'
import { reference } from './reference.ts'
import { secret } from './secret.ts'
import { spokenEmail } from './spoken-email.ts'
import { url } from './url.ts'

/**
 * A recogniser: what in the text wakes it, and what it then does at that place. Each does bounded work a
 * trigger, spends what it costs and pushes what it found on the site. To add one: write its file, put it in
 * this list, add its rows to test/detect/recognisers.
 */
export interface Recogniser {
  readonly id: string
  /** True if a checksum or a fixed form decides alone: such findings act in keys, segments and answers. */
  readonly fixed: boolean
  /** Raise it when the meaning of the recogniser changes. */
  readonly revision: number
  /** At `@`. */
  readonly at?: (site: Site, at: number) => void
  /** At `+`. */
  readonly plus?: (site: Site, at: number) => void
  /** At `:`. */
  readonly colon?: (site: Site, at: number) => void
  /** At a run of digits with separators. */
  readonly digits?: (site: Site, run: Digits) => void
  /** At a word that a digit follows, or of eight letters and more. */
  readonly word?: (site: Site, start: number, end: number) => void
  /** At a context word or phrase (lexicon/context.ts). */
  readonly context?: (site: Site, start: number, end: number, kind: number) => void
  /** At the name of a month, 1 … 12. */
  readonly month?: (site: Site, start: number, end: number, month: number) => void
}

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
]

const collect = <K extends 'at' | 'plus' | 'colon' | 'digits' | 'word' | 'context' | 'month'>(trigger: K) =>
  recognisers.flatMap((one) => (one[trigger] === undefined ? [] : [one[trigger]])) as NonNullable<
    Recogniser[K]
  >[]

export const byTrigger = {
  at: collect('at'),
  plus: collect('plus'),
  colon: collect('colon'),
  digits: collect('digits'),
  word: collect('word'),
  context: collect('context'),
  month: collect('month'),
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
