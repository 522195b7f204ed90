import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDialCa } from '../../src/config/dial-ca.ts'
import { Misconfigured } from '../../src/errors.ts'
import { openForwarder } from '../../src/gateway/forward.ts'
import { newHome } from '../config/home.ts'
import { openDoor } from './door.ts'
import { committed, dialLimits } from './lying-providers.ts'

/** Made for these tests: an authority, and a certificate of it for api.tana.example. */
const file = (name: string): string => join(import.meta.dirname, 'certificates', name)
const pem = (name: string): string => readFileSync(file(name), 'utf8')

describe('a provider over TLS', () => {
  let received = ''
  const names: (string | false | null)[] = []
  const server = createServer(
    { cert: pem('provider.pem'), key: pem('provider.key') },
    (socket: TLSSocket) => {
      names.push(socket.servername)
      socket.on('error', () => undefined)
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1')
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      })
    },
  ).on('tlsClientError', () => undefined)
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => void server.close())

  const loopback = async () => [{ address: '127.0.0.1', family: 4 }]
  const send = async (host: string, ca?: readonly string[]) => {
    received = ''
    const forwarder = openForwarder(
      { dial_exceptions: [`${host}:${port}`], limits: dialLimits },
      ca,
      loopback,
    )
    const baseUrl = `https://${host}:${port}/v2`
    const request = { method: 'POST', baseUrl, target: '/x', headers: [], body: Buffer.from('secret') }
    const result = await forwarder.forward(committed(), request)
    await forwarder.close()
    return result
  }

  test('of an authority that we know, under its own name: it is asked', async () => {
    expect(await send('api.tana.example', [pem('ca.pem')])).toMatchObject({ end: 'delivered', status: 200 })
    expect(names.at(-1)).toBe('api.tana.example')
    expect(received).toContain('POST /v2/x HTTP/1.1\r\nhost: api.tana.example')
  })
  test.each([
    ['of an authority that nobody knows', 'api.tana.example', undefined],
    ['under another name', 'other.tana.example', [pem('ca.pem')]],
    ['by its address only', '127.0.0.1', [pem('ca.pem')]],
  ])('%s: nothing is written', async (_name, host, ca) => {
    expect(await send(host, ca)).toMatchObject({ end: 'not_sent', refused: { code: 'PROVIDER_UNREACHABLE' } })
    expect(received).toBe('')
  })
  test('no environment variable makes it trusting', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const result = await send('api.tana.example').finally(
      () => delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'],
    )
    expect(result.end).toBe('not_sent')
    expect(received).toBe('')
  })
})

test('dial_ca is read whole or refused', () => {
  const home = newHome()
  const ca = pem('ca.pem')
  writeFileSync(join(home, 'two.pem'), `# ours\n${ca}\n${pem('provider.pem')}`)
  writeFileSync(join(home, 'none.pem'), 'nothing')
  expect(readDialCa({ home })).toBeUndefined()
  expect(readDialCa({ home, dial_ca: 'two.pem' })).toEqual([ca.trim(), pem('provider.pem').trim()])
  for (const dial_ca of ['none.pem', 'gone.pem'])
    expect(() => readDialCa({ home, dial_ca })).toThrow(Misconfigured)
})

describe('the data plane over TLS', () => {
  test('answers TLS, and a plain request gets nothing', async () => {
    const home = newHome()
    copyFileSync(file('provider.key'), join(home, 'key.pem'))
    chmodSync(join(home, 'key.pem'), 0o600)
    copyFileSync(file('provider.pem'), join(home, 'cert.pem'))
    const door = await openDoor(home, { DOUANE_TLS_CERT: 'cert.pem', DOUANE_TLS_KEY: 'key.pem' })
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect({
        port: door.port,
        host: '127.0.0.1',
        servername: 'api.tana.example',
        ca: pem('ca.pem'),
      })
      socket.on('error', reject).on('data', (chunk) => resolve(chunk.toString()))
      socket.write('GET /to/tana/x HTTP/1.1\r\nHost: a\r\n\r\n')
    })
    expect(heard).toContain('CREDENTIAL_MISSING')
    await door.gateway.drain()
  })
})
