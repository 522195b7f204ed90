/**
 * The Merkle tree of RFC 9162 §2.1 and its tiles (C2SP tlog-tiles, height 8). Hashes are 32-byte Buffers, sizes
 * and indices are integers below 2^53, so they are halved by division and never by bit operations.
 */
import { hash } from 'node:crypto'

export const hashSize = 32
export const tileWidth = 256

// A text of bytes (`binary`) comes out of node:crypto three times faster than a Buffer.
const sha256 = (bytes: Buffer): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')

/** RFC 9162 §2.1.1: the root of no leaves. */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0))

const leafScratch = Buffer.alloc(1 + 65_535)

/** SHA-256(0x00 ‖ body): the prefix keeps a leaf from posing as a node. */
export const leafHash = (body: Buffer): Buffer => {
  if (body.length > 65_535) return sha256(Buffer.concat([Buffer.of(0), body]))
  body.copy(leafScratch, 1)
  return sha256(leafScratch.subarray(0, body.length + 1))
}

/** A pruned leaf has lost its bytes and kept its hash: no record is empty. */
export const hashOf = (leaf: { readonly body: Buffer; readonly hash: Buffer }): Buffer =>
  leaf.body.length === 0 ? leaf.hash : leafHash(leaf.body)

const nodeScratch = Buffer.alloc(1 + 2 * hashSize, 1)

/** SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  left.copy(nodeScratch, 1)
  right.copy(nodeScratch, 1 + hashSize)
  return sha256(nodeScratch)
}

/** Adds a leaf hash to the right edge of a tree of `size` leaves (in place): `frontier`, largest subtree first. */
export const appendLeaf = (frontier: Buffer[], size: number, leaf: Buffer): void => {
  let node = leaf
  for (let left = size; left % 2 === 1; left = (left - 1) / 2) node = nodeHash(frontier.pop()!, node)
  frontier.push(node)
}

/** The root over the full subtrees of the right edge, largest first. */
export const rootOf = (frontier: readonly Buffer[]): Buffer =>
  frontier.length === 0 ? emptyRoot : frontier.reduceRight((right, left) => nodeHash(left, right))

/** A node of the tree: the root of the full subtree over leaves [index × 2^level, (index + 1) × 2^level). */
export interface Node {
  readonly level: number
  readonly index: number
}

/** The full subtrees that cover leaves [from, to), in order; `from` is a multiple of the largest of them. */
export const subtrees = (from: number, to: number): readonly Node[] => {
  const out: Node[] = []
  for (let at = from; at < to;) {
    let level = 0
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      width *= 2
      level += 1
    }
    out.push({ level, index: at / width })
    at += width
  }
  return out
}

/** RFC 9162 §2.1.3.2. False for anything that is not exactly the proof. */
export const verifyInclusion = (
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
  root: Buffer,
): boolean => {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let fn = index
  let sn = size - 1
  let r = leaf
  for (const p of proof) {
    if (sn === 0 || p.length !== hashSize) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      r = nodeHash(r, p)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && r.equals(root)
}

/** RFC 9162 §2.1.4.2; an empty first tree is consistent with anything and needs an empty proof. */
export const verifyConsistency = (
  first: number,
  second: number,
  proof: readonly Buffer[],
  firstRoot: Buffer,
  secondRoot: Buffer,
): boolean => {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second)
    return false
  if (proof.some((p) => p.length !== hashSize)) return false
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot)
  if (first === 0) return proof.length === 0 && firstRoot.equals(emptyRoot)
  let fn = first - 1
  let sn = second - 1
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2
    sn = Math.floor(sn / 2)
  }
  // A first tree that is a full subtree is its own first hash (§2.1.4.2 step 2).
  const path = fn === 0 ? [firstRoot, ...proof] : proof
  if (path[0] === undefined) return false
  let fr = path[0]
  let sr = path[0]
  for (const c of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      sr = nodeHash(sr, c)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot)
}

