import { expect, test } from 'vitest'
import { freshDatabase } from './database.ts'

const database = await freshDatabase()

/** Nobody listens on it but the pool: an unheard 'error' event would end the gateway (and fails this run). */
test('an administrator ends a connection that was just handed out: the next one is another', async () => {
  const pool = database.pool('douane_gateway', { max: 1 })
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  await database.superuser.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid])
  await ended
  client.release(true)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})
