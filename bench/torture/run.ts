/**
 * Promise 1 under torture: gateways under load are shot at random moments, again and again, while a provider that
 * counts bytes stands at the other end. Two ways of living are tortured: instances that share one PostgreSQL, and
 * one instance with its own, which dies with it.
 */
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openPool } from '../../src/store/pool.ts'
import { type Embedded, startEmbedded } from '../../src/store/embedded.ts'
import { project } from '../../src/wire/project.ts'
import { type Chance, openChance } from './chance.ts'
import { type Checked, check, pinsOf } from './check.ts'
import { backUp, drill } from './drill.ts'
import { openEdges } from './edge.ts'
import { type Plan, plans } from './failpoints.ts'
import { copyHome, makeKeys, prepareHome } from './home.ts'
import { type Field, live, shootServer } from './life.ts'
import { openLoad } from './load.ts'
import { mark } from './payloads.ts'
import { openProvider } from './provider.ts'
import { type Report, makeReport } from './report.ts'
import { type Folder, openFolder } from './state.ts'

export interface TortureAsk {
  /** Folder of the torture; what an earlier run left there goes on. */
  readonly home: string
  /** Gateways to shoot in this run. */
  readonly kills: number
  readonly seed: number
  /** Share of them that have a server of their own. */
  readonly own?: number
  /** Share of them that are hit at a failpoint, each in turn in each way; the others die by chance. */
  readonly failpoints?: number
  /** Instances at a time that share one server. */
  readonly slots?: number
  readonly callers?: number
  /** Checks come this often, in kills, besides the one at the end. */
  readonly every?: number
  /** Kills of `audit recover` at each check. */
  readonly recoveries?: number
  readonly say?: (line: string) => void
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
      await live(field, home, { url: server.adminUrl, data: server.data }).finally(() => (living -= 1))
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

/** Every failpoint in every way, in an order of its own per seed; the next run of the same folder goes on in it. */
const planner = ({ state }: Folder, chance: Chance, share: number) => {
  const order = openChance(state.seed)
  const shuffled = plans
    .map((plan) => ({ plan, at: order.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ plan }) => plan)
  return (): Plan | undefined => {
    if (!chance.often(share)) return undefined
    const next = shuffled[state.planned % shuffled.length]
    state.planned += 1
    return next === undefined
      ? undefined
      : { ...next, nth: chance.often(0.5) ? 1 : Math.ceil(chance.between(1, 4)) }
  }
}

/** The whole torture, from what the folder holds. */
export const torture = async (ask: TortureAsk): Promise<Report> => {
  const {
    home: root,
    kills,
    seed,
    own = 0.1,
    failpoints = 0.5,
    slots = 3,
    callers = 12,
    every = 250,
    recoveries = 12,
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
  const nextPlan = planner(folder, chance, failpoints)
  const field: Field = {
    folder,
    load,
    provider,
    chance,
    nextPlan,
    home,
    cache: folder.path('cache'),
    edges: openEdges(folder, home),
  }
  const target = state.kills + kills
  let checked: Checked | undefined
  const book = (): void => keepBook(field)
  const clerk = setInterval(book, 1_000)
  const told = setInterval(
    () =>
      say(
        `${state.kills}/${target} kills (${folder.kills.filter(({ plan }) => plan !== undefined).length} at failpoints), ${folder.sights.length} requests seen, ${state.answers + load.told.answers} answers`,
      ),
    10_000,
  )
  while (state.kills < target) {
    const goal = Math.min(target, state.kills + every)
    const apart = Math.max(goal < target ? 0 : 1, Math.round((goal - state.kills) * own))
    const backedUp = goal - apart > state.kills
    if (backedUp) {
      const server = await startEmbedded({ home, project })
      await backUp(server)
      const watcher = openWitness(server)
      witness.ask = watcher.ask
      await shared(field, server, slots, provider.port, goal - apart)
      witness.ask = undefined
      await watcher.close()
      await server.stop()
    }
    while (state.kills < goal) await live(field, home)
    if (goal === target) await load.stop()
    book()
    folder.save()
    say(`${state.kills} kills: waiting for the sweeper, then checking`)
    checked = await check(home, folder)
    state.violations.push(...checked.violations)
    for (const one of checked.violations.slice(0, 5)) say(`  ${one}`)
    say(
      `checked ${checked.intents} intents, ${checked.seen} seen by the provider: ${state.violations.length} violations`,
    )
    if (backedUp) {
      say('the backup of the beginning comes back: recovering it')
      await drill(field, recoveries)
    }
  }
  clearInterval(clerk)
  clearInterval(told)
  await provider.close()
  checked ??= await check(home, folder)
  state.milliseconds += Math.round(performance.now() - began)
  folder.save()
  return makeReport(folder, checked)
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

/** Removes a folder of the torture. */
export const forget = (root: string): void => rmSync(root, { recursive: true, force: true })
