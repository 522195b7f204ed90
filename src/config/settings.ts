/** Settings: DOUANE_HOME/douane.yaml, each also as `DOUANE_…`; read → check → freeze. Secrets are apart. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import type { ErrorObject } from 'ajv'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { Misconfigured } from '../errors.ts'
import { checkListening } from './listen-address.ts'
import { settingsSchema } from './settings-schema.ts'

export interface Plane {
  readonly host: string
  readonly port: number
}

/** Sizes in bytes, times in milliseconds; the meaning of each is in settings-schema.ts. */
export interface Limits {
  readonly body_bytes: number
  readonly fields: number
  readonly answer_bytes: number
  readonly held_bytes: number
  readonly header_bytes: number
  readonly target_bytes: number
  readonly headers_ms: number
  readonly body_ms: number
  readonly inspect_ms: number
  readonly inspect_threads: number
  readonly client_silence_ms: number
  readonly keep_alive_ms: number
  readonly provider_connect_ms: number
  readonly provider_silence_ms: number
  readonly provider_total_ms: number
  readonly provider_connections: number
  readonly drain_ms: number
  readonly rate_per_second: number
  readonly rate_burst: number
  readonly concurrency: number
  readonly in_flight: number
  readonly connections: number
}

export interface Settings {
  /** Absolute. */
  readonly home: string
  readonly name: string
  readonly region?: string
  readonly database_url?: string
  readonly database_pooler?: string
  readonly data: Plane
  readonly control: Plane
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly behind_tls_proxy?: readonly string[]
  readonly limits: Limits
  readonly dial_exceptions: readonly string[]
  readonly audience?: string
  readonly analyser?: {
    readonly url: string
    readonly language: string
    readonly timeout_ms: number
    readonly connections: number
  }
  readonly dial_ca?: string
  readonly timestamp?: { readonly url: string; readonly root: string }
  readonly witness?: { readonly policy: string }
  readonly strict_outcome: boolean
  readonly require_approval: boolean
  readonly four_eyes: boolean
  readonly storage: { readonly watermark_percent: number }
  readonly retention: { readonly evidence_days: number; readonly access_days: number }
  readonly log_level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

interface SchemaNode {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
}

/** A setting, its path, and the variable that overrides it. */
export interface Leaf {
  readonly path: readonly string[]
  readonly variable: string
  readonly schema: SchemaNode
}

const leavesOf = (schema: SchemaNode, path: readonly string[]): Leaf[] =>
  schema.properties === undefined
    ? [{ path, variable: variableOf(path), schema }]
    : Object.entries(schema.properties).flatMap(([key, below]) => leavesOf(below, [...path, key]))

const variableOf = (path: readonly string[]): string =>
  path[0] === 'database_url' ? 'DATABASE_URL' : `DOUANE_${path.join('_').toUpperCase()}`

/** Every setting in the order of the schema. */
export const leaves: readonly Leaf[] = leavesOf(settingsSchema as SchemaNode, [])

/** Variables of ours that are not settings: the home, and the key that examples give to curl. */
const others = new Set(['DOUANE_HOME', 'DOUANE_KEY'])

const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: true, strictRequired: false })
ajv.addKeyword({ keyword: 'secret', schemaType: 'boolean' })
const valid = ajv.compile(settingsSchema)

/** Where a setting came from, for messages: the variable, or file and line. */
type Sources = (path: readonly string[]) => string

const plain = (document: Document.Parsed, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    throw new Misconfigured(`${file}: aliases (*name) are not understood here; write the value out`)
  }
}

const readFile = (file: string): { readonly value: Record<string, unknown>; readonly source: Sources } => {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new Misconfigured(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, version: '1.2' })
  const first = document.errors[0] ?? document.warnings[0]
  if (first !== undefined) {
    throw new Misconfigured(`${file}:${first.linePos?.[0].line ?? 1}: ${first.message.split('\n')[0]}`)
  }
  const value = plain(document, file)
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw new Misconfigured(`${file}:1: must be a list of "setting: value"`)
  }
  const source: Sources = (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return `${file}:${counter.linePos(node.range[0]).line}`
    }
    return file
  }
  return { value: (value ?? {}) as Record<string, unknown>, source }
}

