/** Article 49: a derogation counts for its case, is counted with the intent, and none left refuses. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
afterAll(() => office.close())
const lawyer = (id: string, country: string): string => `id: ${id}
name: ${id}
country: ${country}
base_url: http://127.0.0.1:${office.port}/${id}
status: approved
contracts:
  - client: acme
    dpa: {ref: C-1, signed_on: 2025-03-01, art28_3_a_to_h: true, purposes: [support], categories: [name, contact, id]}
    legs: [{from: FR, to: ${country}, exporter: client, importer: provider, kind: processing, mechanism: derogation}]
`
const file = (name: string, transfers: number, subjects: number): string => `case: ${name}
provider: avocat
letter: e
data_subjects_max: ${subjects}
transfers_max: ${transfers}
reason: A claim before the court of Antananarivo.
approver: A. Martin
valid_to: 2099-12-31
`
const policies = {
  'register/providers/avocat.yaml': lawyer('avocat', 'MG'),
  'derogations/CLAIM-1.yaml': file('CLAIM-1', 2, 10),
  'derogations/CLAIM-2.yaml': file('CLAIM-2', 9, 3),
  'derogations/CLAIM-3.yaml': file('CLAIM-3', 5, 100),
  'derogations/CLAIM-4.yaml': file('CLAIM-4', 9, 1),
  'derogations/CLAIM-5.yaml': file('CLAIM-5', 9, 3),
  // Where the purpose needs them, names leave as they are.
  'register/clients/acme.yaml': `id: acme
name: acme SARL
country: FR
status: approved
purposes:
  support: {data_subjects: [customers], need_to_know: [name]}
  payroll: {data_subjects: [employees]}
`,
}
const whole = await openWhole({ provider: office, policies })
beforeEach(() => office.forget())

const person = (n: number) => ({ nom: 'Rakotomalala', email: `helene.r${n}@exemple.fr` })
const send = (of: string | undefined, body: unknown) =>
  whole.send('/avocat/claims', {
    body: JSON.stringify(body),
    headers: { 'douane-purpose': 'support', ...(of === undefined ? {} : { 'douane-case': of }) },
  })

interface Line {
  readonly k: string
  readonly end?: string
  readonly ground?: readonly string[]
}
const linesOf = async (tid: string): Promise<string[]> => {
  const { rows } = await whole.database.superuser.query<{ body: Buffer }>(
    `SELECT body FROM douane.audit_leaf WHERE tid = $1 ORDER BY idx`,
    [tid],
  )
  return rows.map(({ body }) => {
    const line = JSON.parse(body.toString('utf8')) as Line
    return line.k === 'outcome' ? `outcome ${line.end}` : line.k
  })
}

describe('a derogation', () => {
  test('carries its case until its transfers are used up; then nothing leaves, and the log says why', async () => {
    for (const n of [1, 2]) expect((await send('CLAIM-1', person(n))).status).toBe(200)
    expect(office.got).toHaveLength(2)
    const over = await send('CLAIM-1', person(3))
    expect(over.code).toBe('DEROGATION_REFUSED')
    expect(office.got).toHaveLength(2)
    expect(await linesOf(over.tid)).toEqual(['intent', 'outcome not_sent', 'refusal'])
  })

  test('carries no other case, and none without one', async () => {
    for (const of of ['CLAIM-9', undefined]) {
      const heard = await send(of, person(4))
      expect(heard.code).toBe('DEROGATION_REFUSED')
      expect(await linesOf(heard.tid)).toEqual(['refusal'])
    }
    expect(office.got).toHaveLength(0)
  })

  test('counts people too: a batch of more than are left is refused whole', async () => {
    expect((await send('CLAIM-2', [person(5), person(6)])).status).toBe(200)
    expect((await send('CLAIM-2', [person(7), person(8)])).code).toBe('DEROGATION_REFUSED')
    expect((await send('CLAIM-2', [person(9)])).status).toBe(200)
    expect(office.got).toHaveLength(2)
  })

  test('counts one person once, however many ways there are to reach them', async () => {
    const many = { ...person(30), telephone: '+33 6 12 34 56 78', matricule: 'E-48213' }
    expect((await send('CLAIM-4', many)).status).toBe(200)
    expect((await send('CLAIM-4', person(31))).code).toBe('DEROGATION_REFUSED')
  })

  test('counts those who have nothing but a name, also where it leaves as it is', async () => {
    const named = (...list: string[]) => list.map((nom) => ({ nom }))
    const four = named('Rakotomalala', 'Randrianarisoa', 'Razafindrakoto', 'Rasoanaivo')
    expect((await send('CLAIM-5', four)).code).toBe('DEROGATION_REFUSED')
    expect(office.got).toHaveLength(0)
    expect((await send('CLAIM-5', four.slice(0, 3))).status).toBe(200)
    expect((await send('CLAIM-5', four.slice(3))).code).toBe('DEROGATION_REFUSED')
  })

  test('is never overdrawn, however many ask at once', async () => {
    const heard = await Promise.all(Array.from({ length: 12 }, (_, n) => send('CLAIM-3', person(20 + n))))
    expect(heard.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(office.got).toHaveLength(5)
    const { rows } = await whole.database.superuser.query<{ transfers: number }>(
      'SELECT transfers FROM douane.derogation_use ORDER BY transfers DESC LIMIT 1',
    )
    expect(rows[0]?.transfers).toBe(5)
  })

  test('leaves the name of its case nowhere in the database', async () => {
    const { rows } = await whole.database.superuser.query<{ found: number }>(
      `SELECT count(*)::int AS found FROM douane.audit_leaf WHERE position('CLAIM-' in encode(body, 'escape')) > 0`,
    )
    expect(rows[0]?.found).toBe(0)
    expect(whole.lines.some((line) => line.includes('CLAIM-'))).toBe(false)
  })
})
