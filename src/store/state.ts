/** What start-up must know of a database before it makes or opens a key. */
import type { Pool } from 'pg'
import { faultOf } from './fault.ts'

export interface DatabaseState {
  /** The log or the vault holds a row. */
  readonly hasData: boolean
  /** Months of the shred keys that wrap stored subject keys. */
  readonly months: readonly string[]
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
