import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misconfigured } from '../errors.ts'

/**
 * The root certificates that the operator pinned for the time-stamping authority, as they are in the file.
 * @throws Misconfigured if the file cannot be read or holds anything but certificates
 */
export const readTimestampRoots = (
  home: string,
  path: string,
): { readonly pem: string; readonly roots: readonly X509Certificate[] } => {
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
    if (roots.length > 0) return { pem: roots.map((root) => root.toString()).join(''), roots }
  } catch {
    // said below
  }
  throw new Misconfigured(`timestamp.root: ${file} must hold certificates in PEM`)
}
