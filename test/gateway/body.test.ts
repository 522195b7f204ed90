import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openGather } from '../../src/gateway/gather.ts'
import { newHome } from '../config/home.ts'
import { hurry, openDoor } from './door.ts'
import { say } from './wire.ts'

let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  door = await openDoor(newHome())
})
afterAll(async () => void (await door.gateway.drain()))

const head = (key: string, ...more: string[]): string =>
  [
    'POST /to/tana/x HTTP/1.1',
    'Host: a',
    `Douane-Key: ${key}`,
    'Content-Type: text/plain',
    ...more,
    '',
    '',
  ].join('\r\n')

describe('a slow client', () => {
  test('that drips its body is cut off by the clock, however diligently it drips', async () => {
    const hurried = await openDoor(newHome(), hurry)
    const drips = Array.from({ length: 40 }, () => ['x', 25]).flat()
    const heard = await say(hurried.port, [head(hurried.key, 'Content-Length: 1000'), ...drips])
    expect(JSON.parse(heard.body)).toMatchObject({ code: 'BODY_TIMEOUT', retryable: true })
    await hurried.gateway.drain()
  })
  test('that goes away leaves nothing behind', async () => {
    const socket = connect(door.port, '127.0.0.1')
    socket.write(`${head(door.key, 'Content-Length: 100000')}${'x'.repeat(50_000)}`)
    await vi.waitFor(() => expect(door.turnstile.heldBytes).toBeGreaterThanOrEqual(100_000), 20_000)
    expect(door.turnstile.inFlight).toBe(1)
    socket.destroy()
    await vi.waitFor(() => expect(door.turnstile.inFlight).toBe(0), 20_000)
    expect(door.turnstile.heldBytes).toBe(0)
  })
  test('whose chunks are one byte each is read at the cost of its bytes', async () => {
    const chunks = '1\r\n!\r\n'.repeat(20_000)
    const heard = await say(door.port, [head(door.key, 'Transfer-Encoding: chunked'), `${chunks}0\r\n\r\n`])
    expect(JSON.parse(heard.body)).toMatchObject({ bytes: 20_000 })
  })
  test('a hundred that announce a megabyte and send nothing hold no megabyte', async () => {
    const sockets = Array.from({ length: 50 }, () =>
      connect(door.port, '127.0.0.1').on('error', () => undefined),
    )
    for (const socket of sockets) socket.write(head(door.key, 'Content-Length: 1048576'))
    await vi.waitFor(() => expect(door.turnstile.inFlight).toBeGreaterThan(10), 20_000)
    expect(door.turnstile.heldBytes).toBe(0)
    for (const socket of sockets) socket.destroy()
    await vi.waitFor(() => expect(door.turnstile.inFlight).toBe(0), 20_000)
  })
})

describe('bytes gathered', () => {
  const gathered = (cap: number, announced: number | undefined, chunks: readonly number[]) => {
    let held = 0
    const gather = openGather(cap, announced, (bytes) => (held += bytes))
    const taken = chunks.map((length, i) => gather.add(Buffer.alloc(length, 97 + i)))
    return { text: gather.bytes().toString(), taken, held: () => held }
  }
  test.each([
    [10, undefined, [], '', []],
    [10, 3, [3], 'aaa', [true]],
    [10, undefined, [1, 2, 3], 'abbccc', [true, true, true]],
    [10, undefined, [4, 6], 'aaaabbbbbb', [true, true]],
    [10, undefined, [4, 7], 'aaaa', [true, false]],
    [10, 2, [3], 'aaa', [true]],
    [3, 1_000_000, [1, 1], 'ab', [true, true]],
  ] as [number, number | undefined, number[], string, boolean[]][])(
    'cap %s, announced %s, chunks %j → %j',
    (cap, announced, chunks, text, taken) => {
      const result = gathered(cap, announced, chunks)
      expect(result).toMatchObject({ text, taken })
      expect(result.held()).toBeLessThanOrEqual(Math.max(cap, 1024))
    },
  )
  test('a large first chunk is kept, not copied, and grows if more comes', () => {
    const first = Buffer.alloc(70_000, 1)
    const gather = openGather(200_000, undefined, () => undefined)
    gather.add(first)
    expect(gather.bytes().buffer).toBe(first.buffer)
    gather.add(Buffer.from('b'))
    expect(gather.bytes()).toHaveLength(70_001)
    expect(gather.bytes().at(-1)).toBe(98)
    expect(first.every((byte) => byte === 1)).toBe(true)
  })
})
