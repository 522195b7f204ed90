/** What `policy diff` says of folders and of bundles that this home once had in force, and with which exit code. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readSettings } from '../../src/config/settings.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { takeUpFolder } from '../../src/wire/policy.ts'
import { patient } from '../patient.ts'
import { douane, emptyHome, writePolicies } from './douane.ts'
import { inHere } from './in-here.ts'

const home = emptyHome()
const here = { home, env: { DOUANE_REGION: 'FR' } }
const policies = join(home, 'policies')
const draft = join(home, 'draft')
const mask = `rules:
  - id: own-mask
    decide: mask
    when: {provider: tana, category: name}
    because: {en: Names are masked., fr: Les noms sont masqués., article: GDPR 25}
`
beforeAll(async () => {
  await inHere(['init'], here)
  rmSync(policies, { recursive: true })
  writePolicies(home)
  cpSync(policies, draft, { recursive: true })
  writeFileSync(join(draft, 'rules', 'own.yaml'), mask)
})

test('0 for what tightens or changes nothing, 1 for what loosens, 2 for what cannot be compared', async () => {
  const same = await douane(['policy', 'diff', policies, policies], here)
  expect([same.code, same.out]).toEqual([0, expect.stringContaining('No decision changes.')])
  const tighter = await inHere(['policy', 'diff', policies, draft], here)
  expect([tighter.code, tighter.out]).toEqual([0, expect.stringContaining('This change only tightens.')])
  expect(tighter.out).toContain('name: pseudonymise → mask')
  const looser = await inHere(['policy', 'diff', draft, policies, '--lang', 'fr'], here)
  expect([looser.code, looser.out]).toEqual([1, expect.stringContaining('Ce changement RELÂCHE')])
  const { value, code } = await inHere(['policy', 'diff', '--json', draft, policies], here)
  expect([code, value]).toEqual([
    1,
    expect.objectContaining({ loosens: true, changes: [expect.objectContaining({ direction: 'looser' })] }),
  ])
  const broken = join(home, 'broken')
  cpSync(draft, broken, { recursive: true })
  writeFileSync(join(broken, 'rules', 'own.yaml'), mask.replace('decide: mask', 'decide: masc'))
  const faulty = await inHere(['policy', 'diff', policies, broken], here)
  expect([faulty.code, faulty.out]).toEqual([
    2,
    expect.stringMatching(/own\.yaml:3:13: .*\n.*\n.*\^\n.*"mask"/),
  ])
  expect((await inHere(['policy', 'diff', policies, draft, '--from', '2026-02-30'], here)).code).toBe(2)
  expect((await inHere(['policy', 'diff', policies], here)).code).toBe(2)
})

test('a bundle of the past is named by its digest, the one in force as `active`; who compares leaves a record', async () => {
  const installation = await openInstallation(readSettings(here.env, home), {
    attach: true,
    deadlines: patient,
  })
  let digest: string
  try {
    digest = (await takeUpFolder(installation, policies, 'test')).bundle.digest
    await takeUpFolder(installation, draft, 'test')
  } finally {
    await installation.stop()
  }
  const looser = await inHere(['policy', 'diff', 'active', digest], here)
  expect([looser.code, looser.out]).toEqual([1, expect.stringContaining('name: mask → pseudonymise')])
  const none = await inHere(['policy', 'diff', 'active', 'a'.repeat(64)], here)
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('There is no bundle aaaa')])
  const again = await openInstallation(readSettings(here.env, home), { attach: true, deadlines: patient })
  try {
    const { items } = await again.transfers.accesses({})
    expect(items.map(({ record }) => [record.act, record.count])).toContainEqual(['policy diff', 2])
  } finally {
    await again.stop()
  }
})
