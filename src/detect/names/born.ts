import { pushUncovered } from '../covered.ts'
import { DIGIT, OTHER, kinds } from '../fold.ts'
import { spend } from '../budget.ts'
import type { Found, Site } from '../found.ts'

/**
 * A day of birth that no word tells: alone behind or below a name, at the end of its line, as registers, labels and the heads of
 * records print it (`ROBERT, HENRI⏎07 . 03 . 1958`). The day that a letter was signed is younger.
 */
const day =
  /[ \t]*(?:[,;–-][ \t]*|\r?\n[ \t]*)?(\d{1,2})[ ]?([./-])[ ]?(\d{1,2})[ ]?\2[ ]?(?:19\d\d|200\d)(?=[ \t]*(?:\r?\n|$))/y

export const findBorn = (site: Site): void => {
  const { text, found } = site
  const more: Found[] = []
  for (const one of found) {
    if (one.category !== 'name' || one.confidence < 0.5) continue
    let at = one.end
    while (at - one.end < 5 && kinds[text.charCodeAt(at)] === OTHER) at++
    if (kinds[text.charCodeAt(at)] !== DIGIT) continue
    spend(site.budget, 8)
    day.lastIndex = one.end
    const match = day.exec(text)
    if (match === null) continue
    const [written, first = '', , second = ''] = match
    const [a, b] = [Number(first), Number(second)]
    if (a < 1 || b < 1 || Math.min(a, b) > 12 || Math.max(a, b) > 31) continue
    const end = day.lastIndex
    more.push({
      start: end - written.trimStart().replace(/^[,;–-]\s*/, '').length,
      end,
      category: 'birth.date',
      confidence: 0.6,
      recogniser: 'date',
      evidence: 'a day alone behind a name',
    })
  }
  pushUncovered(found, more)
}
