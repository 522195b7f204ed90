import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openPool } from '../../src/store/pool.ts'
import { freshDatabase } from './database.ts'
import { ledgerOn, workOf } from './records.ts'

const database = await freshDatabase()
const gateway = database.pool('douane_gateway')
const integrator = database.pool('douane_integrator')
const eraser = database.pool('douane_eraser')
const { ledger } = await ledgerOn(gateway)
await ledger.commit(workOf())
await ledger.stop()

const denied = '42501'
const stateOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'allowed',
    (error: { code?: string }) => error.code ?? 'no code',
  )

describe('nobody changes what is in the log', () => {
  const acts = ['leaf', 'batch', 'checkpoint', 'heartbeat'].flatMap((name) => [
    `UPDATE douane.audit_${name} SET log = log`,
    `DELETE FROM douane.audit_${name}`,
    `TRUNCATE douane.audit_${name}`,
  ])
  test.each([
    ...acts,
    'DELETE FROM douane.audit_leaf_evidence',
    'UPDATE douane.audit_leaf_evidence SET hash = hash',
    'TRUNCATE douane.audit_leaf_access',
  ])('%s is denied to every role, and stops even the owner’s accident', async (act) => {
    for (const pool of [gateway, integrator, eraser]) expect(await stateOf(pool.query(act))).toBe(denied)
    expect(await stateOf(database.superuser.query(act))).toBe(denied)
  })
})

test.each([
  [
    'gateway',
    'INSERT INTO douane.audit_leaf SELECT * FROM douane.audit_leaf',
    'a leaf outside the sequencer',
  ],
  ['gateway', 'UPDATE douane.audit_head SET size = 0', 'the head'],
  ['gateway', 'UPDATE douane.audit_tree SET size = 0', 'the tree is the integrator’s'],
  ['gateway', 'DELETE FROM douane.audit_detail', 'erasing is the eraser’s'],
  [
    'gateway',
    'INSERT INTO douane.vault_subject SELECT * FROM douane.vault_subject',
    'vault rows without an intent',
  ],
  ['gateway', 'DELETE FROM douane.vault_pseudonym', 'the vault'],
  ['gateway', 'UPDATE douane.order_leaf SET kind = 0', 'who ordered what'],
  ['gateway', 'DELETE FROM douane.order_leaf', 'and that it was ordered'],
  ['gateway', 'UPDATE douane.derogation_use SET transfers = 0', 'how often a derogation was used'],
  ['gateway', 'CREATE TABLE douane.mine ()', 'the schema'],
  ['gateway', 'SET ROLE douane_owner', 'becoming the owner'],
  ['integrator', 'SELECT FROM douane.vault_pseudonym', 'the integrator sees no vault'],
  ['integrator', 'SELECT FROM douane.audit_detail', 'nor details'],
  ['integrator', 'DELETE FROM douane.audit_tile', 'nor takes tiles away'],
  ['eraser', 'UPDATE douane.vault_subject SET wrapped = wrapped', 'the eraser changes nothing'],
  ['eraser', "INSERT INTO douane.audit_tree VALUES (9, 0, sha256(''), '')", 'and adds nothing'],
] as const)('douane_%s may not: %s (%s)', async (role, act, _why) => {
  const pool = { gateway, integrator, eraser }[role]
  expect(await stateOf(pool.query(act))).toBe(denied)
})

test('with a DATABASE_URL each connection takes on its role and cannot do more', async () => {
  await migrate({ url: database.adminUrl })
  const pool = openPool(
    { url: `${database.adminUrl}&options=-c%20work_mem%3D5MB` },
    { role: 'douane_gateway', max: 1 },
  )
  const { rows } = await pool.query(`SELECT current_user AS who, current_setting('work_mem') AS mem`)
  expect(rows).toEqual([{ who: 'douane_gateway', mem: '5MB' }])
  expect(await stateOf(pool.query('DELETE FROM douane.vault_subject'))).toBe(denied)
  await pool.end()
})

describe('the schema', () => {
  test('several gateways may migrate at once, and again', async () => {
    const files = readdirSync(join(import.meta.dirname, '../../src/store/sql')).toSorted()
    await Promise.all(Array.from({ length: 4 }, () => migrate(database.admin)))
    const { rows } = await database.superuser.query('SELECT name FROM douane.migration ORDER BY name')
    expect(rows.map((row) => row.name)).toEqual(files)
  })

  test.each([
    [
      `UPDATE douane.migration SET sha256 = 'other' WHERE name = '002-vault.sql'`,
      '002-vault.sql is not the one',
    ],
    [`INSERT INTO douane.migration (name, sha256) VALUES ('999-later.sql', '')`, 'made by a later Douane'],
  ])('a database that is not ours to touch is refused: %s', async (act, said) => {
    const other = await freshDatabase()
    await other.superuser.query(act)
    await expect(migrate(other.admin)).rejects.toThrow(said)
  })

  test.each([
    ['not a url', 'not a URL'],
    ['postgres://nobody:wrong@/x?host=/nowhere', 'cannot be prepared (ENOENT)'],
  ])('a DATABASE_URL %j is explained without printing it', async (url, said) => {
    const error: Error = await migrate({ url }).then(
      () => expect.fail('it migrated'),
      (fault: Error) => fault,
    )
    expect(error.name).toBe('Misconfigured')
    expect(error.message).toContain(said)
    expect(error.message).not.toContain('wrong')
  })

  test('a wrong password is said to be one', async () => {
    const wrong = { ...database.admin, password: 'wrong' }
    await expect(migrate(wrong)).rejects.toThrow('refused the password')
  })
})
