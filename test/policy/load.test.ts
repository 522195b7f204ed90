import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { PolicyInvalid, type PolicyFault } from '../../src/errors.ts'
import type { Bundle, BundleFile } from '../../src/policy/bundle.ts'
import { bundleDigest } from '../../src/policy/digest.ts'
import { loadFiles, loadFolder } from '../../src/policy/load.ts'
import { schemaFaults, type SchemaName } from '../../src/policy/schema.ts'
import { parseYaml } from '../../src/policy/yaml.ts'
import { faultsOf, moreau, shipped, small, tana, withFiles } from './load-fixture.ts'

describe('what a register leaves unsaid', () => {
  const bundle = loadFiles(small)

  test('a client is a controller in Brussels time, its purposes keep 400 days and need nothing in clear', () => {
    const client = bundle.clients.get('moreau')
    expect(client).toMatchObject({
      law: 'gdpr',
      role: 'controller',
      zone: 'Europe/Brussels',
      status: 'approved',
    })
    expect(client?.purposes['support']).toMatchObject({ need_to_know: [], retention_days: 400 })
    expect(client?.purposes['payroll']).toMatchObject({ need_to_know: ['hr.salary', 'fin.income'] })
  })

  test('a provider passes unreadable answers and gets no credential, header, host or scope fact', () => {
    const text = tana.replace('language: fr\n', '')
    const provider = loadFiles(withFiles({ 'register/providers/tana-paie.yaml': text })).providers.get(
      'tana-paie',
    )
    expect(provider).toMatchObject({
      language: 'en',
      answers: 'pass',
      credentials: 'none',
      headers: { pass: [] },
      hosts: [],
      scope_facts: {},
    })
  })

  test('a purpose that nobody wrote is not there, whatever JavaScript calls it', () => {
    const purposes = bundle.clients.get('moreau')?.purposes ?? {}
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(purposes[name]).toBeUndefined()
    }
  })

  test('Norway is a country', () => {
    const norway = moreau.replace('country: FR', 'country: NO')
    expect(
      loadFiles(withFiles({ 'register/clients/moreau.yaml': norway })).clients.get('moreau')?.country,
    ).toBe('NO')
  })

  test('a silent status opens no provider', () => {
    const silent = tana.replace('status: approved\n', '')
    expect(
      faultsOf(withFiles({ 'register/providers/tana-paie.yaml': silent })).map((f) => f.message.en),
    ).toEqual(['"status" is missing'])
  })

  test('plain http to this machine loads with a warning', () => {
    const local = tana.replace('https://api.tana-paie.example/v2', 'http://127.0.0.1:9000/v2')
    const { warnings } = loadFiles(withFiles({ 'register/providers/tana-paie.yaml': local }))
    expect(warnings).toEqual([
      {
        source: { file: 'register/providers/tana-paie.yaml', line: 4, column: 11 },
        message: {
          en: 'plain http to this machine: for demonstrations only',
          fr: 'http sans chiffrement vers cette machine : pour une démonstration seulement',
        },
      },
    ])
  })

  test('who hopes to open a block by need_to_know is told that it stays', () => {
    const files = withFiles({
      'register/clients/moreau.yaml': moreau.replace('fin.income', 'hr'),
      'categories.yaml': small
        .find(({ path }) => path === 'categories.yaml')
        ?.text.replace(/(hr\.discipline: .*third: )remove/, '$1block'),
    })
    expect(loadFiles(files).warnings).toEqual([
      {
        source: { file: 'register/clients/moreau.yaml', line: 6, column: 67 },
        message: {
          en: 'need_to_know never lowers a block: hr.discipline stays blocked for third countries',
          fr: "need_to_know n'abaisse jamais un block : restent bloqués vers les pays tiers : hr.discipline",
        },
      },
    ])
  })

  test('people of an unknown kind are told of', () => {
    const text = moreau.replace('[customers]', '[customer]')
    const { warnings } = loadFiles(withFiles({ 'register/clients/moreau.yaml': text }))
    expect(warnings.map(({ source }) => source.line)).toEqual([8])
  })
})

describe('the digest of a bundle', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

  test('an auditor computes it from the files alone', () => {
    const files = [
      { path: 'rules/b.yaml', text: 'é' },
      { path: 'categories.yaml', text: '' },
      { path: 'rules/a.yaml', text: 'a: 1\r\n' },
    ]
    const list = `[["categories.yaml","${sha('')}"],["rules/a.yaml","${sha('a: 1\r\n')}"],["rules/b.yaml","${sha('é')}"]]`
    expect(bundleDigest(files)).toBe(sha(list))
  })

  const { digest } = loadFiles(small)
  const without = (change: Readonly<Record<string, string | undefined>>): string =>
    loadFiles(withFiles(change)).digest

  test('the order in which files are read does not matter', () => {
    expect(loadFiles(small.toReversed()).digest).toBe(digest)
  })

  test('one space in a comment is another policy', () => {
    expect(without({ 'register/clients/moreau.yaml': `${moreau}# \n` })).not.toBe(digest)
  })

  test('another name of the same text is another policy', () => {
    expect(
      without({ 'register/clients/moreau.yaml': undefined, 'register/clients/m.yaml': moreau }),
    ).not.toBe(digest)
  })

  test('cases and schemas test and describe, they do not decide', () => {
    const added = loadFiles(withFiles({ 'cases/one.yaml': 'cases: []\n', 'schema/x.json': '{}' }))
    expect(added.digest).toBe(digest)
    expect(added.files.map(({ path }) => path)).toContain('cases/one.yaml')
  })

  test('what the DPO never sees does not count', () => {
    const { files } = loadFiles(
      withFiles({ 'README.md': '# hello', 'rules/.a.yaml.swp': 'x', 'rules/a.yaml~': 'x' }),
    )
    expect(files).toHaveLength(small.length)
  })
})

