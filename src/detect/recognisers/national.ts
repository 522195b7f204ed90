import { createRequire } from 'node:module'
import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { near, type Digits, type Site } from '../found.ts'
import type { ContextKind } from '../lexicon/context.ts'
import type { Category } from '../../model/category.ts'
import type { Recogniser } from './table.ts'

/** Only the countries in use: the whole package loads ninety. */
const load = createRequire(import.meta.url)
type Validator = { validate(value: string): { isValid: boolean } }
const of = (country: string): Readonly<Record<string, Validator>> =>
  load(`stdnum/lib/cjs/${country}/index.js`)
const [fr, pt, es, de, ma] = [of('fr'), of('pt'), of('es'), of('de'), of('ma')]

interface NumberKind {
  readonly kind: string
  readonly country: string
  readonly category: Category
  /** Sticky; begins at a digit, or one letter before the first digit (`from: 'letter'`). */
  readonly form: RegExp
  readonly from: 'digit' | 'letter'
  readonly check: Validator
  /**
   * Chance that a random number of this form passes: below 1 in 200 the checksum decides alone; above it the
   * finding is weak (0.3) without a context word or key.
   */
  readonly alone: number
  readonly context: ContextKind
}

const s = '[ .\\-\\u00a0\\u202f]?'
const sticky = (source: string): RegExp => new RegExp(source, 'y')

const kinds: readonly NumberKind[] = [
  {
    kind: 'nif',
    country: 'FR',
    category: 'id.tax',
    from: 'digit',
    check: fr.nif!,
    context: 'tax',
    alone: 0.3,
    form: sticky(`[0-3]\\d${s}\\d\\d${s}\\d{3}${s}\\d{3}${s}\\d{3}`),
  },
  {
    kind: 'dni',
    country: 'ES',
    category: 'id.national',
    from: 'digit',
    check: es.dni!,
    context: 'national',
    alone: 0.8,
    form: sticky(`\\d{8}[ -]?[A-HJ-NP-TV-Z]|\\d{2}\\.\\d{3}\\.\\d{3}[ -]?[A-HJ-NP-TV-Z]`),
  },
  {
    kind: 'nie',
    country: 'ES',
    category: 'id.national',
    from: 'letter',
    check: es.nie!,
    context: 'national',
    alone: 0.9,
    form: sticky(`[XYZ][ -]?\\d{7}[ -]?[A-HJ-NP-TV-Z]`),
  },
  {
    kind: 'nss',
    country: 'ES',
    category: 'id.national',
    from: 'digit',
    check: es.nss!,
    context: 'national',
    alone: 0.4,
    form: sticky(`\\d{2}[ /-]?\\d{7,8}[ /-]?\\d{2}`),
  },
  {
    kind: 'cc',
    country: 'PT',
    category: 'id.national',
    from: 'digit',
    check: pt.cc!,
    context: 'national',
    alone: 0.95,
    form: sticky(`\\d{8}[ -]?\\d[ -]?[A-Z0-9]{2}\\d`),
  },
  {
    kind: 'nif',
    country: 'PT',
    category: 'id.tax',
    from: 'digit',
    check: pt.nif!,
    context: 'tax',
    alone: 0.3,
    form: sticky(`[1235689]\\d{2}[ .]?\\d{3}[ .]?\\d{3}`),
  },
  {
    kind: 'svnr',
    country: 'DE',
    category: 'id.national',
    from: 'digit',
    check: de.svnr!,
    context: 'national',
    alone: 0.9,
    form: sticky(`\\d{2}[ ]?[0-3]\\d[01]\\d\\d{2}[ ]?[A-Z][ ]?\\d{2}[ ]?\\d`),
  },
  {
    kind: 'idnr',
    country: 'DE',
    category: 'id.tax',
    from: 'digit',
    check: de.idnr!,
    context: 'tax',
    alone: 0.4,
    form: sticky(`[1-9]\\d[ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{3}`),
  },
  {
    kind: 'stnr',
    country: 'DE',
    category: 'id.tax',
    from: 'digit',
    check: de.stnr!,
    context: 'tax',
    alone: 0.2,
    form: sticky(`\\d{2,3}[/ ]\\d{3,4}[/ ]\\d{4,5}|\\d{10,13}`),
  },
  // ICE names a firm; a sole trader's is personal, so it counts as a tax number where the text says so.
  {
    kind: 'ice',
    country: 'MA',
    category: 'id.tax',
    from: 'digit',
    check: ma.ice!,
    context: 'tax',
    alone: 0.2,
    form: sticky('\\d{15}'),
  },
]

