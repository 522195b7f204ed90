/** A large policy is read while transfers go on; and what reads it may die or hang without one of them noticing. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Loader, loadHere, openLoader } from '../../src/admin/loader.ts'
import { PolicyInvalid } from '../../src/errors.ts'
import { readFolder } from '../../src/policy/folder.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openFolder } from '../../src/wire/policy.ts'
import { openWhole } from './gateway.ts'

const thread = openLoader()
/** What the installation reads with; a test puts another in its place. */
const now: { loader: Loader } = { loader: thread }
const whole = await openWhole({
  loader: {
    folder: (path) => now.loader.folder(path),
    files: (files) => now.loader.files(files),
    stop: async () => undefined,
  },
})
const policies = join(whole.home, 'policies')
afterAll(() => thread.stop())

/** `count` rules that look at paths, of which the last makes phone numbers pseudonyms. */
const manyRules = (count: number): string =>
  [
    'rules:',
    ...Array.from({ length: count }, (_, i) => {
      const last = i === count - 1
      return `  - id: many-${i}
    decide: ${last ? 'pseudonymise' : 'mask'}
    when: {category: [contact.phone], path: [${last ? 'phone' : `a.*.b${i}, c.**.d${i}`}]}
    because: {en: Rule ${i}., fr: Règle ${i}., article: GDPR 25}`
    }),
    '',
  ].join('\n')

const transfer = () => whole.send('/lyon/x', { body: '{"phone":"+33612345678"}' })
const active = async (): Promise<string> =>
  (await whole.look<{ bundle: string }>('/v1/policies/active')).bundle

test('a bundle, or its faults, are the same whichever way they were read', async () => {
  expect(await thread.folder(policies)).toEqual(await loadHere.folder(policies))
  const broken = [...(await readFolder(policies)), { path: 'rules/x.yaml', text: 'rules: [{id: x}' }]
  const faultsOf = (loader: Loader): Promise<unknown> =>
    loader.files(broken).then(
      () => undefined,
      (error: unknown) => (error instanceof PolicyInvalid ? error.faults : error),
    )
  const faults = await faultsOf(thread)
  expect(faults).toEqual(await faultsOf(loadHere))
  expect(faults).toContainEqual(expect.objectContaining({ file: 'rules/x.yaml' }))
})

test('transfers are answered while many rules are read, all by the policy before; then by the new one', async () => {
  writeFileSync(join(policies, 'rules', 'many.yaml'), manyRules(1_000))
  // Text already: what is left is the reading itself, which no turn of the loop interrupts where it is done in place.
  const files = await readFolder(policies)
  const state = { read: false }
  const reading = thread.files(files).finally(() => (state.read = true))
  const meanwhile: unknown[] = []
  while (!state.read) {
    const { status, headers } = await transfer()
    if (!state.read) meanwhile.push([status, headers['douane-verdict']])
  }
  const { digest } = await reading
  expect(meanwhile.length).toBeGreaterThan(0)
  expect(new Set(meanwhile.map((one) => JSON.stringify(one)))).toEqual(new Set(['[200,"allow"]']))

  const { bundle, standing } = await openFolder(whole.installation, policies, openLog('silent')).takeUp(
    'edit',
  )
  expect([bundle.digest, standing]).toEqual([digest, 'active'])
  await expect.poll(async () => (await transfer()).headers['douane-verdict']).toBe('treat')
})

test.each(['dies', 'hangs'])('a thread that %s: the policy before stays, and it is said', async (how) => {
  const before = await active()
  const edited = mkdtempSync(join(tmpdir(), `douane-${how}-`))
  cpSync(policies, edited, { recursive: true })
  const lost: string[] = []
  const loader = openLoader({
    script: new URL('./lost-thread.ts', import.meta.url),
    ms: how === 'dies' ? 60_000 : 500,
    onLost: (why) => void lost.push(why),
  })
  now.loader = loader
  const lines: string[] = []
  const folder = openFolder(
    whole.installation,
    edited,
    openLog('debug', { write: (line) => void lines.push(line) }),
  )
  const following = folder.follow()
  try {
    writeFileSync(join(edited, 'rules', 'own.yaml'), manyRules(1))
    await expect.poll(() => lost).toEqual([how === 'dies' ? 'death' : 'time'])
    await expect(folder.takeUp('start')).rejects.toMatchObject({ code: 'POLICY_STALE' })
    expect(await active()).toBe(before)
    expect((await transfer()).status).toBe(200)
    // It is not tried again at each look, nor said as what it is not.
    expect(lost).toHaveLength(2)
    expect(lines).toEqual([])
  } finally {
    await following.stop()
    await loader.stop()
    now.loader = thread
    rmSync(edited, { recursive: true, force: true })
  }
})
