/**
 * Where the chain of each boot stands at the right edge of the tree: its certified key, the next position, the
 * hash of its last leaf. What is not in memory (after a start, or when another integrator was at work) is read
 * from the log itself.
 */
import type { KeyObject } from 'node:crypto'
import { Enrolment, enrolmentAt, sealKeys } from './enrolment.ts'
import type { SealKey } from './enrolment.ts'
import type { BootBody, Chained, LogRecord, Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { IntegrityBroken } from './integrity.ts'
import type { StoredBatch, StoredLeaf, TreeStore } from './log.ts'
import { hashOf, leafHash } from './merkle.ts'
import { checkRecord, noPrevious, RecordInvalid } from './record.ts'
import { bootKey, sealHolds } from './seal.ts'

interface Tail {
  readonly key: KeyObject
  readonly next: number
  readonly previous: string
}

/** @throws IntegrityBroken record */
const recordOf = (leaf: StoredLeaf): LogRecord => {
  try {
    return checkRecord(readCanonical(leaf.body))
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid)
      throw new IntegrityBroken('record', leaf.index)
    throw error
  }
}

/** What the row says beside the body must be what the body says: look-ups go by the row. */
const rowAgrees = (leaf: StoredLeaf, record: LogRecord): boolean =>
  leaf.kind === record.k &&
  (!('tid' in record) || leaf.tid.replaceAll('-', '') === record.tid) &&
  (!('attempt' in record) || leaf.attempt === record.attempt)

const readOne = async (store: TreeStore, stream: Stream, index: number): Promise<StoredLeaf> => {
  for await (const leaf of store.leaves(stream, index, index + 1)) if (leaf.index === index) return leaf
  throw new IntegrityBroken('gap', index)
}

export class BootTails {
  readonly #store: TreeStore
  readonly #stream: Stream
  readonly #own: KeyObject
  #enrolment: Enrolment
  #known = new Map<string, Tail>()
  /** What the log says of the keys of seals: below that size, ahead of it when it was read, and in what was last followed. */
  #said: readonly SealKey[] | undefined
  #fresh: SealKey[] = []
  /** The tree size at which #known is true. */
  #at = 0
  #next = new Map<string, Tail>()

  readonly #floor: number

  /**
   * @param own an enrolment key of the log that is trusted: the others follow from it
   * @param floor place of the log's first record, as this store counts: below 0 in a later shard
   */
  constructor(store: TreeStore, stream: Stream, own: KeyObject, floor = 0) {
    this.#floor = floor
    this.#store = store
    this.#stream = stream
    this.#own = own
    this.#enrolment = new Enrolment(own)
  }

