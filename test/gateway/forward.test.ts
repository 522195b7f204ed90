import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openForwarder } from '../../src/gateway/forward.ts'
import type { Forwarder, ProviderRequest } from '../../src/gateway/forward.ts'
import { Refused } from '../../src/errors.ts'
import { committed, dialLimits, lyingProvider } from './lying-providers.ts'
import type { LyingProvider } from './lying-providers.ts'
import type { Socket } from 'node:net'

const body = Buffer.from('{"nir":"1"}')
const ask = (baseUrl: string, more: Partial<ProviderRequest> = {}): ProviderRequest => ({
  method: 'POST',
  baseUrl,
  target: '/tickets',
  headers: [['content-type', 'application/json']],
  body,
  ...more,
})

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const against = async (
  answer: (socket: Socket, head: string) => void,
  limits: Partial<typeof dialLimits> = {},
): Promise<{ provider: LyingProvider; forwarder: Forwarder }> => {
  const provider = await lyingProvider(answer)
  const forwarder = openForwarder({ dial_exceptions: [provider.pair], limits: { ...dialLimits, ...limits } })
  open.push(forwarder, provider)
  return { provider, forwarder }
}

const ok = (socket: Socket): void => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')

/** For a provider that falls silent: long enough for what it says before. */
const hasty = { provider_silence_ms: 1_500 }

