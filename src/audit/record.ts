/**
 * The shape of a log record per kind (design §9), the seal over a batch and the certificate of a boot: all that
 * a verifier must know of records. A version, kind or key that is not in the table fails: what nobody can read
 * must not pass.
 */
import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
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
  RecoverBody,
  RefusalBody,
  ShardLinkBody,
  Stream,
} from '../model/record.ts'
import { canonical, readCanonical } from './canonical.ts'

/** A leaf must fit the 16-bit length of an entry bundle (C2SP tlog-tiles). */
export const maxLeaf = 65_535

/** Records under one seal: a verifier holds them together. */
export const maxBatch = 4096

/** The record is not one that this version writes. The message names the key, never its value. */
export class RecordInvalid extends Error {
  override readonly name = 'RecordInvalid'
}

type Check = (value: unknown) => boolean

const matches =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value)
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const text: Check = (value) => typeof value === 'string' && value.length <= 4096
const texts: Check = (value) => Array.isArray(value) && value.every(text)
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
/** A retention; a hundred years. */
const days: Check = (value) => count(value) && (value as number) <= 36_500
const digest = matches(/^[0-9a-f]{64}$/)
const id128 = matches(/^[0-9a-f]{32}$/)
const name = matches(/^[0-9A-Za-z._:+/=-]{1,128}$/)
const base64 = matches(/^[0-9A-Za-z+/]{1,512}={0,2}$/)
const plain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const mapOf =
  (check: Check): Check =>
  (value) =>
    plain(value) && Object.values(value).every(check)

const isoForm = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
// Records of one day follow each other: the calendar is asked once a day.
let lastDay = ''
const time: Check = (value) => {
  if (typeof value !== 'string' || !isoForm.test(value)) return false
  const day = value.slice(0, 10)
  if (day === lastDay) return true
  const at = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(at.getTime()) || isoTime(at).slice(0, 10) !== day) return false
  lastDay = day
  return true
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

const tables = new Map(
  Object.entries(kinds).map(([kind, shape]) => [
    kind,
    [['t', time] as const, ...Object.entries(chained), ...Object.entries(shape)],
  ]),
)

/** The keys that a record of this kind may have, in canonical order; none for a kind that is not known. */
export const keysOf = (kind: string): readonly string[] => orders.get(kind) ?? []

const orders = new Map(
  [...tables].map(([kind, table]) => [kind, ['v', 'k', ...table.map(([field]) => field)].sort()]),
)

/**
 * Checks the shape of a record as stored.
 * @throws RecordInvalid
 */
export const checkRecord = (value: unknown): LogRecord => {
  if (!plain(value)) throw new RecordInvalid('not an object')
  if (value.v !== 1) throw new RecordInvalid('unknown version')
  const table = typeof value.k === 'string' ? tables.get(value.k) : undefined
  if (table === undefined) throw new RecordInvalid('unknown kind')
  let seen = 2
  for (const [field, check] of table) {
    const there = Object.hasOwn(value, field)
    if (there) seen += 1
    const right =
      typeof check === 'function' ? there && check(value[field]) : !there || check.maybe(value[field])
    if (!right) throw new RecordInvalid(`${String(value.k)}: ${field}`)
  }
  if (Object.keys(value).length !== seen)
    throw new RecordInvalid(`${String(value.k)}: a key that is not in the table`)
  return value as unknown as LogRecord
}

/** `iprev` of a boot's first record. */
export const noPrevious = '0'.repeat(64)

/** What a seal speaks of. */
export interface Seal {
  readonly batch: string
  readonly inst: string
  readonly boot: string
  readonly firstIseq: number
  readonly sig: Buffer
}

/** The bytes under a seal: canonical JSON of {batch, boot, firstIseq, hashes, inst, n, stream}. */
export const sealMessage = (stream: Stream, seal: Omit<Seal, 'sig'>, hashes: readonly Buffer[]): Buffer =>
  canonical({
    batch: seal.batch,
    boot: seal.boot,
    firstIseq: seal.firstIseq,
    hashes: hashes.map((h) => h.toString('hex')),
    inst: seal.inst,
    n: hashes.length,
    stream,
  })

/** Whether the instance's key of that boot signed exactly these leaves at this place of its chain. */
export const sealHolds = (stream: Stream, seal: Seal, hashes: readonly Buffer[], key: KeyObject): boolean =>
  seal.sig.length === 64 && verify(null, sealMessage(stream, seal, hashes), key, seal.sig)

/** The bytes that the enrolment key signs for a boot; `key` is SPKI DER in base64 as the boot record shows it. */
export const certMessage = (inst: string, boot: string, key: string): Buffer =>
  canonical({ boot, inst, key, what: 'douane-boot-v1' })

/** The public key of a boot if the enrolment key certified it, else undefined. */
export const bootKey = (record: BootBody & Chained, enrol: KeyObject): KeyObject | undefined => {
  const cert = Buffer.from(record.cert, 'base64')
  if (cert.length !== 64 || cert.toString('base64') !== record.cert) return undefined
  if (!verify(null, certMessage(record.inst, record.boot, record.key), enrol, cert)) return undefined
  try {
    const spki = Buffer.from(record.key, 'base64')
    if (spki.toString('base64') !== record.key) return undefined
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

const sealKeys = ['batch', 'boot', 'first', 'firstIseq', 'inst', 'n', 'sig'].join()

/** A seal as a line of an export, with where its leaves are. */
export interface PlacedSeal extends Seal {
  readonly first: number
  readonly n: number
}

export const sealLine = ({ batch, boot, first, firstIseq, inst, n, sig }: PlacedSeal): Buffer =>
  canonical({ batch, boot, first, firstIseq, inst, n, sig: sig.toString('base64') })

/** @throws NotCanonical, RecordInvalid */
export const readSealLine = (line: Buffer): PlacedSeal => {
  const value = readCanonical(line)
  if (!plain(value) || Object.keys(value).join() !== sealKeys) throw new RecordInvalid('seal: its keys')
  const { batch, boot: of, first, firstIseq, inst, n, sig } = value
  const right = [batch, of, inst].every(name) && [first, firstIseq, n].every(count) && base64(sig)
  if (!right || (n as number) < 1 || (n as number) > maxBatch)
    throw new RecordInvalid('seal: a value of the wrong form')
  const bytes = Buffer.from(sig as string, 'base64')
  // A second spelling of the same signature would be a second file that verifies.
  if (bytes.toString('base64') !== sig) throw new RecordInvalid('seal: a signature in another spelling')
  return { ...(value as unknown as PlacedSeal), sig: bytes }
}

/**
 * A leaf as a line for people: index, hash and the record, in ASCII, so that no control or bidi character of a
 * client or provider reaches a terminal. The bytes of the leaf stay the only authority.
 */
export const readableLine = (index: number, hash: Buffer, body: Buffer): string =>
  body.length === 0
    ? `{"index":${index},"hash":"${hash.toString('hex')}","pruned":true}`
    : `{"index":${index},"hash":"${hash.toString('hex')}","record":${body
        .toString('utf8')
        .replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}}`
