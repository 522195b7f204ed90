/** Upkeep of the log over the doors of a running gateway. The key of the log is replaced under a running gateway: transfers go on, and the first pin still verifies. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { readVkey } from '../../src/audit/checkpoint.ts'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { openLegalHolds } from '../../src/wire/holds.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { upkeepOf } from '../../src/wire/prune.ts'
import { announceKey, finishKey, prepareKey } from '../../src/wire/rotate.ts'
import { callerOf } from '../admin/api.ts'
import { makeHome, openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
const home = makeHome(office.port)
const whole = await openWhole({ provider: office, home })
afterAll(async () => {
  await office.close()
  rmSync(home, { recursive: true, force: true })
})

const body = '{"nom": "Rakoto", "email": "r@exemple.fr"}'
/** A transfer whose client waits until its intent is under a signed head. */
const signed = async (): Promise<string> => {
  const { status, tid } = await whole.send('/tana/x', { body, headers: { 'douane-wait': 'integrated' } })
  expect(status).toBe(200)
  return tid
}
const until = async (done: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await done().catch(() => false)) !== false) return
    await sleep(100)
  }
  throw new Error('it never came')
}
const { installation } = whole

test('the key of the log is replaced while the gateway runs', async () => {
  const pins = Object.values(installation.vkeys).join('\n')
  await signed()
  const coming = prepareKey(installation)
  expect(prepareKey(installation)).toEqual(coming)
  await expect(finishKey(installation)).rejects.toThrow('not announced')

  // stopped between the two logs, and called again: announced once in each
  const keep = installation.ledger.keep.bind(installation.ledger)
  const half = {
    ...installation,
    ledger: {
      ...installation.ledger,
      keep: (...args: Parameters<typeof keep>) =>
        args[0] === 'access' ? Promise.reject(new Error('killed')) : keep(...args),
    },
  }
  await expect(announceKey(half, 'cli:operator', 'every two years')).rejects.toThrow('killed')
  const announced = await announceKey(installation, 'cli:operator', 'every two years')
  await announceKey(installation, 'cli:operator', 'every two years')
  expect(announced).toEqual(coming)
  const counts: number[] = []
  for (const stream of ['evidence', 'access'] as const) {
    counts.push(0)
    for await (const leaf of installation.trees.keeping(stream))
      counts[counts.length - 1]! += Number(leaf.kind === 'key')
  }
  expect(counts).toEqual([1, 1])

  await until(() => finishKey(installation))
  expect(existsSync(join(home, 'secrets/log.next.key'))).toBe(false)
  const tid = await signed()
  const answer = await whole.look<{ proof: string; leaf: string; index: number; origin: string }>(
    `/v1/transfers/${tid}/receipt`,
  )
  expect(answer.proof).toContain(`— ${answer.origin} `)

  const out = join(home, 'bundle')
  await exportTo(installation, { out, withAccess: true })
  const verdict = await verifyBundle(out, pins)
  expect([verdict.findings.filter(({ level }) => level !== 'note'), verdict.exit]).toEqual([[], 0])
  expect(readFileSync(join(out, 'keys/log.vkey'), 'utf8')).toBe(`${coming.evidence}\n`)
  expect((await verifyBundle(out, Object.values({ ...installation.vkeys, ...coming }).join('\n'))).exit).toBe(
    0,
  )
  expect((await checkStore(installation)).verdict.findings).toEqual([])
  const leaf = { ...answer, leaf: Buffer.from(answer.leaf, 'base64') }
  expect(verifyReceipt(leaf, [readVkey(coming.evidence)]).origin).toBe('promise.example/log/transfers')
})

test('a legal hold is placed and lifted over the control plane, by who may, and is in both logs', async () => {
  const call = callerOf(whole.running.control.port, whole.keys.dpo)
  const reason = 'Proceedings before a court.'
  const placed = await call('/v1/audit/holds', { body: { reason } })
  expect([placed.status, placed.value]).toMatchObject([200, { by: 'dpo', reason }])
  const { id } = placed.value as { id: string }
  const ring = installation.keyRing
  const auditor = ring.makePersonKey({ who: 'ana', roles: ['auditor'] })
  const operator = ring.makePersonKey({ who: 'olaf', roles: ['operator'] })
  const someClients = ring.makePersonKey({ who: 'lea', roles: ['dpo'], clients: ['acme'] })
  expect((await call('/v1/audit/holds', { key: auditor })).value.holds).toEqual([placed.value])
  const lift = (key?: string) =>
    call(`/v1/audit/holds/${id}/lift`, { body: { reason: 'They are over.' }, ...(key && { key }) })
  for (const key of [auditor, operator, someClients]) expect((await lift(key)).status).toBe(403)
  expect((await call('/v1/audit/holds', { body: { reason }, key: auditor })).status).toBe(403)
  expect((await upkeepOf(installation.trees, 'access')).holds.size).toBe(1)
  expect((await lift()).value).toEqual({ holds: [] })
  // the answer was lost, and it is asked again: the same act, and no second record
  const before = await installation.trees.head('evidence')
  expect((await lift()).status).toBe(200)
  const holds = openLegalHolds(installation)
  const person = { who: 'dpo', roles: ['dpo'], clients: undefined } as const
  expect(await holds.lift(person, id, 'They are over.')).toBe(true)
  expect(await holds.lift(person, 'f'.repeat(32), 'They are over.')).toBe(false)
  expect(await installation.trees.head('evidence')).toEqual(before)
  expect((await upkeepOf(installation.trees, 'access')).holds.size).toBe(0)
})
