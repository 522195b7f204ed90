/** One tree of the log in an export: entries, tiles, readable lines, seals, one bundle of 256 leaves in memory at a time. */
import { readFile } from 'node:fs/promises'
import type { Stream } from '../model/record.ts'
import type { TreeMark } from './bundle-progress.ts'
import { ofAnotherLog } from './half-bundle.ts'
import type { HalfBundle } from './half-bundle.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import { hashesOf, hashOf, TileEdge, tilePath, tileWidth, writeEntries } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { readableLine, sealLine } from './seal.ts'

export interface TreeAsk {
  readonly stream: Stream
  /** Its folder: `log`, `log-2027h1` … */
  readonly at: string
  /** Where its readable lines and seals are: '' or a folder with its slash. */
  readonly beside: string
  readonly size: number
  /** Place of its first record. */
  readonly base: number
  readonly progress?: ((leaves: number, of: number) => void) | undefined
  /** Leaves between two marks. */
  readonly markEvery?: number | undefined
}

const usualMark = 16_384
/** However slow the store: about so much is written again after a kill. */
const markWithinMs = 2_000

/** The right edge that the written tiles make, if the log still has the last leaf of them. @throws Misconfigured */
const edgeFrom = async (store: TreeStore, half: HalfBundle, stream: Stream, { at, leaves }: TreeMark) => {
  const edge = new TileEdge()
  let last: Buffer | undefined
  for (let n = 0; n < leaves / tileWidth; n += 1)
    for (const hash of hashesOf(await readFile(half.folder.place(`${at}/${tilePath(0, n, tileWidth)}`)))) {
      edge.push(hash, () => undefined)
      last = hash
    }
  for await (const leaf of store.leaves(stream, leaves - 1, leaves))
    if (last !== undefined && hashOf(leaf).equals(last)) return edge
  throw ofAnotherLog()
}

/** Goes on where the last mark is. @throws Misconfigured if the log is not the one that was begun with */
export const writeTree = async (store: TreeStore, half: HalfBundle, ask: TreeAsk): Promise<void> => {
  const { stream, at, beside, size, base, progress, markEvery = usualMark } = ask
  if (half.whole(at)) return
  const { folder } = half
  const begun = half.tree(at)
  const path = `${beside}entries.jsonl`
  const edge = begun === undefined ? new TileEdge() : await edgeFrom(store, half, stream, begun)
  const readable = await folder.open(path, begun)
  const start = begun?.leaves ?? 0
  let marked = { leaves: start, time: performance.now() }
  let waiting: StoredLeaf[] = []
  const flush = async (): Promise<void> => {
    const tiles: HashTile[] = []
    const first = waiting[0]!.index
    const entries = tilePath('entries', Math.floor(first / tileWidth), waiting.length)
    for (const leaf of waiting) {
      const hash = hashOf(leaf)
      edge.push(hash, (tile) => tiles.push(tile))
      await readable.write(Buffer.from(`${readableLine(base + leaf.index, hash, leaf.body)}\n`))
    }
    await folder.write(`${at}/${entries}`, writeEntries(waiting.map((leaf) => leaf.body)))
    for (const tile of tiles)
      await folder.write(`${at}/${tilePath(tile.level, tile.n, tile.width)}`, tile.data)
    const leaves = first + waiting.length
    waiting = []
    progress?.(leaves, size)
    const late = performance.now() - marked.time > markWithinMs
    if (leaves % tileWidth !== 0 || (leaves - marked.leaves < markEvery && !late)) return
    await half.mark({ tree: { at, leaves, path, ...(await readable.sync()) } })
    marked = { leaves, time: performance.now() }
  }
  for await (const leaf of store.leaves(stream, start, size))
    if (waiting.push(leaf) === tileWidth) await flush()
  if (waiting.length > 0) await flush()
  for (const tile of edge.partial())
    await folder.write(`${at}/${tilePath(tile.level, tile.n, tile.width)}`, tile.data)
  await readable.close()
  const seals = await folder.open(`${beside}batches.jsonl`)
  for await (const batch of store.batches(stream, 0, size))
    await seals.write(Buffer.concat([sealLine({ ...batch, first: base + batch.first }), Buffer.from('\n')]))
  await seals.close()
  await half.mark({ stage: at })
}
