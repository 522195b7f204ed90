/** Two instances share one database: a person has one pseudonym, whoever met him first. */
import { rmSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
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
beforeEach(() => office.forget())

const bodyOf = (name: string): string =>
  JSON.stringify({ nom: name, email: `${name}@exemple.fr`.toLowerCase() })

describe('any number of instances', () => {
  test('two instances that meet the same new person at the same moment send one token', async () => {
    let clashes = 0
    for (let round = 0; round < 12 || (clashes === 0 && round < 200); round += 1) {
      office.forget()
      const body = bodyOf(
        `Rakoto${[round / 26, round % 26].map((n) => String.fromCharCode(97 + n).repeat(2)).join('')}`,
      )
      const heard = await Promise.all(
        Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? one : two).send('/tana/x', { body })),
      )
      expect(heard.map(({ status, text }) => [status, text])).toEqual(heard.map(() => [200, body]))
      const sent = new Set(office.got.map((got) => got.body.toString('utf8')))
      expect([...sent]).toHaveLength(1)
      for (const { tid } of heard) {
        const records = await recordsOf(one, tid)
        const intents = records.filter(({ k }) => k === 'intent').length
        clashes += intents - 1
        const sentTimes = office.got.filter((got) => got.tid === tid).length
        expect(sentTimes).toBe(1)
      }
    }
    // Else this test has shown nothing.
    expect(clashes).toBeGreaterThan(0)
  })

  test('what one instance sent, another restores', async () => {
    await one.send('/tana/x', { body: bodyOf('Andriamasinoro') })
    const token = (JSON.parse(office.got[0]?.body.toString('utf8') ?? '{}') as { nom: string }).nom
    office.answers(() => ({ body: JSON.stringify({ reply: `pour ${token.toLowerCase()}` }) }))
    const heard = await two.send('/tana/x', { method: 'GET' })
    office.answers((got) => ({ body: got.body }))
    expect(heard.text).toBe('{"reply":"pour Andriamasinoro"}')
  })

  test("a client's retry with the same Idempotency-Key sends the same bytes, from either instance", async () => {
    const ask = {
      body: '{"contact": {"nom": "Ravelo", "email": "v@exemple.fr"}, "note": "Rappeler Mme Ravelo demain matin pour la facture du mois."}',
      headers: { 'idempotency-key': 'order-4711', 'douane-purpose': 'support' },
    }
    await one.send('/tana/x', ask)
    await two.send('/tana/x', ask)
    await one.send('/tana/x', { ...ask, headers: { ...ask.headers, 'idempotency-key': 'order-4712' } })
    const [first, again, other] = office.got.map((got) => got.body.toString('utf8'))
    expect(first).not.toContain('Ravelo')
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  test('the log of both is one log, dense, and in it each transfer has one end', async () => {
    const { rows } = await one.database.superuser.query<{ n: number; top: number; insts: number }>(
      `SELECT count(*)::int AS n, max(idx)::int + 1 AS top FROM douane.audit_leaf WHERE log = 0`,
    )
    expect(rows[0]?.n).toBe(rows[0]?.top)
    await expect
      .poll(async () => {
        const records = await recordsOf(one)
        return (
          records.filter(({ k }) => k === 'intent').length - records.filter(({ k }) => k === 'outcome').length
        )
      })
      .toBe(0)
    const boots = new Set((await recordsOf(one)).map(({ boot }) => boot))
    expect(boots.size).toBe(2)
  })
})
