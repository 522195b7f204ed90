import { spend } from '../budget.ts'
import { pushUncovered } from '../covered.ts'
import { UPPER, fold, isLetter, kinds } from '../fold.ts'
import type { Found, Site } from '../found.ts'
import { NOT_NAME, TITLE, previousWord } from '../words.ts'
import { FIRM, PLACE, isWord, listed } from './listed.ts'

/** Names that their form tells: `John Griffith/HOU/ACME@ACME` as Lotus Notes writes users, `Omar al-Rashidi` with the Arabic article. */

/** What precedes the at sign: given name, initial, surname, then units. */
const user =
  /(?:^|[^\p{L}\d@/.])(\p{Lu}[\p{L}'’-]{1,24}(?: \p{Lu}\.?)?(?: \p{Lu}[\p{L}'’-]{1,24}){1,2}(?:\/[\p{Lu}\d][\w&-]{0,20}){0,4})$/u
/** The domain of Notes: one word in capitals or with one, and no dot. */
const domain = /@\p{Lu}[\p{L}\d]{1,20}(?![\p{L}\d@_-]|\.[\p{L}\d])/uy

/** The Arabic article with the letter that takes its sound on. */
const article = / (?:[Aa][ldnrstz]|[Aa]sh|[Ee]l)[-‑](?=\p{Lu}\p{Ll})/uy
const surname = /\p{Lu}[\p{L}'’]{2,24}(?![\p{L}\d])/uy

export const findShaped = (site: Site): void => {
  const { text, found } = site
  const more: Found[] = []
  const add = (start: number, end: number, evidence: string): void => {
    more.push({ start, end, category: 'name', confidence: 0.7, recogniser: 'name', evidence })
  }
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (!isLetter(text.charCodeAt(at - 1)) || kinds[text.charCodeAt(at + 1)] !== UPPER) continue
    spend(site.budget, 40)
    domain.lastIndex = at
    if (!domain.test(text)) continue
    const match = user.exec(text.slice(Math.max(0, at - 110), at))
    if (match !== null) add(at - match[1]!.length, domain.lastIndex, 'user of Lotus Notes')
  }
  for (const hyphen of ['-', '‑'])
    for (let at = text.indexOf(hyphen); at >= 0; at = text.indexOf(hyphen, at + 1)) atHyphen(site, at, add)
  if (more.length === 0) return
  pushUncovered(
    found,
    more,
    found.filter(({ category }) => category !== 'name'),
  )
}

/** `Omar al-Rashidi`, at its hyphen. */
const atHyphen = (
  site: Site,
  hyphen: number,
  add: (start: number, end: number, evidence: string) => void,
): void => {
  const { text } = site
  const blank = text.charCodeAt(hyphen - 3) === 0x20 ? hyphen - 3 : hyphen - 4
  if (text.charCodeAt(blank) !== 0x20) return
  article.lastIndex = blank
  if (!article.test(text)) return
  spend(site.budget, 20)
  surname.lastIndex = hyphen + 1
  if (!surname.test(text)) return
  const end = surname.lastIndex
  const before = previousWord(text, blank)
  if (before === null || before.end !== blank || kinds[text.charCodeAt(before.start)] !== UPPER) return
  const given = fold(text.slice(before.start, before.end))
  const word = given.length < 3 || isWord(given, NOT_NAME | TITLE)
  const place = (listed(fold(text.slice(hyphen + 1, end))) & (PLACE | FIRM)) !== 0
  if (!word && !place) add(before.start, end, 'given name and Arabic article')
}
