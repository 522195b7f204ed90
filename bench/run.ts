/**
 * `npm run bench`: the whole gateway beside proxies that only forward, A and B in turn, in one run. A figure
 * counts only if every answer was the body that was sent, no original reached the provider, and the log holds an
 * intent and a delivered outcome for every request (design §11); else the run is void, says why, and exits 1.
 *
 *   --quick            a smoke run of less than a minute
 *   --rounds N         default 5      --seconds N   measured seconds a series and round, default 4
 *   --only TEXT[,…]    series whose name or size holds one of these; http-proxy stays as the base of ratios
 *   --cpu-prof FOLDER  profiles of the gateways
 *   --micro            the rooms one by one instead
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type RunningGateway, startGateway } from './gateway.ts'
import type { Ask, Ran } from './load.ts'
import type { PeerKind } from './peer.ts'
import { type Helper, busyCpu, cpuOf, cpuOfFamily, start } from './process.ts'
import type { Arrived } from './provider.ts'
import { type Row, type Sample, base, machine, markdown, rowsOf } from './table.ts'
import { type Size, findings, sizes } from './ticket.ts'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    subjects: { type: 'string' },
    only: { type: 'string', default: '' },
    'cpu-prof': { type: 'string' },
    micro: { type: 'boolean', default: false },
  },
})

const settings = {
  rounds: Number(flags.rounds ?? (flags.quick ? 2 : 5)),
  seconds: Number(flags.seconds ?? (flags.quick ? 0.8 : 4)),
  /** Unmeasured, before each measurement. */
  warmUp: flags.quick ? 0.2 : 1,
  /** Unmeasured, once, before the first round. */
  firstWarmUp: flags.quick ? 0.5 : 4,
  connections: 64,
  /** People whom the warm gateway knows. */
  subjects: Number(flags.subjects ?? (flags.quick ? 500 : 10_000)),
}

interface Series {
  readonly size: Size
  readonly name: string
  readonly pid: number
  readonly postmaster?: number
  readonly gateway?: RunningGateway
  readonly ask: Pick<Ask, 'port' | 'path' | 'headers' | 'draw' | 'expect'>
}

const said = (text: string): void => void process.stderr.write(`${text}\n`)

