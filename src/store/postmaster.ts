/** One running PostgreSQL as the kernel and its pid file show it: is it there, is it ready, is it gone. */
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

export interface PidFile {
  readonly pid: number
  readonly socketFolder: string
  readonly ready: boolean
}

/** postmaster.pid, by line: pid, data folder, start time, port, socket folder, address, shared memory, status. */
export const pidFile = (data: string): PidFile | null => {
  const lines = text(join(data, 'postmaster.pid')).split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' } : null
}

/** Is this pid a live postgres whose folder is `data`? A zombie or a pid that another program got is not. */
export const runsOn = (pid: number, data: string): boolean => {
  const stat = text(`/proc/${pid}/stat`)
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  if (stat === '' || state === 'Z' || state === 'X') return false
  if (text(`/proc/${pid}/comm`).trim() !== 'postgres') return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    return false
  }
}

/** The postmaster that runs on this folder, or null. */
export const running = (data: string): PidFile | null => {
  const file = pidFile(data)
  return file !== null && runsOn(file.pid, data) ? file : null
}

const backends = (data: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && runsOn(pid, data))

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // already gone
  }
}

/**
 * Once the postmaster is dead: ends backends that outlived it (else the shared memory stays in use and no
 * start succeeds) and removes its pid file and the lock of its socket, whose pid may still be a zombie's or
 * already another program's. Never touches a live postmaster.
 */
export const clearDead = async (data: string, sockets?: string): Promise<void> => {
  if (running(data) !== null) return
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (let tries = 0; tries < 100; tries++) {
      const left = backends(data)
      if (left.length === 0) break
      if (tries === 0) for (const pid of left) signal(pid, name)
      await sleep(20)
    }
  }
  rmSync(join(data, 'postmaster.pid'), { force: true })
  if (sockets === undefined) return
  for (const name of readdirSync(sockets).filter((one) => /^\.s\.PGSQL\.\d+\.lock$/.test(one)))
    rmSync(join(sockets, name), { force: true })
}

/** SIGINT (fast, clean) and, after 30 s, SIGQUIT (crash-safe). Never SIGKILL: it would leave backends behind. */
export const shutDown = async (pid: number, data: string): Promise<void> => {
  for (const [name, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (runsOn(pid, data)) signal(pid, name)
    for (const end = Date.now() + patience; Date.now() < end; await sleep(5)) {
      if (!runsOn(pid, data)) return
    }
  }
}