/** Text of a variable in the type of its setting; what does not parse stays text and fails the check. */
const parsed = (text: string, schema: SchemaNode): unknown => {
  if (schema.type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (schema.type === 'array') return text === '' ? [] : text.split(',').map((item) => item.trim())
  return text
}

const setIn = (target: Record<string, unknown>, path: readonly string[], value: unknown): void => {
  let at = target
  for (const key of path.slice(0, -1)) {
    const below = at[key]
    at = (typeof below === 'object' && below !== null ? below : (at[key] = {})) as Record<string, unknown>
  }
  at[path.at(-1) as string] = value
}

const pathOf = (error: ErrorObject): string[] => {
  const path = error.instancePath.split('/').slice(1)
  const more = error.keyword === 'additionalProperties' ? error.params['additionalProperty'] : undefined
  const missing = error.keyword === 'required' ? error.params['missingProperty'] : undefined
  return [...path, ...[more, missing].filter((name): name is string => typeof name === 'string')]
}

const says = (error: ErrorObject): string => {
  if (error.keyword === 'additionalProperties') return 'is not a setting (docs/settings.md lists them)'
  if (error.keyword === 'required') return 'is missing'
  if (error.keyword === 'enum')
    return `must be one of ${(error.params['allowedValues'] as string[]).join(', ')}`
  return error.message ?? 'is not valid'
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const below of Object.values(value)) deepFreeze(below)
  return Object.freeze(value)
}

/**
 * @param env the process's environment (main.ts hands it over)
 * @param home DOUANE_HOME, may be relative
 * @returns frozen settings with all defaults
 * @throws Misconfigured naming each wrong setting and where it stands, all at once, without its value
 */
export const readSettings = (env: NodeJS.ProcessEnv, home: string): Settings => {
  const root = resolve(home)
  const { value, source } = readFile(join(root, 'douane.yaml'))
  const fromEnv = new Map<string, string>()
  const faults: string[] = []
  const byVariable = new Map(leaves.map((leaf) => [leaf.variable, leaf]))
  for (const [variable, text] of Object.entries(env)) {
    const leaf = byVariable.get(variable)
    if (text === undefined || (text === '' && leaf?.schema.type !== 'array')) continue
    if (leaf !== undefined) {
      setIn(value, leaf.path, parsed(text, leaf.schema))
      fromEnv.set(leaf.path.join('.'), variable)
    } else if (variable.startsWith('DOUANE_') && !others.has(variable)) {
      faults.push(`${variable} (environment) is not a setting (docs/settings.md lists them)`)
    }
  }
  const where = (path: readonly string[]): string => {
    const variable = fromEnv.get(path.join('.')) ?? fromEnv.get(path.slice(0, -1).join('.'))
    return variable === undefined ? source(path) : `${variable} in the environment`
  }
  if (!valid(value)) {
    for (const error of valid.errors ?? []) {
      const path = pathOf(error)
      faults.push(`${path.join('.') || 'the file'} (${where(path)}) ${says(error)}`)
    }
  }
  if (faults.length === 0) faults.push(...crossChecks(value as unknown as Settings, where))
  if (faults.length > 0) throw new Misconfigured(faults.join('\n'))
  return deepFreeze({ home: root, ...(value as unknown as Omit<Settings, 'home'>) })
}

/** What no single setting shows. */
const crossChecks = (settings: Settings, where: (path: readonly string[]) => string): string[] => {
  const faults: string[] = []
  for (const plane of ['data', 'control'] as const) {
    const fault = checkListening(settings[plane].host, settings)
    if (fault !== undefined) faults.push(`${plane}.host (${where([plane, 'host'])}) ${fault}`)
  }
  const { data, control, limits } = settings
  if (data.port !== 0 && data.port === control.port) {
    faults.push(
      `control.port (${where(['control', 'port'])}) must differ from data.port: never one port for both`,
    )
  }
  if (limits.target_bytes > limits.header_bytes) {
    faults.push(
      `limits.target_bytes (${where(['limits', 'target_bytes'])}) must not be above limits.header_bytes`,
    )
  }
  const { inspect_ms, provider_connect_ms, provider_total_ms } = limits
  if (limits.client_silence_ms < inspect_ms + provider_connect_ms + provider_total_ms) {
    faults.push(
      `limits.client_silence_ms (${where(['limits', 'client_silence_ms'])}) must be longer than inspect_ms, provider_connect_ms and provider_total_ms together`,
    )
  }
  if (limits.answer_bytes < limits.body_bytes) {
    faults.push(
      `limits.answer_bytes (${where(['limits', 'answer_bytes'])}) must not be below limits.body_bytes`,
    )
  }
  if (limits.held_bytes < limits.body_bytes + limits.answer_bytes) {
    faults.push(
      `limits.held_bytes (${where(['limits', 'held_bytes'])}) must hold at least one body and one answer`,
    )
  }
  for (const [position, exception] of settings.dial_exceptions.entries()) {
    const number = Number(exception.slice(exception.lastIndexOf(':') + 1))
    if (number < 1 || number > 65535) {
      faults.push(
        `dial_exceptions.${position} (${where(['dial_exceptions'])}) has a port that does not exist`,
      )
    }
  }
  return faults
}
