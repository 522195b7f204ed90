/**
 * One tree of the live store, read record by record: every body hashed again, every row against its body, tiles, each
 * checkpoint that was ever signed, the tree as it is stored, and the anchor.
 */
import type { Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Verifier } from './checkpoint.ts'
import type { Anchor, StoredBatch, StoredLeaf, TreeState, TreeStore } from './log.ts'
import { keysOver } from './log-keys.ts'
import { appendLeaf, emptyRoot, hashOf, rootOf, TileEdge } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { originIn } from './shard.ts'
import type { Shard } from './shard.ts'
import type { Records } from './verify-records.ts'
import type { Report } from './verify-report.ts'
import type { FindingCode, Parts } from './verify-words.ts'

export interface TreeAsk {
  /** Of this tree alone, as is the anchor. */
  readonly store: TreeStore
  readonly anchor: Anchor
  readonly stream: Stream
  /** Public key of the log, under its origin. */
  readonly log: Verifier
  readonly report: Report
  /** Told how many records have been read. */
  readonly progress?: (records: number) => void
}

type Body = Readonly<Record<string, unknown>>

/** Look-ups go by the columns of a row; what they say must be what the body says. */
const rowFault = (leaf: StoredLeaf, hash: Buffer): FindingCode | undefined => {
  if (leaf.body.length === 0) return undefined
  if (!hash.equals(leaf.hash)) return 'row-hash'
  let body: Body
  try {
    body = readCanonical(leaf.body) as Body
  } catch (error) {
    if (error instanceof NotCanonical) return undefined
    throw error
  }
  const agrees =
    leaf.kind === body.k &&
    (body.tid === undefined || leaf.tid.replaceAll('-', '') === body.tid) &&
    (body.attempt === undefined || leaf.attempt === body.attempt)
  return agrees ? undefined : 'row-columns'
}

/** What the trees before have shown. */
export interface SoFar {
  readonly first: Verifier
  keys: readonly Verifier[]
  readonly records: Records
}

export class TreeReader {
  readonly #ask: TreeAsk
  readonly #where: string
  readonly #edge = new TileEdge()
  readonly #frontier: Buffer[] = []
  readonly #records: Records
  #full: HashTile[] = []
  /** The keys that the records so far have announced; the newest must have signed. */
  #keys: readonly Verifier[] = []
  /** Signed heads by size that are still ahead. */
  readonly #heads: AsyncIterator<{ size: number; root: Buffer; note: string }>
  #head: { size: number; root: Buffer; note: string } | undefined
  #anchor: { size: number; root: string } | null = null
  #size = 0
  #tree: TreeState = { size: 0, root: emptyRoot, frontier: [] }
  #treeSeen = false

  readonly #first: Verifier
  readonly #base: number
  readonly #origin: string

  /** @param soFar what the trees before it have shown */
  constructor(ask: TreeAsk, shard: Shard, soFar: SoFar) {
    this.#first = soFar.first
    this.#keys = soFar.keys
    this.#records = soFar.records
    this.#base = shard.base
    this.#origin = originIn(ask.log.name, shard.name)
    this.#ask = ask
    this.#where = ask.stream === 'evidence' ? 'transfers' : 'access'
    this.#heads = ask.store.checkpoints(ask.stream)[Symbol.asyncIterator]()
  }

  get keys(): readonly Verifier[] {
    return this.#keys
  }

