/**
 * Decided by the policy that is in force once it is decided: a body may take half a minute to arrive and longer to be
 * looked into, and a route that was suspended meanwhile is closed to it.
 */
import { Refused } from '../errors.ts'
import { type Decided, decide } from '../judge/decide.ts'
import type { Inspect } from '../judge/inspect.ts'
import { detectorOf } from '../policy/detector.ts'
import type { Exchange } from './exchange.ts'
import type { LineParts, Trace } from './line-parts.ts'
import type { Received } from './receive.ts'

/** How often one payload is judged before its client is told to come back. */
const judgings = 3

const changing = {
  en: 'The policy changed again and again while the payload was looked into.',
  fr: "La politique a changé à plusieurs reprises pendant l'examen du contenu.",
} as const

type Parts = Pick<LineParts, 'policy' | 'hall' | 'turnstile' | 'settings'>

/** @throws Refused BUSY, and whatever `policy`, `Received.under` and `decide` refuse with */
export async function decideNow(
  received: Received,
  exchange: Exchange,
  { policy, hall, turnstile, settings: { region } }: Parts,
  trace: Trace,
): Promise<Decided> {
  const held: (() => void)[] = []
  const hold = (bytes: number): void => {
    const release = turnstile.hold(bytes)
    held.push(release)
    exchange.onEnd(release)
  }
  const inspect: Inspect = (payload, by, options) =>
    hall.inspect(payload, by, { ...options, hold, gone: exchange.gone })
  for (let judged = 0; judged < judgings; judged += 1) {
    for (const release of held.splice(0)) release()
    // What was decided before is no part of a refusal under another policy.
    delete trace.decided
    const bundle = (trace.bundle = policy())
    const { passage, incoming } = received.under(bundle)
    // The policy and the recognisers that go with it are one thing: an edit changes both at once.
    const decided = await decide(incoming, { ...passage, region }, bundle, detectorOf(bundle), inspect)
    trace.decided = decided
    if (policy() === bundle) return decided
  }
  throw new Refused('BUSY', changing)
}
