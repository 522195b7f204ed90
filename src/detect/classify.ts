import type { Category } from '../model/category.ts'
import type { Document, Field, PathNode } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { CivilDate } from '../model/register.ts'
import type { Analysed } from './analyser.ts'
import { type Budget, makeBudget, spend, unitsPerCharacter } from './budget.ts'
import { readColumns } from './columns.ts'
import type { Found, Site } from './found.ts'
import { freetext } from './freetext.ts'
import { keyed, type Keyed, namesAbove } from './keyed.ts'
import { joined, meaningOf, type Meaning } from './lexicon.ts'
import { type KnownValues, asBirths, findValues, learnValue, makeKnownValues } from './known-values.ts'
import { findKnown, learnIdentifier, learnName, learnShort, makeKnown, type Known } from './names/known.ts'
import { findNames } from './names/names.ts'
import { findTagged, searchedAs } from './names/tagged.ts'
import { findPairs } from './pairs.ts'
import { type Own, type OwnRecogniser, compileOwn, findOwn, nothingOwn, ownUnits } from './own/own.ts'
import { findPersons } from './persons.ts'
import { findPieces } from './pieces.ts'
import { findPlaces } from './places.ts'
import { fromOf, isDisguised, plainOf, stretchesOf, toOf } from './plain.ts'
import { findRecords } from './records.ts'
import { enter, scan, scanStretches, withSite } from './scan.ts'
import { isJoined, settle } from './settle.ts'
import { findSpecial } from './special.ts'
import { versionOf } from './version.ts'

export interface ClassifyOptions {
  /** For ages: who was born less than eighteen years before is a child. */
  readonly today: CivilDate
  /** Path templates of the register, relative to the base URL: `/tickets/{id.case}`. */
  readonly places: readonly string[]
  /** What an analyser beside us found, by field (analyser.ts); it joins ours. */
  readonly analysed?: ReadonlyMap<number, readonly Analysed[]>
}

/** What `identifiers` gives: a span and who found it. */
export interface Identifier {
  readonly start: number
  readonly end: number
  readonly category: Category
  readonly confidence: number
  readonly recogniser: string
}

export interface Detector {
  /**
   * @param budget what it may cost and where the cost is counted; silent: as much as the size of the document allows
   * @throws Refused `CLASSIFY_BUDGET`
   */
  classify(document: Document, options: ClassifyOptions, budget?: Budget): Promise<Classification>
  /**
   * Checksum and fixed-form identifiers of a text (e-mail, +phone, IBAN, card, national numbers), settled.
   * @param budget what several texts together may cost; silent: as much as the length of this one allows
   * @throws Refused `CLASSIFY_BUDGET`
   */
  identifiers(text: string, budget?: Budget): readonly Identifier[]
  /** True if every word of this field name is in the lexicon, so that it may be printed. */
  knownName(name: string): boolean
  /** Content digest of lexicons and recognisers, own ones too. */
  readonly version: string
  /** What it was made with: a thread makes the same from it. */
  readonly own: readonly OwnRecogniser[]
}

/** Headers that say how to talk, not of whom: languages are no findings, in the others only what has a form is. */
const silentHeaders: ReadonlySet<string> = new Set(['accept-language', 'content-language'])
const formalHeaders: ReadonlySet<string> = new Set(['accept', 'content-type'])

const identifierCategories: ReadonlySet<Category> = new Set([
  'id.customer',
  'id.employee',
  'id.case',
  'id.national',
  'id.tax',
  'id.passport',
  'id.driving',
  'id.health',
  'fin.account',
  'online.username',
  'vehicle.plate',
])

/** One by one: a large text holds more findings than a call may have arguments. */
const add = (found: Found[], more: readonly Found[]): void => {
  for (const one of more) found.push(one)
}

/** What one field's inspection left behind. */
interface Seen {
  readonly found: Found[]
  /** The value fits its name and nothing else can be in it: known values need not be searched. */
  readonly tight: boolean
  /** Position of a generic name's finding that the fields beside it may strengthen; -1 if none. */
  readonly open: number
}

/** Categories that a firm has none of: beside one of them `nom` is a person's name. */
const ofPersons: ReadonlySet<Category> = new Set([
  'name',
  'birth.date',
  'birth.place',
  'gender',
  'marital',
  'nationality',
  'id.national',
  'id.employee',
  'hr.salary',
  'age',
])

/** Units of work: what the names of a field say; learning a value, settling a finding. */
const naming = 20
const placing = 8

/** A value of fewer words is no sentence; its name and the rules say what it is. */
const fewest = 4

