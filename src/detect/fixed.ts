import type { Category } from '../model/category.ts'
import { spend } from './budget.ts'
import { coveredBy } from './covered.ts'
import { context, type Found, type Site, put } from './found.ts'
import type { Meaning } from './lexicon.ts'
import { fromOf, isDisguised, plainOf, stretchesOf, toOf } from './plain.ts'
import { enter, scan, scanStretches } from './scan.ts'

/** Identifiers that have a form of their own, and those that their spelling hides. */

/** What has a form of its own has at least so many signs: `a@b.eu`. */
const shortest = 6

/** What needs no word to be found: checksum and fixed-form identifiers. */
export const fixed = (site: Site, text: string): Found[] => {
  if (text.length < shortest) return []
  enter(site, text, null, true)
  scan(site)
  const { found } = site
  for (const one of disguised(site, text, null, true)) put(found, one)
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
export const disguised = (site: Site, text: string, meaning: Meaning | null, fixedOnly: boolean): Found[] => {
  spend(site.budget, text.length)
  const plain = plainOf(text)
  if (plain === null) return []
  const stretches = stretchesOf(plain, fixedOnly, site.provider || site.near[context.at]! >= 0)
  if (stretches.length === 0) return []
  const addresses = coveredBy(site.found.filter(({ category }) => category === 'contact.address'))
  enter(site, plain.text, meaning, fixedOnly)
  scanStretches(site, stretches)
  return (
    site.found
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
      // What a word alone told of the digits in an address.
      .filter((one) => one.confidence > 0.65 || !addresses.at(one.start, one.end))
  )
}
