/**
 * A small certification authority for those who have none: a root that signs one leaf, both P-256, X.509 v3
 * (RFC 5280). The leaf's key signs checkpoints as JWS and CMS and nothing else; the log's own key never does.
 */
import { createPublicKey, generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { bits, boolean, decode, encode, explicit, implicitOctets, integer } from './der.ts'
import { octets, oid, sequence, setOf, time, utf8 } from './der.ts'
import type { Der } from './der.ts'

/** What signs a checkpoint for those who trust certificates. */
export interface CertifiedSigner {
  /** P-256 private key of the leaf. */
  readonly key: KeyObject
  /** DER, the leaf first, then the authorities between it and the root. */
  readonly chain: readonly Buffer[]
  /** DER of the root: what an auditor pins. */
  readonly root: Buffer
}

const years = (from: Date, count: number): Date => {
  const at = new Date(from)
  at.setUTCFullYear(at.getUTCFullYear() + count)
  return at
}

export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

export const named = (name: string): Der => sequence(setOf(sequence(oid('2.5.4.3'), utf8(name.slice(0, 64)))))
const extension = (id: string, critical: boolean, value: Der): Der =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(encode(value)))
const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })
const keyIdOf = (key: KeyObject): Buffer => hash('sha256', spkiOf(key), 'buffer').subarray(0, 20)

interface Wanted {
  readonly subject: string
  readonly key: KeyObject
  readonly issuer: string
  readonly issuerKey: KeyObject
  readonly from: Date
  readonly to: Date
  readonly authority: boolean
}

const certificate = (wanted: Wanted): Buffer => {
  const publicKey = createPublicKey(wanted.key)
  // RFC 5280 §4.2.1.3, bits from the left: keyCertSign 5 and cRLSign 6, or digitalSignature 0.
  const usage = wanted.authority ? bits(Buffer.of(0b0000_0110), 1) : bits(Buffer.of(0b1000_0000), 7)
  const constraints = wanted.authority ? sequence(boolean(true), integer(Buffer.of(0))) : sequence()
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serial),
    ecdsaWithSha256,
    named(wanted.issuer),
    sequence(time(wanted.from), time(wanted.to)),
    named(wanted.subject),
    decode(spkiOf(publicKey)),
    explicit(
      3,
      sequence(
        extension('2.5.29.19', true, constraints),
        extension('2.5.29.15', true, usage),
        extension('2.5.29.14', false, octets(keyIdOf(publicKey))),
        extension(
          '2.5.29.35',
          false,
          sequence(implicitOctets(0, keyIdOf(createPublicKey(wanted.issuerKey)))),
        ),
      ),
    ),
  )
  const signature = sign('sha256', encode(toBeSigned), wanted.issuerKey)
  return encode(sequence(toBeSigned, ecdsaWithSha256, bits(signature)))
}

export interface Authority extends CertifiedSigner {
  /** P-256 private key of the root: to be kept off line. */
  readonly rootKey: KeyObject
}

/** A new root (10 years) and a leaf under it (2 years) for the installation of that name. */
export const makeAuthority = (name: string, now: Date): Authority => {
  const [rootKey, key] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  const issuer = `Douane audit root of ${name}`
  // Clocks of auditors may be behind.
  const from = new Date(now.getTime() - 3_600_000)
  const common = { issuer, issuerKey: rootKey!, from }
  const root = certificate({
    ...common,
    subject: issuer,
    key: rootKey!,
    to: years(from, 10),
    authority: true,
  })
  const subject = `Douane audit log of ${name}`
  const leaf = certificate({ ...common, subject, key: key!, to: years(from, 2), authority: false })
  return { rootKey: rootKey!, key: key!, chain: [leaf], root }
}

export const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
