/** What the HTTP parser could not read, as a typed answer on the bare socket. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { Refused } from '../errors.ts'
import type { Code } from '../errors.ts'
import { newTid } from './exchange.ts'
import { problem } from './problem.ts'
import type { Reply } from './problem.ts'

/** Codes of Node's parser (llhttp) and server. What is not here is a message that frames itself wrongly. */
const ofParser: Readonly<Record<string, Code>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'BODY_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'BODY_TIMEOUT',
  HPE_INVALID_METHOD: 'METHOD_REFUSED',
  HPE_INVALID_URL: 'TARGET_INVALID',
  HPE_INVALID_VERSION: 'TARGET_INVALID',
  HPE_INVALID_CONSTANT: 'TARGET_INVALID',
  HPE_PAUSED_H2_UPGRADE: 'UPGRADE_REFUSED',
  HPE_PAUSED_UPGRADE: 'UPGRADE_REFUSED',
}

export const codeOfParser = (error: { readonly code?: unknown }): Code =>
  ofParser[String(error.code ?? '')] ?? 'LENGTH_CONFLICT'

/** The bytes of an answer that closes its connection. */
export const wireBytes = (reply: Reply): Buffer => {
  const head = [
    `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}`,
    ...reply.headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${reply.body.length}`,
    'connection: close',
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), reply.body])
}

/** Answers and closes; bytes that still come are dropped for a moment, so that the answer is not lost to a reset. */
export const refuseOnSocket = (socket: Duplex, code: Code): { readonly tid: string } => {
  const tid = newTid()
  const malformed = code === 'LENGTH_CONFLICT'
  const refused = malformed
    ? new Refused(code, {
        en: 'The request is not well-formed HTTP/1.1.',
        fr: "La requête n'est pas du HTTP/1.1 bien formé.",
      })
    : new Refused(code)
  if (!socket.writable) {
    socket.destroy()
    return { tid }
  }
  socket.on('error', () => undefined)
  socket.end(wireBytes(problem(refused, { tid, lang: 'en' })))
  socket.resume()
  setTimeout(() => socket.destroy(), 500).unref()
  return { tid }
}
