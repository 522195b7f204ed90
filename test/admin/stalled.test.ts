/** A reader of an export who takes nothing more: he is let go, and others get theirs. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, expect, test, vi } from 'vitest'
import { exporter } from '../../src/admin/export.ts'
import type { AdminParts } from '../../src/admin/operation.ts'
import { controlPlane } from '../../src/admin/serve.ts'
import { openKeyRing } from '../../src/config/credentials.ts'
import { makeSecrets } from '../../src/config/secrets.ts'
import { openLog } from '../../src/telemetry/log.ts'

const home = mkdtempSync(join(tmpdir(), 'douane-stalled-'))
makeSecrets(home)
const keys = openKeyRing(home)
const [slow, other] = ['slow', 'other'].map((who) => keys.makePersonKey({ who, roles: ['auditor'] }))
/** More than sockets keep for a reader. */
const length = 16 << 20
const exports = exporter(async () => {
  const folder = mkdtempSync(join(home, 'exporting-'))
  writeFileSync(join(folder, 'entries'), Buffer.alloc(length))
  return { folder, records: 1, remove: async () => rmSync(folder, { recursive: true, force: true }) }
})
const looked: string[] = []
const parts = {
  ...{ keys, exports, bodyMs: 3_000, log: openLog('error') },
  looked: async (person: { who: string }) => void looked.push(person.who),
}
const server = createServer(controlPlane(parts as unknown as AdminParts))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(home, { recursive: true, force: true })
})

const asked = (key = ''): string =>
  `GET /v1/audit/export HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${key}\r\n\r\n`

test('blocks the others for a moment alone', async () => {
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
  expect(looked).toEqual(['slow', 'other'])
  stalled.destroy()
})