const inspect = (site: Site, field: Field, plainBody: boolean, key = field.key): Seen => {
  if (field.place === 'segment') return { found: fixed(site, field.text), tight: true, open: -1 }
  if (field.place === 'key' || field.place === 'column' || field.place === 'parameter')
    return name(site, field)
  if (field.place === 'header' && silentHeaders.has(field.key)) return { found: [], tight: true, open: -1 }
  if (field.place === 'header' && formalHeaders.has(field.key))
    return { found: fixed(site, field.text), tight: true, open: -1 }
  if (isVocabulary(field)) {
    // What has a form is found there too: `urn:nir:…` names a person and no system.
    return { found: fixed(site, field.text), tight: true, open: -1 }
  }
  spend(site.budget, naming)
  const told = keyed(field, key)
  if (told.found !== null && told.tight) {
    site.budget.spent += field.text.length
    return { found: [told.found], tight: true, open: told.open ? 0 : -1 }
  }
  if (field.kind === 'boolean' || (field.kind === 'number' && field.text.length < 8)) {
    return { found: told.found === null ? [] : [told.found], tight: true, open: -1 }
  }
  if (field.text === '') return { found: [], tight: true, open: -1 }
  const digits = field.kind === 'number' ? spelledOut(field.text) : null
  if (digits !== null) return { found: wholeNumber(site, field.text, digits, told), tight: true, open: -1 }
  enter(site, field.text, told.meaning, false)
  scan(site)
  if (field.kind === 'text') {
    if (site.hits.length > 0) {
      findSpecial(site)
      findNames(site)
    }
    if (plainBody || told.meaning.freetext || site.words >= fewest) findTagged(site)
  }
  const { found } = site
  const open = told.found !== null && told.open ? found.length : -1
  if (told.found !== null) found.push(told.found)
  const free = field.kind === 'text' ? freetext(site, field, told.meaning, plainBody, found) : null
  if (free !== null) found.push(free)
  add(found, disguised(site, field.text, told.meaning, false))
  return { found, tight: false, open }
}

/** The address of a code system, a schema or a profile: `system`, `xmlns`, `extension.url`. */
const isVocabulary = (field: Field): boolean =>
  /^(?:https?:\/\/|urn:)[^\s?@%]{1,200}$/.test(field.text) &&
  (meaningOf(field.key).technical || joined(namesAbove(field)[0] ?? '', field.key).technical)

/** `4.111111111111111E15` as Java writes a number, in digits; null if it is not written so or no integer. */
const spelledOut = (text: string): string | null => {
  const match = /^-?(\d{1,24})(?:\.(\d{1,24}))?[eE]\+?(\d{1,2})$/.exec(text)
  if (match === null) return null
  const [, first = '', fraction = '', exponent = ''] = match
  const digits = fraction.replace(/0+$/, '')
  const zeros = Number(exponent) - digits.length
  return zeros < 0 || Number(exponent) > 24 ? null : first + digits + '0'.repeat(zeros)
}

/** What the digits of a number say is said of the number as it is written. */
const wholeNumber = (site: Site, text: string, digits: string, told: Keyed): Found[] => {
  enter(site, digits, told.meaning, false)
  scan(site)
  const found = site.found.map((one) => ({ ...one, start: 0, end: text.length }))
  return told.found === null ? found : [...found, told.found]
}

/** What has a form of its own has at least so many signs: `a@b.eu`. */
const shortest = 6

const fixed = (site: Site, text: string): Found[] => {
  if (text.length < shortest) return []
  enter(site, text, null, true)
  scan(site)
  const { found } = site
  add(found, disguised(site, text, null, true))
  return found
}

/** Recognisers whose findings have a form that does not depend on how the text around is written. */
const formal: ReadonlySet<Category> = new Set([
  'contact.email',
  'contact.phone',
  'fin.iban',
  'fin.card',
  'fin.bic',
  'id.national',
  'id.tax',
  'online.ip',
])

/** Identifiers that show only in the plain spelling of a text (plain.ts), at their place in the text itself. */
const disguised = (site: Site, text: string, meaning: Meaning | null, fixedOnly: boolean): Found[] => {
  spend(site.budget, text.length)
  const plain = plainOf(text)
  if (plain === null) return []
  const stretches = stretchesOf(plain, fixedOnly)
  if (stretches.length === 0) return []
  enter(site, plain.text, meaning, fixedOnly)
  scanStretches(site, stretches)
  return site.found
    .filter(
      (one) =>
        one.confidence >= 0.5 &&
        formal.has(one.category) &&
        // Lines are gone in the plain spelling, and with them what is an answer.
        one.recogniser !== 'answer' &&
        one.end > one.start &&
        isDisguised(plain, text, one.start, one.end),
    )
    .map((one) => ({ ...one, start: fromOf(plain, one.start), end: toOf(plain, one.end - 1) }))
}

