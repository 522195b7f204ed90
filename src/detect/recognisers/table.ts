import { createHash } from 'node:crypto'
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
import { identifierRows } from './identifiers/table.ts'
import { ip } from './ip.ts'
import { mac } from './mac.ts'
import { mrz } from './mrz.ts'
import { nir } from './nir.ts'
import { phone } from './phone.ts'
import type { Recogniser } from './recogniser.ts'
import { reference } from './reference.ts'
import { secret } from './secret.ts'
import { spokenEmail } from './spoken-email.ts'
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
  boxed,
  answer,
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
