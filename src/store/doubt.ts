/**
 * Batches whose commit is in doubt: the connection broke before the answer came. All of them continue the same
 * chain at the same position, where the database accepts one only (unique (log, boot, first_iseq)); so either
 * one of them is found, or none can come in any more once another batch stands there.
 */
import type { ClientBase } from 'pg'
import type { SealedBatch } from '../audit/log.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import type { Entry } from './entry.ts'
import { faultOf } from './fault.ts'

export interface Doubtful {
  readonly batch: SealedBatch
  readonly entries: readonly Entry[]
  /** Date.now() when the answer failed to come. */
  readonly since: number
}

export interface Found {
  readonly doubtful: Doubtful
  readonly base: number
}

/** The one that was committed after all, if any is there now. @throws DatabaseFault */
export const findCommitted = async (
  client: ClientBase,
  stream: Stream,
  doubts: readonly Doubtful[],
): Promise<Found | null> => {
  try {
    const { rows } = await client.query<{ batch: string; first: string }>(
      'SELECT batch, first FROM douane.audit_batch WHERE log = $1 AND batch = ANY ($2::uuid[])',
      [streams[stream], doubts.map(({ batch }) => batch.batch)],
    )
    const row = rows[0]
    const doubtful = row && doubts.find(({ batch }) => batch.batch === row.batch)
    return row === undefined || doubtful === undefined ? null : { doubtful, base: Number(row.first) }
  } catch (error) {
    throw faultOf(error)
  }
}
