/** What a key of `when` may say: readers of values, each of which says every fault of what it reads. */
import { isCountry } from '../law/territory.ts'
import { categoryHint } from './names.ts'
import { countryCodes, misnamed } from '../law/iso-3166.ts'
import type { LawData } from '../law/data.ts'
import { categories } from '../model/category.ts'
import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import { didYouMean, isNo, notKnown, write } from './fault-words.ts'
import { isMap, keyHint } from './unknown-keys.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'
import { shown } from './yaml.ts'

/** What the register and the law know, for names in `when`. */
export interface KnownNames {
  readonly clients: ReadonlyMap<string, { readonly purposes: Readonly<Record<string, unknown>> }>
  readonly providers: ReadonlyMap<string, unknown>
  readonly law: Pick<LawData, 'territories'> & Partial<Pick<LawData, 'regimes'>>
  /** Folders of packs/. */
  readonly packs?: readonly string[]
}

export interface Here {
  readonly file: ParsedFile
  readonly names: KnownNames
  readonly faults: PolicyFault[]
}

/** Answers the value in the form that compile.ts reads; undefined after a fault. */
export type Read = (value: unknown, at: KeyPath, here: Here) => unknown

export const fault = (
  here: Here,
  at: KeyPath,
  message: Both,
  hint?: Both,
  part?: 'value' | 'key',
): undefined => void here.faults.push(here.file.fault(at, message, hint, part))

/** A list of words, or one word. `what` has its article; `check` answers the hint for a word that is not known. */
export const words =
  (what: Both, check: (word: string, names: KnownNames) => { hint?: Both | undefined } | undefined): Read =>
  (value, at, here) => {
    const list = Array.isArray(value) ? value : [value]
    if (list.length === 0)
      return fault(
        here,
        at,
        { en: 'an empty list meets nothing', fr: 'une liste vide ne correspond à rien' },
        {
          en: `name at least one ${what.en.replace(/^a /, '')}`,
          fr: `indiquez au moins ${what.fr}`,
        },
      )
    const out: string[] = []
    list.forEach((item: unknown, n) => {
      const where = Array.isArray(value) ? [...at, n] : at
      if (typeof item !== 'string' || item === '')
        return fault(
          here,
          where,
          { en: `${what.en} is a word`, fr: `${what.fr} est un mot` },
          { en: 'write it in quotes', fr: 'écrivez-le entre guillemets' },
        )
      const wrong = check(item, here.names)
      if (wrong) return fault(here, where, isNo(item, what), wrong.hint)
      out.push(item)
    })
    return out
  }

export const oneOf = (what: Both, known: readonly string[]): Read =>
  words(what, (word) =>
    known.includes(word)
      ? undefined
      : { hint: known === categoryWords ? categoryHint(word) : didYouMean(word, known) },
  )

export const shapeOf = (what: Both, shape: RegExp, hint: Both): Read =>
  words(what, (word) => (shape.test(word) ? undefined : { hint }))

export const country = (word: string, { law }: KnownNames) =>
  isCountry(law, word)
    ? undefined
    : {
        hint:
          Object.hasOwn(misnamed, word.toUpperCase()) && misnamed[word.toUpperCase()] !== undefined
            ? write(String(misnamed[word.toUpperCase()]))
            : countryCodes.has(word.toUpperCase())
              ? write(word.toUpperCase())
              : word === 'EEA' || word === 'EEE'
                ? write('class: eea')
                : {
                    en: 'two capital letters as in ISO 3166-1: FR, MA, MG',
                    fr: 'deux majuscules selon la norme ISO 3166-1 : FR, MA, MG',
                  },
      }

export const purposesOf = ({ clients }: KnownNames): string[] => [
  ...new Set([...clients.values()].flatMap((client) => Object.keys(client.purposes))),
]

/** `contact` stands for every `contact.*`. */
export const categoryWords: readonly string[] = [
  ...new Set(categories.flatMap((each) => [each.split('.', 1)[0] as string, each])),
]

export const bounds =
  (keys: readonly [string, string], isValue: (value: unknown) => boolean, hint: Both): Read =>
  (value, at, here) => {
    const [from, to] = keys
    if (!isMap(value) || Object.keys(value).length === 0)
      return fault(here, at, { en: `this takes {${from}, ${to}}`, fr: `il faut ici {${from}, ${to}}` }, hint)
    let good = true
    for (const [key, bound] of Object.entries(value)) {
      if (!keys.includes(key)) {
        good = false
        fault(here, [...at, key], notKnown(key), keyHint(key, value, keys), 'key')
      } else if (!isValue(bound)) {
        good = false
        fault(
          here,
          [...at, key],
          { en: `this is not a value of ${key}`, fr: `ce n'est pas une valeur de ${key}` },
          hint,
        )
      }
    }
    if (!good) return undefined
    const { [from]: low, [to]: high } = value
    if (low !== undefined && high !== undefined && (low as string | number) > (high as string | number))
      return fault(here, at, {
        en: `${from} lies after ${to}: this meets nothing`,
        fr: `${from} vient après ${to} : cela ne correspond à rien`,
      })
    return value
  }

/** `$.a.b` and `/a/b` as this product writes it. */
export const dotted = (word: string): string => shown(word.replace(/^(?:\$\.|\/)/, '').replaceAll('/', '.'))

export const presence = oneOf({ en: 'a state', fr: 'un état' }, ['present', 'missing'])

export const smallest: Read = (value, at, here) => {
  const below = isMap(value) ? value['below'] : undefined
  const good = isMap(value) && Object.keys(value).length === 1 && Number.isSafeInteger(below)
  return good && (below as number) > 1
    ? value
    : fault(
        here,
        at,
        { en: `${String(at.at(-1))} takes {below: n}`, fr: `${String(at.at(-1))} demande {below: n}` },
        {
          en: 'n is a whole number from 2: {below: 5}',
          fr: 'n est un nombre entier à partir de 2 : {below: 5}',
        },
      )
}
