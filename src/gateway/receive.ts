/**
 * The first step of the line: everything that is asked of a request before its payload is read, in the order
 * of the refusals (design §5, Before judging), then the body.
 */
import type { KeyRing } from '../config/credentials.ts'
import { Refused } from '../errors.ts'
import type { Passage } from '../judge/decide.ts'
import type { Incoming } from '../model/document.ts'
import { mediaOf } from '../payload/media.ts'
import type { Bundle } from '../policy/bundle.ts'
import { checkBody, hasBody, readBody } from './body.ts'
import { enter } from './enter.ts'
import type { Exchange } from './exchange.ts'
import { identify } from './identity.ts'
import { requestHeaders } from './request-headers.ts'
import type { Tokens } from './token.ts'
import type { Turnstile } from './turnstile.ts'
import { whatFor } from './what-for.ts'
import type { Wait } from './what-for.ts'

export interface Received {
  /**
   * Who asks what of whom, and what would leave, as the register of that policy says: while a body arrives, or is looked
   * into, another policy may have come into force.
   * @throws Refused as `receive`
   */
  under(bundle: Bundle): { readonly passage: Passage; readonly incoming: Incoming }
  /** The client's own Authorization, for a provider with `credentials: client`. */
  readonly authorization?: string
  readonly wait?: Wait
}

export interface ReceiveParts {
  readonly keys: KeyRing
  readonly tokens: Tokens
  readonly turnstile: Turnstile
  /** What a client may wait for here. */
  readonly waits: readonly Wait[]
  readonly limits: { readonly target_bytes: number; readonly body_bytes: number; readonly body_ms: number }
}

/**
 * `exchange.known` is filled as things are proven, so that a refusal after the identity can be recorded.
 * @param bundle the policy in force
 * @throws Refused with a code of the phase `before` (or NOT_FOUND); ClientGone
 */
export const receive = async (
  exchange: Exchange,
  { keys, tokens, turnstile, limits, waits }: ReceiveParts,
  bundle: () => Bundle,
): Promise<Received> => {
  const { request, known } = exchange
  const destination = enter(request, exchange.expect, limits)
  if (destination === undefined) throw new Refused('NOT_FOUND')
  const caller = await identify(request, keys, tokens, () => bundle().clients)
  known.client = caller.client
  exchange.onEnd(turnstile.admit(caller.client))
  const askedOf = (register: Bundle) => whatFor(request, caller, destination.provider, register, known, waits)
  const first = bundle()
  const asked = askedOf(first)
  mediaOf(request.headers['content-type'], hasBody(exchange) ? 1 : 0)
  checkBody(exchange, limits)
  const headers = requestHeaders(request.rawHeaders, asked.provider)
  const body = await readBody(exchange, limits, turnstile)
  const { method = 'GET' } = request
  return {
    under(register) {
      const { terms: _, wait: __, ...what } = register === first ? asked : askedOf(register)
      return {
        passage: { tid: exchange.tid, ...what, now: new Date() },
        incoming: {
          method,
          target: destination.tail,
          headers: register === first ? headers : requestHeaders(request.rawHeaders, what.provider),
          body,
        },
      }
    },
    ...(caller.authorization === undefined ? {} : { authorization: caller.authorization }),
    ...(asked.wait === undefined ? {} : { wait: asked.wait }),
  }
}
