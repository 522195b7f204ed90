/**
 * The integrator: takes what was committed into the tree and signs the new head. It trusts no stored hash, no
 * stored row and no stored tree: bodies are hashed again, every batch must carry the seal of a certified boot
 * and continue that boot's chain, and the tree must extend the anchor that lives outside the database. Any
 * instance may run it; a compare-and-swap picks one winner per step.
 */
import type { KeyObject } from 'node:crypto'
import type { Stream } from '../model/record.ts'
import { BootTails } from './boot-tails.ts'
import { keyNamed, NoteRefused, openCheckpoint, readVkey, signCheckpoint, vkeyOf } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'
import { IntegrityBroken } from './integrity.ts'
import { announcedKeys, keysOver, signersFor } from './log-keys.ts'
import type { Anchor, StoredBatch, StoredLeaf, Tile, TreeState, TreeStore } from './log.ts'
import { appendLeaf, edgeOf, emptyRoot, rootOf, TileEdge, verifyConsistency } from './merkle.ts'
import { consistencyProof, nodesOf } from './proof.ts'
import { shardAnchor, shardView } from './shard-view.ts'
import { firstShard, originIn } from './shard.ts'
import type { Shard } from './shard.ts'

export interface IntegratedLog {
  readonly store: TreeStore
  readonly anchor: Anchor
  readonly stream: Stream
  /** K_log under the origin's name: `NAME/transfers`. */
  readonly signer: Signer
  /** All keys of this log that are here now, the first one first; default: `signer` alone. Asked at each step. */
  readonly signers?: () => readonly Signer[]
  /** The tree that grows; `store` and `anchor` are of the whole log. Default: the first. */
  readonly shard?: Shard
  /** Public key that certifies boots. */
  readonly enrol: KeyObject
  /** An idle log is signed again after this many milliseconds, so that a frozen one shows; default 10 minutes. */
  readonly heartbeat?: number
  /** Leaves per step, whole batches; default 8192. */
  readonly most?: number
}

/** `advanced`: a new head is signed; `lost`: another integrator was faster; `more`: leaves are still waiting. */
export interface Step {
  readonly did: 'nothing' | 'advanced' | 'lost' | 'heartbeat'
  readonly size: number
  readonly root: Buffer
  readonly more: boolean
}

export interface Integrator {
  /**
   * One step. After IntegrityBroken the caller closes the gate; any other error is the store's and may pass.
   * @throws IntegrityBroken
   */
  step(now: Date): Promise<Step>
}

type Mark = { readonly size: number; readonly root: string }

const markOf = (tree: TreeState): Mark => ({ size: tree.size, root: tree.root.toString('hex') })

/** The log's own key may be read from its signer: a checkpoint is believed only if this very key signed it. */
const verifierOf = (signer: Signer): Verifier => readVkey(vkeyOf(signer))

/** The tree as stored, if it is what we last signed; a head that moves while we look is read again. */
const signedTree = async (
  log: IntegratedLog,
  knownAt: (size: number) => Promise<readonly Verifier[]>,
): Promise<{ tree: TreeState; signedAt: Date | null }> => {
  for (let attempt = 0; ; attempt += 1) {
    const checkpoint = await log.store.checkpoint(log.stream)
    const tree = await log.store.tree(log.stream)
    if (tree.frontier.length !== onesOf(tree.size) || !rootOf(tree.frontier).equals(tree.root))
      throw new IntegrityBroken('tree', tree.size)
    if (checkpoint === null && tree.size === 0) return { tree, signedAt: null }
    if (checkpoint?.size === tree.size) {
      const signed = openSigned(checkpoint.note, await knownAt(tree.size), tree.size)
      if (signed.size !== tree.size || !signed.root.equals(tree.root))
        throw new IntegrityBroken('checkpoint', tree.size)
      return { tree, signedAt: checkpoint.at }
    }
    if (attempt === 3) throw new IntegrityBroken('checkpoint', tree.size)
  }
}

