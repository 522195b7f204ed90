/** What was decided is decided again, by the policy and the orders of then, whatever came after. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { replay } from '../../src/admin/replay.ts'
import { takeUpFolder } from '../../src/wire/policy.ts'
import { callerOf } from '../admin/api.ts'
import { openWhole } from './gateway.ts'

const whole = await openWhole()
const call = callerOf(whole.running.control.port, whole.keys.dpo)
const { book, transfers } = whole.installation

const payslip = JSON.stringify({
  lot: 7,
  note: 'Rappeler Mme Ravelo demain matin pour la facture du mois.',
  employees: [
    {
      nom: 'Ravelo',
      email: 'r@exemple.fr',
      actif: true,
      net: 3120.5,
      née: '1985-07-14',
      iban: 'FR7630004008120000123456749',
    },
  ],
})
const until = async (target: string, code: string): Promise<void> => {
  for (let n = 0; (await whole.send(target, { body: '{}' })).code !== code; n += 1) {
    if (n > 400) throw new Error(`never ${code}`)
    await pause(50)
  }
}
const tids: Record<string, string> = {}
beforeAll(async () => {
  const send = async (name: string, target: string, body: string): Promise<void> => {
    tids[name] = (await whole.send(target, { body })).tid
  }
  await send('treated', '/tana/x', payslip)
  await send('allowed', '/lyon/x', payslip)
  await send('refused for its content', '/tana/x', '{"nom":"Ravelo","motif_absence":"maladie"}')
  await send('refused for its route', '/stale/x', payslip)
  await send('unreadable', '/tana/x', '{')
  await call('/v1/providers/tana/suspend', { body: { reason: 'a breach' }, key: whole.keys.dpo })
  await until('/tana/x', 'ENTRY_INACTIVE')
  await send('refused while suspended', '/tana/x', payslip)
  // Now everything changes: another policy is in force, and it decides otherwise.
  writeFileSync(
    join(whole.home, 'policies/rules/own.yaml'),
    `rules:
  - id: own-nothing
    decide: block
    when: {}
    because: {en: No., fr: Non., article: GDPR 5}
`,
  )
  await takeUpFolder(whole.installation, join(whole.home, 'policies'), 'test')
  await until('/lyon/x', 'POLICY_BLOCK')
})

describe('a transfer of before', () => {
  test.each([
    'treated',
    'allowed',
    'refused for its content',
    'refused for its route',
    'refused while suspended',
  ])('%s is decided the same way', async (name) => {
    const { status, value } = await call(`/v1/transfers/${tids[name]}/replay`)
    expect(status).toBe(200)
    expect([value.result, value.differences, value.again], JSON.stringify(value)).toEqual([
      'same',
      [],
      value.decided,
    ])
  })

  test('that was refused before anything was decided says so, in French too', async () => {
    const { value } = await call(`/v1/transfers/${tids['unreadable']}/replay?lang=fr`)
    expect([value.result, value.sentence]).toEqual([
      'undecided',
      expect.stringContaining("Rien n'a été décidé"),
    ])
  })

  test('whose record says otherwise is told in what', async () => {
    const last = (await transfers.show(tids['treated']!))!.attempts.at(-1)!
    const forged = { ...last, record: { ...last.record, verdict: 'allow' as const } }
    const told = await replay(forged as typeof last, book, 'FR', 'en')
    expect([told.result, told.differences]).toEqual(['different', ['verdict']])
  })

  test('whose detail is gone cannot be told', async () => {
    const { detail: _, ...last } = (await transfers.show(tids['treated']!))!.attempts.at(-1)!
    expect(await replay(last, book, 'FR', 'en')).toMatchObject({ result: 'unknown', missing: ['detail'] })
  })
})
