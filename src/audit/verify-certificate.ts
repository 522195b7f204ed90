/**
 * A certificate (RFC 5280) as much as a signature needs of it, read by ourselves: libraries differ in what they
 * forgive, and three verifiers must give one answer. What is not of this form is believed by none of them, and refused
 * where the operator hands it over. Of one whose signature holds no byte can be changed.
 *
 *   signed by RSA (PKCS #1 v1.5) or ECDSA with SHA-256, -384, -512, or by Ed25519 · keys RSA of 2048 to 8192 bits,
 *   P-256, P-384, P-521, Ed25519 · version 3 · of critical extensions those of RFC 5280 alone (§4.2)
 */
import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { contentOf, members, need, NotDer, oid, only, sequence, single, tags, write } from './verify-der.ts'
import type { Value } from './verify-der.ts'

export type KeyKind = 'rsa' | 'P-256' | 'P-384' | 'P-521' | 'ed25519'

export interface Certificate {
  readonly der: Buffer
  /** As they stand in it, in DER. Names are the same if their bytes are. */
  readonly issuer: Buffer
  readonly serial: Buffer
  readonly subject: Buffer
  /** From when to when it is valid: YYYYMMDDHHMMSS in UTC. */
  readonly from: string
  readonly to: string
  readonly kind: KeyKind
  readonly key: KeyObject
  /** It may issue others. */
  readonly authority: boolean
  /** The one purpose for which it is, critically so; undefined if there is none or more. */
  readonly purpose: Buffer | undefined
  /** What its key may do, as the bytes of KeyUsage in order, the first lowest; undefined if it does not say. */
  readonly usage: number | undefined
  readonly signed: { readonly body: Buffer; readonly by: Algorithm; readonly signature: Buffer }
}

interface Algorithm {
  /** AlgorithmIdentifier. */
  readonly id: Buffer
  readonly key: 'rsa' | 'ec' | 'ed25519'
  readonly digest: string | null
}

const none = write(tags.none)
const ed25519 = sequence(oid('1.3.101.112'))
const algorithms: readonly Algorithm[] = [
  ...['sha256', 'sha384', 'sha512'].flatMap((digest, i): Algorithm[] => [
    { id: sequence(oid(`1.2.840.113549.1.1.${i + 11}`), none), key: 'rsa', digest },
    { id: sequence(oid(`1.2.840.10045.4.3.${i + 2}`)), key: 'ec', digest },
  ]),
  { id: ed25519, key: 'ed25519', digest: null },
]

const rsa = sequence(oid('1.2.840.113549.1.1.1'), none)
const onCurve = (curve: string): Buffer => sequence(oid('1.2.840.10045.2.1'), oid(curve))
/** Bytes of a key: a point that is not compressed (RFC 5480 §2.2). */
const curves = [
  { kind: 'P-256', id: onCurve('1.2.840.10045.3.1.7'), length: 65 },
  { kind: 'P-384', id: onCurve('1.3.132.0.34'), length: 97 },
  { kind: 'P-521', id: onCurve('1.3.132.0.35'), length: 133 },
] as const

/** The content of a BIT STRING of whole bytes. @throws NotDer */
const bitsOf = (value: Value | undefined): Buffer => {
  const bits = contentOf(value, tags.bits)
  if (bits[0] !== 0) throw new NotDer()
  return bits.subarray(1)
}

/** The digits of an INTEGER above zero. @throws NotDer */
const positive = (value: Value | undefined): Buffer => {
  const digits = contentOf(value, tags.integer)
  const [first = 0x80, second = 0] = digits
  if (first >= 0x80 || (first === 0 && second < 0x80)) throw new NotDer()
  return first === 0 ? digits.subarray(1) : digits
}

const isRsaKey = (bits: Buffer): boolean => {
  const [modulus, exponent, ...more] = members(single(bits))
  const [n, e] = [positive(modulus), positive(exponent)]
  const length = n.length * 8 - (Math.clz32(n[0]!) - 24)
  const odd = (n.at(-1)! & e.at(-1)! & 1) === 1
  return (
    more.length === 0 && odd && length >= 2048 && length <= 8192 && e.length <= 3 && !e.equals(Buffer.of(1))
  )
}

/** @throws NotDer: a key that is not one of ours */
const keyKindOf = (info: Value): KeyKind => {
  const [algorithm, value, ...more] = members(info)
  const [id, bits] = [need(algorithm).whole, bitsOf(value)]
  const curve = curves.find((one) => one.id.equals(id))
  const isPoint = curve !== undefined && bits.length === curve.length && bits[0] === 4
  if (more.length === 0 && isPoint) return curve.kind
  if (more.length === 0 && id.equals(ed25519) && bits.length === 32) return 'ed25519'
  if (more.length === 0 && id.equals(rsa) && isRsaKey(bits)) return 'rsa'
  throw new NotDer()
}

