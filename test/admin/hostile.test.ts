/** What the control plane does with callers that are wrong, hostile, slow or unlucky. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openAside } from '../../src/admin/aside.ts'
import { bodyCap } from '../../src/admin/body.ts'
import { Refused } from '../../src/errors.ts'
import { usual } from '../../src/store/deadlines.ts'
import { type Whole, openWhole } from '../promises/gateway.ts'
import { accesses, callerOf, raw } from './api.ts'

const broken = { transfers: false, access: false }
const whole: Whole = await openWhole({
  deadlines: { aside: usual.aside },
  rewire: (installation) => ({
    ...installation,
    ledger: {
      ...installation.ledger,
      append: (record) => {
        if (broken.access) throw new Refused('LOG_UNAVAILABLE')
        return installation.ledger.append(record)
      },
    },
    transfers: {
      ...installation.transfers,
      list: async (ask) => {
        const page = await installation.transfers.list(ask)
        if (!broken.transfers) return page
        const [first] = page.items
        return { items: [{ ...first!, record: { ...first!.record, bundle: 'SECRET-VALUE' } as never }] }
      },
    },
  }),
})
/** For who never ends: the others must not be late on a busy machine. */
const hurried = await openWhole({
  provider: whole.provider,
  settings: ['limits: {headers_ms: 400, body_ms: 600, keep_alive_ms: 500}'],
})
const { port } = whole.running.control
const call = callerOf(port, whole.keys.dpo)
const statusOf = (answer: string): string => /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed'
const codeOf = (answer: string): string => /"code": ?"(\w+)"/.exec(answer)?.[1] ?? ''
const bearer = (of: Whole): string => `Authorization: Bearer ${of.keys.dpo}\r\n`
const key = bearer(whole)
const head = (line: string, more = ''): string => `${line} HTTP/1.1\r\nHost: x\r\n${more}\r\n`

