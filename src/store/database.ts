/** The database of an installation, ready to use: found or started, migrated, and reached by role. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { Misconfigured } from '../errors.ts'
import type { Deadlines } from './deadlines.ts'
import { attachEmbedded, startEmbedded } from './embedded.ts'
import type { Embedded, EmbeddedOptions } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPool, roles } from './pool.ts'
import { poolerPassword, poolerUrl, roleSettings } from './pooled.ts'
import type { PoolOptions, Role, Target } from './pool.ts'

export interface PoolAsk extends Omit<PoolOptions, 'role' | 'pooled'> {
  /** Past the pooler, if there is one: for LISTEN, which needs a connection to itself. */
  readonly direct?: boolean
}

export interface Database {
  /** A pool that acts as the role; `stop` ends it. */
  readonly pool: (role: Role, options?: PoolAsk) => Pool
  /** The folder of the data, if the server is our own: for the watermark. */
  readonly data?: string
  /** This process holds the home's lock: earlier boots of this home are dead. */
  readonly alone: boolean
  readonly stop: () => Promise<void>
}

export interface DatabaseOptions extends EmbeddedOptions {
  /** DATABASE_URL: then no server is started. */
  readonly url?: string
  /** A pooler in transaction mode before the same database, `{role}` in the place of the user. */
  readonly pooler?: string
  /** The command line: use the server of a running gateway if there is one. */
  readonly attach?: boolean
  /** Of all its pools. */
  readonly deadlines?: Deadlines
}

const reach = (
  server: Embedded | null,
  { url, pooler, deadlines }: Pick<DatabaseOptions, 'url' | 'pooler' | 'deadlines'>,
) => {
  const pools: Pool[] = []
  const target = (role: Role, pooled: boolean): Target => {
    if (server !== null) return { ...server.admin, user: role, password: server.secret(`${role}.password`) }
    return { url: pooled ? poolerUrl(pooler as string, role) : (url as string) }
  }
  return {
    pool: (role: Role, { direct = false, ...options }: PoolAsk = {}): Pool => {
      const pooled = pooler !== undefined && !direct
      const pool = openPool(target(role, pooled), {
        ...(deadlines === undefined ? {} : { deadlines }),
        ...options,
        pooled,
        ...(server === null ? { role } : {}),
      })
      pools.push(pool)
      return pool
    },
    /** A connection that somebody still holds does not keep us from stopping. */
    end: async () => {
      const done = new AbortController()
      // With a timer that holds the process: an idle pool does not.
      const late = sleep(2_000, undefined, { signal: done.signal }).catch(() => undefined)
      await Promise.race([Promise.all(pools.map((pool) => (pool.ending ? undefined : pool.end()))), late])
      done.abort()
    },
  }
}

/** How each role logs in, and what is set on it. @throws Misconfigured */
const throughPooler = (pooler: string) => {
  const password = poolerPassword(poolerUrl(pooler, 'douane_gateway'))
  return [
    Object.fromEntries(roles.map((role) => [role, password])),
    Object.fromEntries(roles.map((role) => [role, roleSettings(role)])),
  ] as const
}

/** @throws Misconfigured */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const { url, pooler, deadlines, attach = false } = options
  if (pooler !== undefined && url === undefined)
    throw new Misconfigured(
      'database_pooler needs DATABASE_URL too: the way to the same database past the pooler.',
      'database_pooler demande aussi DATABASE_URL : le chemin vers la même base sans passer par le pooler.',
    )
  if (url !== undefined) {
    await (pooler === undefined ? migrate({ url }) : migrate({ url }, ...throughPooler(pooler)))
    const { pool, end } = reach(null, { url, pooler, deadlines })
    return { pool, alone: false, stop: async () => void (await end()) }
  }
  const running = attach ? attachEmbedded(options) : null
  const server = running ?? (await startEmbedded(options))
  try {
    const logins = Object.fromEntries(roles.map((role) => [role, server.secret(`${role}.password`)]))
    if (running === null) await migrate(server.admin, logins)
  } catch (error) {
    await server.stop()
    throw error
  }
  const { pool, end } = reach(server, { deadlines })
  return {
    pool,
    data: server.data,
    alone: running === null,
    stop: async () => {
      await end()
      await server.stop()
    },
  }
}
