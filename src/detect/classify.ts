import type { Category } from '../model/category.ts'
import type { Document, Field } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { CivilDate } from '../model/register.ts'
import type { Analysed } from './analyser.ts'
import { type Budget, makeBudget, spend, unitsPerCharacter } from './budget.ts'
import { readColumns } from './columns.ts'
import { fixed } from './fixed.ts'
import type { Found, Site } from './found.ts'
import { inspect, silentHeaders } from './inspect.ts'
import { asBirths } from './known-values.ts'
import { findLearned, learnAll } from './learned.ts'
import { meaningOf } from './lexicon.ts'
import { type Own, type OwnRecogniser, compileOwn, findOwn, nothingOwn, ownUnits } from './own/own.ts'
import { findPairs } from './pairs.ts'
import { findPersons } from './persons.ts'
import { findPieces } from './pieces.ts'
import { findPlaces } from './places.ts'
import { findRecords } from './records.ts'
import { enter, withSite } from './scan.ts'
import { isJoined, settle } from './settle.ts'
import { strengthen } from './strengthen.ts'
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

/** Units of work: settling a finding. */
const placing = 8

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
      const { found } = seen[field]!
      found.length = 0
      for (const one of list) found.push(one)
    },
    budget,
  )
  findPieces(document, (field) => seen[field]!.found, budget)
  strengthen(document, seen)
  const learned = learnAll(
    document,
    seen.map(({ found }) => found),
    budget,
  )
  const settled = seen.map(({ found, tight }, index): readonly Found[] => {
    const field = document.fields[index]!
    if (!tight) findLearned(learned, site, field, found)
    if (own.list.length > 0) for (const one of findOwnIn(own, site, field)) found.push(one)
    for (const one of analysed?.get(index) ?? []) found.push(one)
    if (found.length === 0) return found
    spend(budget, placing * found.length)
    if (!found.some(isFreetext)) return settle(field.text, asBirths(learned.values, field.text, found))
    const others = found.filter((one) => !isFreetext(one))
    return [...found.filter(isFreetext), ...settle(field.text, asBirths(learned.values, field.text, others))]
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
  if (kind === undefined)
    return country === undefined
      ? { field, start, end, category, confidence, recogniser, evidence, record }
      : { field, start, end, category, confidence, recogniser, evidence, country, record }
  return country === undefined
    ? { field, start, end, category, confidence, recogniser, evidence, kind, record }
    : { field, start, end, category, confidence, recogniser, evidence, kind, country, record }
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