const openSigned = (note: string, known: readonly Verifier[], index: number) => {
  try {
    return openCheckpoint(note, known, known[0]?.name ?? '')
  } catch (error) {
    if (error instanceof NoteRefused) throw new IntegrityBroken('checkpoint', index)
    throw error
  }
}

const onesOf = (size: number): number => edgeOf(size).reduce((sum, { width }) => sum + ones(width), 0)
const ones = (width: number): number => width.toString(2).replaceAll('0', '').length

/** Facts: "refuse to shrink below or fork from the anchor". A lagging anchor is moved up over a proof. */
const holdToAnchor = async (
  log: IntegratedLog,
  anchored: Mark | null,
  tree: TreeState,
): Promise<Mark | null> => {
  if (anchored === null && tree.size === 0) return null
  const from = anchored ?? { size: 0, root: emptyRoot.toString('hex') }
  if (tree.size < from.size) throw new IntegrityBroken('shrunk', tree.size)
  const proof = await consistencyProof(from.size, tree.size, nodesOf(log.store, log.stream))
  if (!verifyConsistency(from.size, tree.size, proof, Buffer.from(from.root, 'hex'), tree.root))
    throw new IntegrityBroken('fork', from.size)
  if (anchored?.size === tree.size) return anchored
  return (await log.anchor.advance(log.stream, anchored, markOf(tree))) ? markOf(tree) : null
}

/** Whole batches from `from` on, without a hole between them, up to about `most` leaves. */
const nextBatches = async (
  log: IntegratedLog,
  from: number,
  head: number,
): Promise<readonly StoredBatch[]> => {
  const to = Math.min(head, from + (log.most ?? 8192))
  const out: StoredBatch[] = []
  let at = from
  for await (const batch of log.store.batches(log.stream, from, to)) {
    if (batch.first !== at || batch.n < 1) throw new IntegrityBroken('gap', at)
    at += batch.n
    out.push(batch)
  }
  // A step that stops at `most` may leave the last batch for the next one; the head itself must be reached.
  if (out.length === 0 || at > head || (at < to && to === head)) throw new IntegrityBroken('gap', at)
  return out
}

const readLeaves = async (log: IntegratedLog, from: number, to: number): Promise<readonly StoredLeaf[]> => {
  const out: StoredLeaf[] = []
  for await (const leaf of log.store.leaves(log.stream, from, to)) {
    if (leaf.index !== from + out.length) throw new IntegrityBroken('gap', from + out.length)
    out.push(leaf)
  }
  if (out.length !== to - from) throw new IntegrityBroken('gap', from + out.length)
  return out
}

/** The partial tiles of the tree, which must be what its frontier says. */
const edgeTiles = async (log: IntegratedLog, tree: TreeState): Promise<TileEdge> => {
  const wanted = edgeOf(tree.size)
  const found = wanted.length === 0 ? [] : await log.store.tiles(log.stream, wanted)
  const tiles = wanted.map(({ level, n, width }) => {
    const tile = found.find((one) => one.level === level && one.n === n)
    if (tile === undefined || tile.data.length < width * 32) throw new IntegrityBroken('tile', tree.size)
    return { level, n, width, data: tile.data.subarray(0, width * 32) }
  })
  const edge = new TileEdge(tree.size, tiles)
  const frontier = edge.frontier()
  if (
    frontier.length !== tree.frontier.length ||
    !frontier.every((hash, i) => hash.equals(tree.frontier[i]!))
  )
    throw new IntegrityBroken('tile', tree.size)
  return edge
}

