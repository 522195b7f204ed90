/** A control plane on a socket whose export is a folder of zeros, made as often as it is asked for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { once } from 'node:events'
import { exporter } from '../../src/admin/export.ts'
import type { AdminParts } from '../../src/admin/operation.ts'
import { controlPlane } from '../../src/admin/serve.ts'
import { openKeyRing } from '../../src/config/credentials.ts'
import { makeSecrets } from '../../src/config/secrets.ts'
import { openLog } from '../../src/telemetry/log.ts'

/** @param length bytes of its one file */
export const openExports = async (length: number, bodyMs: number) => {
  const home = mkdtempSync(join(tmpdir(), 'douane-exports-'))
  makeSecrets(home)
  const keys = openKeyRing(home)
  let made = 0
  const exports = exporter(async () => {
    made += 1
    const folder = mkdtempSync(join(home, 'exporting-'))
    writeFileSync(join(folder, 'entries'), Buffer.alloc(length))
    return { folder, records: 1, remove: async () => rmSync(folder, { recursive: true, force: true }) }
  })
  const looked: string[] = []
  const lines: string[] = []
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString())
      done()
    },
  })
  const parts = {
    ...{ keys, exports, bodyMs, log: openLog('info', sink) },
    looked: async (person: { who: string }) => void looked.push(person.who),
  }
  const server = createServer(controlPlane(parts as unknown as AdminParts))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    key: (who: string): string => keys.makePersonKey({ who, roles: ['auditor'] }),
    looked,
    /** Names of what was logged, and of whom. */
    events: (): string[] =>
      lines.map((line) => {
        const { event, who = '' } = JSON.parse(line) as { event: string; who?: string }
        return `${event} ${who}`
      }),
    made: () => made,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await exports.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
