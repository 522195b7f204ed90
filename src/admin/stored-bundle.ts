/** Bundles out of the store: policies that decided in the past, kept for ever under their digests. */
import { Misconfigured, PolicyInvalid } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import { loadFiles } from '../policy/load.ts'
import type { Bundles } from '../store/bundles.ts'

/** @returns null if this store has none of that digest; @throws Misconfigured, PolicyInvalid, DatabaseFault */
export type BundleOf = (digest: string) => Promise<Bundle | null>

/** Checked again as it is taken out: it is what its digest says. */
export const storedBundle =
  (bundles: Pick<Bundles, 'get'>): BundleOf =>
  async (digest) => {
    const stored = await bundles.get(digest)
    if (stored === null) return null
    const bundle = loadFiles(stored.files)
    if (bundle.digest !== digest)
      throw new Misconfigured(`The stored bundle ${digest} is not what its digest says.`)
    return bundle
  }

const mostKept = 8

/**
 * Keeps the last few, and what was wrong with those that do not load: a bundle takes a tenth of a second to load
 * and never changes.
 */
export const keptBundles = (bundleOf: BundleOf): BundleOf => {
  const kept = new Map<string, Bundle | PolicyInvalid>()
  const load = (digest: string): Promise<Bundle | PolicyInvalid | null> =>
    bundleOf(digest).catch((error: unknown) => {
      if (error instanceof PolicyInvalid) return error
      throw error
    })
  return async (digest) => {
    const bundle = kept.get(digest) ?? (await load(digest))
    if (bundle === null) return null
    kept.delete(digest)
    kept.set(digest, bundle)
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
    if (bundle instanceof PolicyInvalid) throw bundle
    return bundle
  }
}
