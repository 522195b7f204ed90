/** A record on its way into the log, and how a batch of them is chosen. */
import type { Prepared } from '../audit/chain.ts'
import type { Code } from '../errors.ts'
import type { RecordBody } from '../model/record.ts'
import type { Companion } from './append.ts'
import type { Edge } from './edge.ts'

export interface Settled {
  readonly index: number
  readonly clash: boolean
  readonly spent: boolean
}

export interface Entry extends Companion {
  readonly body: RecordBody
  /** Checked and spelt while another batch was under way. */
  readonly prepared: Prepared
  /** Outcomes stay until they are written: their intent is in the log already. */
  readonly stays: boolean
  readonly size: number
  readonly deadline: number
  /** It opens a tree: it goes alone, while nothing else may. */
  readonly edge?: Edge
  /** The caller was told that it failed (or the deadline passed) and listens no more. */
  refused: boolean
  readonly resolve: (settled: Settled) => void
  readonly reject: (code: Code) => void
  /** The caller was refused, yet the record is in the log after all. */
  readonly late: (index: number) => void
}

export const maxLeaves = 512
export const maxBytes = 1 << 20

/** What a batch may hold only once. */
const uniques = ({ body, keep }: Entry): string[] => [
  ...(body.k === 'intent' || body.k === 'outcome' ? [`${body.k} ${body.tid} ${body.attempt}`] : []),
  ...keep.subjects.flatMap((row) =>
    row.known === true ? [] : [`s ${row.client} ${row.ref.toString('latin1')}`],
  ),
  ...keep.pseudonyms.flatMap((row) => [
    `i ${row.client} ${row.provider} ${row.index.toString('latin1')}`,
    `t ${row.client} ${row.provider} ${row.token}`,
  ]),
]

/**
 * The next batch from the front of the queue: up to `most` leaves and 1 MiB. A record that would meet another
 * of the same batch (a value that two transfers keep for the first time) waits for the next one, where the
 * database tells it of the clash.
 * @returns the batch and what stays queued, both in order
 */
export const choose = (queue: readonly Entry[], most: number): { batch: Entry[]; rest: Entry[] } => {
  const batch: Entry[] = []
  const rest: Entry[] = []
  const taken = new Set<string>()
  let size = 0
  for (const entry of queue) {
    const full = batch.length >= most || (batch.length > 0 && size + entry.size > maxBytes)
    const keys = full ? [] : uniques(entry)
    if (full || (taken.size > 0 && keys.some((key) => taken.has(key)))) {
      rest.push(entry)
      continue
    }
    for (const key of keys) taken.add(key)
    size += entry.size
    batch.push(entry)
  }
  return { batch, rest }
}
