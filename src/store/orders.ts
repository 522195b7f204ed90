/** The records of the log that order something, in the order in which they came; and one order at a time. */
import type { Pool } from 'pg'
import type { StoredLeaf } from '../audit/log.ts'
import { faultOf } from './fault.ts'
import { type LeafRow, leafColumns, storedLeaf } from './tree.ts'

export const channel = 'douane_policy'

export interface OrderLeaves {
  /** From that place of the evidence log on, and the database's time: instances may differ in theirs. */
  since(index: number): Promise<{ readonly leaves: readonly StoredLeaf[]; readonly now: Date }>
  /** Tells the other instances that there is a new one; those that cannot listen see it within a second. */
  announce(): Promise<void>
  /** One at a time over all instances: what was read within still holds when it is written. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

/** Any number, the same everywhere. */
const turn = 3_620_231
const pageSize = 512

/**
 * @param pool as douane_gateway; every function throws DatabaseFault
 * @param turns another pool of the same: who waits for a turn must not hold what its holder needs
 */
export const openOrderLeaves = (pool: Pool, turns: Pool): OrderLeaves => ({
  since: async (index) => {
    try {
      const { rows } = await pool.query<LeafRow & { now: Date }>(
        `SELECT clock_timestamp() AS now, ${leafColumns} FROM (SELECT 1) one LEFT JOIN LATERAL
          (SELECT ${leafColumns} FROM douane.order_leaf WHERE idx >= $1 ORDER BY idx LIMIT ${pageSize}) l ON true
          ORDER BY idx`,
        [index],
      )
      const found = rows.filter(({ idx }) => idx !== null)
      return { leaves: found.map(storedLeaf), now: rows[0]?.now ?? new Date(0) }
    } catch (error) {
      throw faultOf(error)
    }
  },
  announce: async () => {
    try {
      await pool.query(`SELECT pg_notify('${channel}', '')`)
    } catch (error) {
      throw faultOf(error)
    }
  },
  inTurn: async (work) => {
    const client = await turns.connect().catch((error: unknown) => {
      throw faultOf(error)
    })
    let broken = false
    const lost = (): void => void (broken = true)
    client.on('error', lost)
    try {
      await client.query('BEGIN').catch((error: unknown) => {
        broken = true
        throw faultOf(error)
      })
      // held until the transaction ends, also by our death; works behind a pooler that shares connections
      await client.query('SELECT pg_advisory_xact_lock($1)', [turn]).catch((error: unknown) => {
        broken = true
        throw faultOf(error)
      })
      return await work()
    } finally {
      if (!broken) await client.query('COMMIT').catch(lost)
      client.off('error', lost)
      client.release(broken)
    }
  },
})
