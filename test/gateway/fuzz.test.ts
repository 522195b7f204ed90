/** Requests that began well and were damaged: whatever arrives, the answer is typed or there is none. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { codes } from '../../src/errors.ts'
import { newHome } from '../config/home.ts'
import { openDoor } from './door.ts'
import { hostileRequests } from './hostile.table.ts'
import { say } from './wire.ts'

let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  const env = { DOUANE_LIMITS_RATE_PER_SECOND: '100000', DOUANE_LIMITS_RATE_BURST: '100000' }
  door = await openDoor(newHome(), { ...env, DOUANE_LIMITS_HEADERS_MS: '150', DOUANE_LIMITS_BODY_MS: '100' })
})
afterAll(async () => void (await door.gateway.drain()))

/** Mulberry32: the same damage for the same seed. */
const dice = (seed: number): ((below: number) => number) => {
  let a = seed
  return (below) => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const sharp = [
  '\r',
  '\n',
  '\0',
  ':',
  ' ',
  ',',
  '/',
  '%',
  '..',
  'Host: b\r\n',
  'Content-Length: 1\r\n',
  '\xff',
  '\t',
  '\r\n\r\n',
  '0\r\n\r\n',
]

const damaged = (whole: Buffer, roll: (below: number) => number): Buffer => {
  let bytes = whole
  for (let times = 1 + roll(4); times > 0; times--) {
    const at = roll(bytes.length)
    const kind = roll(5)
    const insert = Buffer.from(sharp[roll(sharp.length)] as string, 'latin1')
    const from = bytes.subarray(0, at)
    if (kind === 0) bytes = Buffer.concat([from, insert, bytes.subarray(at)])
    else if (kind === 1) bytes = Buffer.concat([from, bytes.subarray(at + 1 + roll(8))])
    else if (kind === 2) bytes = Buffer.concat([from, Buffer.from([roll(256)]), bytes.subarray(at + 1)])
    else if (kind === 3) bytes = Buffer.concat([from, bytes.subarray(roll(at + 1), at), bytes.subarray(at)])
    else bytes = bytes.subarray(0, at + 1)
  }
  return bytes
}

test('six hundred damaged requests', { timeout: 120_000 }, async () => {
  const roll = dice(20_261_123)
  const seeds = hostileRequests
    .filter((row) => !row.name.includes('letter'))
    .map((row) => row.send({ key: door.key, provider: 'tana' }).filter((piece) => typeof piece !== 'number'))
    .map((pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece as string, 'latin1'))))
    .filter((bytes) => bytes.length < 20_000)
  const strange: string[] = []
  const one = async (): Promise<void> => {
    const heard = await say(door.port, [damaged(seeds[roll(seeds.length)] as Buffer, roll)], {
      patience: 600,
    })
    const final = heard.raw.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
    const code = /"code": "([A-Z_]+)"/.exec(final)?.[1]
    const fine =
      final === '' ||
      final.startsWith('HTTP/1.1 200 ') ||
      (code !== undefined && (codes as string[]).includes(code))
    const head = /^HTTP\/1\.1 4\d\d [^]*\r\n\r\n$/.test(final)
    if ((!fine && !head) || code === 'INTERNAL') strange.push(final.slice(0, 300))
  }
  for (let batch = 0; batch < 30; batch++) await Promise.all(Array.from({ length: 20 }, one))
  expect(strange).toEqual([])
  const whole = `GET /to/tana/x HTTP/1.1\r\nHost: a\r\nDouane-Key: ${door.key}\r\n\r\n`
  // who is late on a busy machine is told so, as is right: this door is in a hurry
  await vi.waitFor(async () => expect((await say(door.port, [whole])).status).toBe(200), { timeout: 60_000 })
  await vi.waitFor(() => expect([door.turnstile.inFlight, door.turnstile.heldBytes]).toEqual([0, 0]), {
    timeout: 60_000,
  })
})
