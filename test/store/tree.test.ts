import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { TreeState } from '../../src/audit/log.ts'
import { openAnchor } from '../../src/store/anchor.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { freshDatabase } from './database.ts'
import { ledgerOn, workOf } from './records.ts'

const database = await freshDatabase()
const { ledger, publicKey } = await ledgerOn(database.pool('douane_gateway'))
const store = openTreeStore(database.pool('douane_integrator'))
afterAll(() => ledger.stop())

const sha = (text: string): Buffer => createHash('sha256').update(text).digest()
const state = (size: number): TreeState => ({
  size,
  root: sha(`root ${size}`),
  frontier: [sha('a'), sha('b')].slice(0, size > 0 ? 2 : 0),
})
const empty: TreeState = { size: 0, root: sha(''), frontier: [] }
const signed = (size: number) => ({ note: `note ${size}`, at: new Date(1_790_000_000_000 + size) })

describe('the tree', () => {
  test('begins empty: the root of no leaves is the hash of nothing', async () => {
    expect(await store.tree('evidence')).toEqual(empty)
    expect(await store.checkpoint('evidence')).toBeNull()
  })

  test('of integrators that grow it from the same size, one does; tiles and checkpoint come with it', async () => {
    const tile = { level: 0, n: 0, width: 2, data: Buffer.concat([sha('1'), sha('2')]) }
    const tries = [2, 3, 4].map((size) => store.advance('evidence', empty, state(size), [tile], signed(size)))
    const done = await Promise.all(tries)
    expect(done.filter(Boolean)).toHaveLength(1)
    const size = [2, 3, 4][done.indexOf(true)]!
    expect(await store.tree('evidence')).toEqual(state(size))
    expect(await store.checkpoint('evidence')).toEqual({ size, ...signed(size) })
    expect(
      await store.tiles('evidence', [
        { level: 0, n: 0 },
        { level: 1, n: 0 },
      ]),
    ).toEqual([tile])
    const wider = { ...tile, width: 3, data: Buffer.concat([tile.data, sha('3')]) }
    expect(await store.advance('evidence', state(size), state(9), [wider], signed(9))).toBe(true)
    // a tile never becomes narrower again
    expect(await store.advance('evidence', state(9), state(10), [tile], signed(10))).toBe(true)
    expect(await store.tiles('evidence', [{ level: 0, n: 0 }])).toEqual([wider])
  })

  test('a heartbeat is the newest note of the same size', async () => {
    const at = new Date('2027-01-01T00:00:00.000Z')
    await store.publish('evidence', 10, 'note 10 again', at)
    expect(await store.checkpoint('evidence')).toEqual({ size: 10, note: 'note 10 again', at })
  })

  test('batches that touch a stretch are all given, the one before it that reaches in too', async () => {
    await Promise.all(Array.from({ length: 300 }, () => ledger.commit(workOf())))
    const { size } = await store.head('evidence')
    const batches = []
    for await (const batch of store.batches('evidence', 0, size)) batches.push(batch)
    expect(batches.reduce((sum, batch) => sum + batch.n, 0)).toBe(size)
    const last = batches.at(-1)!
    const inside = []
    for await (const batch of store.batches('evidence', last.first + 1, size)) inside.push(batch.first)
    expect(inside).toEqual([last.first])
    expect(publicKey).toMatch(/^[A-Za-z0-9+/]+=*$/)
  })

  test('a leaf that is not there is a gap, not a shorter log', async () => {
    const { size } = await store.head('evidence')
    const read = async (): Promise<number> => {
      let count = 0
      for await (const leaf of store.leaves('evidence', 0, size + 1)) count += leaf.body.length > 0 ? 1 : 0
      return count
    }
    await expect(read()).rejects.toMatchObject({ name: 'IntegrityBroken', what: 'gap', index: size })
  })

  test.each(['', 'x', `'; --`, '0'.repeat(31)])('an id that is none (%j) is not found', async (tid) => {
    expect(await store.find(tid)).toEqual([])
  })
})

describe('the anchor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'douane-anchor-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const root = (text: string): string => sha(text).toString('hex')

  test('moves forward only, from where it is, for each stream by itself', async () => {
    const path = join(folder, 'anchor')
    const anchor = openAnchor(path)
    const [five, nine] = [
      { size: 5, root: root('5') },
      { size: 9, root: root('9') },
    ]
    expect(await anchor.read('evidence')).toBeNull()
    expect(await anchor.advance('evidence', null, five)).toBe(true)
    expect(await anchor.advance('evidence', null, nine)).toBe(false)
    expect(await anchor.advance('access', null, nine)).toBe(true)
    expect(await anchor.advance('evidence', five, nine)).toBe(true)
    expect(await anchor.advance('evidence', nine, five)).toBe(false)
    expect(await openAnchor(path).read('evidence')).toEqual(nine)
    expect(await anchor.read('access')).toEqual(nine)
  })

  test('of many that move it at once, one does', async () => {
    const path = join(folder, 'raced')
    const all = Array.from({ length: 12 }, (_, i) =>
      openAnchor(path).advance('evidence', null, { size: i + 1, root: root(String(i)) }),
    )
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1)
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test.each(['', '{', '[1]', '{"evidence":{"size":-1,"root":"x"}}'])(
    'a damaged file (%j) is said, never taken for none',
    async (text) => {
      const path = join(folder, 'damaged')
      writeFileSync(path, text)
      await expect(openAnchor(path).read('evidence')).rejects.toThrow('damaged')
      expect(existsSync(path)).toBe(true)
    },
  )
})
