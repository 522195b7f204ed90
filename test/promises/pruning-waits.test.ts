/** A record from the future keeps what is behind it, and the operator is told: once in the log, and by a metric. */
import { rmSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { readSettings } from '../../src/config/settings.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { signAll } from '../../src/wire/sign.ts'
import { callerOf } from '../admin/api.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { outcomeOf, workOf } from '../store/records.ts'
import { makeHome, openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
const home = makeHome(office.port, { settings: ['retention: {evidence_days: 30}'] })
const database = await freshDatabase()
afterAll(async () => {
  await office.close()
  rmSync(home, { recursive: true, force: true })
})
const dayMs = 86_400_000

test('what waits for its retention behind a record that says it is of later', async () => {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: now - 60 * dayMs })
  const before = await openInstallation(readSettings({ DATABASE_URL: database.adminUrl }, home), {
    allowUnsafe: true,
    deadlines: patient,
  })
  for (const t of [now - 60 * dayMs, now + 10 * dayMs]) {
    const work = workOf({}, { t: new Date(t).toISOString() })
    const { index } = await before.ledger.commit(work)
    await before.ledger.close(outcomeOf(work.intent, index, { t: work.intent.t }))
  }
  await signAll(before)
  await before.stop()
  vi.useRealTimers()

  const whole = await openWhole({ provider: office, home, database })
  const waits = (): string[] => whole.lines.filter((line) => line.includes('log.pruning_waits'))
  // a round that the machine was too slow for is made again after a minute
  await vi.waitFor(() => expect(waits()).toHaveLength(1), { timeout: 90_000 })
  expect(JSON.parse(waits()[0]!)).toMatchObject({ level: 'warn', stream: 'evidence' })
  const page = await callerOf(whole.running.control.port)('/metrics')
  const [, days] = /^douane_log_pruning_waits_days (\d+)$/m.exec(page.text) ?? []
  // ten days until its time, thirty of retention, and a margin of an hour
  expect(Number(days)).toBe(41)
  expect((await callerOf(whole.running.control.port)('/readyz')).status).toBe(200)
}, 120_000)
