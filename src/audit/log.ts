/** What the audit log needs of a store: the port, its promises, and (memory.ts) a version in memory. */
import type { Stream } from '../model/record.ts'
import type { Shard } from './shard.ts'

/** One leaf as stored: the bytes are the record, for ever; the hash is RFC 9162's, SHA-256(0x00 ‖ body). */
export interface Leaf {
  readonly tid: string
  readonly attempt: number
  /** `intent`, `outcome`, `refusal` … */
  readonly kind: string
  readonly hash: Buffer
  readonly body: Buffer
}

/** What one instance appends at once, sealed by the instance's key of this boot. */
export interface SealedBatch {
  readonly batch: string
  readonly inst: string
  readonly boot: string
  readonly firstIseq: number
  readonly leaves: readonly Leaf[]
  /** Ed25519 over the canonical JSON of {batch, boot, firstIseq, hashes, inst, n, stream}; hashes lower-case hex. */
  readonly sig: Buffer
}

export interface StoredLeaf extends Leaf {
  readonly index: number
  readonly batch: string
}

export interface StoredBatch {
  readonly batch: string
  readonly inst: string
  readonly boot: string
  readonly first: number
  readonly n: number
  readonly firstIseq: number
  readonly sig: Buffer
}

export interface TreeState {
  readonly size: number
  readonly root: Buffer
  /** Roots of the full subtrees on the right edge, largest first. */
  readonly frontier: readonly Buffer[]
}

export interface Tile {
  readonly level: number
  readonly n: number
  /** 1 … 256 */
  readonly width: number
  /** width × 32 bytes. */
  readonly data: Buffer
}

/** Read side and compare-and-swap of the integrator; appending is `store/ledger.ts`. */
export interface TreeStore {
  head(stream: Stream): Promise<{ readonly size: number; readonly epoch: number }>
  /** Leaves [from, to) in order of index, without gaps. @throws IntegrityBroken gap */
  leaves(stream: Stream, from: number, to: number): AsyncIterable<StoredLeaf>
  /** Batches whose first leaf is in [from, to), in order. */
  batches(stream: Stream, from: number, to: number): AsyncIterable<StoredBatch>
  tree(stream: Stream): Promise<TreeState>
  tiles(
    stream: Stream,
    wanted: readonly { readonly level: number; readonly n: number }[],
  ): Promise<readonly Tile[]>
  /** True if the tree still was `from` and now is `to`; tiles and checkpoint are stored in the same transaction. */
  advance(
    stream: Stream,
    from: TreeState,
    to: TreeState,
    tiles: readonly Tile[],
    checkpoint: { readonly note: string; readonly at: Date },
  ): Promise<boolean>
  /** The newest signed note, or null. */
  checkpoint(
    stream: Stream,
  ): Promise<{ readonly size: number; readonly note: string; readonly at: Date } | null>
  /** Every head that was ever signed, one a size, in order of size. */
  checkpoints(
    stream: Stream,
  ): AsyncIterable<{ readonly size: number; readonly root: Buffer; readonly note: string }>
  /** A heartbeat: the same size signed again. */
  publish(stream: Stream, size: number, note: string, at: Date): Promise<void>
  /** The newest note that a quorum of witnesses cosigned, with their lines; null: none. */
  witnessed(
    stream: Stream,
  ): Promise<{ readonly size: number; readonly note: string; readonly at: Date } | null>
  /** Keeps such a note for ever. */
  keepWitnessed(stream: Stream, size: number, note: string, at: Date): Promise<void>
  /** Its trees in order of time; at least one. */
  shards(stream: Stream): Promise<readonly Shard[]>
  /** The same store with tree, tiles and heads of that shard (audit/shard.ts makes a log of its own of it). */
  treesOf(n: number): TreeStore
  /** Records that speak of the log itself (kinds: store/kinds.ts), in order. */
  keeping(stream: Stream): AsyncIterable<StoredLeaf>
  /** Where a transfer's records are; a boot's record (both streams) is found by its boot id. */
  find(tid: string): Promise<readonly StoredLeaf[]>
}

/** The last signed size and root, kept outside the database; moves forward only. */
export interface Anchor {
  /** @param log `evidence`, or with the name of a later shard `evidence/2027h1` */
  read(log: string): Promise<{ readonly size: number; readonly root: string } | null>
  /** False if it was moved meanwhile. Durable when it resolves. */
  advance(
    log: string,
    from: { readonly size: number; readonly root: string } | null,
    to: { readonly size: number; readonly root: string; readonly base?: number },
  ): Promise<boolean>
}
