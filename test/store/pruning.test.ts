/** Pruning in the database: the record comes first, only its stretch goes, and a kill between any two statements hurts nothing. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { openCheckpoint, readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { fsck } from '../../src/audit/fsck.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryAnchor } from '../../src/audit/memory.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import { dayMs } from '../../src/audit/upkeep.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { openOrderLeaves } from '../../src/store/orders.ts'
import { openPruner } from '../../src/store/pruning.ts'
import { closeDead } from '../../src/store/sweep.ts'
import { openTransfers } from '../../src/store/transfers.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { openLegalHolds } from '../../src/wire/holds.ts'
import { pruneLogs, upkeepOf } from '../../src/wire/prune.ts'
import { openFailpoints } from '../promises/failpoints.ts'
import { freshDatabase } from './database.ts'
import { enrolment, ledgerOn, outcomeOf, workOf } from './records.ts'

const database = await freshDatabase()
const pool = database.pool('douane_gateway')
const trees = openTreeStore(database.pool('douane_integrator'))
const eraser = database.pool('douane_eraser')
const { ledger } = await ledgerOn(pool)
afterAll(() => ledger.stop())
const leaves = openOrderLeaves(pool, database.pool('douane_gateway', { max: 2 }))
const key = generateKeyPairSync('ed25519').privateKey
const anchor = memoryAnchor()
const logOf = (stream: 'evidence' | 'access') => ({
  ...{ store: trees, anchor, stream, enrol: createPublicKey(enrolment) },
  signer: { name: `a.example/${stream === 'evidence' ? 'transfers' : stream}`, key },
})
const steps = { evidence: integrator(logOf('evidence')), access: integrator(logOf('access')) }
const sign = async (now = new Date()): Promise<void> => {
  for (const one of Object.values(steps)) while ((await one.step(now)).more);
}
const parts = (days = 30) => ({
  ...{ trees, ledger, leaves, pruner: openPruner(eraser) },
  settings: { retention: { evidence_days: days, access_days: days } },
})
const holds = openLegalHolds({ trees, ledger, leaves })
const dpo = { who: 'dpo', roles: ['dpo'] }
const soon = (days: number): Date => new Date(Date.now() + days * dayMs)
const counted = async (): Promise<{ gone: number; details: number }> => {
  const { rows } = await database.superuser.query<{ gone: number; details: number }>(
    `SELECT (SELECT count(*)::int FROM douane.audit_leaf WHERE body = '') AS gone,
      (SELECT count(*)::int FROM douane.audit_detail) AS details`,
  )
  return rows[0]!
}
const checked = async (): Promise<string[]> => {
  const report = new Report()
  for (const stream of ['evidence', 'access'] as const) {
    const log = logOf(stream)
    await fsck({ ...log, log: readVkey(vkeyOf(log.signer)), report })
  }
  return report.findings.filter(({ level }) => level !== 'note').map(({ where, what }) => `${where} ${what}`)
}

const works = Array.from({ length: 12 }, () => workOf())
const transfer = async (work: (typeof works)[number]): Promise<void> => {
  const { index } = await ledger.commit(work)
  await ledger.close(outcomeOf(work.intent, index))
}

/** No record from the future keeps anything. */
const none = { evidence: 0, access: 0 }

/** The open intent at which the first stretch ends. */
let left: { intent: (typeof works)[number]['intent']; index: number } | undefined

