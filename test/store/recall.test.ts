import { createHash, randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openRecall } from '../../src/store/recall.ts'
import { recallContract } from '../pseudonym/recall-contract.ts'
import { freshDatabase } from './database.ts'
import { ledgerOn, workOf } from './records.ts'

const database = await freshDatabase()
const pool = database.pool('douane_gateway')
const { ledger } = await ledgerOn(pool)
const recall = openRecall(pool)
afterAll(() => ledger.stop())

let count = 0
recallContract(
  'PostgreSQL',
  () => ({
    recall,
    keep: async (rows) => !('clash' in (await ledger.commit(workOf(rows)))),
  }),
  () => ({ ada: `ada-${++count}`, bob: `bob-${count}` }),
)

test('without its database the vault is unavailable, and says nothing of the question', async () => {
  const gone = openRecall(database.pool('douane_gateway', { max: 1 }))
  const secret = randomBytes(8).toString('hex')
  await database.superuser.query(`ALTER TABLE douane.vault_subject RENAME TO vault_subject_away`)
  try {
    const ask = {
      client: secret,
      provider: 'tana',
      indexes: [randomBytes(32)],
      subjects: [],
      tokens: [secret],
    }
    const error: Error = await gone.known(ask).then(
      () => expect.fail('it answered'),
      (refused: Error) => refused,
    )
    expect(error).toMatchObject({ code: 'VAULT_UNAVAILABLE' })
    expect(error.cause).toBeUndefined()
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(secret)
  } finally {
    await database.superuser.query(`ALTER TABLE douane.vault_subject_away RENAME TO vault_subject`)
  }
})

test('what a question reads of a vault that was never analysed does not grow with the vault', async () => {
  const one = database.pool('douane_gateway', { max: 1 })
  const asked = openRecall(one)
  const client = `many-${randomBytes(4).toString('hex')}`
  const digest = (word: string, n: number): Buffer => createHash('sha256').update(`${word} ${n}`).digest()
  const token = (n: number): string => `T${String(n).padStart(8, '0')}`
  const grow = async (from: number, to: number): Promise<void> => {
    const grower = await database.superuser.connect()
    await grower.query(
      `WITH s AS (INSERT INTO douane.vault_subject SELECT $1, sha256(('ref ' || g)::bytea), '2026-11', '', now() + '1 day'
           FROM generate_series($2::int, $3::int) g),
         a AS (INSERT INTO douane.vault_alias
           SELECT $1, sha256(('alias ' || g)::bytea), sha256(('ref ' || g)::bytea), now() + '1 day'
           FROM generate_series($2::int, $3::int) g)
       INSERT INTO douane.vault_pseudonym
         SELECT $1, 'tana', sha256(('idx ' || g)::bytea), 'T' || lpad(g::text, 8, '0'), 'payroll', 'name',
           sha256(('ref ' || g)::bytea), '', now() + '1 day'
         FROM generate_series($2::int, $3::int) g`,
      [client, from, to],
    )
    // what it read is counted now, and not in the midst of what is measured
    await grower.query('SELECT pg_stat_force_next_flush()')
    await grower.query('SELECT 1')
    grower.release()
  }
  const readSoFar = async (): Promise<number> => {
    await one.query('SELECT pg_stat_force_next_flush()')
    await one.query('SELECT 1')
    const { rows } = await database.superuser.query<{ read: string }>(
      `SELECT sum(idx_tup_fetch + seq_tup_read) AS read FROM pg_stat_user_tables WHERE relname LIKE 'vault%'`,
    )
    return Number(rows[0]?.read)
  }
  /** Rows that the questions of one transfer and of its way back read. */
  const readFor = async (n: number): Promise<number> => {
    const before = await readSoFar()
    const found = await asked.known({
      client,
      provider: 'tana',
      indexes: [digest('idx', n)],
      subjects: [digest('ref', n), digest('alias', n)],
      tokens: [],
    })
    expect(found.pseudonyms).toHaveLength(1)
    expect(found.subjects).toHaveLength(2)
    const told = await asked.known({
      client,
      provider: 'tana',
      indexes: [],
      subjects: [],
      tokens: [token(n), token(n)],
    })
    expect(told.tokens).toHaveLength(1)
    expect(await asked.resolve(client, 'tana', [token(n)])).toHaveLength(1)
    return (await readSoFar()) - before
  }
  await grow(1, 20)
  // the server plans anew six times, then keeps a plan: made while the tables were small
  for (let n = 1; n <= 8; n++) await readFor(n)
  await grow(21, 3_000)
  expect(await readFor(2_000)).toBeLessThan(20)
  // and a session that meets the tables as they are now
  await one.query('DISCARD PLANS')
  for (let n = 1; n <= 8; n++) expect(await readFor(n)).toBeLessThan(20)
})
