/** Bundles out of the store: policies that decided in the past, kept for ever under their digests. */
import { Misconfigured, PolicyInvalid } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import type { Bundles } from '../store/bundles.ts'
import { type Loader, loadHere } from './loader.ts'

/** @returns null if this store has none of that digest; @throws Misconfigured, PolicyInvalid, DatabaseFault, what the loader refuses with */
export type BundleOf = (digest: string) => Promise<Bundle | null>

/** For a bundle that was changed where it is stored. */
export const notItsDigest = (digest: string): Misconfigured =>
  new Misconfigured(
    `The stored bundle ${digest} is not what its digest says.`,
    `La politique conservée ${digest} ne correspond pas à son empreinte.`,
  )

/** Checked again as it is taken out: it is what its digest says. */
export const storedBundle =
  (bundles: Pick<Bundles, 'get'>, loader: Pick<Loader, 'files'> = loadHere): BundleOf =>
  async (digest) => {
    const stored = await bundles.get(digest)
    if (stored === null) return null
    const bundle = await loader.files(stored.files)
    if (bundle.digest !== digest) throw notItsDigest(digest)
    return bundle
  }

const mostKept = 8

export interface KeptBundles {
  readonly bundleOf: BundleOf
  /** One that was loaded just now, from a folder. */
  keep(bundle: Bundle): void
}

/**
 * Keeps the last few, and what was wrong with those that do not load: a bundle takes a tenth of a second and more to
 * load and never changes. Who asks for one that is being loaded waits for it.
 */
export const keptBundles = (bundleOf: BundleOf): KeptBundles => {
  const kept = new Map<string, Promise<Bundle | PolicyInvalid | null>>()
  const load = (digest: string): Promise<Bundle | PolicyInvalid | null> =>
    bundleOf(digest).catch((error: unknown) => {
      if (error instanceof PolicyInvalid) return error
      throw error
    })
  /** The newest stands last. */
  const put = (digest: string, loaded: Promise<Bundle | PolicyInvalid | null>): void => {
    kept.delete(digest)
    kept.set(digest, loaded)
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
  }
  return {
    async bundleOf(digest) {
      const loading = kept.get(digest) ?? load(digest)
      put(digest, loading)
      const forget = (): void => {
        if (kept.get(digest) === loading) kept.delete(digest)
      }
      try {
        const bundle = await loading
        if (bundle === null) forget()
        if (bundle instanceof PolicyInvalid) throw bundle
        return bundle
      } catch (error) {
        if (!(error instanceof PolicyInvalid)) forget()
        throw error
      }
    },
    // As the store would give it back: what decides, and no cases.
    keep: (bundle) => put(bundle.digest, Promise.resolve({ ...bundle, files: bundle.deciding })),
  }
}
