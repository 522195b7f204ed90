/** The JWS of a checkpoint in an export, if there is one: its text, its signature, and whose certificate. */
import { verify, X509Certificate } from 'node:crypto'
import { lookAt, readSmall } from './verify-files.ts'
import type { Report } from './verify-report.ts'

const path = 'checkpoint.jws'

/** Roots of a PEM file; undefined if it holds anything else. */
export const readRoots = (text: string): readonly X509Certificate[] | undefined => {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.reduce((rest, block) => rest.replace(block, ''), text).trim() !== '') return undefined
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return undefined
  }
}

const raw = (text: unknown): Buffer => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64url') : undefined
  if (bytes === undefined || bytes.toString('base64url') !== text) throw new TypeError('base64url')
  return bytes
}

interface Opened {
  readonly payload: Buffer
  readonly holds: boolean
  readonly chain: readonly X509Certificate[]
}

/** Undefined for anything that is not exactly our form of JWS. */
const openJws = (bytes: Buffer): Opened | undefined => {
  try {
    const jws = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>
    const header = JSON.parse(raw(jws.protected).toString('utf8')) as Readonly<Record<string, unknown>>
    const signature = raw(jws.signature)
    const { x5c } = header
    const ours =
      Object.keys(jws).toSorted().join() === 'payload,protected,signature' &&
      Object.keys(header).toSorted().join() === 'alg,typ,x5c' &&
      header.alg === 'ES256' &&
      header.typ === 'audit-checkpoint+jws' &&
      signature.length === 64
    if (!ours || !Array.isArray(x5c) || x5c.length < 1 || x5c.length > 8) return undefined
    const chain = x5c.map((one: unknown) => {
      const der = Buffer.from(String(one), 'base64')
      if (der.toString('base64') !== one) throw new TypeError('base64')
      return new X509Certificate(der)
    })
    const key = chain[0]!.publicKey
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
      return undefined
    const message = Buffer.from(`${String(jws.protected)}.${String(jws.payload)}`)
    const holds = verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
    return { payload: raw(jws.payload), holds, chain }
  } catch {
    return undefined
  }
}

/** Each certificate is signed by the next, the last by the root. Dates are not judged: nothing says when it was. */
const chainsTo = (chain: readonly X509Certificate[], root: X509Certificate): boolean => {
  for (const [i, one] of chain.entries()) {
    if (one.raw.equals(root.raw)) return i > 0
    const issuer = chain[i + 1] ?? root
    if (!issuer.ca || !one.checkIssued(issuer) || !one.verify(issuer.publicKey)) return false
  }
  return true
}

export const checkCertified = (
  dir: string,
  head: { readonly text: string },
  roots: readonly X509Certificate[],
  report: Report,
): void => {
  const there = (file: string) => lookAt(dir, file) !== undefined
  for (const file of ['checkpoint.p7s', 'checkpoint.tsr'])
    if (there(file)) report.add('note', file, 'is for openssl (VERIFY.md); its signature was not judged here')
  if (!there(path)) {
    if (roots.length > 0) report.add('incomplete', path, 'is missing, although a root certificate is pinned')
    return
  }
  const bytes = readSmall(dir, path, report)
  if (bytes === undefined) return
  const jws = openJws(bytes)
  if (jws === undefined) report.add('tampered', path, 'cannot be read')
  else if (jws.payload.toString('utf8') !== head.text)
    report.add('tampered', path, 'is not of the text of the checkpoint')
  else if (!jws.holds) report.add('tampered', path, 'its signature does not hold')
  else if (roots.length === 0)
    report.add('note', path, 'no root certificate is pinned: whose certificate signed was not judged')
  else if (!roots.some((root) => chainsTo(jws.chain, root)))
    report.add('tampered', path, 'its certificate does not come from the pinned root')
}
