/** Rounds become rows, rows become a table in markdown. */
import { cpus, totalmem } from 'node:os'
import type { Size } from './ticket.ts'

/** One series measured once. */
export interface Sample {
  readonly size: Size
  readonly name: string
  readonly round: number
  readonly perSecond: number
  /** Milliseconds, at saturation: 64 connections in a closed loop. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor time a request: the proxy's process, its database's. NaN where unknown. */
  readonly cpu: number
  readonly databaseCpu: number
  /** Processors that others on this machine used meanwhile. */
  readonly foreign: number
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export interface Row {
  readonly size: Size
  readonly name: string
  readonly perSecond: Spread
  /** To `base` of the same size and round, round by round. */
  readonly ratio: Spread | null
  readonly p50: Spread
  readonly p99: Spread
  readonly cpu: Spread
  readonly databaseCpu: Spread
  readonly foreign: Spread
}

export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? NaN
  const median = sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2
  return { median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN }
}

/** What every other series is a ratio of. */
export const base = 'http-proxy'

export function rowsOf(samples: readonly Sample[]): Row[] {
  const groups = Map.groupBy(samples, ({ size, name }) => `${size} ${name}`)
  return [...groups.values()].map((group) => {
    const { size, name } = group[0] as Sample
    const spread = (of: (sample: Sample) => number): Spread => spreadOf(group.map(of))
    const ratios = group.flatMap(({ round, perSecond }) => {
      const peer = groups.get(`${size} ${base}`)?.find((one) => one.round === round)
      return peer === undefined ? [] : [perSecond / peer.perSecond]
    })
    return {
      size,
      name,
      perSecond: spread(({ perSecond }) => perSecond),
      ratio: ratios.length === 0 ? null : spreadOf(ratios),
      p50: spread(({ p50 }) => p50),
      p99: spread(({ p99 }) => p99),
      cpu: spread(({ cpu }) => cpu),
      databaseCpu: spread(({ databaseCpu }) => databaseCpu),
      foreign: spread(({ foreign }) => foreign),
    }
  })
}

const show = (value: number, places = 0): string => (Number.isNaN(value) ? '–' : value.toFixed(places))
const ranged = (of: Spread, places = 0): string =>
  `${show(of.median, places)} (${show(of.min, places)}–${show(of.max, places)})`

export function markdown(rows: readonly Row[]): string {
  const head = [
    'body',
    'series',
    'requests/s',
    `× ${base}`,
    'p50 ms',
    'p99 ms',
    'CPU µs',
    'database µs',
    'foreign CPU',
  ]
  const body = rows.map((row) => [
    row.size,
    row.name,
    ranged(row.perSecond),
    row.ratio === null ? '–' : ranged(row.ratio, 2),
    ranged(row.p50, 1),
    ranged(row.p99, 0),
    show(row.cpu.median),
    row.databaseCpu.median > 0 ? show(row.databaseCpu.median) : '–',
    show(row.foreign.median, 1),
  ])
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly postgres?: string
}

export const machine = (postgres?: string): Machine => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  ...(postgres === undefined ? {} : { postgres }),
})
