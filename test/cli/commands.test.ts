/** What each command says, and with which exit code it ends. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { printer } from '../../src/cli/print.ts'
import { commands } from '../../src/cli/run.ts'
import { version } from '../../src/wire/project.ts'
import { douane, emptyHome, start, writePolicies } from './douane.ts'
import { inHere } from './in-here.ts'

const home = emptyHome()
const env = { DOUANE_REGION: 'FR' }
const here = { home, env }
const mode = (...path: string[]): string => (statSync(join(home, ...path)).mode & 0o777).toString(8)
const payroll = '{"employees":[{"name":"Hélène Marchetti","email":"h.marchetti@example.com"}]}'
const to = (provider: string): string[] => ['--client', 'acme', '--provider', provider, '--target', '/lots']

let made: Awaited<ReturnType<typeof douane>>
beforeAll(async () => {
  made = await douane(['init'], here)
  rmSync(join(home, 'policies'), { recursive: true })
  writePolicies(home)
})

describe('douane init', () => {
  test('makes a home: settings and secrets are the owner’s alone', () => {
    expect(made.code).toBe(0)
    expect(made.out).toContain('douane policy check')
    expect([mode('douane.yaml'), mode('secrets')]).toEqual(['600', '700'])
    const files = readdirSync(join(home, 'secrets'), { recursive: true, withFileTypes: true })
    const open = files.filter((one) => (statSync(join(one.parentPath, one.name)).mode & 0o077) !== 0)
    expect([files.length > 3, open]).toEqual([true, []])
  })

  test('a second time changes nothing and says so', async () => {
    const before = readFileSync(join(home, 'secrets/master.key'))
    const again = await inHere(['init'], here)
    expect(again.code).toBe(2)
    expect(again.err).toMatch(/already holds policies.*nothing was changed/)
    expect(readFileSync(join(home, 'secrets/master.key'))).toEqual(before)
  })

  test('the shipped pack is right, and its example register with it', async () => {
    const fresh = { home: emptyHome(), env }
    expect((await inHere(['init', '--json'], fresh)).value).toEqual({ home: fresh.home })
    expect((await inHere(['policy', 'check', '--json'], fresh)).value).toMatchObject({ faults: [] })
  })
})

describe('douane policy', () => {
  test('check: every fault with file, line, column, its line and a caret', async () => {
    const broken = { home: emptyHome(), env }
    writePolicies(broken.home, {
      files: {
        'rules/own.yaml':
          'rules:\n  - id: own\n    decide: blok\n    when: {}\n    because: {en: a, fr: b, article: c}\n',
        'rules/tab.yaml': 'rules:\n\t- x\n',
      },
    })
    const said = await douane(['policy', 'check'], broken)
    expect(said.code).toBe(1)
    const lines = said.out.split('\n')
    const at = lines.findIndex((line) => line.startsWith('rules/own.yaml:3:13: '))
    expect(at).toBeGreaterThanOrEqual(0)
    expect(lines[at + 1]).toBe('        decide: blok')
    expect(lines[at + 2]).toBe(`${' '.repeat(4 + 12)}^`)
    expect(said.out).toMatch(/^rules\/tab\.yaml:2:/m)
    const { value, code } = await inHere(['policy', 'check', '--json'], broken)
    expect(code).toBe(1)
    expect(value.faults).toContainEqual(
      expect.objectContaining({
        ...{ file: 'rules/own.yaml', line: 3, column: 13 },
        ...{ message: '"blok" is not a treatment', message_fr: "« blok » n'est pas un traitement" },
        ...{ hint: 'did you mean "block"?', hint_fr: 'vouliez-vous dire « block » ?' },
      }),
    )
  })

  test('check --strict: a warning is a no; without it, it is a line', async () => {
    const loose = await inHere(['policy', 'check'], here)
    expect([loose.code, loose.out]).toEqual([
      0,
      expect.stringMatching(/: warning: gap: name → tana is decided by/),
    ])
    expect(loose.out).toMatch(/rules: no fault, \d+ warnings$/m)
    const strict = await inHere(['policy', 'check', '--strict', '--lang', 'fr'], here)
    expect(strict.code).toBe(1)
    expect(strict.out).toMatch(/: avertissement : lacune : name → tana ne relève que du défaut/)
    expect(strict.out).toMatch(/règles : aucune erreur, \d+ avertissements\npolitique [0-9a-f]{64}$/m)
  })

  test('check: a folder that is none', async () => {
    const said = await inHere(['policy', 'check', join(home, 'nowhere'), '--lang', 'fr'], here)
    expect([said.code, said.out]).toEqual([
      1,
      expect.stringMatching(/il n'y a pas de dossier de politiques ici(?:\n.*)+\n1 erreur$/m),
    ])
  })

  test('test: 0 when every case passes, 1 when one fails', async () => {
    const good = await inHere(['policy', 'test', '--json'], here)
    expect([good.code, good.value.failed]).toEqual([0, 0])
    expect(good.value.passed).toBeGreaterThan(10)
    const cases = (verdict: string) => `cases:
  - name: payroll leaves
    client: acme
    provider: tana
    purpose: payroll
    now: 2026-11-23
    payload: '{"email":"a@example.com"}'
    expect: {verdict: ${verdict}}
`
    const other = { home: emptyHome(), env }
    writePolicies(other.home, { files: { 'cases/own.yaml': cases('allow') } })
    const bad = await inHere(['policy', 'test', '--json'], other)
    expect(good.value.coverage).toMatchObject({ fired: good.value.coverage.rules, never: [] })
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('cases/own.yaml')
  })

  test('test: a rule that fires in no case is named; with --require-coverage it is a no', async () => {
    const own = { home: emptyHome(), env }
    writePolicies(own.home, {
      files: {
        'rules/own.yaml':
          'rules:\n  - id: own\n    decide: mask\n    when: {client: globex}\n    because: {en: a, fr: b, article: c}\n',
      },
    })
    const loose = await inHere(['policy', 'test', '--lang', 'fr'], own)
    expect([loose.code, loose.out]).toEqual([
      0,
      expect.stringContaining("rules/own.yaml:2: la règle own ne s'applique dans aucun cas"),
    ])
    const strict = await inHere(['policy', 'test', '--require-coverage', '--json'], own)
    expect([strict.code, strict.value.coverage.never]).toEqual([
      1,
      [{ rule: 'own', file: 'rules/own.yaml', line: 2 }],
    ])
  })

  test('explain: 0 and the sentence, 1 if it would be refused; in both languages', async () => {
    const treated = await douane(['policy', 'explain', ...to('tana')], { ...here, input: payroll })
    expect([treated.code, treated.out]).toEqual([0, expect.stringMatching(/^May go to tana \(Madagascar\)/)])
    const refused = await inHere(['policy', 'explain', ...to('stale'), '--lang', 'fr'], {
      ...here,
      input: payroll,
    })
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringMatching(/^Refusé, rien ne part vers stale/),
    ])
  })
})

describe('douane try', () => {
  test('shows what would leave; its value is nowhere else', async () => {
    const said = await douane(['try', '--json', ...to('tana')], { ...here, input: payroll })
    expect(said.code).toBe(0)
    expect(said.value.decision.verdict).toBe('treat')
    expect(said.value.outgoing.body).not.toMatch(/marchetti/i)
  })

  test.each([
    ['a payload that cannot be read', ['try', ...to('tana')], '{', 1, /^PAYLOAD_UNREADABLE: /],
    ['a provider that is not there', ['try', ...to('nobody')], '{}', 1, /^PROVIDER_UNKNOWN: /],
    ['a language that is not there', ['try', ...to('tana'), '--lang', 'de'], undefined, 2, /--lang/],
    ['no client', ['try', '--provider', 'tana'], undefined, 2, /--client/],
    [
      'a file that is not there',
      ['try', '/nowhere.json', ...to('tana')],
      undefined,
      2,
      /cannot be read \(ENOENT\)/,
    ],
  ])('%s', async (_name, args, input, code, err) => {
    const said = await inHere(args, input === undefined ? here : { ...here, input })
    expect([said.code, said.err]).toEqual([code, expect.stringMatching(err)])
  })
})

describe('douane classify', () => {
  test('one text, with offsets', async () => {
    const { value, code } = await inHere(['classify', '--json'], { ...here, input: 'x ana@example.com' })
    expect(code).toBe(0)
    expect(value.findings).toContainEqual(
      expect.objectContaining({ start: 2, end: 17, category: 'contact.email' }),
    )
  })

  test('--ndjson: offsets in UTF-16 code units, a bad line is an answer and not the end', async () => {
    const lines = [
      '{"id":1,"text":"😀 ana@example.com"}',
      'no json',
      '',
      '{"id":"b"}',
      '[]',
      '{"id":3,"text":"{\\"mail\\":\\"ana@example.com\\"}","type":"application/json"}',
      '{"id":4,"text":"{","type":"application/json"}',
      '{"id":5,"text":"x","type":"image/png"}',
      '{"id":6,"text":"fin"}',
    ]
    const { out, code } = await douane(['classify', '--ndjson'], { ...here, input: `${lines.join('\n')}\n` })
    expect(code).toBe(0)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map(({ id, error }) => [id, error])).toEqual([
      [1, undefined],
      [null, 'LINE_NOT_JSON'],
      ['b', 'TEXT_MISSING'],
      [null, 'TEXT_MISSING'],
      [3, undefined],
      [4, 'PAYLOAD_UNREADABLE'],
      [5, 'MEDIA_UNSUPPORTED'],
      [6, undefined],
    ])
    const email = answers[0].findings.find(
      ({ category }: { category: string }) => category === 'contact.email',
    )
    expect('😀 ana@example.com'.slice(email.start, email.end)).toBe('ana@example.com')
    expect(answers[4].findings[0]).toMatchObject({ category: 'contact.email', path: 'mail' })
  })

  test('control and bidi characters of the text do not reach the terminal', async () => {
    const { out } = await inHere(['classify', '--type', 'application/json'], {
      ...here,
      input: '{"a\u202e\\u001b[31m":"ana@example.com"}',
    })
    expect(out).toContain('contact.email')
    for (const steering of ['\u001b', '\u202e']) expect(out).not.toContain(steering)
  })
})

describe('douane keys', () => {
  test('a client’s key is shown once and can be revoked', async () => {
    const { value, code } = await inHere(['keys', 'client', 'acme', '--json'], here)
    expect([code, value.key]).toEqual([0, expect.stringMatching(/^dk_[a-z0-9]{8}_/)])
    const listed = await inHere(['keys', 'list'], here)
    expect(listed.out).toContain(`${value.key.slice(3, 11)}  client acme`)
    expect(listed.out).not.toContain(value.key.slice(12))
    expect((await inHere(['keys', 'revoke', value.key.slice(3, 11)], here)).code).toBe(0)
    expect((await inHere(['keys', 'revoke', value.key.slice(3, 11)], here)).code).toBe(1)
    expect((await inHere(['keys', 'client', 'nobody'], here)).code).toBe(2)
  })

  test('a person’s key names roles and clients', async () => {
    const { value } = await inHere(
      ['keys', 'person', 'ana', '--role', 'dpo,auditor', '--client', 'acme', '--json'],
      here,
    )
    expect(value).toMatchObject({ who: 'ana', roles: ['dpo', 'auditor'] })
    const wrong = await inHere(['keys', 'person', 'ana', '--role', 'king'], here)
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('no such role: king')])
    const stranger = await inHere(['keys', 'person', 'ana', '--role', 'dpo', '--client', 'nobody'], here)
    expect(stranger.code).toBe(2)
  })

  test('a provider’s secret comes from standard input and is never shown again', async () => {
    const secret = 's3cret-of-tana'
    const { code, out } = await douane(['keys', 'provider', 'tana'], { ...here, input: `${secret}\n` })
    expect([code, out]).toEqual([0, expect.stringContaining('bound to http://127.0.0.1:9')])
    const listed = await inHere(['keys', 'list', '--json'], here)
    expect(listed.out).not.toContain(secret)
    expect(listed.value.providers).toContainEqual(expect.objectContaining({ provider: 'tana' }))
    expect((await inHere(['keys', 'provider', 'tana'], { ...here, input: '' })).code).toBe(2)
    expect((await inHere(['keys', 'provider', 'tana', secret], { ...here, input: '' })).code).toBe(2)
  })
})

describe('douane audit, without a running gateway', () => {
  test('export and verify: 0 with the pin, 3 without, 1 tampered, 2 incomplete', async () => {
    const out = join(home, 'export')
    const exported = await douane(['audit', 'export', '--out', out, '--access', '--json'], here)
    expect(exported.code).toBe(0)
    const keys = await inHere(['audit', 'keys'], here)
    const pin = join(home, 'log.vkey')
    writeFileSync(pin, keys.out)
    expect((await douane(['audit', 'verify', out, '--pin', pin], here)).code).toBe(0)
    const unpinned = await inHere(['audit', 'verify', out, '--json'], here)
    expect([unpinned.code, unpinned.value.exit]).toEqual([3, 3])
    expect((await inHere(['audit', 'verify', out, '--pin', '/nowhere'], here)).code).toBe(2)
    expect((await inHere(['audit', 'export', '--out', out], here)).code).toBe(2)
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
    const holding = (text: string): string =>
      files.find((path) => readFileSync(path, 'latin1').includes(text)) as string
    // Who tried what is a record; what was tried is not.
    expect(holding('"act":"try"')).toBeDefined()
    expect(holding('archetti')).toBeUndefined()
    const first = holding('"k":"access"')
    const bytes = readFileSync(first)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    writeFileSync(first, bytes)
    expect((await inHere(['audit', 'verify', out, '--pin', pin], here)).code).toBe(1)
  })

  test('show: a transfer that is not there', async () => {
    const said = await inHere(['audit', 'show', '0'.repeat(32)], here)
    expect([said.code, said.err]).toEqual([1, expect.stringMatching(/^NOT_FOUND: /)])
  })
})

describe('douane serve refuses', () => {
  const refuses = async (env: Record<string, string>, run = inHere): Promise<string> => {
    const { code, err } = await run(['serve'], { home, env })
    expect(code).toBe(2)
    expect(err).toMatch(/^douane: [^\n]+\n$/)
    return err
  }

  test('without a region', async () => expect(await refuses({}, douane)).toMatch(/region is missing/))

  test.each(['US', 'MG', 'ZZ'])('with the vault in %s', async (region) => {
    expect(await refuses({ DOUANE_REGION: region })).toMatch(
      /outside the EEA and without an adequacy decision/,
    )
  })

  test('without approved clients, and starts nothing before it says so', async () => {
    const fresh = emptyHome()
    await inHere(['init'], { home: fresh })
    const { code, err } = await douane(['serve'], { home: fresh, env: { DOUANE_REGION: 'FR' } })
    expect([code, err]).toEqual([2, expect.stringMatching(/no approved client/)])
    expect(existsSync(join(fresh, 'pg'))).toBe(false)
  })

  test('with a setting that is not there', async () =>
    expect(await refuses({ DOUANE_REGION: 'FR', DOUANE_DATA__PORT: 'x' })).toMatch(/port/i))

  test('with data in the database and a key gone: it never makes new ones', async () => {
    // The log has records by now: every command above is one.
    const [secrets, name] = [join(home, 'secrets'), 'master.key'] as const
    const kept = readFileSync(join(secrets, name))
    rmSync(join(secrets, name))
    try {
      expect(await refuses({ DOUANE_REGION: 'FR' })).toContain(name)
      expect(existsSync(join(secrets, name))).toBe(false)
    } finally {
      writeFileSync(join(secrets, name), kept, { mode: 0o600 })
    }
  })
})

describe('wrong use', () => {
  test.each([
    [['nothing'], douane],
    [['policy', 'nothing'], inHere],
    [['serve', '--nothing'], inHere],
    [['classify', 'a', 'b'], inHere],
    [['keys', 'person', 'ana'], inHere],
    [[], douane],
  ])('douane %j → 2', async (args, run) => {
    expect((await run(args, here)).code).toBe(2)
  })

  test.each([
    [['--help'], douane],
    [['policy', '--help'], inHere],
    [['--version'], inHere],
  ])('douane %j → 0', async (args, run) => {
    const { code, out } = await run(args, here)
    expect([code, out.length > 0]).toEqual([0, true])
  })

  test('the version is told without reading a command, and a command reads no other', async () => {
    const loads = Object.keys(commands).map((word) =>
      vi.spyOn(commands as Record<string, () => unknown>, word),
    )
    const read = () => loads.filter(({ mock }) => mock.calls.length > 0).length
    expect([(await inHere(['--version'], here)).out, read()]).toEqual([`${version}\n`, 0])
    await inHere(['policy', '--help'], here)
    expect(read()).toBe(1)
    for (const load of loads) load.mockRestore()
  })

  test('with --json an error is JSON, too', async () => {
    const { code, out } = await douane(['try', '--json', ...to('nobody')], { ...here, input: '{}' })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: 'PROVIDER_UNKNOWN' })
  })

  test('a reader that goes away early (| head) is no fault of ours', async () => {
    const child = start(['policy', 'check', '--json'], here)
    child.stdin.end()
    child.stdout.destroy()
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([0, 141]).toContain(code)
  })
})

test('each command is found under its first word', async () => {
  for (const [word, load] of Object.entries(commands)) {
    const line = new Command()
    ;(await load())(line, { env: {}, print: () => printer(false), exit: () => undefined, says: (en) => en })
    expect(line.commands.map((command) => command.name())).toEqual([word])
  }
})

test('the home is not made by asking', async () => {
  const nowhere = join(home, 'not-made')
  mkdirSync(nowhere)
  expect((await inHere(['policy', 'check'], { home: nowhere })).code).toBe(1)
  expect(readdirSync(nowhere)).toEqual([])
})
