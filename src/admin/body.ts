/** The JSON body of a request to the control plane: counted, timed, and never an untyped error. */
import type { IncomingMessage } from 'node:http'
import { Refused } from '../errors.ts'

/** A policies folder at most. */
export const bodyCap = 8 * 1024 * 1024

/**
 * A body that is refused is not read to its end; the connection closes after the answer.
 * @param ms time for all of it to arrive
 * @throws Refused MEDIA_UNSUPPORTED, ENCODING_UNSUPPORTED, BODY_TOO_LARGE, BODY_TIMEOUT, REQUEST_INVALID
 */
export const jsonBody = async (request: IncomingMessage, ms: number): Promise<unknown> => {
  const {
    'content-type': type = '',
    'content-encoding': encoding,
    'content-length': length,
  } = request.headers
  if (!/^application\/json *(;|$)/i.test(type)) throw new Refused('MEDIA_UNSUPPORTED')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw new Refused('ENCODING_UNSUPPORTED')
  if (Number(length ?? 0) > bodyCap) throw new Refused('BODY_TOO_LARGE')
  const bytes = await gather(request, ms)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refused('REQUEST_INVALID', { en: 'The body is not JSON.', fr: "Le corps n'est pas du JSON." })
  }
}

const gather = (request: IncomingMessage, ms: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onGone)
    }
    const stop = (why: Refused): void => {
      settle()
      request.pause()
      reject(why)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      chunks.push(chunk)
      if (size > bodyCap) stop(new Refused('BODY_TOO_LARGE'))
    }
    const onEnd = (): void => {
      settle()
      resolve(Buffer.concat(chunks))
    }
    const onGone = (): void => stop(new Refused('BODY_TIMEOUT'))
    const timer = setTimeout(() => stop(new Refused('BODY_TIMEOUT')), ms)
    request.on('error', () => undefined)
    request.on('data', onData).on('end', onEnd).on('close', onGone)
  })
