/** The auditor's bundle over the API: whole, checked by our verifier, for its roles alone; one that was cut is gone on with. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { type IncomingMessage, get } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { verifyBundle } from '../../src/audit/verify.ts'
import { openWhole } from '../promises/gateway.ts'
import { settled } from '../promises/settled.ts'
import { accesses, callerOf } from './api.ts'

const whole = await openWhole()
const { keyRing, vkeys } = whole.installation
const { port } = whole.running.control
const auditor = keyRing.makePersonKey({ who: 'an-auditor', roles: ['auditor'] })
const call = callerOf(port, auditor)
const folder = mkdtempSync(join(tmpdir(), 'douane-api-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const left = (): string[] => readdirSync(whole.home).filter((name) => name.startsWith('exporting-'))
const body = (n: number): string =>
  JSON.stringify({ matricule: `E-${n}`, nom: 'Marchetti', email: '=cmd@example.com' })

beforeAll(async () => {
  for (const n of [1, 2, 3]) await whole.send('/tana/lots', { body: body(n) })
  await whole.send('/lyon/lots', { body: body(4) })
  await whole.send('/stale/lots', { body: body(5) })
  await whole.send('/rabat/lots', { body: body(6), key: whole.keys.globex })
  await whole.send('/foreign/lots', { body: body(7), key: whole.keys.globex })
  await settled(whole)
})

const fetched = async (query: string, to: string, key = auditor): Promise<void> => {
  const unpack = extract()
  unpack.on('entry', (header, stream, next) => {
    const path = join(to, header.name)
    mkdirSync(dirname(path), { recursive: true })
    const file = createWriteStream(path)
    file.on('close', () => next())
    stream.pipe(file)
  })
  await new Promise<void>((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` }
    get({ host: '127.0.0.1', port, path: `/v1/audit/export${query}`, headers }, (answer) => {
      if (answer.statusCode !== 200 || answer.headers['content-type'] !== 'application/x-tar')
        reject(new Error(`${answer.statusCode}`))
      else pipeline(answer, unpack).then(resolve, reject)
    }).on('error', reject)
  })
}

test('an auditor takes the log home and checks it; the views say what happened and hold no value', async () => {
  await fetched('?access=true&provider=tana', join(folder, 'a'))
  const out = join(folder, 'a/export')
  expect((await verifyBundle(out, `${Object.values(vkeys).join('\n')}\n`)).exit).toBe(0)
  const table = readFileSync(join(out, 'views/transfers.csv'), 'utf8')
  const rows = table.trimEnd().split('\r\n')
  expect(rows).toHaveLength(4)
  expect(rows[1]).toMatch(
    /acme,tana,payroll,Madagascar,standard contractual clauses \(C-1.*pseudonymised \(1\)/,
  )
  // By whose approval.
  expect(rows[1]).toMatch(/,[0-9a-f]{64},test,delivered,200,/)
  const json = readFileSync(join(out, 'views/transfers.jsonl'), 'utf8').trimEnd().split('\n')
  expect(json.map((line) => JSON.parse(line).provider)).toEqual(['tana', 'tana', 'tana'])
  expect(JSON.parse(readFileSync(join(out, 'views/statistics.json'), 'utf8'))).toMatchObject({
    ...{ transfers: 3, refusals: 0, open: 0, byProvider: { tana: { treat: 3 } } },
  })
  expect(readFileSync(join(out, 'views/events.csv'), 'utf8')).toMatch(/,policy,/)
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const texts = files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
  expect(texts.filter((text) => /marchetti/i.test(text))).toEqual([])
  // Kept for a moment, for whom the end was lost on the way.
  expect(left()).toHaveLength(1)
  expect(await accesses(whole)).toContainEqual(expect.stringMatching(/^an-auditor exportLog \d+ tana$/))
})

test('the whole of it in French: why a transfer was refused, in the words of the policy that decided', async () => {
  await fetched('?lang=fr', join(folder, 'b'))
  const table = readFileSync(join(folder, 'b/export/views/transfers.csv'), 'utf8')
  expect(table).toMatch(/stale.*refusé \(TIA_EXPIRED\).*18-impact-assessment\s: L'analyse d'impact/)
  expect(table).toMatch(/lyon,payroll,France,/)
})

/** What an export holds for reading, and of the register; the tree and its lines apart. */
const readingOf = (out: string): readonly (readonly [string, string])[] =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/^(?:log\/|entries\.jsonl|batches\.jsonl|SHA256SUMS)/.test(relative(out, path)))
    .map((path) => [relative(out, path), readFileSync(path, 'latin1')])