describe('a folder', () => {
  const made: string[] = []
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  const lay = (files: readonly BundleFile[]): string => {
    const folder = mkdtempSync(join(tmpdir(), 'policies-'))
    made.push(folder)
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return folder
  }
  const refused = async (folder: string): Promise<readonly PolicyFault[]> =>
    loadFolder(folder).then(
      () => [],
      (error: unknown) => {
        if (error instanceof PolicyInvalid) return error.faults
        throw error
      },
    )

  test('read from disk it is the same policy as from memory', async () => {
    expect((await loadFolder(lay(small))).digest).toBe(loadFiles(small).digest)
  })

  test('the byte order mark of an editor is part of the file and harms nothing', async () => {
    const marked = withFiles({ 'register/clients/moreau.yaml': `\ufeff${moreau}` })
    const bundle: Bundle = await loadFolder(lay(marked))
    expect(bundle.digest).toBe(loadFiles(marked).digest)
    expect(bundle.clients.get('moreau')?.name).toBe('Moreau SARL')
  })

  test('a link may stay inside, not lead out', async () => {
    const folder = lay(small)
    const secret = lay([{ path: 'secret.yaml', text: 'rules: []\n' }])
    mkdirSync(join(folder, 'rules'), { recursive: true })
    symlinkSync(join(secret, 'secret.yaml'), join(folder, 'rules/out.yaml'))
    expect((await refused(folder)).map(({ file, message }) => `${file}: ${message.en}`)).toEqual([
      'rules/out.yaml: this link leads out of the policies folder',
    ])
    rmSync(join(folder, 'rules/out.yaml'))
    symlinkSync(join(folder, 'register/clients/moreau.yaml'), join(folder, 'register/clients/again.yaml'))
    expect((await refused(folder)).map(({ message }) => message.en)).toEqual(['the id "moreau" is taken'])
  })

  test('a folder behind a link is told of, not left out in silence', async () => {
    const folder = lay(small)
    symlinkSync(folder, join(folder, 'rules'))
    expect((await refused(folder)).map(({ file, message }) => `${file}: ${message.en}`)).toEqual([
      'rules: links to folders are not followed',
    ])
  })

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff]), 'the file is not UTF-8'],
    ['more than a megabyte', Buffer.alloc(1024 * 1024 + 1, 0x23), 'the file is larger than 1 MiB'],
  ])('%s', async (_remark, bytes, message) => {
    const folder = lay(small)
    writeFileSync(join(folder, 'register/clients/bad.yaml'), bytes)
    expect((await refused(folder)).map((fault) => fault.message.en)).toEqual([message])
  })

  test('a folder that is not there', async () => {
    expect(
      (await refused(join(tmpdir(), 'no-such-folder-of-policies'))).map(({ message }) => message.en),
    ).toEqual(['there is no policies folder here'])
  })

  test('more than 2,000 files', () => {
    const many = Array.from({ length: 2_001 }, (_, i) => ({ path: `rules/${i}.yaml`, text: 'rules: []\n' }))
    expect(faultsOf(many).map(({ message }) => message.en)).toEqual(['there are more than 2000 files'])
  })
})

describe('the shipped pack', () => {
  const named = /^# yaml-language-server: \$schema=(?:\.\.?\/)*schema\/([a-z]+)\.json\n/

  test('the first line of each file names the schema that editors complete from, and the file fits it', async () => {
    const { files } = await loadFolder(shipped)
    const yaml = files.filter(({ path }) => path.endsWith('.yaml'))
    expect(yaml.filter(({ text }) => !named.test(text)).map(({ path }) => path)).toEqual([])
    const wrong = yaml.flatMap((file) =>
      schemaFaults(parseYaml(file), named.exec(file.text)?.[1] as SchemaName).map(
        (f) => `${f.file}:${f.line} ${f.message.en}`,
      ),
    )
    expect(wrong).toEqual([])
  })

  test('it loads without fault or warning, its register are examples that open nothing', async () => {
    const bundle = await loadFolder(shipped)
    expect(bundle.warnings).toEqual([])
    expect([...bundle.clients.values(), ...bundle.providers.values()].map(({ status }) => status)).toEqual([
      'draft',
      'draft',
    ])
    expect(bundle.law.territories.size).toBeGreaterThan(70)
    expect(bundle.law.adequacy.size).toBe(17)
  })
})
