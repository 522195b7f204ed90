/** A whole gateway for the bench: a home of its own on disk, `douane serve` as a process, and what its log says afterwards. */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { openKeyRing } from '../src/config/credentials.ts'
import { attachEmbedded } from '../src/store/embedded.ts'
import { kinds } from '../src/store/kinds.ts'
import { client, provider } from './register.ts'

const project = join(import.meta.dirname, '..')

const settings = `name: bench.douane.local/log
region: FR
data: {port: 0}
control: {port: 0}
dial_exceptions: ['127.0.0.1:PORT']
limits: {rate_per_second: 1000000, rate_burst: 1000000, concurrency: 1024, in_flight: 1024, provider_connections: 64}
`

const tmpfs = 0x01021994

/** A folder on a disk: fsync costs nothing in memory. */
const onDisk = (): string => {
  const place = [tmpdir(), project].find((one) => statfsSync(one).type !== tmpfs)
  if (place === undefined) throw new Error('the bench needs a folder on a disk')
  return mkdtempSync(join(place, 'douane-bench-'))
}

function makeHome(providerPort: number): string {
  const home = onDisk()
  // The embedded server may run as another user: it must get through.
  chmodSync(home, 0o711)
  const policies = join(home, 'policies')
  cpSync(join(project, 'policies'), policies, { recursive: true })
  const register = join(policies, 'register')
  rmSync(register, { recursive: true, force: true })
  for (const kind of ['clients', 'providers']) mkdirSync(join(register, kind), { recursive: true })
  writeFileSync(join(register, 'clients/bench.yaml'), client)
  writeFileSync(join(register, 'providers/bench-office.yaml'), provider(providerPort))
  writeFileSync(join(home, 'douane.yaml'), settings.replace('PORT', String(providerPort)), { mode: 0o600 })
  return home
}

/** What the log holds: the validity of every figure hangs on it. */
export interface LogCounts {
  readonly intents: number
  /** Outcomes that closed an intent as `delivered`. */
  readonly delivered: number
  readonly outcomes: number
  readonly refusals: number
  readonly fsync: string
  readonly server: string
}

export interface RunningGateway {
  readonly pid: number
  readonly postmaster: number
  readonly port: number
  readonly key: string
  /** Waits until every leaf is under the tree, so that no work is left over for whoever is measured next. */
  quiet(): Promise<void>
  /** What the log holds once every intent has its outcome; after 15 seconds what it then holds. */
  counts(): Promise<LogCounts>
  stop(): Promise<void>
}

const listening = (text: string, plane: string): number | undefined => {
  const line = text
    .split('\n')
    .find((one) => one.includes('"plane.listening"') && one.includes(`"plane":"${plane}"`))
  return line === undefined ? undefined : (JSON.parse(line) as { port: number }).port
}

/** @param nodeArgs for the gateway's process, e.g. `--cpu-prof` */
export async function startGateway(
  providerPort: number,
  nodeArgs: readonly string[] = [],
): Promise<RunningGateway> {
  const home = makeHome(providerPort)
  const output = join(home, 'output')
  const file = openSync(output, 'w')
  const child = spawn(process.execPath, [...nodeArgs, join(project, 'src/main.ts'), 'serve'], {
    env: { ...process.env, DOUANE_HOME: home, DATABASE_URL: '', DOUANE_DATABASE_URL: undefined },
    stdio: ['ignore', file, file],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    rmSync(home, { recursive: true, force: true })
  }
  const text = (): string => readFileSync(output, 'utf8')
  for (let tries = 0; listening(text(), 'control') === undefined; tries += 1) {
    if (child.exitCode !== null || tries > 600) {
      const said = text()
      await stop()
      throw new Error(`the gateway did not start:\n${said.slice(-2_000)}`)
    }
    await sleep(100)
  }
  const key = openKeyRing(home).makeClientKey('bench')
  // The gateway looks for new keys once a second.
  await sleep(1_100)
  const server = attachEmbedded({ home, project })
  if (server === null) throw new Error('the database of the gateway cannot be found')
  const ask = async <Row extends object>(question: string): Promise<Row> => {
    const database = new Client({ ...server.admin })
    await database.connect()
    try {
      return (await database.query<Row>(question)).rows[0] as Row
    } finally {
      await database.end()
    }
  }
  return {
    pid: child.pid as number,
    postmaster: server.pid(),
    port: listening(text(), 'data') as number,
    key,
    quiet: async () => {
      await until(15, async () => (await ask<{ done: boolean }>(integrated)).done)
    },
    counts: async () => {
      let counts = await ask<LogCounts>(countLog)
      await until(15, async () => {
        counts = await ask<LogCounts>(countLog)
        return counts.intents === counts.outcomes
      })
      return counts
    },
    stop,
  }
}

const until = async (seconds: number, done: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + seconds * 1_000
  while (!(await done()) && Date.now() < end) await sleep(100)
}

const integrated = `
  SELECT head.size = tree.size AS done
  FROM douane.audit_head head JOIN douane.audit_tree tree USING (log) WHERE log = 0`

const countLog = `
  SELECT current_setting('fsync') AS fsync, current_setting('server_version') AS server,
    (count(*) FILTER (WHERE kind = ${kinds.intent}))::int AS intents,
    (count(*) FILTER (WHERE kind = ${kinds.refusal}))::int AS refusals,
    (count(*) FILTER (WHERE kind = ${kinds.outcome}))::int AS outcomes,
    (count(*) FILTER (WHERE kind = ${kinds.outcome}
      AND convert_from(body, 'UTF8')::jsonb ->> 'end' = 'delivered'
      AND EXISTS (SELECT FROM douane.audit_leaf intent WHERE intent.log = 0 AND intent.kind = ${kinds.intent}
        AND intent.tid = leaf.tid AND intent.attempt = leaf.attempt)))::int AS delivered
  FROM douane.audit_leaf leaf WHERE log = 0`
