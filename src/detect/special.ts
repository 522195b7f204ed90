import { spend } from './budget.ts'
import { LOWER, MARK, UPPER, fold, foldsTo, kinds } from './fold.ts'
import { type Found, type Site, put } from './found.ts'
import { type SpecialWord, weak } from './lexicon/special.ts'
import { between, institutions, negators, reports } from './lexicon/special/frames.ts'
import { GIVEN, NOT_NAME, TITLE, entry, follows, previousWord, wordAt } from './words.ts'

/** Units of work for looking at the words around one. */
const looking = 60
/** Words looked at on either side for one that must be near. */
const side = 4

/**
 * Words that reveal special categories, offences or need, among the hits of the scan: the longest phrase at each place,
 * unless the words around it say that it speaks of no person. That somebody has *no* diabetes, no record, no faith is
 * said of a person too and is of the same category (Art. 4(15), recital 35: information *about* the health status), so a
 * denial keeps its category; only the report that nobody was ill (`aucune maladie signalée`) says nothing of anybody.
 */
export const findSpecial = (site: Site): void => {
  const { text, hits } = site
  let covered = -1
  for (let hit = 0; hit < hits.length; hit += 3) {
    const start = hits[hit]!
    const candidates = entry(hits[hit + 2]!).special
    if (candidates.length === 0 || start < covered) continue
    spend(site.budget, 4 * candidates.length)
    const best = longest(text, start, hits[hit + 1]!, candidates, covered)
    if (best === null) continue
    spend(site.budget, looking)
    covered = best.end
    put(site.found, told(text, best))
  }
}

interface Span {
  readonly start: number
  readonly end: number
  readonly word: SpecialWord
}

const longest = (
  text: string,
  start: number,
  end: number,
  candidates: readonly { word: SpecialWord; at: number }[],
  covered: number,
): Span | null => {
  let best: Span | null = null
  for (const { word, at } of candidates) {
    let from = start
    for (let before = at - 1; before >= 0 && from >= 0; before--) {
      const one = previousWord(text, from)
      from = one === null || !foldsTo(text, one.start, one.end, word.words[before]!) ? -1 : one.start
    }
    if (from < 0 || from < covered) continue
    const to = follows(text, end, word.words, at + 1)
    if (to < 0 || (word.capitals && !isCapitals(text, from, to))) continue
    if (best === null || to - from > best.end - best.start) best = { start: from, end: to, word }
  }
  return best
}

const isCapitals = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (kinds[text.charCodeAt(at)] === LOWER) return false
  return true
}

const told = (text: string, { start, end, word }: Span): Found => {
  const before = wordsBefore(text, start)
  const after = wordsAfter(text, end)
  const harmless =
    isCode(text, start, end) ||
    (word.after !== undefined && !before.slice(0, 2).some((one) => word.after!.has(one))) ||
    (word.beside !== undefined && ![...before, ...after].some((one) => word.beside!.has(one))) ||
    (word.unless !== undefined && (reaches(before, word.unless) || reaches(after, word.unless))) ||
    (word.topic && (reaches(before, institutions) || (after[0] !== undefined && institutions.has(after[0]))))
  const named = !harmless && word.words.length === 1 && isOfName(text, start, end, word.surname)
  const denied = before.slice(0, 3).some((one) => negators.has(one))
  const nothing = denied && word.general && after.some((one) => reports.has(one))
  return {
    start,
    end,
    category: word.category,
    confidence: harmless || named || nothing ? weak : word.confidence,
    recogniser: 'special-word',
    evidence: harmless
      ? 'word that also means something else'
      : named
        ? 'word in a name'
        : nothing
          ? 'report that there was none'
          : denied
            ? 'word of the category, denied of a person'
            : 'word of the category',
  }
}

/** `Lot IVG 2231`, `réf. : PMA`, `AVC-20418`: capitals that name a batch, a product or a file; `HIV-1`, `COVID-19` stay. */
const isCode = (text: string, start: number, end: number): boolean =>
  end - start <= 5 &&
  isCapitals(text, start, end) &&
  (/^[-_/.]?\d{3}/.test(text.slice(end, end + 4)) ||
    codeWord.test(text.slice(Math.max(0, start - 24), start)))
const codeWord =
  /(?:^|[^\p{L}])(?:lots?|batch(?:es)?|charge|chargen-?nr|partij|partia|lotto|lotes?|lot-?nr|ref|réf|référence|reference|referenz|sku|art|article|artikel|mod[eè]le?|model|modell|code|serie|série|serial)\.?(?:\s(?:n[°ºo]\.?|nr\.?|no\.?))?\s?[:#]?\s?$/iu

/** `Frau Krebs`, `Jean-Baptiste`, `Maria Cygan`: a capital behind a title or a given name. */
const isOfName = (text: string, start: number, end: number, surname: boolean): boolean => {
  if (kinds[text.charCodeAt(start)] !== UPPER) return false
  let gap = start
  if (text.charAt(gap - 1) === ' ' && text.charAt(gap - 2) === '.') gap--
  const before = previousWord(text, text.charAt(gap - 1) === '.' ? gap - 1 : start)
  if (before === null || start - before.end > 2 || /[,(]/.test(text.slice(before.end, start))) return false
  if (kinds[text.charCodeAt(before.start)] !== UPPER) return false
  const role = wordAt(text, before.start, before.end)?.role ?? 0
  if ((role & TITLE) !== 0) return true
  // A whole line in capitals says nothing of names.
  if (isCapitals(text, start, end)) return false
  return (role & GIVEN) !== 0 || (surname && (role & NOT_NAME) === 0)
}

/** The first word that is no `of`, `the` or `against` is one of these: `Ligue nationale contre le cancer`. */
const reaches = (words: readonly string[], sought: ReadonlySet<string>): boolean => {
  for (const one of words) {
    if (sought.has(one)) return true
    if (!between.has(one)) return false
  }
  return false
}

const isLetterCode = (code: number): boolean => {
  const kind = kinds[code]
  return kind === LOWER || kind === UPPER || kind === MARK
}

/** Nothing but spaces, an apostrophe or a hyphen stands between: the words are of one phrase. */
const isTie = (code: number): boolean =>
  code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x27 || code === 0x2019 || code === 0x2d

/** Folded words before `at`, nearest first, up to the first sign that ends a phrase. */
const wordsBefore = (text: string, at: number): string[] => {
  const out: string[] = []
  let end = at
  while (out.length < side) {
    let gap = end
    while (gap > 0 && end - gap < 3 && isTie(text.charCodeAt(gap - 1))) gap--
    let start = gap
    while (start > 0 && gap - start < 40 && isLetterCode(text.charCodeAt(start - 1))) start--
    if (start === gap) break
    out.push(fold(text.slice(start, gap)))
    end = start
  }
  return out
}

/** Folded words after `at`, nearest first. */
const wordsAfter = (text: string, at: number): string[] => {
  const out: string[] = []
  let start = at
  while (out.length < side) {
    let gap = start
    while (gap - start < 3 && isTie(text.charCodeAt(gap))) gap++
    let end = gap
    while (end < text.length && end - gap < 40 && isLetterCode(text.charCodeAt(end))) end++
    if (end === gap) break
    out.push(fold(text.slice(gap, end)))
    start = end
  }
  return out
}
