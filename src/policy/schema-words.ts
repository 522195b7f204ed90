/** What a schema found wrong, in words; ajv's own are shown nowhere. */
import type { ErrorObject } from 'ajv'
import type { PolicyFault } from '../errors.ts'
import type { Both, Lang } from '../lang.ts'
import { both, keepOne, listed, quoted, twice, write } from './fault-words.ts'
import { keyHint, type Map_ } from './unknown-keys.ts'
import { secretMembers } from './public-key.ts'
import { countryHint, dateHint, enumHint, typeHint } from './schema-hints.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** JSON pointer → keys; list positions stay text, which `at` accepts. */
export const keysOf = (pointer: string): KeyPath =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const kinds: Readonly<Record<string, Both>> = {
  string: { en: 'text', fr: 'du texte' },
  number: { en: 'a number', fr: 'un nombre' },
  integer: { en: 'a whole number', fr: 'un nombre entier' },
  boolean: { en: 'true or false', fr: 'true ou false' },
  array: { en: 'a list', fr: 'une liste' },
  object: { en: 'a map of keys', fr: 'un ensemble de clés' },
  null: { en: 'empty', fr: 'vide' },
}

const kindOf = (value: unknown, lang: Lang): string => {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return `${lang === 'en' ? 'the number' : 'le nombre'} ${value}`
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return kinds[kind]?.[lang] ?? kind
}

const or: Both = { en: 'or', fr: 'ou' }

interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly patternErrorMessage?: string
  readonly description?: string
}

/** What editors show over a key says it in English and then, after `Français :`, in French; a hint has no full stop. */
const wordsIn = (text: string | undefined): Both | undefined => {
  const [en = '', fr = ''] = (text ?? '').split('\nFrançais : ').map((part) => part.replace(/\.$/, ''))
  return en === '' || fr === '' ? undefined : { en, fr }
}

const secretPart: Both = {
  en: 'take it out, and have the issuer make another key: this one is known now',
  fr: "retirez-la, et faites faire une autre clé par l'émetteur : celle-ci est désormais connue",
}

/** Of a key that no schema names. */
const unknownKey = (
  doc: ParsedFile,
  path: KeyPath,
  key: string,
  map: unknown,
  known: readonly string[],
): PolicyFault => {
  const its = quoted(key)
  if (path[0] === 'jwt' && path[1] === 'keys' && secretMembers.includes(key)) {
    const secret = {
      en: `${its.en} is the secret part of a key`,
      fr: `${its.fr} est la partie secrète d'une clé`,
    }
    return doc.fault([...path, key], secret, secretPart, 'key')
  }
  const hint =
    key === '<<'
      ? {
          en: 'merge keys are not used here: write the keys out',
          fr: 'les clés de fusion ne servent pas ici : écrivez chaque clé',
        }
      : keyHint(key, map as Map_, known)
  return doc.fault([...path, key], { en: `unknown key ${its.en}`, fr: `clé inconnue ${its.fr}` }, hint, 'key')
}

/** @param known keys that the schema names at the place of the error */
export const said = (doc: ParsedFile, error: ErrorObject, known: readonly string[]): PolicyFault => {
  const path = keysOf(error.instancePath)
  const last = path.at(-1)
  const name =
    last === undefined || /^\d+$/.test(String(last)) ? { en: 'this', fr: 'ceci' } : quoted(String(last))
  const value = error.data as unknown
  const its = both((lang) => (typeof value === 'string' ? quoted(value)[lang] : kindOf(value, lang)))
  const cannotBe = (what: Both): Both => ({
    en: `${name.en} cannot be ${what.en}`,
    fr: `${name.fr} ne peut pas être ${what.fr}`,
  })
  const empty = { en: `${name.en} is empty`, fr: `${name.fr} est vide` }
  const shape = (error.parentSchema ?? {}) as Shape
  const params = error.params as Record<string, unknown>
  if (error.propertyName !== undefined) {
    const key = error.propertyName
    const wrong = both((lang) =>
      lang === 'en'
        ? `${quoted(key).en} cannot be a key here`
        : `${quoted(key).fr} ne peut pas être une clé ici`,
    )
    return doc.fault([...path, key], wrong, wordsIn(shape.patternErrorMessage), 'key')
  }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(doc, path, String(params['additionalProperty']), value, known)
    case 'required': {
      const key = String(params['missingProperty'])
      const meaning = wordsIn((shape.properties?.[key] as Shape | undefined)?.description)
      const hint = meaning && { en: `${key}: ${meaning.en}`, fr: `${key} : ${meaning.fr}` }
      return doc.fault(path, { en: `"${key}" is missing`, fr: `« ${key} » manque` }, hint)
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      return doc.fault(path, cannotBe(its), enumHint(value, allowed))
    }
    case 'const':
      return doc.fault(path, cannotBe(its), write(String(params['allowedValue'])))
    case 'type': {
      const wanted = [params['type']].flat().map(String)
      const list = both((lang) =>
        listed(
          wanted.map((type) => kinds[type]?.[lang] ?? type),
          lang,
          or,
        ),
      )
      const message = {
        en: `${name.en} must be ${list.en}, not ${kindOf(value, 'en')}`,
        fr: `${name.fr} doit être ${list.fr}, et non ${kindOf(value, 'fr')}`,
      }
      return doc.fault(path, message, typeHint(wanted, value, doc.written(path)))
    }
    case 'format': {
      const message = {
        en: `${its.en} is not a day of the calendar`,
        fr: `${its.fr} n'est pas un jour du calendrier`,
      }
      return doc.fault(path, message, dateHint(String(value)))
    }
    case 'pattern': {
      const form = shape.patternErrorMessage ?? shape.description
      return doc.fault(path, cannotBe(its), countryHint(value, form) ?? wordsIn(form))
    }
    case 'uniqueItems': {
      const item = Array.isArray(value) ? (value[Number(params['i'])] as unknown) : undefined
      const again =
        typeof item === 'string'
          ? twice(item)
          : { en: 'an entry stands here twice', fr: 'une entrée figure ici deux fois' }
      return doc.fault([...path, String(params['i'])], again, keepOne)
    }
    case 'minItems':
    case 'minProperties':
      return doc.fault(path, empty, {
        en: 'name at least one, or leave the key out',
        fr: 'indiquez au moins un élément, ou omettez la clé',
      })
    case 'minLength':
      return doc.fault(path, empty)
    case 'maxLength':
      return doc.fault(path, {
        en: `${name.en} is longer than ${String(params['limit'])} characters`,
        fr: `${name.fr} dépasse ${String(params['limit'])} caractères`,
      })
    case 'maxItems':
      return doc.fault(path, {
        en: `${name.en} has more than ${String(params['limit'])} entries`,
        fr: `${name.fr} compte plus de ${String(params['limit'])} entrées`,
      })
    case 'minimum':
    case 'maximum': {
      const bound = `${String(params['comparison'])} ${String(params['limit'])}`
      const number = { en: String(value), fr: String(value) }
      return doc.fault(path, cannotBe(number), { en: `it must be ${bound}`, fr: `il faut ${bound}` })
    }
    default:
      return doc.fault(
        path,
        { en: `${name.en} does not fit here`, fr: `${name.fr} ne convient pas ici` },
        wordsIn(shape.description),
      )
  }
}