/** RFC 5280 §4.1.2.5: years of two digits are those from 1950 on. @throws NotDer */
export const timeIn = (value: Value | undefined): string => {
  const text = need(value).content.toString('latin1')
  if (value?.tag === tags.time && /^\d{14}Z$/.test(text)) return text.slice(0, -1)
  if (value?.tag !== tags.utcTime || !/^\d{12}Z$/.test(text)) throw new NotDer()
  return `${text < '50' ? '20' : '19'}${text.slice(0, -1)}`
}

const ids = {
  constraints: oid('2.5.29.19'),
  usage: oid('2.5.29.15'),
  purposes: oid('2.5.29.37'),
}

/**
 * Those that may be critical: beside the ones that are judged here, names, policies and where lists of revoked ones are,
 * none of which a signature hangs on. One that nobody knows may say that the certificate is not for this.
 */
const known: readonly Buffer[] = [
  ...Object.values(ids),
  ...[17, 30, 31, 32, 33, 36, 54].map((n) => oid(`2.5.29.${n}`)),
]

interface Extension {
  readonly id: Buffer
  readonly critical: boolean
  readonly value: Buffer
}

const extensionsIn = (value: Value | undefined): readonly Extension[] => {
  const out: Extension[] = []
  for (const one of members(only(value, 0xa3))) {
    const [id, ...rest] = members(one)
    const critical = rest.length === 2 ? contentOf(rest[0], tags.boolean) : undefined
    const spelt = critical === undefined || critical.equals(Buffer.of(0xff))
    const again = out.some((before) => before.id.equals(need(id).whole))
    if (id?.tag !== tags.oid || !spelt || again || rest.length > 2) throw new NotDer()
    if (critical !== undefined && !known.some((each) => each.equals(id.whole))) throw new NotDer()
    out.push({ id: id.whole, critical: critical !== undefined, value: contentOf(rest.at(-1), tags.octets) })
  }
  return out
}

const usageIn = (extension: Extension | undefined): number | undefined => {
  if (extension === undefined) return undefined
  const bits = contentOf(single(extension.value, tags.bits), tags.bits)
  return (bits[1] ?? 0) | ((bits[2] ?? 0) << 8)
}

/** @param usage bit 5 from the left of its first byte: keyCertSign */
const isAuthority = (constraints: Extension | undefined, usage: number | undefined): boolean => {
  const [ca] = constraints === undefined ? [] : members(single(constraints.value))
  const signs = usage === undefined || (usage & 0x04) !== 0
  return signs && ca?.tag === tags.boolean && ca.content.equals(Buffer.of(0xff))
}

const purposeIn = (extension: Extension | undefined): Buffer | undefined => {
  const uses = extension === undefined ? [] : members(single(extension.value))
  return uses.length === 1 && extension?.critical === true ? uses[0]!.whole : undefined
}

/** @throws NotDer */
export const readCertificate = (der: Buffer): Certificate => {
  const [body, algorithm, signature, ...more] = members(single(der))
  const [version, serial, inner, issuer, validity, subject, info, ...last] = members(body)
  const third = need(version).whole.equals(write(0xa0, write(tags.integer, Buffer.of(2))))
  const by = algorithms.find(({ id }) => id.equals(need(inner).whole))
  // Only what the issuer signed counts: the algorithm outside it is the one that was signed.
  if (more.length > 0 || !third || by === undefined || !need(algorithm).whole.equals(by.id))
    throw new NotDer()
  const [from, to, ...times] = members(validity)
  if (times.length > 0 || issuer?.tag !== tags.sequence || subject?.tag !== tags.sequence) throw new NotDer()
  contentOf(serial, tags.integer)
  const extensions = last.length === 0 ? [] : extensionsIn(last.at(-1))
  if (last.length > 1) throw new NotDer()
  const find = (id: Buffer) => extensions.find((one) => one.id.equals(id))
  const [kind, usage] = [keyKindOf(need(info)), usageIn(find(ids.usage))]
  return {
    ...{ der, issuer: issuer.whole, serial: serial!.whole, subject: subject.whole },
    ...{ from: timeIn(from), to: timeIn(to), kind, key: keyOf(need(info).whole) },
    ...{
      authority: isAuthority(find(ids.constraints), usage),
      purpose: purposeIn(find(ids.purposes)),
      usage,
    },
    signed: { body: need(body).whole, by, signature: bitsOf(signature) },
  }
}

const keyOf = (spki: Buffer): KeyObject => {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    // a point that is not on its curve
    throw new NotDer()
  }
}

/** @param digest null for Ed25519, which needs none */
export const verifies = (
  { key }: Pick<Certificate, 'key'>,
  digest: string | null,
  bytes: Buffer,
  signature: Buffer,
): boolean => {
  try {
    return verify(digest, bytes, key, signature)
  } catch {
    return false
  }
}

export const issues = (by: Certificate, one: Certificate): boolean => {
  const { body, by: how, signature } = one.signed
  const fits = how.key === 'ec' ? by.kind.startsWith('P-') : how.key === by.kind
  return fits && by.authority && by.subject.equals(one.issuer) && verifies(by, how.digest, body, signature)
}
