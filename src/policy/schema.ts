import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { PolicyFault } from '../errors.ts'
import { isCivilDate } from '../law/date.ts'
import { countryCodes, misnamed } from '../law/iso-3166.ts'
import { didYouMean } from './faults.ts'
import { secretMembers } from './public-key.ts'
import { shown, type KeyPath, type ParsedFile } from './yaml.ts'

/** Names of policies/schema/*.json: editors complete from them, and the loader checks with the same text. */
export type SchemaName =
  | 'client'
  | 'provider'
  | 'territories'
  | 'adequacy'
  | 'mechanisms'
  | 'localisation'
  | 'derogation'
  | 'rules'
  | 'categories'
  | 'recognisers'
  | 'cases'

// The schemas are part of the program: a home may edit its copies, the check stays as shipped.
const folder = new URL('../../policies/schema/', import.meta.url)

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
})
ajv.addVocabulary(['patternErrorMessage'])
ajv.addFormat('date', { type: 'string', validate: (text: string) => isCivilDate(text) && text >= '1900' })

const compiled = new Map<SchemaName, ValidateFunction>()

const validator = (name: SchemaName): ValidateFunction => {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const made = ajv.compile(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as object)
  compiled.set(name, made)
  return made
}

/** Every way in which the file differs from its schema; empty if it fits. */
export const schemaFaults = (doc: ParsedFile, name: SchemaName): PolicyFault[] => {
  const validate = validator(name)
  if (validate(doc.value)) return []
  return (validate.errors ?? [])
    .filter((error) => !repeats.has(error.keyword))
    .slice(0, 200)
    .map((error) => said(doc, error))
}

/** These two only repeat what their branch says. */
const repeats = new Set(['if', 'propertyNames'])

/** JSON pointer → keys; list positions stay text, which `at` accepts. */
const keys = (pointer: string): KeyPath =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  null: 'empty',
}

const kindOf = (value: unknown): string =>
  value === null
    ? 'empty'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map of keys'
        : typeof value === 'string'
          ? 'text'
          : typeof value === 'boolean'
            ? String(value)
            : `the number ${String(value)}`

/** YAML 1.1 read these as true and false; YAML 1.2 reads text. */
const yes: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  oui: 'true',
  no: 'false',
  off: 'false',
  non: 'false',
}

interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly patternErrorMessage?: string
  readonly description?: string
}

/** Hover text says it in English and then in French; a hint takes the first line, without its full stop. */
const inEnglish = (shape: Shape | undefined): string | undefined =>
  shape?.description?.split('\n', 1)[0]?.replace(/\.$/, '')

