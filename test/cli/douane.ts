/** The command line as a person runs it: a process of its own, on a home of its own. */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { project } from '../../src/wire/project.ts'
import { afterwards } from '../afterwards.ts'
import { register } from '../promises/register.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** Of --json. */
  readonly value: any
}

export interface Run {
  readonly home: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Buffer
}

export const environment = ({ home, env = {} }: Run): Record<string, string> => ({
  ...{ PATH: process.env['PATH'] ?? '', HOME: tmpdir(), DOUANE_HOME: home },
  ...env,
})

export const start = (args: readonly string[], run: Run) =>
  spawn(process.execPath, [join(project, 'src/main.ts'), ...args], {
    env: environment(run),
    cwd: tmpdir(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })

export const valueOf = (args: readonly string[], out: string): unknown =>
  args.includes('--json') && out !== '' ? JSON.parse(out) : undefined

/** Runs a command to its end, in a process of its own. */
export const douane = (args: readonly string[], run: Run): Promise<Ended> =>
  new Promise((resolve) => {
    const child = start(args, run)
    const parts = { out: [] as Buffer[], err: [] as Buffer[] }
    child.stdout.on('data', (part: Buffer) => parts.out.push(part))
    child.stderr.on('data', (part: Buffer) => parts.err.push(part))
    child.on('close', (code) => {
      const out = Buffer.concat(parts.out).toString('utf8')
      const err = Buffer.concat(parts.err).toString('utf8')
      resolve({ code, out, err, value: valueOf(args, out) })
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(run.input ?? '')
  })

/** An empty folder that PostgreSQL, which runs as somebody else if we are root, can pass. */
export const emptyHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-cli-'))
  chmodSync(home, 0o711)
  afterwards(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** A policies folder with the shipped pack, our register and these files. */
export const writePolicies = (
  home: string,
  { port = 9, files = {} }: { port?: number; files?: Readonly<Record<string, string>> } = {},
): string => {
  const folder = join(home, 'policies')
  cpSync(join(project, 'policies'), folder, { recursive: true })
  for (const kind of ['clients', 'providers'])
    for (const name of readdirSync(join(folder, 'register', kind)))
      rmSync(join(folder, 'register', kind, name))
  const all = Object.entries(register(port)).map(([path, text]) => [`register/${path}`, text] as const)
  for (const [path, text] of [...all, ...Object.entries(files)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
