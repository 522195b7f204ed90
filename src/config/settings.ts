/** Settings: DOUANE_HOME/douane.yaml, each also as `DOUANE_…`; read → check → freeze. Secrets are apart. */
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { allWrong } from '../errors.ts'
import { alike } from '../lang.ts'
import type { Both } from '../lang.ts'
import { checkListening } from './listen-address.ts'
import { notASetting, pathOf, says } from './setting-words.ts'
import { readSettingsFile } from './settings-file.ts'
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
  const { value, source } = readSettingsFile(join(root, 'douane.yaml'))
  const fromEnv = new Map<string, string>()
  const faults: Both[] = []
  const byVariable = new Map(leaves.map((leaf) => [leaf.variable, leaf]))
  for (const [variable, text] of Object.entries(env)) {
    const leaf = byVariable.get(variable)
    if (text === undefined || (text === '' && leaf?.schema.type !== 'array')) continue
    if (leaf !== undefined) {
      setIn(value, leaf.path, parsed(text, leaf.schema))
      fromEnv.set(leaf.path.join('.'), variable)
    } else if (variable.startsWith('DOUANE_') && !others.has(variable)) {
      faults.push({
        en: `${variable} (environment) ${notASetting.en}`,
        fr: `${variable} (environnement) ${notASetting.fr}`,
      })
    }
  }
  const where: Where = (path) => {
    const variable = fromEnv.get(path.join('.')) ?? fromEnv.get(path.slice(0, -1).join('.'))
    if (variable === undefined) return alike(source(path))
    return { en: `${variable} in the environment`, fr: `${variable} dans l'environnement` }
  }
  if (!valid(value)) {
    for (const error of valid.errors ?? []) {
      const path = pathOf(error)
      faults.push(faultOf(path, where, says(error)))
    }
  }
  if (faults.length === 0) faults.push(...crossChecks(value as unknown as Settings, where))
  if (faults.length > 0) throw allWrong(faults)
  return deepFreeze({ home: root, ...(value as unknown as Omit<Settings, 'home'>) })
}

/** Where a setting came from: the variable, or file and line. */
type Where = (path: readonly string[]) => Both

const faultOf = (path: readonly string[], where: Where, { en, fr }: Both): Both => {
  const name = path.join('.')
  return {
    en: `${name || 'the file'} (${where(path).en}) ${en}`,
    fr: `${name || 'le fichier'} (${where(path).fr}) ${fr}`,
  }
}

/** What no single setting shows. */
const crossChecks = (settings: Settings, where: Where): Both[] => {
  const faults: Both[] = []
  const wrong = (path: readonly string[], en: string, fr: string): void =>
    void faults.push(faultOf(path, where, { en, fr }))
  for (const plane of ['data', 'control'] as const) {
    const fault = checkListening(settings[plane].host, settings)
    if (fault !== undefined) wrong([plane, 'host'], fault.en, fault.fr)
  }
  const { data, control, limits } = settings
  if (data.port !== 0 && data.port === control.port) {
    wrong(
      ['control', 'port'],
      'must differ from data.port: never one port for both',
      'doit différer de data.port : jamais un seul port pour les deux',
    )
  }
  if (limits.target_bytes > limits.header_bytes) {
    wrong(
      ['limits', 'target_bytes'],
      'must not be above limits.header_bytes',
      'ne doit pas dépasser limits.header_bytes',
    )
  }
  const { inspect_ms, provider_connect_ms, provider_total_ms } = limits
  if (limits.client_silence_ms < inspect_ms + provider_connect_ms + provider_total_ms) {
    wrong(
      ['limits', 'client_silence_ms'],
      'must be longer than inspect_ms, provider_connect_ms and provider_total_ms together',
      'doit être plus long que inspect_ms, provider_connect_ms et provider_total_ms réunis',
    )
  }
  if (limits.answer_bytes < limits.body_bytes) {
    wrong(
      ['limits', 'answer_bytes'],
      'must not be below limits.body_bytes',
      'ne doit pas être inférieur à limits.body_bytes',
    )
  }
  if (limits.held_bytes < limits.body_bytes + limits.answer_bytes) {
    wrong(
      ['limits', 'held_bytes'],
      'must hold at least one body and one answer',
      'doit pouvoir contenir au moins un corps et une réponse',
    )
  }
  for (const [position, exception] of settings.dial_exceptions.entries()) {
    const number = Number(exception.slice(exception.lastIndexOf(':') + 1))
    if (number < 1 || number > 65535) {
      // named with its place in the list, and found where the list is
      const of = where(['dial_exceptions'])
      faults.push({
        en: `dial_exceptions.${position} (${of.en}) has a port that does not exist`,
        fr: `dial_exceptions.${position} (${of.fr}) a un port qui n'existe pas`,
      })
    }
  }
  return faults
}
