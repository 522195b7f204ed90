/** Proofs made from tiles: a handful of tiles per proof, never the leaves (RFC 9162 §2.1.3.1 and §2.1.4.1). */
import type { Stream } from '../model/record.ts'
import { IntegrityBroken } from './integrity.ts'
import type { Tile, TreeStore } from './log.ts'
import { fold, hashesOf, hashSize, nodeHash, subtrees, tileWidth } from './merkle.ts'
import type { Node } from './merkle.ts'

/** Reads full subtrees' roots, in the order asked for. */
export type NodeReader = (nodes: readonly Node[]) => Promise<readonly Buffer[]>

type Range = readonly [from: number, to: number]

/** The largest power of two smaller than n. */
const half = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

const hashRanges = async (ranges: readonly Range[], read: NodeReader): Promise<readonly Buffer[]> => {
  const wanted = ranges.map(([from, to]) => subtrees(from, to))
  const found = await read(wanted.flat())
  let at = 0
  return wanted.map((nodes) =>
    found.slice(at, (at += nodes.length)).reduceRight((right, left) => nodeHash(left, right)),
  )
}

/** The audit path of leaf `index` in the tree of the first `size` leaves. */
export const inclusionProof = (index: number, size: number, read: NodeReader): Promise<readonly Buffer[]> => {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf in a tree of this size')
  const ranges: Range[] = []
  let [lo, hi] = [0, size]
  while (hi - lo > 1) {
    const middle = lo + half(hi - lo)
    if (index < middle) {
      ranges.unshift([middle, hi])
      hi = middle
    } else {
      ranges.unshift([lo, middle])
      lo = middle
    }
  }
  return hashRanges(ranges, read)
}

/** The proof that the tree of the first `second` leaves extends that of the first `first`. */
export const consistencyProof = (
  first: number,
  second: number,
  read: NodeReader,
): Promise<readonly Buffer[]> => {
  if (!(first >= 0 && first <= second)) throw new RangeError('the second tree is smaller than the first')
  if (first === 0 || first === second) return Promise.resolve([])
  const ranges: Range[] = []
  let [lo, hi] = [0, second]
  // While the left edge is that of the whole tree, a first tree that ends the range is what the verifier has.
  while (first < hi) {
    const middle = lo + half(hi - lo)
    if (first <= middle) {
      ranges.unshift([middle, hi])
      hi = middle
    } else {
      ranges.unshift([lo, middle])
      lo = middle
    }
  }
  if (lo > 0) ranges.unshift([lo, hi])
  return hashRanges(ranges, read)
}

/** Reads nodes out of the store's tiles: one call for all the tiles of a proof. */
export const nodesOf =
  (store: Pick<TreeStore, 'tiles'>, stream: Stream): NodeReader =>
  async (nodes) => {
    const places = nodes.map(({ level, index }) => {
      const width = 2 ** (level % 8)
      const first = index * width
      return {
        level: Math.floor(level / 8),
        n: Math.floor(first / tileWidth),
        from: first % tileWidth,
        width,
      }
    })
    const key = (tile: { readonly level: number; readonly n: number }): string => `${tile.level}/${tile.n}`
    const wanted = [...new Map(places.map(({ level, n }) => [key({ level, n }), { level, n }])).values()]
    const tiles = new Map<string, Tile>()
    if (wanted.length > 0) for (const tile of await store.tiles(stream, wanted)) tiles.set(key(tile), tile)
    return places.map((place) => {
      const tile = tiles.get(key(place))
      const end = place.from + place.width
      if (tile === undefined || tile.data.length < end * hashSize)
        throw new IntegrityBroken('tile', place.n * tileWidth ** (place.level + 1))
      return fold(hashesOf(tile.data.subarray(place.from * hashSize, end * hashSize)))
    })
  }