describe('requests that are no operation', () => {
  test.each([
    ['TRACE', head('TRACE /v1/transfers', key), '405', 'METHOD_REFUSED'],
    ['CONNECT', head('CONNECT example.com:443'), '405', 'METHOD_REFUSED'],
    ['an unknown method', head('BREW /v1/transfers', key), '405', 'METHOD_REFUSED'],
    [
      'an upgrade',
      head('GET /healthz', 'Connection: upgrade\r\nUpgrade: websocket\r\n'),
      '501',
      'UPGRADE_REFUSED',
    ],
    ['another expectation', head('GET /healthz', 'Expect: 200-maybe\r\n'), '417', 'EXPECTATION_FAILED'],
    ['an absolute target', head('GET http://evil.example/healthz'), '400', 'TARGET_INVALID'],
    ['two slashes', head('GET //healthz'), '400', 'TARGET_INVALID'],
    ['a backslash', head('GET /v1\\transfers', key), '400', 'TARGET_INVALID'],
    ['a percent-encoded path', head('GET /%76%31/transfers', key), '404', 'NOT_FOUND'],
    ['another case', head('GET /V1/transfers', key), '404', 'NOT_FOUND'],
    ['a trailing slash', head('GET /v1/transfers/', key), '404', 'NOT_FOUND'],
    ['dot segments', head('GET /v1/x/../transfers', key), '404', 'NOT_FOUND'],
    ['the data plane’s path', head('POST /to/tana/lots', `${key}Content-Length: 0\r\n`), '404', 'NOT_FOUND'],
    ['another method', head('DELETE /v1/transfers', key), '404', 'NOT_FOUND'],
    ['a preflight', head('OPTIONS /v1/transfers', 'Origin: https://evil.example\r\n'), '404', 'NOT_FOUND'],
    ['two keys', head('GET /v1/transfers', key + key), '400', 'HEADER_REPEATED'],
    ['headers of 20 KB', head('GET /healthz', `X: ${'x'.repeat(20_000)}\r\n`), '431', 'HEADERS_TOO_LARGE'],
    [
      'both lengths',
      head('POST /v1/classify', `${key}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`),
      '400',
      'LENGTH_CONFLICT',
    ],
    ['no HTTP at all', 'hello\r\n\r\n', '405', 'METHOD_REFUSED'],
  ])('%s', async (_name, bytes, status, code) => {
    const answer = await raw(port, bytes)
    expect([statusOf(answer), codeOf(answer)]).toEqual([status, code])
    expect(answer).toMatch(/content-type: application\/problem\+json/i)
    expect(answer).not.toMatch(/access-control-/i)
  })

  test('a browser gets no leave from elsewhere, and nothing to keep or frame', async () => {
    const { headers } = await call('/v1/transfers', { headers: { origin: 'https://evil.example' } })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('HEAD is GET without a body, recorded like it', async () => {
    const before = await accesses(whole)
    const { status, text } = await call('/v1/providers', { method: 'HEAD' })
    expect([status, text]).toEqual([200, ''])
    expect((await accesses(whole)).slice(before.length)).toEqual([
      expect.stringMatching(/^dpo listProviders/),
    ])
  })

  test('a problem speaks French to who asks for it', async () => {
    const { value } = await call('/v1/transfers?limit=0', { headers: { 'accept-language': 'fr' } })
    expect(value.title).toMatch(/[éè]|requête|demande/)
  })
})

describe('bodies', () => {
  test.each([
    ['not JSON', '{', {}, 400, 'REQUEST_INVALID'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), {}, 400, 'REQUEST_INVALID'],
    ['a list', '[]', {}, 400, 'REQUEST_INVALID'],
    ['null', 'null', {}, 400, 'REQUEST_INVALID'],
    ['prototype keys', '{"text":"x","__proto__":{"a":1}}', {}, 400, 'REQUEST_INVALID'],
    ['brackets', '['.repeat(1_000_000), {}, 400, 'REQUEST_INVALID'],
    ['another type', '{"text":"x"}', { 'content-type': 'text/plain' }, 415, 'MEDIA_UNSUPPORTED'],
    ['a form', 'text=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'MEDIA_UNSUPPORTED'],
    ['zipped', '{"text":"x"}', { 'content-encoding': 'gzip' }, 415, 'ENCODING_UNSUPPORTED'],
    ['a text that is too long', JSON.stringify({ text: 'x'.repeat(1_048_577) }), {}, 400, 'REQUEST_INVALID'],
  ])('%s', async (_name, body, headers, status, code) => {
    const said = await call('/v1/classify', { body, headers: headers as Record<string, string> })
    expect([said.status, said.value.code]).toEqual([status, code])
  })

  test('a complaint quotes no value', async () => {
    const { text } = await call('/v1/classify', { body: { text: 1, 'ana@example.com': 'x' } })
    expect(text).not.toContain('ana@example.com')
  })

  test('one that says that it is too large is refused before it comes', async () => {
    const answer = await raw(
      port,
      head(
        'POST /v1/policies/check',
        `${key}Content-Type: application/json\r\nContent-Length: ${bodyCap + 1}\r\n`,
      ),
    )
    expect([statusOf(answer), codeOf(answer)]).toEqual(['413', 'BODY_TOO_LARGE'])
  })

  test('one that is too large without saying so is cut, with an answer', async () => {
    const answer = await new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          head(
            'POST /v1/policies/check',
            `${key}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n`,
          ),
        )
        const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
        // Its end never comes; and who goes on writing when it is cut may lose the answer to a reset.
        let left = bodyCap / 65_536 + 2
        const more = (): void => {
          while (left-- > 0 && socket.writable)
            if (!socket.write(chunk)) return void socket.once('drain', more)
        }
        more()
      })
      socket.on('data', (part) => (heard += part.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(heard))
    })
    expect([statusOf(answer), codeOf(answer)]).toEqual(['413', 'BODY_TOO_LARGE'])
  })

  test('one that drips is timed', async () => {
    const answer = await raw(
      hurried.running.control.port,
      `${head('POST /v1/classify', `${bearer(hurried)}Content-Type: application/json\r\nContent-Length: 100\r\n`)}{"te`,
    )
    expect([statusOf(answer), codeOf(answer)]).toEqual(['408', 'BODY_TIMEOUT'])
  })

  test('headers that drip are timed', async () => {
    const answer = await raw(hurried.running.control.port, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: ')
    expect([statusOf(answer), codeOf(answer)]).toEqual(['408', 'BODY_TIMEOUT'])
  })

  test('a body that breaks its own framing is answered and closed', async () => {
    const answer = await raw(
      port,
      `${head('POST /v1/classify', `${key}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n`)}zz\r\n`,
    )
    expect([statusOf(answer), codeOf(answer)]).toEqual(['400', 'LENGTH_CONFLICT'])
  })

  test('a caller that goes away leaves nothing behind', async () => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `${head('POST /v1/classify', `${key}Content-Type: application/json\r\nContent-Length: 100\r\n`)}{"te`,
      )
      setTimeout(() => socket.destroy(), 50)
    })
    await sleep(200)
    expect((await call('/healthz')).status).toBe(200)
  })
})

