/** The policy in force: from the folder into the store, at the start and at each edit; from the store ever after. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { activateDue } from '../admin/approve.ts'
import { isoTime } from '../audit/record.ts'
import { Misconfigured, PolicyInvalid, Refused } from '../errors.ts'
import type { Bundle } from '../policy/bundle.ts'
import { voidLifts } from '../policy/lifted.ts'
import type { Orders } from '../policy/orders.ts'
import { type Rounds, rounds } from '../store/rounds.ts'
import { watch } from '../store/watch.ts'
import { type Log, failure } from '../telemetry/log.ts'
import type { Installation } from './installation.ts'

/** What became of a folder's bundle: in force, waiting for approval, or one that a rollback left. */
export type Standing = 'active' | 'draft' | 'left'

export interface TakenUp {
  readonly bundle: Bundle
  readonly standing: Standing
}

/**
 * Takes up the folder's bundle and, where no approval is needed, makes it the active one, as a record of the
 * log. A folder with a fault replaces nothing: the bundle that was active stays so.
 * @param by who or what asked for it, for the record: no secret
 * @throws PolicyInvalid; Refused LOG_UNAVAILABLE, or as loader.ts; DatabaseFault
 */
export async function takeUpFolder(
  { bundles, book, loader }: Pick<Installation, 'bundles' | 'book' | 'loader'>,
  folder: string,
  by: string,
): Promise<TakenUp> {
  const bundle = await loader.folder(folder)
  const { digest } = bundle
  book.keep(bundle)
  const standingIn = ({ active, left }: Orders): Standing | undefined =>
    active?.bundle === digest ? 'active' : left.has(digest) ? 'left' : book.needed > 0 ? 'draft' : undefined
  const before = standingIn((await book.read()).orders)
  if (before !== 'active') await bundles.put({ digest, files: bundle.deciding })
  if (before !== undefined) return { bundle, standing: before }
  const { orders } = await book.write(async (told) =>
    standingIn(told.orders) === undefined
      ? [{ v: 1, k: 'policy', t: isoTime(told.now), bundle: digest, by }]
      : [],
  )
  return { bundle, standing: standingIn(orders) ?? 'draft' }
}

/** Faults of one folder that the process log names; `douane policy check` shows all. */
const mostLogged = 5

/** Each with file and line, so that who edited finds it. */
export const logFaults = (log: Log, { faults }: PolicyInvalid): void => {
  for (const { file, line } of faults.slice(0, mostLogged))
    log['policy.invalid']({ faults: faults.length, file, line })
}

/** What ended one thread mostly ends the next, and a gateway has other work. */
const restMs = 30_000
const lostItsThread = (error: unknown): boolean => error instanceof Refused && error.code === 'POLICY_STALE'

/** Half a second: an edit counts when two looks in a row saw the same, so it is active within about a second. */
const lookEveryMs = 500
/** After a slow look the next one comes soon: what both saw was still for less than this, and is looked at once more. */
const stillMs = 400

export interface PolicyFolder {
  /** @throws as takeUpFolder */
  takeUp(by: string): Promise<TakenUp>
  /**
   * From now on a good edit is taken up by itself; a broken one is logged and replaces nothing. A file that is
   * still being written is waited for.
   */
  follow(): Rounds
}

export function openFolder(
  installation: Pick<Installation, 'bundles' | 'book' | 'loader'>,
  folder: string,
  log: Log,
): PolicyFolder {
  let taken = ''
  let seen = ''
  /** When that was seen first, in milliseconds of `performance.now`. */
  let since = 0
  /** A folder whose thread was lost is not read again before, in milliseconds of `performance.now`. */
  let rested = 0
  return {
    async takeUp(by) {
      taken = seen = await fingerprint(folder)
      return takeUpFolder(installation, folder, by)
    },
    follow: () =>
      rounds(
        lookEveryMs,
        async () => {
          const began = performance.now()
          const now = await fingerprint(folder)
          const still = now === seen && began - since >= stillMs
          if (now !== seen) since = performance.now()
          seen = now
          if (!still || now === taken || performance.now() < rested) return
          try {
            const { bundle, standing } = await takeUpFolder(installation, folder, 'edit')
            if (standing !== 'active') log['policy.waits']({ bundle: bundle.digest, standing })
          } catch (error) {
            // Said by who opened the loader.
            if (lostItsThread(error)) {
              rested = performance.now() + restMs
              return
            }
            if (!(error instanceof PolicyInvalid)) throw error
            logFaults(log, error)
          }
          taken = now
        },
        (error) => log['store.unavailable']({ error: failure(error).error }),
      ),
  }
}

