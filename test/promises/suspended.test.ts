/** A DPO stops a provider: two instances on one database stop within seconds, and what happened is in the log. */
import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { callerOf } from '../admin/api.ts'
import { makeHome, openWhole, recordsOf } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
const home = makeHome(office.port)
const one = await openWhole({ provider: office, home })
const two = await openWhole({ provider: office, home, database: one.database })
afterAll(async () => {
  await office.close()
  rmSync(home, { recursive: true, force: true })
})

const call = callerOf(one.running.control.port, one.keys.dpo)
const ring = one.installation.keyRing
const approver = ring.makePersonKey({ who: 'marie', roles: ['approver'] })
const operator = ring.makePersonKey({ who: 'olaf', roles: ['operator'] })
const someClients = ring.makePersonKey({ who: 'lea', roles: ['dpo'], clients: ['acme'] })
const body = '{"nom":"Ravelo"}'
const codes = async (): Promise<(string | number)[]> =>
  Promise.all(
    [one, two].map(async (each) => {
      const { status, code } = await each.send('/tana/x', { body })
      return code ?? status
    }),
  )
const suspend = (given: object = {}) =>
  call('/v1/providers/tana/suspend', { body: { reason: 'A breach was notified.' }, ...given })

describe('a provider that is suspended', () => {
  test('is refused by both instances, a moment later, and by nobody before', async () => {
    expect(await codes()).toEqual([200, 200])
    const { status, value } = await suspend()
    expect([status, value]).toEqual([
      200,
      {
        ...{ provider: 'tana', suspended: true, by: 'dpo', reason: 'A breach was notified.' },
        ...{ roles: ['dpo', 'auditor', 'author'], since: expect.any(String) },
      },
    ])
    // Told by NOTIFY; five seconds are the promise.
    await expect.poll(codes).toEqual(['ENTRY_INACTIVE', 'ENTRY_INACTIVE'])
    office.forget()
    expect(await codes()).toEqual(['ENTRY_INACTIVE', 'ENTRY_INACTIVE'])
    expect(office.bytes()).toBe(0)
    const other = await two.send('/lyon/x', { body })
    expect(other.status).toBe(200)
  })

  test('says who and why, in both languages, then and later', async () => {
    const heard = await two.send('/tana/x', { body, headers: { 'accept-language': 'fr' } })
    expect(JSON.parse(heard.text).detail).toMatch(
      /Les transferts vers tana sont suspendus depuis le \d{4}-\d\d-\d\d, par dpo : A breach was notified/,
    )
    await call('/v1/providers/tana/resume', { key: approver, body: { reason: 'It was contained.' } })
    await expect.poll(codes).toEqual([200, 200])
    const { value } = await call(`/v1/transfers/${heard.tid}/explain`)
    expect(value.sentence).toMatch(/Transfers to tana are suspended since .* by dpo: A breach was notified/)
    expect(value.rules[0]).toMatchObject({ rule: 'order:suspended', file: 'register/providers/tana.yaml' })
  })

  test('is a record with who, in which roles, and why; each refusal says up to which order it knew', async () => {
    const records = await recordsOf(one)
    const orders = records.filter(({ k }) => k === 'override')
    expect(orders).toMatchObject([
      { act: 'suspended', provider: 'tana', by: 'dpo', roles: ['dpo', 'auditor', 'author'] },
      { act: 'resumed', provider: 'tana', by: 'marie', roles: ['approver'], why: 'It was contained.' },
    ])
    const at = records.indexOf(orders[0]!)
    const refused = records.filter(({ k, code }) => k === 'refusal' && code === 'ENTRY_INACTIVE')
    expect(refused.map((record) => record['orders'])).toEqual(refused.map(() => at + 1))
    expect(records.find(({ k }) => k === 'intent')?.['orders']).toBeLessThan(at)
  })

  test('is let go on by an approver, not by the operator if a DPO stopped it', async () => {
    await suspend()
    const resume = (key: string) =>
      call('/v1/providers/tana/resume', { key, body: { reason: 'It is over.' } })
    const denied = await resume(operator)
    expect([denied.status, denied.value.code]).toEqual([403, 'ROLE_MISSING'])
    expect((await call('/v1/policies/orders')).value.suspended).toHaveLength(1)
    // Nor by way of stopping it once more as one's own.
    await suspend({ key: operator })
    expect((await resume(operator)).value.code).toBe('ROLE_MISSING')
    expect((await resume(approver)).value).toEqual({ provider: 'tana', suspended: false })
    // What an operator stopped, an operator lets go on.
    await suspend({ key: operator })
    expect((await resume(operator)).status).toBe(200)
    await expect.poll(codes).toEqual([200, 200])
  })

  test('that nobody knows, or by somebody who sees some clients only, is refused', async () => {
    const unknown = await call('/v1/providers/tanna/suspend', { body: { reason: 'A breach.' } })
    expect([unknown.status, unknown.value.code]).toEqual([404, 'NOT_FOUND'])
    expect((await suspend({ key: someClients })).value.code).toBe('ROLE_MISSING')
    expect((await call('/v1/policies/orders')).value.suspended).toEqual([])
  })

  test.each([
    ['a phone number', 'Call +33612345678 first'],
    ['an e-mail address', 'as h.marchetti@example.com asked'],
    ['two lines', 'a\nb and more'],
    ['a turned text', 'because \u202e of'],
    ['next to nothing', ' a '],
  ])('a reason with %s is not taken: it would stay for ever', async (_what, reason) => {
    const { status, value } = await suspend({ body: { reason } })
    expect([status, value.code]).toEqual([400, 'REQUEST_INVALID'])
  })

  test('stays suspended when an instance starts anew', async () => {
    await suspend()
    const three = await openWhole({ provider: office, home, database: one.database })
    expect((await three.send('/tana/x', { body })).code).toBe('ENTRY_INACTIVE')
    await three.stop()
  })
})

test('an order that is changed in the database after it was signed is found at the next start', async () => {
  const { superuser } = one.database
  await expect
    .poll(async () => (await call('/v1/audit/checkpoint')).value.size)
    .toBeGreaterThan((await recordsOf(one)).length - 1)
  const { rows } = await superuser.query<{ idx: string; body: Buffer }>(
    `SELECT idx, body FROM douane.order_leaf WHERE kind = 9 ORDER BY idx DESC LIMIT 1`,
  )
  const forged = Buffer.from(rows[0]!.body.toString('utf8').replace('"suspended"', '"resumed"'))
  await superuser.query('ALTER TABLE douane.audit_leaf_evidence DISABLE TRIGGER USER')
  const change = (text: Buffer, hash: string) =>
    superuser.query(`UPDATE douane.audit_leaf_evidence SET body = $1, hash = ${hash} WHERE idx = $2`, [
      text,
      rows[0]!.idx,
    ])
  try {
    await change(forged, `sha256('\\x00'::bytea || $1)`)
    await expect(openWhole({ provider: office, home, database: one.database })).rejects.toThrow(
      /audit log broken/,
    )
  } finally {
    await change(rows[0]!.body, `sha256('\\x00'::bytea || $1)`)
    await superuser.query('ALTER TABLE douane.audit_leaf_evidence ENABLE TRIGGER USER')
  }
})
