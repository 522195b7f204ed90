/**
 * The Merkle tree of RFC 9162 §2.1 and its tiles (C2SP tlog-tiles, height 8). Hashes are 32-byte Buffers, sizes
 * and indices are integers below 2^53, so they are halved by division and never by bit operations.
 */
import { hash } from 'node:crypto'

export const hashSize = 32
export const tileWidth = 256

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer')

/** RFC 9162 §2.1.1: the root of no leaves. */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0))

const leafScratch = Buffer.alloc(1 + 65_535)

/** SHA-256(0x00 ‖ body): the prefix keeps a leaf from posing as a node. */
export const leafHash = (body: Buffer): Buffer => {
  if (body.length > 65_535) return sha256(Buffer.concat([Buffer.of(0), body]))
  body.copy(leafScratch, 1)
  return sha256(leafScratch.subarray(0, body.length + 1))
}

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
