/**
 * Time-stamps of an outside authority (RFC 3161): a log's own times prove nothing to others. A token is believed
 * only if it answers our very question (imprint and nonce) and its signer leads to the pinned root.
 */
import { hash, verify, X509Certificate } from 'node:crypto'
import {
  boolean,
  decode,
  encode,
  integer,
  octets,
  oid,
  oidOf,
  parts,
  rawOf,
  sequence,
  setOf,
  tagged,
} from './der.ts'
import type { Der } from './der.ts'
import { algorithmOf, at, bytesOf, content, members, number, only, strict } from './der-read.ts'

/** Why a token is not believed. `refused`: the authority said no. */
export type TimestampFault = 'malformed' | 'refused' | 'other' | 'signer' | 'signature' | 'chain' | 'time'

export class TimestampRefused extends Error {
  override readonly name = 'TimestampRefused'
  readonly why: TimestampFault

  constructor(why: TimestampFault) {
    super(`time-stamp: ${why}`)
    this.why = why
  }
}

export interface Timestamp {
  /** DER of the TimeStampReq and of the TimeStampResp, as sent and received. */
  readonly request: Buffer
  readonly response: Buffer
  /** DER of the token alone (a CMS ContentInfo). */
  readonly token: Buffer
  /** What the authority says the time was. */
  readonly at: Date
}

/** Asks the authority for a stamp over these bytes. @throws TimestampRefused; Misconfigured if it cannot be asked */
export type Stamp = (bytes: Buffer) => Promise<Timestamp>

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
}
const digests = new Map([
  [oids.sha256, 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])
/** Signature algorithms, with the digest where they name it: RSA PKCS #1 and ECDSA. */
const signatures = new Map<string, string | undefined>([
  ['1.2.840.113549.1.1.1', undefined],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
])

/** A response is a few kilobytes. */
export const maxResponse = 65_536
/** The two clocks may differ so much; beyond, one of them is wrong and nobody knows which. */
const clockSlackMs = 600_000
const maxCertificates = 16

/** DER of a TimeStampReq over SHA-256 of the bytes; asks for the certificates. @param nonce 8 random bytes or more */
export const timestampRequest = (bytes: Buffer, nonce: Buffer): Buffer =>
  encode(
    sequence(
      integer(Buffer.of(1)),
      sequence(sequence(oid(oids.sha256)), octets(hash('sha256', bytes, 'buffer'))),
      integer(nonce),
      boolean(true),
    ),
  )

const malformed = (): TimestampRefused => new TimestampRefused('malformed')
const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw malformed()
  return value
}
interface Signed {
  readonly info: Buffer
  /** The one digest algorithm that it names. */
  readonly digested: string
  readonly certificates: readonly X509Certificate[]
  readonly signer: Der
}

/** ContentInfo → SignedData over a TSTInfo with one signer (RFC 3161 §2.4.2). */
const openSignedData = (token: Der): Signed => {
  if (oidOf(at(token, 0)) !== oids.signedData) throw malformed()
  const signed = only(at(token, 1), 0)
  const encapsulated = at(signed, 2)
  if (oidOf(at(encapsulated, 0)) !== oids.tstInfo) throw malformed()
  const [version, algorithms] = members(signed)
  if (!number(version).equals(Buffer.of(3))) throw malformed()
  const certificates = parts(need(members(signed).find((one) => tagged(one, 0))))
  if (certificates.length > maxCertificates) throw malformed()
  return {
    digested: algorithmOf(only(algorithms)),
    info: bytesOf(only(at(encapsulated, 1), 0)),
    certificates: certificates.map((one) => new X509Certificate(encode(one))),
    signer: only(members(signed).at(-1)),
  }
}

interface Told {
  readonly imprint: Buffer
  readonly nonce: Buffer | undefined
  readonly at: Date
}

const timeForm = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/

