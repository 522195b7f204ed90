/** The policy in force: from the folder into the store, at the start and at each edit; from the store ever after. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { storedBundle } from '../admin/stored-bundle.ts'
import { isoTime } from '../audit/record.ts'
import { Misconfigured, PolicyInvalid, Refused } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import { loadFolder } from '../policy/load.ts'
import { type Rounds, rounds } from '../store/rounds.ts'
import { watchActive } from '../store/watch.ts'
import { type Log, failure } from '../telemetry/log.ts'
import type { Installation } from './installation.ts'

/**
 * Takes up the folder's bundle and makes it the active one, as a record of the log. A folder with a fault
 * replaces nothing: the bundle that was active stays so.
 * @param by who or what asked for it, for the record: no secret
 * @throws PolicyInvalid; Refused LOG_UNAVAILABLE; DatabaseFault
 */
export async function takeUpFolder(
  { bundles, ledger }: Pick<Installation, 'bundles' | 'ledger'>,
  folder: string,
  by: string,
): Promise<Bundle> {
  const bundle = await loadFolder(folder)
  const active = await bundles.active()
  if (active?.digest === bundle.digest) return bundle
  await bundles.put({ digest: bundle.digest, files: bundle.deciding })
  await ledger.append({ v: 1, k: 'policy', t: isoTime(new Date()), bundle: bundle.digest, by })
  await bundles.activate(bundle.digest, by)
  return bundle
}

/** Faults of one folder that the process log names; `douane policy check` shows all. */
const mostLogged = 5

/** Each with file and line, so that who edited finds it. */
export const logFaults = (log: Log, { faults }: PolicyInvalid): void => {
  for (const { file, line } of faults.slice(0, mostLogged))
    log['policy.invalid']({ faults: faults.length, file, line })
}

/** Half a second: an edit counts when two looks in a row saw the same, so it is active within about a second. */
const lookEveryMs = 500

export interface PolicyFolder {
  /** @throws as takeUpFolder */
  takeUp(by: string): Promise<Bundle>
  /**
   * From now on a good edit is taken up by itself; a broken one is logged and replaces nothing. A file that is
   * still being written is waited for.
   */
  follow(): Rounds
}

export function openFolder(
  installation: Pick<Installation, 'bundles' | 'ledger'>,
  folder: string,
  log: Log,
): PolicyFolder {
  let taken = ''
  let seen = ''
  return {
    async takeUp(by) {
      taken = seen = await fingerprint(folder)
      return takeUpFolder(installation, folder, by)
    },
    follow: () =>
      rounds(
        lookEveryMs,
        async () => {
          const now = await fingerprint(folder)
          const still = now === seen
          seen = now
          if (!still || now === taken) return
          try {
            await takeUpFolder(installation, folder, 'edit')
          } catch (error) {
            if (!(error instanceof PolicyInvalid)) throw error
            logFaults(log, error)
          }
          taken = now
        },
        (error) => log['store.unavailable']({ error: failure(error).error }),
      ),
  }
}

/** Names, sizes and times of the folder's files: cheap, and different after any edit. */
async function fingerprint(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const about = await stat(path, { bigint: true }).catch(() => undefined)
      return about === undefined || about.isDirectory()
        ? path
        : `${path} ${about.ino} ${about.size} ${about.mtimeNs}`
    }),
  )
  return lines.toSorted().join('\n')
}

export interface PolicyInForce {
  /** @throws Refused POLICY_INVALID (none ever was valid), POLICY_STALE (not confirmed for 5 s) */
  current(): Bundle
  stop(): Promise<void>
}

/** An instance that has not confirmed the active bundle for so long refuses (design §10), in milliseconds. */
const staleAfter = 5_000

export async function openPolicy(installation: Installation, log: Log): Promise<PolicyInForce> {
  const { bundles, database } = installation
  const bundleOf = storedBundle(bundles)
  let bundle: Bundle | undefined
  const watch = await watchActive({
    pool: database.pool('douane_gateway', { max: 2 }),
    bundles,
    onActive: async (digest) => {
      const active = await bundleOf(digest)
      if (active === null) throw new Misconfigured(`There is no stored bundle ${digest}.`)
      bundle = active
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
