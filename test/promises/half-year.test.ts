/** Two gateways run over a log that began in another half-year: a new tree begins under them, and nobody notices. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { originIn, halfYearOf } from '../../src/audit/shard.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { makeHome, openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
const home = makeHome(office.port)
const database = await freshDatabase()
afterAll(async () => {
  await office.close()
  rmSync(home, { recursive: true, force: true })
})
const body = '{"nom": "Rakoto", "email": "r@exemple.fr"}'

test('the edge of a half-year is crossed by running gateways', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-02T08:00:00.000Z') })
  const settings = readSettings({ DATABASE_URL: database.adminUrl }, home)
  const spring = await openInstallation(settings, { allowUnsafe: true, deadlines: patient })
  await signAll(spring)
  await spring.stop()
  vi.useRealTimers()

  const gateways = [
    await openWhole({ provider: office, home, database }),
    await openWhole({ provider: office, home, database }),
  ]
  const [one] = gateways as [(typeof gateways)[number]]
  const { trees } = one.installation
  const tids: string[] = []
  // transfers go on all the while, and each waits for the signed head that covers it
  for (let round = 0; round < 1_000; round += 1) {
    for (const gateway of gateways) {
      const { status, tid } = await gateway.send('/tana/x', {
        body,
        headers: { 'douane-wait': 'integrated' },
      })
      expect(status).toBe(200)
      tids.push(tid)
    }
    const opened = await Promise.all((['evidence', 'access'] as const).map((stream) => trees.shards(stream)))
    if (opened.every((shards) => shards.length === 2) && round > 2) break
    await sleep(50)
  }
  const name = halfYearOf(new Date())
  for (const stream of ['evidence', 'access'] as const)
    expect((await trees.shards(stream)).map((shard) => shard.name)).toEqual(['', name])
  const last = await one.look<{ origin: string }>(`/v1/transfers/${tids.at(-1)}/receipt`)
  expect(last.origin).toBe(originIn('promise.example/log/transfers', name))
  const head = await one.look<{ origin: string; note: string }>('/v1/audit/checkpoint')
  expect(head.note.startsWith(`${head.origin}\n`)).toBe(true)
  expect(head.origin).toBe(last.origin)

  const out = join(home, 'bundle')
  await exportTo(one.installation, { out, withAccess: true })
  const verdict = await verifyBundle(out, Object.values(one.installation.vkeys).join('\n'))
  expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
  expect(verdict.logs).toHaveLength(4)
  expect((await checkStore(one.installation)).verdict.findings).toEqual([])
})
