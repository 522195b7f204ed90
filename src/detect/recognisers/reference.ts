import { spend } from '../budget.ts'
import { contextKinds } from '../lexicon/context.ts'
import { identifierPhrases, identifierRows, isKeyWord } from './identifiers/table.ts'
import { context, type Site, put } from '../found.ts'
import type { Category } from '../../model/category.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Numbers without a form of their own, told by the word before them: `matricule E-1042`, `ticket #T-881`,
 * `n° client 004512`. A digit is asked for, so that `dossier complet` stays.
 */
const value =
  /[°º]?(?:\s+(?:est|is|number|numéro|no|nr|c(?:['’]|[ ])?est|c|ist|lautet|es|è|é|jest|to|este))?\s*(?:le\s|el\s|il\s|o\s|n[°ºo]\.?|#|:|=|\()?\s*[#:]?\s*((?:[A-Za-z]{1,6}[-/_.]?)?\d[A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+)*)/y

const categories: ReadonlyMap<number, { category: Category; least: number; confidence: number }> = new Map([
  [context.employee, { category: 'id.employee' as const, least: 2, confidence: 0.85 }],
  [context.customer, { category: 'id.customer' as const, least: 3, confidence: 0.85 }],
  [context.case, { category: 'id.case' as const, least: 3, confidence: 0.75 }],
  [context.passport, { category: 'id.passport' as const, least: 6, confidence: 0.79 }],
  [context.driving, { category: 'id.driving' as const, least: 6, confidence: 0.79 }],
  [context.health, { category: 'id.health' as const, least: 5, confidence: 0.79 }],
  // Check digits wrong, or none known: what the word says is a number all the same.
  [context.national, { category: 'id.national' as const, least: 4, confidence: 0.7 }],
  [context.tax, { category: 'id.tax' as const, least: 6, confidence: 0.7 }],
  [context.account, { category: 'fin.account' as const, least: 6, confidence: 0.75 }],
  [context.plate, { category: 'vehicle.plate' as const, least: 5, confidence: 0.7 }],
])

/** Names of identifiers announce a number that has not their form, too: a digit forgotten, letters for digits. */
const firstCategory = new Map<string, Category>()
for (const { words, category } of identifierRows) {
  for (const phrase of words.split('|')) if (!firstCategory.has(phrase)) firstCategory.set(phrase, category)
}
const named = identifierPhrases.map((phrase) => {
  const category = firstCategory.get(phrase)!
  return category.startsWith('id.') && isKeyWord(phrase)
    ? { category, least: 6, confidence: 0.65 }
    : undefined
})
const inGroups =
  /\s?(?:n[°º]|nr\.?|#|:|=|is|est|ist|es|jest)?\s?:?\s?((?:[A-Z]{1,3}(?:\d\d)?[ -]?)?\d{2,9}(?:[ /-]\d{1,10}){1,5}(?:[ -]?[A-Z](?![\p{L}\d]))?)(?![\p{L}\d])/uy

const ruleOf = (kind: number) =>
  kind < contextKinds.length ? categories.get(kind) : named[kind - contextKinds.length]

const seriesKind = context.series
/** Identity cards of Romania and Poland: `CI seria MX nr. 123456`, `dowód seria ABC numer 123456`. */
const series = /\s?:?\s?[A-Z]{2,3},?\s(?:nr\.?|n[º°o]\.?|numer|num[aă]r(?:ul)?)\s?\d{6,9}(?![\p{L}\d])/uy

const inSeries = (site: Site, end: number): void => {
  spend(site.budget, 8)
  series.lastIndex = end
  const match = series.exec(site.text)
  if (match === null) return
  const from = end + match[0].search(/[A-Z]/)
  put(site.found, {
    start: from,
    end: series.lastIndex,
    category: 'id.national',
    confidence: 0.75,
    recogniser: 'reference',
    evidence: 'series and number of a card',
  })
}

const atContext = (site: Site, start: number, end: number, kind: number): void => {
  const rule = ruleOf(kind)
  if (site.fixedOnly) return
  if (kind === seriesKind) return inSeries(site, end)
  if (rule === undefined) return
  spend(site.budget, 8)
  // `Kd.-Nr. 77120`: the full stop of an abbreviation.
  const behind = end - start <= 3 && site.text.charAt(end) === '.' ? end + 1 : end
  inGroups.lastIndex = behind
  value.lastIndex = behind
  const grouped =
    kind >= contextKinds.length || rule.category === 'fin.account' ? inGroups.exec(site.text) : null
  const match = grouped ?? value.exec(site.text)
  if (match === null) return
  const written = match[1]!
  // `ssn 7598`: the last four; a year is none.
  if (written.length < 6 && rule.category === 'id.national' && !/^(?!19|20)\d{4,5}$/.test(written)) return
  if (written.length < rule.least || written.length > 40 || /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/.test(written))
    return
  const from = behind + match[0].length - written.length
  put(site.found, {
    start: from,
    end: from + written.length,
    category: rule.category,
    confidence: rule.confidence,
    recogniser: 'reference',
    evidence: 'number after the word for it',
  })
}

/** French plates since 2009: AB-123-CD. */
const plate = /[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}(?![A-Za-z0-9-])/y

/** Age told in years: `âgé de 45 ans`, `45 years old`, `45 ans`. */
const years = /\d{1,3}\s(ans|years old|year old|yo|años|anos|jahre alt|anni)(?![A-Za-z])/iy

const atDigits: NonNullable<Recogniser['digits']> = (site, run) => {
  if (site.fixedOnly) return
  const { text } = site
  if (
    run.groups[1]! - run.start === 3 &&
    /[- ]/.test(text.charAt(run.start - 1)) &&
    /[A-Z]/.test(text.charAt(run.start - 2))
  ) {
    const start = run.start - 3
    plate.lastIndex = start
    const match = start >= 0 && !/[A-Za-z0-9-]/.test(text.charAt(start - 1)) ? plate.exec(text) : null
    if (match !== null) {
      const spaced = match[0].includes(' ')
      put(site.found, {
        start,
        end: start + match[0].length,
        category: 'vehicle.plate',
        confidence: spaced ? 0.6 : 0.85,
        recogniser: 'plate',
        evidence: 'French plate form',
        country: 'FR',
      })
    }
  }
  if (run.count <= 3 && run.groups.length === 2) {
    years.lastIndex = run.start
    const match = years.exec(text)
    if (match === null || Number(text.slice(run.start, run.end)) > 120) return
    const told =
      run.start - site.near[context.aged]! <= 8 ||
      (match[1]!.toLowerCase() !== 'ans' && match[1]!.toLowerCase() !== 'anos')
    put(site.found, {
      start: run.start,
      end: run.start + match[0].length,
      category: 'age',
      confidence: told ? 0.9 : 0.4,
      recogniser: 'age',
      evidence: told ? 'years of age' : 'years, perhaps not of age',
    })
  }
}

export const reference: Recogniser = {
  id: 'reference',
  fixed: false,
  revision: 1,
  context: atContext,
  wakes: (kind) => kind === seriesKind || ruleOf(kind) !== undefined,
  digits: atDigits,
}
