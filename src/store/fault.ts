/**
 * What went wrong with the database, without what it said: the `detail`, `where` and `query` of PostgreSQL's
 * errors hold values (promise 4), so neither they nor the error itself go any further than this file.
 */
import { Refused } from '../errors.ts'
import type { Code } from '../errors.ts'

/**
 * - `lost`: no answer; a statement that was sent may have been committed
 * - `down`: no connection was made, so nothing was sent
 * - `duplicate`, `invalid`: the statement was rolled back because of what it holds
 * - `full`: rolled back, no space
 * - `failed`: rolled back for another reason
 */
export type FaultKind = 'lost' | 'down' | 'duplicate' | 'invalid' | 'full' | 'failed'

export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault'
  readonly fr: string
  readonly kind: FaultKind
  /** SQLSTATE, or the system's error code. */
  readonly state: string
  /** Name of the constraint, if one was violated. */
  readonly constraint: string

  constructor(kind: FaultKind, state: string, constraint = '') {
    const what = `${kind} (${state}${constraint === '' ? '' : `, ${constraint}`})`
    super(`database: ${what}`)
    this.fr = `base de données : ${what}`
    this.kind = kind
    this.state = state
    this.constraint = constraint
  }
}

const kindOf = (state: string): FaultKind => {
  if (state === '23505') return 'duplicate'
  if (state.startsWith('22') || state.startsWith('23')) return 'invalid'
  if (state === '53100') return 'full'
  // 57P: shut down; 08: connection; 58, XX: the server's own trouble. It may have committed before it fell.
  if (/^(57P|08|58|XX)/.test(state)) return 'lost'
  return 'failed'
}

/** @param sent whether a statement had been handed to a connection */
export const faultOf = (error: unknown, sent = true): DatabaseFault => {
  if (error instanceof DatabaseFault) return error
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  const state = typeof code === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(code) ? code : 'none'
  if (!sent) return new DatabaseFault('down', state)
  const kind = /^[0-9A-Z]{5}$/.test(state) && /\d/.test(state) ? kindOf(state) : 'lost'
  return new DatabaseFault(kind, state, typeof constraint === 'string' ? constraint : '')
}

/** Runs database work; any failure becomes that refusal. */
export const refusing = async <T>(code: Code, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(code)
  }
}
