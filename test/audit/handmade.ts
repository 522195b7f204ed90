/** Certificates, CMS and time-stamps written by hand, each part of which may be other than it should be. */
import { generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { pemOf } from '../../src/audit/certificate.ts'
import {
  contentOf,
  members,
  oid,
  only,
  sequence,
  setOf,
  single,
  tags,
  write,
} from '../../src/audit/verify-der.ts'

const yes = write(tags.boolean, Buffer.of(0xff))
const ecdsa = sequence(oid('1.2.840.10045.4.3.2'))
export const small = (n: number): Buffer => write(tags.integer, Buffer.of(n))
export const octets = (bytes: Buffer): Buffer => write(tags.octets, bytes)
export const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
export const sumOf = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer')
export const day = 86_400_000
const digits = (at: Date): string => at.toISOString().replace(/[-:T]|\.\d+/g, '')
const general = (at: Date): Buffer => write(tags.time, Buffer.from(digits(at)))
const utc = (at: Date): Buffer => write(tags.utcTime, Buffer.from(digits(at).slice(2)))
const named = (name: string): Buffer =>
  sequence(write(tags.set, sequence(oid('2.5.4.3'), write(0x0c, Buffer.from(name)))))

export const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [yes] : []), octets(value))
/** @param bits first byte of the BIT STRING: 0x80 digitalSignature, 0x40 nonRepudiation, 0x20 keyEncipherment, 0x04 keyCertSign */
export const usage = (bits: number): Buffer =>
  extension('2.5.29.15', true, write(tags.bits, Buffer.of(Math.log2(bits & -bits), bits)))
export const purposes = (critical: boolean, ...ids: readonly string[]): Buffer =>
  extension('2.5.29.37', critical, sequence(...ids.map(oid)))
export const timeStamping = '1.3.6.1.5.5.7.3.8'
export const noAuthority = extension('2.5.29.19', true, sequence())
export const isAuthority = extension('2.5.29.19', true, sequence(yes))

export interface Made {
  readonly name: string
  readonly key: KeyObject
  readonly der: Buffer
  readonly serial: Buffer
}

