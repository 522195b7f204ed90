/**
 * The live store read from end to end, believing nothing of it: its trees one by one (fsck-tree.ts), the seals, and what
 * the records say together. Streaming; it changes nothing and may run beside gateways.
 */
import type { KeyObject } from 'node:crypto'
import type { Verifier } from './checkpoint.ts'
import { enrolmentAt, sealKeys } from './enrolment.ts'
import { TreeReader } from './fsck-tree.ts'
import type { SoFar, TreeAsk } from './fsck-tree.ts'
import { IntegrityBroken } from './integrity.ts'
import type { Anchor, StoredLeaf } from './log.ts'
import { keysOver } from './log-keys.ts'
import { shardAnchor, shardView } from './shard-view.ts'
import type { Shard } from './shard.ts'
import { Records } from './verify-records.ts'

/** Of the whole log. */
export interface FsckAsk extends TreeAsk {
  /** Public key that certifies boots. */
  readonly enrol: KeyObject
}

const noAnchor: Anchor = { read: async () => null, advance: async () => false }

/** The keys that the log announces, and the bytes of the records that do. */
const announced = async (
  { store, stream, report }: FsckAsk,
  where: string,
): Promise<{ readonly keys: readonly Verifier[]; readonly announcements: readonly Buffer[] }> => {
  const announcements: Buffer[] = []
  let keys: readonly Verifier[] = []
  try {
    for await (const leaf of store.keeping(stream)) {
      const after = keysOver(keys, [leaf])
      if (after !== keys) announcements.push(leaf.body)
      keys = after
    }
    return { keys, announcements }
  } catch (error) {
    if (!(error instanceof IntegrityBroken)) throw error
    report.add('tampered', `${where} ${error.index}`, 'rotation-broken')
    return { keys: [], announcements: [] }
  }
}

/** One tree from end to end. */
const readTree = async (ask: TreeAsk, shard: Shard, soFar: SoFar, where: string): Promise<number> => {
  const { store, stream, report } = ask
  const reader = new TreeReader(ask, shard, soFar)
  const { size, tree } = await reader.begin()
  let at = 0
  try {
    for await (const batch of store.batches(stream, 0, size)) {
      if (batch.first !== at || batch.n < 1) throw new IntegrityBroken('gap', at)
      const leaves: StoredLeaf[] = []
      for await (const leaf of store.leaves(stream, at, at + batch.n)) leaves.push(leaf)
      await reader.batch(batch, leaves)
      at += batch.n
      if (at === tree.size) await reader.tree()
    }
    if (at !== size) throw new IntegrityBroken('gap', at)
  } catch (error) {
    if (!(error instanceof IntegrityBroken)) throw error
    report.add('tampered', `${where} ${error.index}`, 'gap')
  }
  soFar.keys = reader.keys
  return reader.end()
}

/**
 * Reads one log of the store; findings go into the report.
 * @returns how many records it has read
 * @throws DatabaseFault
 */
export const fsck = async (ask: FsckAsk): Promise<number> => {
  const { store, stream, report } = ask
  const where = stream === 'evidence' ? 'transfers' : 'access'
  const { keys, announcements } = await announced(ask, where)
  const records = new Records(
    stream,
    { first: enrolmentAt(await sealKeys(store, stream), ask.enrol, 0).key, pinned: ask.enrol },
    report,
    announcements,
  )
  const soFar: SoFar = { first: keys[0] ?? ask.log, keys: [], records }
  let read = 0
  const shards = await store.shards(stream)
  for (const [i, shard] of shards.entries()) {
    // of a tree that lost its end the anchor knows more, and the recovery says so
    const cut = (shards[i + 1]?.base ?? 0) > (shard.end ?? Infinity)
    const view = {
      ...ask,
      store: shardView(store, stream, shard),
      anchor: cut ? noAnchor : shard.n === 0 ? ask.anchor : shardAnchor(ask.anchor, shard),
      progress: (tree: number) => ask.progress?.(read + tree),
    }
    if (shard.n > 0) records.shard(shard.base)
    read += await readTree(view, shard, soFar, where)
  }
  for (let round = 0; round < 2; round += 1) await records.settle()
  records.done()
  return read
}
