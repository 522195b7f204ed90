import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newHome } from '../config/home.ts'
import { hurry, openDoor } from './door.ts'
import { hostilePayloads, hostileRequests } from './hostile.table.ts'
import { answers, closing, say } from './wire.ts'

type Door = Awaited<ReturnType<typeof openDoor>>
let door: Door
let hurried: Door
beforeAll(async () => {
  door = await openDoor(newHome())
  hurried = await openDoor(newHome(), hurry)
})
afterAll(async () => {
  await Promise.all([door.gateway.drain(), hurried.gateway.drain()])
})

/** That a client has gone is noticed a moment later. */
const soon = (holds: () => void | Promise<void>): Promise<void> => vi.waitFor(holds, { timeout: 60_000 })

/** What a test waits for, and calls. */
const sign = () => {
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return { give, given }
}

const post = (key: string, more: readonly string[] = [], body = '{}', target = '/to/tana/x'): string =>
  [
    `POST ${target} HTTP/1.1`,
    'Host: gateway',
    `Authorization: Bearer ${key}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
    '',
    body,
  ].join('\r\n')

describe('hostile requests get one typed answer', () => {
  test.each(hostileRequests.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const asked = row.code === 'BODY_TIMEOUT' ? hurried : door
    const heard = await say(asked.port, row.send({ key: asked.key, provider: 'tana' }))
    expect(heard.status).toBe(row.status)
    const body = heard.raw.startsWith('HTTP/1.1') && heard.body !== '' ? JSON.parse(heard.body) : {}
    expect(body.code).toBe(row.code)
    expect(heard.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(heard.headers['douane-transfer']).toMatch(/^[0-9a-f]{32}$/)
    expect(heard.headers['douane-verdict']).toBe('refuse')
    expect(heard.raw).not.toContain('100 Continue')
    expect(heard.headers['connection'] === 'close' || row.closes !== true).toBe(true)
    // One answer, and nothing behind it.
    expect(heard.raw.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  test('no row says the same as another', () => {
    const names = hostileRequests.map((row) => row.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(30)
  })

  test('after all of them the gateway still works, holds nothing and counts nothing in flight', async () => {
    const heard = await say(door.port, [post(door.key)])
    expect(heard.status).toBe(200)
    for (const { turnstile, metrics } of [door, hurried])
      await soon(async () => {
        expect([turnstile.inFlight, turnstile.heldBytes]).toEqual([0, 0])
        expect((await metrics.page()).text).toMatch(/^douane_in_flight 0$/m)
      })
  })

  test('and its log and metrics say nothing that they sent', async () => {
    const said = door.lines.join('') + hurried.lines.join('') + (await door.metrics.page()).text
    for (const planted of ['evil', 'constructor', '__proto__', 'nobody', door.key.slice(12), '../']) {
      expect(said).not.toContain(planted)
    }
    expect(said).toContain('TARGET_INVALID')
  })
})

describe('hostile payloads get one typed answer', () => {
  test.each(hostilePayloads.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const heard = await say(door.port, row.send({ key: door.key, provider: 'tana' }))
    expect(JSON.parse(heard.body)).toMatchObject({ status: row.status, code: row.code, forwarded: 'no' })
  })
})

describe('what a client may rely on', () => {
  test('100-continue comes once identity, target, type and length have passed', async () => {
    const [head, body] = post(door.key, ['Expect: 100-continue'], '{"a":1}').split('\r\n\r\n') as [
      string,
      string,
    ]
    const heard = await say(door.port, [`${head}\r\n\r\n`, /100 Continue/, body])
    expect(heard.raw.startsWith('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK')).toBe(true)
  })

  test('the raw tail, only listed headers, and the purpose by default', async () => {
    const more = ['X-Trace: 7', 'X-Secret: s', 'Cookie: a=b', 'Douane-Case: D-1']
    const heard = await say(door.port, [post(door.key, more, '{}', "/to/tana/a%20b/?q='%C3%A9'")])
    expect(JSON.parse(heard.body)).toEqual({
      client: 'moreau',
      provider: 'tana',
      purpose: 'support',
      case: 'D-1',
      target: "/a%20b/?q='%C3%A9'",
      headers: [
        ['content-type', 'application/json'],
        ['x-trace', '7'],
      ],
      bytes: 2,
      fields: expect.any(Number),
    })
  })

  test.each([
    ['/to/tana', '/'],
    ['/to/tana?a=b', '/?a=b'],
    ['/to/tana/', '/'],
  ])('%s asks the provider for %s', async (asked, target) => {
    const heard = await say(door.port, [post(door.key, [], '{}', asked)])
    expect(JSON.parse(heard.body)).toMatchObject({ target })
  })

  test('a case where the purpose needs one', async () => {
    const heard = await say(door.port, [post(door.key, ['Douane-Purpose: cases'])])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'CASE_MISSING', status: 400 })
  })
  test('a purpose where the client has no default', async () => {
    const heard = await say(door.port, [post(door.keys.makeClientKey('silent'))])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'PURPOSE_MISSING' })
  })
  test('a key of a client that left the register opens nothing', async () => {
    const heard = await say(door.port, [post(door.keys.makeClientKey('gone'))])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'CREDENTIAL_INVALID' })
  })
  test('a refusal in the language it asked for', async () => {
    const heard = await say(door.port, [post('dk_x', ['Accept-Language: fr-FR'])])
    expect(JSON.parse(heard.body)).toMatchObject({ title: "La clé Douane n'est pas valable." })
    expect(heard.headers['content-language']).toBe('fr')
  })
  test('a body that arrives in chunks and in pieces is one body', async () => {
    const head = post(door.key)
      .split('\r\n')
      .filter((line) => !line.startsWith('Content-Length') && line !== '{}')
    const heard = await say(door.port, [
      `${head.slice(0, -1).join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      '3\r\n{"a\r\n',
      20,
      '4\r\n":1}\r\n',
      20,
      '0\r\n\r\n',
    ])
    expect(JSON.parse(heard.body)).toMatchObject({ bytes: 7 })
  })
  test('HEAD gets the headers of its refusal and no body', async () => {
    const heard = await say(door.port, ['HEAD /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n'], {
      enough: (raw) => raw.includes('\r\n\r\n'),
    })
    expect(heard.status).toBe(401)
    expect(heard.body).toBe('')
  })
  test('two requests behind one another on one connection get their answers in order', async () => {
    const heard = await say(
      door.port,
      [post(door.key, [], '{}', '/to/tana/1') + post(door.key, [], '{}', '/to/tana/2')],
      { enough: answers(2) },
    )
    expect(heard.raw.match(/"target":"\/\d"/g)).toEqual(['"target":"/1"', '"target":"/2"'])
  })
})

