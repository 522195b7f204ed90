/** The evidence log as transfers: each intent with its outcome, each refusal, in one pass. */
import type { Chained, IntentBody, LogRecord, OutcomeBody, RefusalBody } from '../model/record.ts'

export interface StoredBody {
  readonly index: number
  /** Canonical JSON as it is in the log. */
  readonly body: Buffer
}

export interface TransferLine {
  /** Index of the intent or refusal. */
  readonly index: number
  readonly record: (IntentBody | RefusalBody) & Chained
  /** Left out: the transfer may have been sent (an intent without outcome), or it is a refusal. */
  readonly outcome?: OutcomeBody & Chained
}

/** An entry that is no transfer: a start, a policy that came into force, a key, an erasure … */
export interface OtherLine {
  readonly index: number
  readonly record: LogRecord
}

/** Transfers as their records come, in the order of the log: what is held meanwhile are the open intents. */
export class OpenTransfers {
  readonly #open = new Map<number, TransferLine>()

  /** The transfer or refusal that this record ends, or the record that is of no transfer. */
  take({ index, body }: StoredBody): TransferLine | OtherLine | undefined {
    // pruned: its retention is over
    if (body.length === 0) return undefined
    const record = JSON.parse(body.toString('utf8')) as LogRecord
    if (record.k === 'intent') this.#open.set(index, { index, record })
    else if (record.k === 'outcome') {
      const intent = this.#open.get(record.intent)
      // A second outcome of one intent is the verifier's to find.
      if (intent === undefined) return undefined
      this.#open.delete(record.intent)
      return { ...intent, outcome: record }
    } else return { index, record }
    return undefined
  }

  /** Those without an end, in the order of the log. */
  get open(): ReadonlyMap<number, TransferLine> {
    return this.#open
  }
}

export const isTransfer = (line: TransferLine | OtherLine): line is TransferLine =>
  line.record.k === 'intent' || line.record.k === 'refusal'

/**
 * A transfer comes when its outcome does, an open one at the end.
 * @param other gets the records that are no transfers
 */
export async function* transferLines(
  leaves: AsyncIterable<StoredBody>,
  other: (line: OtherLine) => void = () => undefined,
): AsyncGenerator<TransferLine> {
  const transfers = new OpenTransfers()
  for await (const leaf of leaves) {
    const line = transfers.take(leaf)
    if (line === undefined) continue
    if (isTransfer(line)) yield line
    else other(line)
  }
  yield* transfers.open.values()
}

/** What the provider may have received: everything but what was refused or never left. */
export const mayHaveLeft = (
  line: TransferLine,
): line is TransferLine & { readonly record: IntentBody & Chained } =>
  line.record.k === 'intent' && line.outcome?.end !== 'not_sent'
