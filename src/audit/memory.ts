/** A log in memory: for tests, and as the plainest statement of what a store must do. */
import type { Stream } from '../model/record.ts'
import { streams } from '../model/record.ts'
import { IntegrityBroken } from './integrity.ts'
import type { Anchor, SealedBatch, StoredBatch, StoredLeaf, Tile, TreeState, TreeStore } from './log.ts'
import { emptyRoot } from './merkle.ts'

interface Grown {
  tree: TreeState
  tiles: Map<string, Tile>
  checkpoint: { readonly size: number; readonly note: string; readonly at: Date } | null
  signed: Map<number, { readonly size: number; readonly root: Buffer; readonly note: string }>
  witnessed: { readonly size: number; readonly note: string; readonly at: Date } | null
}

interface Held extends Grown {
  readonly keys: Set<string>
  leaves: StoredLeaf[]
  batches: StoredBatch[]
  /** Trees after the first. */
  later: (Grown & { readonly name: string; readonly base: number; readonly end: number })[]
}

/** What a batch meets that is already there: one intent and one final outcome per attempt. */
export class DuplicateRecord extends Error {
  override readonly name = 'DuplicateRecord'
}

export interface MemoryTreeStore extends TreeStore {
  /** Appends a batch whole; its leaves' indices. @throws DuplicateRecord */
  append(stream: Stream, batch: SealedBatch): readonly number[]
  /** A new tree that begins at the next place, or at a later one. */
  openShard(stream: Stream, name: string, base?: number): void
  /** The rows themselves, for tests that play the dishonest administrator. */
  readonly rows: Readonly<Record<Stream, Held>>
}

const keepingKinds: ReadonlySet<string> = new Set(['key', 'config', 'prune', 'shard_link', 'recover'])

const emptyTree: TreeState = { size: 0, root: emptyRoot, frontier: [] }
const grown = (): Grown => ({
  tree: emptyTree,
  tiles: new Map(),
  checkpoint: null,
  witnessed: null,
  signed: new Map(),
})
const held = (): Held => ({ ...grown(), keys: new Set(), leaves: [], batches: [], later: [] })

export const memoryTreeStore = (): MemoryTreeStore => {
  const rows = Object.fromEntries(Object.keys(streams).map((stream) => [stream, held()])) as Record<
    Stream,
    Held
  >
  const treesOf = (n: number): MemoryTreeStore => {
    const grownOf = (stream: Stream): Grown => (n === 0 ? rows[stream] : rows[stream].later[n - 1]!)
    return {
      rows,
      treesOf,
      shards: async (stream) => {
        const { later } = rows[stream]
        return [
          { n: 0, name: '', base: 0, ...(later[0] && { end: later[0].end }) },
          ...later.map(({ name, base }, i) => ({
            n: i + 1,
            name,
            base,
            ...(later[i + 1] && { end: later[i + 1]!.end }),
          })),
        ]
      },
      openShard: (stream, name, base) => {
        const end = rows[stream].leaves.length
        const from = base ?? end
        // places that are lost stay empty
        rows[stream].leaves.length = from
        rows[stream].later.push({ ...grown(), name, base: from, end })
      },
      append: (stream, { leaves, ...batch }) => {
        const log = rows[stream]
        const keys = leaves.map((leaf) => `${leaf.tid} ${leaf.attempt} ${leaf.kind}`)
        for (const [i, key] of keys.entries())
          if (log.keys.has(key) || keys.indexOf(key) < i) throw new DuplicateRecord(leaves[i]!.kind)
        for (const key of keys) log.keys.add(key)
        const first = log.leaves.length
        log.leaves.push(...leaves.map((leaf, i) => ({ ...leaf, index: first + i, batch: batch.batch })))
        log.batches.push({ ...batch, first, n: leaves.length })
        return leaves.map((_, i) => first + i)
      },
      head: async (stream) => ({ size: rows[stream].leaves.length, epoch: 0 }),
      leaves: async function* (stream, from, to) {
        for (let index = from; index < to; index += 1) {
          const leaf = rows[stream].leaves[index]
          if (leaf?.index !== index) throw new IntegrityBroken('gap', index)
          yield leaf
        }
      },
      batches: async function* (stream, from, to) {
        for (const batch of rows[stream].batches) if (batch.first >= from && batch.first < to) yield batch
      },
      tree: async (stream) => grownOf(stream).tree,
      tiles: async (stream, wanted) =>
        wanted.flatMap(({ level, n }) => grownOf(stream).tiles.get(`${level}/${n}`) ?? []),
      advance: async (stream, from, to, tiles, { note, at }) => {
        const log = grownOf(stream)
        if (log.tree.size !== from.size || !log.tree.root.equals(from.root)) return false
        log.tree = to
        for (const tile of tiles) log.tiles.set(`${tile.level}/${tile.n}`, tile)
        log.checkpoint = { size: to.size, note, at }
        log.signed.set(to.size, { size: to.size, root: to.root, note })
        return true
      },
      checkpoint: async (stream) => grownOf(stream).checkpoint,
      checkpoints: async function* (stream) {
        yield* grownOf(stream).signed.values()
      },
      publish: async (stream, size, note, at) => {
        if (grownOf(stream).tree.size === size) grownOf(stream).checkpoint = { size, note, at }
      },
      witnessed: async (stream) => grownOf(stream).witnessed,
      keepWitnessed: async (stream, size, note, at) => {
        if (size >= (grownOf(stream).witnessed?.size ?? 0)) grownOf(stream).witnessed = { size, note, at }
      },
      keeping: async function* (stream) {
        for (const leaf of rows[stream].leaves)
          if (leaf !== undefined && keepingKinds.has(leaf.kind)) yield leaf
      },
      find: async (tid) =>
        Object.values(rows).flatMap((log) => log.leaves.filter((leaf) => leaf?.tid === tid)),
    }
  }
  return treesOf(0)
}

export const memoryAnchor = (): Anchor => {
  const at = new Map<string, { readonly size: number; readonly root: string }>()
  return {
    read: async (stream) => at.get(stream) ?? null,
    advance: async (stream, from, to) => {
      const now = at.get(stream)
      if (now?.size !== from?.size || now?.root !== from?.root) return false
      at.set(stream, to)
      return true
    },
  }
}
