/**
 * The shape of a log record per kind (design §9). A version, kind or key that is not in the table fails: what nobody
 * can read must not pass.
 */
import type {
  AccessBody,
  BootBody,
  Chained,
  ConfigBody,
  ErasureBody,
  GenesisBody,
  IntentBody,
  KeyBody,
  LogRecord,
  OutcomeBody,
  OverrideBody,
  PolicyBody,
  PruneBody,
  RecordBody,
  RecoverBody,
  RefusalBody,
  ShardLinkBody,
} from '../model/record.ts'
import {
  base64,
  count,
  days,
  digest,
  id128,
  mapOf,
  matches,
  name,
  oneOf,
  plain,
  text,
  texts,
  time,
} from './checks.ts'
import type { Check } from './checks.ts'

/** A leaf must fit the 16-bit length of an entry bundle (C2SP tlog-tiles). */
export const maxLeaf = 65_535

/** The record is not one that this version writes. The message names the key, never its value. */
export class RecordInvalid extends Error {
  override readonly name = 'RecordInvalid'
}

/** RFC 3339, UTC, milliseconds. */
export const isoTime = (at: Date): string => at.toISOString()

/** A check per key: `?` in the type means the key may be left out. A new key of the model fails to compile here. */
type Shape<B> = {
  readonly [K in keyof Required<B> as K extends 'v' | 'k' | 't' ? never : K]: undefined extends B[K]
    ? { readonly maybe: Check }
    : Check
}

const maybe = (check: Check): { readonly maybe: Check } => ({ maybe: check })

const intent: Shape<IntentBody> = {
  tid: id128,
  attempt: count,
  client: text,
  provider: text,
  purpose: text,
  class: oneOf('eea', 'adequate', 'third'),
  countries: texts,
  ground: texts,
  ground_ref: texts,
  verdict: oneOf('allow', 'treat'),
  rules: texts,
  cats: mapOf(mapOf(count)),
  bundle: digest,
  engine: text,
  method: text,
  media: text,
  bytes: count,
  stream: maybe(text),
  orders: maybe(count),
  out: digest,
  detail: digest,
}
const outcome: Shape<OutcomeBody> = {
  tid: id128,
  attempt: count,
  intent: count,
  end: oneOf('delivered', 'provider_error', 'not_sent', 'aborted', 'unknown'),
  status: maybe(count),
  sent: count,
  restored: count,
  corrected: count,
  unresolved: count,
  clear: count,
  answer: maybe(digest),
}
const refusal: Shape<RefusalBody> = {
  tid: id128,
  client: text,
  provider: text,
  purpose: text,
  code: matches(/^[A-Z][A-Z0-9_]{1,63}$/),
  rules: texts,
  cats: mapOf(mapOf(count)),
  bundle: digest,
  engine: text,
  orders: maybe(count),
}
const genesis: Shape<GenesisBody> = { origin: text, enrol: maybe(text) }
const boot: Shape<BootBody> = { key: base64, cert: base64, engine: text, settings: mapOf(text) }
const policy: Shape<PolicyBody> = {
  bundle: digest,
  by: text,
  act: maybe(oneOf('activated', 'approved', 'opinion', 'rolled_back', 'withdrawn')),
  roles: maybe(texts),
  why: maybe(text),
  from: maybe(text),
  opinion: maybe(oneOf('favourable', 'unfavourable')),
  jws: maybe(text),
  nonce: maybe(text),
}
const override: Shape<OverrideBody> = {
  act: oneOf('suspended', 'resumed', 'lifted', 'ended'),
  by: text,
  roles: texts,
  why: text,
  provider: maybe(text),
  client: maybe(text),
  purpose: maybe(text),
  rule: maybe(text),
  says: maybe(digest),
  until: maybe(text),
  nonce: maybe(text),
  jws: maybe(text),
}
const key: Shape<KeyBody> = {
  act: text,
  subject: text,
  by: text,
  kid: maybe(text),
  x: maybe(text),
  why: maybe(text),
  old: maybe(text),
  new: maybe(text),
  sig: maybe(base64),
  proof: maybe(base64),
}
const erasure: Shape<ErasureBody> = { ground: text, by: text, count }
const config: Shape<ConfigBody> = {
  act: oneOf('retention', 'hold.placed', 'hold.lifted'),
  by: text,
  roles: maybe(texts),
  why: maybe(text),
  days: maybe(days),
  hold: maybe(id128),
}
const prune: Shape<PruneBody> = { by: text, from: count, to: count, before: time, days, count }
const shard_link: Shape<ShardLinkBody> = { prev: text, size: count, root: digest, base: count }
const recover: Shape<RecoverBody> = { by: text, why: text, from: count, to: count, root: digest }
const access: Shape<AccessBody> = { who: text, roles: texts, act: text, filter: maybe(text), count }

