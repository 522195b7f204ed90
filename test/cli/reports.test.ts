/** Reports of a log in which something happened: what they count is what was sent, and they know no value. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProvider } from '../promises/provider.ts'
import { douane } from './douane.ts'
import { inHere } from './in-here.ts'
import { sendOn, served, until } from './served.ts'

const provider = await openProvider()
const answers: number[] = []
let here: Awaited<ReturnType<typeof served>>
const person = (n: number): string =>
  JSON.stringify({
    matricule: `E-${n}`,
    nom: 'Marchetti',
    prenom: 'Hélène',
    email: `h${n}.marchetti@example.com`,
  })

beforeAll(async () => {
  here = await served(provider)
  const send = async (to: string, n: number) =>
    (await sendOn(here.port, `/${to}/lots`, { key: here.key, body: person(n) })).status
  for (const n of [1, 2, 2]) answers.push(await send('tana', n))
  answers.push(await send('lyon', 3), await send('stale', 4))
  // an answer does not wait for the line about its end, nor the report for what is not signed yet
  const of = async (provider: string) => {
    const { value } = await inHere(['report', 'incident', '--provider', provider, '--json'], here)
    return value as { readonly refused: number; readonly ends: Readonly<Record<string, number>> }
  }
  await until(
    async () =>
      (await of('tana')).ends['delivered'] === 3 &&
      (await of('lyon')).ends['delivered'] === 1 &&
      (await of('stale')).refused === 1,
  )
})
afterAll(async () => {
  here.child.kill('SIGTERM')
  await here.ended
  await provider.close()
})

test('the transfer register, in three forms and two languages', async () => {
  expect(answers).toEqual([200, 200, 200, 200, 403])
  const { value, code } = await inHere(['report', 'transfers', '--json'], here)
  expect(code).toBe(0)
  expect(value.rows).toContainEqual(
    expect.objectContaining({
      ...{ country: 'MG', provider: 'tana', category: 'name', ground: 'scc_ec', transfers: 3 },
      findings: { clear: 0, coarser: 0, pseudonym: 6, withheld: 0 },
    }),
  )
  expect(value.rows.some(({ provider }: { provider: string }) => provider === 'stale')).toBe(false)
  const cells = await inHere(['report', 'transfers', '--format', 'csv', '--provider', 'lyon'], here)
  expect(cells.out).toMatch(/^country,code,provider,category/)
  expect(cells.out).not.toContain('tana')
  const file = join(here.home, 'register.html')
  const html = await douane(['report', 'transfers', '--format', 'html', '--lang', 'fr', '--out', file], here)
  expect([html.code, statSync(file).mode & 0o777]).toEqual([0, 0o600])
  expect(readFileSync(file, 'utf8')).toContain('Registre des transferts')
  expect((await inHere(['report', 'transfers', '--out', file], here)).code).toBe(2)
  for (const said of [JSON.stringify(value), cells.out, readFileSync(file, 'utf8')])
    expect(said).not.toMatch(/marchetti|hélène/i)
})

test('an incident: categories by form, countries, grounds, and how many persons at most', async () => {
  const { value } = await inHere(['report', 'incident', '--provider', 'tana', '--json'], here)
  expect(value).toMatchObject({
    ...{ transfers: 3, refused: 0, clients: ['acme'], countries: { MG: ['scc_ec'] }, ends: { delivered: 3 } },
    persons: { atMost: 2, uncounted: 0 },
  })
  expect(value.categories['contact.email']).toMatchObject({ clear: 0, pseudonym: 3 })
  const stale = await inHere(['report', 'incident', '--provider', 'stale', '--lang', 'fr'], here)
  expect(stale.out).toMatch(/refusés : rien n'est parti +1/)
  const before = await inHere(
    ['report', 'incident', '--provider', 'tana', '--to', '2020-01-01', '--json'],
    here,
  )
  expect(before.value).toMatchObject({ transfers: 0, persons: { atMost: 0 } })
  const wrong = await inHere(['report', 'incident', '--provider', 'tana', '--from', 'soon'], here)
  expect(wrong.code).toBe(2)
})

test('a person: who received what, and erasure; the identifier comes by standard input and is shown nowhere', async () => {
  const who = { ...here, input: 'E-1\n' }
  const held = await douane(['subject', 'lookup', '--client', 'acme', '--lang', 'fr'], who)
  expect([held.code, held.out]).toEqual([0, expect.stringMatching(/^1 personne.*\ntana {2}Madagascar /)])
  const asked = ['subject', 'erase', '--client', 'acme', '--ground', 'Art. 17(1)(b)', '--json']
  const { code, value, out, err } = await douane(asked, who)
  expect([code, value.persons, value.erased.details]).toEqual([0, 1, 1])
  expect(out + err + held.out).not.toMatch(/E-1\b|marchetti/i)
  expect((await inHere(asked, who)).code).toBe(1)
  expect((await inHere(asked, { ...here, input: '\n' })).code).toBe(2)
  expect((await inHere([...asked.slice(0, 4), '--ground', '<b>'], who)).code).toBe(2)
})

test('each report is a line of the access log', async () => {
  const out = join(here.home, 'export')
  expect((await inHere(['audit', 'export', '--access', '--out', out], here)).code).toBe(0)
  const acts = readFileSync(join(out, 'access/entries.jsonl'), 'utf8')
  expect(acts).toMatch(/"act":"report transfers"/)
  expect(acts).toMatch(/"act":"report incident","boot":"\w+","count":3,"filter":"tana"/)
})

test('an export for somebody limited to clients holds nothing of others to read', async () => {
  const out = join(here.home, 'limited')
  const asked = ['audit', 'export', '--clients', 'globex', '--out', out]
  const refused = await inHere([...asked, '--access'], here)
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('of all clients')])
  expect((await inHere(asked, here)).code).toBe(0)
  expect(readFileSync(join(out, 'views/transfers.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(1)
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => /views|policy-parts|MANIFEST|VERIFY/.test(relative(out, path)))
  const ofOthers = files.filter((path) =>
    /acme/i.test(`${relative(out, path)} ${readFileSync(path, 'utf8')}`),
  )
  expect(ofOthers).toEqual([])
  expect(files.some((path) => path.endsWith('register/clients/globex.yaml'))).toBe(true)
})
