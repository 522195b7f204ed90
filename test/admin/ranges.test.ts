/** HEAD and all sorts of Range over real sockets: one export at a time, bounded memory, the right status, no fault. */
import { connect } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { openExports } from './exports.ts'
import { raw } from './api.ts'

const length = 4 << 20
const plane = await openExports(length, 3_000)
const key = plane.key('auditor')
afterAll(plane.close)

const asked = (method: string, ...more: readonly string[]): string =>
  [`${method} /v1/audit/export HTTP/1.1`, 'host: a', `authorization: Bearer ${key}`, ...more, '', ''].join(
    '\r\n',
  )
/** The head of the answer; the rest is not taken. */
const headOf = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connect(plane.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => undefined)
    socket.on('data', (part) => {
      heard += part.toString('latin1')
      if (heard.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(heard.slice(0, heard.indexOf('\r\n\r\n'))))
  })
const statusOf = (head: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
const field = (head: string, name: string): string =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''

const undated = (head: string): string => head.replace(/^date: .*$/im, '')

const faults = (): string[] => plane.events().filter((line) => line.startsWith('api.'))
describe('HEAD', () => {
  test('says what GET would, without a byte of it, and leaves what is kept as it is', async () => {
    const first = await raw(plane.port, asked('HEAD', 'connection: close'))
    expect(statusOf(first)).toBe(200)
    expect(first.endsWith('\r\n\r\n')).toBe(true)
    expect(Number(field(first, 'content-length'))).toBeGreaterThan(length)
    expect(field(first, 'accept-ranges')).toBe('bytes')
    const made = plane.made()
    // RFC 9110 §14.2: Range is for GET alone
    for (const range of ['bytes=100-', 'bytes=99999999999-', 'bytes=0-0,5-6'])
      expect(undated(await raw(plane.port, asked('HEAD', `range: ${range}`, 'connection: close')))).toBe(
        undated(first),
      )
    expect(plane.made()).toBe(made)
    const rest = await headOf(asked('GET', 'range: bytes=100-'))
    expect([statusOf(rest), field(rest, 'etag')]).toEqual([206, field(first, 'etag')])
    expect(plane.made()).toBe(made)
  })

  test('does not disturb who is reading', async () => {
    const body = await fetch(`http://127.0.0.1:${plane.port}/v1/audit/export`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const etag = body.headers.get('etag')
    for (let i = 0; i < 5; i += 1) {
      const head = await raw(plane.port, asked('HEAD', 'connection: close'))
      expect([statusOf(head), field(head, 'etag')]).toEqual([200, etag])
    }
    expect((await body.bytes()).length).toBe(Number(body.headers.get('content-length')))
  })
})

const many = (n: number, one: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => one(i)).join(',')

describe('Range', () => {
  test.each<[string, string, readonly number[]]>([
    ['an end', 'bytes=0-99', [200]],
    ['the last bytes', 'bytes=-1', [200]],
    ['nothing', 'bytes=', [200]],
    ['backwards', 'bytes=9-3', [200]],
    ['two', 'bytes=0-5,9-12', [200]],
    ['a thousand, overlapping', `bytes=${many(1_000, () => '0-')}`, [200]],
    ['a thousand, descending', `bytes=${many(1_000, (i) => `${1_000 - i}-`)}`, [200]],
    ['a thousand, of a byte each', `bytes=${many(1_000, (i) => `${i}-${i}`)}`, [200]],
    ['more than a head may hold', `bytes=${many(10_000, (i) => `${i}-${i}`)}`, [431]],
    ['another unit', 'records=0-', [200]],
    ['an unit in capitals', 'Bytes=1-', [206]],
    ['a number below zero', 'bytes=--1', [200]],
    ['a fraction', 'bytes=1.5-', [200]],
    ['beyond the end', `bytes=${length * 2}-`, [416]],
    ['beyond what a number holds', `bytes=${'9'.repeat(400)}-`, [416]],
    ['hexadecimal', 'bytes=0x10-', [200]],
    ['twice', 'bytes=1-\r\nrange: bytes=5-', [200, 206, 400]],
  ])('%s', async (_, range, statuses) => {
    // something is kept: who asks for a part may go on with it
    expect(statusOf(await raw(plane.port, asked('HEAD', 'connection: close')))).toBe(200)
    const head = await headOf(asked('GET', `range: ${range}`))
    expect(statuses).toContain(statusOf(head))
    expect([statusOf(head), field(head, 'content-range')]).toEqual([
      statusOf(head),
      expect.stringMatching({ 206: /^bytes \d+-\d+\/\d+$/, 416: /^bytes \*\/\d+$/ }[statusOf(head)] ?? /^$/),
    ])
    expect(faults()).toEqual([])
  })

  test('of two hundred callers at once: each is answered or turned away at the door, one export is made at a time, and memory does not grow', async () => {
    const ranges = [
      `bytes=${many(1_000, () => '0-')}`,
      `bytes=${many(1_000, (i) => `${1_000 - i}-`)}`,
      'bytes=0-',
      'bytes=1000-',
      `bytes=${'9'.repeat(400)}-`,
    ]
    const before = process.memoryUsage()
    const made = plane.made()
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, i) =>
        statusOf(await headOf(asked('GET', `range: ${ranges[i % 5]}`))),
      ),
    )
    // 0: more connections than the door lets in are closed before anything is read
    expect(statuses.filter((status) => ![0, 200, 206, 416, 503].includes(status))).toEqual([])
    expect(statuses.filter((status) => status !== 0).length).toBeGreaterThan(100)
    expect(plane.made() - made).toBeLessThan(200)
    const after = process.memoryUsage()
    // two hundred exports would be 800 MiB
    expect(after.rss - before.rss).toBeLessThan(200 << 20)
    expect(statusOf(await raw(plane.port, asked('HEAD', 'connection: close')))).toBe(200)
    expect(faults()).toEqual([])
  })
})
