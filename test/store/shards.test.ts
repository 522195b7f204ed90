/** The edge of a half-year: several instances, clocks that jump, and a kill at each statement; no line is lost or doubled. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { writeBundle } from '../../src/audit/bundle.ts'
import type { OpenLedger } from '../../src/store/ledger.ts'
import { readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { fsck } from '../../src/audit/fsck.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { firstShard, halfYearOf } from '../../src/audit/shard.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { openAnchor } from '../../src/store/anchor.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { crossEdge, nextEdge } from '../../src/wire/edge.ts'
import { following } from '../../src/wire/following.ts'
import { openFailpoints } from '../promises/failpoints.ts'
import { freshDatabase } from './database.ts'
import { enrolment, ledgerOn, outcomeOf, workOf } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-shards-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = generateKeyPairSync('ed25519').privateKey
const name = 'edge.example/log'
const enrol = vkeyOf({ name: `${name}/enrol`, key: enrolment })
const signer = { name: `${name}/transfers`, key }
const log = readVkey(vkeyOf(signer))
const pin = `${vkeyOf(signer)}\n${enrol}\n`
const spring = new Date('2026-05-02T08:00:00.000Z')

/** A log that began half a year ago or more, and instances over it. */
const aLog = async (instances: number, file: string) => {
  const database = await freshDatabase()
  const pool = database.pool('douane_gateway', { max: 12 })
  const trees = openTreeStore(database.pool('douane_integrator'))
  const anchor = openAnchor(join(folder, file))
  const parts = {
    ...{ trees, anchor, pool, enrol: createPublicKey(enrolment) },
    signers: (stream: string) => [stream === 'evidence' ? signer : { name: `${name}/access`, key }],
  }
  const ledgers: OpenLedger[] = []
  for (let i = 0; i < instances; i += 1)
    ledgers.push((await ledgerOn(pool, {}, { name, enrol, at: spring })).ledger)
  const steps = following({ store: trees, anchor, stream: 'evidence', signer, enrol: parts.enrol })
  const sign = async (): Promise<void> => {
    while ((await steps.step(new Date())).more);
  }
  return { database, pool, trees, anchor, parts, ledgers, sign }
}

type Log = Awaited<ReturnType<typeof aLog>>
/** Transfers until told to stop; the ids whose intent was acknowledged. */
const load = (ledger: OpenLedger, stop: { now: boolean }) => {
  const acknowledged: string[] = []
  const one = async (): Promise<void> => {
    while (!stop.now) {
      const work = workOf()
      const done = await ledger.commit(work).catch(() => null)
      if (done === null) await sleep(5)
      else {
        acknowledged.push(work.intent.tid)
        await ledger.close(outcomeOf(work.intent, done.index))
      }
    }
  }
  return { acknowledged, done: Promise.all([one(), one(), one()]) }
}
const verified = async ({ trees, anchor, parts, sign, ledgers }: Log, out: string): Promise<unknown> => {
  for (const ledger of ledgers) await ledger.stop()
  await sign()
  const report = new Report()
  await fsck({ ...{ store: trees, anchor, stream: 'evidence', log, report }, enrol: parts.enrol })
  await writeBundle(trees, { out: join(folder, out), made: new Date(), log, enrol: readVkey(enrol) })
  const verdict = await verifyBundle(join(folder, out), pin)
  return [report.findings, verdict.findings, verdict.exit, verdict.logs.map(({ origin }) => origin)]
}
const half = halfYearOf(new Date())
const origins = [signer.name, `${signer.name}/${half}`]