/** TSTInfo: version, policy, imprint, serial, time, and what may follow. */
const readTstInfo = (info: Buffer): Told => {
  const [version, , imprint, , time, ...more] = members(strict(info))
  if (
    imprint === undefined ||
    !number(version).equals(Buffer.of(1)) ||
    algorithmOf(at(imprint, 0)) !== oids.sha256
  )
    throw malformed()
  const [, year, month, day, hour, minute, second, part = '0'] = need(
    timeForm.exec(content(time, 0x18).toString('latin1')) ?? undefined,
  )
  const told = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${part.padEnd(3, '0').slice(0, 3)}Z`,
  )
  if (Number.isNaN(told.getTime())) throw malformed()
  const nonce = more.find((one) => one.tagClass === 0x00 && one.type === 0x02)
  return { imprint: bytesOf(at(imprint, 1)), nonce: nonce && rawOf(nonce), at: told }
}

/** The one value of a signed attribute, which must be there once. */
const attributeOf = (attributes: readonly Der[], id: string): Der | undefined => {
  const found = attributes.filter((one) => oidOf(at(one, 0)) === id)
  if (found.length > 1) throw malformed()
  return found[0] === undefined ? undefined : only(at(found[0], 1))
}

/** RFC 5816: the signed attribute names the certificate by its hash, so that no other with that key will do. */
const namesCertificate = (attributes: readonly Der[], certificate: X509Certificate): boolean => {
  const second = attributeOf(attributes, oids.signingCertificateV2)
  if (second !== undefined) {
    const first = at(at(second, 0), 0)
    const head = at(first, 0)
    // SHA-256 is the default, so that it may be left out
    const [name, value] =
      typeof head.value === 'string' ? ['sha256', head] : [need(digests.get(algorithmOf(head))), at(first, 1)]
    return hash(name, certificate.raw, 'buffer').equals(bytesOf(value))
  }
  const old = attributeOf(attributes, oids.signingCertificate)
  return (
    old !== undefined && hash('sha1', certificate.raw, 'buffer').equals(bytesOf(at(at(at(old, 0), 0), 0)))
  )
}

/** RFC 3161 §2.3: the certificate is for time-stamps and nothing else, and says so critically. */
const isForTimestamps = (certificate: X509Certificate): boolean => {
  const wrapped = members(at(decode(certificate.raw), 0)).find((one) => tagged(one, 3))
  const extensions = wrapped === undefined ? [] : members(only(wrapped, 3))
  const usage = extensions.find((one) => oidOf(at(one, 0)) === oids.extendedKeyUsage)
  if (usage === undefined || members(usage).length !== 3) return false
  const uses = members(decode(bytesOf(at(usage, 2)))).map(oidOf)
  return uses.length === 1 && uses[0] === oids.timeStamping
}

const validAt = (certificate: X509Certificate, when: Date): boolean =>
  certificate.validFromDate <= when && when <= certificate.validToDate

/** From the signer over the certificates of the token to a pinned root, all valid at that time. */
const leadsTo = (
  signer: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  when: Date,
): boolean => {
  let one = signer
  for (let steps = 0; steps <= maxCertificates; steps += 1) {
    if (!validAt(one, when)) return false
    const issues = (by: X509Certificate): boolean => by.ca && one.checkIssued(by) && one.verify(by.publicKey)
    const root = roots.find((by) => by.raw.equals(one.raw) || issues(by))
    if (root !== undefined) return validAt(root, when) && !root.raw.equals(signer.raw)
    const issuer = others.find((by) => !by.raw.equals(one.raw) && issues(by))
    if (issuer === undefined) return false
    one = issuer
  }
  return false
}

const checkSigner = ({ info, digested, certificates, signer }: Signed): X509Certificate => {
  // SignerInfo: version, sid, digest, [0] signed attributes, algorithm, signature
  const [version, sid, digest, wrapped, algorithm, signature] = members(signer)
  if (sid === undefined || wrapped === undefined || !tagged(wrapped, 0)) throw malformed()
  if (!number(version).equals(Buffer.of(1)) || algorithmOf(digest) !== digested) throw malformed()
  const attributes = parts(wrapped)
  const digestName = need(digests.get(digested))
  const id = algorithmOf(algorithm)
  if (!signatures.has(id)) throw malformed()
  const certificate = certificates.find((one) => {
    const [, serial, , issuer] = members(at(decode(one.raw), 0))
    return encode(sequence(issuer!, serial!)).equals(encode(sid))
  })
  if (
    certificate === undefined ||
    !namesCertificate(attributes, certificate) ||
    !isForTimestamps(certificate)
  )
    throw new TimestampRefused('signer')
  const type = attributeOf(attributes, oids.contentType)
  const sum = attributeOf(attributes, oids.messageDigest)
  const bound =
    type !== undefined &&
    oidOf(type) === oids.tstInfo &&
    sum !== undefined &&
    bytesOf(sum).equals(hash(digestName, info, 'buffer'))
  // RFC 5652 §5.4: what is signed is the attributes as a SET, not under their tag [0]
  const message = encode(setOf(...attributes))
  const holds = verify(signatures.get(id) ?? digestName, message, certificate.publicKey, bytesOf(signature))
  if (!bound || !holds) throw new TimestampRefused('signature')
  return certificate
}

const judge = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof TimestampRefused) throw error
    // whatever forge or node:crypto throw over bytes from outside
    throw malformed()
  }
}

/**
 * A token over these bytes, judged.
 * @param nonce as asked for; undefined: any (a token that was kept)
 * @returns the time it states
 * @throws TimestampRefused
 */
export const openToken = (
  token: Buffer,
  bytes: Buffer,
  roots: readonly X509Certificate[],
  nonce?: Buffer,
): Date =>
  judge(() => {
    const signed = openSignedData(strict(token))
    const told = readTstInfo(signed.info)
    const ours = nonce === undefined || told.nonce?.equals(rawOf(integer(nonce))) === true
    if (!told.imprint.equals(hash('sha256', bytes, 'buffer')) || !ours) throw new TimestampRefused('other')
    const signer = checkSigner(signed)
    if (!leadsTo(signer, signed.certificates, roots, told.at)) throw new TimestampRefused('chain')
    return told.at
  })

/**
 * The authority's answer to our request, judged before it is kept.
 * @param asked the bytes, the nonce and the request as sent
 * @param roots certificates that the operator pinned
 * @throws TimestampRefused
 */
export const openTimestamp = (
  response: Buffer,
  asked: { readonly bytes: Buffer; readonly nonce: Buffer; readonly request: Buffer },
  roots: readonly X509Certificate[],
  now: Date,
): Timestamp =>
  judge(() => {
    if (response.length > maxResponse) throw malformed()
    const [status, token, ...more] = members(strict(response))
    if (more.length > 0) throw malformed()
    const granted = number(members(need(status))[0])
    // PKIStatus: granted 0, grantedWithMods 1
    if (granted.length !== 1 || granted[0]! > 1) throw new TimestampRefused('refused')
    const der = encode(need(token))
    const told = openToken(der, asked.bytes, roots, asked.nonce)
    if (Math.abs(told.getTime() - now.getTime()) > clockSlackMs) throw new TimestampRefused('time')
    return { request: asked.request, response, token: der, at: told }
  })
