/**
 * The certified key that signs checkpoints as JWS and CMS, in DOUANE_HOME/secrets: `audit.key` (P-256, PKCS #8
 * PEM), `audit-chain.pem` (its certificate first, then the authorities below the root), `audit-root.pem`. Made by
 * `douane keys ca`, which puts `audit-root.key` beside them, to be taken off line; a firm with an authority of
 * its own puts its three files there instead. Without them an export has the note signature alone.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pemOf } from '../audit/certificate.ts'
import type { Authority, CertifiedSigner } from '../audit/certificate.ts'
import { Misconfigured } from '../errors.ts'
import { createPrivate, makeFolder, readPrivate } from './private-file.ts'

const names = {
  key: 'audit.key',
  chain: 'audit-chain.pem',
  root: 'audit-root.pem',
  rootKey: 'audit-root.key',
}
const at = (home: string, name: keyof typeof names): string => join(home, 'secrets', names[name])

const pkcs8 = (key: KeyObject): Buffer => Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }))

/** Files of an authority, none of which may be there. @throws Misconfigured if one is */
export const keepAuthority = (home: string, authority: Authority): void => {
  makeFolder(join(home, 'secrets'))
  const files = {
    rootKey: pkcs8(authority.rootKey),
    root: Buffer.from(pemOf(authority.root)),
    chain: Buffer.from(authority.chain.map(pemOf).join('')),
    key: pkcs8(authority.key),
  }
  const there = (Object.keys(files) as (keyof typeof files)[]).filter((name) => existsSync(at(home, name)))
  const [first] = there
  if (first !== undefined)
    throw new Misconfigured(
      `${at(home, first)} is there already; move it away first: exports signed with it stay valid`,
    )
  // The key last: without it the others are not used.
  for (const name of ['rootKey', 'root', 'chain', 'key'] as const) createPrivate(at(home, name), files[name])
}

const certificates = (path: string, pem: Buffer): readonly X509Certificate[] => {
  const blocks = pem
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g)
  try {
    if (blocks !== null) return blocks.map((block) => new X509Certificate(block))
  } catch {
    // said below
  }
  throw new Misconfigured(`${path}: must hold certificates in PEM`)
}

const need = (home: string, name: keyof typeof names): Buffer => {
  const bytes = readPrivate(at(home, name))
  if (bytes === undefined) throw new Misconfigured(`${at(home, name)}: is missing beside ${names.key}`)
  return bytes
}

/** Leaf to root, each signed by the next. */
const holds = (all: readonly X509Certificate[]): boolean =>
  all.every((one, i) => {
    const issuer = all[i + 1] ?? one
    return one.checkIssued(issuer) && one.verify(issuer.publicKey) && (i === 0 || one.ca)
  })

/**
 * The certified signer, or undefined if there is none.
 * @throws Misconfigured if key, chain and root do not fit together, or others may read them
 */
export const openCertifiedSigner = (home: string): CertifiedSigner | undefined => {
  const pem = readPrivate(at(home, 'key'))
  if (pem === undefined) return undefined
  const misfit = (what: string) => new Misconfigured(`${at(home, 'key')}: ${what}`)
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw misfit('must hold a P-256 key in PEM')
  }
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw misfit('must hold a P-256 key in PEM')
  const chain = certificates(at(home, 'chain'), need(home, 'chain'))
  const [root] = certificates(at(home, 'root'), need(home, 'root'))
  if (!chain[0]!.checkPrivateKey(key))
    throw misfit(`is not the key of the first certificate of ${names.chain}`)
  if (!holds([...chain, root!])) throw misfit(`${names.chain} does not lead to ${names.root}`)
  return { key, chain: chain.map((one) => one.raw), root: root!.raw }
}
