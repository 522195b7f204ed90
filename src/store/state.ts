/** What start-up must know of a database before it makes or opens a key. */
import type { Pool } from 'pg'
import type { WrappedKey } from '../pseudonym/seal.ts'
import { faultOf } from './fault.ts'

export interface DatabaseState {
  /** The log or the vault holds a row. */
  readonly hasData: boolean
  /** Months of the shred keys that wrap stored subject keys. */
  readonly months: readonly string[]
}

/** Enough that of two keys of one month, both in use, the other one is among them. */
const samples = 32

/**
 * Stored subject keys, some of each month.
 * @param pool as douane_gateway; @throws DatabaseFault
 */
export const someWrappedKeys = async (
  pool: Pool,
  months: readonly string[],
): Promise<readonly WrappedKey[]> => {
  try {
    const { rows } = await pool.query<WrappedKey>(
      `SELECT s.* FROM unnest($1::text[]) AS m (month) CROSS JOIN LATERAL
        (SELECT client, ref, month, wrapped FROM douane.vault_subject v WHERE v.month = m.month LIMIT ${samples}) s`,
      [months],
    )
    return rows
  } catch (error) {
    throw faultOf(error)
  }
}

/** @param pool as douane_gateway; @throws DatabaseFault */
export const databaseState = async (pool: Pool): Promise<DatabaseState> => {
  try {
    const { rows } = await pool.query<{ leaves: boolean; months: string[] | null }>(
      `SELECT EXISTS (SELECT FROM douane.audit_head WHERE size > 0) AS leaves,
        (SELECT array_agg(DISTINCT month) FROM douane.vault_subject) AS months`,
    )
    const months = rows[0]?.months ?? []
    return { hasData: rows[0]?.leaves === true || months.length > 0, months }
  } catch (error) {
    throw faultOf(error)
  }
}
