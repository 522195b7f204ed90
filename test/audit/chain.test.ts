import { createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BootChain, newBoot, verifyBatch } from '../../src/audit/chain.ts'
import { canonical, readCanonical } from '../../src/audit/canonical.ts'
import { leafHash } from '../../src/audit/merkle.ts'
import { checkRecord, RecordInvalid } from '../../src/audit/record.ts'
import { bootKey } from '../../src/audit/seal.ts'
import type { BootBody, Chained } from '../../src/model/record.ts'
import { bootRecord, enrol, intentBody, outcomeBody, refusalBody, someBoot } from './records.ts'

const started = () => {
  const boot = someBoot()
  const chain = new BootChain(boot, 'evidence')
  const first = chain.seal([bootRecord(boot)])
  chain.advance(first)
  return { boot, chain, first }
}

describe('the chain of a boot', () => {
  test('each record names its place and the hash of the one before', () => {
    const { chain, first, boot } = started()
    const batch = chain.seal([intentBody(1), intentBody(2), outcomeBody(1, 1)])
    const records = [...first.leaves, ...batch.leaves].map((leaf) => checkRecord(readCanonical(leaf.body)))
    expect(records.map((r) => r.iseq)).toEqual([0, 1, 2, 3])
    expect(records[0]!.iprev).toBe('0'.repeat(64))
    for (const [i, leaf] of [...first.leaves, ...batch.leaves].slice(0, 3).entries()) {
      expect(records[i + 1]!.iprev).toBe(leafHash(leaf.body).toString('hex'))
    }
    expect(verifyBatch('evidence', batch, boot.publicKey)).toBe(true)
    expect(verifyBatch('access', batch, boot.publicKey)).toBe(false)
  })

  test('a batch that was not committed is rebuilt, not half kept', () => {
    const { chain } = started()
    const failed = chain.seal([intentBody(1), intentBody(2)])
    const again = chain.seal([intentBody(2)])
    expect(again.firstIseq).toBe(failed.firstIseq)
    expect(again.batch).not.toBe(failed.batch)
    chain.advance(again)
    expect(() => chain.advance(failed)).toThrow(RecordInvalid)
    expect(chain.next).toBe(2)
  })

  test('no chain begins without its boot record, and none has two', () => {
    const boot = someBoot()
    const chain = new BootChain(boot, 'evidence')
    expect(() => chain.seal([intentBody(1)])).toThrow(RecordInvalid)
    expect(() => chain.seal([bootRecord(boot), bootRecord(boot)])).toThrow(RecordInvalid)
    expect(() => chain.seal([])).toThrow(RecordInvalid)
  })

  test('a record that a verifier would refuse never becomes a leaf', () => {
    const { chain } = started()
    expect(() => chain.seal([intentBody(1, { bytes: 1.5 })])).toThrow(RecordInvalid)
    expect(() =>
      chain.seal([intentBody(1, { rules: Array.from({ length: 20 }, () => 'r'.repeat(4096)) })]),
    ).toThrow('65,535')
    expect(chain.next).toBe(1)
  })

  test('a clock that went back closes the chain until it has caught up; a late end of a transfer does not', () => {
    const { chain } = started()
    chain.advance(chain.seal([intentBody(3_600_000), intentBody(1)]))
    expect(() => chain.seal([intentBody(2)])).toThrow('went back')
    expect(chain.seal([intentBody(3_590_000), outcomeBody(1, 2)]).leaves).toHaveLength(2)
  })

  test('an absent fact is a left-out key', () => {
    const { chain } = started()
    const { leaves } = chain.seal([
      outcomeBody(1, 1, { status: undefined, answer: undefined, end: 'not_sent' }),
    ])
    expect(leaves[0]!.body.toString()).not.toMatch(/status|answer/)
  })

  test('transfer records are found by their transfer, others by something unique', () => {
    const { chain, first, boot } = started()
    const batch = chain.seal([
      refusalBody(9),
      { v: 1, k: 'policy', t: '2026-11-23T08:00:00.000Z', bundle: 'b'.repeat(64), by: 'dpo' },
    ])
    expect(first.leaves[0]!.tid).toBe(boot.boot)
    expect(batch.leaves.map((leaf) => leaf.tid)).toEqual([
      '00000000000000000000000000000009',
      batch.leaves[1]!.hash.toString('hex', 0, 16),
    ])
  })

  test('another boot key, a changed leaf, a changed place: the seal does not hold', () => {
    const { chain, boot } = started()
    const batch = chain.seal([intentBody(1), intentBody(2)])
    const [a, b] = batch.leaves
    expect(verifyBatch('evidence', batch, someBoot().publicKey)).toBe(false)
    expect(verifyBatch('evidence', { ...batch, leaves: [b!, a!] }, boot.publicKey)).toBe(false)
    expect(verifyBatch('evidence', { ...batch, leaves: [a!] }, boot.publicKey)).toBe(false)
    expect(verifyBatch('evidence', { ...batch, firstIseq: 7 }, boot.publicKey)).toBe(false)
    const body = Buffer.from(a!.body)
    body[5]! ^= 1
    expect(verifyBatch('evidence', { ...batch, leaves: [{ ...a!, body }, b!] }, boot.publicKey)).toBe(false)
  })

  test('a boot is certified by the enrolment key, and by no other', () => {
    const boot = someBoot()
    const [leaf] = new BootChain(boot, 'evidence').seal([bootRecord(boot)]).leaves
    const record = checkRecord(readCanonical(leaf!.body)) as BootBody & Chained
    const enrolKey = createPublicKey(enrol.privateKey)
    expect(bootKey(record, enrolKey)?.asymmetricKeyType).toBe('ed25519')
    expect(bootKey({ ...record, boot: 'other' }, enrolKey)).toBeUndefined()
    expect(bootKey({ ...record, inst: 'other' }, enrolKey)).toBeUndefined()
    expect(bootKey({ ...record, key: someBoot().publicKey }, enrolKey)).toBeUndefined()
    expect(bootKey(record, createPublicKey(newBoot('x', enrol.privateKey, 'e').key))).toBeUndefined()
  })
})

test('a record that was spelt before it had its place reads as if it had been written whole', () => {
  const boot = someBoot()
  const chain = new BootChain(boot, 'evidence')
  chain.advance(chain.seal([bootRecord(boot)]))
  // what looks like the place, within a text
  const tricky = intentBody(1, {
    client: `"iprev":"${'0'.repeat(64)}","iseq":0`,
    media: 'é\ud83d\ude00',
    stream: undefined as never,
  })
  const batch = chain.place([tricky, intentBody(2)].map((body) => chain.prepare(body)))
  for (const { body, hash } of batch.leaves) {
    const record = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    expect(canonical(record)).toEqual(body)
    expect(checkRecord(record)).toBe(record)
    expect(leafHash(body)).toEqual(hash)
  }
  expect(JSON.parse(batch.leaves[0]!.body.toString())).toMatchObject({ client: tricky.client, iseq: 1 })
  expect(() => chain.prepare({ ...intentBody(3), toString: 1 } as never)).toThrow(
    'a key that is not in the table',
  )
})
