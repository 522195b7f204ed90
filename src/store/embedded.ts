/**
 * Douane's own PostgreSQL for trials, small firms and tests: unix socket only, durable, stopped cleanly, found
 * again after any death of either process. The recipe and what it guards against: docs/decisions/0004.
 */
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { Misconfigured, codeOf } from '../errors.ts'
import { accountFor, asAccount, isRoot } from './account.ts'
import type { Account } from './account.ts'
import { binariesFor } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { makeCluster, makeFolders, password, socketFolder, superuser } from './cluster.ts'
import { faultOf } from './fault.ts'
import { seize } from './mutex.ts'
import { clearDead, pidFile, running, runsOn, shutDown } from './postmaster.ts'
import type { PidFile } from './postmaster.ts'

export interface EmbeddedOptions {
  /** `DOUANE_HOME`: the server lives in `home/pg`. */
  readonly home: string
  /** The folder of package.json; its owner runs PostgreSQL when we are root. */
  readonly project: string
  /** False for tests only: nothing reaches the disk. */
  readonly durable?: boolean
  /** Where the programs are staged if they cannot run as installed; default `home/pg`. */
  readonly staging?: string
  /** XDG_RUNTIME_DIR, for a home whose path is too long for a socket. */
  readonly runtime?: string
  readonly database?: string
}

/** How to reach the server as one of its roles. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface Embedded {
  /** The socket folder. */
  readonly host: string
  readonly port: number
  /** As the superuser: for migrations only. */
  readonly admin: Connection
  readonly adminUrl: string
  /** Whose disk the watermark watches. */
  readonly data: string
  /** Of the postmaster now: another one after it died and was started again. */
  readonly pid: () => number
  /** A random password kept 0600 beside the data. */
  readonly secret: (name: string) => string
  readonly stop: () => Promise<void>
}

const port = 5432

/**
 * No statement, parameter or detail in the server's log: they hold values (promise 4). Nor errors: their first
 * line may quote one ("invalid input syntax …"); whoever caused it is told, and LOG, FATAL and PANIC stay.
 */
const silent = {
  log_min_messages: 'log',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_duration_statement: '-1',
}
const throwAway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
}

const settings = (sockets: string, durable: boolean): string[] =>
  Object.entries({
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    port: String(port),
    ssl: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // containers give /dev/shm 64 MB
    max_parallel_workers_per_gather: '0',
    ...silent,
    ...(durable ? {} : throwAway),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])

const openLog = (path: string, account: Account): number => {
  if (existsSync(path) && statSync(path).size > 16 << 20) truncateSync(path)
  const log = openSync(path, 'a', 0o600)
  fchmodSync(log, 0o600)
  if (isRoot()) fchownSync(log, account.uid, account.gid)
  return log
}

const lastFatal = (path: string): string =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findLast((line) => /FATAL|PANIC|error while loading/.test(line)) ?? ''

/** Starts the postmaster and waits until its pid file says ready. */
const launch = async (
  folder: string,
  data: string,
  binaries: Binaries,
  account: Account,
  sockets: string,
  durable: boolean,
): Promise<number> => {
  const path = join(folder, 'server.log')
  const log = openLog(path, account)
  const flags = ['-D', data, ...settings(sockets, durable)]
  const { file, args, ...as } = asAccount(account, binaries.postgres, flags, true)
  const env = { LANG: 'C', LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' }
  const child = spawn(file, args, { ...as, cwd: '/', env, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  const state = { ended: false }
  child.once('error', () => (state.ended = true))
  child.once('exit', () => (state.ended = true))
  child.unref()
  for (const end = Date.now() + 120_000; Date.now() < end && !state.ended; await sleep(5)) {
    const file = pidFile(data)
    if (file?.ready === true && file.pid === child.pid) return file.pid
  }
  const last = lastFatal(path)
  throw new Misconfigured(
    `PostgreSQL did not start: ${last} (see ${path})`,
    `PostgreSQL n'a pas démarré : ${last} (voir ${path})`,
  )
}

/** A server that outlived its gateway, once it is ready; null if there is none, or it was just going down. */
const orphan = async (data: string): Promise<PidFile | null> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(5)) {
    const file = running(data)
    if (file === null || file.ready) return file
  }
  throw new Misconfigured(
    `a PostgreSQL on ${data} neither starts nor stops: see its server.log`,
    `un PostgreSQL sur ${data} ne démarre ni ne s'arrête : voir son server.log`,
  )
}

/** A postmaster that died while we live is started again: the ledger refuses meanwhile and goes on by itself. */
const keepUp = (data: string, first: number, begin: () => Promise<number>) => {
  const now = { pid: first, busy: false, beginning: Promise.resolve() }
  const restart = async (): Promise<void> => {
    try {
      now.pid = await begin()
    } catch {
      // the next round tries again
    } finally {
      now.busy = false
    }
  }
  const timer = setInterval(() => {
    if (now.busy || runsOn(now.pid, data)) return
    now.busy = true
    now.beginning = restart()
  }, 500)
  timer.unref()
  return {
    pid: () => now.pid,
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await now.beginning
      await shutDown(now.pid, data)
    },
  }
}

