/** `policy diff --days`: transfers that really went are decided again, from what was kept of them and without a value. */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from '../../src/config/settings.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { patient } from '../patient.ts'
import { openProvider } from '../promises/provider.ts'
import { douane } from './douane.ts'
import { sendOn, served } from './served.ts'

const provider = await openProvider()
afterAll(() => provider.close())
const gateway = await served(provider)
afterAll(async () => {
  gateway.child.kill('SIGTERM')
  await gateway.ended
})
const here = { home: gateway.home, env: { DOUANE_REGION: 'FR' } }
const policies = join(gateway.home, 'policies')
const draft = join(gateway.home, 'draft')
const send = async (target: string, body: string): Promise<number> =>
  (await sendOn(gateway.port, target, { key: gateway.key, body })).status

const rule = (id: string, decide: string, when: string): string =>
  `  - {id: ${id}, decide: ${decide}, when: ${when}, because: {en: A., fr: B., article: C}}\n`

test('how many would be newly refused, newly treated, newly in clear, by provider', async () => {
  for (const body of [
    '{"phone":"+33612345678"}',
    '{"phone":"+33612345678","note":"RAS"}',
    '{"month":"2026-11"}',
  ])
    expect(await send('/lyon/lots', body)).toBe(200)
  expect(await send('/tana/lots', '{"email":"ana@example.com"}')).toBe(200)
  expect(await send('/stale/lots', '{"a":1}')).toBe(403)

  cpSync(policies, draft, { recursive: true })
  writeFileSync(
    join(draft, 'rules', 'own.yaml'),
    `rules:\n${rule('own-mask', 'mask', '{provider: lyon, category: contact.phone}')}${rule('own-block', 'block', '{provider: tana, category: contact.email}')}`,
  )
  const { value, code, err } = await douane(
    ['policy', 'diff', '--json', policies, draft, '--days', '7'],
    here,
  )
  expect([code, err]).toEqual([0, ''])
  expect(value.traffic).toEqual([
    expect.objectContaining({
      provider: 'lyon',
      transfers: 3,
      newlyTreated: 2,
      newlyRefused: 0,
      newlyClear: 0,
      treatedCategories: ['contact.phone'],
    }),
    expect.objectContaining({ provider: 'stale', transfers: 0, refused: 1 }),
    expect.objectContaining({ provider: 'tana', transfers: 1, newlyRefused: 1 }),
  ])
  const back = await douane(['policy', 'diff', draft, policies, '--days', '7', '--lang', 'fr'], here)
  expect(back.code).toBe(1)
  expect(back.out).toContain('lyon : 3 transferts, 2 nouvellement EN CLAIR (contact.phone)')
  expect(back.out).toContain('tana : 1 transfert, 1 refusé jusqu’ici, désormais accepté')
  expect(back.out).not.toMatch(/33612345678|ana@example/)
  expect((await douane(['policy', 'diff', draft, policies, '--days', '0'], here)).code).toBe(2)
})

test('who had it decided again is in the access log; what is older is not looked at', async () => {
  const installation = await openInstallation(readSettings(here.env, here.home), {
    attach: true,
    deadlines: patient,
  })
  try {
    const { items } = await installation.transfers.accesses({})
    const seen = items.map(({ record }) => [record.act, record.filter, record.count])
    expect(seen).toContainEqual(['policy diff', '7 days', 5])
    const later: unknown[] = []
    for await (const each of installation.transfers.since(new Date(Date.now() + 1000))) later.push(each)
    expect(later).toEqual([])
  } finally {
    await installation.stop()
  }
})
