/** Promise 4: what was planted is nowhere but in the sealed columns and where it belongs. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openWhole } from './gateway.ts'

const written: string[] = []
for (const stream of [process.stdout, process.stderr]) {
  const original = stream.write.bind(stream)
  vi.spyOn(stream, 'write').mockImplementation((chunk: unknown, ...rest: unknown[]) => {
    written.push(String(chunk))
    return Reflect.apply(original, stream, [chunk, ...rest]) as boolean
  })
}
afterAll(() => vi.restoreAllMocks())

const whole = await openWhole()
const { provider, database } = whole

/** Each in a place of its own, so that a leak names its place. Letters and digits that nothing else holds. */
const planted = {
  name: 'Zwolkiewiczowa',
  email: 'qx7.planted@exemple-secret.fr',
  iban: 'FR7630004008120000987654349',
  phone: '+33698761234',
  number: '184056912304219',
  key: 'kx9.planted@exemple-secret.fr',
  unknownKey: 'Zkey-Vrabcovska-4471',
  segment: 'sx4.planted@exemple-secret.fr',
  parameter: 'px5.planted@exemple-secret.fr',
  header: 'hx6.planted@exemple-secret.fr',
  case: 'CASE-Zmrzlinova-88471',
  subject: 'SUBJ-Ostrowska-55219',
  idempotency: 'IDEM-Kvetoslava-33817',
  special: 'polyarthrite-Zlatohlava',
  note: 'Zdenkovskahora',
  answer: 'ax8.planted@exemple-secret.fr',
  answerName: 'Wieczorkowska',
  wrongKey: 'dk_ZZplantedZZ_secretsecretsecretsecret',
} as const

const statuses: number[] = []
const codes: (string | undefined)[] = []
const wherever: string[] = []
const said = (...texts: string[]): void => void wherever.push(...texts)

beforeAll(async () => {
  // A provider that echoes, that says more than it was asked, that fails, and that is no HTTP.
  provider.answers((got) => ({
    status: got.target.includes('fail') ? 500 : 200,
    type: got.target.includes('html') ? 'text/html' : 'application/json',
    headers: [`X-Customer: ${planted.answer}`, `Location: https://elsewhere.example/${planted.answer}`],
    body: `{"reply": "Dossier de ${planted.answerName}, ${planted.answer}", "got": ${JSON.stringify(got.body.toString('utf8'))}}`,
  }))
  const body = JSON.stringify({
    nom: planted.name,
    email: planted.email,
    iban: planted.iban,
    telephone: planted.phone,
    nir: Number(planted.number),
    [planted.unknownKey]: 1,
    commentaire: `Rappeler Mme ${planted.note} avant vendredi, elle attend une réponse de la banque.`,
  })
  const headers = {
    'douane-case': planted.case,
    'douane-subject': planted.subject,
    'idempotency-key': planted.idempotency,
    'x-note': planted.header,
  }
  const target = `/tana/people/${encodeURIComponent(planted.segment)}?q=${encodeURIComponent(planted.parameter)}`
  const passed = [
    await whole.send(target, { body, headers }),
    await whole.send(target, { body, headers }),
    await whole.send('/tana/html', { body, headers }),
    await whole.send('/tana/fail', { body, headers }),
    await whole.send('/lyon/x', {
      body: body.replace(`"nir":${planted.number}`, '"n":1'),
      headers: { ...headers, 'douane-purpose': 'support' },
    }),
  ]
  statuses.push(...passed.map(({ status }) => status))
  const refused = [
    await whole.send(target, {
      body: JSON.stringify({ [planted.key]: planted.email, diagnostic: planted.special }),
      headers,
    }),
    await whole.send(target, { body: body.slice(0, -1), headers }),
    await whole.send(`/stale/people/${planted.segment}`, { body, headers }),
    await whole.send('/narrow/x', { body, headers }),
    await whole.send('/tana/x', { body, headers, type: 'application/pdf' }),
    await whole.send('/tana/x', { body: planted.email, type: `application/${planted.unknownKey}` }),
    await whole.send('/tana/x', { body, key: planted.wrongKey }),
    await whole.send('/tana/x', { body, headers: { ...headers, 'douane-purpose': planted.unknownKey } }),
    await whole.send(`/${planted.unknownKey}/x`, { body, headers }),
    await whole.send(`/tana/${planted.unknownKey}/../x`, { body, headers }),
    await whole.send('/tana/x', {
      body: `email=${planted.email}&%zz`,
      type: 'application/x-www-form-urlencoded',
    }),
    await whole.send('/tana/x', {
      body: JSON.stringify({ [planted.key]: 1, [planted.key.toUpperCase()]: 2 }),
      headers,
    }),
  ]
  // The last one may be treated; the others are refused, and their problems are looked through.
  codes.push(...refused.slice(0, -1).map(({ code }) => code))
  for (const one of refused) {
    if (one.code !== undefined) said(one.text, JSON.stringify(one.headers))
  }
  await vi.waitFor(async () => {
    const sql = 'SELECT count(*)::int AS n FROM douane.audit_leaf WHERE kind = 2'
    const { rows } = await database.superuser.query<{ n: number }>(sql)
    if ((rows[0]?.n ?? 0) < passed.length) throw new Error('an outcome is missing')
  }, 60_000)
  for (const { tid } of [...passed, ...refused.filter((one) => one.code !== undefined)]) {
    for (const path of ['', '/explain', '/explain?lang=fr', '/receipt'])
      said(JSON.stringify(await whole.look(`/v1/transfers/${tid}${path}`)))
  }
  said(JSON.stringify(await whole.look('/v1/transfers?limit=100')), await whole.look<string>('/metrics'))
  said(JSON.stringify(await whole.look(`/v1/transfers?client=${planted.unknownKey}`)))
  said(JSON.stringify(await whole.look(`/v1/transfers/${planted.unknownKey}`)))
})