test('somebody limited to clients gets nothing of others to read, and is told so; the tree is whole', async () => {
  const partly = keyRing.makePersonKey({ who: 'part', roles: ['auditor'], clients: ['acme'] })
  await fetched('', join(folder, 'c'), partly)
  const out = join(folder, 'c/export')
  const verdict = await verifyBundle(out, `${Object.values(vkeys).join('\n')}\n`)
  expect([verdict.exit, verdict.findings]).toEqual([0, []])
  const files = readingOf(out)
  const ofOthers = (text: string): boolean => /globex|\bforeign\.yaml|\bforeign[,"]/i.test(text)
  expect(files.filter(([path, text]) => ofOthers(`${path}\n${text}`)).map(([path]) => path)).toEqual([])
  const read = (path: string): string => readFileSync(join(out, path), 'utf8')
  expect(read('views/transfers.csv').trimEnd().split('\r\n')).toHaveLength(6)
  expect(JSON.parse(read('views/statistics.json'))).toMatchObject({ transfers: 4, refusals: 1 })
  expect(files.some(([path]) => /^policy-parts\/.*\/register\/clients\/acme\.yaml$/.test(path))).toBe(true)
  const [shared] = files.filter(([path]) => path.endsWith('/register/providers/tana.part.yaml'))
  expect(shared?.[1]).toMatch(/^# Contracts of other clients were left out\.[^]*client: acme/)
  expect(files.some(([path]) => /^policies\/|^access\//.test(path))).toBe(false)
  const { limited } = JSON.parse(read('MANIFEST.json'))
  expect(limited.clients).toEqual(['acme'])
  for (const line of limited.left_out) expect(read('VERIFY.md')).toContain(`- ${line}`)
  // The same ones are there for somebody who may see them.
  await fetched('', join(folder, 'd'))
  const all = readingOf(join(folder, 'd/export')).filter(([path, text]) => ofOthers(`${path}\n${text}`))
  expect(all.map(([path]) => path.replace(/[0-9a-f]{64}/, ''))).toEqual(
    expect.arrayContaining([
      ...['views/transfers.csv', 'views/transfers.jsonl', 'views/register.csv', 'views/statistics.json'],
      ...['policies//register/clients/globex.yaml', 'policies//register/providers/foreign.yaml'],
    ]),
  )
})

test('for auditors and DPOs; the log of who looked for nobody whose key is limited to clients', async () => {
  const operator = keyRing.makePersonKey({ who: 'op', roles: ['operator'] })
  const partly = keyRing.makePersonKey({ who: 'part', roles: ['auditor'], clients: ['acme'] })
  const asked = async (path: string, key: string) => {
    const said = await call(path, { key })
    return [said.status, said.value.code]
  }
  expect(await asked('/v1/audit/export', operator)).toEqual([403, 'ROLE_MISSING'])
  expect(await asked('/v1/audit/export?access=true', partly)).toEqual([403, 'ROLE_MISSING'])
  expect(await asked('/v1/audit/export', whole.keys.acme)).toEqual([401, 'CREDENTIAL_INVALID'])
  expect((await call('/v1/audit/export?from=yesterday')).status).toBe(400)
})

/** Bytes of an answer, cut after so many; its head. */
const some = async (headers: Record<string, string>, most = Infinity, key = auditor, query = '') => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = { authorization: `Bearer ${key}`, ...headers }
    const to = { host: '127.0.0.1', port, path: `/v1/audit/export${query}`, headers: all, agent: false }
    get(to, resolve).on('error', reject)
  })
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part)
    // The socket itself is cut, as by a line that fails.
    if ((length += part.length) >= most) answer.socket.destroy()
    if (length >= most) break
  }
  return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts).subarray(0, most) }
}

