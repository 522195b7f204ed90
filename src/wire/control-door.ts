/** The sockets of the control plane, with the same care as the data plane's (gateway/serve.ts). */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { acceptsFrom, readTls } from '../config/listen-address.ts'
import type { Settings } from '../config/settings.ts'
import { codeOfParser, refuseOnSocket } from '../gateway/malformed.ts'
import type { Log } from '../telemetry/log.ts'

export interface ControlDoor {
  /** @returns where it listens (port 0 takes a free one) */
  listen(): Promise<AddressInfo>
  close(): void
}

/** People and their tools: few, and none of them may take the sockets of the transfers. */
const mostConnections = 256

export const openControlDoor = (settings: Settings, listener: RequestListener, log: Log): ControlDoor => {
  const { limits } = settings
  const options = {
    insecureHTTPParser: false,
    maxHeaderSize: limits.header_bytes,
    headersTimeout: limits.headers_ms,
    // The body's own clock answers first; this one ends what never became a request.
    requestTimeout: limits.headers_ms + limits.body_ms + 1_000,
    connectionsCheckingInterval: Math.max(50, Math.min(1_000, limits.headers_ms / 2)),
    keepAliveTimeout: limits.keep_alive_ms,
    joinDuplicateHeaders: false,
  }
  const tls = readTls(settings.home, settings)
  const server: Server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headers_ms })
  server.maxHeadersCount = 0
  server.maxConnections = mostConnections
  server.timeout = limits.client_silence_ms
  const accepts = acceptsFrom(settings)
  server.on('connection', (socket: Socket) => {
    if (accepts(socket.remoteAddress)) return
    log['plane.refused_peer']({ plane: 'control' })
    socket.destroy()
  })
  server.on('connect', (_request: unknown, socket: Duplex) => void refuseOnSocket(socket, 'METHOD_REFUSED'))
  const open = new Map<Duplex, { request: IncomingMessage; response: ServerResponse }>()
  server.on('request', (request, response) => {
    open.set(request.socket, { request, response })
    response.once('close', () => open.delete(request.socket))
  })
  server.on('request', listener)
  server.on('checkExpectation', listener)
  server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
    const here = open.get(socket)
    // An answer that is due or begun on this connection must not be taken for this one's.
    const due = here !== undefined && (here.request.complete || here.response.headersSent)
    if (error.code === 'ECONNRESET' || due) return void socket.destroy()
    const code = codeOfParser(error)
    log['request.malformed']({ ...refuseOnSocket(socket, code), code, parser: error.code })
  })
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(settings.control.port, settings.control.host, () => {
          server.off('error', reject)
          const address = server.address() as AddressInfo
          const { address: host, port } = address
          log['plane.listening']({ plane: 'control', host, port, tls: tls !== undefined })
          resolve(address)
        })
      }),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
