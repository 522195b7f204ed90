/** What would become of a transfer: throw-away keys, an empty vault, nothing stored (design §5). */
import { randomBytes } from 'node:crypto'
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import { judge } from '../judge/judge.ts'
import { steps } from '../model/document.ts'
import type { Lang } from '../lang.ts'
import { checkTarget } from '../payload/target.ts'
import type { Bundle } from '../policy/bundle.ts'
import { explain } from '../policy/explain.ts'
import { throwAwayKeys } from '../pseudonym/keys.ts'
import { memoryVault } from '../pseudonym/memory-vault.ts'
import { explanationOf } from './explanation.ts'
import type { components } from './openapi-types.ts'

type Request = components['schemas']['TryRequest']
type Response = components['schemas']['TryResponse']

/**
 * @param region where the gateway stands
 * @throws Refused with the code that the transfer would meet before or while it is read
 */
export async function tryOne(
  ask: Request,
  bundle: Bundle,
  detector: Detector,
  region?: string,
): Promise<Response> {
  const client = bundle.clients.get(ask.client)
  const provider = bundle.providers.get(ask.provider)
  if (client === undefined)
    throw new Refused('NOT_FOUND', { en: 'No such client.', fr: "Il n'y a pas de client de ce nom." })
  if (provider === undefined) throw new Refused('PROVIDER_UNKNOWN')
  const purpose = ask.purpose ?? client.default_purpose
  if (purpose === undefined) throw new Refused('PURPOSE_MISSING')
  const target = ask.target ?? '/'
  checkTarget(target)
  const body = Buffer.from(ask.body ?? '')
  const judged = await judge(
    {
      method: ask.method ?? 'POST',
      target,
      headers: body.length === 0 ? [] : [['content-type', ask.media ?? 'application/json']],
      body,
    },
    {
      tid: randomBytes(16).toString('hex'),
      client,
      provider,
      purpose,
      ...(ask.case === undefined ? {} : { case: ask.case }),
      now: new Date(),
      ...(region === undefined ? {} : { region }),
    },
    bundle,
    detector,
    throwAwayKeys(),
    memoryVault(),
  )
  const { decision, document, outgoing } = judged
  const lang: Lang = ask.lang ?? 'en'
  // The caller sent this very payload: its own names may be shown to it.
  const printed = (index: number): string => steps(document.fields[index]?.path ?? null).join('.')
  return {
    decision: {
      verdict: decision.verdict,
      ...(decision.code === undefined ? {} : { code: decision.code }),
      class: decision.route.class,
      countries: [...decision.route.countries],
      ground: [...decision.route.ground],
      rules: [...new Set(decision.spoken.map((spoken) => spoken.rule))],
      cats: decision.counts as Record<string, Record<string, number>>,
      bundle: decision.bundle,
    },
    explanation: explanationOf(explain(decision, lang, printed), decision.spoken, decision.notes, lang),
    ...(outgoing === undefined
      ? {}
      : { outgoing: { target: outgoing.target, body: outgoing.body.toString('utf8') } }),
  }
}
