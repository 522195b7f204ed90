/** What the next tree of a log begins with, once the head is closed and the tree before is signed to its end. */
import type { ClientBase, Pool } from 'pg'
import type { RecordBody, Stream } from '../model/record.ts'
import { streams } from '../model/record.ts'
import { faultOf } from './fault.ts'

export interface Edge {
  /** Of the closed head: negative. */
  readonly epoch: number
  readonly n: number
  readonly name: string
  /** Place after the last record, and place of the next: farther only after a restore. */
  readonly end: number
  readonly base: number
  /** The link, and after a restore the recovery. */
  readonly records: readonly RecordBody[]
}

export interface HeadNow {
  readonly size: number
  /** Negative: an edge is being crossed, and nobody appends. */
  readonly epoch: number
  /** Trees after the first. */
  readonly shards: number
}

/** @throws DatabaseFault */
export const readHead = async (client: Pick<ClientBase, 'query'>, stream: Stream): Promise<HeadNow> => {
  try {
    const { rows } = await client.query<{ size: string; epoch: string; shards: number }>(
      `SELECT size, epoch, (SELECT count(*)::int FROM douane.audit_shard s WHERE s.log = h.log) AS shards
        FROM douane.audit_head h WHERE log = $1`,
      [streams[stream]],
    )
    const [row] = rows
    return { size: Number(row?.size ?? 0), epoch: Number(row?.epoch ?? 0), shards: row?.shards ?? 0 }
  } catch (error) {
    throw faultOf(error)
  }
}

/**
 * Turns away whoever appends, until a new tree is opened; done before is no error.
 * @param epoch of the head when it was decided: a tree that another instance has opened since stays open
 * @throws DatabaseFault
 */
export const closeShard = async (pool: Pool, stream: Stream, epoch: number): Promise<void> => {
  try {
    await pool.query('SELECT douane.close_shard($1, $2)', [streams[stream], epoch])
  } catch (error) {
    throw faultOf(error)
  }
}

/** The database's time. @throws DatabaseFault */
export const databaseTime = async (pool: Pool): Promise<Date> => {
  try {
    const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    return rows[0]?.now ?? new Date(0)
  } catch (error) {
    throw faultOf(error)
  }
}
