/**
 * The only module that dials a provider (design §2.1). It takes nothing but a committed intent, each for one
 * attempt; it follows no redirect and never sends twice. Other outbound parties: the database (store/), the key sets of
 * token issuers (issuer-keys.ts), the time-stamping authority and the witnesses (outbound/), which get a checkpoint and
 * nothing of a transfer.
 */
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { Refused } from '../errors.ts'
import { CommittedIntent } from '../model/ledger.ts'
import type { OutcomeEnd } from '../model/record.ts'
import { connectorTo } from '../outbound/connector.ts'
import { openDestinations } from '../outbound/destination.ts'
import type { Lookup } from '../outbound/destination.ts'
import { outgoingPath } from '../payload/target.ts'
import { openGather } from './gather.ts'
import type { Gather } from './gather.ts'
import { openPlaces } from './places.ts'
import type { Places } from './places.ts'
import { wireOf } from './request-headers.ts'

export interface ProviderRequest {
  readonly method: string
  /** The register's. */
  readonly baseUrl: string
  /** What follows the base URL, in the spelling in which it goes out. */
  readonly target: string
  /** Texts; Host and Content-Length are set here. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  /** Told of the memory that the answer takes, in bytes; may throw. */
  readonly hold?: (bytes: number) => void
}

/** The provider answered, whatever its status. */
export interface Answered {
  readonly end: Extract<OutcomeEnd, 'delivered'>
  readonly status: number
  /** name, value, name, value … (latin1) */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  /** Bytes of the request's body that were written. */
  readonly sent: number
}

/** No whole answer came; `refused` is what the client is told, `end` what the log is. */
export interface Failed {
  readonly end: Extract<OutcomeEnd, 'not_sent' | 'provider_error' | 'unknown'>
  readonly refused: Refused
  readonly status?: number
  readonly sent: number
}

export interface Forwarder {
  /** Before the commit. @throws Refused DESTINATION_REFUSED, PROVIDER_UNREACHABLE */
  check(baseUrl: string): Promise<void>
  /** @throws TypeError if `committed` is not a CommittedIntent or was used before: then nothing is written */
  forward(committed: CommittedIntent, request: ProviderRequest): Promise<Answered | Failed>
  /** Ends idle connections; those in use are cut. */
  close(): Promise<void>
}

interface DialSettings {
  readonly dial_exceptions: readonly string[]
  readonly limits: {
    readonly answer_bytes: number
    readonly provider_connect_ms: number
    readonly provider_silence_ms: number
    readonly provider_total_ms: number
    readonly provider_connections: number
  }
}

/**
 * @param ca PEM of authorities besides the public ones
 * @param lookup resolver, for tests
 */
export const openForwarder = (settings: DialSettings, ca?: readonly string[], lookup?: Lookup): Forwarder => {
  const { limits } = settings
  const destinations = openDestinations(settings.dial_exceptions, limits.provider_connect_ms, lookup)
  const pools = new Map<string, { readonly pool: Pool; readonly places: Places }>()
  const used = new WeakSet<CommittedIntent>()

  const poolOf = (url: URL): { readonly pool: Pool; readonly places: Places } => {
    let found = pools.get(url.origin)
    if (found === undefined) {
      found = {
        pool: new Pool(url.origin, {
          connections: limits.provider_connections,
          pipelining: 1,
          allowH2: false,
          headersTimeout: limits.provider_silence_ms,
          bodyTimeout: limits.provider_silence_ms,
          connect: connectorTo(new URL(url.origin), destinations, limits.provider_connect_ms, ca),
        }),
        places: openPlaces(limits.provider_connections),
      }
      pools.set(url.origin, found)
    }
    return found
  }

  return {
    check: async (baseUrl) => destinations.check(urlOf(baseUrl)),
    async forward(committed, request) {
      if (!CommittedIntent.is(committed)) throw new TypeError('forward takes a committed intent')
      if (used.has(committed)) throw new TypeError('an intent is for one attempt')
      used.add(committed)
      let leave: (() => void) | undefined
      try {
        const path = outgoingPath(request.baseUrl, request.target)
        const { pool, places } = poolOf(urlOf(request.baseUrl))
        leave = await places.take(limits.provider_connect_ms)
        if (leave === undefined) throw new Refused('PROVIDER_UNREACHABLE')
        return await attempt(pool, path, request, limits)
      } catch (error) {
        return { end: 'not_sent', refused: unsent(error), sent: 0 }
      } finally {
        leave?.()
      }
    },
    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()))
      pools.clear()
    },
  }
}

