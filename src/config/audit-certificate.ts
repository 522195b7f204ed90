/**
 * The certified key that signs checkpoints as JWS and CMS, in DOUANE_HOME/secrets: `audit.key` (P-256, PKCS #8
 * PEM), `audit-chain.pem` (its certificate first, then the authorities below the root), `audit-root.pem`. Made by
 * `douane keys ca`, which puts `audit-root.key` beside them, to be taken off line; or by `douane keys csr` and, once a
 * firm's own authority has issued the certificate, `douane keys certificate`. Without them an export has the note
 * signature alone.
 */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pemOf } from '../audit/certificate.ts'
import type { Authority, CertifiedSigner } from '../audit/certificate.ts'
import { readCertificate } from '../audit/verify-certificate.ts'
import { chainsTo, isRoot } from '../audit/verify-chain.ts'
import { Misconfigured, wrongFile } from '../errors.ts'
import { alike } from '../lang.ts'
import type { Both } from '../lang.ts'
import { createPrivate, makeFolder, readPrivate, writePrivate } from './private-file.ts'

const names = {
  key: 'audit.key',
  chain: 'audit-chain.pem',
  root: 'audit-root.pem',
  rootKey: 'audit-root.key',
  /** The key of a request whose certificate has not come yet. */
  next: 'audit-next.key',
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
      `${at(home, first)} existe déjà ; déplacez-le d'abord : les exports qu'il a servi à signer restent valables`,
    )
  // The key last: without it the others are not used.
  for (const name of ['rootKey', 'root', 'chain', 'key'] as const) createPrivate(at(home, name), files[name])
}

/** The key for a new request: the one that waits for its certificate, else a new one. @throws Misconfigured */
export const keyForRequest = (home: string): KeyObject => {
  makeFolder(join(home, 'secrets'))
  const made = pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  createPrivate(at(home, 'next'), made)
  return p256(home, 'next', need(home, 'next'))
}

/**
 * Takes the certificate that an authority issued for our request, and those above it.
 * @param chain PEM, ours first; @param root PEM of the root, the last of them or apart
 * @throws Misconfigured if there is no request, or key, chain and root do not fit; then nothing has changed
 */
export const takeCertificate = (home: string, chain: Buffer, root: Buffer): void => {
  const pem = readPrivate(at(home, 'next'))
  if (pem === undefined)
    throw new Misconfigured(
      `${at(home, 'next')} is missing: make a request first (douane keys csr)`,
      `${at(home, 'next')} manque : faites d'abord une demande (douane keys csr)`,
    )
  const [top] = certificates({ en: 'the root', fr: 'la racine' }, root)
  const below = certificates({ en: 'the chain', fr: 'la chaîne' }, chain).filter(
    (one) => !one.raw.equals(top!.raw),
  )
  fit(home, 'next', p256(home, 'next', pem), below, top!)
  const text = (some: readonly X509Certificate[]): Buffer =>
    Buffer.from(some.map((one) => pemOf(one.raw)).join(''))
  // A key that does not fit the chain signs nothing: whoever is stopped in between calls this again.
  writePrivate(at(home, 'root'), text([top!]))
  writePrivate(at(home, 'chain'), text(below))
  writePrivate(at(home, 'key'), pem)
  rmSync(at(home, 'next'))
}

const certificates = (of: Both, pem: Buffer): readonly X509Certificate[] => {
  const blocks = pem
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g)
  try {
    if (blocks !== null) return blocks.map((block) => new X509Certificate(block))
  } catch {
    // said below
  }
  throw new Misconfigured(
    `${of.en}: must hold certificates in PEM`,
    `${of.fr} : il faut des certificats au format PEM`,
  )
}

const need = (home: string, name: keyof typeof names): Buffer => {
  const bytes = readPrivate(at(home, name))
  if (bytes === undefined)
    throw misfit(home, name, `is missing beside ${names.key}`, `manque à côté de ${names.key}`)
  return bytes
}

/** Leaf to root, each signed by the next, all as the verifiers of an export read them. */
const holds = (chain: readonly X509Certificate[], root: X509Certificate): boolean => {
  try {
    const top = readCertificate(root.raw)
    return (
      isRoot(top) &&
      chainsTo(
        chain.map(({ raw }) => readCertificate(raw)),
        top,
      )
    )
  } catch {
    return false
  }
}

const misfit = (home: string, name: keyof typeof names, en: string, fr: string): Misconfigured =>
  wrongFile(at(home, name), en, fr)

const p256 = (home: string, name: 'key' | 'next', pem: Buffer): KeyObject => {
  let key: KeyObject | undefined
  try {
    key = createPrivateKey(pem)
  } catch {
    // said below
  }
  if (key?.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw misfit(home, name, 'must hold a P-256 key in PEM', 'doit contenir une clé P-256 au format PEM')
  return key
}

const fit = (
  home: string,
  name: 'key' | 'next',
  key: KeyObject,
  chain: readonly X509Certificate[],
  root: X509Certificate,
): void => {
  if (chain[0]?.checkPrivateKey(key) !== true)
    throw misfit(
      home,
      name,
      `is not the key of the first certificate of ${names.chain}`,
      `n'est pas la clé du premier certificat de ${names.chain}`,
    )
  if (!holds(chain, root))
    throw misfit(
      home,
      name,
      `${names.chain} does not lead to ${names.root} by signatures with SHA-2 and keys of RSA (2048 bits or more), P-256, P-384, P-521 or Ed25519`,
      `${names.chain} ne remonte pas à ${names.root} par des signatures en SHA-2 et des clés RSA (2048 bits ou plus), P-256, P-384, P-521 ou Ed25519`,
    )
}

/**
 * The certified signer, or undefined if there is none.
 * @throws Misconfigured if key, chain and root do not fit together, or others may read them
 */
export const openCertifiedSigner = (home: string): CertifiedSigner | undefined => {
  const pem = readPrivate(at(home, 'key'))
  if (pem === undefined) return undefined
  const key = p256(home, 'key', pem)
  const chain = certificates(alike(at(home, 'chain')), need(home, 'chain'))
  const [root] = certificates(alike(at(home, 'root')), need(home, 'root'))
  fit(home, 'key', key, chain, root!)
  return { key, chain: chain.map((one) => one.raw), root: root!.raw }
}