describe('pruning', () => {
  test('publishes its retention, takes nothing that is young, nothing under a hold, and needs its record', async () => {
    for (const work of works) await transfer(work)
    await ledger.append({
      v: 1,
      k: 'access',
      t: new Date().toISOString(),
      who: 'a',
      roles: [],
      act: 'x',
      count: 1,
    })
    await sign()
    expect(await pruneLogs(parts(), new Date())).toEqual({ gone: 0, announced: 0, waits: none })
    expect([await upkeepOf(trees, 'evidence'), await upkeepOf(trees, 'access')]).toMatchObject([
      { days: 30, pruned: 0 },
      { days: 30, pruned: 0 },
    ])
    const hold = await holds.place(dpo, 'proceedings before a court')
    await sign()
    expect(await pruneLogs(parts(), soon(40))).toEqual({ gone: 0, announced: 0, waits: none })
    expect(await holds.list()).toEqual([hold])
    expect(await holds.lift(dpo, hold.id, 'they are over')).toBe(true)
    // asked again after a lost answer: the same act, and no second record
    expect(await holds.lift(dpo, hold.id, 'they are over')).toBe(true)
    expect(await holds.lift(dpo, '0'.repeat(32), 'they are over')).toBe(false)
    await expect(eraser.query('SELECT douane.prune(0, 1, 0, 5)')).rejects.toThrow('no signed record')
    expect((await counted()).gone).toBe(0)
  })

  test('takes what the signed record names, and every proof of before holds', async () => {
    const { tid } = works[3]!.intent
    const log = readVkey(vkeyOf(logOf('evidence').signer))
    const before = await receipt(trees, log, tid)
    const young = workOf()
    left = { intent: young.intent, index: (await ledger.commit(young)).index }
    const later = soon(40)
    const announced = await pruneLogs(parts(), later)
    // twelve transfers and an access; the intent that is open is where the next stretch begins
    expect(announced).toEqual({ gone: 0, announced: 25, waits: none })
    const record = (await upkeepOf(trees, 'evidence')).last!
    await expect(
      eraser.query('SELECT douane.prune(0, $1, $2, $3)', [record.index, record.from, record.to]),
    ).rejects.toThrow('no signed record')
    expect(await pruneLogs(parts(), later)).toEqual({ gone: 0, announced: 0, waits: none })
    await sign(later)
    await expect(
      eraser.query('SELECT douane.prune(0, $1, $2, $3)', [record.index, record.from, record.to + 1]),
    ).rejects.toThrow('no signed record')

    // killed after each statement in turn; the next round goes on
    const failpoints = openFailpoints()
    for (const form of [
      /SELECT douane\.prune/,
      /SELECT size FROM douane\.audit_tree/,
      /pg_advisory_xact_lock/,
    ])
      for (const fault of ['kill', 'lost', 'error'] as const) {
        failpoints.arm(form, fault)
        await pruneLogs(parts(), later).catch(() => undefined)
        failpoints.disarm()
      }
    failpoints.end()
    await pruneLogs(parts(), later)
    const { gone, details } = await counted()
    expect({ gone, details }).toEqual({ gone: 25, details: 1 })
    expect(await checked()).toEqual([])

    const transfers = openTransfers(pool, () => null)
    expect(await transfers.show(tid)).toBe(null)
    expect((await transfers.show(young.intent.tid))?.attempts).toHaveLength(1)
    expect((await transfers.accesses({ limit: 10 })).items).toEqual([])
    expect(verifyReceipt(before!, [log]).origin).toBe('a.example/transfers')
    const head = await trees.checkpoint('evidence')
    expect(openCheckpoint(head!.note, [log], log.name).size).toBe(head!.size)
  })

  test('the log grows on after it', async () => {
    // another boot: of this one the newest record is of later
    const { ledger: next } = await ledgerOn(pool)
    const work = workOf()
    const { index } = await next.commit(work)
    await next.close(outcomeOf(work.intent, index))
    await next.stop()
    await sign(soon(41))
    expect(await checked()).toEqual([])
  })

  test('an announcement that is signed while a round looks at it is carried out before the next is made', async () => {
    const at = soon(90)
    const { ledger: next } = await ledgerOn(pool)
    await next.close(outcomeOf(left!.intent, left!.index))
    const open = workOf()
    const until = await next.commit(open)
    const work = workOf()
    const { index } = await next.commit(work)
    await next.close(outcomeOf(work.intent, index))
    await sign(soon(41))
    expect((await pruneLogs({ ...parts(), ledger: next }, at)).announced).toBeGreaterThan(0)
    await next.close(outcomeOf(open.intent, until.index))
    const first = (await upkeepOf(trees, 'evidence')).last!
    const gone = (await counted()).gone
    // the round publishes another retention, and while it waits for that the integrator signs
    const signing = {
      keep: async (...asked: Parameters<typeof next.keep>) => {
        const place = await next.keep(...asked)
        await sign(at)
        return place
      },
    }
    await pruneLogs({ ...parts(29), ledger: signing }, at)
    expect((await upkeepOf(trees, 'evidence')).last!.index).toBe(first.index)
    await pruneLogs({ ...parts(29), ledger: next }, at)
    expect((await counted()).gone).toBe(gone + first.count)
    await next.stop()
  })

  test('a boot dies whose first transfers were pruned long ago: its last ones are closed', async () => {
    const { ledger: next, boot } = await ledgerOn(pool)
    const open = workOf()
    const dying = await ledgerOn(pool)
    const { index } = await dying.ledger.commit(open)
    await database.superuser.query(
      `INSERT INTO douane.instance (boot, inst, seen_at) SELECT DISTINCT boot, inst, '2020-01-01'::timestamptz
        FROM douane.audit_batch WHERE log = 0 AND boot <> $1 ON CONFLICT DO NOTHING`,
      [boot],
    )
    expect(index).toBeGreaterThan(0)
    expect(await closeDead({ pool, ledger: next, boot })).toBe(1)
    expect(await closeDead({ pool, ledger: next, boot })).toBe(0)
    await dying.ledger.stop()
    await next.stop()
  })

  test('what says itself younger than the head over it stays until its own time is over', async () => {
    const { ledger: behind } = await ledgerOn(pool)
    const { ledger: ahead } = await ledgerOn(pool)
    const early = workOf()
    await behind.close(outcomeOf(early.intent, (await behind.commit(early)).index))
    const work = workOf({}, { t: soon(200).toISOString() })
    const { index } = await ahead.commit(work)
    await ahead.close(outcomeOf(work.intent, index))
    await sign(soon(92))
    const round = async (at: Date): Promise<number> => {
      await pruneLogs({ ...parts(), ledger: behind }, at)
      await sign(at)
      await pruneLogs({ ...parts(), ledger: behind }, at)
      return (await upkeepOf(trees, 'evidence')).last!.to
    }
    expect(await round(soon(150))).toBe(index)
    // 200 days and 30 of retention from now, and no day earlier
    const waits = async (at: Date) => (await pruneLogs({ ...parts(), ledger: behind }, at)).waits
    expect(await waits(soon(150))).toEqual({ evidence: 81, access: 0 })
    expect(await waits(soon(229.9))).toEqual({ evidence: 1, access: 0 })
    expect(await checked()).toEqual([])
    expect(await round(soon(240))).toBeGreaterThan(index)
    expect(await waits(soon(240))).toEqual(none)
    expect(await checked()).toEqual([])
    for (const one of [behind, ahead]) await one.stop()
  })
})
