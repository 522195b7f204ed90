import { spend } from '../budget.ts'
import { coveredBy } from '../covered.ts'
import { DIGIT, LOWER, fold, isLetter, kinds, nextWord } from '../fold.ts'
import { type Site, put } from '../found.ts'
import { PARTY, TITLE, previousWord, wordOf } from '../words.ts'
import { callings, isGerman, offices } from './german.ts'

/**
 * Persons of whom a letter is left, as German courts, insurers and offices print them: `K. schloss mit der Klinik`, `die Tätigkeit
 * der E`, `gegen B. erhoben`. German writes its nouns with a capital, so a capital letter alone between words in lower case is a
 * name that somebody cut. What follows a preposition of place is a town (`in F.`), what precedes a hyphen, a number or the form of
 * a firm is none (`M-GmbH`, `S. 12`, `D AG`). A letter that is a person once is one in the rest of the text.
 */

/** A letter, the letters of two or three names, two letters of one. */
const cut = /\p{Lu}(?:…|\.(?:[ -]?\p{Lu}\.){0,2}(?![\p{L}\d])|\p{Ll}\.(?= |[,;)]))?(?![\p{L}\d'’])/uy

/** Behind these stands a town, a part of a law, a size. */
const ofPlaces: ReadonlySet<string> = new Set(
  'in im aus nach bei beim ab bis unter am auf zum zur vom lit buchst nr abs art ziff kl typ bzw vgl s'.split(
    ' ',
  ),
)
/** `von A nach B`, `von A bis Z`, `das A und O`, `A oder B`. */
const idiom =
  /^ (?:bis|nach|zu|oder) \p{Lu}(?!\p{L})|^ und O(?!\p{L})|^ (?:capella|cappella|posteriori|priori)/u
/** What is not said of a person behind the letter: a number, a hyphen, the rest of an abbreviation, the form of a firm. */
const otherwise =
  /^\.?(?:[ ]?[-–/&<>§%=+*)\]]?[ ]?\d|-|[ ]-\p{L}|[/&=+]|[ ][&/=+]|(?:[ ](?:\p{Lu}|\p{Lu}\.|&|und))*[ ](?:GmbH|AG|KG|OHG|GbR|SE|mbH|eG|Co|Ltd|Inc|S\.?A|e\. ?V)(?!\p{L})|[ ]\p{L}\.|[ ]\p{Lu}(?!\p{L}))/u
/** `S. auch`, `S. dazu`: see. */
const see = /^\.? (?:auch|dazu|hierzu|oben|unten|ferner|nur|bereits)(?!\p{L})/u
/** Between one of these and a verb stands who acts. */
const conjunctions: ReadonlySet<string> = new Set(
  'als da dass damit denn nachdem ob obwohl sodass sofern solange soweit sowie und wahrend weil wenn wie wonach wobei'.split(
    ' ',
  ),
)
/** What people tell apart by letters, folded: a text with one of them means things by the others, too. */
const things: ReadonlySet<string> = new Set(
  `grosse option variante taste typ klasse modell gruppe teil plan punkt phase ausgang eingang version kategorie stufe seite block zone linie
  vitamin serie bild abbildung abb tabelle spalte zeile feld buchstabe buchstaben laufwerk port pin kanal ebene bereich fall szenario note`.split(
    /\s+/,
  ),
)
const joined = /^(?:,? (?:und|oder|sowie)|,) (?:(?:Dr|Prof)\. )?$/

interface Letter {
  readonly start: number
  readonly end: number
  /** Without its dot: `K`, `C. B`. */
  readonly name: string
}

export const findLetters = (site: Site): void => {
  // German counts among the languages whose words the scan has met.
  if (site.others === 0) return
  const letters = lettersOf(site)
  if (letters.length === 0 || !isGerman(site.text)) return
  const { text, found } = site
  const names = found.filter(({ category, confidence }) => category === 'name' && confidence >= 0.5)
  const covered = coveredBy(names)
  const ends = new Map(names.map((one) => [one.start, one.end]))
  const persons = new Set<string>()
  const ofThings = letters.some(({ start }) => things.has(wordBefore(text, start)))
  let last = -1
  const isPerson = letters.map((one) => {
    const { start, end, name } = one
    // The initial of a surname is no name by itself.
    const found = covered.at(start, end)
    if (found ? (ends.get(start) ?? Infinity) > end : !isTold(text, one, last, ofThings)) return false
    last = end
    persons.add(name)
    return true
  })
  for (const [at, { start, end, name }] of letters.entries()) {
    if (covered.at(start, end) || !(isPerson[at]! || (persons.has(name) && !isElsewhere(text, start))))
      continue
    put(found, {
      start,
      end,
      category: 'name',
      confidence: 0.6,
      recogniser: 'name',
      evidence: isPerson[at]! ? 'letter where a person is meant' : 'letter that is a person in this text',
    })
  }
}

