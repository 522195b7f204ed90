import { randomBytes } from 'node:crypto'
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
