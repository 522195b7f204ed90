/** A database of its own for a test file, copied from the migrated template in about 15 ms. */
import { randomBytes } from 'node:crypto'
import { Client, Pool } from 'pg'
import { inject } from 'vitest'
import type { Connection } from '../../src/store/embedded.ts'
import { openPool } from '../../src/store/pool.ts'
import type { PoolOptions, Role } from '../../src/store/pool.ts'
import { afterwards } from '../afterwards.ts'
import { patient } from '../patient.ts'

export interface TestDatabase {
  readonly name: string
  /** As a superuser. */
  readonly admin: Connection
  readonly adminUrl: string
  /** The login of a role. */
  readonly connection: (role: Role) => Connection
  /** A pool of that role; ended with the database. */
  readonly pool: (role: Role, options?: PoolOptions) => Pool
  /** A superuser's pool, for tests that tamper. */
  readonly superuser: Pool
}

/** Without the limits of a gateway's sessions: what it holds, it holds until the test lets go. */
const superuserPool = (connection: Connection): Pool =>
  new Pool({ ...connection, max: 2 })
    .on('error', () => undefined)
    .on('connect', (client) => client.on('error', () => undefined))

/** Call it at the top of a file, or in a test; what it opens is closed after that. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const { admin, passwords } = inject('postgres')
  const name = `t_${randomBytes(8).toString('hex')}`
  const maker = new Client({ ...admin, database: 'postgres' })
  await maker.connect()
  await maker.query(`CREATE DATABASE ${name} TEMPLATE ${admin.database} STRATEGY file_copy`)
  await maker.end()
  const here = { ...admin, database: name }
  const pools: Pool[] = []
  const kept = (pool: Pool): Pool => {
    pools.push(pool)
    return pool
  }
  const connection = (role: Role): Connection => ({ ...here, user: role, password: passwords[role] })
  afterwards(async () => {
    await Promise.all(pools.map((pool) => (pool.ended ? undefined : pool.end())))
    const dropper = new Client({ ...admin, database: 'postgres' })
    await dropper.connect()
    await dropper.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await dropper.end()
  })
  return {
    name,
    admin: here,
    adminUrl: `postgres://${here.user}:${here.password}@/${name}?host=${encodeURIComponent(here.host)}&port=${here.port}`,
    connection,
    pool: (role, options) => kept(openPool(connection(role), { deadlines: patient, ...options })),
    superuser: kept(superuserPool(here)),
  }
}
