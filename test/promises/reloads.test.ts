/** The DPO edits while the work goes on: a hundred edits, half of them broken, and no transfer notices. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openLoader } from '../../src/admin/loader.ts'
import { PolicyInvalid } from '../../src/errors.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openFolder } from '../../src/wire/policy.ts'
import { type Heard, openWhole, recordsOf } from './gateway.ts'

const loader = openLoader()
const whole = await openWhole({ loader })
afterAll(() => loader.stop())
const folder = openFolder(whole.installation, join(whole.home, 'policies'), openLog('silent'))
const file = join(whole.home, 'policies', 'rules', 'own.yaml')

const active = async (): Promise<string> =>
  (await whole.look<{ bundle: string }>('/v1/policies/active')).bundle

/** Good: a rule that every transfer here meets and that names its edit. Broken: each time in another way. */
const edit = (n: number): string => {
  const rule = `rules:
  - id: edit-${n}
    decide: pseudonymise
    when: {category: [contact.phone]}
    because: {en: Edit ${n}., fr: Modification ${n}., article: GDPR 5}
`
  const breaks = [
    (text: string) => text.replace('pseudonymise', 'pseudonimise'),
    (text: string) => text.slice(0, text.indexOf('because') + 12),
    (text: string) => text.replace('contact.phone', 'contact.fone'),
    (text: string) => text.replaceAll('  ', '\t'),
    () => '\u0000',
  ]
  return n % 2 === 0 ? rule : (breaks[((n - 1) / 2) % breaks.length] as (text: string) => string)(rule)
}

test('a hundred reloads, half of them broken, under load', { timeout: 600_000 }, async () => {
  const digestOf = new Map<string, string>()
  const all: { heard: Heard; body: string }[] = []
  const state = { over: false }
  const caller = async (of: number): Promise<void> => {
    for (let i = 0; !state.over; i += 1) {
      const body = JSON.stringify({ phone: `+336${String(of)}${String(i).padStart(7, '0')}` })
      all.push({ heard: await whole.send('/lyon/x', { body }), body })
      await pause(25)
    }
  }
  const load = Promise.all([1, 2, 3, 4].map(caller))
  let broken = 0
  for (let n = 0; n < 100; n += 1) {
    writeFileSync(file, edit(n))
    try {
      const { bundle, standing } = await folder.takeUp('edit')
      if (standing !== 'active') throw new Error(`edit ${n} is ${standing}`)
      digestOf.set(bundle.digest, `edit-${n}`)
      // now and then until it decides, and a transfer has met it
      if (n % 8 > 0) continue
      await expect.poll(active).toBe(bundle.digest)
      await whole.send('/lyon/x', { body: '{"phone":"+33612345678"}' })
    } catch (error) {
      if (!(error instanceof PolicyInvalid)) throw error
      broken += 1
    }
  }
  await expect
    .poll(
      async () =>
        (await whole.send('/lyon/x', { body: '{"phone":"+33612345678"}' })).headers['douane-verdict'],
      { timeout: 10_000 },
    )
    .toBe('treat')
  state.over = true
  await load

  expect([broken, digestOf.size]).toEqual([50, 50])
  // Before the first edit such a body goes as it came, after it treated; the answer is restored either way.
  const wrong = all.filter(({ heard, body }) => heard.status !== 200 || heard.text !== body)
  expect(wrong.map(({ heard }) => heard.code ?? heard.status)).toEqual([])
  const records = await recordsOf(whole)
  const intents = records.filter(({ k }) => k === 'intent')
  expect(intents.length).toBeGreaterThanOrEqual(all.length)
  // The bundle that a record names is the one whose rule spoke, and no other.
  const named = intents.map((one) => {
    const rules = (one['rules'] as string[]).filter((id) => id.startsWith('edit-'))
    return [rules.join(), digestOf.get(one['bundle'] as string) ?? '']
  })
  expect(named.filter(([spoke, digest]) => spoke !== digest)).toEqual([])
  // Else nothing was shown: transfers met many of the edits.
  expect(new Set(named.map(([spoke]) => spoke)).size).toBeGreaterThan(10)
  expect(records.filter(({ k, by }) => k === 'policy' && by === 'edit')).toHaveLength(50)
})
