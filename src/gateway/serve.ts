/**
 * The data plane's server: it opens an exchange for each request, hands it to the line, and writes what comes
 * back. Whatever goes wrong ends as a problem or as a closed connection, never as a process that dies.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { acceptsFrom, readTls } from '../config/listen-address.ts'
import type { Settings } from '../config/settings.ts'
import type { Log } from '../telemetry/log.ts'
import { failure } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { ClientGone, openExchange } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import { codeOfParser, refuseOnSocket } from './malformed.ts'
import { asRefused, problem } from './problem.ts'
import type { Reply } from './problem.ts'
import { writeReply } from './reply.ts'
import type { Turnstile } from './turnstile.ts'

/** The line: one exchange in, one answer out. It may throw a Refused; anything else is INTERNAL. */
export type Handle = (exchange: Exchange) => Promise<Reply>

export interface GatewayParts {
  readonly settings: Settings
  readonly handle: Handle
  readonly turnstile: Turnstile
  readonly log: Log
  readonly metrics: Metrics
}

export interface Gateway {
  readonly server: Server
  /** @returns where it listens (port 0 takes a free one) */
  listen(): Promise<AddressInfo>
  /** Admits nobody any more, lets what is in flight end for `drain_ms`, then cuts. @returns how many were cut */
  drain(): Promise<number>
}

export const createGateway = ({ settings, handle, turnstile, log, metrics }: GatewayParts): Gateway => {
  const { limits } = settings
  const accepts = acceptsFrom(settings)
  const open = new Set<Exchange>()
  metrics.watch('douane_held_bytes', 'Bytes of bodies and answers in memory.', () => turnstile.heldBytes)
  let draining = false
  let emptied: (() => void) | undefined

  const serve = async (exchange: Exchange): Promise<void> => {
    let reply: Reply
    try {
      reply = await handle(exchange)
    } catch (thrown) {
      if (thrown instanceof ClientGone) return void exchange.response.destroy()
      const refused = asRefused(thrown, exchange.known.forwarded)
      if (refused.code === 'INTERNAL') log['transfer.failed']({ tid: exchange.tid, ...failure(thrown) })
      log['transfer.refused']({
        tid: exchange.tid,
        code: refused.code,
        client: exchange.known.client,
        provider: exchange.known.provider,
        purpose: exchange.known.purpose,
        ms: performance.now() - exchange.began,
      })
      metrics.refused(refused.code)
      const { tid, lang, idempotent, known } = exchange
      reply = problem(refused, { tid, lang, idempotent, verdict: known.verdict })
    }
    writeReply(exchange, reply, draining)
  }

  const onRequest =
    (expect: Exchange['expect']) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      const { exchange, end } = openExchange(request, response, expect)
      open.add(exchange)
      metrics.inFlight(1)
      // A client that goes away does not free its place before the line has ended, too.
      const closed = new Promise<void>((resolve) => response.once('close', resolve))
      request.on('error', () => undefined)
      response.on('error', () => undefined)
      const run = async (): Promise<void> => {
        try {
          await serve(exchange)
        } catch (error) {
          log['transfer.failed']({ tid: exchange.tid, ...failure(error) })
          response.destroy()
        }
        await closed
        open.delete(exchange)
        metrics.inFlight(-1)
        end()
        if (open.size === 0) emptied?.()
      }
      void run()
    }

  const options = {
    insecureHTTPParser: false,
    maxHeaderSize: limits.header_bytes,
    headersTimeout: limits.headers_ms,
    // The body's own clock (body.ts) answers first; this one ends what never became a request.
    requestTimeout: limits.headers_ms + limits.body_ms + 1_000,
    connectionsCheckingInterval: Math.max(50, Math.min(1_000, limits.headers_ms / 2)),
    keepAliveTimeout: limits.keep_alive_ms,
    requireHostHeader: false,
    joinDuplicateHeaders: false,
    noDelay: true,
  }
  const tls = readTls(settings.home, settings)
  const server: Server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headers_ms })
  // Beyond this Node would drop headers in silence; the size cap bounds them already.
  server.maxHeadersCount = 0
  server.maxConnections = limits.connections
  server.timeout = limits.client_silence_ms
  server.on('connection', (socket: Socket) => {
    if (accepts(socket.remoteAddress)) return
    log['plane.refused_peer']({ plane: 'data' })
    socket.destroy()
  })
  server.on('request', onRequest('nothing'))
  server.on('checkContinue', onRequest('continue'))
  server.on('checkExpectation', onRequest('other'))
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    metrics.refused('METHOD_REFUSED')
    refuseOnSocket(socket, 'METHOD_REFUSED')
  })
  server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const here = [...open].filter(({ request }) => request.socket === socket)
    // An answer that is due or begun on this connection must not be taken for this one's.
    if (here.some(({ request, response }) => request.complete || response.headersSent))
      return void socket.destroy()
    const code = codeOfParser(error)
    const { tid } = refuseOnSocket(socket, code)
    log['request.malformed']({ tid, code, parser: error.code })
    metrics.refused(code)
  })

  return {
    server,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(settings.data.port, settings.data.host, () => {
          server.off('error', reject)
          const address = server.address() as AddressInfo
          log['plane.listening']({
            plane: 'data',
            host: address.address,
            port: address.port,
            tls: tls !== undefined,
          })
          resolve(address)
        })
      }),
    async drain() {
      draining = true
      turnstile.close()
      server.close()
      server.closeIdleConnections()
      if (open.size > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limits.drain_ms)
          emptied = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const cut = open.size
      server.closeAllConnections()
      return cut
    },
  }
}