describe('a request that comes behind another', () => {
  test('cannot put its refusal in the place of the other’s answer', async () => {
    const release = sign()
    const slow = await openDoor(newHome(), {}, async () => {
      await release.given
      return { status: 200, headers: [], body: Buffer.from('slow') }
    })
    const heard = await say(
      slow.port,
      ['GET /to/tana/1 HTTP/1.1\r\nHost: a\r\n\r\nSTEAL / HTTP/1.1\r\n\r\n'],
      { enough: closing },
    )
    expect(heard).toMatchObject({ raw: '', closed: true })
    release.give()
    await slow.gateway.drain()
  })
})

describe('limits', () => {
  test('of concurrency and of rate speak of one client only', async () => {
    const narrow = await openDoor(newHome(), {
      DOUANE_LIMITS_CONCURRENCY: '2',
      DOUANE_LIMITS_RATE_BURST: '3',
    })
    const leave = [narrow.turnstile.admit('moreau'), narrow.turnstile.admit('moreau')]
    const heard = await say(narrow.port, [post(narrow.key)])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'RATE_LIMITED', retryable: true })
    expect(heard.headers['retry-after']).toBe('1')
    expect(
      (await say(narrow.port, [post(narrow.keys.makeClientKey('silent'), ['Douane-Purpose: support'])]))
        .status,
    ).toBe(200)
    for (const one of [...leave, ...leave]) one()
    expect(narrow.turnstile.inFlight).toBe(0)
    await narrow.gateway.drain()
  })
  test('of the whole gateway: OVERLOADED', async () => {
    const narrow = await openDoor(newHome(), { DOUANE_LIMITS_IN_FLIGHT: '1' })
    const leave = narrow.turnstile.admit('other')
    expect(JSON.parse((await say(narrow.port, [post(narrow.key)])).body)).toMatchObject({
      code: 'OVERLOADED',
    })
    leave()
    expect((await say(narrow.port, [post(narrow.key)])).status).toBe(200)
    await narrow.gateway.drain()
  })
  test('of memory: bodies together', async () => {
    const narrow = await openDoor(newHome(), { DOUANE_LIMITS_HELD_BYTES: '50000000' })
    const give = narrow.turnstile.hold(50_000_000 - 1)
    expect(JSON.parse((await say(narrow.port, [post(narrow.key)])).body)).toMatchObject({
      code: 'OVERLOADED',
    })
    give()
    expect((await say(narrow.port, [post(narrow.key)])).status).toBe(200)
    await narrow.gateway.drain()
  })
})

