/** One tree of a log in a store of many. */
import type { Stream } from '../model/record.ts'
import type { Anchor, TreeStore } from './log.ts'
import { anchorKey } from './shard.ts'
import type { Shard } from './shard.ts'

/** One shard of a stream as a log of its own that counts from 0; what came before it has negative places. */
export const shardView = (store: TreeStore, stream: Stream, shard: Shard): TreeStore => {
  const { base } = shard
  return {
    ...store.treesOf(shard.n),
    head: async (of) => {
      const { size, epoch } = await store.head(of)
      // asked after the head: a record beyond the end is there only if the end is known
      const end = shard.end ?? (await store.shards(stream))[shard.n]?.end ?? size
      return { size: Math.min(size, end) - base, epoch }
    },
    leaves: async function* (of, from, to) {
      for await (const leaf of store.leaves(of, base + from, base + to))
        yield { ...leaf, index: leaf.index - base }
    },
    batches: async function* (of, from, to) {
      for await (const batch of store.batches(of, base + from, base + to))
        yield { ...batch, first: batch.first - base }
    },
    keeping: async function* (of) {
      for await (const leaf of store.keeping(of)) yield { ...leaf, index: leaf.index - base }
    },
    // an id may be of a record of the other stream
    find: async (tid) => {
      const found = []
      for (const leaf of await store.find(tid))
        if (await isIn(store, stream, leaf.index, leaf.hash))
          found.push({ ...leaf, index: leaf.index - base })
      return found
    },
  }
}

const isIn = async (store: TreeStore, stream: Stream, index: number, hash: Buffer): Promise<boolean> => {
  if (index >= (await store.head(stream)).size) return false
  for await (const leaf of store.leaves(stream, index, index + 1)) return leaf.hash.equals(hash)
  return false
}

/** The anchor of one shard. */
export const shardAnchor = (anchor: Anchor, shard: Shard): Anchor => ({
  read: (stream) => anchor.read(anchorKey(stream as Stream, shard.name)),
  advance: (stream, from, to) =>
    anchor.advance(anchorKey(stream as Stream, shard.name), from, { ...to, base: shard.base }),
})
