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
  /** Of performance.now(): no clock that is set moves it. */
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

const none: readonly string[] = []

/** What a batch may hold only once. */
const uniques = ({ body, keep }: Entry): readonly string[] => {
  const attempt = body.k === 'intent' || body.k === 'outcome'
  if (!attempt && keep.subjects.length === 0 && keep.pseudonyms.length === 0) return none
  const keys = attempt ? [`${body.k} ${body.tid} ${body.attempt}`] : []
  for (const { known, client, ref } of keep.subjects)
    if (known !== true) keys.push(`s ${client} ${ref.toString('latin1')}`)
  for (const { client, provider, index, token } of keep.pseudonyms)
    keys.push(`i ${client} ${provider} ${index.toString('latin1')}`, `t ${client} ${provider} ${token}`)
  return keys
}

/**
 * The next batch from the front of the queue: up to `most` leaves and 1 MiB. A record that would meet another
 * of the same batch (a value that two transfers keep for the first time) waits for the next one, where the
 * database tells it of the clash.
 * @returns the batch and what stays queued, both in order
 */
export const choose = (queue: readonly Entry[], most: number): { batch: Entry[]; rest: Entry[] } => {
  const batch: Entry[] = []
  const waiting: Entry[] = []
  const taken = new Set<string>()
  let size = 0
  let at = 0
  for (; at < queue.length; at += 1) {
    const entry = queue[at]!
    if (batch.length >= most || (batch.length > 0 && size + entry.size > maxBytes)) break
    const keys = uniques(entry)
    if (taken.size > 0 && keys.some((key) => taken.has(key))) {
      waiting.push(entry)
      continue
    }
    for (const key of keys) taken.add(key)
    size += entry.size
    batch.push(entry)
  }
  return { batch, rest: [...waiting, ...queue.slice(at)] }
}
