/** The line from read to treat, of one document, without a store: gateway, admin and cli call it. */
import type { Detector } from '../detect/classify.ts'
import type { Incoming, Outgoing } from '../model/document.ts'
import { type Keep, nothingToKeep } from '../model/ledger.ts'
import type { Bundle } from '../policy/bundle.ts'
import type { Keys } from '../pseudonym/keys.ts'
import type { Recall } from '../pseudonym/recall.ts'
import { type Sent, nothingSent } from '../pseudonym/sent.ts'
import { treat } from '../pseudonym/treat.ts'
import { type Decided, type Passage, decide } from './decide.ts'

export interface Judged extends Decided {
  /** What may leave; absent if refused. */
  readonly outgoing?: Outgoing
  readonly keep: Keep
  /** Pseudonyms and their originals, in memory for this transfer's own answer. */
  readonly sent: Sent
  /** Refs of the subjects spoken of. */
  readonly subjects: readonly Buffer[]
  /** How many people are spoken of. */
  people(): number
  /** Tokens in the payload that are nobody's: for a third country they were removed. */
  readonly unresolvable: number
}

/**
 * recall → treat: what would leave and what must be kept before it does. Called again after a clash.
 * @throws Refused CASE_MISSING, CANNOT_TREAT, VAULT_UNAVAILABLE
 */
export async function dress(decided: Decided, keys: Keys, recall: Recall): Promise<Judged> {
  if (decided.decision.verdict === 'refuse') {
    return {
      ...decided,
      keep: nothingToKeep,
      sent: nothingSent,
      subjects: [],
      people: () => 0,
      unresolvable: 0,
    }
  }
  const { passage, purpose, document, classification, decision, treatmentOf } = decided
  const treated = await treat({
    document,
    classification,
    decision,
    client: passage.client.id,
    provider: passage.provider.id,
    language: passage.provider.language,
    purpose: passage.purpose,
    rules: purpose,
    case: passage.case,
    subject: passage.subject,
    idempotencyKey: passage.idempotencyKey,
    tid: passage.tid,
    keys,
    recall,
    now: passage.now,
    treatmentOf,
  })
  return {
    ...decided,
    outgoing: document.write(treated.edits),
    keep: treated.keep,
    sent: treated.sent,
    subjects: treated.subjects,
    people: () => treated.people(),
    unresolvable: treated.unresolvable,
  }
}

/** read … treat in one call: what `try`, `policy test` and the demo show. */
export async function judge(
  incoming: Incoming,
  passage: Passage,
  bundle: Bundle,
  detector: Detector,
  keys: Keys,
  recall: Recall,
): Promise<Judged> {
  return dress(await decide(incoming, passage, bundle, detector), keys, recall)
}