type Why = 'timeout' | 'too_large' | 'broken'

/** One exchange. What can be said of a failure depends only on how far it came, not on the error. */
const attempt = (
  pool: Pool,
  path: string,
  request: ProviderRequest,
  limits: DialSettings['limits'],
): Promise<Answered | Failed> =>
  new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined
    let status = 0
    let rawHeaders: readonly string[] = []
    let gather: Gather | undefined
    let over = false

    const finish = (end: Answered | Failed): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      resolve(end)
    }
    const sent = (): number => (controller === undefined ? 0 : request.body.length)
    const fail = (why: Why, error?: unknown): void => {
      if (controller === undefined) return finish({ end: 'not_sent', refused: unsent(error), sent: 0 })
      const answered = status !== 0
      const code = (
        { timeout: 'PROVIDER_TIMEOUT', too_large: 'ANSWER_TOO_LARGE', broken: 'PROVIDER_BROKEN' } as const
      )[why]
      const refused = new Refused(code, {
        forwarded: answered ? 'yes' : 'unknown',
        ...(answered ? { providerStatus: status } : {}),
      })
      finish({
        end: answered ? 'provider_error' : 'unknown',
        refused,
        ...(answered ? { status } : {}),
        sent: sent(),
      })
    }
    const cut = (why: Why): void => {
      fail(why)
      controller?.abort(new Error('cut'))
    }
    // First for the connection, then (onRequestStart) for the whole exchange.
    let timer = setTimeout(() => cut('timeout'), limits.provider_connect_ms + 250)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(given) {
        // Too late, or a second time: nothing may be written.
        if (over || controller !== undefined) return given.abort(new Error('cut'))
        controller = given
        clearTimeout(timer)
        timer = setTimeout(() => cut('timeout'), limits.provider_total_ms)
      },
      onResponseStart(given, code) {
        if (code < 200 || over) return
        status = code
        rawHeaders = latin1(given.rawHeaders)
        const announced = lengthOf(rawHeaders)
        if (request.method !== 'HEAD' && announced !== undefined && announced > limits.answer_bytes) {
          return cut('too_large')
        }
        gather = openGather(limits.answer_bytes, announced, request.hold ?? (() => undefined))
      },
      onResponseData(_given, chunk) {
        try {
          if (gather?.add(chunk) === false) cut('too_large')
        } catch {
          cut('too_large')
        }
      },
      onResponseEnd() {
        finish({
          end: 'delivered',
          status,
          rawHeaders,
          body: gather?.bytes() ?? Buffer.alloc(0),
          sent: sent(),
        })
      },
      onResponseError(_given, error) {
        const late = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(codeOf(error))
        fail(late ? 'timeout' : 'broken', error)
      },
    }
    try {
      pool.dispatch(
        {
          method: request.method,
          path,
          headers: request.headers.flatMap(([name, value]) => [name, wireOf(value)]),
          body: request.body.length === 0 ? null : request.body,
        },
        handler,
      )
    } catch (error) {
      fail('broken', error)
    }
  })

const urlOf = (baseUrl: string): URL => {
  const url = URL.parse(baseUrl)
  if (url === null) throw new Refused('DESTINATION_REFUSED')
  return url
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** Nothing was written. */
const unsent = (error: unknown): Refused => {
  if (error instanceof Refused) return error
  if (codeOf(error) === 'UND_ERR_INVALID_ARG') return new Refused('INTERNAL', { forwarded: 'no' })
  return new Refused('PROVIDER_UNREACHABLE')
}

const latin1 = (raw: Dispatcher.DispatchController['rawHeaders']): readonly string[] =>
  Array.isArray(raw) ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))) : []

const lengthOf = (raw: readonly string[]): number | undefined => {
  for (let i = 0; i < raw.length; i += 2) {
    if ((raw[i] as string).toLowerCase() === 'content-length') return Number(raw[i + 1])
  }
  return undefined
}