describe('at the edge of a half-year', () => {
  test('four instances that write on, two of which open: one new tree, every line once', async () => {
    const made = await aLog(4, 'four')
    const { ledgers, parts, trees } = made
    const stop = { now: false }
    const loads = ledgers.map((ledger) => load(ledger, stop))
    const all = (): number => loads.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
    await expect.poll(all).toBeGreaterThan(10)
    const opened = await Promise.all(ledgers.map((ledger) => crossEdge({ ...parts, ledger }, 'evidence')))
    expect(opened.filter(Boolean)).toHaveLength(1)
    const crossed = all()
    await expect.poll(all).toBeGreaterThan(crossed + 20)
    stop.now = true
    await Promise.all(loads.map(({ done }) => done))
    const shards = await trees.shards('evidence')
    expect(shards.map(({ name: of }) => of)).toEqual(['', half])
    expect(await crossEdge({ ...parts, ledger: ledgers[0]! }, 'evidence')).toBe(false)
    for (const ledger of ledgers) expect(ledger.closedBecause()).toBe(null)
    await made.sign()
    const [base] = [shards[1]!.base]
    let before = 0
    for (const tid of loads.flatMap(({ acknowledged }) => acknowledged)) {
      const [intent, outcome, ...more] = await trees.find(tid)
      expect([intent?.kind, outcome?.kind, more]).toEqual(['intent', 'outcome', []])
      if (intent!.index < base) before += 1
    }
    expect(before).toBeGreaterThan(0)
    expect(all() - before).toBeGreaterThan(0)
    const tid = loads[0]!.acknowledged.at(-1)!
    const given = await receipt(trees, log, tid, 'outcome')
    expect(given?.origin).toBe(origins[1])
    expect(verifyReceipt(given!, [readVkey(vkeyOf({ name: origins[1]!, key }))]).size).toBeGreaterThan(0)
    expect(await verified(made, 'four-out')).toEqual([[], [], 0, origins])
  })

  test('an integrator that was slow over the edge signs nothing beyond the end of its tree', async () => {
    const made = await aLog(1, 'slow')
    const { trees, anchor, parts } = made
    const [ledger] = made.ledgers as [OpenLedger]
    const add = async (): Promise<void> => {
      const work = workOf()
      const { index } = await ledger.commit(work)
      await ledger.close(outcomeOf(work.intent, index))
    }
    await add()
    const log0 = { anchor, stream: 'evidence', signer, enrol: parts.enrol } as const
    // it has looked at the list of trees before there was a second
    const slow = integrator({ ...log0, store: trees })
    // and one that believes the tree has no end even now
    const blind = integrator({ ...log0, store: { ...trees, shards: async () => [firstShard] } })
    expect(await crossEdge({ ...parts, ledger }, 'evidence')).toBe(true)
    await add()
    const { end } = (await trees.shards('evidence'))[0]!
    for (let round = 0; round < 3; round += 1) {
      expect((await slow.step(new Date())).did).toBe('nothing')
      expect((await blind.step(new Date())).did).toBe('lost')
    }
    expect((await trees.tree('evidence')).size).toBe(end)
    expect(await verified(made, 'slow-out')).toEqual([[], [], 0, origins])
  })

  test('a clock that jumps opens nothing', async () => {
    const made = await aLog(1, 'clock')
    const [ledger] = made.ledgers
    const parts = { ...made.parts, ledger: ledger! }
    for (const now of ['2026-03-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'])
      expect(await crossEdge(parts, 'evidence', () => new Date(now))).toBe(false)
    expect(await made.trees.shards('evidence')).toHaveLength(1)
    expect(await crossEdge(parts, 'evidence')).toBe(true)
    for (const now of ['2026-03-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z'])
      expect(await crossEdge(parts, 'evidence', () => new Date(now))).toBe(false)
    await ledger!.stop()
  })

  test('killed at each of its statements, another instance goes on', async () => {
    const made = await aLog(2, 'killed')
    const [one, two] = made.ledgers as [OpenLedger, OpenLedger]
    const stop = { now: false }
    const loads = [load(one, stop), load(two, stop)]
    const failpoints = openFailpoints()
    const forms = [
      /close_shard/,
      /UPDATE douane\.audit_tree/,
      /open_shard/,
      /FROM douane\.audit_shard WHERE log = \$1 ORDER/,
    ]
    for (const form of forms)
      for (const fault of ['kill', 'lost', 'error'] as const) {
        failpoints.arm(form, fault)
        await crossEdge({ ...made.parts, ledger: one }, 'evidence').catch(() => false)
        failpoints.disarm()
      }
    expect(failpoints.hits()).toBeGreaterThan(2)
    failpoints.end()
    const trees = async (): Promise<number> => {
      await crossEdge({ ...made.parts, ledger: two }, 'evidence').catch(() => false)
      return (await made.trees.shards('evidence')).length
    }
    await expect.poll(trees).toBe(2)
    stop.now = true
    await Promise.all(loads.map(({ done }) => done))
    expect((await made.trees.shards('evidence')).map(({ name: of }) => of)).toEqual(['', half])
    const [findings, told, exit, heads] = (await verified(made, 'killed-out')) as [
      unknown,
      { level: string }[],
      number,
      unknown,
    ]
    expect([findings, told.filter(({ level }) => level !== 'note'), exit, heads]).toEqual([
      [],
      [],
      0,
      origins,
    ])
  })

  test('all instances died with the head closed: the next boot opens the tree', async () => {
    const made = await aLog(1, 'dead')
    const [ledger] = made.ledgers as [OpenLedger]
    const work = workOf()
    const { index } = await ledger.commit(work)
    const dead = { openShard: () => Promise.reject(new Error('killed')) }
    await expect(crossEdge({ ...made.parts, ledger: dead }, 'evidence')).rejects.toThrow('killed')
    await ledger.stop()
    const { ledger: next } = await ledgerOn(
      made.pool,
      { edge: (stream) => nextEdge(made.parts, stream, new Date()) },
      { name, enrol, at: spring },
    )
    await next.close(outcomeOf(work.intent, index))
    made.ledgers.push(next)
    expect(await verified(made, 'dead-out')).toEqual([[], [], 0, origins])
  })
})
