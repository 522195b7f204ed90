/** Connections: as one role, with time limits, and silent about what a failing statement held. */
import { Pool } from 'pg'
import type { PoolConfig } from 'pg'
import { Misconfigured } from '../errors.ts'
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
    throw new Misconfigured('DATABASE_URL is not a URL (postgres://user:password@host/database).')
  }
  const [base = '', query = ''] = target.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  // pg prefers the URL's options to ours, and with them the role would be lost
  const given = parameters.get('options') ?? ''
  parameters.delete('options')
  return {
    connectionString: parameters.size === 0 ? base : `${base}?${parameters}`,
    options: `${given}${role === undefined ? '' : ` -c role=${role}`}`.trim(),
  }
}

/** A pool whose connections act as the role; one statement may take 5 s, one lock 2 s. */
export const openPool = (target: Target, options: PoolOptions = {}): Pool => {
  const { role, max = 8, statementMs = defaultStatementMs, onLost } = options
  const pool = new Pool({
    ...configOf(target, role),
    max,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: statementMs,
    lock_timeout: Math.min(2_000, statementMs),
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: statementMs + 1_000,
    application_name: role ?? 'douane',
    allowExitOnIdle: true,
  })
  // A connection may die between two listeners (the server's last words come with the greeting): never fatal.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  pool.on('error', (error: NodeJS.ErrnoException) => onLost?.(error.code ?? 'none'))
  // pg takes its own listener off a connection that it hands out: one that is ended at that very moment would
  // end the process
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
