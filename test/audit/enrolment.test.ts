/** Who may seal: a replaced enrolment key is followed from any pin, and a revoked boot counts until it was revoked. */
import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fsck } from '../../src/audit/fsck.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import {
  enrolledBy,
  enrolledLog,
  first,
  pinned,
  revocation,
  rotation,
  second,
  signed,
  third,
  unrelated,
  unsoundEnrolments,
} from './enrolled.ts'
import { exported, keys } from './forge.ts'
import { instance, logOf, refusalBody } from './world.ts'

test('a log verifies from each enrolment key that it has had, and from no other', async () => {
  const { store } = await enrolledLog()
  const bundle = await exported(store)
  for (const key of [first, second, third]) {
    const { exit, findings } = await verifyBundle(bundle.dir, pinned(key))
    expect([findings, exit]).toEqual([[], 0])
  }
  const { exit, findings } = await verifyBundle(bundle.dir, pinned(unrelated))
  expect([exit, findings.map(({ what }) => what)]).toEqual([
    1,
    ['the log does not lead to the pinned enrolment key'],
  ])
  bundle.done()
})

test.each(['first', 'second', 'third'] as const)(
  'an integrator and fsck that trust the %s key follow it, wherever they begin',
  async (which) => {
    const own = { first, second, third }[which]
    const { store, one, three } = await enrolledLog()
    one.append(refusalBody(49))
    three.append(refusalBody(56))
    await signed(store, own)
    expect((await store.tree('evidence')).size).toBe((await store.head('evidence')).size)
    const report = new Report()
    const { anchor } = logOf(store)
    const log = keys.log
    await fsck({ store, anchor, stream: 'evidence', log, enrol: createPublicKey(own.key), report })
    expect(report.findings).toEqual([])
  },
)

test.each(unsoundEnrolments)('%s is noticed', async (_, word, make) => {
  const bundle = await exported(make())
  const { exit, findings } = await verifyBundle(bundle.dir, pinned(first))
  expect([exit, findings.some(({ what }) => what.includes(word))]).toEqual([1, true])
  bundle.done()
})

test('what a revoked boot sealed before stays good, and nothing after it is signed', async () => {
  const { store, two } = await enrolledLog()
  const size = (await store.tree('evidence')).size
  two.append(refusalBody(63))
  await expect(signed(store)).rejects.toThrow(new IntegrityBroken('revoked', size))
  expect((await store.tree('evidence')).size).toBe(size)
})

test.each([
  ['a boot by the key before', () => first, 'boot'],
  ['a boot by a stranger', () => unrelated, 'boot'],
] as const)('%s is not signed', async (_, by, what) => {
  const { store } = await enrolledLog()
  const { size } = await store.head('evidence')
  enrolledBy(store, by(), 'gateway-9')
  await expect(signed(store)).rejects.toThrow(new IntegrityBroken(what, size))
})

test('a stranger’s announcement is not signed, and leads nobody astray', async () => {
  const store = memoryTreeStore()
  const one = instance(store)
  const [index] = one.append(rotation(unrelated, second))
  await expect(signed(store)).rejects.toThrow(new IntegrityBroken('record', index!))
  await expect(signed(store, second)).rejects.toThrow(IntegrityBroken)
})

test('the same revocation, and one of a boot that never was, harm nobody', async () => {
  const { store, one, two } = await enrolledLog()
  one.append(revocation(two.boot.boot), revocation('f'.repeat(32)))
  await signed(store)
  const bundle = await exported(store)
  expect((await verifyBundle(bundle.dir, pinned(third))).exit).toBe(0)
  bundle.done()
})