if (flags.micro) {
  for (const file of ['payload', 'detect', 'policy', 'pseudonym', 'append', 'line']) {
    said(`\n${file}`)
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${file}.ts`)], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exit(1)
  }
  process.exit(0)
}

const wanted = flags.only.split(',').filter((text) => text !== '')
const peerKinds: readonly PeerKind[] = ['http-proxy', 'reply-from', 'koa+undici']
const gatewayKinds = ['warm', 'fresh'] as const
const isWanted = (size: string, name: string): boolean =>
  wanted.length === 0 || wanted.some((text) => name.includes(text) || size === text)

if (
  wanted.length > 0 &&
  !Object.keys(sizes).some((size) => gatewayKinds.some((kind) => isWanted(size, kind)))
) {
  said(`--only names no series of a gateway: ${gatewayKinds.join(', ')}; ${Object.keys(sizes).join(', ')}`)
  process.exit(2)
}

const noProxy = 'no proxy'

const stops: (() => Promise<void>)[] = []
const faults: string[] = []
const samples: Sample[] = []
/** Requests that were sent to each gateway. */
const sentTo = new Map<RunningGateway, number>()
let nextFresh = 0

const load = async (loader: Helper, series: Series, how: Partial<Ask>): Promise<Ran> => {
  const ran = await loader.ask<Ran>({
    ask: {
      ...series.ask,
      size: series.size,
      from: series.ask.draw === 'known' ? settings.subjects : nextFresh,
      connections: settings.connections,
      warmUp: settings.warmUp,
      seconds: settings.seconds,
      ...how,
    } satisfies Ask,
  })
  if (series.ask.draw === 'next') nextFresh = ran.next
  if (series.gateway !== undefined) {
    sentTo.set(series.gateway, (sentTo.get(series.gateway) ?? 0) + ran.sent)
    await series.gateway.quiet()
  }
  if (ran.wrong > 0) faults.push(`${series.size} ${series.name}: ${ran.wrong} wrong answers (${ran.first})`)
  return ran
}

const measure = async (loader: Helper, provider: Helper, series: Series, round: number): Promise<Sample> => {
  const helpers = [loader.pid, provider.pid]
  const cpuNow = (): { own: number; database: number; all: number; busy: number } => {
    const own = cpuOf(series.pid)
    const database = series.postmaster === undefined ? 0 : cpuOfFamily(series.postmaster)
    const others = helpers.reduce((sum, pid) => sum + cpuOf(pid), cpuOf(process.pid))
    return { own, database, all: own + database + others, busy: busyCpu() }
  }
  const began = performance.now()
  const before = cpuNow()
  const ran = await load(loader, series, {})
  const after = cpuNow()
  const took = (performance.now() - began) / 1_000
  const each = (spent: number): number => (spent * 1e6) / ran.sent
  return {
    size: series.size,
    name: series.name,
    round,
    perSecond: ran.perSecond,
    p50: ran.p50,
    p99: ran.p99,
    cpu: each(after.own - before.own),
    databaseCpu: each(after.database - before.database),
    foreign: Math.max(0, after.busy - before.busy - (after.all - before.all)) / took,
  }
}

/** Load process and provider must be faster together than any proxy between them. */
const bottleneck = (rows: readonly Row[]): string =>
  Object.keys(sizes)
    .flatMap((size) => {
      const own = rows.filter((row) => row.size === size)
      const rates = (of: readonly Row[]): number[] => of.map(({ perSecond }) => perSecond.median)
      const alone = Math.max(...rates(own.filter(({ name }) => name === noProxy)))
      const fastest = Math.max(...rates(own.filter(({ name }) => name !== noProxy)))
      return Number.isFinite(alone / fastest)
        ? [
            `\n${size}: load process and provider alone do ${(alone / fastest).toFixed(1)} times the fastest proxy.`,
          ]
        : []
    })
    .join('')

async function main(): Promise<void> {
  const provider = await start('provider.ts')
  stops.push(provider.stop)
  const loader = await start('load.ts')
  stops.push(loader.stop)
  const upstream = `http://127.0.0.1:${provider.port}`

  const starters: ((size: Size) => Series)[] = []
  for (const kind of peerKinds) {
    if (kind !== base && !Object.keys(sizes).some((size) => isWanted(size, kind))) continue
    const peer = await start('peer.ts', [kind, upstream])
    stops.push(peer.stop)
    starters.push((size) => ({
      size,
      name: kind,
      pid: peer.pid,
      ask: { port: peer.port, path: '/tickets', headers: {}, draw: 'next' },
    }))
  }
  // Two gateways, so that what the fresh series brings does not push the known people out of the warm one's cache.
  for (const kind of gatewayKinds) {
    if (!Object.keys(sizes).some((size) => isWanted(size, `gateway ${kind}`))) continue
    said(`starting the ${kind} gateway`)
    const folder = flags['cpu-prof']
    const gateway = await startGateway(
      provider.port,
      folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(folder, kind)}`],
    )
    stops.push(gateway.stop)
    sentTo.set(gateway, 0)
    starters.push((size) => ({
      size,
      name: `gateway ${kind}`,
      pid: gateway.pid,
      postmaster: gateway.postmaster,
      gateway,
      ask: {
        port: gateway.port,
        path: '/to/bench-office/tickets',
        headers: { authorization: `Bearer ${gateway.key}` },
        draw: kind === 'warm' ? 'known' : 'next',
        expect: `douane-restored: ${findings}`,
      },
    }))
  }
  starters.push((size) => ({
    size,
    name: noProxy,
    pid: provider.pid,
    ask: { port: provider.port, path: '/tickets', headers: {}, draw: 'next' },
  }))

  const all = (Object.keys(sizes) as Size[]).flatMap((size) => starters.map((make) => make(size)))
  const sizesWanted = new Set(all.filter(({ size, name }) => isWanted(size, name)).map(({ size }) => size))
  const series = all.filter(
    ({ size, name }) => isWanted(size, name) || (name === base && sizesWanted.has(size)),
  )

  const introduced = new Set<RunningGateway>()
  for (const one of series) {
    said(`warming ${one.size} ${one.name}`)
    if (one.ask.draw === 'known' && one.gateway !== undefined && !introduced.has(one.gateway)) {
      introduced.add(one.gateway)
      await load(loader, one, { draw: 'next', from: 0, requests: settings.subjects })
    }
    await load(loader, one, { warmUp: 0, seconds: settings.firstWarmUp })
  }
  for (let round = 1; round <= settings.rounds; round += 1) {
    // There and back again: nobody always comes after the same neighbour.
    for (const one of round % 2 === 1 ? series : series.toReversed()) {
      const sample = await measure(loader, provider, one, round)
      samples.push(sample)
      said(`round ${round}  ${one.size.padEnd(4)} ${one.name.padEnd(14)} ${sample.perSecond.toFixed(0)}/s`)
    }
  }

  const arrived = await provider.ask<Arrived>()
  const logs = new Map<RunningGateway, Awaited<ReturnType<RunningGateway['counts']>>>()
  for (const gateway of sentTo.keys()) logs.set(gateway, await gateway.counts())
  const guarded = [...sentTo.values()].reduce((sum, sent) => sum + sent, 0)
  if (arrived.leaks > 0) faults.push(`${arrived.leaks} requests brought an original to the provider`)
  if (arrived.unread > 0) faults.push(`the provider could not read ${arrived.unread} requests`)
  if (arrived.guarded !== guarded)
    faults.push(`${guarded} requests were sent to the gateways, ${arrived.guarded} reached the provider`)
  for (const [gateway, log] of logs) {
    const sent = sentTo.get(gateway)
    const { intents, outcomes, delivered, refusals } = log
    if (intents !== sent || outcomes !== sent || delivered !== sent || refusals !== 0)
      faults.push(
        `a log holds ${intents} intents, ${outcomes} outcomes (${delivered} delivered) and ${refusals} refusals of ${sent} requests`,
      )
    if (log.fsync !== 'on') faults.push(`fsync was ${log.fsync}`)
  }

  const rows = rowsOf(samples)
  const on = machine([...logs.values()][0]?.server)
  const result = {
    at: new Date().toISOString(),
    machine: on,
    settings,
    valid: faults.length === 0,
    faults,
    rows,
    samples,
  }
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `gateway-${result.at.replaceAll(/[:.]/g, '-')}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)

  console.log(
    `${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; Node ${on.node}; PostgreSQL ${on.postgres ?? '–'} with fsync; ` +
      `${settings.connections} connections, ${settings.rounds} rounds of ${settings.seconds} s; median (lowest–highest)\n`,
  )
  console.log(markdown(rows))
  console.log(bottleneck(rows))
  const disturbed = Math.max(...samples.map(({ foreign }) => foreign))
  if (disturbed > 0.25)
    console.log(
      `\nDisturbed: others used up to ${disturbed.toFixed(1)} processors; the figures are indicative.`,
    )
  console.log(
    faults.length === 0
      ? `\nValid: ${guarded} requests through the gateways, as many intents and delivered outcomes, no original at the provider, every answer the body that was sent.`
      : `\nVOID:\n${[...new Set(faults)].map((fault) => `- ${fault}`).join('\n')}`,
  )
  console.log(file)
  if (faults.length > 0) process.exitCode = 1
}

const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0).toReversed()) await stop().catch((error: unknown) => said(String(error)))
}
process.once('SIGINT', () => void stopAll().then(() => process.exit(130)))
try {
  await main()
} finally {
  await stopAll()
}
