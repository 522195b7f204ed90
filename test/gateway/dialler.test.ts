/** Promise 1 at the socket: who dials, when, and what is written before the intent is committed. */
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openForwarder } from '../../src/gateway/forward.ts'
import { openIssuerKeys } from '../../src/gateway/issuer-keys.ts'
import { committed, dialLimits, lyingProvider } from './lying-providers.ts'
import type { LyingProvider } from './lying-providers.ts'

interface Dial {
  readonly host: unknown
  readonly port: unknown
}
const dials: Dial[] = []
let provider: LyingProvider

beforeEach(async () => {
  provider = await lyingProvider((socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
  dials.length = 0
  const original = Socket.prototype.connect
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function connect(
    this: Socket,
    ...args: unknown[]
  ) {
    const options = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { host?: unknown; port?: unknown }
    dials.push({ host: options.host, port: options.port })
    return Reflect.apply(original, this, args) as Socket
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await provider.close()
})

const request = () => ({
  method: 'POST',
  baseUrl: provider.url,
  target: '/x',
  headers: [],
  body: Buffer.from('{}'),
})

describe('no byte without a line', () => {
  test('making a forwarder and checking a destination opens no connection', async () => {
    const forwarder = openForwarder({ dial_exceptions: [provider.pair], limits: dialLimits })
    await forwarder.check(provider.url)
    expect(dials).toEqual([])
    await forwarder.close()
  })

  test('the only dial of an attempt goes to the address of the register', async () => {
    const forwarder = openForwarder({ dial_exceptions: [provider.pair], limits: dialLimits })
    await forwarder.forward(committed(), request())
    expect(dials).toEqual([{ host: '127.0.0.1', port: provider.pair.split(':')[1] }])
    await forwarder.close()
  })

  test('an issuer’s keys are the other dial, to the address of the register alone', async () => {
    const issuers = openIssuerKeys([provider.pair])
    expect(dials).toEqual([])
    // The answer is no set of keys; that it was dialled is what counts here.
    await issuers.of(`${provider.url}/keys`, 'k').catch(() => undefined)
    await issuers.of('https://169.254.169.254/keys', 'k').catch(() => undefined)
    expect(dials).toEqual([{ host: '127.0.0.1', port: provider.pair.split(':')[1] }])
    expect(provider.received()).toMatch(/^GET \/v2\/keys HTTP\/1\.1\r\n/)
    await issuers.close()
  })

  test('a second attempt reuses the connection; a refused destination dials nobody', async () => {
    const forwarder = openForwarder({ dial_exceptions: [provider.pair], limits: dialLimits })
    await forwarder.forward(committed(), request())
    // The client library gives a connection back a turn of the event loop later.
    const again = async (): Promise<number> => {
      const before = dials.length
      await forwarder.forward(committed(), request())
      return dials.length - before
    }
    await expect.poll(again, { timeout: 60_000 }).toBe(0)
    const before = dials.length
    await forwarder.forward(committed(), { ...request(), baseUrl: 'https://169.254.169.254/latest' })
    await forwarder.forward(committed(), { ...request(), baseUrl: 'http://127.0.0.1:1/' })
    expect(dials).toHaveLength(before)
    await forwarder.close()
  })
})
