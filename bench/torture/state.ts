/** What a run leaves for the next one, and what it says at the end: files in the folder of the torture. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Attempts, type Noted, openAttempts } from './attempts.ts'
import type { Plan } from './failpoints.ts'
import type { Sight } from './provider.ts'

export interface Kill {
  readonly n: number
  /** The instance had its own server, shared one, or it was the server itself that was shot, or `audit recover`. */
  readonly at: 'own' | 'shared' | 'postmaster' | 'recover'
  readonly phase: 'starting' | 'serving'
  /** Milliseconds since its start, or since it served. */
  readonly ms: number
  /** Requests that clients were waiting for, and that the provider had in hand. */
  readonly clients: number
  readonly provider: number
  /** By its own hand, or after this fault was played. */
  readonly plan?: Plan
}

/** Counted over all runs of this folder. */
export interface State {
  readonly seed: number
  runs: number
  kills: number
  postmasterKills: number
  recoverKills: number
  /** Restored databases whose log was recovered and verified. */
  recovered: number
  /** Half-years that have begun. */
  edges: number
  stops: number
  failedStarts: number
  milliseconds: number
  /** Failpoints planned so far, and those of `audit recover`. */
  planned: number
  plannedRecover: number
  answers: number
  restored: number
  lost: number
  readonly refused: Record<string, number>
  readonly violations: string[]
  /** Public keys of the log, noted when the folder was made: what an auditor pins. */
  pins: string[]
}

export interface Folder {
  readonly state: State
  readonly sights: readonly Sight[]
  readonly notForwarded: ReadonlySet<string>
  readonly delivered: readonly string[]
  readonly kills: readonly Kill[]
  readonly attempts: Attempts
  addSights(some: readonly Sight[]): void
  addTold(notForwarded: readonly string[], delivered: readonly string[]): void
  addKill(kill: Kill): void
  save(): void
  path(name: string): string
}

const linesOf = <T>(path: string): T[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T)
    : []

const append = (path: string, some: readonly unknown[]): void => {
  if (some.length > 0) appendFileSync(path, `${some.map((one) => JSON.stringify(one)).join('\n')}\n`)
}

export const openFolder = (root: string, seed: number): Folder => {
  mkdirSync(root, { recursive: true, mode: 0o711 })
  const path = (name: string): string => join(root, name)
  const state: State = {
    seed,
    ...{ runs: 0, kills: 0, postmasterKills: 0, recoverKills: 0, recovered: 0, edges: 0 },
    ...{ stops: 0, failedStarts: 0, milliseconds: 0, planned: 0, plannedRecover: 0 },
    ...{ answers: 0, restored: 0, lost: 0, refused: {}, violations: [], pins: [] },
    ...(existsSync(path('state.json'))
      ? (JSON.parse(readFileSync(path('state.json'), 'utf8')) as Partial<State>)
      : {}),
  }
  const sights = linesOf<Sight>(path('seen.ndjson'))
  const told = linesOf<{ no?: string; done?: string }>(path('told.ndjson'))
  const notForwarded = new Set(told.flatMap(({ no }) => (no === undefined ? [] : [no])))
  const delivered = told.flatMap(({ done }) => (done === undefined ? [] : [done]))
  const kills = linesOf<Kill>(path('kills.ndjson'))
  return {
    state,
    sights,
    notForwarded,
    delivered,
    kills,
    attempts: openAttempts(linesOf<Noted>(path('attempts.ndjson')), (lines) =>
      append(path('attempts.ndjson'), lines),
    ),
    addSights(some) {
      for (const one of some) sights.push(one)
      append(path('seen.ndjson'), some)
    },
    addTold(no, done) {
      for (const tid of no) notForwarded.add(tid)
      delivered.push(...done)
      append(path('told.ndjson'), [...no.map((tid) => ({ no: tid })), ...done.map((tid) => ({ done: tid }))])
    },
    addKill(kill) {
      kills.push(kill)
      append(path('kills.ndjson'), [kill])
    },
    save: () => writeFileSync(path('state.json'), `${JSON.stringify(state, null, 1)}\n`),
    path,
  }
}