describe('a client that goes away', () => {
  test('keeps its place until its transfer has ended', async () => {
    const [begun, release] = [sign(), sign()]
    const busy = await openDoor(newHome(), {}, async (exchange) => {
      exchange.onEnd(busy.turnstile.admit('moreau'))
      begun.give()
      await release.given
      return { status: 200, headers: [], body: Buffer.alloc(0) }
    })
    const met = once(busy.gateway.server, 'connection')
    const socket = connect(busy.port, '127.0.0.1').on('error', () => undefined)
    socket.write('GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n')
    const [there] = (await met) as [Socket]
    await begun.given
    const gone = once(there, 'close')
    socket.destroy()
    await gone
    expect(busy.turnstile.inFlight).toBe(1)
    release.give()
    await soon(() => expect(busy.turnstile.inFlight).toBe(0))
    expect(await busy.gateway.drain()).toBe(0)
  })
  test('and one that never takes its answer is cut off', async () => {
    const env = {
      DOUANE_LIMITS_CLIENT_SILENCE_MS: '300',
      DOUANE_LIMITS_INSPECT_MS: '50',
      DOUANE_LIMITS_PROVIDER_CONNECT_MS: '100',
      DOUANE_LIMITS_PROVIDER_TOTAL_MS: '100',
    }
    const body = Buffer.alloc(10_000_000, 'x')
    let inFlight = ''
    const patient = await openDoor(newHome(), env, async () => {
      inFlight = (await patient.metrics.page()).text
      return { status: 200, headers: [], body }
    })
    const socket = connect(patient.port, '127.0.0.1').on('error', () => undefined)
    socket.pause()
    socket.write('GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n')
    await soon(() => expect(inFlight).toMatch(/^douane_in_flight 1$/m))
    await soon(async () => expect((await patient.metrics.page()).text).toMatch(/^douane_in_flight 0$/m))
    socket.destroy()
    await patient.gateway.drain()
  })
})

describe('SIGTERM', () => {
  test('what is in flight ends, what comes is refused, and nothing is cut', async () => {
    const [begun, release] = [sign(), sign()]
    const home = newHome()
    const stopping = await openDoor(home, {}, async () => {
      begun.give()
      await release.given
      return { status: 200, headers: [], body: Buffer.from('done') }
    })
    const asked = say(stopping.port, ['GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n'])
    await begun.given
    const drained = stopping.gateway.drain()
    expect(await say(stopping.port, ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'])).toMatchObject({ raw: '' })
    release.give()
    const heard = await asked
    expect(heard.raw).toContain('done')
    expect(heard.headers['connection']).toBe('close')
    expect(await drained).toBe(0)
  })
  test('what does not end in time is cut', async () => {
    const begun = sign()
    const stuck = await openDoor(newHome(), { DOUANE_LIMITS_DRAIN_MS: '50' }, () => {
      begun.give()
      return new Promise(() => undefined)
    })
    const asked = say(stuck.port, ['GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n'])
    await begun.given
    expect(await stuck.gateway.drain()).toBe(1)
    expect((await asked).raw).toBe('')
  })
})

describe('a line that fails', () => {
  test.each([
    ['throws a value', new Error('2 85 05 78 006 084 36')],
    ['throws a text', '2 85 05 78 006 084 36'],
  ])('%s: INTERNAL, and the value is nowhere', async (_name, thrown) => {
    const broken = await openDoor(newHome(), {}, () => Promise.reject(thrown as Error))
    const heard = await say(broken.port, ['GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n'])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'INTERNAL', forwarded: 'no' })
    expect(heard.raw + broken.lines.join('')).not.toContain('2850578')
    expect(heard.raw + broken.lines.join('')).not.toContain('2 85 05')
    expect(broken.lines.join('')).toContain('transfer.failed')
    await broken.gateway.drain()
  })
  test('a header that cannot be written ends the connection, not the process', async () => {
    const broken = await openDoor(newHome(), {}, async () => ({
      status: 200,
      headers: [['a\n', 'b']],
      body: Buffer.alloc(0),
    }))
    const heard = await say(broken.port, ['GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n'])
    expect(heard.raw).toBe('')
    expect(heard.closed).toBe(true)
    await broken.gateway.drain()
  })
})

test('behind a TLS proxy nobody else may connect', async () => {
  const guarded = await openDoor(newHome(), { DOUANE_BEHIND_TLS_PROXY: '10.0.0.1' })
  const heard = await say(guarded.port, ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'])
  expect(heard).toMatchObject({ raw: '', closed: true })
  await guarded.gateway.drain()
})
