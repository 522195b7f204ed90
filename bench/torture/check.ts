/**
 * What must hold whenever the dust has settled: everything that the provider saw has a line that was there
 * before, every line has its end, nobody was told a lie, and the exported log verifies with the pinned keys.
 */
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { verifyBundle } from '../../src/audit/verify.ts'
import { unhurried } from '../../src/store/deadlines.ts'
import { exportTo } from '../../src/wire/export.ts'
import { readSettings } from '../../src/config/settings.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { lastShard } from '../../src/wire/edge.ts'
import { openKeeping } from '../../src/wire/rounds.ts'
import type { Attempt } from './attempts.ts'
import { followClock } from './clock.ts'
import type { Folder } from './state.ts'

export interface Checked {
  readonly intents: number
  readonly ends: Readonly<Record<string, number>>
  readonly records: number
  /** Of the log of transfers: one a half-year. */
  readonly trees: number
  /** Intents and outcomes whose bytes went. */
  readonly pruned: number
  readonly seen: number
  readonly partly: number
  /** Seen by the provider without a committed intent. */
  readonly unlogged: number
  /** Indices that no record has. */
  readonly gaps: number
  readonly verify: number
  readonly violations: readonly string[]
}

const openIntents = `SELECT count(*)::int AS n FROM douane.audit_leaf i WHERE i.log = 0 AND i.kind = 1 AND i.body <> ''
  AND NOT EXISTS (SELECT FROM douane.audit_leaf o WHERE o.log = 0 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)`

/** Waits for the sweeper and the integrator, as they are, to be done with what the dead left. */
const settle = async (pool: Pool, installation: Installation): Promise<string[]> => {
  let open = 0
  for (const end = Date.now() + 300_000; Date.now() < end; await pause(200)) {
    open = (await pool.query<{ n: number }>(openIntents)).rows[0]?.n ?? 0
    if (open > 0) continue
    const { trees } = installation
    const { n, base } = await lastShard(trees, 'evidence')
    const { size } = await trees.treesOf(n).tree('evidence')
    if (base + size === (await trees.head('evidence')).size) return []
  }
  return [open > 0 ? `${open} intents were never closed` : 'the log was never integrated to its end']
}

/** What was noted is still there, each with its bytes or pruned. */
const stored = async (pool: Pool) => {
  const { rows } = await pool.query<{ intents: number; outcomes: number; pruned: number }>(
    `SELECT count(*) FILTER (WHERE kind = 1)::int AS intents, count(*) FILTER (WHERE kind = 2)::int AS outcomes,
      count(*) FILTER (WHERE body = '')::int AS pruned FROM douane.audit_leaf WHERE log = 0 AND kind IN (1, 2)`,
  )
  return rows[0] ?? { intents: 0, outcomes: 0, pruned: 0 }
}

const gapsOf = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ n: string }>(
    'SELECT coalesce(max(idx) + 1 - count(*), 0) AS n FROM douane.audit_leaf WHERE log = 0',
  )
  return Number(rows[0]?.n)
}

const compare = (attempts: readonly Attempt[], folder: Folder): string[] => {
  const faults: string[] = []
  const ends = new Map<string, (string | null)[]>()
  for (const { tid, end } of attempts) ends.set(tid, [...(ends.get(tid) ?? []), end])
  const seen = new Map<string, number>()
  for (const { tid, leaked } of folder.sights) {
    seen.set(tid, (seen.get(tid) ?? 0) + 1)
    if (leaked === true) faults.push(`${tid}: an original arrived at the offshore provider`)
  }
  for (const [tid, times] of seen) {
    if (tid === '') faults.push(`${times} requests came without a whole head: nobody answers for their bytes`)
    else if (!ends.has(tid)) faults.push(`${tid}: the provider saw it, and it has no intent`)
    else if (ends.get(tid)?.at(-1) === 'not_sent')
      faults.push(`${tid}: the provider saw it, and the log says not sent`)
    if (tid !== '' && times > 1) faults.push(`${tid}: was sent ${times} times`)
    if (folder.notForwarded.has(tid)) faults.push(`${tid}: the client was told that it did not leave`)
  }
  for (const { tid, attempt, end } of attempts) {
    if (end === null) faults.push(`${tid}/${attempt}: has no outcome`)
    if ((end === 'delivered' || end === 'provider_error') && !seen.has(tid))
      faults.push(`${tid}: ${end}, and the provider never saw it`)
  }
  for (const tid of folder.delivered)
    if (!ends.has(tid)) faults.push(`${tid}: was answered, and it has no intent`)
  return faults
}

/** Opens the installation with nothing else running, waits, compares, exports and verifies: under the clock of the torture. */
export const check = async (home: string, folder: Folder): Promise<Checked> => {
  const real = followClock(folder.path('clock'))
  return checked(home, folder).finally(real)
}

const checked = async (home: string, folder: Folder): Promise<Checked> => {
  const installation = await openInstallation(readSettings({}, home), { deadlines: unhurried })
  try {
    const keeping = await openKeeping(installation, openLog('silent'))
    const pool = installation.database.pool('douane_gateway', { max: 1, statementMs: 120_000 })
    const violations = await settle(pool, installation)
    const broken = keeping.brokenBecause()
    if (broken !== null) violations.push(broken)
    violations.push(...(await folder.attempts.note(pool)))
    const attempts = [...folder.attempts.all.values()]
    violations.push(...compare(attempts, folder))
    const { intents, outcomes, pruned } = await stored(pool)
    if (intents !== attempts.length || outcomes !== attempts.filter(({ end }) => end !== null).length)
      violations.push(
        `the log has ${intents} intents and ${outcomes} outcomes, of ${attempts.length} attempts`,
      )
    await keeping.stop()
    const out = folder.path('export')
    rmSync(out, { recursive: true, force: true })
    await exportTo(installation, { out, withAccess: true })
    const verdict = await verifyBundle(out, folder.state.pins.join('\n'))
    if (verdict.exit !== 0) {
      const why = verdict.findings.slice(0, 5).map(({ where, what }) => `${where} ${what}`)
      violations.push(`the exported log does not verify (${verdict.exit}): ${why.join('; ')}`)
    }
    const gaps = await gapsOf(pool)
    if (gaps > 0) violations.push(`${gaps} indices of the log have no record`)
    const logged = new Set(attempts.map(({ tid }) => tid))
    const ends: Record<string, number> = {}
    for (const { end } of attempts) ends[end ?? 'none'] = (ends[end ?? 'none'] ?? 0) + 1
    return {
      intents: attempts.length,
      ends,
      records: (await installation.trees.head('evidence')).size,
      trees: (await installation.trees.shards('evidence')).length,
      pruned,
      seen: new Set(folder.sights.map(({ tid }) => tid)).size,
      partly: folder.sights.filter(({ whole }) => !whole).length,
      unlogged: new Set(folder.sights.filter(({ tid }) => !logged.has(tid)).map(({ tid }) => tid)).size,
      gaps,
      verify: verdict.exit,
      violations,
    }
  } finally {
    await installation.stop()
  }
}

/** The keys that an auditor would note on the first day. */
export const pinsOf = async (home: string): Promise<string[]> => {
  const installation = await openInstallation(readSettings({}, home), { deadlines: unhurried })
  const pins = Object.values(installation.vkeys)
  await installation.stop()
  return pins
}
