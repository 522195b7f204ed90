/**
 * The ledger on PostgreSQL: when `commit` gives a CommittedIntent, the intent and the vault rows it needs are
 * durable together (design §2.1, §4). Everything else is a refusal, and then nothing may be sent.
 */
import type { Pool } from 'pg'
import { NotCanonical } from '../audit/canonical.ts'
import type { BootChain, Prepared } from '../audit/chain.ts'
import { RecordInvalid } from '../audit/record.ts'
import { Misconfigured, Refused } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Code } from '../errors.ts'
import { CommittedIntent, nothingToKeep } from '../model/ledger.ts'
import type { Detail, Keep, Ledger, Spend } from '../model/ledger.ts'
import type { IntentBody, OutcomeBody, RecordBody, Stream } from '../model/record.ts'
import { usual } from './deadlines.ts'
import type { Edge } from './edge.ts'
import type { Entry, Settled } from './entry.ts'
import { DatabaseFault } from './fault.ts'
import { Lane } from './lane.ts'
import { diskIsFull } from './safety.ts'
import type { Watermark } from './safety.ts'

export interface LedgerOptions {
  /** Connections as douane_gateway; one is held per stream. */
  readonly pool: Pool
  readonly chains: Readonly<Record<Stream, BootChain>>
  /** The first records of this boot: its boot record and, in an empty log (`first`), the genesis after it. */
  readonly opening: (stream: Stream, first: boolean) => readonly RecordBody[]
  /** Asked before this boot enters a log that others have begun. @throws Misconfigured if it may not */
  readonly joining?: (stream: Stream) => Promise<void>
  /** What the next tree begins with, where a boot finds the head closed. */
  readonly edge?: (stream: Stream) => Promise<Edge | null>
  /** Seals a detail for its transfer, so that the row says nothing by itself. */
  readonly sealDetail: (detail: Buffer, tid: string) => Buffer
  readonly watermark?: Watermark
  readonly commitTimeoutMs?: number
  readonly maxQueue?: number
  readonly safetyEveryMs?: number
  /** For tests only: a server that may lose what it acknowledged. */
  readonly allowUnsafe?: boolean
  readonly now?: () => Date
  /** The rows are durable: for the cache of recall. */
  readonly kept?: (keep: Keep) => void
  readonly onFault?: (fault: DatabaseFault) => void
}

export interface OpenLedger extends Ledger {
  /** A record about the log itself, which either stream may hold; durable when it resolves. @throws Refused */
  keep(stream: Stream, record: RecordBody): Promise<number>
  /** Begins the next tree; false if another instance was faster. @throws Refused */
  openShard(stream: Stream, edge: Edge): Promise<boolean>
  /** Why nothing can be committed now, in one sentence for the operator; null: it can. */
  closedBecause(): string | null
  /** What went wrong last and has not gone well since; for readiness, not a gate. */
  trouble(): string | null
  /** Index below which no intent of this boot is open. */
  openFrom(): number
  /** Place after the newest record of this boot that is durable; 0 before there is one. */
  written(stream: Stream): number
  /** Records that wait for the database. */
  queued(): number
  /** Writes what waits and lets go of the connections. */
  stop(): Promise<void>
}

/** null: a record that no verifier would accept. */
const preparedBy = (chain: BootChain, body: RecordBody): Prepared | null => {
  try {
    return chain.prepare(body)
  } catch (error) {
    if (error instanceof RecordInvalid || error instanceof NotCanonical) return null
    throw error
  }
}

const attemptOf = (body: { tid: string; attempt: number }): string => `${body.tid} ${body.attempt}`

const notSent = (intent: IntentBody, index: number, at: Date): OutcomeBody => ({
  v: 1,
  k: 'outcome',
  t: at.toISOString(),
  tid: intent.tid,
  attempt: intent.attempt,
  intent: index,
  end: 'not_sent',
  sent: 0,
  restored: 0,
  corrected: 0,
  unresolved: 0,
  clear: 0,
})

/**
 * Opens the log for this boot: connects, checks that a commit is durable here, appends the boot records.
 * @throws Misconfigured
 */
