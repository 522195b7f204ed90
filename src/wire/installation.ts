/** The one place where parts are chosen and joined: settings → parts → start, stop. */
import { createHash, createPublicKey } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { type Loader, loadHere } from '../admin/loader.ts'
import { BootChain, bootBody, certified, genesisBody, newBoot } from '../audit/chain.ts'
import { type Signer, originOf, vkeyOf } from '../audit/checkpoint.ts'
import { certifierOf, sealKeys } from '../audit/enrolment.ts'
import { announcedKeys } from '../audit/log-keys.ts'
import type { TreeStore } from '../audit/log.ts'
import { type KeyRing, openKeyRing } from '../config/credentials.ts'
import { type ProviderCredentials, openProviderCredentials } from '../config/provider-credentials.ts'
import { type Secrets, secretsAtStart } from '../config/secrets.ts'
import type { Settings } from '../config/settings.ts'
import { type Detector, makeDetector } from '../detect/classify.ts'
import { streams } from '../model/record.ts'
import type { RecoverBody, Stream } from '../model/record.ts'
import { type CachedRecall, cachedRecall } from '../pseudonym/cached-recall.ts'
import { openDetail, sealDetail } from '../pseudonym/detail.ts'
import { Keys } from '../pseudonym/keys.ts'
import { type FileAnchor, openAnchor } from '../store/anchor.ts'
import { type Bundles, openBundles } from '../store/bundles.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { type Deadlines, usual } from '../store/deadlines.ts'
import { closeShard } from '../store/edge.ts'
import { type OpenLedger, openLedger } from '../store/ledger.ts'
import { type OrderLeaves, openOrderLeaves } from '../store/orders.ts'
import { type Pruner, openPruner } from '../store/pruning.ts'
import { openRecall } from '../store/recall.ts'
import type { Watermark } from '../store/safety.ts'
import { sameLog } from '../store/same-log.ts'
import { databaseState, someWrappedKeys } from '../store/state.ts'
import { checkMonths } from './months.ts'
import { type Subjects, openSubjects } from '../store/subjects.ts'
import { type Transfers, openTransfers } from '../store/transfers.ts'
import { openTreeStore } from '../store/tree.ts'
import { type EdgeParts, type Lost, lostRecords, nextEdge, olderThanAnchor } from './edge.ts'
import { type Book, approvalsNeeded, openBook } from './orders.ts'
import { project, version } from './project.ts'

/** An installation with its database open: what the gateway and every command of the command line stand on. */
export interface Installation {
  readonly settings: Settings
  readonly deadlines: Deadlines
  readonly database: Database
  readonly secrets: Secrets
  readonly keys: Keys
  readonly keyRing: KeyRing
  readonly credentials: ProviderCredentials
  readonly detector: Detector
  readonly engine: string
  readonly boot: { readonly inst: string; readonly boot: string }
  readonly ledger: OpenLedger
  readonly recall: CachedRecall
  readonly bundles: Bundles
  /** What reads policies here. */
  readonly loader: Loader
  /** What people ordered: which bundle is in force, who is stopped, what is lifted. */
  readonly book: Book
  /** What people ordered, as it comes; and one of them at a time. */
  readonly leaves: OrderLeaves
  /** Takes the bytes of records whose retention is over. */
  readonly pruner: Pruner
  readonly transfers: Transfers
  readonly subjects: Subjects
  readonly trees: TreeStore
  readonly anchor: FileAnchor
  /** What this opening gave up: records that a restored database had lost. */
  readonly lost: readonly Lost[]
  readonly signer: Readonly<Record<Stream, Signer>>
  /** All keys that may sign a log now, the first one first. @throws Misconfigured */
  readonly signers: (stream: Stream) => readonly Signer[]
  /** C2SP vkeys, the newest of each when it was opened: what an auditor pins. */
  readonly vkeys: Readonly<Record<Stream | 'enrol', string>>
  stop(): Promise<void>
}

export interface OpenOptions {
  /** The command line: use the database of a running gateway if there is one. */
  readonly attach?: boolean
  /** Who gives up what a restored database has lost, and why; silent: then nothing is opened. */
  readonly recovery?: Pick<RecoverBody, 'by' | 'why'>
  /** Tests only. */
  readonly allowUnsafe?: boolean
  /** Silent: those of a gateway, behind which clients wait. */
  readonly deadlines?: Deadlines
  readonly onFault?: (name: string) => void
  /** A gateway reads policies beside its transfers; silent: where it stands. Its owner stops it. */
  readonly loader?: Loader
}

const watermarkOf = async (
  settings: Settings,
  folder: string | undefined,
): Promise<{ watermark?: Watermark }> => {
  if (folder === undefined) return {}
  const disk = await statfs(folder)
  const free = Math.floor((disk.blocks * disk.bsize * (100 - settings.storage.watermark_percent)) / 100)
  return { watermark: { folder, free } }
}

/**
 * Nothing is written to a log whose database is older than what was signed, unless a person has given up what is lost.
 * @throws Misconfigured
 */