  #fault(where: string, code: FindingCode, parts?: Parts): void {
    this.#ask.report.add('tampered', where, code, parts)
  }

  /** The marks before the head: a log that grows meanwhile is no fault. */
  async begin(): Promise<{ size: number; tree: TreeState }> {
    this.#anchor = await this.#ask.anchor.read(this.#ask.stream)
    await this.#nextHead()
    this.#marks(0)
    this.#tree = await this.#ask.store.tree(this.#ask.stream)
    const { size } = await this.#ask.store.head(this.#ask.stream)
    if (size < this.#tree.size) this.#fault(`${this.#where} head`, 'head-short')
    return { size, tree: this.#tree }
  }

  async #nextHead(): Promise<void> {
    const next = await this.#heads.next()
    this.#head = next.done === true ? undefined : next.value
  }

  /** What was signed or anchored at this size must be the root of exactly these records. */
  #marks(size: number): boolean {
    const root = rootOf(this.#frontier)
    if (this.#anchor?.size === size && this.#anchor.root !== root.toString('hex'))
      this.#fault(`${this.#where} anchor`, 'anchor-other', { size })
    if (this.#head?.size !== size) return false
    const { note, root: stored } = this.#head
    try {
      const key = keyNamed(this.#keys.at(-1) ?? this.#first, this.#origin)
      const signed = openCheckpoint(note, [key], key.name)
      if (signed.size !== size || !signed.root.equals(root) || !stored.equals(root))
        this.#fault(`${this.#where} checkpoint ${size}`, 'head-other')
    } catch (error) {
      if (!(error instanceof NoteRefused)) throw error
      this.#fault(`${this.#where} checkpoint ${size}`, 'head-unsigned')
    }
    return true
  }

  /** One sealed batch with its leaves. */
  async batch(batch: StoredBatch, leaves: readonly StoredLeaf[]): Promise<void> {
    const hashes = leaves.map(hashOf)
    for (const [i, leaf] of leaves.entries()) {
      const fault = rowFault(leaf, hashes[i]!) ?? (leaf.batch === batch.batch ? undefined : 'row-batch')
      if (fault !== undefined) this.#fault(`${this.#where} ${this.#base + leaf.index}`, fault)
      if (leaf.kind === 'key') this.#keys = keysOver(this.#keys, [leaf])
      appendLeaf(this.#frontier, leaf.index, hashes[i]!)
      this.#edge.push(hashes[i]!, (tile) => this.#full.push(tile))
      this.#size += 1
      if (this.#marks(this.#size)) await this.#nextHead()
    }
    this.#records.batch(
      { ...batch, first: this.#base + batch.first },
      leaves.map((leaf) => leaf.body),
      hashes,
    )
    await this.#records.settle()
    if (this.#full.length > 0) await this.#tiles(this.#full.splice(0))
    this.#ask.progress?.(this.#size)
  }

  async #tiles(made: readonly HashTile[]): Promise<void> {
    // tiles are made up to the signed tree only
    const due = made.filter(({ level, n, width }) => (n * 256 + width) * 256 ** level <= this.#tree.size)
    const stored = due.length === 0 ? [] : await this.#ask.store.tiles(this.#ask.stream, due)
    for (const tile of due) {
      const there = stored.find((one) => one.level === tile.level && one.n === tile.n)
      if (there === undefined || !there.data.subarray(0, tile.data.length).equals(tile.data))
        this.#fault(`${this.#where} tile ${tile.level}/${tile.n}`, 'tile')
    }
  }

  /** The tree as stored must be what was read up to its size. */
  async tree(): Promise<void> {
    this.#treeSeen = true
    const root = rootOf(this.#frontier)
    if (!this.#tree.root.equals(root) || !rootOf(this.#tree.frontier).equals(root))
      this.#fault(`${this.#where} tree`, 'tree-root')
    await this.#tiles(this.#edge.partial())
  }

  async end(): Promise<number> {
    for (let round = 0; round < 2; round += 1) await this.#records.settle()
    if (this.#tree.size > 0 && !this.#treeSeen) this.#fault(`${this.#where} tree`, 'tree-end')
    const now = await this.#ask.store.head(this.#ask.stream)
    if (this.#head !== undefined && (this.#head.size <= this.#size || this.#head.size > now.size))
      this.#fault(`${this.#where} checkpoint ${this.#head.size}`, 'head-beyond')
    if (this.#anchor !== null && this.#anchor.size > this.#size)
      this.#fault(`${this.#where} anchor`, 'anchor-beyond', { known: this.#anchor.size, here: this.#size })
    return this.#size
  }
}
