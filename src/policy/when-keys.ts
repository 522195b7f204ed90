/** The keys of `when` as a table: what each speaks of and what it may say. A new key is one entry here. */
import { isCivilDate } from '../law/date.ts'
import { isCountry } from '../law/territory.ts'
import { groupHint } from './names.ts'
import { countryCodes, misnamed } from '../law/iso-3166.ts'
import { knownSubjects } from '../law/subjects.ts'
import type { LawData } from '../law/data.ts'
import { categories } from '../model/category.ts'
import { lacking, problems, shores } from '../model/ground.ts'
import { mechanisms } from '../model/register.ts'
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

type About = 'route' | 'finding' | 'combination' | 'formula'
/** Answers the value in the form that compile.ts reads; undefined after a fault. */
type Read = (value: unknown, at: KeyPath, here: Here) => unknown

const fault = (here: Here, at: KeyPath, message: Both, hint?: Both, part?: 'value' | 'key'): undefined =>
  void here.faults.push(here.file.fault(at, message, hint, part))

/** A list of words, or one word. `what` has its article; `check` answers the hint for a word that is not known. */
const words =
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

const oneOf = (what: Both, known: readonly string[]): Read =>
  words(what, (word) =>
    known.includes(word)
      ? undefined
      : { hint: (known === categoryWords ? groupHint(word) : undefined) ?? didYouMean(word, known) },
  )

const shapeOf = (what: Both, shape: RegExp, hint: Both): Read =>
  words(what, (word) => (shape.test(word) ? undefined : { hint }))

const country = (word: string, { law }: KnownNames) =>
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

const purposesOf = ({ clients }: KnownNames): string[] => [
  ...new Set([...clients.values()].flatMap((client) => Object.keys(client.purposes))),
]

/** `contact` stands for every `contact.*`. */
export const categoryWords: readonly string[] = [
  ...new Set(categories.flatMap((each) => [each.split('.', 1)[0] as string, each])),
]

const bounds =
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
const dotted = (word: string): string => shown(word.replace(/^(?:\$\.|\/)/, '').replaceAll('/', '.'))

const presence = oneOf({ en: 'a state', fr: 'un état' }, ['present', 'missing'])

