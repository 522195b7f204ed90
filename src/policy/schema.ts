import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { PolicyFault } from '../errors.ts'
import { isCivilDate } from '../law/date.ts'
import { misspeltIn } from './unknown-keys.ts'
import { said } from './schema-words.ts'
import type { ParsedFile } from './yaml.ts'

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
  const errors = (validate.errors ?? []).filter(({ keyword }) => !repeats.has(keyword))
  const misspelt = new Map<string, ReadonlySet<string>>()
  for (const error of errors)
    if (error.keyword === 'additionalProperties' && !misspelt.has(error.instancePath))
      misspelt.set(error.instancePath, misspeltIn(error.data, knownKeys(error)))
  return errors
    .filter(
      ({ keyword, instancePath, params }) =>
        keyword !== 'required' ||
        misspelt.get(instancePath)?.has(String((params as { missingProperty: string }).missingProperty)) !==
          true,
    )
    .slice(0, 200)
    .map((error) => said(doc, error, knownKeys(error)))
}

/** These two only repeat what their branch says. */
const repeats = new Set(['if', 'propertyNames'])

/** Keys that the schema names at the place of an error. */
const knownKeys = ({ parentSchema }: ErrorObject): readonly string[] =>
  Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {})
