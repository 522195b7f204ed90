/**
 * The form of a time-stamp token (RFC 3161 §2.4.2, RFC 5816): a CMS SignedData over a TSTInfo. Signed are the TSTInfo, the attributes
 * of the signer and, by their issuers, the certificates. `plainToken` writes a token with nothing else in it, and with
 * one spelling of what is left: of such a token no bit can be changed.
 */
import { hash } from 'node:crypto'
import { readCertificate } from './verify-certificate.ts'
import type { Certificate } from './verify-certificate.ts'
import { contentOf, members, need, NotDer, oid, only, sequence, setOf } from './verify-der.ts'
import { single, tags, valuesIn, write } from './verify-der.ts'
import type { Value } from './verify-der.ts'

/** Why a token is not believed. */
export type TokenFault = 'malformed' | 'other' | 'signer' | 'signature' | 'chain'

export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly why: TokenFault

  constructor(why: TokenFault) {
    super(`time-stamp: ${why}`)
    this.why = why
  }
}

export const tstInfo = oid('1.2.840.113549.1.9.16.1.4')
const oids = {
  signedData: oid('1.2.840.113549.1.7.2'),
  rsa: oid('1.2.840.113549.1.1.1'),
}

interface Digest {
  readonly name: string
  readonly id: Buffer
  /** The signature algorithms that name it. */
  readonly rsa: Buffer
  readonly ecdsa: Buffer
}
const digests: readonly Digest[] = ['sha256', 'sha384', 'sha512'].map((name, i) => ({
  name,
  id: oid(`2.16.840.1.101.3.4.2.${i + 1}`),
  rsa: oid(`1.2.840.113549.1.1.${i + 11}`),
  ecdsa: oid(`1.2.840.10045.4.3.${i + 2}`),
}))
export const sha256 = digests[0]!

export const maxCertificates = 16

/** An AlgorithmIdentifier whose parameters are left out or NULL: all that are known here are. */
const algorithmIn = (value: Value | undefined): Buffer => {
  const [id, none, ...more] = members(value)
  const plain = none === undefined || (none.tag === tags.none && none.content.length === 0)
  if (!plain || more.length > 0) throw new NotDer()
  return need(id).whole
}
export const digestIn = (value: Value | undefined): Digest => {
  const id = algorithmIn(value)
  return need(digests.find((one) => one.id.equals(id)))
}

const isInteger = (value: Value | undefined, n: number): boolean =>
  value?.tag === tags.integer && value.content.equals(Buffer.of(n))

export interface Token {
  readonly info: Buffer
  readonly certificates: readonly Certificate[]
  readonly signer: Certificate
  readonly digest: Digest
  /** The signed attributes as they stand there, and their values by type (DER in hex). */
  readonly attributes: Buffer
  readonly said: ReadonlyMap<string, readonly Value[]>
  readonly signature: Buffer
  /** What the TSTInfo says: SHA-256 of what was stamped, DER of the nonce, the time. */
  readonly imprint: Buffer
  readonly nonce: Buffer | undefined
  /** YYYYMMDDHHMMSS in UTC. */
  readonly at: string
}

/** RFC 5652 §5.3: each is a type and its values, and of each type there is one. */
const attributesIn = (value: Value | undefined): Token['said'] => {
  const out = new Map<string, readonly Value[]>()
  for (const one of members(value, 0xa0)) {
    const [type, values, ...more] = members(one)
    const all = members(values, tags.set)
    const id = need(type).whole.toString('hex')
    if (type?.tag !== tags.oid || all.length === 0 || more.length > 0 || out.has(id)) throw new NotDer()
    out.set(id, all)
  }
  return out
}

/** RFC 3161 §2.4.2: what is below a second is not read. */
const readTime = (value: Value | undefined): string => {
  const [, digits] = /^(\d{14})(?:\.\d{1,9})?Z$/.exec(contentOf(value, tags.time).toString('latin1')) ?? []
  return need(digits)
}

