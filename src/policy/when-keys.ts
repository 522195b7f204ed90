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
import { didYouMean, keyHint } from './faults.ts'
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

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fault = (here: Here, at: KeyPath, message: string, hint?: string, part?: 'value' | 'key'): undefined =>
  void here.faults.push(here.file.fault(at, message, hint, part))

/** A list of words, or one word. `check` answers the hint for a word that is not known. */
const words =
  (
    what: string,
    check: (word: string, names: KnownNames) => { hint?: string | undefined } | undefined,
  ): Read =>
  (value, at, here) => {
    const list = Array.isArray(value) ? value : [value]
    if (list.length === 0) return fault(here, at, 'an empty list meets nothing', `name at least one ${what}`)
    const out: string[] = []
    list.forEach((item: unknown, n) => {
      const where = Array.isArray(value) ? [...at, n] : at
      if (typeof item !== 'string' || item === '')
        return fault(here, where, `a ${what} is a word`, 'write it in quotes')
      const wrong = check(item, here.names)
      if (wrong) return fault(here, where, `"${shown(item)}" is not a ${what}`, wrong.hint)
      out.push(item)
    })
    return out
  }

const oneOf = (what: string, known: readonly string[]): Read =>
  words(what, (word) =>
    known.includes(word)
      ? undefined
      : { hint: (what === 'category' ? groupHint(word) : undefined) ?? didYouMean(word, known) },
  )

const shapeOf = (what: string, shape: RegExp, hint: string): Read =>
  words(what, (word) => (shape.test(word) ? undefined : { hint }))

const country = (word: string, { law }: KnownNames) =>
  isCountry(law, word)
    ? undefined
    : {
        hint:
          Object.hasOwn(misnamed, word.toUpperCase()) && misnamed[word.toUpperCase()] !== undefined
            ? `write ${misnamed[word.toUpperCase()]}`
            : countryCodes.has(word.toUpperCase())
              ? `write ${word.toUpperCase()}`
              : word === 'EEA' || word === 'EEE'
                ? 'write class: eea'
                : 'two capital letters as in ISO 3166-1: FR, MA, MG',
      }

const purposesOf = ({ clients }: KnownNames): string[] => [
  ...new Set([...clients.values()].flatMap((client) => Object.keys(client.purposes))),
]

/** `contact` stands for every `contact.*`. */
export const categoryWords: readonly string[] = [
  ...new Set(categories.flatMap((each) => [each.split('.', 1)[0] as string, each])),
]

const bounds =
  (keys: readonly [string, string], isValue: (value: unknown) => boolean, hint: string): Read =>
  (value, at, here) => {
    const [from, to] = keys
    if (!isMap(value) || Object.keys(value).length === 0)
      return fault(here, at, `this takes {${from}, ${to}}`, hint)
    let good = true
    for (const [key, bound] of Object.entries(value)) {
      if (!keys.includes(key)) {
        good = false
        fault(here, [...at, key], `"${shown(key)}" is not known here`, keyHint(key, keys), 'key')
      } else if (!isValue(bound)) {
        good = false
        fault(here, [...at, key], `this is not a value of ${key}`, hint)
      }
    }
    if (!good) return undefined
    const { [from]: low, [to]: high } = value
    if (low !== undefined && high !== undefined && (low as string | number) > (high as string | number))
      return fault(here, at, `${from} lies after ${to}: this meets nothing`)
    return value
  }

const presence = oneOf('state', ['present', 'missing'])

const smallest: Read = (value, at, here) => {
  const below = isMap(value) ? value['below'] : undefined
  const good = isMap(value) && Object.keys(value).length === 1 && Number.isSafeInteger(below)
  return good && (below as number) > 1
    ? value
    : fault(here, at, `${String(at.at(-1))} takes {below: n}`, 'n is a whole number from 2: {below: 5}')
}

