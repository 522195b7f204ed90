/**
 * Promise 1 under torture: gateways under load are shot at random moments, again and again, while a provider that
 * counts bytes stands at the other end. Two ways of living are tortured: instances that share one PostgreSQL, and
 * one instance with its own, which dies with it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openPool } from '../../src/store/pool.ts'
import { type Embedded, startEmbedded } from '../../src/store/embedded.ts'
import { pidFile, runsOn } from '../../src/store/postmaster.ts'
import { project } from '../../src/wire/installation.ts'
import { type Chance, openChance } from './chance.ts'
import { type Checked, check, pinsOf } from './check.ts'
import { copyHome, makeKeys, prepareHome } from './home.ts'
import { type Instance, startInstance } from './instance.ts'
import { type Load, openLoad } from './load.ts'
import { mark } from './payloads.ts'
import { type Provider, openProvider } from './provider.ts'
import { type Folder, type Kill, openFolder } from './state.ts'

export interface TortureAsk {
  /** Folder of the torture; what an earlier run left there goes on. */
  readonly home: string
  /** Gateways to shoot in this run. */
  readonly kills: number
  readonly seed: number
  /** Share of them that have a server of their own. */
  readonly own?: number
  /** Instances at a time that share one server. */
  readonly slots?: number
  readonly callers?: number
  /** Checks come this often, in kills, besides the one at the end. */
  readonly every?: number
  readonly say?: (line: string) => void
}

export interface Report {
  readonly seed: number
  readonly runs: number
  readonly kills: number
  readonly postmasterKills: number
  readonly stops: number
  readonly failedStarts: number
  readonly seconds: number
  /** Where the shots fell. */
  readonly moments: Readonly<Record<string, number>>
  readonly load: {
    readonly answers: number
    readonly restored: number
    readonly lost: number
    readonly refused: Readonly<Record<string, number>>
  }
  readonly checked: Checked
  readonly violations: readonly string[]
}

interface Field {
  readonly folder: Folder
  readonly load: Load
  readonly provider: Provider
  readonly chance: Chance
  readonly home: string
  readonly cache: string
}

const shot = (field: Field, at: Kill['at'], phase: Kill['phase'], ms: number): void => {
  const { state } = field.folder
  if (at === 'postmaster') state.postmasterKills += 1
  else state.kills += 1
  field.folder.addKill({
    n: at === 'postmaster' ? state.postmasterKills : state.kills,
    at,
    phase,
    ms: Math.round(ms),
    clients: field.load.inFlight(),
    provider: field.provider.inHand(),
  })
}

/** One life: it starts, serves, and ends by a shot or (sometimes) by being asked to. */
const live = async (field: Field, home: string, at: 'own' | 'shared', url?: string): Promise<void> => {
  const { chance, load, folder } = field
  const began = performance.now()
  const instance = startInstance(home, field.cache, url)
  const early = chance.often(0.15)
  if (early) {
    const first = await Promise.race([instance.ready, pause(chance.between(0, 2_000), 'time' as const)])
    if (first === 'time') {
      shot(field, at, 'starting', performance.now() - began)
      instance.kill('SIGKILL')
      return void (await instance.ended)
    }
  }
  const port = await instance.ready
  if (port === undefined) return startFailed(instance, folder)
  const ready = performance.now()
  load.ports.add(port)
  // Most die young: a moment is as good as another, and a start costs more than a life.
  await pause(chance.often(0.8) ? chance.between(10, 500) : chance.between(500, 2_500))
  if (chance.often(0.3)) await Promise.race([field.provider.next(), pause(300)])
  if (at === 'own' && chance.often(0.08)) shootServer(field, join(home, 'pg/data'))
  if (chance.often(0.1)) {
    instance.kill('SIGTERM')
    await pause(chance.between(0, 30))
    load.ports.delete(port)
    return stopped(instance, folder)
  }
  shot(field, at, 'serving', performance.now() - ready)
  instance.kill('SIGKILL')
  load.ports.delete(port)
  await instance.ended
}

let lastServerShot = 0