/** TSTInfo: version, policy, imprint, serial, time, and what may follow. */
const readInfo = (info: Buffer): Pick<Token, 'imprint' | 'nonce' | 'at'> => {
  const [version, , imprint, , time, ...more] = members(single(info))
  const [algorithm, digest] = members(imprint)
  if (!isInteger(version, 1) || digestIn(algorithm) !== sha256) throw new NotDer()
  return {
    imprint: contentOf(digest, tags.octets),
    nonce: more.find(({ tag }) => tag === tags.integer)?.whole,
    at: readTime(time),
  }
}

/** An authority may add certificates that nobody needs, of whatever kind: they are passed over. */
const readable = (der: Buffer): readonly Certificate[] => {
  try {
    return [readCertificate(der)]
  } catch (error) {
    if (error instanceof NotDer) return []
    throw error
  }
}

/** @throws NotDer */
export const readToken = (token: Buffer): Token => {
  const [type, wrapped] = members(single(token))
  const [version, algorithms, encapsulated, ...rest] = members(only(wrapped, 0xa0))
  const [infoType, infoWrapped] = members(encapsulated)
  const right = need(type).whole.equals(oids.signedData) && need(infoType).whole.equals(tstInfo)
  if (!right || !isInteger(version, 3)) throw new NotDer()
  const info = contentOf(only(infoWrapped, 0xa0), tags.octets)
  const all = valuesIn(need(rest.find(({ tag }) => tag === 0xa0)).content)
  if (all.length > maxCertificates) throw new NotDer()
  const certificates = all.flatMap(({ whole }) => readable(whole))
  const signerInfo = members(only(rest.at(-1), tags.set))
  const [infoVersion, id, algorithm, attributes, signatureAlgorithm, signature] = signerInfo
  const digest = digestIn(algorithm)
  const [one, other] = [algorithmIn(signatureAlgorithm), digestIn(only(algorithms, tags.set))]
  const known = [oids.rsa, digest.rsa, digest.ecdsa].some((by) => by.equals(one))
  if (!isInteger(infoVersion, 1) || other !== digest || !known) throw new NotDer()
  const said = attributesIn(attributes)
  const signer = certificates.find(({ issuer, serial }) => sequence(issuer, serial).equals(need(id).whole))
  if (signer === undefined) throw new TokenRefused('signer')
  return {
    ...{ info, certificates, signer, digest, said, ...readInfo(info) },
    // RFC 5652 §5.4: what is signed is the attributes as a SET, not under their tag [0]
    attributes: write(tags.set, attributes!.content),
    signature: contentOf(signature, tags.octets),
  }
}

/** The token with these certificates, and without anything that no signature covers. */
export const plainToken = (token: Token, path: readonly Certificate[]): Buffer => {
  const { info, signer, digest, attributes, signature } = token
  const algorithm = sequence(digest.id)
  const isRsa = signer.kind === 'rsa'
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, signer.serial),
    algorithm,
    write(0xa0, single(attributes, tags.set).content),
    isRsa ? sequence(oids.rsa, write(tags.none)) : sequence(digest.ecdsa),
    write(tags.octets, signature),
  )
  const signed = sequence(
    integer(3),
    setOf(tags.set, algorithm),
    sequence(tstInfo, write(0xa0, write(tags.octets, info))),
    setOf(0xa0, ...path.map(({ der }) => der)),
    setOf(tags.set, signerInfo),
  )
  return sequence(oids.signedData, write(0xa0, signed))
}
const integer = (n: number): Buffer => write(tags.integer, Buffer.of(n))

/** RFC 3161 §2.4.2: the answer around a token, with its status as the one word `granted`. */
export const plainResponse = (token: Buffer): Buffer => sequence(sequence(integer(0)), token)

/** RFC 3161 §2.4.1: what was asked for that token, without a policy and with the certificates. */
export const requestFor = (bytes: Buffer, nonce: Buffer): Buffer =>
  sequence(
    integer(1),
    sequence(sequence(sha256.id), write(tags.octets, hash('sha256', bytes, 'buffer'))),
    nonce,
    write(tags.boolean, Buffer.of(0xff)),
  )
