/** The policy in force: from the folder into the store at the start, and from the store ever after. */
import { Misconfigured, PolicyInvalid, Refused } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import { loadFiles, loadFolder } from '../policy/load.ts'
import type { Bundles } from '../store/bundles.ts'
import { type Watch, watchActive } from '../store/watch.ts'
import type { Log } from '../telemetry/log.ts'
import { isoTime } from '../audit/record.ts'
import type { Installation } from './installation.ts'

export interface PolicyInForce {
  /** @throws Refused POLICY_INVALID (none ever was valid), POLICY_STALE (not confirmed for 5 s) */
  current(): Bundle
  stop(): Promise<void>
}

/** An instance that has not confirmed the active bundle for so long refuses (design §10), in milliseconds. */
const staleAfter = 5_000

/**
 * Takes up the folder's bundle and makes it the active one, as a record of the log. A folder with a fault
 * replaces nothing: the bundle that was active stays so.
 * @throws PolicyInvalid if there is no other
 */
export async function takeUpFolder(
  installation: Installation,
  folder: string,
  by: string,
): Promise<Bundle | null> {
  const { bundles, ledger } = installation
  const active = await bundles.active()
  let bundle: Bundle
  try {
    bundle = await loadFolder(folder)
  } catch (error) {
    if (error instanceof PolicyInvalid && active !== null) return null
    throw error
  }
  if (active?.digest === bundle.digest) return bundle
  await bundles.put({ digest: bundle.digest, files: bundle.deciding })
  await ledger.append({ v: 1, k: 'policy', t: isoTime(new Date()), bundle: bundle.digest, by })
  await bundles.activate(bundle.digest, by)
  return bundle
}

/** A stored bundle, checked again: it is what its digest says. @throws Misconfigured, PolicyInvalid */
export async function storedBundle(bundles: Bundles, digest: string): Promise<Bundle> {
  const stored = await bundles.get(digest)
  if (stored === null) throw new Misconfigured(`There is no stored bundle ${digest}.`)
  const bundle = loadFiles(stored.files)
  if (bundle.digest !== digest)
    throw new Misconfigured(`The stored bundle ${digest} is not what its digest says.`)
  return bundle
}

export async function openPolicy(installation: Installation, log: Log): Promise<PolicyInForce> {
  let bundle: Bundle | undefined
  const watch: Watch = await watchActive({
    pool: installation.database.pool('douane_gateway', { max: 2 }),
    bundles: installation.bundles,
    onActive: async (digest) => {
      bundle = await storedBundle(installation.bundles, digest)
      log['policy.activated']({ bundle: digest })
    },
    onFault: (error) => log['store.unavailable']({ error }),
  })
  return {
    current() {
      if (bundle === undefined) throw new Refused('POLICY_INVALID')
      if (watch.age() > staleAfter) throw new Refused('POLICY_STALE')
      return bundle
    },
    stop: () => watch.stop(),
  }
}
