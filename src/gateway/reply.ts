/** Writes an answer. Where the request was not read to its end the connection ends with the answer. */
import type { Exchange } from './exchange.ts'
import type { Reply } from './problem.ts'

/** After an answer to an unread request: as much, and as long, is still read and dropped. */
const linger = { bytes: 1_048_576, ms: 1_000 }

export const writeReply = ({ request, response }: Exchange, reply: Reply, last: boolean): void => {
  if (response.destroyed || response.headersSent) return
  const bodiless = request.method === 'HEAD' || reply.status === 204 || reply.status === 304
  const unread = !request.complete
  const headers = reply.headers.flat() as string[]
  if (!bodiless) headers.push('content-length', String(reply.body.length))
  if (unread || last) headers.push('connection', 'close')
  response.writeHead(reply.status, headers)
  if (!unread) return void response.end(bodiless ? undefined : reply.body)
  // The whole answer goes out now; closing at once would reset the connection under a client that still writes.
  if (bodiless || reply.body.length === 0) response.flushHeaders()
  else response.write(reply.body)
  let dropped = 0
  const close = (): void => {
    clearTimeout(timer)
    request.off('data', count)
    response.end()
  }
  const count = (chunk: Buffer): void => {
    dropped += chunk.length
    if (dropped > linger.bytes) close()
  }
  const timer = setTimeout(close, linger.ms)
  response.once('close', () => clearTimeout(timer))
  request.on('data', count).once('end', close).resume()
}