const whenKeysTable = {
  client: {
    about: 'route',
    read: words('client of the register', (word, { clients }) =>
      clients.has(word) ? undefined : { hint: didYouMean(word, clients.keys()) },
    ),
  },
  client_country: { about: 'route', read: words('country', country) },
  provider: {
    about: 'route',
    read: words('provider of the register', (word, { providers }) =>
      providers.has(word) ? undefined : { hint: didYouMean(word, providers.keys()) },
    ),
  },
  purpose: {
    about: 'route',
    read: words('purpose of any client', (word, names) =>
      purposesOf(names).includes(word) ? undefined : { hint: didYouMean(word, purposesOf(names)) },
    ),
  },
  subjects: { about: 'route', read: oneOf('kind of data subject', knownSubjects) },
  class: { about: 'route', read: oneOf('destination class', ['eea', 'adequate', 'third']) },
  country: { about: 'route', read: words('country', country) },
  leg_kind: {
    about: 'route',
    read: oneOf('kind of leg', ['storage', 'processing', 'remote_access', 'backup', 'sub_processing']),
  },
  ground: { about: 'route', read: oneOf('ground', ['not_a_transfer', 'adequacy', 'none', ...mechanisms]) },
  problem: { about: 'route', read: oneOf('problem', problems) },
  tia: {
    about: 'route',
    read: oneOf('TIA outcome', ['no_problematic_law', 'problematic_not_applied', 'problematic_applied']),
  },
  lacks: { about: 'route', read: oneOf('thing that the register may lack', lacking) },
  regime: {
    about: 'route',
    read: words('regime of law/localisation.yaml', (word, { law }) => {
      const known = (law.regimes ?? []).map(({ id }) => id)
      return known.includes(word) ? undefined : { hint: didYouMean(word, known) }
    }),
  },
  pack: {
    about: 'route',
    read: words('sector pack', (word, { packs = [] }) =>
      packs.includes(word) ? undefined : { hint: didYouMean(word, packs) },
    ),
  },
  shore: { about: 'route', read: oneOf('shore', shores) },
  scope: { about: 'route', read: oneOf('scope', ['transfer', 'case', 'provider']) },
  method: { about: 'route', read: shapeOf('method', /^[A-Z][A-Z-]{0,31}$/, 'in capitals: POST') },
  media: {
    about: 'route',
    read: shapeOf(
      'media type',
      /^(?:json|form|text|none|[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})$/,
      'json, form, text, none or a type such as text/plain',
    ),
  },
  date: {
    about: 'route',
    read: bounds(
      ['from', 'until'],
      (value) => typeof value === 'string' && isCivilDate(value),
      'dates are written 2026-12-31; both ends count',
    ),
  },
  category: { about: 'finding', read: oneOf('category', categoryWords) },
  confidence: {
    about: 'finding',
    read: bounds(
      ['from', 'below'],
      (value) => typeof value === 'number' && value >= 0 && value <= 1,
      'a number from 0 to 1',
    ),
  },
  path: {
    about: 'finding',
    read: words('path', (word) =>
      /^(?:\$\.|\/)/.test(word)
        ? {
            hint: `steps from the root, with dots: ${shown(word.replace(/^(?:\$\.|\/)/, '').replaceAll('/', '.'))}`,
          }
        : /^[^.](?:.{0,400}[^.])?$|^\*$/s.test(word)
          ? undefined
          : { hint: 'dotted steps, * for one, ** for any: employees.*.iban' },
    ),
  },
  recogniser: { about: 'finding', read: words('recogniser', () => undefined) },
  condition: { about: 'finding', read: presence },
  third_art9: { about: 'finding', read: presence },
  nir_basis: { about: 'finding', read: presence },
  found: { about: 'combination', read: oneOf('category', categoryWords) },
  k: { about: 'combination', read: smallest },
  k_left: { about: 'combination', read: smallest },
  k_coarsest: { about: 'combination', read: smallest },
  uc2_ok: {
    about: 'combination',
    read: (value, at, here) =>
      typeof value === 'boolean' ? value : fault(here, at, 'uc2_ok is true or false'),
  },
  any: { about: 'formula', read: (value, at, here) => list(value, at, here) },
  all: { about: 'formula', read: (value, at, here) => list(value, at, here) },
  not: { about: 'formula', read: (value, at, here) => readWhen(value, at, here) },
} as const satisfies Record<string, { about: About; read: Read }>

export const whenKeys: Readonly<Record<string, { readonly about: About; readonly read: Read }>> =
  whenKeysTable

const list: Read = (value, at, here) => {
  if (!Array.isArray(value) || value.length === 0)
    return fault(here, at, 'this takes a list of conditions', '[{class: third}, {country: MA}]')
  return value.map((each, n) => readWhen(each, [...at, n], here))
}

/** Checks one `when`; every fault is said. The result is sound only if there was none. */
export const readWhen: Read = (value, at, here) => {
  if (!isMap(value)) return fault(here, at, '`when` is a map of keys', 'empty = always: {}')
  const out: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) {
    const entry = Object.hasOwn(whenKeys, key) ? whenKeys[key] : undefined
    if (entry === undefined)
      fault(
        here,
        [...at, key],
        `"${shown(key)}" is not a key of when`,
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
