/** What the log will say of a transfer: bodies of its intent, outcome and refusal, and the erasable detail. */
import { randomBytes } from 'node:crypto'
import { canonical } from '../audit/canonical.ts'
import { isoTime } from '../audit/record.ts'
import type { Decision } from '../model/decision.ts'
import type { Outgoing } from '../model/document.ts'
import type { Detail } from '../model/ledger.ts'
import type { Counts, IntentBody, OutcomeBody, OutcomeEnd, RefusalBody } from '../model/record.ts'
import type { Code } from '../errors.ts'
import type { Decided, Passage } from '../judge/decide.ts'
import type { Judged } from '../judge/judge.ts'
import type { Shape } from '../judge/shape.ts'
import type { Bundle } from '../policy/bundle.ts'
import { mac, macKey } from '../pseudonym/mac.ts'

/** 256 random bits each, hex; only in the erasable detail: without them a digest says nothing. */
export interface Salts {
  readonly out: string
  readonly detail: string
  readonly answer: string
}

export const newSalts = (): Salts => {
  const bytes = randomBytes(96).toString('hex')
  return { out: bytes.slice(0, 64), detail: bytes.slice(64, 128), answer: bytes.slice(128) }
}

const salted = (salt: string, ...parts: readonly Buffer[]): string =>
  mac(macKey(Buffer.from(salt, 'hex')), parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString('hex')

const counts = (decision: Decision): Counts => decision.counts as Counts

const rulesOf = (decision: Decision): string[] => [...new Set(decision.spoken.map((spoken) => spoken.rule))]

export interface Written {
  readonly intent: IntentBody
  readonly detail: Detail
  readonly salts: Salts
}

/**
 * The detail is {notes, salts, shape, weak}: no value; the ledger seals it before it is kept.
 * @param expires when the detail may go: the purpose's retention
 */
export function intentOf(
  judged: Judged,
  outgoing: Outgoing,
  method: string,
  attempt: number,
  shape: Shape,
  engine: string,
  caseDigest: Buffer | undefined,
  expires: Date,
  now: Date,
): Written {
  const { passage, decision } = judged
  const salts = newSalts()
  const told = { notes: decision.notes.map((note) => note.rule), shape, weak: decision.weak }
  const intent: IntentBody = {
    v: 1,
    k: 'intent',
    t: isoTime(now),
    tid: passage.tid,
    attempt,
    client: passage.client.id,
    provider: passage.provider.id,
    purpose: passage.purpose,
    class: decision.route.class,
    countries: decision.route.countries,
    ground: decision.route.ground,
    ground_ref: decision.route.ground_ref,
    verdict: decision.verdict === 'treat' ? 'treat' : 'allow',
    rules: rulesOf(decision),
    cats: counts(decision),
    bundle: decision.bundle,
    engine,
    method,
    media: judged.media,
    bytes: outgoing.body.length,
    ...(decision.orders === undefined ? {} : { orders: decision.orders }),
    out: salted(
      salts.out,
      canonical({ headers: outgoing.headers, method, target: outgoing.target }),
      Buffer.from('\n'),
      outgoing.body,
    ),
    detail: salted(salts.detail, canonical(told)),
  }
  const detail: Detail = {
    bytes: canonical({ ...told, salts }),
    subjects: judged.subjects,
    ...(caseDigest === undefined ? {} : { case: caseDigest }),
    expires,
  }
  return { intent, detail, salts }
}

export interface Ended {
  readonly end: OutcomeEnd
  readonly status?: number
  readonly sent: number
  readonly restored?: number
  readonly corrected?: number
  readonly unresolved?: number
  readonly clear?: number
  /** The answer's bytes as they came. */
  readonly answer?: Buffer
}

export const outcomeOf = (
  intent: IntentBody,
  index: number,
  salts: Salts,
  ended: Ended,
  now: Date,
): OutcomeBody => ({
  v: 1,
  k: 'outcome',
  t: isoTime(now),
  tid: intent.tid,
  attempt: intent.attempt,
  intent: index,
  end: ended.end,
  ...(ended.status === undefined ? {} : { status: ended.status }),
  sent: ended.sent,
  restored: ended.restored ?? 0,
  corrected: ended.corrected ?? 0,
  unresolved: ended.unresolved ?? 0,
  clear: ended.clear ?? 0,
  ...(ended.answer === undefined ? {} : { answer: salted(salts.answer, ended.answer) }),
})

/** What is kept of a refusal that rules gave: enough to explain it and to decide again; no subject, no value. */
export const refusalDetail = (
  { decision, passage, purpose }: Decided,
  shape: Shape,
  method: string,
  caseDigest: Buffer | undefined,
): Detail => ({
  bytes: canonical({
    notes: decision.notes.map((note) => note.rule),
    shape: { ...shape, method },
    weak: decision.weak,
  }),
  subjects: [],
  ...(caseDigest === undefined ? {} : { case: caseDigest }),
  expires: new Date(passage.now.getTime() + purpose.retention_days * 86_400_000),
})

/** A refusal before judging has no decision: only who, where to and the code. */
export const refusalOf = (
  who: { readonly tid: string; readonly client: string; readonly provider: string; readonly purpose: string },
  code: Code,
  decision: Decision | undefined,
  bundle: Pick<Bundle, 'digest' | 'orders'>,
  engine: string,
  now: Date,
): RefusalBody => ({
  v: 1,
  k: 'refusal',
  t: isoTime(now),
  ...who,
  code,
  rules: decision === undefined ? [] : rulesOf(decision),
  cats: decision === undefined ? {} : counts(decision),
  bundle: bundle.digest,
  engine,
  ...(bundle.orders === undefined ? {} : { orders: bundle.orders.next }),
})

export const whoOf = (
  passage: Passage,
): { tid: string; client: string; provider: string; purpose: string } => ({
  tid: passage.tid,
  client: passage.client.id,
  provider: passage.provider.id,
  purpose: passage.purpose,
})
