/** The control plane: what openapi.yaml describes and nothing else. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { Router, type RouterMiddleware } from '@koa/router'
import Koa from 'koa'
import { Refused } from '../errors.ts'
import { DatabaseFault } from '../store/fault.ts'
import { escapeJson } from '../telemetry/escape.ts'
import { failure } from '../telemetry/log.ts'
import { jsonBody } from './body.ts'
import { type Operation, readContract } from './contract.ts'
import { handlers } from './handlers.ts'
import type { AdminParts } from './operation.ts'
import { problemOf } from './problem.ts'
import { type Person, personOf } from './roles.ts'

/** Any of the handlers: its types were checked where it is declared, its values by the contract. */
type Handle = (
  ask: {
    readonly given: unknown
    readonly body: unknown
    readonly person: Person | undefined
    readonly headers: IncomingHttpHeaders
    readonly headOnly: boolean
  },
  parts: AdminParts,
) => Promise<{
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly value: unknown
  readonly count?: number
  readonly filter?: string
}>

/** @throws Refused REQUEST_INVALID if a parameter is given twice: which of them counts is nobody's guess */
const queryOf = (querystring: string): Record<string, string> => {
  const pairs = [...new URLSearchParams(querystring)]
  const query = Object.fromEntries(pairs)
  if (Object.keys(query).length < pairs.length)
    throw new Refused('REQUEST_INVALID', {
      en: 'A parameter is repeated.',
      fr: 'Un paramètre est répété.',
    })
  return query
}

const serveOne =
  (operation: Operation, parts: AdminParts): RouterMiddleware =>
  async (ctx) => {
    const person = operation.open ? undefined : personOf(ctx.req, parts.keys, operation.id)
    const given = operation.parameters({ ...queryOf(ctx.querystring), ...ctx.params })
    const body =
      operation.method === 'post' ? operation.body(await jsonBody(ctx.req, parts.bodyMs)) : undefined
    const handle = handlers[operation.id] as Handle
    const { headers } = ctx.req
    const answer = await handle({ given, body, person, headers, headOnly: ctx.method === 'HEAD' }, parts)
    const { status = 200, type, value, count = 1, filter } = answer
    if (type === undefined) operation.response(status, value)
    // Who looked is written before the answer leaves: an access that cannot be recorded is not given.
    if (person !== undefined) {
      await parts.looked(person, operation.id, count, filter).catch((error: unknown) => {
        if (value instanceof Readable) value.destroy()
        throw error
      })
      parts.log['access.recorded']({ who: person.who, act: operation.id })
    }
    ctx.status = status
    ctx.type = type ?? 'application/json; charset=utf-8'
    ctx.body = type === undefined ? escapeJson(value, 1) : value
    if (value instanceof Readable) watchReader(ctx, parts, person)
    ctx.set({ ...answer.headers })
  }

/** Who takes none of a stream for so long holds it against the others; an export is gone on with by Range. */
const watchReader = (ctx: Koa.Context, { bodyMs, log }: AdminParts, person: Person | undefined): void => {
  const { res } = ctx
  let stalled = false
  res.setTimeout(bodyMs, () => {
    stalled = true
    res.destroy()
  })
  res.once('close', () => {
    if (!res.writableFinished) log[stalled ? 'export.stalled' : 'export.cut']({ who: person?.who })
  })
}

/** A caller who goes away before the end of his answer; no fault of ours. */
const isGone = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(String(thrown.code))

/** Nothing cached, nothing framed, no CORS (design §5). */
const guard: Koa.Middleware = async (ctx, next) => {
  ctx.set({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  await next()
}

/** What no operation has to look at. @throws Refused */
const door: Koa.Middleware = async (ctx, next) => {
  const { method, url = '', headers } = ctx.req
  if (method === 'TRACE') throw new Refused('METHOD_REFUSED')
  if (headers.upgrade !== undefined) throw new Refused('UPGRADE_REFUSED')
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(url) || url.includes('\\')) throw new Refused('TARGET_INVALID')
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    throw new Refused('EXPECTATION_FAILED')
  await next()
  if (ctx.status === 404 && ctx.body === undefined) throw new Refused('NOT_FOUND')
}

const asRefused = (thrown: unknown): Refused => {
  if (thrown instanceof Refused) return thrown
  return new Refused(thrown instanceof DatabaseFault ? 'LOG_UNAVAILABLE' : 'INTERNAL')
}

const problems =
  (parts: AdminParts): Koa.Middleware =>
  async (ctx, next) => {
    try {
      await next()
    } catch (thrown) {
      const refused = asRefused(thrown)
      if (refused.code === 'INTERNAL') parts.log['api.failed'](failure(thrown))
      if (refused.status === 401 || refused.status === 403)
        parts.log['access.refused']({ code: refused.code })
      ctx.status = refused.status
      ctx.type = 'application/problem+json; charset=utf-8'
      if (refused.status === 401) ctx.set('www-authenticate', 'Bearer realm="douane control plane"')
      // What is left of a body that was not read must not be taken for the next request.
      if (!ctx.req.complete) closeAfter(ctx)
      ctx.body = escapeJson(problemOf(refused, ctx.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en'), 1)
    }
  }

/** The rest of the body is dropped for a moment, so that the answer is not lost to a reset. */
const closeAfter = (ctx: Koa.Context): void => {
  const { req, res } = ctx
  ctx.set('connection', 'close')
  res.once('finish', () => {
    req.resume()
    setTimeout(() => req.socket.destroy(), 500).unref()
  })
}

/** The listener of the control plane; sockets and transport are start's business. */
export function controlPlane(parts: AdminParts): RequestListener {
  const app = new Koa()
  const router = new Router({ strict: true, sensitive: true })
  for (const operation of readContract()) {
    router.register(operation.path, [operation.method], serveOne(operation, parts))
  }
  // What an operation throws is answered above; this is of the answer on its way.
  app.on('error', (thrown: unknown) => {
    if (!isGone(thrown)) parts.log['api.failed'](failure(thrown))
  })
  app.use(guard).use(problems(parts)).use(door).use(router.routes())
  return app.callback()
}
