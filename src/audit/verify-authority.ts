/**
 * Whether a time-stamp token is believed: of these bytes, by an authority that may stamp, and that leads to a pinned root
 * whose certificates were valid when it says it stamped. Whether they are now is not asked: a stamp outlives them.
 */
import { hash } from 'node:crypto'
import { issues, verifies } from './verify-certificate.ts'
import type { Certificate } from './verify-certificate.ts'
import { contentOf, members, NotDer, oid, tags } from './verify-der.ts'
import type { Value } from './verify-der.ts'
import {
  digestIn,
  maxCertificates,
  plainToken,
  readToken,
  sha256,
  TokenRefused,
  tstInfo,
} from './verify-token.ts'
import type { Token } from './verify-token.ts'

const oids = {
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  signingCertificate: oid('1.2.840.113549.1.9.16.2.12'),
  signingCertificateV2: oid('1.2.840.113549.1.9.16.2.47'),
  timeStamping: oid('1.3.6.1.5.5.7.3.8'),
}

/** The one value of a signed attribute; undefined: it is not there. @throws NotDer */
const attributeOf = ({ said }: Token, type: Buffer): Value | undefined => {
  const [value, ...more] = said.get(type.toString('hex')) ?? []
  if (more.length > 0) throw new NotDer()
  return value
}

/** RFC 5816: the signed attribute names the certificate by its hash, so that no other with that key will do. */
const namesSigner = (token: Token): boolean => {
  const { signer } = token
  const second = attributeOf(token, oids.signingCertificateV2)
  if (second !== undefined) {
    const first = members(members(members(second)[0])[0])
    // SHA-256 is the default, so that it may be left out
    const named = first[0]?.tag === tags.sequence
    const { name } = named ? digestIn(first[0]) : sha256
    const sum = contentOf(first[named ? 1 : 0], tags.octets)
    return hash(name, signer.der, 'buffer').equals(sum)
  }
  const old = attributeOf(token, oids.signingCertificate)
  if (old === undefined) return false
  const [sum] = members(members(members(old)[0])[0])
  return hash('sha1', signer.der, 'buffer').equals(contentOf(sum, tags.octets))
}

/**
 * RFC 3161 §2.3: the certificate is for time-stamps and nothing else, and says so critically; where it says what its key
 * may do, that is to sign, to be bound to what it signed (RFC 5280 §4.2.1.3, bits 0 and 1), and nothing else.
 */
const isForTimestamps = ({ purpose, usage }: Certificate): boolean =>
  purpose?.equals(oids.timeStamping) === true &&
  (usage === undefined || ((usage & 0xc0) !== 0 && (usage & ~0xc0) === 0))

const validAt = ({ from, to }: Certificate, when: string): boolean => from <= when && when <= to

/** From the signer over the certificates of the token to one of the roots, all valid at that time. */
const pathOf = (token: Token, roots: readonly Certificate[]) => {
  const { signer, certificates, at } = token
  const path = [signer]
  for (let one = signer; path.length <= maxCertificates;) {
    if (!validAt(one, at)) break
    const here = one
    const root = roots.find((by) => by.der.equals(here.der) || issues(by, here))
    if (root !== undefined) {
      if (!validAt(root, at) || root.der.equals(signer.der)) break
      return { root, path: root.der.equals(here.der) ? path.slice(0, -1) : path }
    }
    const issuer = certificates.find((by) => !path.includes(by) && issues(by, here))
    if (issuer === undefined) break
    path.push(issuer)
    one = issuer
  }
  throw new TokenRefused('chain')
}

/**
 * A token judged: of these bytes, by an authority that is for time-stamps and leads to one of the roots.
 * @returns the certificates that lead there, and the root
 * @throws TokenRefused; NotDer
 */
export const judgeToken = (token: Token, bytes: Buffer, roots: readonly Certificate[]) => {
  const { info, signer, digest, attributes, signature, imprint } = token
  if (!imprint.equals(hash('sha256', bytes, 'buffer'))) throw new TokenRefused('other')
  if (!namesSigner(token) || !isForTimestamps(signer)) throw new TokenRefused('signer')
  const type = attributeOf(token, oids.contentType)
  const sum = attributeOf(token, oids.messageDigest)
  const bound =
    type?.whole.equals(tstInfo) === true &&
    sum !== undefined &&
    contentOf(sum, tags.octets).equals(hash(digest.name, info, 'buffer'))
  const can = signer.kind !== 'ed25519'
  if (!bound || !can || !verifies(signer, digest.name, attributes, signature))
    throw new TokenRefused('signature')
  return pathOf(token, roots)
}

/**
 * A token of an export, judged and without a byte that is not settled.
 * @throws TokenRefused
 */
export const openPlainToken = (bytes: Buffer, stamped: Buffer, roots: readonly Certificate[]): Token => {
  try {
    const token = readToken(bytes)
    const { path } = judgeToken(token, stamped, roots)
    if (plainToken(token, path).equals(bytes)) return token
  } catch (error) {
    // whatever is thrown over bytes from outside
    if (error instanceof TokenRefused) throw error
  }
  throw new TokenRefused('malformed')
}
