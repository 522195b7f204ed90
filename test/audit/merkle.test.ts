import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendLeaf,
  edgeOf,
  emptyRoot,
  hashesOf,
  leafHash,
  nodeHash,
  readEntries,
  rootOf,
  TileEdge,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  writeEntries,
} from '../../src/audit/merkle.ts'
import type { HashTile } from '../../src/audit/merkle.ts'
import { consistencyProof, inclusionProof, nodesOf } from '../../src/audit/proof.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

/** Reference vectors of Certificate Transparency's Merkle tree tests (RFC 6962). */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => leafHash(Buffer.from(text, 'hex')))
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const n01 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const n67 = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const n4567 = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const leaf1 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const leaf4 = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const n45 = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'

/** RFC 9162 §2.1.1, word by word: the slow truth. */
const rootByDefinition = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

/** A store of nothing but tiles, grown leaf by leaf. */
const grown = (leaves: readonly Buffer[]) => {
  const tiles = new Map<string, HashTile>()
  const keep = (tile: HashTile): void => void tiles.set(`${tile.level}/${tile.n}`, tile)
  const edge = new TileEdge()
  for (const leaf of leaves) edge.push(leaf, keep)
  edge.partial().forEach(keep)
  const store = {
    asked: 0,
    tiles: async (_: unknown, wanted: readonly { level: number; n: number }[]) => {
      store.asked += wanted.length
      return wanted.flatMap(({ level, n }) => tiles.get(`${level}/${n}`) ?? [])
    },
  }
  return { tiles, edge, store, read: nodesOf(store, 'evidence') }
}

const many = Array.from({ length: 70_000 }, (_, i) => leafHash(Buffer.from(String(i))))
const big = grown(many)
const rootsOfMany = (() => {
  const frontier: Buffer[] = []
  return many.map((leaf, size) => {
    appendLeaf(frontier, size, leaf)
    return rootOf(frontier)
  })
})()

describe('the tree agrees with the reference vectors', () => {
  test('the empty tree', () =>
    expect(hex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'))

  test.each(roots.map((root, i) => [i + 1, root] as const))('root of %i leaves', (size, root) => {
    const frontier: Buffer[] = []
    inputs.slice(0, size).forEach((leaf, i) => appendLeaf(frontier, i, leaf))
    expect(hex(rootOf(frontier))).toBe(root)
  })

  test.each([
    [0, 1, []],
    [0, 8, [leaf1, n01, n4567]],
    [5, 8, [leaf4, n67, roots[3]!]],
    [2, 3, [roots[1]!]],
    [1, 5, [roots[0]!, n01, leaf4]],
  ])('audit path of leaf %i in a tree of %i', async (index, size, path) => {
    const proof = await inclusionProof(index, size, grown(inputs).read)
    expect(proof.map(hex)).toEqual(path)
    expect(verifyInclusion(index, size, inputs[index]!, proof, Buffer.from(roots[size - 1]!, 'hex'))).toBe(
      true,
    )
  })

  test.each([
    [1, 1, []],
    [1, 8, [leaf1, n01, n4567]],
    [6, 8, [n45, n67, roots[3]!]],
    [2, 5, [n01, leaf4]],
  ])('consistency of %i with %i', async (first, second, path) => {
    const proof = await consistencyProof(first, second, grown(inputs).read)
    expect(proof.map(hex)).toEqual(path)
    const [a, b] = [first, second].map((size) => Buffer.from(roots[size - 1]!, 'hex'))
    expect(verifyConsistency(first, second, proof, a!, b!)).toBe(true)
  })
})

describe('for trees of every shape', () => {
  const size = fc.integer({ min: 1, max: many.length })

  test('frontier, tiles and definition give the same root', () => {
    for (const n of [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 600, 1000]) {
      const { edge } = grown(many.slice(0, n))
      expect(hex(rootOf(edge.frontier()))).toBe(hex(rootsOfMany[n - 1]!))
      expect(hex(rootByDefinition(many.slice(0, n)))).toBe(hex(rootsOfMany[n - 1]!))
    }
    expect(hex(rootOf(big.edge.frontier()))).toBe(hex(rootsOfMany.at(-1)!))
  })

  test('every leaf of every tree up to 40 leaves, every pair of trees up to 40', async () => {
    for (let n = 1; n <= 40; n += 1) {
      for (let i = 0; i < n; i += 1) {
        const proof = await inclusionProof(i, n, big.read)
        expect(verifyInclusion(i, n, many[i]!, proof, rootsOfMany[n - 1]!)).toBe(true)
      }
      for (let m = 1; m <= n; m += 1) {
        const proof = await consistencyProof(m, n, big.read)
        expect(verifyConsistency(m, n, proof, rootsOfMany[m - 1]!, rootsOfMany[n - 1]!)).toBe(true)
      }
    }
  })

  test('a proof from tiles holds, and nothing near it does', () =>
    fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), async (n, a, b) => {
        const index = a % n
        const root = rootsOfMany[n - 1]!
        const proof = await inclusionProof(index, n, big.read)
        expect(verifyInclusion(index, n, many[index]!, proof, root)).toBe(true)
        const other = b % n
        expect(other !== index && verifyInclusion(other, n, many[index]!, proof, root)).toBe(false)
        expect(verifyInclusion(index, n, many[(index + 1) % many.length]!, proof, root)).toBe(false)
        expect(verifyInclusion(index, n, many[index]!, [...proof, root], root)).toBe(false)
        expect(verifyInclusion(index, n, many[index]!, proof.slice(1), root)).toBe(n === 1)
        const bent = proof.map((hash, i) => (i === b % proof.length ? Buffer.from(hash).fill(b, 0, 1) : hash))
        const differs = bent.some((hash, i) => !hash.equals(proof[i]!))
        expect(differs && verifyInclusion(index, n, many[index]!, bent, root)).toBe(false)
      }),
    ))

  test('a tree is consistent with its past and with no other', () =>
    fc.assert(
      fc.asyncProperty(size, fc.nat(), async (n, a) => {
        const m = (a % n) + 1
        const [first, second] = [rootsOfMany[m - 1]!, rootsOfMany[n - 1]!]
        const proof = await consistencyProof(m, n, big.read)
        expect(verifyConsistency(m, n, proof, first, second)).toBe(true)
        expect(verifyConsistency(m, n, proof, emptyRoot, second)).toBe(false)
        expect(verifyConsistency(m, n, proof, first, emptyRoot)).toBe(false)
        expect(verifyConsistency(m, n, [...proof, first], first, second)).toBe(false)
        expect(proof.length > 0 && verifyConsistency(m, n, proof.slice(1), first, second)).toBe(false)
        expect(m < n && verifyConsistency(n, m, proof, second, first)).toBe(false)
      }),
    ))

  test('a proof costs a few tiles, not the leaves', async () => {
    big.store.asked = 0
    await inclusionProof(12_345, many.length, big.read)
    expect(big.store.asked).toBeLessThanOrEqual(5)
  })

  test('a missing or short tile is an integrity error, not a wrong proof', async () => {
    const read = nodesOf({ tiles: async () => [] }, 'evidence')
    await expect(inclusionProof(3, 9, read)).rejects.toThrow(IntegrityBroken)
  })
})

