import { fold, kinds, LOWER, UPPER } from '../fold.ts'
import { type Site, put } from '../found.ts'
import { NOT_NAME, wordOf } from '../words.ts'

/** Names with a blank between their letters, as forms and headings print them: `D U P O N T`, `L e w a n d o w s k i`. */

const fewest = 4
const most = 40

const isLetter = (code: number): boolean => kinds[code] === LOWER || kinds[code] === UPPER

/** Whether the letters could be a name: of the lists, or a word with a capital that no list has. */
const isName = (
  letters: string,
  isListed: (folded: string) => boolean,
  isCommon: (folded: string) => boolean,
): boolean => {
  const folded = fold(letters)
  if (isListed(folded)) return true
  const title = /^\p{Lu}\p{Ll}{4,}$/u.test(letters)
  return title && !isCommon(folded) && ((wordOf(folded)?.role ?? 0) & NOT_NAME) === 0
}

/** Finds them in one walk over the blanks of the text. */
export const findSpaced = (
  site: Site,
  isListed: (folded: string) => boolean,
  isCommon: (folded: string) => boolean,
): void => {
  if (site.mostSingles < fewest) return
  const { text } = site
  for (let blank = text.indexOf(' '); blank >= 0; blank = text.indexOf(' ', blank + 1)) {
    if (text.charCodeAt(blank + 2) !== 0x20 || !isLetter(text.charCodeAt(blank + 1))) continue
    const start = blank - 1
    if (!isLetter(text.charCodeAt(start)) || isLetter(text.charCodeAt(start - 1))) continue
    let end = start + 1
    let letters = text.charAt(start)
    while (
      text.charCodeAt(end) === 0x20 &&
      isLetter(text.charCodeAt(end + 1)) &&
      !isLetter(text.charCodeAt(end + 2)) &&
      // `D U P O N T a appelé`: a name goes on in the case of its second letter.
      (letters.length < 2 || kinds[text.charCodeAt(end + 1)] === kinds[text.charCodeAt(end - 1)])
    ) {
      if (letters.length < most) letters += text.charAt(end + 1)
      end += 2
    }
    if (letters.length >= fewest && letters.length < most && isName(letters, isListed, isCommon)) {
      put(site.found, {
        start,
        end,
        category: 'name',
        confidence: 0.8,
        recogniser: 'name',
        evidence: 'spaced letters of a name',
      })
    }
    blank = Math.max(blank, end - 1)
  }
}
