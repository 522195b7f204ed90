/** Every failpoint, in each of five ways, under load: what the provider saw had its line, and the log stays whole. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { FileAnchor } from '../../src/store/anchor.ts'
import { enterInstance } from '../../src/store/instance.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { faults, openFailpoints, points } from './failpoints.ts'
import type { Fault } from './failpoints.ts'
import { openWhole } from './gateway.ts'
import type { Heard } from './gateway.ts'

const failpoints = openFailpoints()
afterAll(() => failpoints.end())
afterEach(() => failpoints.disarm())

/** The anchor is a file: it has failpoints of its own. */
const anchorFault: { read?: Fault | undefined; advance?: Fault | undefined } = {}
let anchorHits = 0
const faulty = (anchor: FileAnchor): FileAnchor => {
  const through = async <T>(which: 'read' | 'advance', work: () => Promise<T>): Promise<T> => {
    const fault = anchorFault[which]
    anchorFault[which] = undefined
    if (fault === undefined) return work()
    anchorHits += 1
    if (fault === 'delay') await pause(500)
    if (fault === 'error') throw Object.assign(new Error('EIO'), { code: 'EIO' })
    const done = await work()
    if (fault === 'delay') return done
    throw Object.assign(new Error('EIO'), { code: 'EIO' })
  }
  return {
    ...anchor,
    read: (stream) => through('read', () => anchor.read(stream)),
    advance: (stream, from, to) => through('advance', () => anchor.advance(stream, from, to)),
  }
}

const whole = await openWhole({
  rewire: (installation) => ({ ...installation, anchor: faulty(installation.anchor) }),
})
const { provider, database, installation } = whole

/** This gateway says that it is alive oftener than it does by itself: else each fault of a heartbeat is waited for. */
const heartbeats = await enterInstance({
  ...installation.boot,
  pool: installation.database.pool('douane_gateway', { max: 2, statementMs: 60_000 }),
  openFrom: () => installation.ledger.openFrom(),
  everyMs: 200,
})
afterAll(() => heartbeats.stop(true))

/** Asked when the first byte arrives, not afterwards: a line that comes later is too late. */
const early: string[] = []
provider.onFirstByte(async (chunk) => {
  const tid = /douane-transfer: ([0-9a-f]{32})/i.exec(chunk.toString('latin1'))?.[1] ?? ''
  const { rowCount } = await database.superuser.query(
    'SELECT FROM douane.audit_leaf WHERE log = 0 AND kind = 1 AND tid = $1::uuid',
    [tid],
  )
  if (rowCount === 0) early.push(tid)
})

let person = 0
const send = (): Promise<Heard> => {
  person += 1
  return whole.send(person % 3 === 0 ? '/lyon/x' : '/tana/x', {
    body: JSON.stringify({ nom: `Rakoto${person % 40}` }),
  })
}

/** Serves again within what a lost connection costs. */
const serves = () =>
  vi.waitFor(async () => expect((await send()).status).toBe(200), { timeout: 20_000, interval: 200 })

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await database.superuser.query<{ n: string }>(sql, values)).rows[0]?.n)

/** Every transfer that the provider saw has its intent; who was told that nothing left was told the truth. */
const noByteWithoutALine = async (heard: readonly Heard[]): Promise<void> => {
  const seen = new Set(provider.got.map(({ tid }) => tid))
  const lines = await count(
    'SELECT count(DISTINCT tid) AS n FROM douane.audit_leaf WHERE log = 0 AND kind = 1 AND tid = ANY ($1::uuid[])',
    [[...seen]],
  )
  expect(lines).toBe(seen.size)
  expect(early).toEqual([])
  for (const one of heard) {
    if (one.status === 200) continue
    expect(one.code).toMatch(
      /^(LOG_UNAVAILABLE|VAULT_UNAVAILABLE|OVERLOADED|BUSY|POLICY_STALE|STORAGE_FULL)$/,
    )
    expect([one.code, seen.has(one.tid)]).toEqual([one.code, false])
  }
}

