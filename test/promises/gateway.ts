/** A whole gateway in this process: a fresh home, a database of its own, a register, providers on loopback. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Loader } from '../../src/admin/loader.ts'
import { readSettings } from '../../src/config/settings.ts'
import { openLog } from '../../src/telemetry/log.ts'
import type { Deadlines } from '../../src/store/deadlines.ts'
import { type Running, openGateway } from '../../src/wire/gateway.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { takeUpFolder } from '../../src/wire/policy.ts'
import { afterwards } from '../afterwards.ts'
import { patient } from '../patient.ts'
import { type TestDatabase, freshDatabase } from '../store/database.ts'
import { type Provider, openProvider } from './provider.ts'
import { register } from './register.ts'

export interface Heard {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly text: string
  /** Of a problem. */
  readonly code: string | undefined
  readonly tid: string
}

export interface Ask {
  readonly method?: string
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  readonly type?: string
}

export interface Whole {
  readonly home: string
  readonly installation: Installation
  readonly running: Running
  readonly database: TestDatabase
  readonly provider: Provider
  readonly keys: Readonly<Record<'acme' | 'globex' | 'dpo', string>>
  /** Lines of the process log. */
  readonly lines: string[]
  /** `POST /to{target}` as the client acme, JSON, unless said otherwise. */
  send(target: string, ask?: Ask): Promise<Heard>
  /** The control plane, as the DPO. */
  look<T>(path: string): Promise<T>
  /** Stops this gateway; the database and the home stay. */
  stop(): Promise<void>
}

export interface WholeAsk {
  readonly database?: TestDatabase
  readonly provider?: Provider
  /** A home that is there already. */
  readonly home?: string
  /** Where rabat lives, if on a machine of its own. */
  readonly extra?: Provider
  /** Those that the test is about; besides, nobody is refused because this machine stood still for a moment. */
  readonly deadlines?: Partial<Deadlines>
  /** Lines of douane.yaml. */
  readonly settings?: readonly string[]
  /** Files of policies/, by path, besides or instead. */
  readonly policies?: Readonly<Record<string, string>>
  /** What reads its policies; silent: where it stands. The test stops it. */
  readonly loader?: Loader
  /** What the gateway gets instead of the parts as they were opened. */
  readonly rewire?: (installation: Installation) => Installation
}

const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A home with the shipped pack and our register. */
export const makeHome = (
  port: number,
  { extra, settings = [], policies = {} }: Pick<WholeAsk, 'extra' | 'settings' | 'policies'> = {},
): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-promise-'))
  chmodSync(home, 0o711)
  const folder = join(home, 'policies')
  cpSync(join(project, 'policies'), folder, { recursive: true })
  rmSync(join(folder, 'register'), { recursive: true, force: true })
  writeFiles(join(folder, 'register'), register(port, extra?.port))
  writeFiles(folder, policies)
  const pairs = [port, ...(extra === undefined ? [] : [extra.port])].map((one) => `127.0.0.1:${one}`)
  const lines = [
    'name: promise.example/log',
    'region: FR',
    'log_level: debug',
    'data: {port: 0}',
    'control: {port: 0}',
    `dial_exceptions: ['${pairs.join("', '")}']`,
    ...settings,
  ]
  writeFileSync(join(home, 'douane.yaml'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return home
}

const heard = (
  port: number,
  path: string,
  method: string,
  headers: Readonly<Record<string, string | number>>,
  body: Buffer,
): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const whole = Buffer.concat(parts)
        const named = response.headers as Record<string, string>
        const isProblem = named['content-type']?.startsWith('application/problem+json') === true
        const code = isProblem ? (JSON.parse(whole.toString('utf8')) as { code: string }).code : undefined
        const tid = named['douane-transfer'] ?? ''
        resolve({
          status: response.statusCode ?? 0,
          headers: named,
          body: whole,
          text: whole.toString('utf8'),
          code,
          tid,
        })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** What a client sends to a data plane on this port. */
export const sendTo = (port: number, target: string, ask: Ask & { readonly key: string }): Promise<Heard> => {
  const body = Buffer.from(ask.body ?? '')
  const typed: Record<string, string> =
    body.length === 0 ? {} : { 'content-type': ask.type ?? 'application/json' }
  return heard(
    port,
    `/to${target}`,
    ask.method ?? 'POST',
    { authorization: `Bearer ${ask.key}`, ...typed, 'content-length': body.length, ...ask.headers },
    body,
  )
}

/** Opens it; call it at the top of a file, or in a test. Everything is closed after that. */
export const openWhole = async (ask: WholeAsk = {}): Promise<Whole> => {
  const database = ask.database ?? (await freshDatabase())
  const provider = ask.provider ?? (await openProvider())
  const home = ask.home ?? makeHome(provider.port, ask)
  const lines: string[] = []
  const env = { DATABASE_URL: database.adminUrl, DOUANE_LIMITS_PROVIDER_CONNECT_MS: '20000' }
  const settings = readSettings(env, home)
  const log = openLog('debug', { write: (line) => void lines.push(line) })
  const opened = await openInstallation(settings, {
    allowUnsafe: true,
    deadlines: { ...patient, ...ask.deadlines },
    ...(ask.loader && { loader: ask.loader }),
    onFault: (error) => log['store.unavailable']({ error }),
  })
  await takeUpFolder(opened, join(home, 'policies'), 'test')
  const installation = ask.rewire?.(opened) ?? opened
  const running = await openGateway(installation, log)
  const ring = opened.keyRing
  const keys = {
    acme: ring.makeClientKey('acme'),
    globex: ring.makeClientKey('globex'),
    dpo: ring.makePersonKey({ who: 'dpo', roles: ['dpo', 'auditor', 'author'] }),
  }
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      await running.stop()
      await opened.stop()
    })())
  afterwards(async () => {
    await stop()
    if (ask.provider === undefined) await provider.close()
    if (ask.home === undefined) rmSync(home, { recursive: true, force: true })
  })
  return {
    home,
    installation: opened,
    running,
    database,
    provider,
    keys,
    lines,
    send: (target, given = {}) =>
      sendTo(running.data.port, target, { ...given, key: given.key ?? keys.acme }),
    look: async <T>(path: string): Promise<T> => {
      const answer = await heard(
        running.control.port,
        path,
        'GET',
        { authorization: `Bearer ${keys.dpo}` },
        Buffer.alloc(0),
      )
      return (
        answer.headers['content-type']?.includes('json') === true ? JSON.parse(answer.text) : answer.text
      ) as T
    },
    stop,
  }
}

/** Records of the evidence log, as they are stored. */
export const recordsOf = async (
  { database }: Pick<Whole, 'database'>,
  tid?: string,
): Promise<Record<string, unknown>[]> => {
  const { rows } = await database.superuser.query<{ body: Buffer }>(
    'SELECT body FROM douane.audit_leaf WHERE log = 0 AND ($1::text IS NULL OR tid = $1::uuid) ORDER BY idx',
    [tid ?? null],
  )
  return rows.map(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, unknown>)
}
