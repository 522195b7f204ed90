/** Logs whose oldest records were pruned, as they should be and as forgers would have them. */
import { integrator } from '../../src/audit/integrate.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import type { MemoryTreeStore } from '../../src/audit/memory.ts'
import { readEntries, writeEntries } from '../../src/audit/merkle.ts'
import { isoTime } from '../../src/audit/record.ts'
import { prunable } from '../../src/audit/upkeep.ts'
import type { ConfigBody, PruneBody } from '../../src/model/record.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { at, instance, intentBody, logOf, outcomeBody, refusalBody, someTransfers } from './world.ts'

const day = 86_400_000
/** So long after the first records their retention is over. */
export const later = (ms = 0): Date => at(400 * day + ms)
export const config = (act: ConfigBody['act'], more: Partial<ConfigBody>, t = at(20)): ConfigBody => ({
  ...{ v: 1, k: 'config', t: isoTime(t), act, by: 'douane' },
  ...more,
})
export const retention = config('retention', { days: 365 })
export const hold = 'a'.repeat(32)
export const prune = (from: number, to: number, count: number, more: Partial<PruneBody> = {}): PruneBody => ({
  ...{ v: 1, k: 'prune', t: isoTime(later()), by: 'douane', from, to, count },
  ...{ before: isoTime(at(35 * day)), days: 365, ...more },
})

/** What the database does: the bytes go, place and hash stay. */
export const empty = (store: MemoryTreeStore, from: number, to: number): number => {
  const rows = store.rows.evidence
  let gone = 0
  rows.leaves = rows.leaves.map((leaf) => {
    if (leaf.index < from || leaf.index >= to || !prunable.has(leaf.kind)) return leaf
    gone += 1
    return { ...leaf, tid: '', attempt: 0, body: Buffer.alloc(0) }
  })
  return gone
}
const countOf = (store: MemoryTreeStore, to: number): number =>
  store.rows.evidence.leaves.filter(({ index, kind }) => index < to && prunable.has(kind)).length

/** Old transfers, a policy among them, an intent at the edge of the stretch whose end stays; pruned. */
export const prunedLog = async (transfers: number, ...before: readonly ConfigBody[]) => {
  const store = memoryTreeStore()
  const one = instance(store)
  one.append(...(before.length > 0 ? before : [retention]))
  one.append({ v: 1, k: 'policy', t: isoTime(at(30)), bundle: 'ab'.repeat(32), by: 'start' })
  someTransfers(one, 1, transfers)
  const [last] = one.append(intentBody(9000))
  const to = last! + 1
  one.append(outcomeBody(9000, last!))
  const log = logOf(store)
  const steps = integrator(log)
  const integrate = async (): Promise<void> => {
    while ((await steps.step(later(1))).more);
  }
  await integrate()
  const count = countOf(store, to)
  let refusals = 0
  const make = async (...records: readonly (ConfigBody | PruneBody)[]): Promise<void> => {
    if (records.length > 0) one.append(...records)
    refusals += 7
    one.append({ ...refusalBody(9100 + refusals), t: isoTime(later(5)) })
    await integrate()
  }
  return { store, log, one, to, count, make, integrate }
}

/** Logs signed with the true key whose pruning does not hold: name and a word of the finding. */
export const unsoundPrunings: readonly (readonly [string, string, () => Promise<MemoryTreeStore>])[] = [
  [
    'without a word',
    'no record says',
    async () => {
      const { store, make, to } = await prunedLog(20)
      await make()
      empty(store, 0, to)
      return store
    },
  ],
  [
    'beyond what the record says',
    'no record says',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(0, to - 6, count))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'of more than the record counts',
    'fewer were pruned',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(0, to, count - 1))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'under a legal hold',
    'legal hold',
    async () => {
      const { store, make, to, count } = await prunedLog(
        20,
        retention,
        config('hold.placed', { hold, why: 'a court' }),
      )
      await make(prune(0, to, count))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'of what is younger than the retention',
    'younger than the retention',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(0, to, count, { before: isoTime(at(36 * day)) }))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'of what is younger than it says',
    'is younger than it says',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(0, to, count, { before: isoTime(at(-2 * day)) }))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'by a retention that was never stated',
    'did not state',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(0, to, count, { days: 30, before: isoTime(at(370 * day)) }))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'from the middle',
    'does not follow',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(prune(5, to, count))
      empty(store, 5, to)
      return store
    },
  ],
  [
    'and a hold lifted that nobody placed',
    'not in force',
    async () => {
      const { store, make, to, count } = await prunedLog(20)
      await make(config('hold.lifted', { hold }, later()), prune(0, to, count))
      empty(store, 0, to)
      return store
    },
  ],
  [
    'up to beyond the record itself',
    'does not follow',
    async () => {
      const { store, make, count } = await prunedLog(20)
      await make(prune(0, 9_999, count))
      return store
    },
  ],
]

