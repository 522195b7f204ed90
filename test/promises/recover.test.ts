/** The database is restored to an older state: nothing goes on by itself, and what is lost is said for ever. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import { Misconfigured } from '../../src/errors.ts'
import { halfYearOf } from '../../src/audit/shard.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { openInstallation } from '../../src/wire/installation.ts'
import { recoverLog } from '../../src/wire/recover.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { outcomeOf, workOf } from '../store/records.ts'
import { openFailpoints } from './failpoints.ts'
import { makeHome } from './gateway.ts'

const database = await freshDatabase()
const home = makeHome(9)
const copy = `${database.name}_old`
const settings = readSettings({ DATABASE_URL: database.adminUrl }, home)
const restored = readSettings({ DATABASE_URL: database.adminUrl.replace(database.name, copy) }, home)
const options = { allowUnsafe: true, deadlines: patient }
const admin = async (text: string): Promise<void> => {
  const client = new Client({ ...inject('postgres').admin, database: 'postgres' })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
afterAll(async () => {
  await admin(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`)
  rmSync(home, { recursive: true, force: true })
})
const sizes = { kept: 0, lost: 0 }
const transfers = async (many: number): Promise<number> => {
  const installation = await openInstallation(settings, options)
  for (let i = 0; i < many; i += 1) {
    const work = workOf()
    const { index } = await installation.ledger.commit(work)
    await installation.ledger.close(outcomeOf(work.intent, index))
  }
  await signAll(installation)
  const { size } = await installation.trees.head('evidence')
  await installation.stop()
  return size
}
beforeAll(async () => {
  sizes.kept = await transfers(8)
  await admin(`CREATE DATABASE ${copy} TEMPLATE ${database.name} STRATEGY file_copy`)
  sizes.lost = await transfers(5)
})

test('a database that is older than what was signed is not opened, and no line is written to it', async () => {
  await expect(openInstallation(restored, options)).rejects.toThrow(Misconfigured)
  await expect(openInstallation(restored, options)).rejects.toThrow(/audit recover/)
  const client = new Client({ ...inject('postgres').admin, database: copy })
  await client.connect()
  const { rows } = await client.query('SELECT size, epoch FROM douane.audit_head WHERE log = 0')
  await client.end()
  expect(rows).toEqual([{ size: String(sizes.kept), epoch: '1' }])
})

test('a person gives up what is lost: a new tree says what, by whom, why; killed anywhere, it goes on', async () => {
  const by = { by: 'cli:operator', why: 'a disk was lost, the backup of the night came back' }
  const failpoints = openFailpoints()
  for (const form of [/close_shard/, /UPDATE douane\.audit_tree/, /open_shard/])
    for (const fault of ['kill', 'error'] as const) {
      failpoints.arm(form, fault)
      await recoverLog(restored, by, options).catch(() => undefined)
      failpoints.disarm()
    }
  expect(failpoints.hits()).toBeGreaterThan(2)
  failpoints.end()
  await recoverLog(restored, by, options)
  expect(await recoverLog(restored, by, options)).toEqual({ lost: [] })

  const installation = await openInstallation(restored, options)
  try {
    const work = workOf()
    const { index } = await installation.ledger.commit(work)
    expect(index).toBeGreaterThan(sizes.lost)
    await installation.ledger.close(outcomeOf(work.intent, index))
    await signAll(installation)
    const shards = await installation.trees.shards('evidence')
    expect(shards).toEqual([
      { n: 0, name: '', base: 0, end: sizes.kept },
      { n: 1, name: halfYearOf(new Date()), base: sizes.lost },
    ])
    const said: unknown[] = []
    for await (const { body } of installation.trees.keeping('evidence'))
      said.push(JSON.parse(body.toString()))
    expect(said).toMatchObject([
      { k: 'shard_link', prev: 'promise.example/log/transfers', size: sizes.kept, base: sizes.lost },
      { k: 'recover', ...by, from: sizes.kept, to: sizes.lost },
    ])
    const found = (await checkStore(installation)).verdict.findings.filter(({ level }) => level !== 'note')
    expect(found).toEqual([])
    const out = join(home, 'bundle')
    await exportTo(installation, { out, withAccess: true })
    const verdict = await verifyBundle(out, Object.values(installation.vkeys).join('\n'))
    expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([
      expect.objectContaining({
        level: 'incomplete',
        what: `records ${sizes.kept} to ${sizes.lost - 1} may be missing: the database was restored`,
      }),
      expect.objectContaining({ level: 'incomplete', where: expect.stringMatching(/^access-/) }),
    ])
    expect(verdict.exit).toBe(2)
  } finally {
    await installation.stop()
  }
})

test('the database of before, which others may still have, is older now too', async () => {
  await expect(transfers(0)).rejects.toThrow(Misconfigured)
  const installation = await openInstallation(restored, options)
  await installation.stop()
})