const byDigit = kinds.filter((one) => one.from === 'digit')
const byLetter = kinds.filter((one) => one.from === 'letter')

/** The Moroccan CIN has no checksum: one or two letters of the province and up to six digits, told by a word. */
const cin = /[A-Z]{1,2}[ ]?\d{5,6}/y

const tryKinds = (site: Site, start: number, list: readonly NumberKind[]): void => {
  const { text } = site
  if (isWordCode(text.charCodeAt(start - 1)) || text.charAt(start - 1) === '+') return
  for (const one of list) {
    one.form.lastIndex = start
    const match = one.form.exec(text)
    if (match === null || isWordCode(text.charCodeAt(start + match[0].length))) continue
    const key = site.meaning?.category
    const told = !site.fixedOnly && (key === one.category || near(site, one.context, start))
    if (site.fixedOnly && one.alone < 0.5) continue
    spend(site.budget, 150)
    if (!one.check.validate(match[0].replaceAll('.', '')).isValid) continue
    // Digits that go on after a separator are another, longer number.
    if (/^[ .-]?\d/.test(text.slice(start + match[0].length, start + match[0].length + 2)) && !told) continue
    site.found.push({
      start,
      end: start + match[0].length,
      category: one.category,
      confidence: told ? 0.95 : one.alone,
      recogniser: `${one.country.toLowerCase()}-${one.kind}`,
      evidence: told
        ? 'check digits, word or key'
        : one.alone < 0.5
          ? 'check digits, weak without a word'
          : 'check digits',
      kind: one.kind,
      country: one.country,
    })
  }
}

const atDigits = (site: Site, run: Digits): void => {
  if (run.count < 7) {
    if (run.count >= 5) atCin(site, run.start)
    return
  }
  tryKinds(site, run.start, byDigit)
  for (let group = 2; group < run.groups.length; group += 2) {
    spend(site.budget, 10)
    if (run.groups[group + 1]! - run.groups[group]! >= 2) tryKinds(site, run.groups[group]!, byDigit)
  }
  const before = site.text.charAt(run.start - 1)
  if (/[XYZ]/.test(before)) tryKinds(site, run.start - 1, byLetter)
  else if ((before === '-' || before === ' ') && /[XYZ]/.test(site.text.charAt(run.start - 2)))
    tryKinds(site, run.start - 2, byLetter)
}

const atCin = (site: Site, digits: number): void => {
  const { text } = site
  if (site.fixedOnly || !(near(site, 'national', digits, 30) || site.meaning?.category === 'id.national'))
    return
  let start = digits
  if (text.charAt(start - 1) === ' ') start--
  while (start > 0 && digits - start < 3 && /[A-Z]/.test(text.charAt(start - 1))) start--
  cin.lastIndex = start
  const match = cin.exec(text)
  if (
    match === null ||
    isWordCode(text.charCodeAt(start - 1)) ||
    isWordCode(text.charCodeAt(start + match[0].length))
  )
    return
  site.found.push({
    start,
    end: start + match[0].length,
    category: 'id.national',
    confidence: 0.75,
    recogniser: 'ma-cin',
    evidence: 'form without checksum, identity card word or key',
    kind: 'cin',
    country: 'MA',
  })
}

export const national: Recogniser = { id: 'national', fixed: true, revision: 1, digits: atDigits }
