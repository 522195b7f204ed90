/**
 * Certificates of an export (RFC 5280): read in their one spelling, so that of a certificate whose signature holds no
 * byte can be changed; and chains of them, to a root.
 */
import { X509Certificate } from 'node:crypto'
import { contentOf, members, need, NotDer, single, tags, valuesIn } from './verify-der.ts'
import type { Value } from './verify-der.ts'

export interface Certificate {
  readonly x509: X509Certificate
  readonly der: Buffer
  /** DER of its issuer's name and of its serial number, as they stand in it. */
  readonly issuer: Buffer
  readonly serial: Buffer
  /** Extensions of X.509 v3. */
  readonly extensions: readonly Value[]
}

/** @throws NotDer */
export const readCertificate = (der: Buffer): Certificate => {
  const [body, algorithm, signature, ...more] = members(single(der))
  const [version, serial, inner, issuer, , , , ...last] = members(body)
  const bits = contentOf(signature, tags.bits)
  // Only what the issuer signed counts. Of the rest each bit is settled: the algorithm is the one that was signed, and
  // no bit of the signature is unused.
  const settled = more.length === 0 && version?.tag === 0xa0 && bits[0] === 0
  if (!settled || !need(algorithm).whole.equals(need(inner).whole)) throw new NotDer()
  const wrapped = last.find(({ tag }) => tag === 0xa3)
  try {
    return {
      ...{ x509: new X509Certificate(der), der },
      ...{ issuer: need(issuer).whole, serial: need(serial).whole },
      extensions: wrapped === undefined ? [] : members(need(valuesIn(wrapped.content)[0])),
    }
  } catch {
    throw new NotDer()
  }
}

/** @throws NotDer: whatever node:crypto throws over a key or name from outside */
export const issues = (by: X509Certificate, one: X509Certificate): boolean => {
  try {
    return by.ca && one.checkIssued(by) && one.verify(by.publicKey)
  } catch {
    throw new NotDer()
  }
}

/** Each certificate is signed by the next, the last by the root; the first is not the root itself. */
export const chainsTo = (chain: readonly X509Certificate[], root: X509Certificate): boolean => {
  for (const [i, one] of chain.entries()) {
    if (one.raw.equals(root.raw)) return i > 0
    if (!issues(chain[i + 1] ?? root, one)) return false
  }
  return true
}

/** A root signed itself: of it, too, no byte can be changed. */
export const isRoot = ({ x509 }: Certificate): boolean => issues(x509, x509)

export const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Roots of a PEM file that somebody pinned; undefined if it holds anything else. */
export const readRoots = (text: string): readonly X509Certificate[] | undefined => {
  if (text.replace(block, '').trim() !== '') return undefined
  try {
    return (text.match(block) ?? []).map((one) => new X509Certificate(one))
  } catch {
    return undefined
  }
}

/** The one certificate of a PEM file of an export, in its one spelling. @throws NotDer */
export const readPem = (text: Buffer): Certificate => {
  const [one, ...more] = text.toString('latin1').match(block) ?? []
  const body = one === undefined ? '' : one.split('\n').slice(1, -1).join('')
  const der = Buffer.from(body, 'base64')
  if (more.length > 0 || pemOf(der) !== text.toString('latin1')) throw new NotDer()
  return readCertificate(der)
}
