/**
 * Retention of both logs: published in the log, then the record of what goes, then, once that record is signed, the
 * bytes. Each step finds what was done before it, so that it may be stopped anywhere and go on on another instance.
 */
import { NotCanonical, readCanonical } from '../audit/canonical.ts'
import type { TreeStore } from '../audit/log.ts'
import { isoTime, checkRecord, RecordInvalid } from '../audit/record.ts'
import { afterUpkeep, dayMs, noUpkeep } from '../audit/upkeep.ts'
import type { Upkeep } from '../audit/upkeep.ts'
import type { Settings } from '../config/settings.ts'
import type { PruneBody, Stream } from '../model/record.ts'
import { streams } from '../model/record.ts'
import { lastShard } from './edge.ts'
import type { OpenLedger } from '../store/ledger.ts'
import type { OrderLeaves } from '../store/orders.ts'
import type { Pruner } from '../store/pruning.ts'

export interface PruneParts {
  readonly trees: TreeStore
  readonly ledger: Pick<OpenLedger, 'keep'>
  readonly leaves: Pick<OrderLeaves, 'inTurn'>
  readonly pruner: Pruner
  readonly settings: Pick<Settings, 'retention'>
}

/** Clocks of instances differ, and a record is signed a moment after it was made: so much older it must be. */
const marginMs = 3_600_000

export const both = Object.keys(streams) as Stream[]

export interface UpkeepNow extends Upkeep {
  /** The prune record that goes farthest, whose bytes may not all be gone. */
  readonly last: (PruneBody & { readonly index: number }) | undefined
}

/** What a log says of its upkeep now. @throws DatabaseFault */
export const upkeepOf = async (trees: TreeStore, stream: Stream): Promise<UpkeepNow> => {
  let upkeep: Upkeep = noUpkeep
  let last: UpkeepNow['last']
  for await (const { index, body } of trees.keeping(stream)) {
    try {
      const record = checkRecord(readCanonical(body))
      const after = afterUpkeep(upkeep, record, index)
      if (typeof after === 'string') continue
      upkeep = after
      if (record.k === 'prune' && record.to > (last?.to ?? 0)) last = { ...record, index }
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
    }
  }
  return { ...upkeep, last }
}

const daysOf = ({ retention }: PruneParts['settings'], stream: Stream): number =>
  stream === 'access' ? retention.access_days : retention.evidence_days

export interface Pruned {
  /** Records whose bytes went. */
  gone: number
  /** Records that were announced and go once the announcement is signed. */
  announced: number
  /** Days for which a record that says itself of later keeps those behind it, by log; 0: none does. */
  readonly waits: Readonly<Record<Stream, number>>
}

/** Days until that record is old enough; 0 for what two clocks are apart. */
const daysUntil = (young: Date | undefined, before: Date): number => {
  const ms = young === undefined ? 0 : young.getTime() - before.getTime()
  return ms > marginMs ? Math.ceil(ms / dayMs) : 0
}

/** Place after the last record under a signed head. */
const signedEnd = async (trees: TreeStore, stream: Stream): Promise<number> => {
  const { n, base } = await lastShard(trees, stream)
  return base + (await trees.treesOf(n).tree(stream)).size
}

const pruneOne = async (
  parts: PruneParts,
  stream: Stream,
  now: Date,
): Promise<Omit<Pruned, 'waits'> & { readonly days: number }> => {
  const { trees, ledger, pruner, settings } = parts
  const { days: published, holds, pruned, last } = await upkeepOf(trees, stream)
  if (holds.size > 0) return { gone: 0, announced: 0, days: 0 }
  // read once: were it signed between two looks, the next would be announced while these bytes stay, and nobody came back
  const isSigned = last !== undefined && (await signedEnd(trees, stream)) > last.index
  const gone = isSigned ? await pruner.take(stream, last.index, last.from, last.to) : 0
  const wanted = daysOf(settings, stream)
  const said = { v: 1, t: isoTime(now), by: 'douane', days: wanted } as const
  if (published !== wanted) await ledger.keep(stream, { ...said, k: 'config', act: 'retention' })
  const before = new Date(now.getTime() - wanted * dayMs)
  // one announcement at a time: the bytes of the last go first
  if (last !== undefined && !isSigned) return { gone, announced: 0, days: 0 }
  const oldest = new Date(before.getTime() - marginMs)
  const { to, count, young } = await pruner.older(stream, pruned, oldest)
  if (count === 0) return { gone, announced: 0, days: daysUntil(young, oldest) }
  await ledger.keep(stream, { ...said, k: 'prune', from: pruned, to, before: isoTime(before), count })
  return { gone, announced: count, days: daysUntil(young, oldest) }
}

/** One round over both logs; one instance at a time. @throws DatabaseFault; Refused */
export const pruneLogs = (parts: PruneParts, now: Date): Promise<Pruned> =>
  parts.leaves.inTurn(async () => {
    const waits = { evidence: 0, access: 0 }
    const done = { gone: 0, announced: 0, waits }
    for (const stream of both) {
      const { gone, announced, days } = await pruneOne(parts, stream, now)
      waits[stream] = days
      done.gone += gone
      done.announced += announced
    }
    return done
  })
