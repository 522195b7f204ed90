import { createHash } from 'node:crypto'
import type { BundleFile } from './bundle.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * Content address of what decides (design §10): SHA-256, lower-case hex, over the canonical JSON of
 * `[[path, sha256 of the file], …]`, sorted by path in UTF-16 code units. An array of texts in
 * JSON.stringify's spelling is canonical already (RFC 8785 §3.2.2.2).
 */
export const bundleDigest = (files: readonly BundleFile[]): string =>
  sha256(
    JSON.stringify(
      files
        .map(({ path, text }) => [path, sha256(text)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    ),
  )