export const openLedger = async (options: LedgerOptions): Promise<OpenLedger> => {
  const { pool, chains, opening, sealDetail, watermark, allowUnsafe = false, kept } = options
  const { commitTimeoutMs = usual.commit, maxQueue = 4_096, safetyEveryMs = 60_000 } = options
  const now = options.now ?? (() => new Date())
  const onFault = options.onFault ?? (() => {})
  const laneOf = (stream: Stream): Lane =>
    new Lane({
      pool,
      chain: chains[stream],
      opening: (first) => opening(stream, first),
      joining: async () => options.joining?.(stream),
      edge: async () => (await options.edge?.(stream)) ?? null,
      onFault,
      maxQueue,
    })
  const lanes: Readonly<Record<Stream, Lane>> = { evidence: laneOf('evidence'), access: laneOf('access') }
  /** Open intents of this boot, oldest first. */
  const open = new Map<string, number>()
  let highest = 0
  let unsafe: readonly string[] = []
  let full = watermark !== undefined && (await diskIsFull(watermark))
  let stopped = false

  const checkSafety = async (): Promise<void> => {
    try {
      unsafe = allowUnsafe ? [] : await lanes.evidence.unsafe()
    } catch (error) {
      // no answer is no commit either; the lane reports and recovers by itself
      if (error instanceof DatabaseFault) onFault(error)
    }
  }

  const closedBecause = (): string | null => {
    if (stopped) return 'the ledger is stopped'
    if (lanes.evidence.fenced || lanes.access.fenced) return 'another epoch of the log has begun: start again'
    if (unsafe.length > 0) return `the database would not keep what it acknowledges: ${unsafe.join(', ')}`
    return full ? 'the disk is at its watermark' : null
  }

  const gate = (): void => {
    if (closedBecause() === null) return
    throw new Refused(full && !stopped && unsafe.length === 0 ? 'STORAGE_FULL' : 'LOG_UNAVAILABLE')
  }

  /** An estimate is enough: a record is about a kilobyte, a row half of one. */
  const sizeOf = (keep: Keep): number =>
    1_024 + 512 * (keep.subjects.length + keep.aliases.length + keep.pseudonyms.length)

  const put = (
    stream: Stream,
    body: RecordBody,
    companions: { keep?: Keep; detail?: Detail; spend?: Spend | undefined; edge?: Edge },
    late: (index: number) => void,
  ): Promise<Settled> => {
    const { keep = nothingToKeep, detail, spend, edge } = companions
    const tid = 'tid' in body ? body.tid : ''
    const sealed = detail && { ...detail, sealed: sealDetail(detail.bytes, tid) }
    return new Promise<Settled>((resolve, reject) => {
      const prepared = preparedBy(chains[stream], body)
      if (prepared === null) return reject(new Refused('INTERNAL'))
      const entry: Entry = {
        body,
        prepared,
        keep,
        ...(sealed === undefined ? {} : { detail: sealed }),
        ...(spend === undefined ? {} : { spend }),
        ...(edge === undefined ? {} : { edge }),
        stays: body.k === 'outcome',
        size: sizeOf(keep) + (detail?.bytes.length ?? 0),
        deadline: performance.now() + commitTimeoutMs,
        refused: false,
        resolve,
        reject: (code: Code) => reject(new Refused(code)),
        late,
      }
      if (stopped) entry.reject('LOG_UNAVAILABLE')
      else if (!lanes[stream].add(entry)) entry.reject('OVERLOADED')
    })
  }

  const closed = (outcome: OutcomeBody) => (): void => void open.delete(attemptOf(outcome))

  const close = async (outcome: OutcomeBody): Promise<void> => {
    const done = closed(outcome)
    await put('evidence', outcome, {}, done)
    done()
  }

  const opened = (intent: IntentBody, index: number): void => {
    open.set(attemptOf(intent), index)
    highest = Math.max(highest, index)
  }

  try {
    await checkSafety()
    if (unsafe.length > 0)
      throw new Misconfigured(
        `The database would not keep what it acknowledges: ${unsafe.join(', ')}.`,
        `La base ne garderait pas ce dont elle accuse réception : ${unsafe.join(', ')}.`,
      )
    for (const lane of [lanes.evidence, lanes.access]) await lane.open()
  } catch (error) {
    await Promise.all([lanes.evidence.stop(0), lanes.access.stop(0)])
    if (error instanceof Misconfigured) throw error
    const why: Both =
      error instanceof DatabaseFault
        ? { en: error.message, fr: error.fr }
        : { en: 'a record is invalid', fr: "un enregistrement n'est pas valable" }
    throw new Misconfigured(
      `The audit log cannot be opened: ${why.en}.`,
      `Le journal ne peut pas être ouvert : ${why.fr}.`,
    )
  }
  const safety = setInterval(() => void checkSafety(), safetyEveryMs)
  const disk = setInterval(() => {
    if (watermark !== undefined) void diskIsFull(watermark).then((is) => (full = is))
  }, 1_000)
  safety.unref()
  disk.unref()

  return {
    async commit({ intent, detail, keep, spend }) {
      gate()
      // refused in doubt, and committed after all: nothing was sent, and the log has to say so
      const late = (index: number): void => {
        opened(intent, index)
        close(notSent(intent, index, now())).catch(() => {})
      }
      const { index, clash, spent } = await put('evidence', intent, { keep, detail, spend }, late)
      opened(intent, index)
      if (clash) return { clash, index }
      if (spent) return { spent, index }
      kept?.(keep)
      return new CommittedIntent(index, intent.tid, intent.attempt)
    },
    close,
    async append(record, detail) {
      gate()
      const stream = record.k === 'access' ? 'access' : 'evidence'
      const { index } = await put(stream, record, detail === undefined ? {} : { detail }, () => {})
      return { stream, index }
    },
    async keep(stream, record) {
      gate()
      return (await put(stream, record, {}, () => {})).index
    },
    async openShard(stream, edge) {
      const [record] = edge.records
      if (record === undefined) return false
      return (await put(stream, record, { edge }, () => {})).index >= 0
    },
    closedBecause,
    trouble: () => lanes.evidence.trouble ?? lanes.access.trouble,
    openFrom: () => open.values().next().value ?? highest,
    written: (stream) => lanes[stream].written,
    queued: () => lanes.evidence.queued + lanes.access.queued,
    async stop() {
      if (stopped) return
      stopped = true
      clearInterval(safety)
      clearInterval(disk)
      await Promise.all([lanes.evidence.stop(5_000), lanes.access.stop(5_000)])
    },
  }
}
