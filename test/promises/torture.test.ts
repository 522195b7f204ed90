/** Promise 1 under kill -9: forty gateways are shot under load, over half-years, and every byte that left had its line. */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forget, torture } from '../../bench/torture/run.ts'

test('forty gateways are killed at random moments under load', { timeout: 600_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'douane-torture-'))
  chmodSync(home, 0o711)
  const report = await torture({ home, kills: 40, seed: 20_260_101, own: 0.2, recoveries: 4 })
  expect(report.violations).toEqual([])
  expect(report.kills).toBeGreaterThanOrEqual(40)
  expect(report.checked).toMatchObject({ verify: 0, unlogged: 0, gaps: 0 })
  // Else it has shown nothing: requests were seen, some without their end, and pseudonyms came home.
  expect(report.checked.seen).toBeGreaterThan(40)
  expect(report.checked.ends['unknown']).toBeGreaterThan(0)
  expect(report.load.restored).toBeGreaterThan(0)
  // About half of them were to be hit at a failpoint; some statements come seldom.
  const struck = Object.values(report.failpoints).flatMap((ways) => Object.values(ways))
  expect(struck.length).toBeGreaterThan(5)
  // The clock was set forward under them, and trees were begun and pruned; a backup came back, and was recovered.
  expect(report.edges).toBeGreaterThan(0)
  expect(report.checked.trees).toBeGreaterThan(1)
  expect(report.recoverKills).toBeGreaterThan(1)
  expect(report.recovered).toBeGreaterThan(0)
  forget(home)
})
