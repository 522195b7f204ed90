/** Promise 2: in doubt nothing leaves, for every destination; and a refusal says what it is. */
import type { EventEmitter } from 'node:events'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Code, refusals } from '../../src/errors.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { readSettings } from '../../src/config/settings.ts'
import { usual } from '../../src/store/deadlines.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { openGateway } from '../../src/wire/gateway.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { takeUpFolder } from '../../src/wire/policy.ts'
import { type Ask, type Heard, makeHome, openWhole, recordsOf, sendTo } from './gateway.ts'
import { openProvider } from './provider.ts'

const whole = await openWhole({
  settings: ['limits: {body_bytes: 65536, rate_per_second: 100000, rate_burst: 100000}'],
})
const { provider } = whole
beforeEach(() => provider.forget())

const person = '{"nom": "Rakoto", "email": "jean.rakoto@exemple.fr"}'
const json = (value: unknown): Ask => ({ body: JSON.stringify(value) })

/** One of each family; what follows the code is where the request goes and what it is. */
const refused: readonly (readonly [Code, string, Ask])[] = [
  // who and what for
  ['CREDENTIAL_INVALID', '/tana/x', { key: 'dk_nobody', body: person }],
  ['PROVIDER_UNKNOWN', '/nobody/x', { body: person }],
  ['PURPOSE_UNKNOWN', '/tana/x', { body: person, headers: { 'douane-purpose': 'marketing' } }],
  // what cannot be read
  ['MEDIA_UNSUPPORTED', '/lyon/x', { body: '%PDF-1.7', type: 'application/pdf' }],
  ['MEDIA_UNSUPPORTED', '/lyon/x', { body: 'PK', type: 'application/zip' }],
  ['CHARSET_UNSUPPORTED', '/lyon/x', { body: person, type: 'application/json; charset=utf-7' }],
  ['ENCODING_UNSUPPORTED', '/lyon/x', { body: person, headers: { 'content-encoding': 'gzip' } }],
  ['BODY_TOO_LARGE', '/lyon/x', { body: `"${'x'.repeat(65_536)}"` }],
  ['PAYLOAD_UNREADABLE', '/lyon/x', { body: '{"nom": "Rak' }],
  ['PAYLOAD_UNREADABLE', '/lyon/x', { body: Buffer.from([0x22, 0xff, 0x22]) }],
  ['PAYLOAD_TOO_COMPLEX', '/lyon/x', { body: `${'['.repeat(500)}${']'.repeat(500)}` }],
  ['MEDIA_MISMATCH', '/tana/x', { body: '{"nom": "Rakoto"}', type: 'text/plain' }],
  // the route
  ['ENTRY_INACTIVE', '/asleep/x', { body: person }],
  ['CONTRACT_MISSING', '/foreign/x', { body: person }],
  ['TIA_EXPIRED', '/stale/x', { body: person }],
  // the content
  ['CATEGORY_OUTSIDE_CONTRACT', '/narrow/x', { body: person }],
  ['SPECIAL_CATEGORY', '/tana/x', json({ diagnostic: 'diabète de type 2' })],
  ['SPECIAL_CATEGORY', '/lyon/x', json({ diagnostic: 'diabète de type 2' })],
  ['CRIMINAL_DATA', '/tana/x', json({ casier_judiciaire: 'vol avec effraction' })],
  [
    'NATIONAL_NUMBER',
    '/lyon/x',
    { ...json({ nir: '285076912304150' }), headers: { 'douane-purpose': 'support' } },
  ],
  [
    'CONTENT_UNSCANNED',
    '/tana/x',
    json({ note: `voir ${Buffer.from('jean.rakoto@exemple.fr '.repeat(4)).toString('base64')}` }),
  ],
]

