/** Four gateway processes on one PostgreSQL, one of them frozen for a while; and a standby that lags, promoted. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { openChance } from '../../bench/torture/chance.ts'
import { copyHome, makeKeys, prepareHome } from '../../bench/torture/home.ts'
import { startInstance } from '../../bench/torture/instance.ts'
import { openLoad } from '../../bench/torture/load.ts'
import { mark } from '../../bench/torture/payloads.ts'
import { openProvider as openCountingProvider } from '../../bench/torture/provider.ts'
import { readSettings } from '../../src/config/settings.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { makeHome, openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-many-'))
chmodSync(folder, 0o711)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('four gateways on one PostgreSQL', () => {
  test('one of them frozen between its statements: one dense log, no fork, each byte with its line', async () => {
    const home = join(folder, 'home')
    const chance = openChance(20_261_127)
    const provider = await openCountingProvider({
      chance,
      onFirst: async () => undefined,
      leaks: (target, body) => target.startsWith('/far') && body.includes(mark),
    })
    prepareHome(home, provider.port)
    const key = makeKeys(home)
    const server = await startEmbedded({ home, project })
    const gateways = [1, 2, 3, 4].map((n) => {
      copyHome(home, join(folder, `g${n}`), provider.port)
      return startInstance({
        home: join(folder, `g${n}`),
        cache: join(folder, 'cache'),
        url: server.adminUrl,
      })
    })
    const load = openLoad(12, key, chance)
    try {
      for (const gateway of gateways) {
        const port = await gateway.ready
        expect(port, gateway.said()).toBeDefined()
        load.ports.add(port!)
      }
      // Each in turn is stopped by the kernel wherever it is: in a step of its integrator, in an append, in a forward.
      for (let round = 0; round < 8; round += 1) {
        const frozen = gateways[round % gateways.length]!
        process.kill(frozen.pid, 'SIGSTOP')
        await pause(chance.between(300, 1_200))
        process.kill(frozen.pid, 'SIGCONT')
        await pause(chance.between(100, 400))
      }
      await vi.waitFor(() => expect(load.told.delivered.length).toBeGreaterThan(40), { timeout: 100_000 })
    } finally {
      await load.stop()
      for (const gateway of gateways) gateway.kill('SIGTERM')
      await Promise.all(gateways.map((gateway) => gateway.ended))
      await server.stop()
    }
    const sights = provider.take()
    await provider.close()
    expect(load.told.wrong).toEqual([])
    expect(load.told.delivered.length).toBeGreaterThan(40)

    const installation = await openInstallation(readSettings({}, home), { deadlines: patient })
    try {
      await signAll({ ...installation, anchor: { ...installation.anchor, ...memoryOf() } })
      const { verdict, records } = await checkStore({
        ...installation,
        anchor: { ...installation.anchor, ...memoryOf() },
      })
      expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
      expect(records).toBeGreaterThan(2 * load.told.delivered.length)
      const boots = new Set<string>()
      const intents = new Set<string>()
      const { size } = await installation.trees.head('evidence')
      for await (const leaf of installation.trees.leaves('evidence', 0, size)) {
        const record = JSON.parse(leaf.body.toString()) as { k: string; boot: string; tid: string }
        boots.add(record.boot)
        if (record.k === 'intent') intents.add(record.tid)
      }
      // the four, and this one
      expect(boots.size).toBe(5)
      expect(sights.filter(({ tid }) => !intents.has(tid))).toEqual([])
      expect(sights.filter(({ leaked }) => leaked === true)).toEqual([])
      expect(sights.length).toBeGreaterThan(40)
    } finally {
      await installation.stop()
    }
  }, 300_000)
})

/** The anchors are in the homes of the four; this process has none of them. */
const memoryOf = () => {
  const at = new Map<string, { size: number; root: string }>()
  return {
    read: async (stream: string) => at.get(stream) ?? null,
    advance: async (stream: string, _from: unknown, to: { size: number; root: string }) => {
      at.set(stream, to)
      return true
    },
  }
}

describe('a standby that lags behind and is promoted', () => {
  test('lacks what was acknowledged: the anchor knows, the gate closes, nothing is sent', async () => {
    const office = await openProvider()
    const home = makeHome(office.port)
    const database = await freshDatabase()
    const first = await openWhole({ provider: office, home, database })
    const body = '{"nom": "Rakoto"}'
    expect((await first.send('/tana/x', { body })).status).toBe(200)
    await first.stop()
    await Promise.all([database.superuser.end()])
    // The standby: the primary's bytes as they were a moment ago.
    const standby = `${database.name}_standby`
    const { admin } = inject('postgres')
    const maker = new Client({ ...admin, database: 'postgres' })
    await maker.connect()
    await maker.query(`CREATE DATABASE ${standby} TEMPLATE ${database.name} STRATEGY file_copy`)
    try {
      const second = await openWhole({
        provider: office,
        home,
        database: { ...database, ...(await again(database)) },
      })
      for (let n = 0; n < 5; n += 1) expect((await second.send('/tana/x', { body })).status).toBe(200)
      const { installation } = second
      await vi.waitFor(
        async () => {
          const signed = (await installation.trees.tree('evidence')).size
          expect(signed).toBe((await installation.trees.head('evidence')).size)
        },
        { timeout: 60_000 },
      )
      await second.stop()

      office.forget()
      const url = database.adminUrl.replace(`/${database.name}?`, `/${standby}?`)
      // it does not even open: not a line is written to it before somebody has given up what is lost
      await expect(
        openWhole({ provider: office, home, database: { ...database, adminUrl: url } }),
      ).rejects.toThrow(/audit recover/)
      expect(office.bytes()).toBe(0)
    } finally {
      await maker.query(`DROP DATABASE ${standby} WITH (FORCE)`)
      await maker.end()
      await office.close()
      rmSync(home, { recursive: true, force: true })
    }
  }, 200_000)
})

/** A superuser's pool once more: the first was ended so that the database could be copied. */
const again = async (database: { readonly admin: object }) => {
  const { Pool } = await import('pg')
  const superuser = new Pool({ ...database.admin, max: 2 })
  afterAll(() => superuser.end())
  return { superuser }
}
