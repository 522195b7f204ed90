/** The processes of the bench: started, asked, counted in processor time, ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface Helper {
  readonly pid: number
  readonly port: number
  /** Sends a question and waits for its answer. */
  ask<T>(question?: object): Promise<T>
  stop(): Promise<void>
}

const gone = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', () => done()))

/** Forks a file of this folder; it says its port once it is ready. */
export async function start(file: string, args: readonly string[] = []): Promise<Helper> {
  const child = fork(join(import.meta.dirname, file), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const died = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`${file} ${args[0] ?? ''} ended with ${code}`)))
  })
  died.catch(() => {})
  const { port } = await Promise.race([
    new Promise<{ port: number }>((done) => child.once('message', done as (message: unknown) => void)),
    died,
  ])
  let asked = 0
  return {
    pid: child.pid as number,
    port,
    ask: <T>(question: object = {}) => {
      const id = (asked += 1)
      const answer = new Promise<T>((done) => {
        const hear = (message: unknown): void => {
          const heard = message as { id: number; value: T }
          if (heard.id !== id) return
          child.off('message', hear)
          done(heard.value)
        }
        child.on('message', hear)
      })
      child.send({ id, ...question })
      return Promise.race([answer, died])
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await gone(child)
    },
  }
}

const ticksPerSecond = 100

/** Fields of /proc/PID/stat from the third on: the second, the name, may hold blanks. */
const stat = (pid: number | string): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Seconds of processor time of a process, dead children that it waited for included. NaN where there is no /proc. */
export function cpuOf(pid: number): number {
  try {
    const fields = stat(pid)
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / ticksPerSecond
  } catch {
    return NaN
  }
}

/** The same for a process and its living children: a postmaster with its backends. */
export function cpuOfFamily(pid: number): number {
  try {
    const children = readdirSync('/proc').filter((name) => {
      try {
        return /^\d+$/.test(name) && Number(stat(name)[1]) === pid
      } catch {
        return false
      }
    })
    return [pid, ...children.map(Number)].reduce((sum, one) => sum + (cpuOf(one) || 0), 0)
  } catch {
    return NaN
  }
}

/** Seconds that all processors together were busy since the machine started. */
export function busyCpu(): number {
  try {
    const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] as string).split(/ +/)
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields.map(Number)
    return (user + nice + system + irq + softirq) / ticksPerSecond
  } catch {
    return NaN
  }
}
