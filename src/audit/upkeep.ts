/**
 * What a log says of its own upkeep: how long its records are kept (`config` retention), what may not be pruned for now
 * (`config` hold.placed, hold.lifted) and what was pruned (`prune`). A pruned leaf keeps its place and hash and loses
 * its bytes. This fold is the writer's and the verifier's alike: what it will not follow is never pruned, and a finding.
 */
import type { ConfigBody, LogRecord, PruneBody } from '../model/record.ts'
import type { FindingCode } from './verify-words.ts'

export interface Upkeep {
  /** Days that the log was last said to be kept; undefined: nothing was published, and nothing may be pruned. */
  readonly days: number | undefined
  /** Legal holds in force, by their id. */
  readonly holds: ReadonlyMap<string, ConfigBody>
  /** Holds that were lifted. */
  readonly lifted: ReadonlySet<string>
  /** Records of transfers and accesses below this index are pruned, or may be any moment. */
  readonly pruned: number
}

export const noUpkeep: Upkeep = { days: undefined, holds: new Map(), lifted: new Set(), pruned: 0 }

/** What goes; the other kinds speak of the log, of keys and of people's orders, and stay as long as it does. */
export const prunable: ReadonlySet<string> = new Set(['intent', 'outcome', 'refusal', 'access'])

export const dayMs = 86_400_000

const afterConfig = (before: Upkeep, record: ConfigBody): Upkeep | FindingCode => {
  if (record.act === 'retention')
    return record.days === undefined ? 'retention-none' : { ...before, days: record.days }
  const id = record.hold ?? ''
  const holds = new Map(before.holds)
  if (id === '') return 'hold-unnamed'
  if (record.act === 'hold.placed') return { ...before, holds: holds.set(id, record) }
  if (!holds.delete(id)) return 'hold-not-there'
  return { ...before, holds, lifted: new Set(before.lifted).add(id) }
}

const afterPrune = (before: Upkeep, record: PruneBody, index: number): Upkeep | FindingCode => {
  // two instances, one of which had lost its turn without knowing, may say the same of the same stretch
  if (record.from > before.pruned || record.to <= record.from || record.to > index) return 'prune-gap'
  if (before.days === undefined || record.days !== before.days) return 'prune-retention'
  if (before.holds.size > 0) return 'prune-held'
  if (Date.parse(record.before) > Date.parse(record.t) - record.days * dayMs) return 'prune-young'
  return { ...before, pruned: Math.max(before.pruned, record.to) }
}

/** The upkeep after one more record, or what is wrong with that record. */
export const afterUpkeep = (before: Upkeep, record: LogRecord, index: number): Upkeep | FindingCode => {
  if (record.k === 'config') return afterConfig(before, record)
  return record.k === 'prune' ? afterPrune(before, record, index) : before
}
