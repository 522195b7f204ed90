/**
 * Every statement of the edge of a half-year, of the sweeper and of pruning, each struck in several ways, under two ledgers
 * that write on: one dense log, a tree for each half-year, no fork, and what was pruned was announced.
 */
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { followClock, nextHalfYear, setClock } from '../../bench/torture/clock.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import type { Stream } from '../../src/model/record.ts'
import { enterInstance } from '../../src/store/instance.ts'
import { closeDead, deleteExpired } from '../../src/store/sweep.ts'
import { crossEdge } from '../../src/wire/edge.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { pruneLogs } from '../../src/wire/prune.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { hex, outcomeOf, workOf } from '../store/records.ts'
import { edgePoints, faults, openFailpoints, prunePoints, sweepPoints } from './failpoints.ts'
import type { Fault, Form } from './failpoints.ts'
import { makeHome } from './gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-edges-'))
const clock = join(folder, 'clock')
const home = makeHome(9)
const database = await freshDatabase()
const real = followClock(clock)
const failpoints = openFailpoints()
afterAll(() => {
  failpoints.end()
  real()
  for (const one of [folder, home]) rmSync(one, { recursive: true, force: true })
})

const settings = {
  ...readSettings({ DATABASE_URL: database.adminUrl }, home),
  retention: { evidence_days: 200, access_days: 200 },
}
const open = (): Promise<Installation> =>
  openInstallation(settings, { allowUnsafe: true, deadlines: patient })
/** An installation, and what its rounds have besides. */
const openRounds = async () => {
  const installation = await open()
  const { trees, anchor, signers, ledger, secrets, database: of } = installation
  const pool = of.pool('douane_gateway', { max: 2 })
  const enrol = createPublicKey(secrets.enrolmentKey)
  return {
    ...installation,
    pool,
    eraser: of.pool('douane_eraser', { max: 1 }),
    edge: { trees, anchor, signers, ledger, enrol, pool },
  }
}
type Running = Awaited<ReturnType<typeof openRounds>>
let both: readonly [Running, Running]
/** Acknowledged: each is in the log, whatever became of it. */
const acknowledged: string[] = []
beforeAll(async () => {
  both = [await openRounds(), await openRounds()]
})

const transfer = async ({ ledger }: Installation, finished = true): Promise<void> => {
  const work = workOf()
  const done = await ledger.commit(work).catch(() => null)
  if (done === null) return
  acknowledged.push(work.intent.tid)
  if (finished) await ledger.close(outcomeOf(work.intent, done.index)).catch(() => undefined)
}

const streams = ['access', 'evidence'] as const
/** As the rounds of a gateway go: what fails is tried again. */
const crossing = async (): Promise<void> => {
  for (const stream of streams)
    await Promise.all(both.map(({ edge }) => crossEdge(edge, stream).catch(() => false)))
}

/** The fault strikes while both work; afterwards they go on by themselves. */
const struck = async (form: Form, fault: Fault, work: () => Promise<unknown>): Promise<void> => {
  const before = failpoints.hits()
  failpoints.arm(form, fault)
  await Promise.all([work(), ...both.map((one) => transfer(one))])
  failpoints.disarm()
  expect(failpoints.hits()).toBeGreaterThan(before)
}

const rowsOf = (table: Readonly<Record<string, Form>>, ways: readonly Fault[] = faults) =>
  Object.entries(table).flatMap(([point, form]) => ways.map((fault) => [point, fault, form] as const))
/** Rounds that may come late; the torture plays them all. */
const some: readonly Fault[] = ['error', 'kill', 'lost']

const treesOf = (stream: Stream) => both[0].trees.shards(stream)
let years = 0

describe('a fault at', () => {
  test.each(rowsOf(edgePoints))('%s: %s', async (_, fault, form) => {
    await Promise.all(both.map((one) => transfer(one)))
    for (const one of both) await signAll(one)
    setClock(clock, nextHalfYear(clock))
    years += 1
    await pause(10)
    await struck(form, fault, async () => {
      await crossing()
      await signAll(both[0]).catch(() => undefined)
    })
    for (let tries = 0; tries < 50; tries += 1) {
      if ((await Promise.all(streams.map(treesOf))).every(({ length }) => length === years + 1)) break
      await crossing()
      await pause(20)
    }
    for (const stream of streams) expect(await treesOf(stream)).toHaveLength(years + 1)
    for (const one of both) expect(one.ledger.closedBecause()).toBe(null)
  })

  const dead = async (): Promise<void> => {
    const one = await open()
    const pool = one.database.pool('douane_gateway', { max: 1 })
    const from = (await one.trees.head('evidence')).size
    const { inst, boot } = one.boot
    const instance = await enterInstance({ pool, inst, boot, openFrom: () => from })
    await transfer(one, false)
    await instance.stop(false)
    await one.stop()
  }
  const sweep = async ({ pool, eraser, ledger, boot }: Running): Promise<void> => {
    const entered = await enterInstance({ pool, inst: boot.inst, boot: hex(16), openFrom: () => 0 })
    await entered.stop(true)
    await closeDead({ pool, ledger, boot: boot.boot })
    await deleteExpired(eraser)
  }
  test.each(rowsOf(sweepPoints, some))('%s: %s', async (_, fault, form) => {
    await dead()
    await struck(form, fault, () => Promise.all(both.map((one) => sweep(one).catch(() => undefined))))
    await sweep(both[1])
  })

  test.each(rowsOf(prunePoints, some))('%s: %s', async (_, fault, form) => {
    // something to prune: a record that two half-years are over
    await signAll(both[0])
    setClock(clock, nextHalfYear(clock))
    years += 1
    await pause(10)
    for (let tries = 0; tries < 50; tries += 1) {
      if ((await Promise.all(streams.map(treesOf))).every(({ length }) => length === years + 1)) break
      await crossing()
    }
    const prune = async (one: Installation): Promise<void> => {
      for (let round = 0; round < 2; round += 1) {
        await pruneLogs(one, new Date()).catch(() => undefined)
        await signAll(one).catch(() => undefined)
      }
    }
    await struck(form, fault, () => Promise.all(both.map(prune)))
    await prune(both[0])
  })
})

test('afterwards: every line once, every tree signed and linked, what went was announced', async () => {
  for (const one of both) await signAll(one)
  const { rows } = await database.superuser.query<{ idx: string; tid: string | null; kind: number }>(
    'SELECT idx, tid, kind FROM douane.audit_leaf WHERE log = 0 ORDER BY idx',
  )
  expect(rows.map(({ idx }) => Number(idx))).toEqual(rows.map((_, i) => i))
  const intents = rows.filter(({ kind }) => kind === 1)
  const there = new Set(intents.flatMap(({ tid }) => (tid === null ? [] : [tid.replaceAll('-', '')])))
  const pruned = intents.filter(({ tid }) => tid === null).length
  expect(pruned).toBeGreaterThan(0)
  // an intent whose acknowledgement was lost may be there too, never one too few
  expect(acknowledged.filter((tid) => !there.has(tid)).length).toBeLessThanOrEqual(pruned)
  const out = join(folder, 'out')
  await exportTo(both[0], { out, withAccess: true })
  const { findings, exit, logs } = await verifyBundle(out, Object.values(both[0].vkeys).join('\n'))
  expect(findings.filter(({ level }) => level !== 'note')).toEqual([])
  expect([exit, logs.length]).toEqual([0, 2 * (years + 1)])
  expect((await checkStore(both[1])).verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
  for (const one of both) await one.stop()
})
