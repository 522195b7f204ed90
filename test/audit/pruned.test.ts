/** Records whose retention is over lose their bytes; all that was ever signed of them still holds. */
import { describe, expect, test } from 'vitest'
import { readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { fsck } from '../../src/audit/fsck.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { receiptOf, verifyReceipt } from '../../src/audit/receipt.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exported } from './forge.ts'
import {
  empty,
  later,
  prune,
  pruneForgeries,
  prunedBundle,
  prunedLog,
  soundPrunings,
  unsoundPrunings,
} from './pruned.ts'
import { pinText, refusalBody, signerOf } from './world.ts'

const key = readVkey(vkeyOf(signerOf('evidence')))

describe('a pruned log', () => {
  test('verifies, says how many are gone, and so do bundle and receipt of before', async () => {
    const { store, log, one, to, count, make, integrate } = await prunedLog(300)
    await make(prune(0, to, count))
    const before = await exported(store)
    const receipt = await receiptOf(store, key, 'evidence', store.rows.evidence.leaves[9]!)
    expect(empty(store, 0, to)).toBe(count)
    const bundle = await exported(store)
    const verdict = await verifyBundle(bundle.dir, pinText)
    expect(verdict.findings.map(({ level, what }) => [level, what])).toEqual([
      ['note', `${count} records below ${to} were pruned: their retention was over`],
    ])
    expect(verdict.exit).toBe(0)
    expect(bundle.read('entries.jsonl').toString()).toContain('"pruned":true')
    expect((await verifyBundle(before.dir, pinText)).exit).toBe(0)
    expect(verifyReceipt(receipt!, [key]).size).toBe(store.rows.evidence.leaves.length)
    // and it grows on
    one.append({ ...refusalBody(9500), t: later(9).toISOString() })
    await integrate()
    expect((await integrator(log).step(later(10))).did).toBe('nothing')
    const report = new Report()
    await fsck({ ...log, log: key, report })
    expect(report.findings.filter(({ level }) => level !== 'note')).toEqual([])
    for (const one of [before, bundle]) one.done()
  })

  test('in several stretches, after a hold, half done', async () => {
    for (const [name, store] of await soundPrunings()) {
      const bundle = await exported(store)
      expect([name, (await verifyBundle(bundle.dir, pinText)).exit]).toEqual([name, 0])
      bundle.done()
    }
  })

  test.each(unsoundPrunings)('pruned %s is noticed', async (_, word, make) => {
    const bundle = await exported(await make())
    const { exit, findings } = await verifyBundle(bundle.dir, pinText)
    bundle.done()
    expect(findings.map(({ what }) => what).join('\n')).toContain(word)
    expect(exit).toBe(1)
  })

  test('forged afterwards is noticed', async () => {
    const bundle = await prunedBundle()
    for (const [name, exit, forge] of pruneForgeries) {
      forge(bundle)
      bundle.sums()
      expect([name, (await verifyBundle(bundle.dir, pinText)).exit]).toEqual([name, exit])
      bundle.restore()
    }
    bundle.done()
  })
})