interface Wanted {
  readonly from: Date
  readonly to: Date
  readonly extensions: readonly Buffer[]
}

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** @param by who issues it; itself if nobody does */
export const certificate = (name: string, { from, to, extensions }: Wanted, by?: Made): Made => {
  const { privateKey: key, publicKey } = keyPair()
  const serial = write(tags.integer, Buffer.concat([Buffer.of(0x40), randomBytes(8)]))
  const body = sequence(
    write(0xa0, small(2)),
    ...[serial, ecdsa, named(by?.name ?? name), sequence(utc(from), utc(to)), named(name)],
    publicKey.export({ type: 'spki', format: 'der' }),
    write(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', body, by?.key ?? key)
  return {
    ...{ name, key, serial },
    der: sequence(body, ecdsa, write(tags.bits, Buffer.of(0), signature)),
  }
}

export const attribute = (id: string, ...values: readonly Buffer[]): Buffer =>
  sequence(oid(id), write(tags.set, ...values))
const data = '1.2.840.113549.1.7.1'
const tstInfo = '1.2.840.113549.1.9.16.1.4'
export const ids = {
  type: '1.2.840.113549.1.9.3',
  digest: '1.2.840.113549.1.9.4',
  time: '1.2.840.113549.1.9.5',
  certificate: '1.2.840.113549.1.9.16.2.47',
  stamp: '1.2.840.113549.1.9.16.2.14',
  unknown: '1.3.6.1.4.1.99999.1',
}

/** RFC 5035: by its hash; of the CMS, by issuer and serial number too. */
export const names = ({ der, serial }: Made, issuer?: string): Buffer => {
  const more = issuer === undefined ? [] : [sequence(sequence(write(0xa4, named(issuer))), serial)]
  return attribute(ids.certificate, sequence(sequence(sequence(octets(sumOf(der)), ...more))))
}

/** What of a signature may be other than it should be. */
export interface Odd {
  /** Signed attributes, from those that are right. */
  readonly attributes?: (right: readonly Buffer[]) => readonly Buffer[]
  /** Attributes in the order in which they are given. */
  readonly unsorted?: true
  /** The content itself is signed, and there are no attributes. */
  readonly bare?: true
  /** What a time-stamp says, from what is right. */
  readonly info?: (right: readonly Buffer[]) => Buffer
  readonly unsigned?: readonly Buffer[]
  /** SignerInfos, from the one that is right. */
  readonly signers?: (right: Buffer) => readonly Buffer[]
  readonly certificates?: (right: readonly Buffer[]) => readonly Buffer[]
  /** Behind the certificates. */
  readonly lists?: Buffer
  readonly version?: number
  readonly algorithms?: readonly Buffer[]
  /** Content of the message inside. */
  readonly inside?: Buffer
}

interface Signing {
  readonly signer: Made
  readonly issuer: string
  readonly type: string
  readonly content: Buffer
  readonly attributes: readonly Buffer[]
}

const signerInfo = ({ signer, issuer, content, attributes: right }: Signing, odd: Odd): Buffer => {
  const all = odd.attributes?.(right) ?? right
  const set = (tag: number): Buffer => (odd.unsorted === true ? write(tag, ...all) : setOf(tag, ...all))
  const signature = sign('sha256', odd.bare === true ? content : set(tags.set), signer.key)
  return sequence(
    ...[small(1), sequence(named(issuer), signer.serial), sha256],
    ...(odd.bare === true ? [] : [set(0xa0)]),
    ...[ecdsa, octets(signature)],
    ...(odd.unsigned === undefined ? [] : [setOf(0xa1, ...odd.unsigned)]),
  )
}

const signedData = (signing: Signing, version: number, carried: readonly Buffer[], odd: Odd): Buffer => {
  const right = signerInfo(signing, odd)
  const inside = signing.type === data ? odd.inside : signing.content
  const signed = sequence(
    small(odd.version ?? version),
    setOf(tags.set, ...(odd.algorithms ?? [sha256])),
    sequence(oid(signing.type), ...(inside === undefined ? [] : [write(0xa0, octets(inside))])),
    setOf(0xa0, ...(odd.certificates?.(carried) ?? carried)),
    ...(odd.lists === undefined ? [] : [odd.lists]),
    setOf(tags.set, ...(odd.signers?.(right) ?? [right])),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), write(0xa0, signed))
}

/** A signature of a text, as the export has it. */
export const cmsOf = (text: Buffer, signer: Made, issuer: string, at: Date, odd: Odd = {}): Buffer =>
  signedData(
    {
      ...{ signer, issuer, type: data, content: text },
      attributes: [
        attribute(ids.type, oid(data)),
        attribute(ids.digest, octets(sumOf(text))),
        attribute(ids.time, utc(at)),
        names(signer, issuer),
      ],
    },
    1,
    [signer.der],
    odd,
  )

/** The same with a stamp over its signature. */
export const stampedCms = (cms: Buffer, by: HandmadeAuthority, odd: Odd): Buffer => {
  const signed = members(only(members(single(cms))[1], 0xa0))
  const signer = members(only(signed.at(-1), tags.set))
  const { token } = by.stamp(contentOf(signer.at(-1), tags.octets), odd)
  const unsigned = write(0xa1, attribute(ids.stamp, token))
  const parts = signed.slice(0, -1).map(({ whole }) => whole)
  const again = sequence(...signer.map(({ whole }) => whole), unsigned)
  return sequence(oid('1.2.840.113549.1.7.2'), write(0xa0, sequence(...parts, write(tags.set, again))))
}

/** A time-stamping authority: a root, perhaps one between, and who signs. */
export interface HandmadeAuthority {
  /** PEM. */
  readonly root: string
  readonly signer: Made
  /** As the export keeps it: question, answer, and the token in the answer. */
  stamp(bytes: Buffer, odd?: Odd & { readonly nonce?: Buffer }): Record<'query' | 'reply' | 'token', Buffer>
}

export interface OddAuthority {
  readonly signer?: Partial<Wanted>
  readonly root?: Partial<Wanted>
  readonly between?: Partial<Wanted>
  /** The root itself signs stamps. */
  readonly rootSigns?: true
}

/** @param at what it says the time is */
export const handmadeAuthority = (at: Date, odd: OddAuthority = {}): HandmadeAuthority => {
  const valid = { from: new Date(at.getTime() - 30 * day), to: new Date(at.getTime() + 30 * day) }
  const issues = { ...valid, extensions: [isAuthority, usage(0x04)] }
  const stamps = { ...valid, extensions: [noAuthority, usage(0x80), purposes(true, timeStamping)] }
  const root = certificate('stamps root', { ...issues, ...odd.root })
  const between = odd.between && certificate('stamps between', { ...issues, ...odd.between }, root)
  const issuer = between ?? root
  const signer = odd.rootSigns === true ? root : certificate('stamps', { ...stamps, ...odd.signer }, issuer)
  const stamp: HandmadeAuthority['stamp'] = (bytes, how = {}) => {
    const nonce = write(tags.integer, Buffer.of(0x51), randomBytes(8))
    const imprint = sequence(sha256, octets(sumOf(bytes)))
    const told = [small(1), oid('1.2.3.4.1'), imprint, small(9), general(at), nonce]
    const info = how.info?.(told) ?? sequence(...told)
    const signing = {
      ...{ signer, issuer: odd.rootSigns === true ? root.name : issuer.name, type: tstInfo, content: info },
      attributes: [
        attribute(ids.type, oid(tstInfo)),
        attribute(ids.digest, octets(sumOf(info))),
        names(signer),
      ],
    }
    const carried = [signer.der, ...(between === undefined ? [] : [between.der])]
    const token = signedData(signing, 3, carried, how)
    const query = sequence(small(1), sequence(sha256, octets(sumOf(bytes))), nonce, yes)
    return { query, reply: sequence(sequence(small(0)), token), token }
  }
  return { root: pemOf(root.der), signer, stamp }
}
