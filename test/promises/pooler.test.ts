/** Gateways whose connections are shared, transaction by transaction, by a pooler: one dense log, each byte with its line. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { openChance } from '../../bench/torture/chance.ts'
import { copyHome, makeKeys, prepareHome } from '../../bench/torture/home.ts'
import { startInstance } from '../../bench/torture/instance.ts'
import { openLoad } from '../../bench/torture/load.ts'
import { mark } from '../../bench/torture/payloads.ts'
import { openProvider } from '../../bench/torture/provider.ts'
import { readSettings } from '../../src/config/settings.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPool } from '../../src/store/pool.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { openPooler } from '../store/pooler.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-pooler-'))
chmodSync(folder, 0o711)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('two gateways through a pooler in transaction mode', { timeout: 200_000 }, async () => {
  const home = join(folder, 'home')
  const chance = openChance(4)
  const provider = await openProvider({
    chance,
    onFirst: async () => undefined,
    leaks: (target, body) => target.startsWith('/far') && body.includes(mark),
  })
  prepareHome(home, provider.port)
  const key = makeKeys(home)
  const server = await startEmbedded({ home, project })
  const password = randomBytes(12).toString('hex')
  const { host, port, database } = server.admin
  const pooler = await openPooler({ host, port, database, password, most: 3 })
  const url = `postgres://{role}:${password}@127.0.0.1:${pooler.port}/${database}`
  try {
    const gateways = [1, 2].map((n) => {
      const at = join(folder, `g${n}`)
      copyHome(home, at, provider.port, [`database_pooler: '${url}'`])
      return startInstance({ home: at, cache: join(folder, 'cache'), url: server.adminUrl })
    })
    const load = openLoad(10, key, chance)
    try {
      for (const gateway of gateways) {
        const serves = await gateway.ready
        expect(serves, gateway.said()).toBeDefined()
        load.ports.add(serves!)
      }
      await pause(2_000)
      await vi.waitFor(
        () => {
          expect(load.told.delivered.length).toBeGreaterThan(20)
          expect(pooler.mixed()).toBeGreaterThan(2)
        },
        { timeout: 100_000 },
      )
      // A connection of the pooler that is lost mid-way is a lost connection like any other.
      expect(load.told.wrong).toEqual([])
    } finally {
      await load.stop()
      for (const gateway of gateways) gateway.kill('SIGTERM')
      expect(await Promise.all(gateways.map((gateway) => gateway.ended))).toEqual([
        { code: 0, signal: null },
        { code: 0, signal: null },
      ])
    }
    expect(load.told.delivered.length).toBeGreaterThan(20)
    // It was shared, and by transactions.
    expect(pooler.transactions()).toBeGreaterThan(2 * load.told.delivered.length)
    expect(pooler.most().clients).toBeGreaterThan(pooler.most().server)
    expect(pooler.mixed()).toBeGreaterThan(2)

    // An instance looks at what they left, through the pooler as well.
    const sights = provider.take()
    const own = join(folder, 'own')
    copyHome(home, own, provider.port, [`database_pooler: '${url}'`])
    const installation = await openInstallation(readSettings({ DATABASE_URL: server.adminUrl }, own), {
      deadlines: patient,
    })
    await signAll(installation)
    const { verdict, records } = await checkStore(installation)
    expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
    expect(records).toBeGreaterThan(2 * load.told.delivered.length)
    const intents = new Set<string>()
    const { size } = await installation.trees.head('evidence')
    for await (const { kind, tid } of installation.trees.leaves('evidence', 0, size))
      if (kind === 'intent') intents.add(tid)
    expect(sights.filter(({ tid }) => !intents.has(tid))).toEqual([])
    await installation.stop()

    // What a session would have said is said of the role: no statement goes on for ever.
    const through = openPool({ url: url.replace('{role}', 'douane_gateway') }, { pooled: true, max: 1 })
    const { rows } = await through.query(
      `SELECT current_user AS who, current_setting('statement_timeout') AS most, current_setting('synchronous_commit') AS safe`,
    )
    expect(rows).toEqual([{ who: 'douane_gateway', most: '5s', safe: 'on' }])
    await through.end()

    // Without the setting: the pooler does not know how to start such a session.
    const plain = openPool(
      { url: url.replace('{role}', 'douane_gateway') },
      { role: 'douane_gateway', max: 1 },
    )
    await expect(plain.query('SELECT 1')).rejects.toThrow('unsupported startup parameter')
    await plain.end()

    // The operator's own password of a role stays.
    const admin = new Client({ ...server.admin })
    await admin.connect()
    await migrate(server.admin, { douane_gateway: 'another' }, { douane_gateway: {} })
    await admin.query('SELECT 1')
    await admin.end()
    const again = openPool({ url: url.replace('{role}', 'douane_gateway') }, { pooled: true, max: 1 })
    expect((await again.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await again.end()
  } finally {
    await pooler.close()
    await provider.close()
    await server.stop()
  }
})
