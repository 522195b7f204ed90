/**
 * The database comes back from an old backup: `audit recover` is killed at each of its steps, again and again, until it
 * is through. Then the log verifies, says which records may be missing, and what the provider saw has its intent in what
 * is left or in what the log says is gone.
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import { Misconfigured } from '../../src/errors.ts'
import { type Embedded, startEmbedded } from '../../src/store/embedded.ts'
import { unhurried } from '../../src/store/deadlines.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { followClock } from './clock.ts'
import { type Plan, isServerDeath, recoverPlans } from './failpoints.ts'
import { copyHome } from './home.ts'
import { startInstance } from './instance.ts'
import { type Field, shot } from './life.ts'

const before = 'torture_before'
const restored = 'torture_restored'
const reason = 'the disk was lost, the backup of the night came back'

const asAdmin = async (server: Embedded, statements: readonly string[]): Promise<void> => {
  const client = new Client({ ...server.admin, database: 'postgres' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const text of statements) await client.query(text)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const copied = (from: string, to: string): string[] => [
  `DROP DATABASE IF EXISTS ${escapeIdentifier(to)} WITH (FORCE)`,
  `CREATE DATABASE ${escapeIdentifier(to)} TEMPLATE ${escapeIdentifier(from)}`,
]

/** The backup. Nobody else may be connected. */
export const backUp = (server: Embedded): Promise<void> =>
  asAdmin(server, copied(server.admin.database, before))

interface Drill {
  readonly field: Field
  readonly server: Embedded
  readonly home: string
  readonly url: string
}

/** The backup comes back; what was signed since is known to the anchor alone. */
const restore = async ({ field, server, home }: Drill): Promise<void> => {
  await asAdmin(server, copied(before, restored))
  cpSync(join(field.home, 'anchor'), join(home, 'anchor'))
}

const opened = <T>({ home, url }: Drill, use: (installation: Installation) => Promise<T>): Promise<T> =>
  openInstallation(readSettings({ DATABASE_URL: url }, home), { deadlines: unhurried }).then((installation) =>
    use(installation).finally(() => installation.stop()),
  )

/** @returns `through`, or `killed`: the process or its server died */
const recover = async (drill: Drill, plan?: Plan): Promise<'through' | 'killed'> => {
  const { field, home, url, server } = drill
  const { folder, cache } = field
  const began = performance.now()
  const command = startInstance({
    ...{ home, cache, url, plan, clock: folder.path('clock'), data: server.data },
    command: ['audit', 'recover', '--reason', reason],
  })
  const { code, signal } = await command.ended
  const struck = command.struck()
  if (struck && plan !== undefined) {
    shot(field, 'recover', 'serving', performance.now() - began, plan)
    if (isServerDeath(plan.how)) await untilUp(server)
    if (code !== 0) return 'killed'
  } else if (code !== 0)
    folder.state.violations.push(`audit recover ended with ${code ?? signal}: ${command.said().slice(-300)}`)
  return 'through'
}

const untilUp = async (server: Embedded): Promise<void> => {
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    const up = await asAdmin(server, ['SELECT 1']).then(
      () => true,
      () => false,
    )
    if (up) return
    await new Promise((go) => setTimeout(go, 100))
  }
}

/** What is wrong with the recovered log. */
const faultsOf = (drill: Drill): Promise<string[]> =>
  opened(drill, async (installation) => {
    const { folder } = drill.field
    const faults: string[] = []
    const { trees } = installation
    const shards = await trees.shards('evidence')
    const edge = shards.findLast(({ end }, i) => end !== undefined && (shards[i + 1]?.base ?? end) > end)
    const kept = edge?.end ?? Number.POSITIVE_INFINITY
    if (edge === undefined) faults.push('the recovered log does not say what is missing')
    const pool = installation.database.pool('douane_gateway', { max: 1, statementMs: 120_000 })
    const { rows } = await pool.query<{ idx: string; tid: string | null }>(
      'SELECT idx, tid FROM douane.audit_leaf WHERE log = 0 AND kind = 1',
    )
    const there = new Map(rows.map(({ idx, tid }) => [Number(idx), tid?.replaceAll('-', '')]))
    const covered = new Set<string>()
    for (const { tid, index } of folder.attempts.all.values())
      if (index >= kept || (there.has(index) && (there.get(index) ?? tid) === tid)) covered.add(tid)
    for (const { tid } of folder.sights)
      if (!covered.has(tid)) faults.push(`${tid}: was seen, and is neither in the recovered log nor given up`)
    const { verdict: inside } = await checkStore(installation)
    for (const { level, where, what } of inside.findings)
      if (level !== 'note') faults.push(`the recovered store: ${where} ${what}`)
    const out = folder.path('recovered')
    rmSync(out, { recursive: true, force: true })
    await exportTo(installation, { out, withAccess: true })
    const { exit, findings } = await verifyBundle(out, folder.state.pins.join('\n'))
    const told = findings.filter(({ level }) => level !== 'note')
    for (const { level, where, what } of told)
      if (level !== 'incomplete' || !what.includes('may be missing'))
        faults.push(`the recovered export: ${where} ${what}`)
    if (exit !== 2 || told.length === 0) faults.push(`the recovered export verifies with ${exit}, not with 2`)
    return faults
  })

/** A gateway does not start on a database that has lost records. */
const refused = async (drill: Drill): Promise<string[]> => {
  try {
    await opened(drill, async () => undefined)
    return ['a database that has lost records was opened']
  } catch (error) {
    if (error instanceof Misconfigured && error.message.includes('audit recover')) return []
    throw error
  }
}

/**
 * Plays so many kills of `audit recover`, as many restored databases as that takes, and judges each recovered log.
 * The backup is of the beginning of this stretch of kills, the anchor of its end.
 */
export const drill = async (field: Field, kills: number): Promise<void> => {
  const { state } = field.folder
  const home = `${field.home}-restored`
  const server = await startEmbedded({ home: field.home, project })
  const real = followClock(field.folder.path('clock'))
  try {
    copyHome(field.home, home, field.provider.port)
    const url = server.adminUrl.replace(`/${server.admin.database}?`, `/${restored}?`)
    const one: Drill = { field, server, home, url }
    for (let done = 0; done < kills;) {
      await restore(one)
      state.violations.push(...(await refused(one)))
      for (let over = false; !over;) {
        const plan = recoverPlans[state.plannedRecover % recoverPlans.length]
        const go = done < kills && plan !== undefined
        if (go) {
          done += 1
          state.plannedRecover += 1
        }
        over =
          (await recover(one, go ? { ...plan, nth: 1 + (state.recovered % 2) } : undefined)) === 'through'
      }
      state.violations.push(...(await faultsOf(one)))
      state.recovered += 1
    }
  } catch (error) {
    state.violations.push(`recovering broke off: ${String(error).slice(0, 300)}`)
  } finally {
    await asAdmin(
      server,
      [restored, before].map((name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    )
    real()
    await server.stop()
  }
}