describe('tiles are those of C2SP tlog-tiles', () => {
  test.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
    [1, 273, 112, 'tile/1/273.p/112'],
    ['entries' as const, 1000, 1, 'tile/entries/x001/000.p/1'],
  ])('level %s number %i width %i', (level, n, width, path) => expect(tilePath(level, n, width)).toBe(path))

  test('a tree of 70,000 has the tiles of the specification’s example', () => {
    expect(edgeOf(70_000)).toEqual([
      { level: 0, n: 273, width: 112 },
      { level: 1, n: 1, width: 17 },
      { level: 2, n: 0, width: 1 },
    ])
    const full = [...big.tiles.values()].filter((tile) => tile.width === 256)
    expect(full.filter((tile) => tile.level === 0)).toHaveLength(273)
    expect(full.filter((tile) => tile.level === 1)).toHaveLength(1)
    expect(edgeOf(256)).toEqual([{ level: 1, n: 0, width: 1 }])
  })

  test('an edge begun in the middle goes on as if it had seen all', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 700 }), (start, more) => {
        const before = grown(many.slice(0, start)).edge
        const edge = new TileEdge(start, before.partial())
        for (const leaf of many.slice(start, start + more)) edge.push(leaf, () => undefined)
        const whole = grown(many.slice(0, start + more)).edge
        expect(edge.partial()).toEqual(whole.partial())
      }),
      { numRuns: 30 },
    ))

  test('an upper tile holds the roots of the full tiles below', () => {
    const upper = hashesOf(big.tiles.get('1/0')!.data)
    expect(hex(upper[3]!)).toBe(hex(rootByDefinition(many.slice(768, 1024))))
  })

  test('an entry bundle reads back, and one cut anywhere does not come out even', () => {
    const leaves = [Buffer.from('{}'), Buffer.alloc(0), Buffer.alloc(65_535, 7)]
    const bundle = writeEntries(leaves)
    expect(readEntries(bundle)).toEqual(leaves)
    expect(readEntries(bundle.subarray(0, 1))).toBeUndefined()
    expect(readEntries(bundle.subarray(0, 3))).toBeUndefined()
    expect(readEntries(bundle.subarray(0, -1))).toBeUndefined()
  })
})
