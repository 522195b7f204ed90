/**
 * The network between gateway and database is cut while transfers go on, both ways or one: nothing is sent without a
 * committed line, whoever is told that nothing left is told the truth, and afterwards nobody has to do anything.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { usual } from '../../src/store/deadlines.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { freshDatabase } from '../store/database.ts'
import { openWhole } from './gateway.ts'
import type { Heard, Whole } from './gateway.ts'
import { cuts, mayMakeNetworks, openNetwork, openRelay } from './wires.ts'
import type { Cut, Wire } from './wires.ts'

const { admin } = inject('postgres')
const socket = join(admin.host, `.s.PGSQL.${admin.port}`)

interface Partitioned {
  readonly whole: Whole
  readonly wire: Wire
  /** Transfers whose first byte came before their intent was committed. */
  readonly early: string[]
  count(sql: string, values?: unknown[]): Promise<number>
}

const open = async (wire: Wire): Promise<Partitioned> => {
  const database = await freshDatabase()
  const url = `postgres://${admin.user}:${admin.password}@${wire.host}:${wire.port}/${database.name}`
  const whole = await openWhole({ database: { ...database, adminUrl: url }, deadlines: usual })
  const count = async (sql: string, values: unknown[] = []): Promise<number> =>
    Number((await database.superuser.query<{ n: string }>(sql, values)).rows[0]?.n)
  const early: string[] = []
  // asked past the wire, when the first byte arrives: a line that comes later is too late
  whole.provider.onFirstByte(async (chunk) => {
    const tid = /douane-transfer: ([0-9a-f]{32})/i.exec(chunk.toString('latin1'))?.[1] ?? ''
    const lines = 'SELECT count(*) AS n FROM douane.audit_leaf WHERE log = 0 AND kind = 1 AND tid = $1::uuid'
    if ((await count(lines, [tid])) === 0) early.push(tid)
  })
  return { whole, wire, early, count }
}

const openIntents = `SELECT count(*) AS n FROM douane.audit_leaf i WHERE i.log = 0 AND i.kind = 1 AND NOT EXISTS
  (SELECT FROM douane.audit_leaf o WHERE o.log = 0 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)`

const wires = [
  ['a network of its own', mayMakeNetworks, openNetwork],
  ['a relay that holds bytes back', !mayMakeNetworks, openRelay],
] as const

/** Under load: what the provider saw had its line, who was told that nothing left was told the truth, and it goes on by itself. */
const cutUnderLoad = async ({ whole, wire, early, count }: Partitioned, which: Cut): Promise<void> => {
  whole.provider.forget()
  const load = { over: false, person: 0, asked: new Set<number>() }
  const heard: Heard[] = []
  const during: Heard[] = []
  const caller = async (): Promise<void> => {
    while (!load.over) {
      const mine = (load.person += 1)
      load.asked.add(mine)
      const body = JSON.stringify({ nom: `Rakoto${mine % 40}` })
      const one = await whole.send(mine % 3 === 0 ? '/lyon/x' : '/tana/x', { body })
      load.asked.delete(mine)
      heard.push(one)
      if (one.status !== 200) {
        during.push(one)
        await pause(50)
      }
    }
  }
  const callers = Array.from({ length: 6 }, caller)
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(20), { timeout: 30_000 })
  wire.cut(which)
  // longer than a commit may take, and than a connection is believed in; and who was under way has been answered
  const last = load.person
  await pause(6_000)
  await vi.waitFor(() => expect([...load.asked].filter((one) => one <= last)).toEqual([]), {
    timeout: 60_000,
  })
  const answered = whole.provider.got.length
  await pause(1_000)
  expect(whole.provider.got.length).toBe(answered)
  wire.heal()
  // nobody does anything: it serves again, on the same wire
  const before = heard.length
  await vi.waitFor(() => expect(heard.slice(before).some(({ status }) => status === 200)).toBe(true), {
    timeout: 60_000,
    interval: 100,
  })
  load.over = true
  await Promise.all(callers)

  expect(early).toEqual([])
  expect(during.length).toBeGreaterThan(0)
  const seen = new Set(whole.provider.got.map(({ tid }) => tid))
  const lines = `SELECT count(DISTINCT tid) AS n FROM douane.audit_leaf WHERE log = 0 AND kind = 1 AND tid = ANY ($1::uuid[])`
  expect(await count(lines, [[...seen]])).toBe(seen.size)
  for (const one of during)
    expect(one.code).toMatch(
      /^(LOG_UNAVAILABLE|VAULT_UNAVAILABLE|OVERLOADED|BUSY|POLICY_STALE|RESTORE_UNAVAILABLE)$/,
    )
  const lies = during.filter(({ text, tid }) => /"forwarded":\s*"no"/.test(text) && seen.has(tid))
  expect(lies).toEqual([])
  await vi.waitFor(async () => expect(await count(openIntents)).toBe(0), { timeout: 60_000, interval: 500 })
  const gaps = 'SELECT max(idx) + 1 - count(*) AS n FROM douane.audit_leaf WHERE log = 0'
  expect(await count(gaps)).toBe(0)
  // committed, and never sent, because nobody heard of it
  const unsent = await count(
    `SELECT count(*) AS n FROM douane.audit_leaf WHERE log = 0 AND kind = 2
      AND convert_from(body, 'UTF8')::jsonb->>'end' = 'not_sent' AND tid = ANY ($1::uuid[])`,
    [[...seen]],
  )
  expect(unsent).toBe(0)
}

const signedAndWhole = async ({ whole }: Partitioned): Promise<void> => {
  const { trees } = whole.installation
  await vi.waitFor(
    async () => expect((await trees.tree('evidence')).size).toBe((await trees.head('evidence')).size),
    { timeout: 30_000, interval: 200 },
  )
  expect((await checkStore(whole.installation)).verdict.findings).toEqual([])
}

/** Most of a cut is waiting: two gateways are cut at a time, one of them twice. */
const lanes: readonly (readonly Cut[])[] = [['both ways'], ['to the database', 'to the gateway']]

describe.each(wires.filter(([, may]) => may))('over %s', async (_, __, openWire) => {
  const opened: Partitioned[] = []
  while (opened.length < lanes.length) opened.push(await open(await openWire(socket)))
  afterAll(async () => {
    for (const { wire, whole } of opened) {
      wire.heal()
      await whole.stop()
      await wire.close()
    }
  })

  test.concurrent.each(lanes.map((cuts, lane) => [cuts.join(', then '), cuts, lane] as const))(
    'cut %s, under load; afterwards the log is signed to its end and whole',
    async (_cuts, cuts, lane) => {
      for (const which of cuts) await cutUnderLoad(opened[lane]!, which)
      await signedAndWhole(opened[lane]!)
    },
  )

  test('each way is cut', () => {
    expect(lanes.flat().toSorted()).toEqual(cuts.toSorted())
  })
})

test('a network of its own can be made here', (context) => {
  if (!mayMakeNetworks) context.skip('no network can be made here: the relay was used instead')
})