/** A hold placed, lifted, and then pruned; and a second stretch after the first. */
export const soundPrunings = async (): Promise<readonly (readonly [string, MemoryTreeStore])[]> => {
  const whole = await prunedLog(600)
  await whole.make(prune(0, 300, countOf(whole.store, 300)))
  empty(whole.store, 0, 300)
  await whole.make(prune(300, whole.to, whole.count - countOf(whole.store, 300)))
  empty(whole.store, 300, whole.to)
  const lifted = await prunedLog(20, retention, config('hold.placed', { hold, why: 'a court' }))
  await lifted.make(config('hold.lifted', { hold, why: 'over' }, later()), prune(0, lifted.to, lifted.count))
  empty(lifted.store, 0, lifted.to)
  const waiting = await prunedLog(20)
  await waiting.make(prune(0, waiting.to, waiting.count))
  empty(waiting.store, 0, 7)
  // by an instance that had lost its turn without knowing
  const said = await prunedLog(20)
  await said.make(prune(0, said.to - 6, countOf(said.store, said.to - 6)), prune(0, said.to, said.count))
  await said.make(prune(0, said.to - 6, countOf(said.store, said.to - 6)))
  empty(said.store, 0, said.to)
  return [
    ['and said again by another instance', said.store],
    ['twice, over tiles', whole.store],
    ['after a hold was lifted', lifted.store],
    ['and stopped half-way', waiting.store],
  ]
}

/** What a forger makes of an export of a pruned log, sums corrected. */
export const pruneForgeries: readonly (readonly [string, 1 | 2, (b: Exported) => void])[] = [
  ['a live record emptied', 1, (b) => emptied(b, (all) => all.length - 1)],
  [
    'a policy in the pruned stretch emptied',
    1,
    (b) => emptied(b, (all) => all.findIndex((one) => one.includes('"k":"policy"'))),
  ],
  [
    'a boot record emptied',
    1,
    (b) => emptied(b, (all) => all.findIndex((one) => one.includes('"k":"boot"'))),
  ],
  [
    'a pruned record given other bytes',
    1,
    (b) =>
      change(b, (all) =>
        all.with(
          all.findIndex((one) => one.length === 0),
          all[0]!,
        ),
      ),
  ],
  [
    'the tile with the hashes of pruned records bent',
    1,
    (b) => {
      const path = b.files().find((one) => one.startsWith('log/tile/0/'))!
      const bytes = b.read(path)
      bytes[5 * 32]! ^= 1
      b.write(path, bytes)
    },
  ],
  [
    'the tile with the hashes of pruned records cut',
    1,
    (b) => {
      const path = b.files().find((one) => one.startsWith('log/tile/0/'))!
      b.write(path, b.read(path).subarray(0, 3 * 32 + 5))
    },
  ],
]
const change = (b: Exported, to: (all: readonly Buffer[]) => readonly Buffer[]): void => {
  const path = b.files().find((one) => one.startsWith('log/tile/entries/'))!
  b.write(path, writeEntries(to(readEntries(b.read(path))!)))
}
const emptied = (b: Exported, which: (all: readonly Buffer[]) => number): void =>
  change(b, (all) => all.with(which(all), Buffer.alloc(0)))

/** One bundle, for the forgeries. */
export const prunedBundle = async (): Promise<Exported> => {
  const { store, make, to, count } = await prunedLog(20)
  await make(prune(0, to, count))
  empty(store, 0, to)
  return exported(store)
}
