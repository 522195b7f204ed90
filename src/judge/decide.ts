import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import type { Category } from '../model/category.ts'
import type { Decision, Treatment } from '../model/decision.ts'
import type { Document, Incoming } from '../model/document.ts'
import type { Classification } from '../model/finding.ts'
import type { Client, CountryCode, Derogation, Provider, Purpose } from '../model/register.ts'
import { inPieces } from '../model/pieces.ts'
import { mediaOf } from '../payload/media.ts'
import type { Bundle } from '../policy/bundle.ts'
import { assessing, openRoute } from '../policy/evaluate.ts'
import { type Inspect, inspectHere } from './inspect.ts'

/** Who sends what to whom, and what for: everything about a transfer but its payload. */
export interface Passage {
  /** 32 hex digits. */
  readonly tid: string
  readonly client: Client
  readonly provider: Provider
  /** A key of `client.purposes`. */
  readonly purpose: string
  readonly case?: string
  readonly subject?: string
  readonly idempotencyKey?: string
  readonly now: Date
  /** Where gateway and vault stand; unknown: use case 2 never holds. */
  readonly region?: CountryCode | undefined
}

export interface Decided {
  readonly passage: Passage
  readonly purpose: Purpose
  /** Media type without parameters, '' without a body. */
  readonly media: string
  readonly document: Document
  readonly classification: Classification
  readonly decision: Decision
  /** The file of derogations/ that a leg leans on: it is counted with the intent. */
  readonly derogation?: Derogation
  /** What this route does to a category, for values that come out of other providers' pseudonyms. */
  readonly treatmentOf: (category: Category) => Treatment
}

/**
 * read → classify → ground → evaluate: what may become of this document. Reads no store.
 * @param inspect read → classify: on this thread, unless said otherwise
 * @throws Refused with a code of the phases `before` (media) and `reading`; what the law or a rule says is in
 *   the decision, never thrown
 */
export async function decide(
  incoming: Incoming,
  passage: Passage,
  bundle: Bundle,
  detector: Detector,
  inspect: Inspect = inspectHere,
): Promise<Decided> {
  const { client, provider, now } = passage
  const purpose = client.purposes[passage.purpose]
  if (purpose === undefined) throw new Refused('PURPOSE_UNKNOWN')
  const on = civilDate(now, client.zone)
  const { type: media } = mediaOf(contentType(incoming), incoming.body.length)
  const options = { today: on, places: purpose.places ?? [] }
  const { document, classification } = await inspect(incoming, detector, options)
  const route = openRoute(bundle, {
    client: client.id,
    provider: provider.id,
    purpose: passage.purpose,
    method: incoming.method,
    media,
    on,
    at: now,
    ...(passage.region === undefined ? {} : { region: passage.region }),
    case: passage.case,
  })
  const { decision, treatmentOf } = await inPieces(assessing(route, document, classification))
  const { derogation } = route.seen.law
  return {
    passage,
    purpose,
    media,
    document,
    classification,
    decision,
    treatmentOf,
    ...(derogation === undefined ? {} : { derogation }),
  }
}

const contentType = (incoming: Incoming): string | undefined =>
  incoming.headers.find(([name]) => name === 'content-type')?.[1]