test('an answer whose socket is cut is gone on with, as often as it takes, to the same bytes', async () => {
  const whole = await some({})
  expect(whole.headers).toMatchObject({
    ...{ 'accept-ranges': 'bytes', 'content-length': String(whole.bytes.length) },
  })
  const again = await some({ range: 'bytes=0-' })
  expect([again.status, again.bytes.equals(whole.bytes)]).toEqual([200, true])
  let got = Buffer.alloc(0)
  const said: (string | number | undefined)[] = []
  const right: (string | number | undefined)[] = []
  for (const most of [1, 30_000, 4_096, Infinity]) {
    const from = got.length
    const { status, headers, bytes } = await some({ range: `bytes=${from}-` }, most)
    said.push(status, headers['content-range'], headers.etag)
    const range = `bytes ${from}-${whole.bytes.length - 1}/${whole.bytes.length}`
    right.push(...(from === 0 ? [200, undefined] : [206, range]), whole.headers.etag)
    got = Buffer.concat([got, bytes])
  }
  expect(said).toEqual(right)
  expect(got.equals(whole.bytes)).toBe(true)
  // All is there: nothing more.
  const end = await some({ range: `bytes=${got.length}-` })
  expect([end.status, end.headers['content-range']]).toEqual([416, `bytes */${got.length}`])
})

test('curl goes on by itself', async (context) => {
  if (spawnSync('curl', ['--version']).status !== 0) context.skip('curl is not installed here')
  const { bytes } = await some({}, 20_000)
  const file = join(folder, 'curl.tar')
  writeFileSync(file, bytes)
  const url = `http://127.0.0.1:${port}/v1/audit/export`
  const curl = spawn('curl', [
    '-sS',
    '-f',
    '-C',
    '-',
    '-o',
    file,
    '-H',
    `authorization: Bearer ${auditor}`,
    url,
  ])
  const code = await new Promise((resolve) => curl.on('close', resolve))
  expect(code).toBe(0)
  execFileSync('tar', ['-xf', file, '-C', folder])
  const verdict = await verifyBundle(join(folder, 'export'), `${Object.values(vkeys).join('\n')}\n`)
  expect([verdict.exit, verdict.findings]).toEqual([0, []])
})

test('only who asked, and only for the same, goes on; another export is whole and has another tag', async () => {
  const first = await some({}, 1_000)
  const from = { range: 'bytes=1000-' }
  const begun: [Record<string, string>, string, string][] = [
    [{ ...from, 'if-range': '"another"' }, auditor, ''],
    [from, auditor, '?lang=fr'],
    [from, keyRing.makePersonKey({ who: 'a-dpo', roles: ['dpo'] }), ''],
    [from, keyRing.makePersonKey({ who: 'an-auditor', roles: ['auditor'], clients: ['acme'] }), ''],
    [{ range: 'bytes=0-5,9-12' }, auditor, ''],
  ]
  const tags = [first.headers.etag]
  for (const [headers, key, query] of begun) {
    // The reader before may not have been missed yet.
    const other = await vi.waitFor(
      async () => {
        const said = await some(headers, Infinity, key, query)
        expect(said.status).toBe(200)
        return said
      },
      { timeout: 60_000 },
    )
    tags.push(other.headers.etag)
  }
  expect(new Set(tags).size).toBe(tags.length)
  expect((await some({ ...from, 'if-range': tags.at(-1)! })).status).toBe(206)
  const operator = keyRing.makePersonKey({ who: 'op', roles: ['operator'] })
  expect((await some(from, Infinity, operator)).status).toBe(403)
})

test('one at a time; a reader that goes away leaves nothing behind and blocks nobody', async () => {
  const headers = { authorization: `Bearer ${auditor}` }
  const first = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/v1/audit/export', headers }, resolve).on('error', reject)
  })
  // It is not read: the folder stays until the reader has gone.
  const second = await call('/v1/audit/export')
  expect([200, 503]).toContain(second.status)
  first.destroy()
  await vi.waitFor(async () => expect((await call('/v1/audit/export')).status).toBe(200), { timeout: 60_000 })
  // One is kept, for who goes on; no more than one, and none when the gateway has stopped.
  expect(left()).toHaveLength(1)
  await whole.running.stop()
  expect(left()).toEqual([])
})
