import type { Category } from '../model/category.ts'
import { categories, isBelow, specialCategories } from '../model/category.ts'
import { LOWER, UPPER, DIGIT, fold, kinds } from './fold.ts'
import {
  aboutWords,
  childNames,
  freetextNames,
  keyRows,
  neutralNames,
  pairNames,
  pairValues,
  personWords,
  technicalNames,
  thingWords,
  wrapperNames,
} from './lexicon/keys.ts'
import type { KeyRow } from './lexicon/keys/row.ts'
import { identifierKeys } from './recognisers/identifiers/table.ts'

/** What a field's name says of its value. */
export interface Meaning {
  readonly category: Category | null
  /** 0 … 1; before looking at the value. */
  readonly strength: number
  /** A name such as `name`, which the names above it may turn into a person's or a thing's. */
  readonly generic: boolean
  readonly freetext: boolean
  readonly child: boolean
  /** Words of the name, singular and folded: for the names above and below. */
  readonly person: boolean
  readonly thing: boolean
  /** True if every word of the name is known: only such names are printed. */
  readonly printable: boolean
  /** The whole name is the lexicon's entry, nothing beside it. */
  readonly exact: boolean
  /** A technical word (`type`, `status`, `date`) that does not take the meaning of the name above. */
  readonly neutral: boolean
  /** Says nothing itself; what it stands in says it: `value`, `id`, `attributes`. */
  readonly wrapper: boolean
  /** Its value names a vocabulary or schema: `system`, `xmlns`. */
  readonly technical: boolean
  /** `name` or `value` half of a pair. */
  readonly pair: 'name' | 'value' | null
  /** The lexicon's spelling, for the evidence. */
  readonly entry: string
}

const small: ReadonlySet<string> = new Set(
  'de du des d la le l les of the a à en et and del da do der die das di x'.split(' '),
)

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && word !== 'ras' ? word.slice(0, -1) : word

const split = (names: string): string[] => names.trim().split(/\s+/)

/** A name as its row writes it. */
interface Entry {
  readonly row: KeyRow
  readonly name: string
}

const table = new Map<string, Entry>()
/** Every word of every name, and the whole names, singular. */
const known = new Set<string>()

/** Its singular words without what is between them and without small ones; all of them are known from now on. */
const keyOf = (name: string): string => {
  const words = name.split('_')
  known.add(singular(words.length === 1 ? name : words.join('')))
  // By number: an iterator would leave more behind than the words themselves.
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    words[at] = singular(word)
    known.add(words[at]!)
    if (small.has(word)) words[at] = ''
  }
  return words.length === 1 ? words[0]! : words.join('')
}
const enter = (row: KeyRow): void => {
  for (const name of split(row.names)) {
    const key = keyOf(name)
    if (!table.has(key)) table.set(key, { row, name })
  }
}
keyRows.forEach(enter)
for (const { category, names } of identifierKeys) enter({ category, names, strength: 0.95 })

const setOf = (names: string): ReadonlySet<string> => new Set(split(names).map(keyOf))
const freetext = setOf(freetextNames)
const child = setOf(childNames)
const person = setOf(personWords)
const thing = setOf(thingWords)
const about = setOf(aboutWords)
/** Neutral names below which a value still is the thing named above: `phone: {number}`, `salaire: {brut}`. */
const carrying = setOf(
  'value valeur number numero num nombre first last name nom key base rate amount montant full primary secondary main other extra custom net_amount gross_amount text content taux nombre display coding id',
)
const wrapper = setOf(wrapperNames)
const technical = setOf(technicalNames)
const pairName = setOf(pairNames)
const pairValue = setOf(pairValues)
const neutral: ReadonlySet<string> = new Set([...setOf(neutralNames)].filter((name) => !carrying.has(name)))
/**
 * Words of a name: `customerEmail`, `emp.lastName`, `DATE_NAISSANCE`, `Prénom`, `numéro-de-sécu` alike; folded,
 * small words left out, singular. A name of more than 64 characters has none.
 */
export const wordsOf = (name: string): string[] => {
  if (name.length > 64) return []
  if (/[^ -~]/.test(name)) name = name.normalize('NFKC')
  const words: string[] = []
  let from = 0
  const cut = (to: number) => {
    if (to > from) words.push(fold(name.slice(from, to)))
  }
  for (let at = 0; at < name.length; at++) {
    const kind = kinds[name.charCodeAt(at)]!
    const before = at > 0 ? kinds[name.charCodeAt(at - 1)]! : 0
    const after = at + 1 < name.length ? kinds[name.charCodeAt(at + 1)]! : 0
    if (kind !== LOWER && kind !== UPPER && kind !== DIGIT && kind !== 4) {
      cut(at)
      from = at + 1
    } else if (
      kind === UPPER &&
      (before === LOWER || before === DIGIT || (before === UPPER && after === LOWER))
    ) {
      cut(at)
      from = at
    }
  }
  cut(name.length)
  const kept = words.filter((word) => !small.has(word))
  return (kept.length === 0 ? words : kept).map(singular)
}

