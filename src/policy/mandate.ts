/**
 * What an approver signs (RFC 7515, Ed25519 of RFC 8037): a manifest of the bundle, or an override. The
 * signature is kept with its payload detached (RFC 7515 App. F): whoever checks it makes the payload anew from
 * the stored files, so that it fits nothing but them.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose'
import type { BundleFile } from './bundle-file.ts'

/** Private key of an approver: an Ed25519 JWK with the name it is registered under. */
export interface ApproverKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly d: string
  /** Thumbprint (RFC 7638). */
  readonly kid: string
  readonly name: string
}

export const newApproverKey = async (name: string): Promise<ApproverKey> => {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true })
  const { x = '', d = '' } = await exportJWK(privateKey)
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid: await thumbprint(x), name }
}

/** Of the public key, base64url. */
export const thumbprint = (x: string): Promise<string> =>
  calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })

/** 128 random bits: two signatures are never of the same thing. */
export const newNonce = (): string => randomBytes(16).toString('hex')

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

export interface ApprovalOf {
  /** Name of the log: an approval for one installation is none for another. */
  readonly log: string
  readonly bundle: string
  readonly files: readonly BundleFile[]
  /** RFC 3339; '' at once. */
  readonly from: string
  readonly nonce: string
}

/** Canonical JSON (keys in order, texts only): the manifest under an approval. */
export const approvalText = ({ log, bundle, files, from, nonce }: ApprovalOf): string =>
  JSON.stringify({
    bundle,
    files: files
      .map(({ path, text }) => [path, sha256(text)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    from,
    log,
    nonce,
    what: 'douane-approval-v1',
  })

export interface WithdrawalOf {
  readonly log: string
  readonly bundle: string
  readonly nonce: string
}

/** That the approvals of a bundle, which waits for its day, count no more. */
export const withdrawalText = ({ log, bundle, nonce }: WithdrawalOf): string =>
  JSON.stringify({ bundle, log, nonce, what: 'douane-withdrawal-v1' })

export interface LiftOf {
  readonly log: string
  readonly rule: string
  /** What the rule says, as ruleDigest has it: another rule under its id is not lifted. */
  readonly says: string
  readonly client: string
  readonly provider: string
  /** '' for every purpose. */
  readonly purpose: string
  /** RFC 3339. */
  readonly until: string
  readonly why: string
  readonly nonce: string
}

export const liftText = (lift: LiftOf): string => {
  const { log, rule, says, client, provider, purpose, until, why, nonce } = lift
  const what = 'douane-override-v2'
  return JSON.stringify({ client, log, nonce, provider, purpose, rule, says, until, what, why })
}

/** @returns a JWS in compact form without its payload: `header..signature` */
export const signMandate = async (text: string, key: ApproverKey): Promise<string> => {
  const { kty, crv, x, d, kid } = key
  const jws = await new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'douane+jws' })
    .sign(await importJWK({ kty, crv, x, d }, 'EdDSA'))
  const [header = '', , signature = ''] = jws.split('.')
  return `${header}..${signature}`
}

const form = /^([A-Za-z0-9_-]{1,1024})\.\.([A-Za-z0-9_-]{86})$/

/** Which key a mandate says it was signed with; nothing is proven by it. */
export const signerOf = (jws: string): string | undefined => {
  try {
    const [, header = ''] = form.exec(jws) ?? []
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { kid?: unknown }
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

/** Whether that key signed exactly this text. */
export const mandateHolds = async (jws: string, text: string, x: string): Promise<boolean> => {
  const [, header, signature] = form.exec(jws) ?? []
  if (header === undefined || signature === undefined) return false
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
    const whole = `${header}.${Buffer.from(text).toString('base64url')}.${signature}`
    const { protectedHeader } = await compactVerify(whole, key, { algorithms: ['EdDSA'] })
    return protectedHeader['typ'] === 'douane+jws'
  } catch {
    return false
  }
}
