import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misconfigured } from '../errors.ts'

/**
 * The root certificates that the operator pinned for the time-stamping authority.
 * @throws Misconfigured if the file cannot be read or holds no certificates, or one that did not sign itself
 */
export const readTimestampRoots = (home: string, path: string): readonly X509Certificate[] => {
  const file = resolve(home, path)
  let text: string
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    throw new Misconfigured(
      `timestamp.root: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    )
  }
  try {
    const roots = (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (block) => new X509Certificate(block),
    )
    const isRoot = (one: X509Certificate): boolean =>
      one.ca && one.checkIssued(one) && one.verify(one.publicKey)
    if (roots.length > 0 && roots.every(isRoot)) return roots
  } catch {
    // said below
  }
  throw new Misconfigured(`timestamp.root: ${file} must hold root certificates in PEM, each signed by itself`)
}
