/** The command line on a home of its own: as a person runs it, in a process of its own, or quicker, in this one. */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, vi } from 'vitest'
import { run as runLine } from '../../src/cli/run.ts'
import { project } from '../../src/wire/installation.ts'
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

const environment = ({ home, env = {} }: Run): Record<string, string> => ({
  ...{ PATH: process.env['PATH'] ?? '', HOME: tmpdir(), DOUANE_HOME: home },
  ...env,
})

export const start = (args: readonly string[], run: Run) =>
  spawn(process.execPath, [join(project, 'src/main.ts'), ...args], {
    // as bin/douane gives it
    env: { NODE_COMPILE_CACHE: join(project, 'node_modules/.cache/douane'), ...environment(run) },
    cwd: tmpdir(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })

const valueOf = (args: readonly string[], out: string): unknown =>
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

/**
 * Runs a command that reads no standard input in this process, one at a time: the same line, output and exit code as of
 * a process, without the second that a start of Node takes.
 */
export const inHere = async (args: readonly string[], run: Omit<Run, 'input'>): Promise<Ended> => {
  const said = { out: '', err: '' }
  const capture = (to: 'out' | 'err') =>
    vi.spyOn(to === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((part) => {
      said[to] += typeof part === 'string' ? part : Buffer.from(part).toString('utf8')
      return true
    })
  const before = new Set(process.stdout.listeners('error'))
  const captured = [capture('out'), capture('err')]
  try {
    const code = await runLine(args, environment(run))
    return { code, ...said, value: valueOf(args, said.out) }
  } finally {
    for (const one of captured) one.mockRestore()
    for (const one of process.stdout.listeners('error'))
      if (!before.has(one)) process.stdout.off('error', one as () => void)
  }
}

/** An empty folder that PostgreSQL, which runs as somebody else if we are root, can pass. */
export const emptyHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-cli-'))
  chmodSync(home, 0o711)
  afterAll(() => rmSync(home, { recursive: true, force: true }))
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