const chained: Readonly<Record<keyof Chained, Check>> = { inst: name, boot: name, iseq: count, iprev: digest }
const kinds: Readonly<Record<LogRecord['k'], Readonly<Record<string, Check | { readonly maybe: Check }>>>> = {
  intent,
  outcome,
  refusal,
  genesis,
  boot,
  policy,
  override,
  key,
  erasure,
  config,
  prune,
  shard_link,
  recover,
  access,
}

/** A key that a record may have. */
interface Field {
  readonly key: string
  readonly check: Check
  readonly needed: boolean
  /** The chain of the boot says it, not who writes the record. */
  readonly linked: boolean
}

const is =
  (one: unknown): Check =>
  (value) =>
    value === one

/** Per kind, in canonical order. */
const tables = new Map(
  Object.entries(kinds).map(([kind, shape]): [string, readonly Field[]] => [
    kind,
    Object.entries<Check | { readonly maybe: Check }>({
      v: is(1),
      k: is(kind),
      t: time,
      ...chained,
      ...shape,
    })
      .map(([key, check]) => ({
        key,
        check: typeof check === 'function' ? check : check.maybe,
        needed: typeof check === 'function',
        linked: Object.hasOwn(chained, key),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  ]),
)

const tableOf = (value: Readonly<Record<string, unknown>>): readonly Field[] => {
  if (value.v !== 1) throw new RecordInvalid('unknown version')
  const table = typeof value.k === 'string' ? tables.get(value.k) : undefined
  if (table === undefined) throw new RecordInvalid('unknown kind')
  return table
}

const unknownKey = (kind: unknown): RecordInvalid =>
  new RecordInvalid(`${String(kind)}: a key that is not in the table`)

/**
 * Checks the shape of a record as stored.
 * @throws RecordInvalid
 */
export const checkRecord = (value: unknown): LogRecord => {
  if (!plain(value)) throw new RecordInvalid('not an object')
  let seen = 0
  for (const { key, check, needed } of tableOf(value)) {
    const there = Object.hasOwn(value, key)
    if (there ? !check(value[key]) : needed) throw new RecordInvalid(`${String(value.k)}: ${key}`)
    if (there) seen += 1
  }
  if (Object.keys(value).length !== seen) throw unknownKey(value.k)
  return value as unknown as LogRecord
}

/**
 * The record of a body at its place, checked as `checkRecord` does, its keys in canonical order. An undefined key is
 * left out.
 * @throws RecordInvalid
 */
export const recordOf = (body: RecordBody, link: Chained): Readonly<Record<string, unknown>> => {
  const given = body as unknown as Readonly<Record<string, unknown>>
  const place = link as unknown as Readonly<Record<string, unknown>>
  const record: Record<string, unknown> = {}
  for (const { key, check, needed, linked } of tableOf(given)) {
    const value = linked ? place[key] : given[key]
    if (value === undefined ? needed : !check(value)) throw new RecordInvalid(`${body.k}: ${key}`)
    if (value !== undefined) record[key] = value
  }
  for (const key in given)
    if (given[key] !== undefined && record[key] !== given[key]) throw unknownKey(body.k)
  return record
}

/** `iprev` of a boot's first record. */
export const noPrevious = '0'.repeat(64)
