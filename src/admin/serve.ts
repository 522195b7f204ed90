/** The control plane: what openapi.yaml describes and nothing else. */
import { STATUS_CODES, type IncomingMessage, type RequestListener } from 'node:http'
import Router, { type RouterMiddleware } from '@koa/router'
import Koa from 'koa'
import { Refused, refusals } from '../errors.ts'
import { escapeJson } from '../telemetry/escape.ts'
import { failure } from '../telemetry/log.ts'
import { type Operation, readContract } from './contract.ts'
import { type AdminParts, handlers } from './handlers.ts'
import { personOf } from './roles.ts'

/** Bodies of the control plane: a policies folder at most. */
const bodyCap = 8 * 1024 * 1024

/** @throws Refused BODY_TOO_LARGE, REQUEST_INVALID */
async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyCap) throw new Refused('BODY_TOO_LARGE')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new Refused('REQUEST_INVALID', { en: 'The body is not JSON.', fr: "Le corps n'est pas du JSON." })
  }
}

const serveOne =
  (operation: Operation, parts: AdminParts): RouterMiddleware =>
  async (ctx) => {
    const person = operation.open ? undefined : personOf(ctx.req, parts.keys, operation.id)
    const query = Object.fromEntries(new URLSearchParams(ctx.querystring))
    const given = operation.parameters({ ...query, ...(ctx['params'] as Record<string, string>) })
    const body = operation.method === 'post' ? operation.body(await jsonBody(ctx.req)) : undefined
    const handle = handlers[operation.id] as (
      ask: { given: Record<string, unknown>; body: unknown; person: typeof person },
      parts: AdminParts,
    ) => Promise<{ status?: number; type?: string; value: unknown; count?: number; filter?: string }>
    const answer = await handle({ given, body, person }, parts)
    const status = answer.status ?? 200
    if (answer.type === undefined) operation.response(status, answer.value)
    // Who looked is written before the answer leaves: an access that cannot be recorded is not given.
    if (person !== undefined) await parts.looked(person, operation.id, answer.count ?? 1, answer.filter)
    ctx.status = status
    ctx.type = answer.type ?? 'application/json; charset=utf-8'
    ctx.body = answer.type === undefined ? escapeJson(answer.value, 1) : answer.value
  }

/** Same-origin only, nothing cached, nothing framed; no CORS (design §5). */
const guard: Koa.Middleware = async (ctx, next) => {
  ctx.set({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  await next()
}

const problems =
  (parts: AdminParts): Koa.Middleware =>
  async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new Refused('NOT_FOUND')
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.code === 'INTERNAL') parts.log['api.failed'](failure(thrown))
      const refused = thrown instanceof Refused ? thrown : new Refused('INTERNAL')
      const french = ctx.acceptsLanguages('en', 'fr') === 'fr'
      const row = refusals[refused.code]
      ctx.status = refused.status
      ctx.type = 'application/problem+json; charset=utf-8'
      if (refused.status === 401) ctx.set('www-authenticate', 'Bearer realm="douane control plane"')
      ctx.body = escapeJson(
        {
          type: `urn:douane:refusal:${refused.code}`,
          title: french ? row.fr : row.en,
          status: refused.status,
          detail: (french ? refused.detail.fr : refused.detail.en) ?? STATUS_CODES[refused.status] ?? '',
          code: refused.code,
          rules: [],
          categories: [],
          paths: [],
          do: french ? row.doFr : row.doEn,
          forwarded: 'no',
          retryable: [408, 429, 503].includes(refused.status),
        },
        1,
      )
    }
  }

/** The listener of the control plane; transport is start's business. */
export function controlPlane(parts: AdminParts): RequestListener {
  const app = new Koa()
  const router = new Router()
  for (const operation of readContract()) {
    router.register(operation.path, [operation.method], serveOne(operation, parts))
  }
  app.on('error', (thrown: unknown) => parts.log['api.failed'](failure(thrown)))
  app.use(problems(parts)).use(guard).use(router.routes())
  return app.callback()
}
