/** openapi.yaml as the source of routes and validation: what it does not describe is not served. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { Refused } from '../errors.ts'
import type { operations } from './openapi-types.ts'

export type OperationId = keyof operations

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required?: boolean
  readonly schema: object
  readonly $ref?: string
}

interface Described {
  readonly operationId: OperationId
  readonly security?: readonly unknown[]
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, unknown>> }>
  >
}

interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> }
}

export interface Operation {
  readonly id: OperationId
  readonly method: string
  /** As the router writes it: /v1/transfers/:tid */
  readonly path: string
  /** No key needed: health, readiness, metrics. */
  readonly open: boolean
  /** Query and path parameters, coerced, with defaults. @throws Refused REQUEST_INVALID */
  parameters(given: Readonly<Record<string, unknown>>): Record<string, unknown>
  /** @throws Refused REQUEST_INVALID */
  body(given: unknown): unknown
  /** A JSON response that is not as described is a fault of ours. @throws Refused INTERNAL */
  response(status: number, value: unknown): void
}

/** The pointer and the keyword say what is wrong; ajv's own message may quote the value. */
const complaint = (errors: readonly ErrorObject[] | null | undefined): string =>
  (errors ?? [])
    .slice(0, 5)
    .map((error) => `${error.instancePath === '' ? 'request' : error.instancePath}: ${error.keyword}`)
    .join('; ')

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')

const text = readFileSync(join(import.meta.dirname, '../../openapi.yaml'), 'utf8')

/** Every operation of openapi.yaml, its validators compiled at first use. */
export function readContract(): readonly Operation[] {
  const api = parse(text) as Api
  const make = (coerce: boolean): Ajv2020 => {
    const ajv = new Ajv2020({ strict: false, coerceTypes: coerce, useDefaults: true, allErrors: false })
    ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
    ajv.addSchema({ $id: 'api', ...api })
    return ajv
  }
  const ajv = make(false)
  const coercing = make(true)
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      operation(api, ajv, coercing, path, method, described),
    ),
  )
}

function operation(
  api: Api,
  ajv: Ajv2020,
  coercing: Ajv2020,
  path: string,
  method: string,
  described: Described,
): Operation {
  const compiled = new Map<string, ValidateFunction | null>()
  const at = (...parts: readonly string[]): ValidateFunction => {
    const ref = `api#/${pointer('paths', path, method, ...parts)}`
    const known = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, known)
    return known
  }
  const named = (described.parameters ?? []).map((p) =>
    '$ref' in p && p.$ref !== undefined
      ? (api.components.parameters[p.$ref.split('/').at(-1) ?? ''] as Parameter)
      : (p as Parameter),
  )
  const whole = coercing.compile({
    type: 'object',
    additionalProperties: false,
    required: named.filter((p) => p.in === 'path' || p.required === true).map((p) => p.name),
    properties: Object.fromEntries(named.map((p) => [p.name, absolute(p.schema)])),
  })
  return {
    id: described.operationId,
    method,
    path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    open: described.security?.length === 0,
    parameters: (given) => {
      const copy = { ...given }
      if (!whole(copy)) throw new Refused('REQUEST_INVALID', { en: complaint(whole.errors) })
      return copy
    },
    body: (given) => {
      if (described.requestBody === undefined) return undefined
      const check = at('requestBody', 'content', 'application/json', 'schema')
      if (!check(given)) throw new Refused('REQUEST_INVALID', { en: complaint(check.errors) })
      return given
    },
    response: (status, value) => {
      const named = String(status) in described.responses ? String(status) : 'default'
      const response = described.responses[named]
      const check =
        response?.$ref === undefined
          ? at('responses', named, 'content', 'application/json', 'schema')
          : componentCheck(ajv, compiled, response.$ref)
      if (!check(value)) throw new Refused('INTERNAL', { en: complaint(check.errors) })
    },
  }
}

/** Parameter schemas are compiled apart from the document: their references must name it. */
const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object

function componentCheck(
  ajv: Ajv2020,
  compiled: Map<string, ValidateFunction | null>,
  ref: string,
): ValidateFunction {
  const full = `api${ref}/content/application~1json/schema`
  const known = compiled.get(full) ?? ajv.compile({ $ref: full })
  compiled.set(full, known)
  return known
}
