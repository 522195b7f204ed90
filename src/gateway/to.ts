/**
 * One transfer, step by step:
 * receive → read → classify → ground → evaluate → recall → treat → commit → forward → read answer → restore →
 * record outcome. Whatever stops it is a Refused, and an authenticated client's refusal is a line of the log.
 */
import { Refused } from '../errors.ts'
import { decideNow } from './decide-now.ts'
import type { Exchange } from './exchange.ts'
import type { Answered } from './forward.ts'
import { type Home, comeHome } from './home.ts'
import { type Leaving, commit } from './leaving.ts'
import type { LineParts, Trace } from './line-parts.ts'
import { type Reply, marks } from './problem.ts'
import { secretOf } from './provider-secret.ts'
import { receive } from './receive.ts'
import type { Ended } from './records.ts'
import { recordRefusal, refusedBy } from './refusal.ts'
import { outgoingHeaders } from './request-headers.ts'
import { answerHeaders } from './response-headers.ts'
import type { Handle } from './serve.ts'

/** The data plane's line. */
export const openLine =
  (parts: LineParts): Handle =>
  async (exchange) => {
    const trace: Trace = { committed: false }
    try {
      return await to(exchange, parts, trace)
    } catch (thrown) {
      // After the commit the transfer has its intent and its outcome; before it, this line.
      if (thrown instanceof Refused && !trace.committed)
        await recordRefusal(thrown.code, exchange, trace, parts)
      throw thrown
    }
  }

async function to(exchange: Exchange, parts: LineParts, trace: Trace): Promise<Reply> {
  const { settings, detector, forwarder, credentials, turnstile } = parts
  const { method = 'GET' } = exchange.request
  const received = await receive(exchange, parts, () => (trace.bundle = parts.policy()))
  const hold = (bytes: number): void => exchange.onEnd(turnstile.hold(bytes))
  const decided = await decideNow(received, exchange, parts, trace)
  const { passage } = decided
  if (decided.decision.verdict === 'refuse') throw refusedBy(decided, detector)
  exchange.known.verdict = decided.decision.verdict

  const secret = secretOf(passage, received.authorization, credentials)
  await forwarder.check(passage.provider.base_url)
  const leaving = await commit(decided, method, parts)
  trace.committed = true
  exchange.known.forwarded = 'unknown'

  try {
    const { outgoing, committed } = leaving
    const answered = await forwarder.forward(committed, {
      method,
      baseUrl: passage.provider.base_url,
      target: outgoing.target,
      headers: outgoingHeaders(outgoing.headers, passage.tid, secret),
      body: outgoing.body,
      hold,
    })
    if ('refused' in answered) {
      exchange.known.forwarded = answered.refused.detail.forwarded ?? 'no'
      await leaving.close(answered)
      throw answered.refused
    }
    exchange.known.forwarded = 'yes'

    const home = await comeHome(answered, leaving.judged, parts, hold).catch(async (thrown: unknown) => {
      await leaving.close(endOf(answered))
      throw thrown
    })
    const closed = leaving.close({ ...endOf(answered), ...home, restored: countOf(home) })
    if (settings.strict_outcome) await closed
    if (received.wait !== undefined) await parts.awaited(received.wait, committed.index)
    return reply(answered, home, leaving, exchange, parts)
  } finally {
    // Whatever went wrong, the attempt has an outcome; after a real one this does nothing.
    await leaving.close({ end: 'unknown', sent: 0 })
  }
}

const endOf = (answered: Answered): Ended => ({
  end: answered.status >= 500 ? 'provider_error' : 'delivered',
  status: answered.status,
  sent: answered.sent,
  answer: answered.body,
})

const countOf = ({ restored }: Home): number => (restored === 'unread' ? 0 : restored)

/** The provider's status and body, restored; its headers as far as they may pass, and ours. */
function reply(
  answered: Answered,
  home: Home,
  { judged, outgoing }: Leaving,
  exchange: Exchange,
  parts: LineParts,
): Reply {
  const { tid, client, provider, purpose } = judged.passage
  const { verdict } = judged.decision
  const { headers, foreign } = answerHeaders(answered.rawHeaders, provider, outgoing.target, home.changed)
  for (const header of foreign) parts.log['answer.address_dropped']({ tid, provider: provider.id, header })
  parts.metrics.restored({ restored: countOf(home), corrected: home.corrected, unresolved: home.unresolved })
  parts.log['transfer.done']({
    tid,
    client: client.id,
    provider: provider.id,
    purpose,
    verdict,
    status: answered.status,
    ms: performance.now() - exchange.began,
    findings: judged.classification.findings.length,
    restored: countOf(home),
    unresolved: home.unresolved,
  })
  return {
    status: answered.status,
    headers: [...headers, ...marks({ tid, verdict, ...home })],
    body: home.body,
  }
}