const grow = (
  tree: TreeState,
  edge: TileEdge,
  hashes: readonly Buffer[],
): { to: TreeState; tiles: readonly Tile[] } => {
  const frontier = [...tree.frontier]
  const tiles: Tile[] = []
  for (const [i, hash] of hashes.entries()) {
    appendLeaf(frontier, tree.size + i, hash)
    edge.push(hash, (tile) => tiles.push(tile))
  }
  const before = new Set(edgeOf(tree.size).map((tile) => `${tile.level}/${tile.n}/${tile.width}`))
  tiles.push(...edge.partial().filter((tile) => !before.has(`${tile.level}/${tile.n}/${tile.width}`)))
  return { to: { size: tree.size + hashes.length, root: rootOf(frontier), frontier }, tiles }
}

/** An integrator of one stream; keeps in memory only where each boot's chain stands, and the keys of the log. */
export const integrator = (whole: IntegratedLog): Integrator => {
  const { shard = firstShard } = whole
  const origin = originIn(whole.signer.name, shard.name)
  const log: IntegratedLog = {
    ...whole,
    store: shardView(whole.store, whole.stream, shard),
    anchor: shard.n === 0 ? whole.anchor : shardAnchor(whole.anchor, shard),
  }
  const signers = log.signers ?? (() => [log.signer])
  /** What the log announced below #size leaves. */
  let announced: { readonly size: number; readonly keys: readonly Verifier[] } | undefined
  const keysAt = async (size: number): Promise<readonly Verifier[]> => {
    if (announced?.size !== size) announced = { size, keys: await announcedKeys(log.store, log.stream, size) }
    return announced.keys
  }
  const known = async (size: number): Promise<readonly Verifier[]> => {
    const keys = await keysAt(size)
    const all = keys.length > 0 ? keys : signers().slice(0, 1).map(verifierOf)
    return all.map((key) => keyNamed(key, origin))
  }
  const signed = (keys: readonly Verifier[], { size, root }: Pick<TreeState, 'size' | 'root'>): string => {
    const [newest = log.signer, before] = signersFor(keys, signers()).toReversed()
    const named = (signer: Signer): Signer => ({ name: origin, key: signer.key })
    return signCheckpoint(named(newest), size, root, before && named(before))
  }
  const tails = new BootTails(log.store, log.stream, log.enrol, -shard.base)

  const heartbeat = async (tree: TreeState, signedAt: Date | null, now: Date): Promise<Step> => {
    const idle = { did: 'nothing', size: tree.size, root: tree.root, more: false } as const
    if (signedAt === null || now.getTime() - signedAt.getTime() < (log.heartbeat ?? 600_000)) return idle
    await log.store.publish(log.stream, tree.size, signed(await keysAt(tree.size), tree), now)
    return { ...idle, did: 'heartbeat' }
  }

  const step = async (now: Date): Promise<Step> => {
    // The anchor before the tree, the tree before the head: each may only have grown since.
    const anchored = await log.anchor.read(log.stream)
    const { tree, signedAt } = await signedTree(log, known)
    const mark = await holdToAnchor(log, anchored, tree)
    const lost = { did: 'lost', size: tree.size, root: tree.root, more: true } as const
    if (mark === null && tree.size > 0) return lost
    const head = await log.store.head(log.stream)
    if (head.size < tree.size) throw new IntegrityBroken('shrunk', head.size)
    if (head.size === tree.size) return await heartbeat(tree, signedAt, now)

    const batches = await nextBatches(log, tree.size, head.size)
    const last = batches.at(-1)!
    const leaves = await readLeaves(log, tree.size, last.first + last.n)
    const hashes = await tails.follow(tree.size, batches, leaves)
    const { to, tiles } = grow(tree, await edgeTiles(log, tree), hashes)
    const keys = keysOver(await keysAt(tree.size), leaves)
    const note = signed(keys, to)
    if (!(await log.store.advance(log.stream, tree, to, tiles, { note, at: now }))) return lost
    tails.keep(to.size)
    announced = { size: to.size, keys }
    await log.anchor.advance(log.stream, mark, markOf(to))
    return { did: 'advanced', size: to.size, root: to.root, more: head.size > to.size }
  }
  return { step }
}
