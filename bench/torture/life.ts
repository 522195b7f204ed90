/** One life of a gateway under load: it starts, serves, and ends by a shot, by its own hand, or by being asked to. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pidFile, runsOn } from '../../src/store/postmaster.ts'
import type { Chance } from './chance.ts'
import type { Edges } from './edge.ts'
import { type Plan, isDeath, isServerDeath } from './failpoints.ts'
import { type Instance, startInstance } from './instance.ts'
import type { Load } from './load.ts'
import type { Provider } from './provider.ts'
import type { Folder, Kill } from './state.ts'

export interface Field {
  readonly folder: Folder
  readonly load: Load
  readonly provider: Provider
  readonly chance: Chance
  /** The next place to be hit at; undefined: this life ends by chance. */
  readonly nextPlan: () => Plan | undefined
  readonly home: string
  readonly cache: string
  readonly edges: Edges
}

const count = {
  own: 'kills',
  shared: 'kills',
  postmaster: 'postmasterKills',
  recover: 'recoverKills',
} as const

export const shot = (
  field: Pick<Field, 'folder' | 'load' | 'provider'>,
  at: Kill['at'],
  phase: Kill['phase'],
  ms: number,
  plan?: Plan,
): void => {
  const { state } = field.folder
  field.folder.addKill({
    n: (state[count[at]] += 1),
    at,
    phase,
    ms: Math.round(ms),
    clients: field.load.inFlight(),
    provider: field.provider.inHand(),
    ...(plan === undefined ? {} : { plan }),
  })
}

/** So long a planned place may be waited for: heartbeats come each five seconds, edges each second, the rest sooner. */
const patienceMs = ({ point }: Plan): number =>
  point.startsWith('beside: the heartbeat') ? 6_000 : point.startsWith('edge: ') ? 4_000 : 2_500

/** Waits until the planned fault was played, and what becomes of it; a death ends the wait by itself. */
const meet = async (field: Field, instance: Instance, plan: Plan): Promise<void> => {
  const over = { is: false }
  void instance.ended.then(() => (over.is = true))
  const end = performance.now() + patienceMs(plan)
  while (!over.is && !instance.struck() && performance.now() < end) await pause(20)
  if (isDeath(plan.how)) await Promise.race([instance.ended, pause(500)])
  else await Promise.race([instance.ended, pause(field.chance.between(0, 700))])
}

/** An instance that its plan has shot the server of says so in its note. */
const watchServer = async (field: Field, instance: Instance, plan: Plan): Promise<void> => {
  const over = { is: false }
  void instance.ended.then(() => (over.is = true))
  while (!over.is && !instance.struck()) await pause(10)
  if (!instance.struck()) return
  lastServerShot = Date.now()
  shot(field, 'postmaster', 'serving', 0, plan)
}

/** @param shared server; without it the instance has its own */
export const live = async (
  field: Field,
  home: string,
  shared?: { readonly url: string; readonly data: string },
): Promise<void> => {
  const { chance, load, folder, cache, provider, edges } = field
  const at = shared === undefined ? 'own' : 'shared'
  const plan = field.nextPlan()
  // each start begins with pruning: then there shall be something
  if (shared !== undefined && plan?.point.startsWith('prune: ') === true) await edges.begin(shared)
  const began = performance.now()
  const instance = startInstance({
    ...{ home, cache, url: shared?.url, clock: folder.path('clock'), plan, provider: provider.port },
    data: shared?.data ?? join(home, 'pg/data'),
  })
  if (plan !== undefined && isServerDeath(plan.how)) void watchServer(field, instance, plan)
  const early = plan === undefined && chance.often(0.15)
  if (early) {
    const first = await Promise.race([instance.ready, pause(chance.between(0, 2_000), 'time' as const)])
    if (first === 'time') {
      shot(field, at, 'starting', performance.now() - began)
      instance.kill('SIGKILL')
      return void (await instance.ended)
    }
  }
  const port = await instance.ready
  if (port === undefined) {
    const { signal } = await instance.ended
    if (signal === 'SIGKILL' && instance.struck())
      return shot(field, at, 'starting', performance.now() - began, plan)
    return startFailed(instance, folder)
  }
  const ready = performance.now()
  load.ports.add(port)
  if (plan === undefined) {
    // Most die young: a moment is as good as another, and a start costs more than a life.
    await pause(chance.often(0.8) ? chance.between(10, 500) : chance.between(500, 2_500))
    if (chance.often(0.3)) await Promise.race([provider.next(), pause(300)])
  } else {
    if (plan.point.startsWith('edge: ')) await edges.begin(shared ?? { home })
    await meet(field, instance, plan)
  }
  if (at === 'own' && chance.often(0.08)) shootServer(field, join(home, 'pg/data'))
  if (plan === undefined && chance.often(0.1)) {
    instance.kill('SIGTERM')
    await pause(chance.between(0, 30))
    load.ports.delete(port)
    return stopped(instance, folder)
  }
  instance.kill('SIGKILL')
  load.ports.delete(port)
  const { code, signal } = await instance.ended
  if (signal !== 'SIGKILL')
    folder.state.violations.push(`it ended by itself with ${code ?? signal}: ${instance.said().slice(-300)}`)
  const met = instance.struck() && plan !== undefined && !isServerDeath(plan.how) ? plan : undefined
  shot(field, at, 'serving', performance.now() - ready, met)
}

let lastServerShot = 0

/** The server was being shot, or a statement of the start: that is an operator's error message, never a crash. */
const startFailed = async (instance: Instance, { state }: Folder): Promise<void> => {
  const { code, signal } = await instance.ended
  state.failedStarts += 1
  const hit = instance.struck() || Date.now() - lastServerShot < 20_000
  if (code !== 2 || !hit)
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

export const shootServer = (field: Field, data: string): void => {
  const pid = pidFile(data)?.pid
  if (pid === undefined || !runsOn(pid, data)) return
  lastServerShot = Date.now()
  process.kill(pid, 'SIGKILL')
  shot(field, 'postmaster', 'serving', 0)
}