/** The root of 2^n hashes laid side by side. */
export const fold = (hashes: readonly Buffer[]): Buffer => {
  let row = hashes
  while (row.length > 1) {
    const up: Buffer[] = []
    for (let i = 0; i + 1 < row.length; i += 2) up.push(nodeHash(row[i]!, row[i + 1]!))
    row = up
  }
  return row[0] ?? emptyRoot
}

/** A tile as stored and served: `width` hashes of level 8 × `level`, beginning with number 256 × `n`. */
export interface HashTile {
  readonly level: number
  readonly n: number
  readonly width: number
  readonly data: Buffer
}

/** Where C2SP tlog-tiles serves a tile: `tile/0/x001/x234/067.p/12`. */
export const tilePath = (level: number | 'entries', n: number, width: number): string => {
  const digits = String(n)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const place = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ''}`
}

/** The partial tiles of a tree of `size` leaves: at each level floor(size / 256^level) mod 256 hashes. */
export const edgeOf = (size: number): readonly Omit<HashTile, 'data'>[] => {
  const out: Omit<HashTile, 'data'>[] = []
  for (let level = 0, left = size; left > 0; level += 1, left = Math.floor(left / tileWidth)) {
    if (left % tileWidth > 0) out.push({ level, n: Math.floor(left / tileWidth), width: left % tileWidth })
  }
  return out
}

export const hashesOf = (data: Buffer): Buffer[] =>
  Array.from({ length: Math.floor(data.length / hashSize) }, (_, i) =>
    data.subarray(i * hashSize, (i + 1) * hashSize),
  )

/**
 * The right edge of a growing tree, as tiles: takes leaf hashes in order, hands out each tile when it is full.
 * Begun with the partial tiles of the tree as it stands.
 */
export class TileEdge {
  readonly #rows: { n: number; hashes: Buffer[] }[] = []

  constructor(size = 0, edge: readonly HashTile[] = []) {
    for (let level = 0, left = size; left > 0; level += 1, left = Math.floor(left / tileWidth)) {
      const tile = edge.find((one) => one.level === level)
      const hashes = left % tileWidth === 0 || tile === undefined ? [] : hashesOf(tile.data)
      this.#rows.push({ n: Math.floor(left / tileWidth), hashes: hashes.slice(0, left % tileWidth) })
    }
  }

  /** `full` may be called once per level. */
  push(leaf: Buffer, full: (tile: HashTile) => void): void {
    let node = leaf
    for (let level = 0; ; level += 1) {
      const row = (this.#rows[level] ??= { n: 0, hashes: [] })
      row.hashes.push(node)
      if (row.hashes.length < tileWidth) return
      full({ level, n: row.n, width: tileWidth, data: Buffer.concat(row.hashes) })
      node = fold(row.hashes)
      row.n += 1
      row.hashes = []
    }
  }

  partial(): readonly HashTile[] {
    return this.#rows.flatMap(({ n, hashes }, level) =>
      hashes.length === 0 ? [] : [{ level, n, width: hashes.length, data: Buffer.concat(hashes) }],
    )
  }

  /** The full subtrees of the right edge, largest first: the same that appendLeaf keeps. */
  frontier(): Buffer[] {
    return this.#rows
      .toReversed()
      .flatMap(({ hashes }) =>
        subtrees(0, hashes.length).map(({ level, index }) =>
          fold(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
        ),
      )
  }
}

/** An entry bundle: each leaf behind its length as a big-endian 16-bit number. */
export const writeEntries = (leaves: readonly Buffer[]): Buffer =>
  Buffer.concat(
    leaves.flatMap((leaf) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(leaf.length)
      return [length, leaf]
    }),
  )

/** The leaves of an entry bundle, or undefined if its bytes do not come out even. */
export const readEntries = (data: Buffer): Buffer[] | undefined => {
  const out: Buffer[] = []
  for (let at = 0; at < data.length;) {
    if (at + 2 > data.length) return undefined
    const end = at + 2 + data.readUInt16BE(at)
    if (end > data.length) return undefined
    out.push(data.subarray(at + 2, end))
    at = end
  }
  return out
}
