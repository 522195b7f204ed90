/** Chains of certificates to a root, and their PEM. */
import { issues, readCertificate } from './verify-certificate.ts'
import type { Certificate } from './verify-certificate.ts'
import { NotDer } from './verify-der.ts'

/** Each certificate is signed by the next, the last by the root; the first is not the root itself. */
export const chainsTo = (chain: readonly Certificate[], root: Certificate): boolean => {
  for (const [i, one] of chain.entries()) {
    if (one.der.equals(root.der)) return i > 0
    if (!issues(chain[i + 1] ?? root, one)) return false
  }
  return true
}

/** A root signed itself: of it, too, no byte can be changed. */
export const isRoot = (one: Certificate): boolean => issues(one, one)

export const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

/** @throws NotDer */
const inBlock = (body: string): Certificate => {
  const plain = body.replace(/[ \t\r\n]/g, '')
  const der = Buffer.from(plain, 'base64')
  if (der.toString('base64') !== plain) throw new NotDer()
  return readCertificate(der)
}

/** Roots of a PEM file that somebody pinned; undefined if it holds anything else. */
export const readRoots = (text: string): readonly Certificate[] | undefined => {
  if (text.replace(block, '').trim() !== '') return undefined
  try {
    return [...text.matchAll(block)].map(([, body]) => inBlock(body!))
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

/** The one certificate of a PEM file of an export, in its one spelling. @throws NotDer */
export const readPem = (text: Buffer): Certificate => {
  const [one, ...more] = readRoots(text.toString('latin1')) ?? []
  if (one === undefined || more.length > 0 || pemOf(one.der) !== text.toString('latin1')) throw new NotDer()
  return one
}
