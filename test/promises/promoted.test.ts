/** A server that dies under load, and its synchronous standby that is promoted while the gateways go on. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { openChance } from '../../bench/torture/chance.ts'
import { copyHome, makeKeys, prepareHome } from '../../bench/torture/home.ts'
import { startInstance } from '../../bench/torture/instance.ts'
import { openLoad } from '../../bench/torture/load.ts'
import { mark } from '../../bench/torture/payloads.ts'
import { openProvider } from '../../bench/torture/provider.ts'
import { readSettings } from '../../src/config/settings.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { openAnchor } from '../../src/store/anchor.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { openStandby, openSwitch } from '../store/standby.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-promoted-'))
chmodSync(folder, 0o711)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a synchronous standby, promoted when its primary dies', { timeout: 300_000 }, async () => {
  const home = join(folder, 'home')
  const chance = openChance(11)
  const provider = await openProvider({
    chance,
    onFirst: async () => undefined,
    leaks: (target, body) => target.startsWith('/far') && body.includes(mark),
  })
  prepareHome(home, provider.port)
  const key = makeKeys(home)
  const primary = await startEmbedded({ home, project })
  const standby = await openStandby(primary, home, join(folder, 's'))
  const line = await openSwitch(primary.host)
  const { user, password, database } = primary.admin
  const url = `postgres://${user}:${password}@127.0.0.1:${line.port}/${database}`
  const gateways = [1, 2].map((n) => {
    copyHome(home, join(folder, `g${n}`), provider.port)
    return startInstance({ home: join(folder, `g${n}`), cache: join(folder, 'cache'), url })
  })
  const load = openLoad(8, key, chance)
  let before = 0
  try {
    for (const gateway of gateways) {
      const port = await gateway.ready
      expect(port, gateway.said()).toBeDefined()
      load.ports.add(port!)
    }
    await vi.waitFor(() => expect(load.told.delivered.length).toBeGreaterThan(30), {
      timeout: 60_000,
      interval: 50,
    })
    await pause(500)
    // The primary is gone at once, in the midst of commits; it is never asked again.
    process.kill(primary.pid(), 'SIGKILL')
    line.to('/nowhere')
    await standby.promote()
    line.to(standby.host)
    // it came up again by itself, and nobody goes there
    await primary.stop()
    before = load.told.delivered.length
    await vi.waitFor(() => expect(load.told.delivered.length).toBeGreaterThan(before + 30), {
      timeout: 60_000,
      interval: 50,
    })
  } finally {
    await load.stop()
    for (const gateway of gateways) gateway.kill('SIGTERM')
    await Promise.all(gateways.map((gateway) => gateway.ended))
  }
  try {
    expect(load.told.wrong).toEqual([])
    const sights = provider.take()
    const installation = await openInstallation(readSettings({ DATABASE_URL: url }, home), {
      deadlines: patient,
    })
    // The anchor of a gateway that saw both servers: what the first signed is in the second.
    const anchored = { ...installation, anchor: openAnchor(join(folder, 'g1', 'anchor')) }
    expect((await anchored.anchor.read('evidence'))?.size).toBeGreaterThan(before)
    await signAll(anchored)
    const { verdict } = await checkStore(anchored)
    expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
    const intents = new Set<string>()
    const { size } = await installation.trees.head('evidence')
    for await (const { kind, tid } of installation.trees.leaves('evidence', 0, size))
      if (kind === 'intent') intents.add(tid)
    // Nothing that was acknowledged, to a client or by a byte to the provider, is missing.
    expect(sights.filter(({ tid }) => !intents.has(tid))).toEqual([])
    expect(load.told.delivered.filter((tid) => !intents.has(tid))).toEqual([])
    await installation.stop()
  } finally {
    await line.close()
    await standby.stop()
    await provider.close()
  }
})
