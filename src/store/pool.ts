/** Connections: as one role, with time limits, and silent about what a failing statement held. */
import { Pool } from 'pg'
import type { ClientBase, PoolConfig } from 'pg'
import { Misconfigured } from '../errors.ts'
import { type Deadlines, usual } from './deadlines.ts'
import type { Connection } from './embedded.ts'

/** The login of the embedded server, or `DATABASE_URL`. */
export type Target = Connection | { readonly url: string }

export const roles = ['douane_gateway', 'douane_integrator', 'douane_eraser'] as const
export type Role = (typeof roles)[number]

export interface PoolOptions {
  /** With a URL: the role that each connection takes on (`SET ROLE`). */
  readonly role?: Role
  readonly max?: number
  readonly statementMs?: number
  readonly deadlines?: Pick<Deadlines, 'connect' | 'answer'>
  /** Through a pooler in transaction mode: what would be said at the start is set on the role (pooled.ts). */
  readonly pooled?: boolean
  /** Told of a lost idle connection: the system's code, no more. */
  readonly onLost?: (code: string) => void
}

export const defaultStatementMs = 5_000

/**
 * What pg makes of a target. A URL may be libpq's (`postgres:///name?host=/folder`), which WHATWG's is not.
 * @throws Misconfigured
 */
export const configOf = (target: Target, role?: Role): PoolConfig => {
  if (!('url' in target)) return { ...target }
  if (!/^(?:postgres|postgresql|socket):\/\//.test(target.url)) {
    throw new Misconfigured(
      'DATABASE_URL is not a URL (postgres://user:password@host/database).',
      "DATABASE_URL n'est pas une URL (postgres://user:password@host/database).",
    )
  }
  const [base = '', query = ''] = target.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  // pg prefers the URL's options to ours, and with them the role would be lost
  const given = parameters.get('options') ?? ''
  parameters.delete('options')
  const options = `${given}${role === undefined ? '' : ` -c role=${role}`}`.trim()
  return {
    connectionString: parameters.size === 0 ? base : `${base}?${parameters}`,
    ...(options === '' ? {} : { options }),
  }
}

/** A named statement is known to one connection of the server; the next transaction may meet another. */
const nameless = (client: ClientBase): void => {
  const query = client.query as (...args: unknown[]) => unknown
  const asked = (first: unknown, ...rest: unknown[]): unknown => {
    const named = typeof first === 'object' && first !== null && 'name' in first && 'text' in first
    return Reflect.apply(query, client, [named ? { ...first, name: undefined } : first, ...rest])
  }
  client.query = asked as typeof client.query
}

/** A pool whose connections act as the role; one statement may take 5 s, one lock 2 s. */
export const openPool = (target: Target, options: PoolOptions = {}): Pool => {
  const { role, max = 8, statementMs = defaultStatementMs, pooled = false, onLost } = options
  const { connect, answer } = options.deadlines ?? usual
  const session = {
    statement_timeout: statementMs,
    lock_timeout: Math.min(2_000, statementMs),
    idle_in_transaction_session_timeout: 10_000,
  }
  const pool = new Pool({
    ...configOf(target, pooled ? undefined : role),
    ...(pooled ? {} : session),
    max,
    connectionTimeoutMillis: connect,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    query_timeout: statementMs + answer,
    application_name: role ?? 'douane',
    allowExitOnIdle: true,
  })
  // A connection may die between two listeners (the server's last words come with the greeting): never fatal.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  pool.on('error', (error: NodeJS.ErrnoException) => onLost?.(error.code ?? 'none'))
  if (pooled) pool.on('connect', nameless)
  // pg takes its own listener off a connection that it hands out: one that is ended at that very moment would
  // end the process
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
