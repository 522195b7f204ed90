/**
 * One transfer, step by step:
 * receive → read → classify → ground → evaluate → recall → treat → commit → forward → read answer → restore →
 * record outcome. Whatever stops it is a Refused, and an authenticated client's refusal is a line of the log.
 */
import type { Settings } from '../config/settings.ts'
import type { ProviderCredentials } from '../config/provider-credentials.ts'
import { Refused } from '../errors.ts'
import type { Code } from '../errors.ts'
import { type Decided, type Passage, decide } from '../judge/decide.ts'
import { type Judged, dress } from '../judge/judge.ts'
import { shapeOf } from '../judge/shape.ts'
import type { Decision } from '../model/decision.ts'
import type { Outgoing } from '../model/document.ts'
import { CommittedIntent, type Ledger } from '../model/ledger.ts'
import { outgoingUrl } from '../payload/target.ts'
import { printPath } from '../payload/path.ts'
import type { Bundle } from '../policy/bundle.ts'
import { explain } from '../policy/explain.ts'
import { caseDigest } from '../pseudonym/digest.ts'
import type { CachedRecall } from '../pseudonym/cached-recall.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Exchange } from './exchange.ts'
import type { Answered, Forwarder } from './forward.ts'
import { type HomeParts, comeHome } from './home.ts'
import { type Reply, marks } from './problem.ts'
import { type ReceiveParts, receive } from './receive.ts'
import { type Ended, type Written, intentOf, outcomeOf, refusalOf } from './records.ts'
import { type Secret, outgoingHeaders } from './request-headers.ts'
import { responseHeaders } from './response-headers.ts'
import type { Handle } from './serve.ts'

export interface LineParts extends ReceiveParts, HomeParts {
  readonly settings: Pick<Settings, 'strict_outcome' | 'region'>
  /** The bundle in force. @throws Refused POLICY_INVALID, POLICY_STALE */
  readonly policy: () => Bundle
  readonly recall: CachedRecall
  readonly ledger: Ledger
  readonly forwarder: Forwarder
  readonly credentials: ProviderCredentials
  /** Version of this program and of its detector, as records name it. */
  readonly engine: string
  /** Resolves once the leaf is under a signed checkpoint; false if that took too long. */
  readonly integrated: (index: number) => Promise<boolean>
  readonly log: Log
  readonly metrics: Metrics
}

/** What is known when something stops the transfer. */
interface Trace {
  bundle?: Bundle
  decision?: Decision
}

/** The data plane's line. */
export const openLine =
  (parts: LineParts): Handle =>
  async (exchange) => {
    const trace: Trace = {}
    try {
      return await to(exchange, parts, trace)
    } catch (thrown) {
      if (thrown instanceof Refused && exchange.known.forwarded === 'no')
        await record(thrown.code, exchange, trace, parts)
      throw thrown
    }
  }

async function to(exchange: Exchange, parts: LineParts, trace: Trace): Promise<Reply> {
  const received = await receive(exchange, parts, () => (trace.bundle = parts.policy()))
  const { passage, incoming } = received
  const decided = await decide(
    incoming,
    { ...passage, region: parts.settings.region },
    trace.bundle as Bundle,
    parts.detector,
  )
  trace.decision = decided.decision
  if (decided.decision.verdict === 'refuse') throw refusedBy(decided, parts)
  exchange.known.verdict = decided.decision.verdict

  const secret = secretOf(passage, received.authorization, parts.credentials)
  await parts.forwarder.check(passage.provider.base_url)
  const leaving = await commit(decided, incoming.method, exchange, parts)

  try {
    return await send(leaving, incoming.method, secret, received.wait, exchange, parts)
  } finally {
    // Whatever went wrong, the attempt has an outcome; after a real one this does nothing.
    await leaving.close({ end: 'unknown', sent: 0 })
  }
}

/** forward → read answer → restore → record outcome. */
async function send(
  leaving: Leaving,
  method: string,
  secret: Secret | undefined,
  wait: 'integrated' | undefined,
  exchange: Exchange,
  parts: LineParts,
): Promise<Reply> {
  const { judged, outgoing, committed } = leaving
  const { passage } = judged
  const answered = await parts.forwarder.forward(committed, {
    method,
    baseUrl: passage.provider.base_url,
    target: outgoing.target,
    headers: outgoingHeaders(outgoing.headers, passage.tid, secret),
    body: outgoing.body,
    hold: (bytes) => exchange.onEnd(parts.turnstile.hold(bytes)),
  })
  if ('refused' in answered) {
    exchange.known.forwarded = answered.refused.detail.forwarded ?? 'no'
    await leaving.close(answered)
    throw answered.refused
  }
  exchange.known.forwarded = 'yes'
  return answer(answered, leaving, wait, exchange, parts)
}

