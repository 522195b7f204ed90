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

/**
 * A transfer comes when its outcome does, an open one at the end: what is held meanwhile are the open intents.
 * @param other gets the records that are no transfers
 */
export async function* transferLines(
  leaves: AsyncIterable<StoredBody>,
  other: (line: OtherLine) => void = () => undefined,
): AsyncGenerator<TransferLine> {
  const open = new Map<number, TransferLine>()
  for await (const { index, body } of leaves) {
    // pruned: its retention is over
    if (body.length === 0) continue
    const record = JSON.parse(body.toString('utf8')) as LogRecord
    if (record.k === 'intent') open.set(index, { index, record })
    else if (record.k === 'refusal') yield { index, record }
    else if (record.k === 'outcome') {
      const intent = open.get(record.intent)
      // A second outcome of one intent is the verifier's to find.
      if (intent === undefined) continue
      open.delete(record.intent)
      yield { ...intent, outcome: record }
    } else other({ index, record })
  }
  yield* open.values()
}

/** What the provider may have received: everything but what was refused or never left. */
export const mayHaveLeft = (
  line: TransferLine,
): line is TransferLine & { readonly record: IntentBody & Chained } =>
  line.record.k === 'intent' && line.outcome?.end !== 'not_sent'
