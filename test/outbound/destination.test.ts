import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Refused } from '../../src/errors.ts'
import { openDestinations } from '../../src/outbound/destination.ts'
import { openForwarder } from '../../src/gateway/forward.ts'
import { isPublicAddress } from '../../src/outbound/public-address.ts'
import { committed, dialLimits } from '../gateway/lying-providers.ts'

test.each([
  ['8.8.8.8', true, 'public'],
  ['172.15.255.255', true, 'just below the private block'],
  ['172.16.0.0', false, 'private'],
  ['172.31.255.255', false, 'private'],
  ['172.32.0.0', true, 'just above'],
  ['10.1.2.3', false, 'private'],
  ['11.0.0.1', true, 'just above'],
  ['192.168.1.1', false, 'private'],
  ['127.0.0.1', false, 'loopback'],
  ['127.255.255.254', false, 'loopback'],
  ['0.0.0.0', false, 'this host'],
  ['0.1.2.3', false, 'this network'],
  ['169.254.169.254', false, 'cloud metadata'],
  ['100.64.0.1', false, 'carrier-grade NAT'],
  ['100.63.255.255', true, 'just below'],
  ['100.128.0.0', true, 'just above'],
  ['192.0.0.170', false, 'NAT64 discovery'],
  ['192.0.2.1', false, 'documentation'],
  ['198.19.0.1', false, 'benchmark'],
  ['198.51.100.7', false, 'documentation'],
  ['203.0.113.7', false, 'documentation'],
  ['224.0.0.251', false, 'multicast'],
  ['239.255.255.250', false, 'multicast'],
  ['240.0.0.1', false, 'reserved'],
  ['255.255.255.255', false, 'broadcast'],
  ['2a00:1450:4007::1', true, 'public'],
  ['::', false, 'unspecified'],
  ['::1', false, 'loopback'],
  ['::ffff:127.0.0.1', false, 'mapped loopback'],
  ['::ffff:8.8.8.8', false, 'mapped: its IPv4 form is the public one'],
  ['::ffff:7f00:1', false, 'mapped, in hex'],
  ['::127.0.0.1', false, 'compatible'],
  ['64:ff9b::7f00:1', false, 'NAT64 of loopback'],
  ['64:ff9b:1::1', false, 'local NAT64'],
  ['fc00::1', false, 'ULA'],
  ['fd12:3456::1', false, 'ULA'],
  ['fe80::1', false, 'link-local'],
  ['fe80::1%eth0', false, 'link-local with a zone'],
  ['2a00::1%eth0', false, 'a zone on a public address'],
  ['fec0::1', false, 'site-local'],
  ['ff02::1', false, 'multicast'],
  ['2001:db8::1', false, 'documentation'],
  ['2001::1', false, 'Teredo'],
  ['2002:7f00:1::', false, '6to4 of loopback'],
  ['3fff::1', false, 'documentation'],
  ['4000::1', false, 'not global unicast'],
  ['100::1', false, 'discard'],
  ['127.1', false, 'no address'],
  ['', false, 'no address'],
  ['localhost', false, 'a name'],
])('%s → public %s (%s)', (address, expected) => expect(isPublicAddress(address)).toBe(expected))

