/** recall → treat → commit: what stands between a decision and the first byte, and the outcome that ends it. */
import { Refused } from '../errors.ts'
import type { Decided, Passage } from '../judge/decide.ts'
import { type Judged, dress } from '../judge/judge.ts'
import { shapeOf } from '../judge/shape.ts'
import type { Outgoing } from '../model/document.ts'
import { CommittedIntent, type Spend } from '../model/ledger.ts'
import { caseDigest, derogationDigest } from '../pseudonym/digest.ts'
import type { LineParts } from './line-parts.ts'
import { type Ended, type Written, intentOf, outcomeOf } from './records.ts'

/** A transfer whose intent is durable: it may leave, once. */
export interface Leaving {
  readonly judged: Judged
  readonly outgoing: Outgoing
  readonly committed: CommittedIntent
  readonly written: Written
  /** Records the outcome, the first time that it is called. */
  close(ended: Ended): Promise<void>
}

/** Attempts that meet the same new value at another instance, before the client is told to come back. */
const attempts = 3

/**
 * recall → treat → commit, again if another instance kept the same new value meanwhile; nothing has left.
 * @throws Refused BUSY, DEROGATION_REFUSED (none left), and whatever recall, treat and commit refuse with
 */
export async function commit(decided: Decided, method: string, parts: LineParts): Promise<Leaving> {
  const { passage, purpose } = decided
  const shape = shapeOf(decided, parts.detector)
  const caseRef =
    passage.case === undefined ? undefined : caseDigest(parts.pseudonymKeys, passage.client.id, passage.case)
  const expires = new Date(passage.now.getTime() + purpose.retention_days * 86_400_000)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const judged = await dress(decided, parts.pseudonymKeys, parts.recall)
    const outgoing = judged.outgoing as Outgoing
    const written = intentOf(
      judged,
      outgoing,
      method,
      attempt,
      shape,
      parts.engine,
      caseRef,
      expires,
      new Date(),
    )
    const committed = await parts.ledger.commit({
      intent: written.intent,
      detail: written.detail,
      keep: judged.keep,
      spend: useOf(judged, parts),
    })
    if (committed instanceof CommittedIntent) {
      return { judged, outgoing, committed, written, close: closer(committed, written, passage, parts) }
    }
    if ('clash' in committed) parts.recall.doubt(judged.keep)
    await parts.ledger.close(
      outcomeOf(written.intent, committed.index, written.salts, { end: 'not_sent', sent: 0 }, new Date()),
    )
    if ('spent' in committed) throw new Refused('DEROGATION_REFUSED', { rules: ['36-derogation'] })
  }
  throw new Refused('BUSY')
}

/** What this transfer takes of its derogation, if it leans on one (Art. 49 GDPR). */
const useOf = ({ derogation, passage, people }: Judged, parts: LineParts): Spend | undefined =>
  derogation === undefined || passage.case === undefined
    ? undefined
    : {
        key: derogationDigest(parts.pseudonymKeys, passage.client.id, passage.provider.id, passage.case),
        subjects: Math.max(1, people()),
        transfersMax: derogation.transfers_max,
        subjectsMax: derogation.data_subjects_max,
      }

/** If the outcome cannot be written now, the sweeper closes the intent as `unknown`. */
const closer = (
  committed: CommittedIntent,
  written: Written,
  passage: Passage,
  parts: LineParts,
): Leaving['close'] => {
  let called = false
  return async (ended) => {
    if (called) return
    called = true
    const { intent, salts } = written
    parts.metrics.transferred({
      client: passage.client.id,
      provider: passage.provider.id,
      verdict: intent.verdict,
      end: ended.end,
      seconds: (Date.now() - passage.now.getTime()) / 1000,
    })
    try {
      await parts.ledger.close(outcomeOf(intent, committed.index, salts, ended, new Date()))
    } catch (thrown) {
      const code = thrown instanceof Refused ? thrown.code : 'INTERNAL'
      parts.log['transfer.outcome_unwritten']({ tid: intent.tid, code })
    }
  }
}
