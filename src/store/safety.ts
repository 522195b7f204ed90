/** What must hold for a commit to be durable, asked of the session that commits; and room on the disk. */
import { statfs } from 'node:fs/promises'
import type { ClientBase } from 'pg'
import { faultOf } from './fault.ts'

/** What is unsafe, as PostgreSQL names it (`fsync = off`) in any language; empty is safe. @throws DatabaseFault */
export const unsafeSettings = async (client: ClientBase): Promise<string[]> => {
  try {
    const { rows } = await client.query<Record<string, string | boolean>>(
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
        current_setting('synchronous_commit') AS synchronous_commit, pg_is_in_recovery() AS recovery,
        current_setting('transaction_read_only') AS read_only`,
    )
    const row = rows[0] ?? {}
    const faults: string[] = []
    if (row['fsync'] !== 'on') faults.push('fsync = off')
    if (row['full_page_writes'] !== 'on') faults.push('full_page_writes = off')
    if (row['synchronous_commit'] === 'off' || row['synchronous_commit'] === 'local') {
      faults.push(`synchronous_commit = ${row['synchronous_commit']}`)
    }
    if (row['recovery'] !== false) faults.push('in_hot_standby = on')
    if (row['read_only'] !== 'off') faults.push('transaction_read_only = on')
    return faults
  } catch (error) {
    throw faultOf(error)
  }
}

export interface Watermark {
  /** A folder of the disk, e.g. the data folder of the embedded server. */
  readonly folder: string
  /** Free bytes below which nothing more is taken in. */
  readonly free: number
}

/** True if the disk has less free than the watermark, or cannot be asked. */
export const diskIsFull = async ({ folder, free }: Watermark): Promise<boolean> => {
  try {
    const disk = await statfs(folder)
    return disk.bavail * disk.bsize < free
  } catch {
    return true
  }
}