const lostAtStart = async (
  edges: EdgeParts,
  pool: Pool,
  recovery: OpenOptions['recovery'],
): Promise<readonly Lost[]> => {
  const found = await Promise.all(
    (Object.keys(streams) as Stream[]).map((stream) => lostRecords(edges, stream)),
  )
  const lost = found.filter((one) => one !== null)
  if (lost.length === 0) return []
  if (recovery === undefined || lost.some(({ from }) => from === 0)) throw olderThanAnchor()
  for (const { stream } of lost) await closeShard(pool, stream, (await edges.trees.head(stream)).epoch)
  return lost
}

/**
 * Opens the home: database (found or started, migrated), keys, log, vault.
 * @throws Misconfigured
 */
export async function openInstallation(settings: Settings, options: OpenOptions = {}): Promise<Installation> {
  const { home } = settings
  const { deadlines = usual } = options
  const database = await openDatabase({
    home,
    project,
    deadlines,
    ...(settings.database_url === undefined ? {} : { url: settings.database_url }),
    ...(settings.database_pooler === undefined ? {} : { pooler: settings.database_pooler }),
    ...(options.attach === undefined ? {} : { attach: options.attach }),
    ...(options.allowUnsafe === true ? { durable: false } : {}),
  })
  try {
    const pool = database.pool('douane_gateway')
    const state = await databaseState(pool)
    const secrets = secretsAtStart(home, state)
    const keys = Keys.open({ master: secrets.master, shred: secrets.shred })
    checkMonths(keys, await someWrappedKeys(pool, state.months))
    const detector = makeDetector()
    const engine = `douane/${version}+${detector.version.slice(0, 12)}`
    const inst = `i-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
    const signers = (of: Stream): readonly Signer[] =>
      secrets.logKeys().map((key) => ({ name: originOf(settings.name, of), key }))
    const signer = { evidence: signers('evidence')[0]!, access: signers('access')[0]! }
    const trees = openTreeStore(database.pool('douane_integrator', { max: 4 }))
    const enrolName = originOf(settings.name, 'enrol')
    const certify = async (of: Stream): Promise<Signer> =>
      certifierOf(await sealKeys(trees, of), enrolName, secrets.enrolmentKeys())
    // the new key may be announced in one of both logs, and not yet in the other
    const certifiers = { evidence: await certify('evidence'), access: await certify('access') }
    const boot = newBoot(inst, certifiers.evidence.key, engine)
    const boots = { evidence: boot, access: certified(boot, certifiers.access.key) }
    const enrolOf = (of: Stream): string => vkeyOf(certifiers[of])
    const enrol = enrolOf('evidence')
    const newest = async (of: Stream): Promise<string> =>
      vkeyOf((await announcedKeys(trees, of)).at(-1) ?? signer[of])
    const vkeys = { evidence: await newest('evidence'), access: await newest('access'), enrol }
    const recall = cachedRecall(openRecall(pool))
    const asserted = {
      database: database.data === undefined ? 'external' : 'embedded',
      region: settings.region ?? 'unknown',
      approvals: String(approvalsNeeded(settings)),
    }
    const anchor = openAnchor(join(home, 'anchor'))
    const edges: EdgeParts = { trees, anchor, enrol: createPublicKey(secrets.enrolmentKey), signers }
    const lost = await lostAtStart(edges, pool, options.recovery)
    const ledger = await openLedger({
      pool,
      chains: {
        evidence: new BootChain(boots.evidence, 'evidence'),
        access: new BootChain(boots.access, 'access'),
      },
      opening: (stream, first) => [
        bootBody(boots[stream], { ...asserted, enrolment: enrolOf(stream) }, new Date()),
        ...(first ? [genesisBody(signer[stream].name, enrolOf(stream), new Date())] : []),
      ],
      joining: (stream) =>
        sameLog(
          ...([trees, stream, signer[stream].name] as const),
          secrets.enrolmentKeys().map((key) => vkeyOf({ name: enrolName, key })),
          signers(stream),
        ),
      edge: (stream) => nextEdge(edges, stream, new Date(), options.recovery),
      sealDetail: (detail, tid) => sealDetail(keys, detail, tid),
      kept: (keep) => recall.remember(keep),
      commitTimeoutMs: deadlines.commit,
      ...(await watermarkOf(settings, database.data)),
      ...(options.allowUnsafe === undefined ? {} : { allowUnsafe: options.allowUnsafe }),
      onFault: (fault) => options.onFault?.(fault.name),
    })
    const bundles = openBundles(pool)
    const { loader = loadHere } = options
    const leaves = openOrderLeaves(pool, database.pool('douane_gateway', { max: 2 }))
    return {
      settings,
      deadlines,
      database,
      secrets,
      keys,
      keyRing: openKeyRing(home),
      credentials: openProviderCredentials(home),
      detector,
      engine,
      boot: { inst, boot: boot.boot },
      ledger,
      recall,
      bundles,
      loader,
      leaves,
      pruner: openPruner(database.pool('douane_eraser', { max: 1, statementMs: 60_000 })),
      book: openBook({ leaves, bundles, loader, ledger, trees, vkey: vkeys.evidence, settings }),
      transfers: openTransfers(pool, (sealed, tid) => openDetail(keys, sealed, tid)),
      subjects: openSubjects(pool, database.pool('douane_eraser', { max: 1, statementMs: 60_000 })),
      trees,
      anchor,
      lost,
      signer,
      signers,
      vkeys,
      stop: async () => {
        await ledger.stop()
        await database.stop()
      },
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}