const nothing: Meaning = {
  category: null,
  strength: 0,
  generic: false,
  freetext: false,
  child: false,
  person: false,
  thing: false,
  printable: false,
  exact: false,
  neutral: false,
  wrapper: false,
  technical: false,
  pair: null,
  entry: '',
}

const specials: ReadonlySet<Category> = new Set(
  categories.filter(
    (category) => category === 'criminal' || specialCategories.some((group) => isBelow(category, group)),
  ),
)
const isSpecial = (category: Category): boolean => specials.has(category)

const understand = (name: string): Meaning => {
  const words = wordsOf(name)
  if (words.length === 0 || words.length > 8) return nothing
  const bare = words
    .map((word) => word.replace(/\d{1,2}$/, ''))
    .map((word, i) => (word === '' ? words[i]! : word))
  let hit: Entry | undefined
  /** What it was found by. */
  let key = ''
  let rest: string[] = []
  search: for (const list of words.every((word, i) => word === bare[i]) ? [words] : [words, bare]) {
    for (let length = list.length; length > 0; length--) {
      for (let from = list.length - length; from >= 0; from--) {
        const sought = list.slice(from, from + length).join('')
        const entry = table.get(sought)
        if (entry === undefined) continue
        const others = [...list.slice(0, from), ...list.slice(from + length)]
        if (entry.row.alone === true && !others.every((word) => person.has(word) || /^\d{1,2}$/.test(word)))
          continue
        hit = entry
        key = sought
        rest = others
        break search
      }
    }
  }
  const whole = words.join('')
  const has = (set: ReadonlySet<string>) => set.has(whole) || words.some((word) => set.has(word))
  const free = freetext.has(whole) || (words.length <= 3 && words.some((word) => freetext.has(word)))
  let strength = hit?.row.strength ?? 0
  let generic = hit?.row.generic ?? false
  if (hit !== undefined && rest.length > 0) {
    const special = isSpecial(hit.row.category)
    if (rest.some((word) => about.has(word)) && !special) strength = 0.3
    else if (generic) {
      if (rest.some((word) => person.has(word))) generic = false
      else if (rest.some((word) => thing.has(word))) strength = 0
      else strength = 0.45
    } else if (!rest.every((word) => person.has(word))) strength -= 0.05
  }
  return {
    exact: hit !== undefined && rest.length === 0,
    neutral: neutral.has(whole) || words.some((word) => about.has(word)),
    wrapper: wrapper.has(whole),
    technical: technical.has(whole),
    pair: pairValue.has(whole) ? 'value' : pairName.has(whole) ? 'name' : null,
    category: hit !== undefined && strength > 0 ? hit.row.category : null,
    strength,
    generic,
    freetext: free,
    child:
      child.has(whole) ||
      (words.length <= 2 &&
        words.some((word) => child.has(word)) &&
        !words.some((word) => about.has(word) || word === 'nombre' || word === 'number')),
    person: has(person),
    thing: has(thing),
    printable:
      // `line_2`, `q3_26`; more digits are a telephone number or a date, whatever words stand beside them.
      (hit !== undefined && whole === key) ||
      (name.replace(/\D/g, '').length <= 3 &&
        words.some((word) => /[a-z]/.test(word)) &&
        words.every((word, i) => known.has(word) || known.has(bare[i]!) || /^\d{1,2}$/.test(word))),
    entry: hit?.name ?? '',
  }
}

const cache = new Map<string, Meaning>()
const cacheSize = 20_000

/** Looks a name up; results are kept, up to a bound, because payloads repeat their names. */
export const meaningOf = (name: string): Meaning => {
  if (name.length > 64) return nothing
  let meaning = cache.get(name)
  if (meaning === undefined) {
    meaning = understand(name)
    if (cache.size >= cacheSize) cache.clear()
    cache.set(name, meaning)
  }
  return meaning
}

const pairs = new Map<string, Map<string, Meaning>>()
let pairCount = 0

/** The meaning of two names read together: `birth` above `date`. */
export const joined = (above: string, name: string): Meaning => {
  let under = pairs.get(above)
  const known = under?.get(name)
  if (known !== undefined) return known
  const meaning = meaningOf(`${above}_${name}`)
  if (above.length + name.length >= 64) return meaning
  if (++pairCount > cacheSize) {
    pairs.clear()
    under = undefined
    pairCount = 1
  }
  if (under === undefined) pairs.set(above, (under = new Map()))
  under.set(name, meaning)
  return meaning
}

export { isSpecial }
