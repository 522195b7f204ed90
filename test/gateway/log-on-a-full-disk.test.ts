import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const log = join(import.meta.dirname, '../../src/telemetry/log.ts')
const program = `
  const { openLog } = await import(${JSON.stringify(log)})
  const log = openLog('info')
  for (let i = 0; i < 3; i++) {
    log['process.stopping']({ signal: 'SIGTERM' })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  process.exitCode = 7
`

/** full(4): every write to /dev/full fails with ENOSPC. */
test('a gateway whose log file has no room left goes on', () => {
  const full = openSync('/dev/full', 'w')
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 100_000,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  })
  closeSync(full)
  expect(run.stderr).not.toContain('ENOSPC')
  expect(run.status).toBe(7)
})