const said = (doc: ParsedFile, error: ErrorObject): PolicyFault => {
  const path = keys(error.instancePath)
  const last = path.at(-1)
  const name = last === undefined || /^\d+$/.test(String(last)) ? 'this' : `"${shown(String(last))}"`
  const value = error.data as unknown
  const quoted = typeof value === 'string' ? `"${shown(value)}"` : kindOf(value)
  const shape = (error.parentSchema ?? {}) as Shape
  const params = error.params as Record<string, unknown>
  if (error.propertyName !== undefined) {
    const key = error.propertyName
    return doc.fault([...path, key], `"${shown(key)}" cannot be a key here`, shape.patternErrorMessage, 'key')
  }
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      if (path[0] === 'jwt' && path[1] === 'keys' && secretMembers.includes(key))
        return doc.fault(
          [...path, key],
          `"${key}" is the secret part of a key`,
          'take it out, and have the issuer make another key: this one is known now',
          'key',
        )
      const hint =
        key === '<<'
          ? 'merge keys are not used here: write the keys out'
          : didYouMean(key, Object.keys(shape.properties ?? {}))
      return doc.fault([...path, key], `unknown key "${shown(key)}"`, hint, 'key')
    }
    case 'required': {
      const key = String(params['missingProperty'])
      const meaning = inEnglish(shape.properties?.[key] as Shape | undefined)
      return doc.fault(path, `"${key}" is missing`, meaning === undefined ? undefined : `${key}: ${meaning}`)
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      return doc.fault(
        path,
        `${name} cannot be ${quoted}`,
        special(value, allowed) ?? didYouMean(String(value), allowed),
      )
    }
    case 'const':
      return doc.fault(path, `${name} cannot be ${quoted}`, `write ${String(params['allowedValue'])}`)
    case 'type': {
      const wanted = [params['type']].flat().map((type) => kinds[String(type)] ?? String(type))
      const written = doc.written(path)
      const hint =
        wanted.includes('true or false') && written !== undefined && Object.hasOwn(yes, written.toLowerCase())
          ? `write ${yes[written.toLowerCase()]}`
          : wanted.includes('text') && written !== undefined && value !== null
            ? `write it in quotes: "${shown(written)}"`
            : wanted.some((kind) => kind.includes('number')) &&
                written !== undefined &&
                digitsOf(written) !== ''
              ? `write ${digitsOf(written)}`
              : wanted.includes('a list') && typeof value === 'string'
                ? `write [${shown(value)}]`
                : undefined
      return doc.fault(path, `${name} must be ${wanted.join(' or ')}, not ${kindOf(value)}`, hint)
    }
    case 'format':
      return doc.fault(path, `${quoted} is not a day of the calendar`, dateHint(String(value)))
    case 'pattern':
      return doc.fault(
        path,
        `${name} cannot be ${quoted}`,
        countryHint(value, shape) ?? shape.patternErrorMessage ?? inEnglish(shape),
      )
    case 'uniqueItems':
      return doc.fault(
        [...path, String(params['i'])],
        `${quoteItem(value, params['i'])} stands here twice`,
        'keep one',
      )
    case 'minItems':
    case 'minProperties':
      return doc.fault(path, `${name} is empty`, 'name at least one, or leave the key out')
    case 'minLength':
      return doc.fault(path, `${name} is empty`)
    case 'maxLength':
      return doc.fault(path, `${name} is longer than ${String(params['limit'])} characters`)
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return doc.fault(
        path,
        `${name} cannot be ${String(value)}`,
        `it must be ${error.message?.replace('must be ', '') ?? ''}`,
      )
    default:
      return doc.fault(path, `${name} ${error.message ?? 'does not fit'}`, inEnglish(shape))
  }
}

const quoteItem = (list: unknown, position: unknown): string => {
  const item = Array.isArray(list) ? (list[Number(position)] as unknown) : undefined
  return typeof item === 'string' ? `"${shown(item)}"` : 'an entry'
}

/** What people write although nothing is needed. */
const special = (value: unknown, allowed: readonly string[]): string | undefined =>
  value === 'oct' && allowed.includes('OKP')
    ? 'a shared secret does not show who made a token: RSA, EC or OKP'
    : typeof value === 'string' && /^HS\d+$/.test(value)
      ? 'a shared secret does not show who made a token: RS256, ES256, EdDSA …'
      : mechanismHint(value, allowed)

const mechanismHint = (value: unknown, allowed: readonly string[]): string | undefined =>
  allowed.includes('scc_ec') && (value === 'adequacy' || value === 'none' || value === 'not_a_transfer')
    ? 'leave mechanism out: adequacy and the EEA need none'
    : allowed.includes('scc_ec') && typeof value === 'string' && /^sccs?$/i.test(value)
      ? 'did you mean "scc_ec"?'
      : undefined

/** Of `4_000` and `1 000`; '' where nobody can be sure. */
const digitsOf = (written: string): string =>
  /^\d{1,3}(?:[_ \u{a0}\u{202f}'’]\d{3})+$/u.test(written) ? written.replaceAll(/\D/g, '') : ''

/** `fr` and `uk` as people type them. */
const countryHint = (value: unknown, { patternErrorMessage: of = '' }: Shape): string | undefined => {
  const code = typeof value === 'string' && of.startsWith('a country is') ? value.toUpperCase() : ''
  if (Object.hasOwn(misnamed, code) && misnamed[code] !== undefined) return `write ${misnamed[code]}`
  return countryCodes.has(code) ? `write ${code}` : undefined
}

const dateHint = (text: string): string => {
  const [, y = '', m = '', d = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? []
  const padded = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (y !== '' && padded !== text && isCivilDate(padded)) return `write ${padded}`
  const turned = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  const [, a = '', b = '', year = ''] = turned ?? []
  const iso = `${year}-${b.padStart(2, '0')}-${a.padStart(2, '0')}`
  return turned !== null && isCivilDate(iso)
    ? `dates are written YYYY-MM-DD: ${iso}, if the day comes first here`
    : 'dates are written YYYY-MM-DD'
}