const withClient = async <T>(connection: Connection, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** An orphan that was told to stop at this very moment is started again by keepUp; until then it refuses. */
const patiently = async (work: () => Promise<void>): Promise<void> => {
  for (const end = Date.now() + 15_000; ; await sleep(100)) {
    try {
      return await work()
    } catch (error) {
      if (faultOf(error).kind !== 'lost' || Date.now() > end) throw error
    }
  }
}

const ensureDatabase = async (admin: Connection): Promise<void> => {
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [admin.database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(admin.database)}`)
  })
}

const describe = (
  folder: string,
  data: string,
  account: Account,
  database: string,
  host: string,
  pid: () => number,
  stop: () => Promise<void>,
): Embedded => {
  const admin = { host, port, user: superuser, password: password(folder, 'password', account), database }
  return {
    host,
    port,
    admin,
    adminUrl: `postgres://${admin.user}:${admin.password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    data,
    pid,
    secret: (name) => password(folder, name, account),
    stop,
  }
}

/**
 * Starts the server of this home, or takes over one that outlived its gateway. One process at a time.
 * @throws Misconfigured with what to do
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { home, project, durable = true, database = 'douane' } = options
  const account = accountFor(home, project)
  const folder = makeFolders(home, account, isRoot() && statSync(project).uid === account.uid)
  const mutex = await seize(realpathSync(home))
  if (mutex === null)
    throw new Misconfigured(`another gateway is using ${home}`, `une autre passerelle utilise ${home}`)
  try {
    const binaries = binariesFor(account, options.staging ?? folder)
    const data = makeCluster(folder, binaries, account, durable)
    const found = await orphan(data)
    const host = found?.socketFolder ?? socketFolder(folder, account, options.runtime)
    const begin = async (): Promise<number> => {
      await clearDead(data, host)
      return launch(folder, data, binaries, account, host, durable)
    }
    const server = keepUp(data, found?.pid ?? (await begin()), begin)
    const stop = async (): Promise<void> => {
      await server.stop()
      await mutex.release()
    }
    const embedded = describe(folder, data, account, database, host, server.pid, stop)
    await patiently(() => ensureDatabase(embedded.admin))
    return embedded
  } catch (error) {
    await mutex.release()
    if (error instanceof Misconfigured) throw error
    const code = codeOf(error)
    throw new Misconfigured(
      `The embedded PostgreSQL failed: ${code}`,
      `Le PostgreSQL intégré a échoué : ${code}`,
    )
  }
}

/**
 * The server of this home if a gateway runs it now: for the command line. `stop` leaves it running.
 * @returns null if nothing runs
 */
export const attachEmbedded = ({ home, project, database = 'douane' }: EmbeddedOptions): Embedded | null => {
  const folder = join(home, 'pg')
  const data = join(folder, 'data')
  if (!existsSync(join(data, 'PG_VERSION'))) return null
  const file = running(data)
  if (file === null || !file.ready || !runsOn(file.pid, data)) return null
  return describe(
    folder,
    data,
    accountFor(home, project),
    database,
    file.socketFolder,
    () => file.pid,
    async () => {},
  )
}
