/** A reader of an export who takes nothing more: he is let go, and others get theirs. */
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, expect, test, vi } from 'vitest'
import { openExports } from './exports.ts'

/** More than sockets keep for a reader. */
const length = 16 << 20
const plane = await openExports(length, 3_000)
const { port } = plane
const [slow, other] = ['slow', 'other'].map(plane.key)
afterAll(plane.close)

const asked = (key = ''): string =>
  `GET /v1/audit/export HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${key}\r\n\r\n`

test('blocks the others for a moment alone; the log says that he was let go, and no fault of ours', async () => {
  const stalled = connect(port, '127.0.0.1')
  stalled.on('error', () => undefined)
  stalled.write(asked(slow))
  await once(stalled, 'readable')
  const url = `http://127.0.0.1:${port}/v1/audit/export`
  const headers = { authorization: `Bearer ${other}` }
  await vi.waitFor(
    async () => {
      const answer = await fetch(url, { headers })
      expect(answer.status).toBe(200)
      expect((await answer.bytes()).length).toBeGreaterThan(length)
    },
    { timeout: 60_000 },
  )
  expect(plane.looked).toEqual(['slow', 'other'])
  expect(plane.events().filter((line) => !line.startsWith('access.'))).toEqual(['export.stalled slow'])
  stalled.destroy()
})

test('a reader who goes away in the middle is no fault of ours either', async () => {
  const gone = connect(port, '127.0.0.1')
  gone.on('error', () => undefined)
  await vi.waitFor(async () => {
    gone.write(asked(slow))
    const [part] = (await once(gone, 'data')) as [Buffer]
    expect(part.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /)
  }, 60_000)
  gone.destroy()
  await vi.waitFor(() => expect(plane.events().at(-1)).toBe('export.cut slow'), 60_000)
  expect(plane.events().filter((line) => line.startsWith('api.'))).toEqual([])
})