const answers =
  (...found: string[]) =>
  async () =>
    found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('where the gateway may dial', () => {
  const table: readonly [url: string, resolves: string[], exceptions: string[], code: string | undefined][] =
    [
      ['https://api.tana.example/v2', ['93.184.216.34'], [], undefined],
      ['https://api.tana.example:8443/v2', ['93.184.216.34', '2a00::1'], [], undefined],
      ['http://api.tana.example/', ['93.184.216.34'], [], 'DESTINATION_REFUSED'],
      ['ftp://api.tana.example/', ['93.184.216.34'], [], 'DESTINATION_REFUSED'],
      ['https://user:pw@api.tana.example/', ['93.184.216.34'], [], 'DESTINATION_REFUSED'],
      ['https://api.tana.example/', ['10.0.0.1'], [], 'DESTINATION_REFUSED'],
      ['https://api.tana.example/', ['93.184.216.34', '10.0.0.1'], [], 'DESTINATION_REFUSED'],
      ['https://api.tana.example/', ['::ffff:10.0.0.1'], [], 'DESTINATION_REFUSED'],
      ['https://api.tana.example/', [], [], 'PROVIDER_UNREACHABLE'],
      ['https://127.0.0.1/', [], [], 'DESTINATION_REFUSED'],
      ['https://0x7f.1/', [], [], 'DESTINATION_REFUSED'],
      ['https://2130706433/', [], [], 'DESTINATION_REFUSED'],
      ['https://[::1]/', [], [], 'DESTINATION_REFUSED'],
      ['https://[::ffff:127.0.0.1]/', [], [], 'DESTINATION_REFUSED'],
      ['https://erp.internal:8443/', ['10.0.0.1'], ['erp.internal:8443'], undefined],
      ['https://erp.internal:8444/', ['10.0.0.1'], ['erp.internal:8443'], 'DESTINATION_REFUSED'],
      ['https://erp.internal/', ['10.0.0.1'], ['erp.internal:443'], undefined],
      ['http://127.0.0.1:9001/', [], ['127.0.0.1:9001'], undefined],
      ['http://127.0.0.1:9001/', [], ['localhost:9001'], 'DESTINATION_REFUSED'],
      ['http://[::1]:9001/', [], ['[::1]:9001'], undefined],
    ]
  test.each(table)('%s resolving to %s with exceptions %s → %s', async (url, resolves, exceptions, code) => {
    const destinations = openDestinations(exceptions, 200, answers(...resolves))
    const refused = await destinations.check(new URL(url)).then(
      () => undefined,
      (error: Refused) => error.code,
    )
    expect(refused).toBe(code)
  })

  test('a name that resolves slowly is given up in time', async () => {
    const destinations = openDestinations([], 50, () => new Promise(() => undefined))
    await expect(destinations.check(new URL('https://slow.example/'))).rejects.toMatchObject({
      code: 'PROVIDER_UNREACHABLE',
    })
  })

  test('a resolver that fails says nothing of why', async () => {
    const destinations = openDestinations([], 50, () =>
      Promise.reject(new Error('ENOTFOUND secret.internal')),
    )
    const thrown: unknown = await destinations.check(new URL('https://x.example/')).catch((error) => error)
    expect(thrown).toMatchObject({ code: 'PROVIDER_UNREACHABLE' })
    expect((thrown as Error).cause).toBeUndefined()
    expect((thrown as Error).stack).not.toContain('secret.internal')
  })

  test('the addresses that were checked are the ones that are dialled', async () => {
    let asked = 0
    const rebinding = async () => [{ address: asked++ === 0 ? '93.184.216.34' : '127.0.0.1', family: 4 }]
    const destinations = openDestinations([], 200, rebinding)
    const url = new URL('https://rebind.example/')
    await destinations.check(url)
    expect(await destinations.addresses(url)).toEqual([{ address: '93.184.216.34', family: 4 }])
    expect(asked).toBe(1)
  })
})

describe('a name that turns to loopback between check and connection (DNS rebinding)', () => {
  test('nothing connects there', async () => {
    let connections = 0
    const inside = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
    const { port } = inside.address() as AddressInfo
    const forwarder = openForwarder(
      { dial_exceptions: [], limits: dialLimits },
      undefined,
      answers('127.0.0.1'),
    )
    const request = { method: 'GET', baseUrl: `https://rebind.example:${port}`, target: '/', headers: [] }
    const result = await forwarder.forward(committed(), { ...request, body: Buffer.alloc(0) })
    expect(result).toMatchObject({ end: 'not_sent', refused: { code: 'DESTINATION_REFUSED' } })
    expect(connections).toBe(0)
    await forwarder.close()
    inside.close()
  })
})
