/** The hostile requests against the whole gateway: typed answers, nothing forwarded, memory bounded, still alive. */
import { beforeEach, describe, expect, test } from 'vitest'
import { hostilePayloads, hostileRequests } from '../gateway/hostile.table.ts'
import { say } from '../gateway/wire.ts'
import { openWhole } from './gateway.ts'

const whole = await openWhole({
  settings: [
    'limits: {headers_ms: 500, body_ms: 500, body_bytes: 1048576, fields: 100000, rate_per_second: 100000, rate_burst: 100000}',
  ],
})
const { provider, running } = whole
beforeEach(() => provider.forget())

describe('whoever means harm gets one typed answer', () => {
  test.concurrent.each([...hostileRequests, ...hostilePayloads].map((row) => [row.name, row] as const))(
    '%s',
    async (_name, row) => {
      const heard = await say(running.data.port, row.send({ key: whole.keys.acme, provider: 'tana' }), 60_000)
      expect(heard.status).toBe(row.status)
      expect((JSON.parse(heard.body) as { code?: string }).code).toBe(row.code)
      expect(heard.headers['douane-verdict']).toBe('refuse')
      expect(heard.raw.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    },
  )

  test('nothing of all that reached the provider', () => {
    expect(provider.bytes()).toBe(0)
  })

  test('memory stays bounded under hundreds of megabytes of harm, and the gateway lives', async () => {
    const worst = [...hostileRequests, ...hostilePayloads].filter(({ name }) =>
      /megabyte|more fields|ten mega/.test(name),
    )
    expect(worst.length).toBeGreaterThanOrEqual(4)
    const harm = async (): Promise<void> => {
      for (const row of worst)
        await say(running.data.port, row.send({ key: whole.keys.acme, provider: 'tana' }), 60_000)
    }
    // Two at once: each of the threads for large payloads has grown to what it needs.
    for (let round = 0; round < 2; round += 1) await Promise.all([harm(), harm()])
    const before = process.memoryUsage().rss
    for (let round = 0; round < 5; round += 1) await Promise.all([harm(), harm()])
    const grown = process.memoryUsage().rss - before
    expect(grown).toBeLessThan(256 * 1024 * 1024)
    const body = '{"nom": "Rakoto", "email": "jean@exemple.fr"}'
    expect((await whole.send('/tana/x', { body })).text).toBe(body)
    const page = await whole.look<string>('/metrics')
    expect(page).toMatch(/^douane_in_flight 0$/m)
    expect(page).toMatch(/^douane_held_bytes 0$/m)
  })
})
