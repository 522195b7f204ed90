/** What the schema found wrong with a setting, as it follows its name; never its value. */
import type { ErrorObject } from 'ajv'
import type { Both } from '../lang.ts'

export const notASetting: Both = {
  en: 'is not a setting (docs/settings.md lists them)',
  fr: "n'est pas un réglage (docs/settings.md les énumère)",
}

/** Keys down to the setting that is wrong, missing or unknown. */
export const pathOf = ({ instancePath, keyword, params }: ErrorObject): string[] => {
  const more: unknown = keyword === 'additionalProperties' ? params['additionalProperty'] : undefined
  const missing: unknown = keyword === 'required' ? params['missingProperty'] : undefined
  return [
    ...instancePath.split('/').slice(1),
    ...[more, missing].filter((name): name is string => typeof name === 'string'),
  ]
}

const kinds: Readonly<Record<string, Both>> = {
  string: { en: 'text', fr: 'un texte' },
  integer: { en: 'a whole number', fr: 'un nombre entier' },
  boolean: { en: 'true or false', fr: 'true ou false' },
  array: { en: 'a list', fr: 'une liste' },
  object: { en: 'a map of settings', fr: 'un ensemble de réglages' },
}

export const says = ({ keyword, params }: ErrorObject): Both => {
  const limit = String(params['limit'])
  switch (keyword) {
    case 'additionalProperties':
      return notASetting
    case 'required':
      return { en: 'is missing', fr: 'manque' }
    case 'enum': {
      const allowed = (params['allowedValues'] as string[]).join(', ')
      return { en: `must be one of ${allowed}`, fr: `doit être l'une de ces valeurs : ${allowed}` }
    }
    case 'type': {
      const kind = kinds[String(params['type'])] ?? { en: String(params['type']), fr: String(params['type']) }
      return { en: `must be ${kind.en}`, fr: `doit être ${kind.fr}` }
    }
    case 'minimum':
    case 'maximum': {
      const bound = `${String(params['comparison'])} ${limit}`
      return { en: `must be ${bound}`, fr: `doit être ${bound}` }
    }
    case 'pattern':
      return {
        en: `must match ${String(params['pattern'])}`,
        fr: `doit correspondre à ${String(params['pattern'])}`,
      }
    case 'minLength':
    case 'minItems':
      return { en: 'must not be empty', fr: 'ne doit pas être vide' }
    case 'maxLength':
      return { en: `is longer than ${limit} characters`, fr: `dépasse ${limit} caractères` }
    default:
      return { en: 'is not valid', fr: "n'est pas valable" }
  }
}
