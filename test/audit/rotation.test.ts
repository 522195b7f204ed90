/** The key of a log is replaced: heads, receipts and pins follow it, and nothing else does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openNote, readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import type { Signer } from '../../src/audit/checkpoint.ts'
import { fsck } from '../../src/audit/fsck.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'
import { announcedKeys } from '../../src/audit/log-keys.ts'
import { receiptOf, verifyReceipt } from '../../src/audit/receipt.ts'
import { rotationBody } from '../../src/audit/rotation.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { Misconfigured } from '../../src/errors.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import {
  first,
  rotatedLog,
  rotationForgeries,
  second,
  stranger,
  third,
  unsoundRotations,
  why,
} from './rotated.ts'
import { at, enrolVkey, refusalBody } from './world.ts'

const pinOf = (signer: Signer): string => `${vkeyOf(signer)}\n`
const signersOf = (note: string): string[] =>
  [first, second, third]
    .filter((one) => {
      try {
        return openNote(note, [readVkey(vkeyOf(one))]).by.length > 0
      } catch {
        return false
      }
    })
    .map(
      (one) =>
        ({ [vkeyOf(first)]: 'first', [vkeyOf(second)]: 'second', [vkeyOf(third)]: 'third' })[vkeyOf(one)]!,
    )

describe('a log whose key was replaced', () => {
  let made: Awaited<ReturnType<typeof rotatedLog>>
  let bundle: Exported
  beforeAll(async () => {
    made = await rotatedLog()
    bundle = await exported(made.store)
  })
  afterAll(() => bundle.done())

  test('the new key signs from the announcement on, the one before it beside it', () => {
    const { before, still, both, after } = made.notes
    expect([before, still, both, after].map(signersOf)).toEqual([
      ['first'],
      ['first'],
      ['first', 'second'],
      ['second', 'third'],
    ])
  })

  test('verifies with any key that it has had, and not with another', async () => {
    for (const pin of [first, second, third]) {
      const verdict = await verifyBundle(bundle.dir, pinOf(pin))
      expect(verdict.findings).toEqual([])
      expect(verdict.exit).toBe(0)
    }
    expect((await verifyBundle(bundle.dir, pinOf(stranger))).exit).toBe(1)
  })

  test.each(rotationForgeries)('%s is noticed', async (_, forge) => {
    forge(bundle)
    bundle.sums()
    expect((await verifyBundle(bundle.dir, pinOf(first))).exit).toBe(1)
    bundle.restore()
  })

  test('receipts and the live check follow it', async () => {
    const { store, anchor, log } = made
    const leaf = store.rows.evidence.leaves[2]!
    const receipt = await receiptOf(store, readVkey(vkeyOf(first)), 'evidence', leaf)
    expect(verifyReceipt(receipt!, [readVkey(vkeyOf(third))]).size).toBe(store.rows.evidence.leaves.length)
    const report = new Report()
    await fsck({ store, anchor, stream: 'evidence', log: readVkey(vkeyOf(first)), enrol: log.enrol, report })
    expect(report.findings).toEqual([])
  })

  test('without the newest key nothing is signed, and the log is not called broken', async () => {
    const { log, one, to } = await rotatedLog()
    to([first, second])
    one.append(refusalBody(21))
    await expect(integrator(log).step(at(61_000))).rejects.toThrow(Misconfigured)
    to([third])
    expect((await integrator(log).step(at(61_000))).did).toBe('advanced')
  })

  test('an announcement that does not follow the key before is never signed', async () => {
    const { store, log, one, to } = await rotatedLog()
    to([third, stranger])
    one.append(rotationBody(second, stranger, why))
    await expect(integrator(log).step(at(61_000))).rejects.toThrow(IntegrityBroken)
    await expect(announcedKeys(store, 'evidence')).rejects.toThrow(IntegrityBroken)
  })
})

test('a rotation that the old key did not sign is noticed though the log was signed with it', async () => {
  for (const [name, bundle] of await unsoundRotations()) {
    expect([name, (await verifyBundle(bundle.dir, `${pinOf(first)}${enrolVkey}\n`)).exit]).toEqual([name, 1])
    bundle.done()
  }
})
