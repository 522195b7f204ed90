/** The hostile requests against the whole gateway: typed answers, nothing forwarded, memory bounded, still alive. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { hostilePayloads, hostileRequests } from '../gateway/hostile.table.ts'
import { say } from '../gateway/wire.ts'
import { openWhole } from './gateway.ts'

const limits = 'body_bytes: 1048576, fields: 100000, rate_per_second: 100000, rate_burst: 100000'
const whole = await openWhole({ settings: [`limits: {${limits}}`] })
const { provider, running } = whole
/** For who never ends: the others must not be late on a busy machine. */
const hurried = await openWhole({
  provider,
  settings: [`limits: {headers_ms: 500, body_ms: 500, ${limits}}`],
})
beforeEach(() => provider.forget())

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
/** Bytes: what is held here after the garbage went; what the process takes, its threads included. */
const memory = (): { readonly held: number; readonly resident: number } => {
  collectGarbage()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { held: heapUsed + external, resident: rss }
}

describe('whoever means harm gets one typed answer', () => {
  test.concurrent.each([...hostileRequests, ...hostilePayloads].map((row) => [row.name, row] as const))(
    '%s',
    async (_name, row) => {
      const { running: asked, keys } = row.code === 'BODY_TIMEOUT' ? hurried : whole
      const heard = await say(asked.data.port, row.send({ key: keys.acme, provider: 'tana' }))
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
        await say(running.data.port, row.send({ key: whole.keys.acme, provider: 'tana' }))
    }
    // Two at once: each of the threads for large payloads has grown to what it needs.
    for (let round = 0; round < 2; round += 1) await Promise.all([harm(), harm()])
    const before = memory()
    for (let round = 0; round < 5; round += 1) await Promise.all([harm(), harm()])
    const after = memory()
    expect(after.held - before.held).toBeLessThan(32 * 1024 * 1024)
    expect(after.resident - before.resident).toBeLessThan(256 * 1024 * 1024)
    const body = '{"nom": "Rakoto", "email": "jean@exemple.fr"}'
    expect((await whole.send('/tana/x', { body })).text).toBe(body)
    await vi.waitFor(
      async () => {
        const page = await whole.look<string>('/metrics')
        expect(page).toMatch(/^douane_in_flight 0$/m)
        expect(page).toMatch(/^douane_held_bytes 0$/m)
      },
      { timeout: 60_000 },
    )
  })
})