  /**
   * Checks batches that begin at leaf `from` and returns their leaf hashes, made from the bodies. What was learnt
   * counts only after `keep`.
   * @throws IntegrityBroken hash, record, chain, boot, seal
   */
  async follow(
    from: number,
    batches: readonly StoredBatch[],
    leaves: readonly StoredLeaf[],
  ): Promise<readonly Buffer[]> {
    if (this.#at !== from || this.#said === undefined) {
      this.#known = new Map()
      this.#said = await sealKeys(this.#store, this.#stream)
    }
    this.#at = from
    this.#next = new Map(this.#known)
    this.#fresh = []
    this.#enrolment = enrolmentAt(this.#said, this.#own, from)
    const hashes: Buffer[] = []
    for (const batch of batches) {
      const its = leaves.slice(batch.first - from, batch.first - from + batch.n)
      hashes.push(...(await this.#batch(batch, its, from)))
    }
    return hashes
  }

  /** The tree has advanced to `size` over the batches last followed. */
  keep(size: number): void {
    this.#known = this.#next
    const others = this.#said?.filter(({ index }) => index < this.#at || index >= size) ?? []
    this.#said = [...others, ...this.#fresh].toSorted((a, b) => a.index - b.index)
    this.#at = size
  }

  async #batch(
    batch: StoredBatch,
    leaves: readonly StoredLeaf[],
    treeSize: number,
  ): Promise<readonly Buffer[]> {
    const records = leaves.map(recordOf)
    if (this.#enrolment.isRevoked(batch.boot)) throw new IntegrityBroken('revoked', batch.first)
    const tail =
      this.#next.get(batch.boot) ??
      (batch.firstIseq === 0
        ? await this.#begin(batch, records[0]!, treeSize)
        : await this.#find(batch, treeSize))
    let { next, previous } = tail
    const hashes = leaves.map((leaf, i) => {
      const record = records[i]!
      const hash = leafHash(leaf.body)
      if (!hash.equals(leaf.hash) || leaf.batch !== batch.batch) throw new IntegrityBroken('hash', leaf.index)
      if (!rowAgrees(leaf, record)) throw new IntegrityBroken('record', leaf.index)
      const inPlace =
        record.iseq === next && record.iprev === previous && (record.k === 'boot') === (next === 0)
      if (
        record.inst !== batch.inst ||
        record.boot !== batch.boot ||
        !inPlace ||
        batch.firstIseq + i !== next
      )
        throw new IntegrityBroken('chain', leaf.index)
      next += 1
      previous = hash.toString('hex')
      return hash
    })
    if (!sealHolds(this.#stream, batch, hashes, tail.key)) throw new IntegrityBroken('seal', batch.first)
    this.#next.set(batch.boot, { key: tail.key, next, previous })
    for (const [i, record] of records.entries()) {
      if (record.k !== 'key') continue
      const { index } = leaves[i]!
      if (this.#enrolment.after(record) !== undefined) throw new IntegrityBroken('record', index)
      this.#fresh.push({ index, record })
    }
    return hashes
  }

  /** By the enrolment key that counted where it began. */
  #certified(record: LogRecord, index: number): KeyObject {
    const enrolment = index < this.#at ? enrolmentAt(this.#said ?? [], this.#own, index) : this.#enrolment
    const key = record.k === 'boot' ? bootKey(record as BootBody & Chained, enrolment.key) : undefined
    if (key === undefined) throw new IntegrityBroken('boot', index)
    return key
  }

  /** A chain that begins here, and did not begin before: a replayed boot is not a new one. */
  async #begin(batch: StoredBatch, record: LogRecord, treeSize: number): Promise<Tail> {
    const key = this.#certified(record, batch.first)
    for (const leaf of await this.#store.find(batch.boot)) {
      if (leaf.kind !== 'boot' || leaf.index >= treeSize) continue
      const here = await readOne(this.#store, this.#stream, leaf.index)
      if (here.hash.equals(leaf.hash)) throw new IntegrityBroken('chain', batch.first)
    }
    return { key, next: 0, previous: noPrevious }
  }

  /** A boot that wrote before: its last batch below the edge of the tree, and its boot record. */
  async #find(batch: StoredBatch, treeSize: number): Promise<Tail> {
    const last = await this.#lastBatch(treeSize, (one) => one.boot === batch.boot)
    if (last === undefined) throw new IntegrityBroken('chain', batch.first)
    const leaf = await readOne(this.#store, this.#stream, last.first + last.n - 1)
    const key = await this.#keyOf(batch.boot, treeSize)
    return { key, next: last.firstIseq + last.n, previous: hashOf(leaf).toString('hex') }
  }

  async #keyOf(boot: string, treeSize: number): Promise<KeyObject> {
    const found = (await this.#store.find(boot)).find((leaf) => leaf.kind === 'boot')
    const first = found ?? (await this.#firstLeaf(boot, treeSize))
    const record = recordOf(first)
    if (record.boot !== boot) throw new IntegrityBroken('boot', first.index)
    return this.#certified(record, first.index)
  }

  async #firstLeaf(boot: string, treeSize: number): Promise<StoredLeaf> {
    const first = await this.#lastBatch(treeSize, (one) => one.boot === boot && one.firstIseq === 0)
    if (first === undefined) throw new IntegrityBroken('boot', treeSize)
    return readOne(this.#store, this.#stream, first.first)
  }

  /** Backwards in windows that double, as the last batch of a live boot is near. */
  async #lastBatch(end: number, is: (batch: StoredBatch) => boolean): Promise<StoredBatch | undefined> {
    for (let to = end, width = 4096; to > this.#floor; to -= width, width *= 2) {
      let last: StoredBatch | undefined
      for await (const batch of this.#store.batches(this.#stream, Math.max(this.#floor, to - width), to))
        if (is(batch)) last = batch
      if (last !== undefined) return last
    }
    return undefined
  }
}