interface Leaving {
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
 * @throws Refused BUSY, and whatever recall, treat and commit refuse with
 */
async function commit(
  decided: Decided,
  method: string,
  exchange: Exchange,
  parts: LineParts,
): Promise<Leaving> {
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
    })
    if (committed instanceof CommittedIntent) {
      exchange.known.forwarded = 'unknown'
      return { judged, outgoing, committed, written, close: closer(committed, written, passage, parts) }
    }
    parts.recall.doubt(judged.keep)
    await parts.ledger.close(
      outcomeOf(written.intent, committed.index, written.salts, { end: 'not_sent', sent: 0 }, new Date()),
    )
  }
  throw new Refused('BUSY')
}

/** read answer → restore → record outcome, and the reply as the client gets it. */
async function answer(
  answered: Answered,
  leaving: Leaving,
  wait: 'integrated' | undefined,
  exchange: Exchange,
  parts: LineParts,
): Promise<Reply> {
  const { judged, outgoing } = leaving
  const { provider } = judged.passage
  const ended: Ended = {
    end: answered.status >= 500 ? 'provider_error' : 'delivered',
    status: answered.status,
    sent: answered.sent,
    answer: answered.body,
  }
  const home = await comeHome(answered, judged, parts).catch(async (thrown: unknown) => {
    await leaving.close(ended)
    throw thrown
  })
  const restored = home.restored === 'unread' ? 0 : home.restored
  const closed = leaving.close({ ...ended, ...home, restored })
  if (parts.settings.strict_outcome) await closed
  if (wait === 'integrated') await parts.integrated(leaving.committed.index)
  const asked = outgoingUrl(provider.base_url, outgoing.target)
  const { headers, foreign } = responseHeaders(answered.rawHeaders, provider, asked, home.changed)
  const { tid } = judged.passage
  for (const header of foreign) parts.log['answer.address_dropped']({ tid, provider: provider.id, header })
  parts.metrics.restored({ restored, corrected: home.corrected, unresolved: home.unresolved })
  parts.log['transfer.done']({
    tid,
    client: judged.passage.client.id,
    provider: provider.id,
    purpose: judged.passage.purpose,
    verdict: judged.decision.verdict,
    status: answered.status,
    ms: performance.now() - exchange.began,
    findings: judged.classification.findings.length,
    restored,
    unresolved: home.unresolved,
  })
  const verdict = judged.decision.verdict
  return {
    status: answered.status,
    headers: [...headers, ...marks({ tid, verdict, ...home })],
    body: home.body,
  }
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

/** @throws Refused PROVIDER_CREDENTIAL_MISSING */
function secretOf(
  passage: Passage,
  authorization: string | undefined,
  credentials: ProviderCredentials,
): Secret | undefined {
  const { provider } = passage
  if (provider.credentials === 'none') return undefined
  const found =
    provider.credentials === 'provider'
      ? credentials.of(provider)
      : authorization === undefined
        ? undefined
        : { header: 'authorization', value: authorization }
  if (found === undefined) throw new Refused('PROVIDER_CREDENTIAL_MISSING')
  return found
}

/** What a rule or the law refused: the sentence, the rules, and where in the payload. */
function refusedBy({ decision, document, classification }: Decided, parts: LineParts): Refused {
  const known = (name: string): boolean => parts.detector.knownName(name)
  const printed = (index: number): string => {
    const field = document.fields[index]
    return field === undefined ? '' : printPath(field.path, known)
  }
  const blocking = decision.spoken.filter((spoken) => spoken.code !== undefined || spoken.decide === 'block')
  const spans = blocking.flatMap((spoken) =>
    spoken.findings.map((position) => classification.findings[position]),
  )
  const fields = [...new Set(spans.flatMap((finding) => (finding === undefined ? [] : [finding.field])))]
  return new Refused(decision.code ?? 'POLICY_BLOCK', {
    rules: [...new Set(blocking.map((spoken) => spoken.rule))],
    categories: [...new Set(blocking.flatMap((spoken) => spoken.categories))],
    paths: fields.slice(0, 50).map(printed),
    en: explain(decision, 'en', printed).sentence,
    fr: explain(decision, 'fr', printed).sentence,
  })
}

/** Said by load, not by the transfer: to record each would add to the load. They are counted (metrics). */
const uncounted = new Set<Code>([
  'RATE_LIMITED',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'LOG_UNAVAILABLE',
  'STORAGE_FULL',
  'BUSY',
])

/** A refusal of an authenticated client is a line; that nothing left does not depend on it. */
async function record(code: Code, exchange: Exchange, trace: Trace, parts: LineParts): Promise<void> {
  const { client, provider = '', purpose = '' } = exchange.known
  if (client === undefined || trace.bundle === undefined || uncounted.has(code)) return
  const who = { tid: exchange.tid, client, provider, purpose }
  try {
    await parts.ledger.append(
      refusalOf(who, code, trace.decision, trace.bundle.digest, parts.engine, new Date()),
    )
  } catch (thrown) {
    parts.log['transfer.outcome_unwritten']({
      tid: exchange.tid,
      code: thrown instanceof Refused ? thrown.code : 'INTERNAL',
    })
  }
}
