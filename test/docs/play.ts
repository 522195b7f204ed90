/** Runs the shell blocks of one document in a temporary home, on free ports, one after the other. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { moved } from './blocks.ts'

export const root = resolve(import.meta.dirname, '../..')

export interface Ran {
  readonly code: number
  /** Both outputs, as a terminal would show them. */
  readonly printed: string
}

export interface Started {
  readonly printed: () => string
  /** Until a line of that form is printed. @throws if the command ends before */
  readonly until: (form: RegExp) => Promise<void>
  readonly stop: () => Promise<number>
}

export interface Stage {
  /** A text of the document, as it holds in this home and today. */
  here(text: string): string
  run(script: string, folder?: string): Promise<Ran>
  start(script: string, folder?: string): Started
  close(): Promise<void>
}

/** The day from which the examples of the documents hold for a year. */
const since = '2026-02-10'

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'douane-docs-'))
  // As root, PostgreSQL runs as another user: it must be able to pass.
  chmodSync(folder, 0o711)
  symlinkSync(join(root, 'bin'), join(folder, 'bin'))
  const home = join(folder, 'home')
  const [data, control] = [await freePort(), await freePort()]
  const { DOUANE_HOME: _, DATABASE_URL: __, ...env } = process.env
  const carried = join(folder, 'exported.sh')
  const running = new Set<Started>()

  const begin = (script: string, cwd: string): { child: ChildProcess; printed: () => string } => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: {
        ...env,
        DOUANE_HOME: home,
        DOUANE_DATA_PORT: String(data),
        DOUANE_CONTROL_PORT: String(control),
        NO_COLOR: '1',
        // The documents are in English, whoever runs them.
        LC_ALL: 'C.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (printed += String(part)))
    return { child, printed: () => printed }
  }
  const ended = (child: ChildProcess): Promise<number> =>
    new Promise((done) => {
      if (child.exitCode !== null) return done(child.exitCode)
      child.once('close', (code) => done(code ?? 128))
    })

  return {
    here: (text) =>
      moved(text, since, new Date())
        .replaceAll('/srv/douane', home)
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${data}`)
        .replaceAll('127.0.0.1:8081', `127.0.0.1:${control}`),
    async run(script, cwd = folder) {
      const around = `test ! -e ${carried} || . ${carried}\n${script}\nexport -p > ${carried}\n`
      const { child, printed } = begin(around, cwd)
      return { code: await ended(child), printed: printed() }
    },
    start(script, cwd = folder) {
      const around = `test ! -e ${carried} || . ${carried}\nexec ${script}\n`
      const { child, printed } = begin(around, cwd)
      const end = ended(child)
      const started: Started = {
        printed,
        async until(form) {
          while (!form.test(printed())) {
            if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${printed()}`)
            await sleep(50)
          }
        },
        async stop() {
          child.kill('SIGTERM')
          const code = await end
          running.delete(started)
          return code
        },
      }
      running.add(started)
      return started
    },
    async close() {
      await Promise.all([...running].map((each) => each.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const documentOf = (path: string): string => readFileSync(join(root, path), 'utf8')
