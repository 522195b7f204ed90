/**
 * The text of a checkpoint signed a second and third time, for readers without tools for transparency logs: as
 * JWS (RFC 7515, flattened, ES256, x5c) and as detached CMS (RFC 5652; ETSI EN 319 122-1 level B-B).
 */
import { hash, sign } from 'node:crypto'
import { FlattenedSign } from 'jose'
import { canonical } from './canonical.ts'
import { ecdsaWithSha256 } from './certificate.ts'
import type { CertifiedSigner } from './certificate.ts'
import {
  decode,
  encode,
  explicit,
  implicitSet,
  integer,
  octets,
  oid,
  parts,
  sequence,
  setOf,
  time,
} from './der.ts'
import type { Der } from './der.ts'
import type { Stamp } from './timestamp.ts'

/** One line of JSON: payload, protected, signature. */
export const signJws = async (text: string, { key, chain }: CertifiedSigner): Promise<Buffer> => {
  const signed = await new FlattenedSign(Buffer.from(text))
    .setProtectedHeader({
      alg: 'ES256',
      typ: 'audit-checkpoint+jws',
      x5c: chain.map((one) => one.toString('base64')),
    })
    .sign(key)
  const { payload, protected: header, signature } = signed
  return Buffer.concat([canonical({ payload, protected: header!, signature }), Buffer.from('\n')])
}

const sha256Id = sequence(oid('2.16.840.1.101.3.4.2.1'))
const data = '1.2.840.113549.1.7.1'
const timeStampToken = '1.2.840.113549.1.9.16.2.14'
const attribute = (id: string, value: Der): Der => sequence(oid(id), setOf(value))

/** Issuer and serial number of a certificate, as they stand in it. */
const issuedBy = (certificate: Buffer): { readonly issuer: Der; readonly serial: Der } => {
  const [toBeSigned] = parts(decode(certificate))
  const [, serial, , issuer] = parts(toBeSigned!)
  return { issuer: issuer!, serial: serial! }
}

/**
 * DER of a detached SignedData: openssl reads it with `cms -verify -cades -binary -inform DER -content`.
 * @param stamp stamps the signature (level B-T), so that it outlives its certificate
 */
export const signCms = async (
  text: string,
  { key, chain }: CertifiedSigner,
  now: Date,
  stamp?: Stamp,
): Promise<Buffer> => {
  const { issuer, serial } = issuedBy(chain[0]!)
  const attributes = [
    attribute('1.2.840.113549.1.9.3', oid(data)),
    attribute('1.2.840.113549.1.9.4', octets(hash('sha256', text, 'buffer'))),
    attribute('1.2.840.113549.1.9.5', time(now)),
    // RFC 5035 §3: signingCertificateV2 binds the certificate itself; SHA-256 is the default, so it is left out.
    attribute(
      '1.2.840.113549.1.9.16.2.47',
      sequence(
        sequence(
          sequence(
            octets(hash('sha256', chain[0]!, 'buffer')),
            sequence(sequence(explicit(4, issuer)), serial),
          ),
        ),
      ),
    ),
  ]
  // RFC 5652 §5.4: what is signed is the attributes as a SET, what is stored has the tag [0].
  const signature = sign('sha256', encode(setOf(...attributes)), key)
  // ETSI EN 319 122-1 §5.3: the token of the signature is an attribute that is not signed.
  const stamped =
    stamp === undefined ? [] : [attribute(timeStampToken, decode((await stamp(signature)).token))]
  const version = integer(Buffer.of(1))
  const signer = sequence(
    version,
    sequence(issuer, serial),
    sha256Id,
    implicitSet(0, attributes),
    ecdsaWithSha256,
    octets(signature),
    ...(stamped.length === 0 ? [] : [implicitSet(1, stamped)]),
  )
  const signed = sequence(
    version,
    setOf(sha256Id),
    sequence(oid(data)),
    implicitSet(0, chain.map(decode)),
    setOf(signer),
  )
  return encode(sequence(oid('1.2.840.113549.1.7.2'), explicit(0, signed)))
}
