import { describe, expect, test } from 'vitest'
import { CommittedIntent, nothingToKeep } from '../../src/model/ledger.ts'
import type { Keep } from '../../src/model/ledger.ts'
import { originOf } from '../../src/audit/checkpoint.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryLedger } from '../../src/audit/memory-ledger.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exported } from './forge.ts'
import { refusalBody, someBoot } from './records.ts'
import { at, enrolVkey, intentBody, logOf, name, outcomeBody, pinText } from './world.ts'

const expires = new Date(Date.now() + 86_400_000)
const detail = { bytes: Buffer.from('{}'), subjects: [], expires }
const rows = (index: number, token: string, ref = index): Keep => ({
  aliases: [],
  subjects: [
    { client: 'c', ref: Buffer.alloc(32, ref), month: '2026-11', wrapped: Buffer.alloc(40, ref), expires },
  ],
  pseudonyms: [
    {
      client: 'c',
      provider: 'p',
      purpose: 'payroll',
      index: Buffer.alloc(32, index),
      token,
      category: 'name',
      subject: Buffer.alloc(32, ref),
      sealed: Buffer.alloc(48),
      expires,
    },
  ],
})
const genesis = { origin: (stream: 'evidence' | 'access') => originOf(name, stream), enrolVkey }
const open = () => memoryLedger({ boot: someBoot(), genesis, now: () => at(0) })

describe('a ledger in memory', () => {
  test('gives a committed intent, which nobody else can make up', async () => {
    const ledger = open()
    const committed = await ledger.commit({ intent: intentBody(1), detail, keep: rows(1, 'AAAAAAAAA') })
    expect(committed).toMatchObject({ index: 2, attempt: 1 })
    expect(CommittedIntent.is(committed)).toBe(true)
    expect(CommittedIntent.is({ ...committed })).toBe(false)
    expect(ledger.details.get('evidence/2')).toBe(detail)
  })

  test('says so when a value, a token or a subject was kept meanwhile; the intent is in the log', async () => {
    const ledger = open()
    await ledger.commit({ intent: intentBody(1), detail, keep: rows(1, 'AAAAAAAAA') })
    const others = [rows(1, 'BBBBBBBBB', 2), rows(2, 'AAAAAAAAA', 2), rows(3, 'CCCCCCCCC', 1)]
    for (const [i, keep] of others.entries())
      expect(await ledger.commit({ intent: intentBody(2 + i), detail, keep })).toEqual({
        clash: true,
        index: 3 + i,
      })
    expect(ledger.tree.rows.evidence.leaves).toHaveLength(6)
    const known = rows(4, 'DDDDDDDDD', 1)
    const again = { ...known, subjects: known.subjects.map((row) => ({ ...row, known: true })) }
    expect(CommittedIntent.is(await ledger.commit({ intent: intentBody(9), detail, keep: again }))).toBe(true)
  })

  test('counts a derogation with its intent, and says when none is left', async () => {
    const ledger = open()
    const spend = { key: Buffer.alloc(32, 7), subjects: 2, transfersMax: 3, subjectsMax: 5 }
    const commit = (n: number, more = {}) =>
      ledger.commit({ intent: intentBody(n), detail, keep: nothingToKeep, spend: { ...spend, ...more } })
    expect(CommittedIntent.is(await commit(1))).toBe(true)
    expect(CommittedIntent.is(await commit(2))).toBe(true)
    // two people more would be six
    expect(await commit(3)).toEqual({ spent: true, index: 4 })
    expect(CommittedIntent.is(await commit(4, { subjects: 1 }))).toBe(true)
    expect(await commit(5, { subjects: 0 })).toEqual({ spent: true, index: 6 })
    expect(CommittedIntent.is(await commit(6, { key: Buffer.alloc(32, 8) }))).toBe(true)
  })

  test('a second end of the same attempt is ignored, and the log it wrote verifies', async () => {
    const ledger = open()
    const committed = await ledger.commit({ intent: intentBody(1), detail, keep: nothingToKeep })
    await ledger.close(outcomeBody(1, committed.index))
    await ledger.close(outcomeBody(1, committed.index, { end: 'unknown' }))
    await ledger.append(refusalBody(2))
    const access = {
      v: 1,
      k: 'access',
      t: at(1).toISOString(),
      who: 'dpo',
      roles: ['dpo'],
      act: 'read',
      count: 1,
    } as const
    expect((await ledger.append(access)).stream).toBe('access')
    const log = { ...logOf(ledger.tree) }
    expect((await integrator(log).step(new Date())).size).toBe(5)
    const bundle = await exported(ledger.tree)
    expect(await verifyBundle(bundle.dir, pinText)).toMatchObject({ exit: 0, open: 0 })
    bundle.done()
  })
})
