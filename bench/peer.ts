/**
 * A proxy that only forwards, as a process of its own: `http-proxy`, `@fastify/reply-from`, or a bare Koa with
 * undici that buffers both bodies. Forked with the arguments kind and upstream.
 */
import { Agent, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const connections = 64

/** Each gives a server that forwards every request to `upstream`; all keep their connections open. */
const kinds = {
  async 'http-proxy'(upstream: string): Promise<Server> {
    const { default: httpProxy } = await import('http-proxy')
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const proxy = httpProxy.createProxyServer({ target: upstream, agent })
    proxy.on(
      'error',
      (_error, _request, response) => void ('writeHead' in response && response.writeHead(502).end()),
    )
    return createServer((request, response) => proxy.web(request, response))
  },

  async 'reply-from'(upstream: string): Promise<Server> {
    const { default: fastify } = await import('fastify')
    const { default: replyFrom } = await import('@fastify/reply-from')
    const app = fastify()
    // As @fastify/http-proxy does: the body passes as a stream, unparsed.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, body, done) => done(null, body))
    await app.register(replyFrom, { base: upstream, undici: { connections, pipelining: 1 } })
    app.all('/*', (request, reply) => reply.from(request.url))
    await app.ready()
    return app.server
  },

  async 'koa+undici'(upstream: string): Promise<Server> {
    const { default: Koa } = await import('koa')
    const { Pool } = await import('undici')
    const pool = new Pool(upstream, { connections, pipelining: 1 })
    const app = new Koa()
    app.use(async (ctx) => {
      const chunks: Buffer[] = []
      for await (const chunk of ctx.req) chunks.push(chunk as Buffer)
      const answer = await pool.request({
        method: 'POST',
        path: ctx.url,
        headers: { 'content-type': ctx.get('content-type') },
        body: Buffer.concat(chunks),
      })
      ctx.status = answer.statusCode
      ctx.set('content-type', String(answer.headers['content-type']))
      ctx.body = Buffer.from(await answer.body.arrayBuffer())
    })
    return createServer(app.callback())
  },
} satisfies Record<string, (upstream: string) => Promise<Server>>

export type PeerKind = keyof typeof kinds

const [kind, upstream] = process.argv.slice(2) as [PeerKind, string]
const server = await kinds[kind](upstream)
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit())