/** Capitals that stand alone, with nothing that makes them an abbreviation, a number or a firm. */
const lettersOf = (site: Site): Letter[] => {
  const { text, budget } = site
  spend(budget, text.length)
  const letters: Letter[] = []
  let last = 0
  for (const from of site.initials) {
    if (from < last) continue
    let to = from + 1
    while (isLetter(text.charCodeAt(to))) to++
    if (to > from + 2 || (to > from + 1 && text.charCodeAt(to) !== 0x2e) || !isFree(text, from)) continue
    spend(budget, 40)
    cut.lastIndex = from
    if (!cut.test(text)) continue
    const end = cut.lastIndex
    if (end < to) continue
    const name = text.slice(from, end).replace(/[.…]$/, '')
    last = end
    const behind = text.slice(end - (text.charAt(end - 1) === '.' ? 1 : 0), end + 24)
    if (otherwise.test(behind) || idiom.test(behind) || (name === 'S' && see.test(behind))) continue
    letters.push({ start: from, end, name })
  }
  return letters
}

/** Nothing before it that it belongs to: `A und O`, `5 V`, `§ A`, `a. a. O.`, `Art. B`. */
const isFree = (text: string, start: number): boolean => {
  if (/ (?:A und|A nach|A bis|A zu|A oder) $/.test(text.slice(Math.max(0, start - 8), start))) return false
  const near = text.charCodeAt(start - 1)
  if (start === 0 || near === 0x0a) return true
  if (near !== 0x20 && near !== 0xa0) return /[(„"»«“]/.test(text.charAt(start - 1))
  const before = text.charAt(start - 2)
  if (kinds[before.charCodeAt(0)] === DIGIT || /[§/<&=+–-]/.test(before)) return false
  return before !== '.' || !isAbbreviation(text, start - 2)
}

/** Whether a full stop ends a short word that is no title and no letter of a name: `a.`, `Abs.`, `Rn.` */
const isAbbreviation = (text: string, dot: number): boolean => {
  let from = dot
  while (from > 0 && dot - from < 7 && isLetter(text.charCodeAt(from - 1))) from--
  if (dot - from > 5 || from === dot) return false
  return ((wordOf(fold(text.slice(from, dot)))?.role ?? 0) & TITLE) === 0
}

/** A numeral as likely as a person. */
const isNumeral = (name: string): boolean => /^[IVX]$/.test(name)

/** Folded; empty if there is none. */
const wordBefore = (text: string, start: number): string => {
  const before = previousWord(text, start)
  return before === null ? '' : fold(text.slice(before.start, before.end))
}

const isElsewhere = (text: string, start: number): boolean => ofPlaces.has(wordBefore(text, start))

/** @param last where the person before it ended  @param ofThings only a word for a person tells one */
const isTold = (text: string, { start, end, name }: Letter, last: number, ofThings: boolean): boolean => {
  if (last >= 0 && start - last < 14 && joined.test(text.slice(last, start))) return true
  if (/\p{Ll}/u.test(name)) return false
  const next = nextWord(text, end, 1)
  const goesOn =
    next !== null &&
    next.start === end + 1 &&
    kinds[text.charCodeAt(next.start)] === LOWER &&
    next.end - next.start > 1
  if (begins(text, start)) return goesOn && !isNumeral(name) && !ofThings
  const before = previousWord(text, start)
  if (before === null || before.end < start - 2) return false
  const word = fold(text.slice(before.start, before.end))
  if (((wordOf(word)?.role ?? 0) & PARTY) !== 0 || offices.test(word) || callings.test(word)) return true
  if (ofThings || isNumeral(name)) return false
  if (conjunctions.has(word) && text.charAt(end) === ' ') return true
  if (kinds[text.charCodeAt(before.start)] !== LOWER || before.end !== start - 1) return false
  return !ofPlaces.has(word) && (goesOn || /^[,;:)\n]|^$/.test(text.charAt(end)))
}

/** At the beginning of a sentence, behind a mark of a list or a quotation mark. */
const begins = (text: string, start: number): boolean => {
  let at = start - 1
  while (at >= 0 && /[ \u00a0„"»“]/.test(text.charAt(at))) at--
  return at < 0 || /[.!?\n]/.test(text.charAt(at)) || (text.charAt(at) === ')' && at < 3)
}
