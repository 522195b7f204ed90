/** The checkpoint signed as flattened JWS (RFC 7515), ES256, with the certificates in its protected header. */
import { verify } from 'node:crypto'
import { readCertificate } from './verify-certificate.ts'
import type { Certificate } from './verify-certificate.ts'
import { NotDer } from './verify-der.ts'

export interface Jws {
  readonly payload: Buffer
  /** The leaf first. */
  readonly chain: readonly Certificate[]
  readonly holds: boolean
}

const raw = (text: unknown): Buffer => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64url') : undefined
  if (bytes === undefined || bytes.toString('base64url') !== text) throw new NotDer()
  return bytes
}

const certificate = (text: unknown): Certificate => {
  const der = Buffer.from(String(text), 'base64')
  if (der.toString('base64') !== text) throw new NotDer()
  return readCertificate(der)
}

/** Undefined for anything that is not exactly our form of JWS: one line, in one spelling. */
export const openJws = (bytes: Buffer): Jws | undefined => {
  try {
    const jws = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>
    const { payload, protected: header, signature } = jws
    const line = `${JSON.stringify({ payload, protected: header, signature })}\n`
    if (!bytes.equals(Buffer.from(line))) return undefined
    const { x5c } = JSON.parse(raw(header).toString('utf8')) as Readonly<Record<string, unknown>>
    const ours = JSON.stringify({ alg: 'ES256', typ: 'audit-checkpoint+jws', x5c })
    const sig = raw(signature)
    if (!raw(header).equals(Buffer.from(ours)) || sig.length !== 64) return undefined
    if (!Array.isArray(x5c) || x5c.length < 1 || x5c.length > 8) return undefined
    const chain = x5c.map(certificate)
    const { key, kind } = chain[0]!
    if (kind !== 'P-256') return undefined
    const message = Buffer.from(`${String(header)}.${String(payload)}`)
    const holds = verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, sig)
    return { payload: raw(payload), chain, holds }
  } catch {
    return undefined
  }
}
