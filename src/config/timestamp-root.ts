import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Certificate } from '../audit/verify-certificate.ts'
import { isRoot, readRoots } from '../audit/verify-chain.ts'
import { Misconfigured, unreadable } from '../errors.ts'

/** What is around the blocks of a PEM file, as openssl prints it, is for people. */
const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * The root certificates that the operator pinned for the time-stamping authority.
 * @throws Misconfigured if the file cannot be read or holds no certificates, one that did not sign itself, or one that
 *   no verifier of an export would believe
 */
export const readTimestampRoots = (home: string, path: string): readonly Certificate[] => {
  const file = resolve(home, path)
  let text: string
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    throw unreadable(file, error, { setting: 'timestamp.root' })
  }
  const roots = readRoots((text.match(block) ?? []).join('\n')) ?? []
  if (roots.length > 0 && roots.every(isRoot)) return roots
  throw new Misconfigured(
    `timestamp.root: ${file} must hold root certificates in PEM, each signed by itself with SHA-2, of RSA (2048 bits or more), P-256, P-384, P-521 or Ed25519`,
    `timestamp.root : ${file} doit contenir des certificats racines au format PEM, chacun signé par lui-même avec SHA-2, en RSA (2048 bits ou plus), P-256, P-384, P-521 ou Ed25519`,
  )
}
