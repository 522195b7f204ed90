import { detectAll } from 'tinyld/light'
import type { Budget } from './budget.ts'
import { spend } from './budget.ts'
import type { Site } from './found.ts'

/** Languages whose special-category words and name forms the lexicons know; a later lexicon adds its code. */
export const covered: ReadonlySet<string> = new Set(['fr', 'en'])

/** Fewer letters say nothing of the language (design §6). */
export const tooShort = 25

/** The detector reads at most this much: beyond it the answer does not change. */
const sample = 600
const detectCost = 3_000

/**
 * True if the text's language is covered. Function words counted by the scan decide most texts; only where
 * they are rare is the language detector asked. Uncertain counts as covered (design §6).
 */
export const isCovered = (site: Site): boolean => {
  if (site.letters < tooShort) return true
  const own = site.french + site.english
  if (own >= 2 && own * 5 >= site.words) return true
  return readLanguage(site.text, site.budget)
}

const readLanguage = (text: string, budget: Budget): boolean => {
  spend(budget, detectCost)
  const [first, second] = detectAll(text.length > sample ? text.slice(0, sample) : text)
  if (first === undefined) return true
  if (covered.has(first.lang)) return true
  const margin = first.accuracy - (second?.accuracy ?? 0)
  // One guess far ahead of the next is certain; near ties are names, product codes and lists.
  return !(first.accuracy >= 0.08 && margin >= 0.02)
}
