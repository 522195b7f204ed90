/**
 * `node bench/verify.ts [RECORDS] [--pin FILE BUNDLE]`: how long an auditor's laptop takes for an export, and how much
 * memory. The bundle is made in a temporary folder by another process, so that its memory is not counted.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyBundle } from '../src/audit/verify.ts'

const records = Number(process.argv[2] ?? 200_000)

const make = async (home: string): Promise<void> => {
  const { aLog, pinText } = await import('../test/audit/world.ts')
  const { writeBundle } = await import('../src/audit/bundle.ts')
  const { keys } = await import('../test/audit/forge.ts')
  // of seven transfers one is refused: 13 records
  const { store } = await aLog(Math.ceil((records * 7) / 13))
  await writeBundle(store, { out: join(home, 'bundle'), made: new Date(), ...keys })
  writeFileSync(join(home, 'pin'), pinText)
}

if (process.argv[3] !== undefined) await make(process.argv[3])
else {
  const home = mkdtempSync(join(tmpdir(), 'douane-verify-'))
  try {
    execFileSync(process.execPath, [import.meta.filename, String(records), home])
    const [began, cpu] = [performance.now(), process.cpuUsage()]
    const verdict = await verifyBundle(join(home, 'bundle'), readFileSync(join(home, 'pin'), 'utf8'))
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const size = verdict.logs[0]?.size ?? 0
    if (verdict.exit !== 0) throw new Error(`the bundle does not verify: ${verdict.exit}`)
    console.log(
      `${size} records  ${seconds.toFixed(1)} s wall  ${((user + system) / 1e6).toFixed(1)} s processor  ` +
        `${Math.round(size / seconds)} records/s  ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
