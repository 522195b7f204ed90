/** A gateway, or a command, as a child process: started as an operator would, and ended in every way that there is. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { project } from '../../src/wire/project.ts'
import type { Plan } from './failpoints.ts'
import type { Asked } from './struck.ts'

export interface Instance {
  readonly pid: number
  /** Port of the data plane once it serves; undefined if it ended before. */
  readonly ready: Promise<number | undefined>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  readonly kill: (signal: NodeJS.Signals) => void
  /** The last of what it wrote to standard error. */
  readonly said: () => string
  /** The planned fault was played. */
  readonly struck: () => boolean
}

export interface InstanceAsk {
  readonly home: string
  /** Folder for compiled code, so that a start takes half the time. */
  readonly cache: string
  /** DATABASE_URL; without it the instance starts and stops its own server. */
  readonly url?: string | undefined
  /** File of the clock; without it the time is the machine's, and nothing is played. */
  readonly clock?: string
  /** Folder of the server's data, for a plan that the server dies of. */
  readonly data?: string
  /** Hits itself there. */
  readonly plan?: Plan | undefined
  /** Port of the provider, for a plan. */
  readonly provider?: number
  /** Of the command line; `serve` if it is silent. */
  readonly command?: readonly string[]
}

const preload = join(import.meta.dirname, 'struck.ts')

export const startInstance = (ask: InstanceAsk): Instance => {
  const { home, cache, url, command = ['serve'], plan, provider, clock, data = '' } = ask
  const note = `${home}.struck`
  rmSync(note, { force: true })
  const { PATH, HOME, TMPDIR } = process.env
  const env: NodeJS.ProcessEnv = {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    NODE_COMPILE_CACHE: cache,
    DOUANE_HOME: home,
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    ...(clock === undefined
      ? {}
      : { TORTURE_PLAN: JSON.stringify({ clock, plan, note, provider, data } satisfies Asked) }),
  }
  const loaded = clock === undefined ? [] : ['--import', preload]
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', ...loaded],
      ...[join(project, 'src/main.ts'), ...command, '--json'],
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let errors = ''
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  const ready = new Promise<number | undefined>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      appendFileSync(`${home}.log`, chunk)
      out = `${out}${chunk.toString('utf8')}`.slice(-20_000)
      const port = /"data": "http:\/\/127\.0\.0\.1:(\d+)"/.exec(out)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
    void ended.then(() => resolve(undefined))
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    appendFileSync(`${home}.log`, chunk)
    errors = `${errors}${chunk.toString('utf8')}`.slice(-2_000)
  })
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    kill: (signal) => void child.kill(signal),
    said: () => errors,
    struck: () => existsSync(note),
  }
}