/** A name that the sender chose: known ones are looked up only; others may hold an identifier or a titled name. */
const name = (site: Site, field: Field): Seen => {
  if (field.text.length < 4 || meaningOf(field.text).printable) return { found: [], tight: true, open: -1 }
  const cost = silentNames.get(field.text)
  if (cost !== undefined) {
    spend(site.budget, cost)
    return { found: [], tight: false, open: -1 }
  }
  const before = site.budget.spent
  const found = fixed(site, field.text)
  enter(site, field.text, null, false)
  scan(site)
  findNames(site)
  const titled = site.found.filter((one) => one.recogniser === 'name' && one.evidence.startsWith('title'))
  if (found.length === 0 && titled.length === 0 && field.text.length <= 64) {
    if (silentNames.size >= mostSilent) silentNames.clear()
    silentNames.set(field.text, site.budget.spent - before)
  }
  return { found: [...found, ...titled], tight: false, open: -1 }
}

/** Names in which nothing was found, and what the look at each cost: payloads repeat them, and each costs every time the same. */
const silentNames = new Map<string, number>()
const mostSilent = 10_000

/** `nom` beside `prenom` or `date_naissance` is a person's. */
const strengthen = (document: Document, seen: readonly Seen[]): void => {
  if (!seen.some((one) => one.open >= 0)) return
  const people = new Set<PathNode | null>()
  seen.forEach((one, index) => {
    const { path, place } = document.fields[index]!
    if (place !== 'leaf' || path === null || one.open >= 0) return
    if (
      one.found.some(
        ({ recogniser, category, confidence }) =>
          recogniser === 'key' && confidence >= 0.85 && ofPersons.has(category),
      )
    ) {
      people.add(path.up)
    }
  })
  seen.forEach(({ found, open }, index) => {
    const { path } = document.fields[index]!
    if (open < 0 || path === null || !people.has(path.up)) return
    const one = found[open]!
    found[open] = { ...one, confidence: 0.95, evidence: `${one.evidence} beside a person's fields` }
  })
}

/**
 * What is treated as a value must not stay in a sentence beside it: a name under a bare `nom` (0.7) is searched
 * too. An identifier that its key alone suggests is not: its digits may be an amount elsewhere.
 */
const learnFrom = (category: Category): number => (category === 'name' ? 0.6 : 0.85)

const learn = (
  known: Known,
  values: KnownValues,
  field: Field,
  found: readonly Found[],
  budget: Budget,
): void => {
  for (const one of found) {
    if (one.confidence < learnFrom(one.category)) continue
    spend(budget, placing)
    learnValue(values, field.text.slice(one.start, one.end), one.category, one.kind)
    if (one.category === 'name' && one.end - one.start <= 120)
      learnName(
        known,
        field.text.slice(one.start, one.end),
        one.recogniser === 'name' ? searchedAs : undefined,
      )
    else if (identifierCategories.has(one.category)) {
      learnIdentifier(known, field.text.slice(one.start, one.end), one.category, one.kind, one.country)
    }
  }
}

/** Names in the fields of one object are parts of one: `nom: Li` beside `prenom: Bo`. */
const learnParts = (known: Known, document: Document, seen: readonly Seen[]): void => {
  const parts = new Map<PathNode | null, string[]>()
  seen.forEach(({ found }, index) => {
    const { path, place, text } = document.fields[index]!
    if (place !== 'leaf' || path === null || text.length > 40) return
    if (!found.some((one) => one.category === 'name' && one.recogniser === 'key' && one.confidence >= 0.6))
      return
    const list = parts.get(path.up)
    if (list === undefined) parts.set(path.up, [text])
    else list.push(text)
  })
  for (const list of parts.values()) learnShort(known, list)
}

/** Of what the search found, what no sure finding of the same category covers; both run from left to right. */
const news = (own: readonly Found[], searched: readonly Found[]): Found[] => {
  if (searched.length === 0) return []
  const sure = own.filter((one) => one.confidence >= 0.85).sort((a, b) => a.start - b.start)
  const ends = new Map<Category, number>()
  let next = 0
  return searched.filter((one) => {
    for (; next < sure.length && sure[next]!.start <= one.start; next++) {
      const { category, end } = sure[next]!
      ends.set(category, Math.max(ends.get(category) ?? 0, end))
    }
    return (ends.get(one.category) ?? 0) < one.end
  })
}

/** Whose data a value is decides what we found: what others add must not part a child from its record. */
const ours = (settled: readonly (readonly Found[])[]): readonly (readonly Found[])[] =>
  settled.map((list) => (list.some(isJoined) ? list.filter((one) => !isJoined(one)) : list))

