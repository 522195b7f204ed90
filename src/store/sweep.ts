/**
 * What dead boots left: an intent without outcome may have been sent, so it is closed as `unknown`, never as
 * not sent. And what has expired is deleted: pseudonyms, keys of subjects, details of records.
 */
import type { Pool } from 'pg'
import type { Ledger } from '../model/ledger.ts'
import { faultOf } from './fault.ts'

export interface SweepOptions {
  /** As douane_gateway. */
  readonly pool: Pool
  readonly ledger: Pick<Ledger, 'close'>
  /** Our own boot is never swept. */
  readonly boot: string
  /** Given only if this process holds the lock of that home. */
  readonly home?: string
  /** A boot that was not seen for so long is dead. */
  readonly leaseMs?: number
  readonly now?: () => Date
}

interface Dead {
  readonly boot: string
  readonly open_from: string
}

interface OpenIntent {
  readonly idx: string
  readonly tid: string
  readonly attempt: number
}

const pageSize = 2_000

/**
 * Closes the open intents of dead boots; what was pruned had its end before that. Any number of instances may do it at
 * once: the log takes one final outcome an attempt.
 * @returns how many intents it found open
 * @throws DatabaseFault; Refused LOG_UNAVAILABLE when an outcome could not be written: the next sweep goes on
 */
export const closeDead = async (options: SweepOptions): Promise<number> => {
  const { pool, ledger, boot, home = null, leaseMs = 30_000 } = options
  const now = options.now ?? (() => new Date())
  let closed = 0
  try {
    const { rows: dead } = await pool.query<Dead>(
      `SELECT boot, open_from FROM douane.instance
        WHERE closed_at IS NULL AND boot <> $1
          AND (stopped_at IS NOT NULL OR home = $2 OR seen_at < clock_timestamp() - $3 * interval '1 millisecond')`,
      [boot, home, leaseMs],
    )
    for (const one of dead) {
      let at = Number(one.open_from)
      for (;;) {
        const { rows } = await pool.query<OpenIntent>(
          `SELECT i.idx, i.tid, i.attempt FROM douane.audit_batch b
            CROSS JOIN LATERAL (SELECT l.idx, l.tid, l.attempt FROM douane.audit_leaf l
              WHERE l.log = 0 AND l.idx >= greatest(b.first, $2) AND l.idx < b.first + b.n AND l.kind = 1 AND l.body <> ''
              OFFSET 0) i
            WHERE b.log = 0 AND b.boot = $1 AND b.first + b.n > $2
              AND NOT EXISTS (SELECT FROM douane.audit_leaf o
                WHERE o.log = 0 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)
            ORDER BY i.idx LIMIT ${pageSize}`,
          [one.boot, at],
        )
        await Promise.all(
          rows.map((row) =>
            ledger.close({
              v: 1,
              k: 'outcome',
              t: now().toISOString(),
              tid: row.tid.replaceAll('-', ''),
              attempt: row.attempt,
              intent: Number(row.idx),
              end: 'unknown',
              sent: 0,
              restored: 0,
              corrected: 0,
              unresolved: 0,
              clear: 0,
            }),
          ),
        )
        closed += rows.length
        const last = rows.at(-1)
        if (rows.length < pageSize || last === undefined) break
        at = Number(last.idx) + 1
      }
      await pool.query('UPDATE douane.instance SET closed_at = clock_timestamp() WHERE boot = $1', [one.boot])
    }
    return closed
  } catch (error) {
    throw error instanceof Error && error.name === 'Refused' ? error : faultOf(error)
  }
}

const expiring = {
  pseudonyms: 'vault_pseudonym',
  aliases: 'vault_alias',
  subjects: 'vault_subject',
  details: 'audit_detail',
  notices: 'erased',
} as const

/** A row whose expiry is raised meanwhile has another ctid then, and stays. */
const expired = (table: string, batch: number): string =>
  `DELETE FROM douane.${table} WHERE expires_at <= clock_timestamp() AND ctid = ANY (ARRAY(
    SELECT ctid FROM douane.${table} WHERE expires_at <= clock_timestamp() LIMIT ${batch}))`

const statementFor = (table: string, batch: number): string =>
  table === 'audit_detail'
    ? `WITH gone AS (${expired(table, batch)} RETURNING log, idx),
        index AS (DELETE FROM douane.audit_detail_subject s USING gone WHERE s.log = gone.log AND s.idx = gone.idx)
      SELECT count(*)::int AS n FROM gone`
    : `WITH gone AS (${expired(table, batch)} RETURNING 1) SELECT count(*)::int AS n FROM gone`

/**
 * Deletes what has expired, in small batches, so that no append waits long for a row.
 * @param pool as douane_eraser
 * @param held a legal hold is in force: details of records stay
 * @returns how many rows went, per table
 * @throws DatabaseFault
 */
export const deleteExpired = async (
  pool: Pool,
  batch = 1_000,
  held = false,
): Promise<Record<keyof typeof expiring, number>> => {
  const gone = { pseudonyms: 0, aliases: 0, subjects: 0, details: 0, notices: 0 }
  try {
    for (const name of Object.keys(expiring) as (keyof typeof expiring)[]) {
      if (held && name === 'details') continue
      for (let last = batch; last >= batch; gone[name] += last) {
        const { rows } = await pool.query<{ n: number }>(statementFor(expiring[name], batch))
        last = rows[0]?.n ?? 0
      }
    }
    return gone
  } catch (error) {
    throw faultOf(error)
  }
}