const dense = async (): Promise<void> => {
  const gaps = 'SELECT max(idx) + 1 - count(*) AS n FROM douane.audit_leaf WHERE log = 0'
  expect(await count(gaps)).toBe(0)
}

/** Under load, with the fault in it. @returns what the clients heard */
const under = async (hit: () => number): Promise<readonly Heard[]> => {
  const before = hit()
  const heard: Heard[] = []
  // Statements of the rounds come by themselves; the load goes on until the fault has struck.
  for (let round = 0; round < 60 && (round < 2 || hit() === before); round += 1) {
    heard.push(...(await Promise.all(Array.from({ length: 6 }, send))))
    await pause(100)
  }
  expect(hit()).toBeGreaterThan(before)
  return heard
}

type Point = keyof typeof points
const rows = (Object.keys(points) as Point[]).flatMap((point) =>
  faults.map((fault) => [point, fault] as const),
)

describe('a fault at', () => {
  /** Its round comes once a minute: it is played by a ledger opened for it, below. */
  const seldom = new Set<Point>(['gate: settings of the session'])
  test.each(rows.filter(([point]) => !seldom.has(point)))('%s: %s', async (point, fault) => {
    provider.forget()
    failpoints.arm(points[point], fault)
    const heard = await under(failpoints.hits)
    failpoints.disarm()
    await noByteWithoutALine(heard)
    await serves()
    await dense()
  })

  test.each(faults)('the look-up of a commit whose answer was lost: %s', async (fault) => {
    provider.forget()
    failpoints.arm(points['append: the batch'], 'lost')
    failpoints.arm(/FROM douane\.audit_batch WHERE log = \$1 AND batch = ANY/, fault)
    const before = failpoints.hits()
    const heard = await under(() => (failpoints.hits() - before > 1 ? before + 1 : before))
    failpoints.disarm()
    await noByteWithoutALine(heard)
    await serves()
    await dense()
  })

  test.each([
    ['read', 'error'],
    ['read', 'delay'],
    ['advance', 'error'],
    ['advance', 'delay'],
    ['advance', 'lost'],
  ] as const)('the anchor, %s: %s', async (which, fault) => {
    provider.forget()
    anchorFault[which] = fault
    await noByteWithoutALine(await under(() => anchorHits))
    await serves()
  })

  test('every third append, one after the other in all ways, for a while', async () => {
    provider.forget()
    const heard: Heard[] = []
    for (let round = 0; round < 12; round += 1) {
      failpoints.arm(points['append: the batch'], faults[round % faults.length]!)
      heard.push(...(await Promise.all(Array.from({ length: 8 }, send))))
    }
    failpoints.disarm()
    await noByteWithoutALine(heard)
    expect(heard.some(({ status }) => status !== 200)).toBe(true)
    await serves()
  })
})

test('the settings of the session cannot be asked: what is not known to be safe stays as it was, and closes if unsafe', async () => {
  const { unsafeSettings } = await import('../../src/store/safety.ts')
  for (const fault of ['error', 'cut', 'kill', 'lost'] as const) {
    const client = await database.pool('douane_gateway').connect()
    failpoints.arm(points['gate: settings of the session'], fault)
    await expect(unsafeSettings(client)).rejects.toMatchObject({ name: 'DatabaseFault' })
    client.release(true)
  }
})

test('afterwards every intent has its end, the log is integrated, and fsck finds it whole', async () => {
  const open = `SELECT count(*) AS n FROM douane.audit_leaf i WHERE i.log = 0 AND i.kind = 1 AND NOT EXISTS
    (SELECT FROM douane.audit_leaf o WHERE o.log = 0 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)`
  await vi.waitFor(async () => expect(await count(open)).toBe(0), { timeout: 60_000, interval: 500 })
  const { trees } = installation
  await vi.waitFor(
    async () => expect((await trees.tree('evidence')).size).toBe((await trees.head('evidence')).size),
    { timeout: 30_000, interval: 200 },
  )
  const { verdict } = await checkStore(installation)
  expect(verdict.findings).toEqual([])
  expect(failpoints.hits()).toBeGreaterThan(rows.length - faults.length)
})
