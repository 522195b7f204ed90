import { spend } from '../budget.ts'
import { DIGIT, isWordCode, kinds } from '../fold.ts'
import { pushUncovered } from '../covered.ts'
import type { Found, Site } from '../found.ts'

/**
 * Telephone numbers right behind a name, where no word says what they are: `Soția Andreea: 0744-112-233`,
 * `hija (Amaia) 948 22 33 44`. Nine to eleven digits that begin as numbers of the covered countries do.
 */
const number =
  /\)?\s?[:,–-]?\s?\(?((?:\+?\d{1,3}[ .-]?)?\(?0?\d{1,4}\)?(?:[ ./-]?\d{2,4}){2,4})(?![\p{L}\d/-]|[.,]\d)/uy
/** A day, an amount, a number of a file. */
const other = /^(?:19|20)\d\d|^\d\d?[./-]\d\d?[./-]\d|[€$£%]/

export const findBeside = (site: Site): void => {
  const { text, found } = site
  const more: Found[] = []
  const ends = new Set<number>()
  for (const one of found) {
    if (one.category !== 'name' || one.confidence < 0.5 || ends.has(one.end)) continue
    ends.add(one.end)
    let at = one.end
    while (at - one.end < 4 && kinds[text.charCodeAt(at)] !== DIGIT && !isWordCode(text.charCodeAt(at))) at++
    const first = text.charCodeAt(at)
    if (kinds[first] !== DIGIT && text.charAt(at) !== '+') continue
    spend(site.budget, 30)
    number.lastIndex = one.end
    const match = number.exec(text)
    if (match === null) continue
    const written = match[1]!
    const count = written.replace(/\D/g, '').length
    // In one piece, without the zero that a call at home begins with, it may be any number.
    const begins = /^[+(]?0|^[6-9]/.test(written)
    if (count < 9 || count > 12 || !begins || other.test(written)) continue
    const end = number.lastIndex
    more.push({
      start: end - written.length,
      end,
      category: 'contact.phone',
      confidence: 0.6,
      recogniser: 'phone',
      evidence: 'digits of a telephone number behind a name',
    })
  }
  pushUncovered(found, more)
}
