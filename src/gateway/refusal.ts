/** What the line says no with, and the line of the log that says so. */
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import type { Code } from '../errors.ts'
import type { Decided } from '../judge/decide.ts'
import { shapeOf } from '../judge/shape.ts'
import type { Detail } from '../model/ledger.ts'
import { printPath } from '../payload/path.ts'
import { explain } from '../policy/explain.ts'
import { caseDigest } from '../pseudonym/digest.ts'
import type { Exchange } from './exchange.ts'
import type { LineParts, Trace } from './line-parts.ts'
import { refusalDetail, refusalOf } from './records.ts'

/** What a rule or the law refused: the sentence, the rules, and where in the payload. */
export function refusedBy(
  { decision, document, classification }: Decided,
  detector: Pick<Detector, 'knownName'>,
): Refused {
  const known = (name: string): boolean => detector.knownName(name)
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
export async function recordRefusal(
  code: Code,
  exchange: Exchange,
  trace: Trace,
  parts: LineParts,
): Promise<void> {
  const { client, provider = '', purpose = '' } = exchange.known
  if (client === undefined || trace.bundle === undefined || uncounted.has(code)) return
  const who = { tid: exchange.tid, client, provider, purpose }
  try {
    await parts.ledger.append(
      refusalOf(who, code, trace.decided?.decision, trace.bundle, parts.engine, new Date()),
      ...keptOf(trace, exchange, parts),
    )
  } catch (thrown) {
    parts.log['transfer.outcome_unwritten']({
      tid: exchange.tid,
      code: thrown instanceof Refused ? thrown.code : 'INTERNAL',
    })
  }
}

/** Of a refusal that rules gave; what stopped the others is said by their code. */
const keptOf = ({ decided }: Trace, { request }: Exchange, parts: LineParts): [Detail?] => {
  if (decided?.decision.verdict !== 'refuse') return []
  const { client, case: its } = decided.passage
  const caseRef = its === undefined ? undefined : caseDigest(parts.pseudonymKeys, client.id, its)
  return [refusalDetail(decided, shapeOf(decided, parts.detector), request.method ?? '', caseRef)]
}
