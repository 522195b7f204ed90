/** A log of several trees: records go on over the edge, each tree verifies by itself and all of them together. */
import { describe, expect, test } from 'vitest'
import { readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { fsck } from '../../src/audit/fsck.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import { halfYearOf } from '../../src/audit/shard.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exported } from './forge.ts'
import { first, second } from './rotated.ts'
import { shardForgeries, shardedBundle, shardedLog, unsoundShards } from './sharded.ts'
import { pinText, tidOf } from './world.ts'

const log = readVkey(vkeyOf(first))

describe('a log of three trees, with a new key and pruned records', () => {
  test('verifies with the first pin and with the newest', async () => {
    const bundle = await shardedBundle()
    for (const pin of [pinText, `${vkeyOf(second)}\n`]) {
      const verdict = await verifyBundle(bundle.dir, pin)
      expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
      expect([verdict.exit, verdict.open]).toEqual([0, 0])
      expect(verdict.logs.map(({ origin }) => origin)).toEqual(
        ['', '/2027h1', '/2027h2'].map((name) => `${first.name}${name}`),
      )
    }
    bundle.done()
  })

  test('receipts name the tree that holds the record', async () => {
    const { store } = await shardedLog()
    for (const [tid, kind, name] of [
      [tidOf(9000), 'outcome', `${first.name}/2027h1`],
      [tidOf(9014), 'intent', `${first.name}/2027h1`],
      [tidOf(9014), 'outcome', `${first.name}/2027h2`],
    ] as const) {
      const given = await receipt(store, log, tid, kind)
      expect(given?.origin).toBe(name)
      const known = [first, second].map(({ key }) => readVkey(vkeyOf({ name, key })))
      expect(verifyReceipt(given!, known).origin).toBe(name)
    }
  })

  test('fsck reads all of them', async () => {
    const { store, anchor, log: ask } = await shardedLog()
    const report = new Report()
    const read = await fsck({ ...{ store, anchor, stream: 'evidence', log, report }, enrol: ask().enrol })
    expect(report.findings.filter(({ level }) => level !== 'note')).toEqual([])
    expect(read).toBe(store.rows.evidence.leaves.length)
  })

  test('forged is noticed', async () => {
    const [bundle, another] = await Promise.all([shardedBundle(), shardedBundle()])
    for (const [name, exit, forge] of shardForgeries) {
      forge(bundle, another)
      bundle.sums()
      expect([name, (await verifyBundle(bundle.dir, pinText)).exit]).toEqual([name, exit])
      bundle.restore()
    }
    for (const one of [bundle, another]) one.done()
  })
})

test.each(unsoundShards)('%s: exit %i', async (_, exit, word, make) => {
  const bundle = await exported(await make())
  const verdict = await verifyBundle(bundle.dir, pinText)
  bundle.done()
  expect(verdict.findings.map(({ what }) => what).join('\n')).toContain(word)
  expect(verdict.exit).toBe(exit)
})

test('half-years are those of UTC', () => {
  expect(
    ['2026-06-30T23:59:59.999Z', '2026-07-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'].map((t) =>
      halfYearOf(new Date(t)),
    ),
  ).toEqual(['2026h1', '2026h2', '2027h1'])
})