/** The value, and what a careless program would make of it. */
const shapesOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value)
  const digest = createHash('sha256').update(bytes).digest()
  return [
    value,
    encodeURIComponent(value),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    digest.toString('hex'),
    digest.toString('base64').replace(/=+$/, ''),
    createHash('sha256').update(value.toLowerCase()).digest('hex'),
    createHash('sha1').update(bytes).digest('hex'),
    createHash('md5').update(bytes).digest('hex'),
  ]
}

const leaksIn = (texts: readonly string[]): string[] => {
  const all = texts.join('\n').toLowerCase()
  return Object.entries(planted).flatMap(([place, value]) =>
    shapesOf(value).flatMap((shape, i) => (all.includes(shape.toLowerCase()) ? [`${place} (${i})`] : [])),
  )
}

/** Sealed on purpose: AES-256-GCM under keys that are not in the database. Even they must not show a value. */
const dump = async (): Promise<string[]> => {
  const { rows } = await database.superuser.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { table } of rows) {
    const all = await database.superuser.query<{ row: Record<string, unknown>; text: string }>(
      `SELECT to_jsonb(t) AS row, t::text AS text FROM ${table} t`,
    )
    for (const { row, text } of all.rows) {
      texts.push(text, JSON.stringify(row))
      for (const column of Object.values(row)) {
        if (typeof column !== 'string' || !column.startsWith('\\x')) continue
        const bytes = Buffer.from(column.slice(2), 'hex')
        texts.push(bytes.toString('utf8'), bytes.toString('base64'), bytes.toString('latin1'))
      }
    }
  }
  return texts
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe('a planted value is nowhere', () => {
  test('it was planted in what passed and in what was refused', () => {
    expect(statuses).toEqual([200, 200, 200, 500, 200])
    expect(codes).not.toContain(undefined)
    expect(new Set(codes).size).toBeGreaterThan(6)
  })

  test('the search finds what there is to find', () => {
    expect(leaksIn([`x ${planted.email} y`])).toContain('email (0)')
    expect(leaksIn([createHash('sha256').update(planted.case).digest('hex')])).toContain('case (5)')
  })

  test('not in problems, explanations, receipts, lists or metrics', () => {
    expect(wherever.length).toBeGreaterThan(60)
    expect(leaksIn(wherever)).toEqual([])
  })

  test('not in the process log, standard output or standard error', () => {
    expect(whole.lines.length).toBeGreaterThan(20)
    expect(leaksIn([...whole.lines, ...written])).toEqual([])
  })

  test('not in the database: every table, every column, and the bytes of every column', async () => {
    const texts = await dump()
    expect(texts.length).toBeGreaterThan(100)
    expect(leaksIn(texts)).toEqual([])
  })

  test('not in the files of the home', () => {
    expect(leaksIn(filesBelow(whole.home).map((path) => readFileSync(path, 'latin1')))).toEqual([])
  })

  test('not in the log of PostgreSQL', async () => {
    // An error in a statement that holds a value is the usual way into that log.
    const pool = database.pool('douane_gateway')
    await pool.query('SELECT $1::int', [planted.email]).catch(() => undefined)
    await pool
      .query('INSERT INTO douane.instance (boot, inst) VALUES ($1, $1), ($1, $1)', [planted.name])
      .catch(() => undefined)
    const { rows } = await database.superuser.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    )
    const log = readFileSync(join(dirname(rows[0]?.folder ?? ''), 'server.log'), 'latin1')
    expect(log.length).toBeGreaterThan(0)
    expect(leaksIn([log])).toEqual([])
  })

  test('not at the offshore provider', () => {
    const { answer: _a, answerName: _b, subject, case: caseNumber, ...sent } = planted
    const far = provider.got.filter(({ target }) => target.startsWith('/tana'))
    expect(far.length).toBeGreaterThan(3)
    const all = far.map(({ head, body }) => `${head}${body.toString('utf8')}`).join('\n')
    for (const place of [
      'name',
      'email',
      'iban',
      'phone',
      'number',
      'segment',
      'parameter',
      'header',
      'note',
    ] as const)
      expect(all).not.toContain(sent[place])
    for (const value of [subject, caseNumber]) expect(all).not.toContain(value)
  })

  test('the database role of the gateway cannot read the log of a transfer out of the vault', async () => {
    const gateway = database.pool('douane_gateway')
    const { rows } = await gateway.query<{ sealed: Buffer }>('SELECT sealed FROM douane.vault_pseudonym')
    expect(rows.length).toBeGreaterThan(5)
    expect(leaksIn(rows.map(({ sealed }) => sealed.toString('latin1')))).toEqual([])
  })
})
