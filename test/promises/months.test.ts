/** Two homes over one database, one a copy of the other: that they part when a month begins is said, not found out. */
import { chmodSync, cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../../src/config/settings.ts'
import { openSecrets } from '../../src/config/secrets.ts'
import { Misconfigured } from '../../src/errors.ts'
import { newSubjectKey } from '../../src/pseudonym/seal.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { outcomeOf, workOf } from '../store/records.ts'
import { makeHome } from './gateway.ts'

const database = await freshDatabase()
const home = makeHome(9)
const copy = `${home}-copy`
const open = (of: string): Promise<Installation> =>
  openInstallation(readSettings({ DATABASE_URL: database.adminUrl }, of), {
    allowUnsafe: true,
    deadlines: patient,
  })
afterAll(() => {
  for (const one of [home, copy]) rmSync(one, { recursive: true, force: true })
})

beforeAll(async () => {
  const one = await open(home)
  const ref = randomBytes(32)
  const { month, wrapped } = newSubjectKey(one.keys, 'acme', ref, randomBytes)
  const expires = new Date(Date.now() + 86_400_000)
  const work = workOf({ subjects: [{ client: 'acme', ref, month, wrapped, expires }] })
  const { index } = await one.ledger.commit(work)
  await one.ledger.close(outcomeOf(work.intent, index))
  await one.stop()
  cpSync(home, copy, { recursive: true })
  for (const folder of ['secrets', 'secrets/shred']) chmodSync(join(copy, folder), 0o700)
})

const refused = async (of: string): Promise<Misconfigured> => {
  const error: unknown = await open(of).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Misconfigured)
  return error as Misconfigured
}

test('a copy opens what both sealed before they parted', async () => {
  const two = await open(copy)
  await two.stop()
})

test('a copy that has no key of the month refuses, and says why a copy lacks it', async () => {
  const month = new Date().toISOString().slice(0, 7)
  const [key, aside] = ['key', 'aside'].map((end) => join(copy, `secrets/shred/${month}.${end}`))
  renameSync(key!, aside!)
  const { message, fr } = await refused(copy)
  expect([message, fr]).toEqual([
    expect.stringContaining('share one secrets/ folder'),
    expect.stringContaining('un seul dossier secrets/'),
  ])
})

test('a copy that made a key of its own refuses, in both languages, and nothing of it is changed', async () => {
  const { month } = openSecrets(copy).shred.current()
  const { message, fr } = await refused(copy)
  expect(message).toMatch(`secrets/shred/${month}.key does not open`)
  expect(fr).toMatch(`secrets/shred/${month}.key n'ouvre pas`)
})
