import { spend } from '../budget.ts'
import { pushUncovered } from '../covered.ts'
import { fold } from '../fold.ts'
import type { Found, Site } from '../found.ts'
import { isWord } from './listed.ts'

/** Names that others carry: `our founders: Schulz, Strickland and Matthews`, of which two were found, are three. */

const one = "\\p{Lu}[\\p{L}\\p{M}'’-]{2,24}"
const name = `${one}(?: ${one})?`
const and = 'and|und|et|y|e|en|i|și|si|sowie|&'
/** Between two names, and behind the second of two. */
const between = new RegExp(`^,? (${name})(?:,|,? (?:${and})) $`, 'u')
const behind = new RegExp(`,? (?:${and}) (${name})(?![\\p{L}\\d'’-])`, 'uy')
const comma = /^, $/

export const findListed = (site: Site): void => {
  const { text, found } = site
  const names = found
    .filter(
      ({ category, confidence, end, start }) => category === 'name' && confidence >= 0.5 && end - start > 2,
    )
    .sort((a, b) => a.start - b.start)
  if (names.length < 2) return
  const more: Found[] = []
  const add = (start: number, written: string): void => {
    if (hasWord(written)) return
    more.push({
      start,
      end: start + written.length,
      category: 'name',
      confidence: 0.55,
      recogniser: 'name',
      evidence: 'in a list of names',
    })
  }
  for (let at = 1; at < names.length; at++) {
    const [a, b] = [names[at - 1]!, names[at]!]
    if (b.start - a.end > 64 || b.start <= a.end) continue
    spend(site.budget, 12)
    const gap = text.slice(a.end, b.start)
    const inner = between.exec(gap)
    if (inner !== null) add(a.end + gap.indexOf(inner[1]!), inner[1]!)
    if (!comma.test(gap)) continue
    behind.lastIndex = b.end
    const outer = behind.exec(text)
    if (outer !== null) add(behind.lastIndex - outer[1]!.length, outer[1]!)
  }
  pushUncovered(found, more)
}

/** Whether a word of it is one of the language, a town or a firm. */
const hasWord = (written: string): boolean =>
  fold(written)
    .split(/[^a-z]+/)
    .some((word) => isWord(word))
