import { spend } from '../budget.ts'
import { pushUncovered } from '../covered.ts'
import { LOWER, UPPER, fold, isLetter, kinds } from '../fold.ts'
import type { Found, Site } from '../found.ts'
import { NOT_NAME, TITLE } from '../words.ts'
import { callings, isGerman, offices } from './german.ts'
import { GIVEN, SURNAME, isWord, listed } from './listed.ts'

/**
 * Surnames behind a word for people: `Handelsminister Gref`, `der Zeugin Ribhegge`. German puts two nouns side by side nearly
 * only where the second is a name.
 */

/** Nouns that may follow in the dative's wake: `dem Kläger Prozesskostenhilfe`, `dem Richter Befangenheit vorwerfen`. */
const noun =
  /(?:ung|ungen|heit|keit|schaft|tion|tionen|sicht|nis|tat|ment|hilfe|recht|amt|gericht|geld|antrag|bescheid|urlaub|kosten|jahr|tag|zeit|ing|ik|ismus|wesen|medizin)s?$/
const most = 24

export const findOffices = (site: Site): void => {
  if (site.others === 0) return
  let german: boolean | undefined
  const { text, found } = site
  spend(site.budget, text.length)
  const more: Found[] = []
  for (let at = 1; at < text.length; at++) {
    if (kinds[text.charCodeAt(at)] !== UPPER || text.charCodeAt(at - 1) !== 0x20) continue
    let from = at - 1
    while (from > 0 && at - from < 40 && isLetter(text.charCodeAt(from - 1))) from--
    if (at - from < 5 || kinds[text.charCodeAt(from)] !== UPPER || kinds[text.charCodeAt(from + 1)] !== LOWER)
      continue
    if (!(german ??= isGerman(text))) return
    spend(site.budget, 12)
    const end = surnameEnd(text, at)
    if (end > at && isName(fold(text.slice(from, at - 1)), fold(text.slice(at, end))))
      more.push({
        start: at,
        end,
        category: 'name',
        confidence: 0.6,
        recogniser: 'name',
        evidence: 'behind a word for a person',
      })
  }
  pushUncovered(found, more)
}

/** End of a capitalised word of three letters and more, with the second half of a double name; `at` if it is none. */
const surnameEnd = (text: string, at: number): number => {
  let end = at + 1
  let halves = 0
  while (end - at < 2 * most) {
    const kind = kinds[text.charCodeAt(end)]
    if (kind === LOWER) end++
    else if (text.charCodeAt(end) === 0x2d && kinds[text.charCodeAt(end + 1)] === UPPER && halves++ === 0)
      end += 2
    else break
  }
  const next = text.charCodeAt(end)
  return end - at < 3 || isLetter(next) || next === 0x2d ? at : end
}

const isName = (before: string, word: string): boolean => {
  const office = offices.test(before)
  if (!office && !callings.test(before)) return false
  if (noun.test(word) || offices.test(word) || callings.test(word)) return false
  const halves = word.split('-')
  if (isWord(word, NOT_NAME | TITLE) || halves.some((half) => isWord(half, 0))) return false
  return office || [word, ...halves].some((part) => (listed(part) & (SURNAME | GIVEN)) !== 0)
}
