import { spend } from './budget.ts'
import { fold } from './fold.ts'
import type { Site } from './found.ts'
import { weak } from './lexicon/special.ts'
import { entry, follows, precedes, previousWord } from './words.ts'

/** Words that reveal special categories, among the hits of the scan: the longest phrase at each place. */
export const findSpecial = (site: Site): void => {
  const { text, hits } = site
  let covered = -1
  for (let hit = 0; hit < hits.length; hit += 3) {
    const start = hits[hit]!
    const end = hits[hit + 1]!
    const words = entry(hits[hit + 2]!).special
    if (words.length === 0 || start < covered) continue
    spend(site.budget, words.length)
    let best = -1
    let bestWord = words[0]!
    for (const word of words) {
      const to = word.words.length === 1 ? end : follows(text, end, word.words.slice(1))
      if (to > best) {
        best = to
        bestWord = word
      }
    }
    if (best < 0) continue
    covered = best
    const before = previousWord(text, start)
    const said = before === null ? '' : fold(text.slice(before.start, before.end))
    // `suis bien enceinte`: one word between is allowed for.
    const told =
      bestWord.after === undefined ||
      bestWord.after.has(said) ||
      (before !== null && [...bestWord.after].some((word) => precedes(text, before.start, [word])))
    const harmless = bestWord.notAfter?.has(said) ?? false
    site.found.push({
      start,
      end: best,
      category: bestWord.category,
      confidence: harmless || !told ? weak : bestWord.confidence,
      recogniser: 'special-word',
      evidence: harmless || !told ? 'word that also means something else' : 'word of the category',
    })
  }
}