describe('a response is not sent', () => {
  test('if it is not as openapi.yaml says: a fault of ours, and the value stays here', async () => {
    await whole.send('/tana/lots', { body: '{"name":"Ana"}' })
    broken.transfers = true
    const { status, value, text } = await call('/v1/transfers')
    broken.transfers = false
    expect([status, value.code]).toEqual([500, 'INTERNAL'])
    expect(text).not.toContain('SECRET-VALUE')
    expect(whole.lines.some((line) => line.includes('api.failed'))).toBe(true)
    expect(whole.lines.join('')).not.toContain('SECRET-VALUE')
  })

  test('if who looked cannot be recorded', async () => {
    broken.access = true
    const said = await call('/v1/providers')
    const open = await call('/healthz')
    broken.access = false
    expect([said.status, said.value.code]).toEqual([503, 'LOG_UNAVAILABLE'])
    expect(said.text).not.toContain('tana')
    expect(open.status).toBe(200)
  })
})

describe('work on what a caller sent', () => {
  const bomb = (): string => {
    const lines = ['a0: &a0 {k: v}']
    for (let i = 1; i < 60_000; i += 1) lines.push(`a${i}: &a${i} [*a${i - 1}]`)
    return lines.join('\n').slice(0, 1_000_000)
  }

  test('a hostile policy is checked aside: transfers go on meanwhile', async () => {
    const files = [...Array(6).keys()].map((i) => ({ path: `rules/r${i}.yaml`, text: bomb() }))
    const state = { done: false }
    const checked = call('/v1/policies/check', { body: { files } }).finally(() => (state.done = true))
    let meanwhile = 0
    while (!state.done) {
      expect((await whole.send('/lyon/lots', { body: '{"name":"Ana"}' })).status).toBe(200)
      if (!state.done) meanwhile += 1
      await sleep(20)
    }
    expect((await checked).value.code).toBe('PAYLOAD_TOO_COMPLEX')
    // Were it checked on the gateway's own thread, one or two would have got a turn.
    expect(meanwhile).toBeGreaterThan(5)
  })

  test('what takes too long is ended and refused; the next one is done', async () => {
    const aside = openAside({ ms: 3_000 })
    try {
      const lifts: never[] = []
      const files = [...Array(8).keys()].map((i) => ({ path: `rules/r${i}.yaml`, text: bomb() }))
      await expect(aside.ask('check', { files, lifts })).rejects.toMatchObject({
        code: 'PAYLOAD_TOO_COMPLEX',
      })
      // the next thread has to warm up: on a busy machine that may take its time, too
      const next = (): Promise<number> =>
        aside.ask('check', { files: [], lifts }).then(
          ({ faults }) => faults.length,
          () => 0,
        )
      await expect.poll(next, { timeout: 60_000 }).toBeGreaterThan(0)
    } finally {
      await aside.stop()
    }
  })

  test('what waits is bounded, and refused at the end', async () => {
    const aside = openAside({ queue: 1 })
    const asked = [1, 2, 3].map(() => aside.ask('classify', { text: 'x', type: 'text/plain' }))
    const ends = Promise.allSettled(asked)
    await aside.stop()
    expect((await ends).map((end) => (end.status === 'rejected' ? end.reason.code : 'done'))).toEqual([
      'SHUTTING_DOWN',
      'SHUTTING_DOWN',
      'OVERLOADED',
    ])
    await expect(aside.ask('check', { files: [], lifts: [] })).rejects.toMatchObject({
      code: 'SHUTTING_DOWN',
    })
  })
})

test('control and bidi characters of a caller come back as escapes', async () => {
  const name = 'a\u202eb\u0007'
  const { text, value } = await call('/v1/policies/check', {
    body: { files: [{ path: `rules/${name}.yaml`, text: 'x' }] },
  })
  expect(text).not.toContain('\u202e')
  expect(text).not.toContain('\u0007')
  expect(value.faults.some(({ file }: { file: string }) => file.includes('\u202e'))).toBe(true)
})