/** The server was being shot: that is an operator's error message, never a crash. */
const startFailed = async (instance: Instance, { state }: Folder): Promise<void> => {
  const { code, signal } = await instance.ended
  state.failedStarts += 1
  const shotNow = Date.now() - lastServerShot < 20_000
  if (code !== 2 || !shotNow)
    state.violations.push(`a start ended with ${code ?? signal}: ${instance.said().slice(-300)}`)
  await pause(200)
}

const stopped = async (instance: Instance, { state }: Folder): Promise<void> => {
  state.stops += 1
  const patience = new AbortController()
  const late = pause(45_000, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const)
  const end = await Promise.race([instance.ended, late])
  patience.abort()
  if (end === 'late') {
    state.violations.push('SIGTERM did not end the gateway in 45 s')
    instance.kill('SIGKILL')
    await instance.ended
  } else if (end.code !== 0) {
    state.violations.push(
      `after SIGTERM it ended with ${end.code ?? end.signal}: ${instance.said().slice(-300)}`,
    )
  }
}

const shootServer = (field: Field, data: string): void => {
  const pid = pidFile(data)?.pid
  if (pid === undefined || !runsOn(pid, data)) return
  lastServerShot = Date.now()
  process.kill(pid, 'SIGKILL')
  shot(field, 'postmaster', 'serving', 0)
}

/** Instances that share the server of this process, each beginning again as soon as it has died. */
const shared = async (
  field: Field,
  server: Embedded,
  slots: number,
  port: number,
  until: number,
): Promise<void> => {
  const { state } = field.folder
  const homes = Array.from({ length: slots }, (_, i) => `${field.home}-${i + 1}`)
  for (const home of homes) copyHome(field.home, home, port)
  const now = { over: false }
  // A life that may still end by a shot counts as one, so that together they never shoot too many.
  let living = 0
  const slot = async (home: string): Promise<void> => {
    while (state.kills + living < until) {
      living += 1
      await live(field, home, 'shared', server.adminUrl).finally(() => (living -= 1))
    }
  }
  const shooting = (async () => {
    while (!now.over) {
      await pause(field.chance.between(4_000, 20_000), undefined, { ref: false })
      if (!now.over) shootServer(field, server.data)
    }
  })()
  await Promise.all(homes.map(slot))
  now.over = true
  void shooting
}

/** The whole torture, from what the folder holds. */
export const torture = async (ask: TortureAsk): Promise<Report> => {
  const {
    home: root,
    kills,
    seed,
    own = 0.1,
    slots = 3,
    callers = 12,
    every = 250,
    say = () => undefined,
  } = ask
  const began = performance.now()
  const folder = openFolder(root, seed)
  const { state } = folder
  const home = folder.path('home')
  state.runs += 1
  const chance = openChance(seed + state.kills * 7_919)
  const witness: Witness = { ask: undefined }
  const provider = await openProvider({
    chance: openChance(seed + 1),
    onFirst: (tid) => committedBefore(tid, witness, folder),
    leaks: (target, text) =>
      !target.startsWith('/near/') && (text.includes(mark) || /E-\d{8}|FR\d{2}3000400812/.test(text)),
  })
  prepareHome(home, provider.port)
  const key = makeKeys(home)
  if (state.pins.length === 0) state.pins = await pinsOf(home)
  const load = openLoad(callers, key, openChance(seed + 2 + state.kills))
  const field: Field = { folder, load, provider, chance, home, cache: folder.path('cache') }
  const target = state.kills + kills
  let checked: Checked | undefined
  const book = (): void => keepBook(field)
  const clerk = setInterval(book, 1_000)
  const told = setInterval(
    () =>
      say(
        `${state.kills}/${target} kills, ${folder.sights.length} requests seen, ${load.told.answers} answers`,
      ),
    10_000,
  )
  while (state.kills < target) {
    const goal = Math.min(target, state.kills + every)
    const apart = Math.max(goal < target ? 0 : 1, Math.round((goal - state.kills) * own))
    if (goal - apart > state.kills) {
      const server = await startEmbedded({ home, project })
      const watcher = openWitness(server)
      witness.ask = watcher.ask
      await shared(field, server, slots, provider.port, goal - apart)
      witness.ask = undefined
      await watcher.close()
      await server.stop()
    }
    while (state.kills < goal) await live(field, home, 'own')
    if (goal === target) await load.stop()
    book()
    folder.save()
    say(`${state.kills} kills: waiting for the sweeper, then checking`)
    checked = await check(home, folder)
    state.violations.push(...checked.violations)
    say(
      `checked ${checked.intents} intents, ${checked.seen} seen by the provider: ${state.violations.length} violations`,
    )
  }
  clearInterval(clerk)
  clearInterval(told)
  await provider.close()
  checked ??= await check(home, folder)
  state.milliseconds += Math.round(performance.now() - began)
  folder.save()
  return report(folder, checked)
}

