import { hash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { Budget } from './budget.ts'
import { spend } from './budget.ts'
import type { Site } from './found.ts'

const load = createRequire(import.meta.url)
/** Loaded when a text first needs it: function words tell most. */
let library: typeof import('tinyld/light') | undefined

/** Languages whose special-category words and name forms the lexicons know. */
export const covered: ReadonlySet<string> = new Set('fr en de es it pt nl pl ro'.split(' '))

/** Fewer letters say nothing of the language (design §6). */
export const tooShort = 25

/** The detector reads at most this much: beyond it the answer does not change. */
const sample = 600
const detectCost = 3_000

/** Languages in Latin letters that the detector knows. */
const latin: ReadonlySet<string> = new Set('fr en de es pt it nl pl ro sv fi no hu tr'.split(' '))
const certain = 0.06

/**
 * True if the text's language is covered. Function words counted by the scan decide most texts; only where
 * they are rare is the language detector asked. Uncertain counts as covered (design §6).
 */
export const isCovered = (site: Site): boolean => {
  if (site.letters < tooShort) return true
  const own = site.french + site.english + site.others
  if (own >= 2 && own * 8 >= site.words) return true
  return readLanguage(site.text, site.budget)
}

/** Verdicts by digest of the text: payloads repeat their labels, and each costs as much as classifying a page. */
const verdicts = new Map<string, boolean>()
const mostVerdicts = 5_000

const readLanguage = (text: string, budget: Budget): boolean => {
  spend(budget, detectCost)
  const start = text.length > sample ? text.slice(0, sample) : text
  const digest = hash('sha1', start, 'base64')
  let verdict = verdicts.get(digest)
  if (verdict === undefined) {
    verdict = guess(start)
    if (verdicts.size >= mostVerdicts) verdicts.clear()
    verdicts.set(digest, verdict)
  }
  return verdict
}

const guess = (text: string): boolean => {
  // Scripts were looked at before; the detector answers `hi` or `ru` to tables and codes in Latin letters.
  library ??= load('tinyld/light') as typeof import('tinyld/light')
  const guesses = library.detectAll(text).filter(({ lang }) => latin.has(lang))
  const [first, second] = guesses
  if (first === undefined || covered.has(first.lang)) return true
  // One guess far ahead of the next is certain; low or near ones are names, product codes and lists.
  return first.accuracy < certain || first.accuracy < 1.5 * (second?.accuracy ?? 0)
}
