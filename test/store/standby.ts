/** A real standby of the embedded server: a base backup of its files, streaming replication, synchronous if asked, promoted. */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  readFileSync,
  appendFileSync,
  chownSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { accountFor, asAccount } from '../../src/store/account.ts'
import { binariesFor } from '../../src/store/binaries.ts'
import type { Embedded } from '../../src/store/embedded.ts'
import { pidFile } from '../../src/store/postmaster.ts'
import { project } from '../../src/wire/project.ts'

const asked = async (connection: object, ...texts: readonly string[]) => {
  const client = new Client({ ...connection })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const answers = []
    for (const text of texts) answers.push((await client.query<Record<string, unknown>>(text)).rows[0])
    return answers
  } finally {
    await client.end()
  }
}

export interface Standby {
  /** The folder of its socket. */
  readonly host: string
  /** Ends being a standby; what the primary acknowledged to a synchronous one is there. */
  promote(): Promise<void>
  stop(): Promise<void>
}

/** Copies, starts and waits until it streams; from then on the primary waits for it at each commit. */
export const openStandby = async (primary: Embedded, home: string, folder: string): Promise<Standby> => {
  const data = join(folder, 'data')
  const account = accountFor(home, project)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  appendFileSync(join(primary.data, 'pg_hba.conf'), '\nlocal replication all scram-sha-256\n')
  const backup = new Client({ ...primary.admin })
  await backup.connect()
  for (const text of [
    `ALTER SYSTEM SET wal_keep_size = '256MB'`,
    'SELECT pg_reload_conf()',
    `SELECT pg_backup_start('test', true)`,
  ])
    await backup.query(text)
  cpSync(primary.data, data, { recursive: true, preserveTimestamps: true })
  const { rows } = await backup.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)')
  await backup.end()
  rmSync(join(data, 'postmaster.pid'), { force: true })
  rmSync(join(data, 'postmaster.opts'), { force: true })
  const { user, password } = primary.admin
  const write = (name: string, text: string): void => writeFileSync(join(data, name), text, { mode: 0o600 })
  write('backup_label', rows[0]!.labelfile)
  write('standby.signal', '')
  write(
    'postgresql.auto.conf',
    `primary_conninfo = 'host=${primary.host} port=${primary.port} user=${user} password=${password} application_name=standby'\nwal_keep_size = '256MB'\n`,
  )
  for (const entry of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, entry)
    if (process.getuid?.() === 0 && statSync(path).uid !== account.uid)
      chownSync(path, account.uid, account.gid)
  }
  chmodSync(data, 0o700)
  const log = openSync(join(folder, 'log'), 'a')
  const { postgres } = binariesFor(account, home)
  const { file, args, ...as } = asAccount(
    account,
    postgres,
    ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`, '-c', 'port=5432'],
    true,
  )
  const child = spawn(file, args, {
    ...as,
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', log, log],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  while (pidFile(data)?.ready !== true && child.exitCode === null) await pause(20)
  await asked(
    primary.admin,
    `ALTER SYSTEM SET synchronous_standby_names = 'standby'`,
    'SELECT pg_reload_conf()',
  )
  for (let streams = 0; streams !== 1; await pause(50)) {
    const [row] = await asked(
      primary.admin,
      `SELECT count(*)::int AS n FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'`,
    )
    streams = Number(row?.['n'])
    if (child.exitCode !== null)
      throw new Error(`the standby did not start: ${readFileSync(join(folder, 'log'), 'utf8').slice(-500)}`)
  }
  return {
    host: folder,
    promote: async () => {
      // it must not wait for a standby of its own
      await asked({ ...primary.admin, host: folder }, 'SELECT pg_promote(true, 60)')
    },
    stop: async () => {
      child.kill('SIGINT')
      await ended
    },
  }
}

/** One address for whichever server is in charge: what a virtual address or a service name is elsewhere. */
export const openSwitch = async (host: string) => {
  let now = host
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const other = connect(join(now, '.s.PGSQL.5432'))
    for (const [a, b] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(a)
      a.on('error', () => undefined)
      a.on('close', () => {
        sockets.delete(a)
        b.destroy()
      })
      a.pipe(b)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    to(next: string): void {
      now = next
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => void server.close(done))
    },
  }
}