/** Names, sizes and times of the folder's files: cheap, and different after any edit, also one that puts its date back. */
async function fingerprint(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const about = await stat(path, { bigint: true }).catch(() => undefined)
      return about === undefined || about.isDirectory()
        ? path
        : `${path} ${about.ino} ${about.size} ${about.mtimeNs} ${about.ctimeNs}`
    }),
  )
  return lines.toSorted().join('\n')
}

export interface PolicyInForce {
  /** @throws Refused POLICY_INVALID (none ever was valid, or approved; the one in force is of another version), POLICY_STALE (not confirmed for 5 s) */
  current(): Bundle
  stop(): Promise<void>
}

const unapproved = (): Refused =>
  new Refused('POLICY_INVALID', {
    en: 'No policy is approved: an approver signs one with douane policy approve.',
    fr: "Aucune politique n'est approuvée : un approbateur en signe une par douane policy approve.",
  })

/** The bundle in force is one of another version: nothing is decided by guess, and nothing by the bundle before. */
const unreadable = (bundle: string, { faults: [first] }: PolicyInvalid): Refused => {
  const at = first === undefined ? '' : ` (${first.file}:${first.line})`
  const digest = bundle.slice(0, 12)
  return new Refused('POLICY_INVALID', {
    en: `The policy in force, ${digest}, cannot be read by this version of Douane${at}: put the earlier version back, or approve a policy that this one reads.`,
    fr: `La politique en vigueur, ${digest}, n'est pas lisible par cette version de Douane${at} : remettez la version précédente, ou approuvez une politique qu'elle sait lire.`,
  })
}

/** A record of the log puts a bundle in force that the store does not hold. */
class BundleGone extends Misconfigured {
  constructor(digest: string) {
    super(
      `There is no stored bundle ${digest}.`,
      `Il n'y a pas de politique conservée sous l'empreinte ${digest}.`,
    )
  }
}

/** What hindered a look, by what it was: the database, or the policy alone. */
const logLook = (log: Log, error: unknown): void => {
  if (error instanceof BundleGone) log['policy.unread']({ why: 'gone' })
  // of a lost thread, who opened the loader has said why
  else if (!lostItsThread(error)) log['store.unavailable']({ error: failure(error).error })
}

export async function openPolicy(installation: Installation, log: Log): Promise<PolicyInForce> {
  const { book, database, deadlines } = installation
  let loaded: Bundle | undefined
  let bundle: Bundle | undefined
  /** Why the bundle in force decides nothing here. */
  let refusal: Refused | undefined
  /** Approved bundles that this version cannot read, said once each. */
  const unfit = new Set<string>()
  await book.prove()
  const watching = await watch({
    pool: database.pool('douane_gateway', { max: 2, direct: true }),
    look: async () => {
      const orders = await activateDue(book, (digest, error) => {
        if (unfit.has(digest)) return
        unfit.add(digest)
        log['policy.waits']({ bundle: digest, standing: 'invalid' })
        logFaults(log, error)
      })
      const digest = orders.active?.bundle
      if (digest === undefined) return
      if (loaded?.digest !== digest) {
        const stored = await book.bundleOf(digest).catch((error: unknown) => {
          if (error instanceof PolicyInvalid) return error
          throw error
        })
        if (stored instanceof PolicyInvalid) {
          refusal = unreadable(digest, stored)
          if (unfit.has(digest)) return
          unfit.add(digest)
          log['policy.unreadable']({ bundle: digest })
          return logFaults(log, stored)
        }
        if (stored === null) throw new BundleGone(digest)
        loaded = stored
        log['policy.activated']({ bundle: digest })
        for (const { lift, fault } of voidLifts(orders.lifts.values(), stored.rules))
          if (Date.parse(lift.until) > Date.now())
            log['policy.override_void']({ id: lift.id, rule: lift.rule, fault })
      }
      refusal = undefined
      // A transfer that was judged by one is judged again if it is another by then.
      if (bundle?.orders !== orders || bundle.digest !== digest) bundle = { ...loaded, orders }
    },
    onFault: (error) => logLook(log, error),
  })
  return {
    current() {
      if (watching.age() > deadlines.confirm) throw new Refused('POLICY_STALE')
      if (refusal !== undefined) throw refusal
      if (bundle === undefined) throw book.needed > 0 ? unapproved() : new Refused('POLICY_INVALID')
      return bundle
    },
    stop: () => watching.stop(),
  }
}