/** What own recognisers find in a field beside ours: in values, and in path segments what has a fixed form. */
const findOwnIn = (own: Own, site: Site, field: Field): Found[] => {
  const { place, kind, text, key } = field
  if (own.list.length === 0 || kind === 'boolean') return []
  if (place !== 'leaf' && place !== 'segment' && (place !== 'header' || silentHeaders.has(key))) return []
  enter(site, text, null, false)
  const found = findOwn(own, site, key, place === 'segment')
  // A part of a number has no place of its own.
  return kind === 'number' ? found.filter(({ start, end }) => start === 0 && end === text.length) : found
}

const classify = (document: Document, options: ClassifyOptions, own: Own, budget: Budget): Classification =>
  withSite(budget, (site) => classifyAt(site, document, options, own, budget))

const classifyAt = (
  site: Site,
  document: Document,
  { today, places, analysed }: ClassifyOptions,
  own: Own,
  budget: Budget,
): Classification => {
  const known = makeKnown()
  const placed = findPlaces(document, places)
  const pairs = findPairs(document)
  const seen = document.fields.map((field) => {
    const one = inspect(
      site,
      field,
      document.media === 'text' && field.part === 'body',
      pairs.get(field.index) ?? field.key,
    )
    const place = placed.get(field.index)
    if (place !== undefined) one.found.push(place)
    return one
  })
  readColumns(
    document,
    seen.map(({ found }) => found),
    (field, list) => {
      seen[field]!.found.length = 0
      add(seen[field]!.found, list)
    },
    budget,
  )
  findPieces(document, (field) => seen[field]!.found, budget)
  strengthen(document, seen)
  const values = makeKnownValues()
  seen.forEach(({ found }, index) => learn(known, values, document.fields[index]!, found, budget))
  learnParts(known, document, seen)
  const settled = seen.map(({ found, tight }, index): readonly Found[] => {
    const field = document.fields[index]!
    if (!tight && (known.names.size > 0 || known.identifiers.size > 0)) {
      const namesOnly = field.place !== 'leaf' && field.place !== 'header'
      add(found, news(found, findKnown(known, field.text, site.budget, namesOnly)))
    }
    if (!tight && field.place === 'leaf' && field.kind === 'text')
      add(found, news(found, findValues(values, field.text, site.budget)))
    if (own.list.length > 0) add(found, findOwnIn(own, site, field))
    const joined = analysed?.get(index)
    if (joined !== undefined) add(found, joined)
    if (found.length === 0) return found
    spend(budget, placing * found.length)
    if (!found.some(isFreetext)) return settle(field.text, asBirths(values, field.text, found))
    const others = found.filter((one) => !isFreetext(one))
    return [...found.filter(isFreetext), ...settle(field.text, asBirths(values, field.text, others))]
  })
  const { records, recordOf } = findRecords(document, ours(settled), today, budget)
  const personOf = findPersons(document, settled, recordOf, budget)
  const findings: Finding[] = []
  settled.forEach((list, index) => {
    if (list.length === 0) return
    const field = document.fields[index]!
    const record = recordOf(field)
    for (const one of list) findings.push(findingOf(index, one, personOf(field, one, record)))
  })
  return { findings, records }
}

const isFreetext = (one: Found): boolean => one.category === 'freetext'

const findingOf = (field: number, one: Found, record: number): Finding => {
  const { start, end, category, confidence, recogniser, evidence, kind, country } = one
  if (kind === undefined && country === undefined)
    return { field, start, end, category, confidence, recogniser, evidence, record }
  return {
    ...{ field, start, end, category, confidence, recogniser, evidence },
    ...(kind === undefined ? {} : { kind }),
    ...(country === undefined ? {} : { country }),
    record,
  }
}

/** As much as the size of the document allows, and more for each recogniser of the operator's. */
const budgetFor = ({ fields }: Document, own: Own): Budget => {
  let characters = 0
  for (const field of fields) characters += field.text.length + 8
  return makeBudget(characters, unitsPerCharacter + ownUnits(own))
}

const identifiers = (text: string, budget = makeBudget(text.length)): readonly Identifier[] => {
  const found = withSite(budget, (site) => fixed(site, text))
  if (found.length === 0) return found
  return settle(text, found).map(({ start, end, category, confidence, recogniser }) => ({
    start,
    end,
    category,
    confidence,
    recogniser,
  }))
}

/**
 * The rules of this version: lexicons and recognisers are loaded once a process, so a detector costs nothing but its
 * own recognisers.
 * @throws PatternFault for an own pattern that `policy check` would have refused
 */
export const makeDetector = (list: readonly OwnRecogniser[] = []): Detector => {
  const own = list.length === 0 ? nothingOwn : compileOwn(list)
  return {
    classify: (document, options, budget) =>
      Promise.resolve().then(() => classify(document, options, own, budget ?? budgetFor(document, own))),
    identifiers,
    knownName: (name) => meaningOf(name).printable,
    get version() {
      return versionOf(list)
    },
    own: list,
  }
}