describe('what a provider may do, and what becomes of it', () => {
  const table: readonly [
    name: string,
    answer: (socket: Socket) => void,
    end: string,
    code: string,
    forwarded: string,
    status: number | undefined,
  ][] = [
    ['hangs without a byte', () => undefined, 'unknown', 'PROVIDER_TIMEOUT', 'unknown', undefined],
    [
      'resets the connection',
      (s) => void s.resetAndDestroy(),
      'unknown',
      'PROVIDER_BROKEN',
      'unknown',
      undefined,
    ],
    ['closes without a byte', (s) => void s.end(), 'unknown', 'PROVIDER_BROKEN', 'unknown', undefined],
    [
      'speaks no HTTP',
      (s) => void s.end('SSH-2.0-x\r\n'),
      'unknown',
      'PROVIDER_BROKEN',
      'unknown',
      undefined,
    ],
    [
      'answers half, then hangs',
      (s) => void s.write('HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\nhalf'),
      'provider_error',
      'PROVIDER_TIMEOUT',
      'yes',
      201,
    ],
    [
      'answers half, then closes',
      (s) => void s.end('HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\nhalf'),
      'provider_error',
      'PROVIDER_BROKEN',
      'yes',
      201,
    ],
    [
      'answers half a chunked body, then closes',
      (s) => void s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhal'),
      'provider_error',
      'PROVIDER_BROKEN',
      'yes',
      200,
    ],
    [
      'announces more than we hold',
      (s) => void s.write('HTTP/1.1 200 OK\r\ncontent-length: 65537\r\n\r\n'),
      'provider_error',
      'ANSWER_TOO_LARGE',
      'yes',
      200,
    ],
    [
      'sends more than we hold without saying so',
      (s) => void s.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${'x'.repeat(70_000)}`),
      'provider_error',
      'ANSWER_TOO_LARGE',
      'yes',
      200,
    ],
    [
      'gives two lengths',
      (s) => void s.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nokk'),
      'unknown',
      'PROVIDER_BROKEN',
      'unknown',
      undefined,
    ],
    [
      'switches protocols',
      (s) => void s.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      'unknown',
      'PROVIDER_BROKEN',
      'unknown',
      undefined,
    ],
    [
      'sends headers without end',
      (s) => void s.write(`HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(40_000)}`),
      'unknown',
      'PROVIDER_BROKEN',
      'unknown',
      undefined,
    ],
  ]
  test.each(table)('%s', async (_name, answer, end, code, forwarded, status) => {
    const { provider, forwarder } = await against(answer, code === 'PROVIDER_TIMEOUT' ? hasty : {})
    const result = await forwarder.forward(committed(), ask(provider.url))
    expect(result.end).toBe(end)
    if (result.end === 'delivered') throw new Error('it was no answer')
    expect(result.refused.code).toBe(code)
    expect(result.refused.detail.forwarded).toBe(forwarded)
    expect(result.refused.detail.providerStatus).toBe(status)
    expect(result.sent).toBe(body.length)
    expect(provider.received().split('POST /v2/tickets HTTP/1.1').length - 1).toBe(1)
  })

  test('drips a byte a moment: the total time ends it', async () => {
    const drips = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(timer))
    }
    const { provider, forwarder } = await against(drips, { provider_total_ms: 2_000 })
    const result = await forwarder.forward(committed(), ask(provider.url))
    expect(result).toMatchObject({ end: 'provider_error', refused: { code: 'PROVIDER_TIMEOUT' } })
  })

  test('a redirect is an answer, not an order', async () => {
    const { provider, forwarder } = await against((socket) => {
      socket.write('HTTP/1.1 307 Temporary Redirect\r\nlocation: /v2/other\r\ncontent-length: 0\r\n\r\n')
    })
    const result = await forwarder.forward(committed(), ask(provider.url))
    expect(result).toMatchObject({ end: 'delivered', status: 307 })
    expect(provider.received()).not.toContain('/v2/other')
  })

  test('interim answers are skipped, the final one counts', async () => {
    const { provider, forwarder } = await against((socket) => {
      socket.write(
        'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
      )
    })
    const result = await forwarder.forward(committed(), ask(provider.url))
    expect(result).toMatchObject({ end: 'delivered', status: 200 })
    expect(result.end === 'delivered' && result.body.toString()).toBe('ok')
  })

  test('a chunk of one byte each costs bytes, not objects', async () => {
    const { provider, forwarder } = await against((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      socket.write('1\r\nx\r\n'.repeat(60_000))
      socket.write('0\r\n\r\n')
    })
    let held = 0
    const result = await forwarder.forward(
      committed(),
      ask(provider.url, { hold: (bytes) => (held += bytes) }),
    )
    expect(result.end === 'delivered' && result.body.length).toBe(60_000)
    expect(held).toBeLessThanOrEqual(2 * 65_536)
  })
})

describe('no byte without a line (promise 1)', () => {
  test('what is no committed intent opens nothing', async () => {
    const { provider, forwarder } = await against(ok)
    for (const forged of [undefined, {}, { index: 1, tid: 'x', attempt: 1 }, Object.create(committed())]) {
      await expect(forwarder.forward(forged as never, ask(provider.url))).rejects.toThrow(TypeError)
    }
    expect(provider.connections()).toBe(0)
  })

  test('an intent is for one attempt', async () => {
    const { provider, forwarder } = await against(ok)
    const intent = committed()
    expect((await forwarder.forward(intent, ask(provider.url))).end).toBe('delivered')
    await expect(forwarder.forward(intent, ask(provider.url))).rejects.toThrow(TypeError)
    expect(provider.received().match(/POST /g)).toHaveLength(1)
  })

  test('what leaves is the request and nothing else', async () => {
    const { provider, forwarder } = await against(ok)
    await forwarder.forward(
      committed(),
      ask(provider.url, {
        target: "/a%20b?q='%C3%A9'&x",
        headers: [
          ['content-type', 'application/json'],
          ['prefer', 'été'],
        ],
      }),
    )
    const sent = Buffer.from(provider.received(), 'latin1').toString('utf8')
    expect(sent.split('\r\n')[0]).toBe("POST /v2/a%20b?q='%C3%A9'&x HTTP/1.1")
    expect(sent.split('\r\n').slice(1)).toEqual([
      `host: ${provider.pair}`,
      'connection: keep-alive',
      'content-type: application/json',
      'prefer: été',
      'content-length: 11',
      '',
      body.toString(),
    ])
  })

  test('a target that would leave the base URL is never written', async () => {
    const { provider, forwarder } = await against(ok)
    for (const target of ['/../admin', '//evil.example/', '/%2e%2e/admin', '@evil.example/', '/a\r\nx: y']) {
      const result = await forwarder.forward(committed(), ask(provider.url, { target }))
      expect(result).toMatchObject({ end: 'not_sent', sent: 0, refused: { code: 'TARGET_INVALID' } })
    }
    expect(provider.received()).toBe('')
  })

  test('a header that would break the message is never written', async () => {
    const { provider, forwarder } = await against(ok)
    const result = await forwarder.forward(committed(), ask(provider.url, { headers: [['a', 'b\r\nc: d']] }))
    expect(result).toMatchObject({
      end: 'not_sent',
      refused: { code: 'INTERNAL', detail: { forwarded: 'no' } },
    })
    expect(provider.received()).toBe('')
  })
})

describe('nobody there', () => {
  test('a closed port: unreachable, nothing sent', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const forwarder = openForwarder({ dial_exceptions: [`127.0.0.1:${port}`], limits: dialLimits })
    open.push(forwarder)
    const result = await forwarder.forward(committed(), ask(`http://127.0.0.1:${port}`))
    expect(result).toMatchObject({ end: 'not_sent', sent: 0, refused: { code: 'PROVIDER_UNREACHABLE' } })
  })

  test('all connections busy: those who wait give up unsent, and nothing of theirs is sent later', async () => {
    const { provider, forwarder } = await against(() => undefined, {
      provider_connections: 2,
      provider_connect_ms: 1_500,
    })
    const attempt = (i: number) => forwarder.forward(committed(), ask(provider.url, { target: `/${i}` }))
    const busy = [attempt(0), attempt(1)]
    const posts = (): number => provider.received().match(/POST /g)?.length ?? 0
    await expect.poll(posts, { timeout: 60_000 }).toBe(2)
    const waiting = await Promise.all([2, 3, 4, 5].map(attempt))
    expect(waiting.map((one) => one.end)).toEqual(waiting.map(() => 'not_sent'))
    // places come free, and nobody takes them any more
    await provider.close()
    expect((await Promise.all(busy)).map((one) => one.end)).toEqual(['unknown', 'unknown'])
    expect(posts()).toBe(2)
  })

  test('a connection that the provider closed while idle is never used to send twice', async () => {
    const { provider, forwarder } = await against((socket) => {
      ok(socket)
      setTimeout(() => socket.destroy(), 20)
    })
    for (let i = 0; i < 20; i++) {
      await forwarder.forward(committed(), ask(provider.url, { target: `/${i}` }))
      await new Promise((resolve) => setTimeout(resolve, 18 + (i % 5)))
    }
    const targets = provider.received().match(/POST \S+/g) ?? []
    expect(new Set(targets).size).toBe(targets.length)
  })
})

test('the refusals of the dialler are Refused without a cause', async () => {
  const { provider, forwarder } = await against((socket) => void socket.resetAndDestroy())
  const result = await forwarder.forward(committed(), ask(provider.url))
  if (result.end === 'delivered') throw new Error('it was no answer')
  expect(result.refused).toBeInstanceOf(Refused)
  expect(result.refused.cause).toBeUndefined()
})
