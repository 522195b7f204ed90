/** `douane init` with its ten questions: what comes out is a policy without a fault, and says what it lacks. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadFolder } from '../../src/policy/load.ts'
import { registerFiles, stillMissing } from '../../src/cli/init-register.ts'
import { type Answers, idOf, questions } from '../../src/cli/init-questions.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { readFolder } from '../../src/policy/folder.ts'
import { project } from '../../src/wire/project.ts'
import { douane, emptyHome } from './douane.ts'

const tana: Answers = {
  company: 'Moreau & Fils SARL',
  country: 'FR',
  provider: 'Tana Paie',
  provider_country: 'MG',
  base_url: 'https://api.tana-paie.example/v2',
  purpose: 'payroll',
  data_subjects: 'employees',
  categories: 'name, contact, id.employee, fin, hr.salary',
  contract: 'C-2025-14 2025-03-01',
  clauses: '2025-03-01',
}
const shipped = await readFolder(join(project, 'policies'))
const { law } = loadFiles(shipped)

test('ten answers in a file make two files of ten lines without a fault, and say what is missing', async () => {
  const home = emptyHome()
  const file = join(home, 'answers.yaml')
  writeFileSync(
    file,
    Object.entries(tana)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
      .join(''),
  )
  const { code, out } = await douane(['init', '--answers', file], { home })
  expect(code).toBe(0)
  expect(out).toContain('Wrote policies/register/clients/moreau-fils-sarl.yaml')
  expect(out).toContain('No transfer impact assessment is registered. Do the assessment and register it.')
  const bundle = await loadFolder(join(home, 'policies'))
  expect(bundle.clients.get('moreau-fils-sarl')).toMatchObject({ name: 'Moreau & Fils SARL', country: 'FR' })
  expect(bundle.providers.get('tana-paie')).toMatchObject({ country: 'MG', language: 'fr' })
  for (const path of ['clients/moreau-fils-sarl.yaml', 'providers/tana-paie.yaml']) {
    const text = readFileSync(join(home, 'policies/register', path), 'utf8')
    expect(text.split('\n').length).toBeLessThanOrEqual(16)
  }
  const again = await douane(['init', '--answers', file], { home })
  expect([again.code, again.err]).toEqual([
    2,
    expect.stringContaining('is there already: nothing was changed'),
  ])
})

test('wrong answers are told all at once, in French if asked, and nothing is written', async () => {
  const home = emptyHome()
  const file = join(home, 'answers.yaml')
  writeFileSync(
    file,
    `${JSON.stringify({ ...tana, country: 'Frankreich', categories: 'name, nom', clauses: '1.3.2025', more: 1 })}\n`,
  )
  const { code, err } = await douane(['init', '--lang', 'fr', '--answers', file], { home })
  expect(code).toBe(2)
  for (const said of [
    "more n'est pas une question",
    'country : deux lettres',
    'catégorie inconnue : nom',
    'AAAA-MM-JJ',
  ])
    expect(err).toContain(said)
  await expect(loadFolder(join(home, 'policies'))).rejects.toThrow('there is no policies folder')
})

test.each([
  ['near, with a contract', { provider_country: 'PT', clauses: '' }, []],
  ['near, without a contract', { provider_country: 'PT', clauses: '', contract: '' }, ['contract in force']],
  ['far, with clauses', {}, ['transfer impact assessment']],
  ['far, without clauses', { clauses: '' }, ['no ground']],
  ['far, with nothing', { clauses: '', contract: '' }, ['contract in force', 'no ground']],
] as [string, Partial<Answers>, string[]][])('%s', (_remark, more, lacking) => {
  const made = registerFiles({ ...tana, ...more }, { law })
  const bundle = loadFiles([...shipped, ...made.files])
  expect(stillMissing(bundle, made, 'en', new Date())).toEqual(
    lacking.map((words) => expect.stringContaining(words)),
  )
})

test.each(['yes: no', 'a: {b}', '# c', "l'été", '"x"', '\\', 'NO', '*a', '!x y'])(
  'a name that means something in YAML (%s) stays a name',
  (company) => {
    const made = registerFiles({ ...tana, company: `${company} zz` }, { law })
    const bundle = loadFiles([...shipped, ...made.files])
    expect(bundle.clients.get(idOf(`${company} zz`))?.name).toBe(`${company} zz`)
  },
)

test.each(['null', 'no', '123', 'true', '1e3'])(
  'a purpose that means something in YAML (%s) is a word',
  (purpose) => {
    const made = registerFiles({ ...tana, purpose, data_subjects: 'null, employees' }, { law })
    const bundle = loadFiles([...shipped, ...made.files])
    expect(bundle.clients.get(made.client)?.purposes[purpose]?.data_subjects).toEqual(['null', 'employees'])
    expect(stillMissing(bundle, made, 'en', new Date())).toEqual([expect.stringContaining('assessment')])
  },
)

test.each([
  ['Société Générale', 'societe-generale'],
  ['Crédit Écomobile', 'credit-ecomobile'],
  ['Weiß & Søn Łódź', 'weiss-son-lodz'],
  ['Œuvres – Ærø', 'oeuvres-aero'],
  ['İstanbul Ödeme', 'istanbul-odeme'],
])('an id is the name without accents: %s', (name, id) => {
  expect(idOf(name)).toBe(id)
})

test('there are ten questions, each in two languages', () => {
  expect(questions).toHaveLength(10)
  expect(questions.every(({ ask }) => ask.en !== '' && ask.fr !== '' && ask.en !== ask.fr)).toBe(true)
})
