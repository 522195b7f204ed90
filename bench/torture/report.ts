/** What a torture has shown: for report.json, and for the screen. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checked } from './check.ts'
import { plans } from './failpoints.ts'
import type { Folder } from './state.ts'

type Counts = Record<string, number>

export interface Report {
  readonly seed: number
  readonly runs: number
  readonly kills: number
  readonly postmasterKills: number
  /** Of `audit recover`, and how many restored databases it has brought through all the same. */
  readonly recoverKills: number
  readonly recovered: number
  /** Half-years that have begun under running gateways. */
  readonly edges: number
  readonly stops: number
  readonly failedStarts: number
  readonly seconds: number
  /** Where the shots fell. */
  readonly moments: Readonly<Counts>
  /** Place, and way to be hit there → how often that was the end of a gateway, or of its server. */
  readonly failpoints: Readonly<Record<string, Readonly<Counts>>>
  /** Likewise of `audit recover`. */
  readonly recoverFailpoints: Readonly<Record<string, Readonly<Counts>>>
  readonly load: {
    readonly answers: number
    readonly restored: number
    readonly lost: number
    readonly refused: Readonly<Counts>
  }
  readonly checked: Checked
  readonly violations: readonly string[]
}

const more = (counts: Counts, what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)

const momentsOf = ({ kills }: Folder): Counts => {
  const moments: Counts = {}
  for (const { at, phase, ms, clients, provider } of kills) {
    more(moments, `${at}, ${phase}`)
    if (at === 'postmaster' || at === 'recover') continue
    if (phase === 'serving')
      more(moments, ms < 100 ? 'after < 0.1 s' : ms < 500 ? 'after 0.1–0.5 s' : 'after > 0.5 s')
    if (clients > 0) more(moments, 'clients were waiting')
    if (provider > 0) more(moments, 'the provider had requests in hand')
  }
  return moments
}

const failpointsOf = ({ kills }: Folder): Record<string, Counts> => {
  const struck: Record<string, Counts> = {}
  for (const { point } of plans) struck[point] ??= {}
  for (const { at, plan } of kills)
    if (plan !== undefined && at !== 'recover') more((struck[plan.point] ??= {}), plan.how)
  return struck
}

const recoverFailpointsOf = ({ kills }: Folder): Record<string, Counts> => {
  const struck: Record<string, Counts> = {}
  for (const { at, plan } of kills)
    if (plan !== undefined && at === 'recover') more((struck[plan.point] ??= {}), plan.how)
  return struck
}

export const makeReport = (folder: Folder, checked: Checked): Report => {
  const { seed, runs, kills, postmasterKills, recoverKills, recovered, edges } = folder.state
  const { stops, failedStarts, milliseconds } = folder.state
  const { answers, restored, lost, refused, violations } = folder.state
  const whole: Report = {
    ...{ seed, runs, kills, postmasterKills, recoverKills, recovered, edges, stops, failedStarts },
    seconds: Math.round(milliseconds / 1000),
    moments: momentsOf(folder),
    failpoints: failpointsOf(folder),
    recoverFailpoints: recoverFailpointsOf(folder),
    load: { answers, restored, lost, refused },
    checked,
    violations: [...new Set(violations)],
  }
  writeFileSync(folder.path('report.json'), `${JSON.stringify(whole, null, 2)}\n`)
  return whole
}

export const readReport = (root: string): Report =>
  JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as Report

const counted = (counts: Readonly<Counts>): string =>
  Object.entries(counts)
    .map(([what, n]) => `${n} ${what}`)
    .join(', ')

/** Lines for the screen. */
export const told = ({
  kills,
  postmasterKills,
  recoverKills,
  recovered,
  edges,
  recoverFailpoints,
  runs,
  seconds,
  moments,
  failpoints,
  load,
  checked,
  violations,
}: Report) => {
  const width = Math.max(...Object.keys(failpoints).map(({ length }) => length))
  const byPlace = (places: typeof failpoints) =>
    Object.entries(places).map(([point, ways]) => {
      const all = Object.values(ways).reduce((sum, n) => sum + n, 0)
      return `  ${point.padEnd(width)} ${String(all).padStart(5)}   ${counted(ways)}`
    })
  return [
    `${kills} gateways killed, ${postmasterKills} servers, in ${runs} runs of ${seconds} s together`,
    ...Object.entries(moments).map(([what, n]) => `  ${what.padEnd(width)} ${String(n).padStart(5)}`),
    'killed at, or after a fault at:',
    ...byPlace(failpoints),
    `audit recover killed ${recoverKills} times, ${recovered} restored databases brought through:`,
    ...byPlace(recoverFailpoints),
    `${edges} half-years began; the log has ${checked.trees} trees of ${checked.records} records, ${checked.pruned} of them pruned`,
    `the provider saw ${checked.seen} transfers (${checked.partly} in part); the log has ${checked.intents} intents: ${counted(checked.ends)}`,
    `seen without a committed intent: ${checked.unlogged}; gaps in the log: ${checked.gaps}; the export verifies: ${checked.verify === 0 ? 'yes' : 'NO'}`,
    `clients: ${load.answers} answers, ${load.restored} restored, ${load.lost} lost; refused: ${counted(load.refused)}`,
    `${violations.length} violations`,
    ...violations.slice(0, 20).map((one) => `  ${one}`),
  ]
}
