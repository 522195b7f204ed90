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
import { defaultStatementMs } from './pool.ts'

/** So long after the server's time limit a statement cannot be running any more. */
const marginMs = 2_000

interface Doubtful {
  readonly batch: SealedBatch
  readonly entries: readonly Entry[]
  /** performance.now() when the answer failed to come: a clock that is set ends no doubt. */
  readonly since: number
}

export interface Found {
  readonly doubtful: Doubtful
  readonly base: number
}

/** The one that was committed after all, if any is there now. @throws DatabaseFault */
const findCommitted = async (
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

/** The doubtful batches of one chain. */
export class Doubts {
  #all: readonly Doubtful[] = []

  get any(): boolean {
    return this.#all.length > 0
  }

  add(batch: SealedBatch, entries: readonly Entry[]): void {
    this.#all = [...this.#all, { batch, entries, since: performance.now() }]
  }

  /** Another batch stands in their place: none of them can come in any more. */
  clear(): void {
    this.#all = []
  }

  /**
   * @returns the batch that came in, if one is found, and what has to be written again
   * @throws DatabaseFault
   */
  async settle(
    client: ClientBase,
    stream: Stream,
  ): Promise<{ readonly found: Found | null; readonly again: readonly Entry[] }> {
    const found = await findCommitted(client, stream, this.#all)
    const entries = new Set(this.#all.flatMap((doubtful) => doubtful.entries))
    for (const entry of found?.doubtful.entries ?? []) entries.delete(entry)
    const over = performance.now() - defaultStatementMs - marginMs
    this.#all = found === null ? this.#all.filter(({ since }) => since > over) : []
    return { found, again: [...entries] }
  }
}