describe('what is refused reaches nobody', () => {
  test.each(refused)('%s at %s', async (code, target, ask) => {
    const heard = await whole.send(target, ask)
    expect(heard.code).toBe(code)
    expect(heard.status).toBe(refusals[code].status)
    const problem = JSON.parse(heard.text) as Record<string, unknown>
    expect(problem['forwarded']).toBe('no')
    expect(heard.headers['douane-verdict']).toBe('refuse')
    expect(provider.bytes()).toBe(0)
    expect((await recordsOf(whole, heard.tid)).filter(({ k }) => k === 'intent')).toEqual([])
  })

  test('the shown refusals are of every phase before sending', () => {
    const phases = new Set(refused.map(([code]) => refusals[code].phase))
    expect([...phases].toSorted()).toEqual(['before', 'content', 'reading', 'route'])
  })

  test('a policy that nobody confirmed for five seconds refuses', async () => {
    const hasty = await openWhole({ provider, deadlines: { confirm: usual.confirm } })
    const { superuser } = hasty.database
    const send = () => hasty.send('/lyon/x', { body: person })
    // The log can be written and not be read for orders.
    await superuser.query('REVOKE SELECT ON douane.order_leaf FROM douane_gateway')
    await expect.poll(async () => (await send()).code).toBe('POLICY_STALE')
    provider.forget()
    expect((await send()).code).toBe('POLICY_STALE')
    expect(provider.bytes()).toBe(0)
    await superuser.query('GRANT SELECT ON douane.order_leaf TO douane_gateway')
    await expect.poll(async () => (await send()).status).toBe(200)
  })
})

test('a connection that dies while nobody is at it does not take the gateway along', async () => {
  const client = await whole.installation.database.pool('douane_gateway').connect()
  expect(() => (client as unknown as EventEmitter).emit('error', new Error('gone'))).not.toThrow()
  client.release(true)
})

describe('the database is stopped under load', () => {
  const folders: string[] = []
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

  test('503 and no byte forwarded; when it is back, so is the gateway, by itself', async () => {
    const base = mkdtempSync(join(tmpdir(), 'douane-stopped-'))
    chmodSync(base, 0o711)
    const office = await openProvider()
    const home = makeHome(office.port)
    folders.push(base, home)
    const begin = () => startEmbedded({ home: base, project, durable: false })
    let server = await begin()
    const settings = readSettings({ DATABASE_URL: server.adminUrl }, home)
    const installation = await openInstallation(settings, { allowUnsafe: true })
    await takeUpFolder(installation, join(home, 'policies'), 'test')
    const running = await openGateway(installation, openLog('silent'))
    const key = installation.keyRing.makeClientKey('acme')
    const all: Heard[] = []
    const state = { over: false }
    let n = 0
    const asked = new Set<number>()
    const caller = async (): Promise<void> => {
      while (!state.over) {
        const mine = (n += 1)
        asked.add(mine)
        const body = JSON.stringify({ nom: 'Rakoto', email: `p${mine}@exemple.fr` })
        all.push(await sendTo(running.data.port, mine % 2 === 0 ? '/tana/x' : '/lyon/x', { key, body }))
        asked.delete(mine)
        await pause(5)
      }
    }
    const load = Promise.all(Array.from({ length: 8 }, caller))
    const passed = (): number => all.filter(({ status }) => status === 200).length
    await expect.poll(passed).toBeGreaterThan(20)
    await server.stop()
    const down = all.length
    // Who was under way has been answered.
    const last = n
    await expect.poll(() => [...asked].filter((one) => one <= last)).toEqual([])
    const seenBefore = office.got.length
    await pause(1_200)
    // Nothing arrived while there was no database to write a line in.
    expect(office.got.length).toBe(seenBefore)
    const during = all.slice(down)
    expect(during.length).toBeGreaterThan(0)
    const up = all.length
    server = await begin()
    await expect.poll(() => all.slice(up).some(({ status }) => status === 200)).toBe(true)
    await pause(300)
    state.over = true
    await load
    const codes = new Set(
      all.filter(({ status }) => status !== 200).map(({ status, code }) => `${status} ${code}`),
    )
    expect(codes.size).toBeGreaterThan(0)
    for (const code of codes)
      expect(['503 LOG_UNAVAILABLE', '503 VAULT_UNAVAILABLE', '503 POLICY_STALE']).toContain(code)
    // Whoever was told 503 was told the truth.
    const seen = new Set(office.got.map(({ tid }) => tid))
    expect(all.filter(({ status, tid }) => status !== 200 && seen.has(tid))).toEqual([])
    await running.stop()
    await installation.stop()
    await server.stop()
    await office.close()
  })
})
