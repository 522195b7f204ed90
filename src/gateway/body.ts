/** The body of a request: bytes counted as they are read, never more than the cap, never longer than the time. */
import { ClientGone, type Exchange } from './exchange.ts'
import { Refused } from '../errors.ts'
import { openGather } from './gather.ts'
import type { Turnstile } from './turnstile.ts'

interface BodyLimits {
  readonly body_bytes: number
  readonly body_ms: number
}

/** What can be said of a body before reading it. @throws Refused ENCODING_UNSUPPORTED, BODY_TOO_LARGE */
export const checkBody = (exchange: Exchange, limits: BodyLimits): void => {
  const { 'content-encoding': encoding, 'content-length': length } = exchange.request.headers
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new Refused('ENCODING_UNSUPPORTED')
  }
  if (length !== undefined && Number(length) > limits.body_bytes) throw new Refused('BODY_TOO_LARGE')
}

/** True if the request announces a body. Without Content-Length and Transfer-Encoding there is none. */
export const hasBody = ({ request }: Exchange): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0

/**
 * Reads the body; the memory for it is given back when the exchange ends. Says `100 Continue` first if the
 * client waits for that: identity, target, media type and length have passed by then.
 * @throws Refused BODY_TOO_LARGE, BODY_TIMEOUT, OVERLOADED; ClientGone
 */
export const readBody = (exchange: Exchange, limits: BodyLimits, turnstile: Turnstile): Promise<Buffer> => {
  checkBody(exchange, limits)
  if (!hasBody(exchange)) return Promise.resolve(Buffer.alloc(0))
  const { request, response } = exchange
  const length = request.headers['content-length']
  const gather = openGather(limits.body_bytes, length === undefined ? undefined : Number(length), (bytes) =>
    exchange.onEnd(turnstile.hold(bytes)),
  )
  if (exchange.expect === 'continue') response.writeContinue()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stop(new Refused('BODY_TIMEOUT')), limits.body_ms)
    const settle = (): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onGone)
    }
    const stop = (why: Error): void => {
      settle()
      request.pause()
      reject(why)
    }
    const onData = (chunk: Buffer): void => {
      try {
        if (!gather.add(chunk)) stop(new Refused('BODY_TOO_LARGE'))
      } catch (refused) {
        stop(refused as Refused)
      }
    }
    const onEnd = (): void => {
      settle()
      resolve(gather.bytes())
    }
    const onGone = (): void => stop(new ClientGone('the client went away'))
    request.on('data', onData).on('end', onEnd).on('close', onGone)
    request.on('error', () => undefined)
  })
}
