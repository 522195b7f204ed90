/** The DPO edits policy files while the gateway runs. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openLoader } from '../../src/admin/loader.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openFolder } from '../../src/wire/policy.ts'
import { callerOf } from '../admin/api.ts'
import { openWhole, recordsOf } from '../promises/gateway.ts'

const loader = openLoader()
const whole = await openWhole({ loader })
afterAll(() => loader.stop())
const call = callerOf(whole.running.control.port, whole.keys.dpo)
const log = openLog('info', { write: (line) => void whole.lines.push(line) })
const policies = join(whole.home, 'policies')
const folder = openFolder(whole.installation, policies, log)
await folder.takeUp('start')
const following = folder.follow()
afterAll(() => following.stop())

const active = async (): Promise<string> => (await call('/v1/policies/active')).value.bundle
const until = async (holds: () => Promise<boolean> | boolean, ms = 100_000): Promise<number> => {
  const began = performance.now()
  while (!(await holds())) {
    if (performance.now() - began > ms) throw new Error('it never held')
    await sleep(50)
  }
  return performance.now() - began
}
const policyRecords = async () => (await recordsOf(whole)).filter(({ k }) => k === 'policy')
const ownRule = join(policies, 'rules', 'own.yaml')
const rule = (decide: string): string =>
  `rules:
  - id: own-phone
    decide: ${decide}
    when: {category: [contact.phone]}
    because: {en: We never send phone numbers., fr: Nous n’envoyons pas de téléphone., article: GDPR 5}
`

test('a good edit is in force by itself within moments, and is a record', async () => {
  const before = await active()
  const first = await whole.send('/lyon/lots', { body: '{"phone":"+33612345678"}' })
  expect(first.headers['douane-verdict']).toBe('allow')
  writeFileSync(ownRule, rule('block'))
  await until(async () => (await active()) !== before)
  const bundle = await active()
  expect((await policyRecords()).at(-1)).toMatchObject({ bundle, by: 'edit' })
  const second = await whole.send('/lyon/lots', { body: '{"phone":"+33612345678"}' })
  expect([second.status, second.code]).toEqual([403, 'POLICY_BLOCK'])
  const { value } = await call(`/v1/transfers/${second.tid}/explain`)
  expect(value.rules[0]).toMatchObject({ rule: 'own-phone', file: 'rules/own.yaml', line: 2 })
})

test('a broken edit replaces nothing and is logged with file and line', async () => {
  const before = await active()
  const records = (await policyRecords()).length
  writeFileSync(ownRule, rule('blok'))
  await until(() => whole.lines.some((line) => line.includes('policy.invalid')))
  const line = JSON.parse(whole.lines.find((one) => one.includes('policy.invalid')) as string)
  expect(line).toMatchObject({ file: 'rules/own.yaml', line: 3 })
  await sleep(1_500)
  expect(await active()).toBe(before)
  expect(await policyRecords()).toHaveLength(records)
  expect((await call('/readyz')).value).toEqual({ state: 'ready' })
  // Said once, not at each look.
  expect(whole.lines.filter((one) => one.includes('policy.invalid'))).toHaveLength(1)
  const refused = await whole.send('/lyon/lots', { body: '{"phone":"+33612345678"}' })
  expect(refused.code).toBe('POLICY_BLOCK')
})

test('a past transfer is explained by the policy that decided it', async () => {
  const refused = await whole.send('/lyon/lots', { body: '{"phone":"+33612345678"}' })
  const before = await active()
  rmSync(ownRule)
  await until(async () => (await active()) !== before)
  expect((await whole.send('/lyon/lots', { body: '{"phone":"+33612345678"}' })).status).toBe(200)
  const { value } = await call(`/v1/transfers/${refused.tid}/explain?lang=fr`)
  expect(value.sentence).toContain('Nous n’envoyons pas de téléphone')
})

test('a file that is still being written is waited for', async () => {
  const before = await active()
  const file = join(policies, 'rules', 'grants.yaml')
  const text = readFileSync(file, 'utf8')
  const records = (await policyRecords()).length
  for (let i = 0; i < 12; i += 1) {
    writeFileSync(file, `${text}# ${'.'.repeat(i)}\n`)
    await sleep(200)
  }
  await until(async () => (await active()) !== before)
  // of all that was written, the last one alone
  expect(await policyRecords()).toHaveLength(records + 1)
})