const keepBook = ({ folder, load, provider }: Field): void => {
  const { state } = folder
  const { told } = load
  folder.addSights(provider.take())
  folder.addTold(told.notForwarded.splice(0), told.delivered.splice(0))
  state.violations.push(...told.wrong.splice(0))
  state.answers += told.answers
  state.restored += told.restored
  state.lost += told.lost
  told.answers = 0
  told.restored = 0
  told.lost = 0
  for (const [code, times] of Object.entries(told.refused))
    state.refused[code] = (state.refused[code] ?? 0) + times
  told.refused = {}
}

interface Witness {
  ask: ((tid: string) => Promise<boolean | undefined>) | undefined
}

/** When the head of a request is there, its intent must be: asked at once, on a connection of our own. */
const committedBefore = async (tid: string, witness: Witness, { state }: Folder): Promise<void> => {
  if ((await witness.ask?.(tid)) === false)
    state.violations.push(`${tid}: its first byte came, and its intent was not committed`)
}

const openWitness = (server: Embedded) => {
  const pool = openPool(server.admin, { max: 4, statementMs: 2_000 })
  return {
    /** Undefined: the server is being shot, nobody can say. */
    ask: async (tid: string): Promise<boolean | undefined> => {
      try {
        // An open one: earlier attempts of the same transfer were closed as not sent.
        const { rowCount } = await pool.query(
          `SELECT FROM douane.audit_leaf i WHERE log = 0 AND kind = 1 AND tid = $1 AND NOT EXISTS (SELECT
            FROM douane.audit_leaf o WHERE o.log = 0 AND o.kind = 2 AND o.tid = i.tid AND o.attempt = i.attempt)`,
          [tid],
        )
        return rowCount === 1
      } catch {
        return undefined
      }
    },
    close: () => pool.end(),
  }
}

const report = (folder: Folder, checked: Checked): Report => {
  const { state, kills } = folder
  const moments: Record<string, number> = {}
  const count = (what: string): void => void (moments[what] = (moments[what] ?? 0) + 1)
  for (const { at, phase, ms, clients, provider } of kills) {
    count(`${at}, ${phase}`)
    if (at === 'postmaster') continue
    if (phase === 'serving')
      count(ms < 100 ? 'after < 0.1 s' : ms < 500 ? 'after 0.1–0.5 s' : 'after > 0.5 s')
    if (clients > 0) count('clients were waiting')
    if (provider > 0) count('the provider had requests in hand')
  }
  const { seed, runs, kills: total, postmasterKills, stops, failedStarts, milliseconds } = state
  const { answers, restored, lost, refused, violations } = state
  const whole: Report = {
    ...{ seed, runs, kills: total, postmasterKills, stops, failedStarts },
    seconds: Math.round(milliseconds / 1000),
    moments,
    load: { answers, restored, lost, refused },
    checked,
    violations: [...new Set(violations)],
  }
  writeFileSync(folder.path('report.json'), `${JSON.stringify(whole, null, 2)}\n`)
  return whole
}

/** Removes a folder of the torture. */
export const forget = (root: string): void => rmSync(root, { recursive: true, force: true })

export const readReport = (root: string): Report =>
  JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as Report
