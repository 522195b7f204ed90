/** A certificate signing request (PKCS #10, RFC 2986) for firms that have an authority of their own. */
import { createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { ecdsaWithSha256, named } from './certificate.ts'
import { bits, boolean, decode, encode, implicitSet, integer, octets, oid, sequence, setOf } from './der.ts'

/** PEM of the request for a P-256 key that will sign checkpoints: digital signatures, and no authority. */
export const signingRequest = (name: string, key: KeyObject): string => {
  const usage = sequence(oid('2.5.29.15'), boolean(true), octets(encode(bits(Buffer.of(0b1000_0000), 7))))
  const constraints = sequence(oid('2.5.29.19'), boolean(true), octets(encode(sequence())))
  // RFC 2985 §5.4.2: extensions that the authority is asked to put in
  const wanted = sequence(oid('1.2.840.113549.1.9.14'), setOf(sequence(usage, constraints)))
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const info = sequence(
    integer(Buffer.of(0)),
    named(`Douane audit log of ${name}`),
    decode(spki),
    implicitSet(0, [wanted]),
  )
  const request = encode(sequence(info, ecdsaWithSha256, bits(sign('sha256', encode(info), key))))
  const lines = request.toString('base64').replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines}-----END CERTIFICATE REQUEST-----\n`
}
