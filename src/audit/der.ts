/** DER by node-forge, from Buffers to Buffers: forge writes the structure, node:crypto does all cryptography. */
import forge from 'node-forge'
import type { asn1 as Asn1 } from 'node-forge'

const { asn1 } = forge
export type Der = Asn1.Asn1

const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class
const universal = (type: Asn1.Type, constructed: boolean, value: string | Der[]): Der =>
  asn1.create(UNIVERSAL, type, constructed, value)
const binary = (bytes: Buffer): string => bytes.toString('latin1')

export const encode = (der: Der): Buffer => Buffer.from(asn1.toDer(der).getBytes(), 'latin1')
/** Bytes that are DER already. */
export const decode = (bytes: Buffer): Der =>
  // the types do not know the second form of fromDer: bit strings stay as they are, so that all re-encodes
  (asn1.fromDer as unknown as (der: string, options: object) => Der)(binary(bytes), {
    decodeBitStrings: false,
  })

export const sequence = (...parts: Der[]): Der => universal(asn1.Type.SEQUENCE, true, parts)
const inOrder = (parts: readonly Der[]): Der[] =>
  parts
    .map((part) => ({ part, bytes: encode(part) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ part }) => part)
/** X.690 §11.6: the members of a SET OF are in order of their encodings. OpenSSL forgives another, others do not. */
export const setOf = (...parts: Der[]): Der => universal(asn1.Type.SET, true, inOrder(parts))
export const oid = (dotted: string): Der => universal(asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes())
export const octets = (bytes: Buffer): Der => universal(asn1.Type.OCTETSTRING, false, binary(bytes))
export const bits = (bytes: Buffer, unused = 0): Der =>
  universal(asn1.Type.BITSTRING, false, binary(Buffer.concat([Buffer.of(unused), bytes])))
/** A non-negative number, big-endian. */
export const integer = (bytes: Buffer): Der => {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Buffer.of(0) : bytes.subarray(first)
  return universal(
    asn1.Type.INTEGER,
    false,
    binary(short[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short),
  )
}
export const boolean = (value: boolean): Der =>
  universal(asn1.Type.BOOLEAN, false, binary(Buffer.of(value ? 0xff : 0)))
export const utf8 = (text: string): Der => universal(asn1.Type.UTF8, false, binary(Buffer.from(text)))
/** RFC 5280 §4.1.2.5: two digits of the year until 2049. */
export const time = (at: Date): Der => {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  return at.getUTCFullYear() < 2050
    ? universal(asn1.Type.UTCTIME, false, digits.slice(2))
    : universal(asn1.Type.GENERALIZEDTIME, false, digits)
}
/** `[tag] EXPLICIT` around parts. */
export const explicit = (tag: number, ...parts: Der[]): Der =>
  asn1.create(CONTEXT_SPECIFIC, tag as Asn1.Type, true, parts)
/** `[tag] IMPLICIT SET OF`. */
export const implicitSet = (tag: number, parts: readonly Der[]): Der =>
  asn1.create(CONTEXT_SPECIFIC, tag as Asn1.Type, true, inOrder(parts))
/** `[tag] IMPLICIT OCTET STRING`. */
export const implicitOctets = (tag: number, bytes: Buffer): Der =>
  asn1.create(CONTEXT_SPECIFIC, tag as Asn1.Type, false, binary(bytes))

/** Whether it carries the context-specific tag. */
export const tagged = (der: Der, tag: number): boolean =>
  der.tagClass === CONTEXT_SPECIFIC && (der.type as number) === tag
/** The content of a primitive value. */
export const rawOf = (der: Der): Buffer => {
  if (typeof der.value !== 'string')
    throw new TypeError('a constructed value where a primitive one was expected')
  return Buffer.from(der.value, 'latin1')
}
/** An object identifier in dotted form; '' for anything else. */
export const oidOf = (der: Der): string =>
  der.tagClass === UNIVERSAL && der.type === asn1.Type.OID && typeof der.value === 'string'
    ? asn1.derToOid(der.value)
    : ''

/** The members of a constructed value. */
export const parts = (der: Der): readonly Der[] => (typeof der.value === 'string' ? [] : der.value)
