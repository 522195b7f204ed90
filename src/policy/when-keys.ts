/** The keys of `when` as a table: what each speaks of and what it may say. A new key is one entry here. */
import { isCivilDate } from '../law/date.ts'
import { knownSubjects } from '../law/subjects.ts'
import { lacking, problems, shores } from '../model/ground.ts'
import { mechanisms } from '../model/register.ts'
import { didYouMean, isNo, write } from './fault-words.ts'
import { isMap } from './unknown-keys.ts'
import { bounds, categoryWords, country, dotted, fault, oneOf } from './when-values.ts'
import { presence, purposesOf, shapeOf, smallest, words } from './when-values.ts'
import type { Read } from './when-values.ts'

type About = 'route' | 'finding' | 'combination' | 'formula'

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