const smallest: Read = (value, at, here) => {
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

const whenKeysTable = {
  client: {
    about: 'route',
    read: words({ en: 'a client of the register', fr: 'un client du registre' }, (word, { clients }) =>
      clients.has(word) ? undefined : { hint: didYouMean(word, clients.keys()) },
    ),
  },
  client_country: { about: 'route', read: words({ en: 'a country', fr: 'un pays' }, country) },
  provider: {
    about: 'route',
    read: words(
      { en: 'a provider of the register', fr: 'un prestataire du registre' },
      (word, { providers }) =>
        providers.has(word) ? undefined : { hint: didYouMean(word, providers.keys()) },
    ),
  },
  purpose: {
    about: 'route',
    read: words({ en: 'a purpose of any client', fr: "une finalité d'un client" }, (word, names) =>
      purposesOf(names).includes(word) ? undefined : { hint: didYouMean(word, purposesOf(names)) },
    ),
  },
  subjects: {
    about: 'route',
    read: oneOf({ en: 'a kind of data subject', fr: 'une catégorie de personnes concernées' }, knownSubjects),
  },
  class: {
    about: 'route',
    read: oneOf({ en: 'a destination class', fr: 'une classe de destination' }, ['eea', 'adequate', 'third']),
  },
  country: { about: 'route', read: words({ en: 'a country', fr: 'un pays' }, country) },
  leg_kind: {
    about: 'route',
    read: oneOf({ en: 'a kind of leg', fr: 'un type de trajet' }, [
      'storage',
      'processing',
      'remote_access',
      'backup',
      'sub_processing',
    ]),
  },
  ground: {
    about: 'route',
    read: oneOf({ en: 'a ground', fr: 'un fondement' }, [
      'not_a_transfer',
      'adequacy',
      'none',
      ...mechanisms,
    ]),
  },
  problem: { about: 'route', read: oneOf({ en: 'a problem', fr: 'un problème' }, problems) },
  tia: {
    about: 'route',
    read: oneOf({ en: 'a TIA outcome', fr: "un résultat d'analyse d'impact des transferts (TIA)" }, [
      'no_problematic_law',
      'problematic_not_applied',
      'problematic_applied',
    ]),
  },
  lacks: {
    about: 'route',
    read: oneOf(
      { en: 'a thing that the register may lack', fr: 'une mention qui puisse manquer au registre' },
      lacking,
    ),
  },
  regime: {
    about: 'route',
    read: words(
      { en: 'a regime of law/localisation.yaml', fr: 'un régime de law/localisation.yaml' },
      (word, { law }) => {
        const known = (law.regimes ?? []).map(({ id }) => id)
        return known.includes(word) ? undefined : { hint: didYouMean(word, known) }
      },
    ),
  },
  pack: {
    about: 'route',
    read: words({ en: 'a sector pack', fr: 'un paquet sectoriel' }, (word, { packs = [] }) =>
      packs.includes(word) ? undefined : { hint: didYouMean(word, packs) },
    ),
  },
  shore: { about: 'route', read: oneOf({ en: 'a shore', fr: 'une situation (shore)' }, shores) },
  scope: {
    about: 'route',
    read: oneOf({ en: 'a scope', fr: 'une portée (scope)' }, ['transfer', 'case', 'provider']),
  },
  method: {
    about: 'route',
    read: shapeOf({ en: 'a method', fr: 'une méthode' }, /^[A-Z][A-Z-]{0,31}$/, {
      en: 'in capitals: POST',
      fr: 'en majuscules : POST',
    }),
  },
  media: {
    about: 'route',
    read: shapeOf(
      { en: 'a media type', fr: 'un type de contenu' },
      /^(?:json|form|text|none|[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})$/,
      {
        en: 'json, form, text, none or a type such as text/plain',
        fr: 'json, form, text, none ou un type comme text/plain',
      },
    ),
  },
  date: {
    about: 'route',
    read: bounds(['from', 'until'], (value) => typeof value === 'string' && isCivilDate(value), {
      en: 'dates are written 2026-12-31; both ends count',
      fr: "les dates s'écrivent 2026-12-31 ; les deux bornes comptent",
    }),
  },
  category: { about: 'finding', read: oneOf({ en: 'a category', fr: 'une catégorie' }, categoryWords) },
  confidence: {
    about: 'finding',
    read: bounds(['from', 'below'], (value) => typeof value === 'number' && value >= 0 && value <= 1, {
      en: 'a number from 0 to 1',
      fr: 'un nombre de 0 à 1',
    }),
  },
  path: {
    about: 'finding',
    read: words({ en: 'a path', fr: 'un chemin' }, (word) =>
      /^(?:\$\.|\/)/.test(word)
        ? {
            hint: {
              en: `steps from the root, with dots: ${dotted(word)}`,
              fr: `les étapes depuis la racine, séparées par des points : ${dotted(word)}`,
            },
          }
        : /^[^.](?:.{0,400}[^.])?$|^\*$/s.test(word)
          ? undefined
          : {
              hint: {
                en: 'dotted steps, * for one, ** for any: employees.*.iban',
                fr: "des étapes séparées par des points, * pour une, ** pour autant qu'il y en a : employees.*.iban",
              },
            },
    ),
  },
  recogniser: { about: 'finding', read: words({ en: 'a recogniser', fr: 'un détecteur' }, () => undefined) },
  condition: { about: 'finding', read: presence },
  third_art9: { about: 'finding', read: presence },
  nir_basis: { about: 'finding', read: presence },
  found: { about: 'combination', read: oneOf({ en: 'a category', fr: 'une catégorie' }, categoryWords) },
  k: { about: 'combination', read: smallest },
  k_left: { about: 'combination', read: smallest },
  k_coarsest: { about: 'combination', read: smallest },
  uc2_ok: {
    about: 'combination',
    read: (value, at, here) =>
      typeof value === 'boolean'
        ? value
        : fault(here, at, { en: 'uc2_ok is true or false', fr: 'uc2_ok vaut true ou false' }),
  },
  any: { about: 'formula', read: (value, at, here) => list(value, at, here) },
  all: { about: 'formula', read: (value, at, here) => list(value, at, here) },
  not: { about: 'formula', read: (value, at, here) => readWhen(value, at, here) },
} as const satisfies Record<string, { about: About; read: Read }>

export const whenKeys: Readonly<Record<string, { readonly about: About; readonly read: Read }>> =
  whenKeysTable

const list: Read = (value, at, here) => {
  if (!Array.isArray(value) || value.length === 0)
    return fault(
      here,
      at,
      { en: 'this takes a list of conditions', fr: 'il faut ici une liste de conditions' },
      write('[{class: third}, {country: MA}]'),
    )
  return value.map((each, n) => readWhen(each, [...at, n], here))
}

/** Checks one `when`; every fault is said. The result is sound only if there was none. */
export const readWhen: Read = (value, at, here) => {
  if (!isMap(value))
    return fault(
      here,
      at,
      { en: '`when` is a map of keys', fr: '`when` est un ensemble de clés' },
      { en: 'empty = always: {}', fr: 'vide = toujours : {}' },
    )
  const out: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) {
    const entry = Object.hasOwn(whenKeys, key) ? whenKeys[key] : undefined
    if (entry === undefined)
      fault(
        here,
        [...at, key],
        isNo(key, { en: 'a key of when', fr: 'une clé de when' }),
        didYouMean(key, Object.keys(whenKeys)),
        'key',
      )
    else out[key] = entry.read(item, [...at, key], here)
  }
  return { ...out }
}

/** Keys used anywhere in a `when`, with their values. */
export const keysIn = (when: unknown): [key: string, value: unknown][] => {
  if (!isMap(when)) return []
  return Object.entries(when).flatMap(([key, value]): [string, unknown][] =>
    key === 'any' || key === 'all'
      ? Array.isArray(value)
        ? value.flatMap(keysIn)
        : []
      : key === 'not'
        ? keysIn(value)
        : [[key, value]],
  )
}
