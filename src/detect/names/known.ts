import type { Category } from '../../model/category.ts'
import { type Budget, spend } from '../budget.ts'
import { DIGIT, LOWER, MARK, UPPER, fold, folds, isWordCode, kinds, nextWord } from '../fold.ts'
import { type Found, put } from '../found.ts'
import { particles } from '../lexicon/forms.ts'
import { type Marks, hashOf, hashStep, isMarked, makeMarks, mark } from '../marks.ts'
import { unitsOf } from '../units.ts'
import { AMBIGUOUS, NOT_NAME, wordOf } from '../words.ts'

/**
 * What was found with certainty as a value is searched in all text of the payload: a name part by its words
 * (case, accents and order do not matter), an identifier by its letters and digits in one token.
 */
export interface Known {
  /** First word of a name part → the words after it (`pierre` after `jean` in Jean-Pierre). */
  readonly names: Map<string, { rest: readonly string[]; common: boolean }[]>
  /** Token of letters and digits → category. */
  readonly identifiers: Map<string, { category: Category; kind?: string; country?: string }>
  /** Which words may begin a name, by some bits of their hash: most words of a text are no name, and none is made of them. */
  readonly starts: Marks
  /** A bit for each code of ASCII that begins an identifier. */
  readonly signs: number[]
  /** Names learned as they were written, as values and from sentences: a text says the same name again and again. */
  readonly learned: { readonly values: Set<string>; readonly said: Set<string> }
}

export const makeKnown = (): Known => ({
  names: new Map(),
  identifiers: new Map(),
  starts: makeMarks(),
  signs: [0, 0, 0, 0],
  learned: { values: new Set(), said: new Set() },
})

/** A part found in running text may be searched with a capital only, or not at all. */
export type Searched = 'any' | 'capital' | 'never'

/** Parts that one word may begin; more would let a payload make the search slow. */
const partsPerWord = 16
const maxNames = 50_000

const words = (text: string): string[] => {
  const folded = fold(text)
  // Most parts of a name are one word.
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at)
    if (code < 0x61 || code > 0x7a) return folded.match(/[a-z]+/g) ?? []
  }
  return folded === '' ? [] : [folded]
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, at) => word === other[at])

const add = (known: Known, first: string, rest: readonly string[], common: boolean): void => {
  let parts = known.names.get(first)
  if (parts === undefined) {
    known.names.set(first, (parts = []))
    mark(known.starts, hashOf(first))
  }
  if (parts.length >= partsPerWord || parts.some((one) => isSame(one.rest, rest))) return
  parts.push({ rest, common })
  if (parts.length > 1) parts.sort((a, b) => b.rest.length - a.rest.length)
}

/** `Müller` is written Mueller where a keyboard has no umlaut, and the other way round. */
const respelled = (part: string): string | null => {
  if (!/[^\0-\x7f]|[aou]e/i.test(part)) return null
  const marked = part.toLowerCase().normalize('NFC')
  const long = marked.replace(/[äæ]/g, 'ae').replace(/[öøœ]/g, 'oe').replace(/ü/g, 'ue').replace(/å/g, 'aa')
  if (long !== marked) return long
  const short = marked.replace(/(?<=[b-df-hj-np-tv-z])([aou])e(?=[b-df-hj-np-tv-z])/g, '$1')
  return short === marked ? null : short
}

/** Learns the parts of a name. A part of fewer than three letters is searched beside another part only. */
export const learnName = (known: Known, text: string, searched?: (folded: string) => Searched): void => {
  if (known.names.size > maxNames) return
  const learned = searched === undefined ? known.learned.values : known.learned.said
  if (learned.has(text)) return
  if (learned.size <= maxNames) learned.add(text)
  const lists: string[][] = []
  for (const part of text.split(/[\s,;/()]+/)) {
    if (titleWord.test(part)) continue
    const list = words(part)
    lists.push(list)
    learnPart(known, list, searched)
    const other = respelled(part)
    if (other !== null) learnPart(known, words(other), searched)
  }
  pairShort(known, lists)
}

/** A part of a name, searched alone. */
const learnPart = (
  known: Known,
  list: readonly string[],
  searched: ((folded: string) => Searched) | undefined,
): void => {
  const [first, ...rest] = list
  if (first === undefined || (particles.has(first) && rest.length === 0) || lettersOf(list) < 3) return
  const how = rest.length === 0 ? (searched?.(first) ?? 'any') : 'any'
  if (how === 'never') return
  const role = rest.length === 0 ? (wordOf(first)?.role ?? 0) : 0
  const common = how === 'capital' || (role & (NOT_NAME | AMBIGUOUS)) !== 0 || surnamesThatAreWords.has(first)
  add(known, first, rest, common)
}

const lettersOf = (list: readonly string[]): number => {
  let letters = 0
  for (const word of list) letters += word.length
  return letters
}

/** `Bo Li`, `Ng Thi Ba`: a part too short to be searched alone is searched before and behind the others. */
export const learnShort = (known: Known, parts: readonly string[]): void => {
  if (parts.length >= 2 && parts.length <= 6) pairShort(known, parts.map(words))
}

const pairShort = (known: Known, parts: readonly (readonly string[])[]): void => {
  if (parts.length < 2 || parts.length > 6 || known.names.size > maxNames) return
  const lists = parts.filter((list) => list.length > 0)
  for (const [at, list] of lists.entries()) {
    const letters = lettersOf(list)
    if (letters !== 2 || particles.has(list[0]!)) continue
    lists.forEach((other, place) => {
      if (place === at || (other.length === 1 && particles.has(other[0]!))) return
      if (lettersOf(other) < 2) return
      add(known, list[0]!, [...list.slice(1), ...other], true)
      add(known, other[0]!, [...other.slice(1), ...list], true)
    })
  }
}

const titleWord =
  /^(?:M|Mr|Mme|Mlle|Mrs|Ms|Miss|Dr|Pr|Prof|Monsieur|Madame|Mademoiselle|Herr|Frau|Docteur|Doctor)\.?$/i

/** Surnames that in lower case are everyday words: they are known only with a capital. */
const surnamesThatAreWords: ReadonlySet<string> = new Set(
  `petit grand blanc noir roux brun gris rouge vert long leblanc bon bonnet boucher boulanger charpentier fournier marchand meunier
  berger clerc page roy roi prince baron chevalier maire maitre fort fleur rose bois pont pre mont mur val lac rey colin poulain
  mouton lion lapin renard loup merle coq bailly colas brown black white green young king cook baker smith taylor long short
  small wood hill stone field park rivers banks price rice pope bishop hall wall bell case page day may week love hope moon
  sun star best good rich strong sharp swift power marks cross church house street`.split(/\s+/),
)

const token = /[\p{L}\p{N}]/u

/** Letters and digits only; null if it is too short or has no digit to be searched safely. */
const identifierKey = (text: string): string | null => {
  const key = fold(text).replace(/[^a-z0-9]/g, '')
  const digits = key.replace(/[^0-9]/g, '').length
  return key.length > 40 || digits === 0 || key.length < (digits === key.length ? 5 : 4) ? null : key
}

/** Learns an identifier that stands in one token (`E-1042`, `004512`); others have recognisers of their own. */
export const learnIdentifier = (
  known: Known,
  text: string,
  category: Category,
  kind?: string,
  country?: string,
): void => {
  if (known.identifiers.size > maxNames || /\s/.test(text)) return
  const key = identifierKey(text)
  if (key === null || known.identifiers.has(key)) return
  const first = key.charCodeAt(0)
  known.signs[first >> 5]! |= 1 << (first & 31)
  known.identifiers.set(key, {
    category,
    ...(kind === undefined ? {} : { kind }),
    ...(country === undefined ? {} : { country }),
  })
}

/** All places of this text where a known name or identifier stands. */
export const findKnown = (known: Known, text: string, budget: Budget, namesOnly = false): Found[] => {
  const found: Found[] = []
  spend(budget, text.length)
  const kindOf = kinds
  const foldOf = folds
  const { signs } = known
  const sought = !namesOnly && known.identifiers.size > 0
  const { length } = text
  const units = unitsOf(text)
  let at = 0
  while (at < length) {
    const kind = kindOf[units[at]!]
    if (kind !== LOWER && kind !== UPPER && kind !== DIGIT) {
      at++
      continue
    }
    const start = at
    let digits = false
    let hash = 0
    /** Of all but the last letter: `Müllers`. */
    let before = 0
    // Behind the text stands a zero, which is no letter.
    for (; ; at++) {
      const code = units[at]!
      const kind = kindOf[code]
      if (kind === DIGIT) digits = true
      else if (kind === LOWER || kind === UPPER) {
        const folded = foldOf[code]!
        if (folded > 255) hash = hashStep(hash, folded >> 8)
        before = hash
        hash = hashStep(hash, folded & 255)
      } else if (kind !== MARK) break
    }
    const sign = foldedSign(units[start]!)
    if (sought && (signs[sign >> 5]! & (1 << (sign & 31))) !== 0) {
      const end = identifierEnd(text, start, at)
      if (end > 0 && (digits || end > at)) {
        const hit = known.identifiers.get(fold(text.slice(start, end)).replace(/[^a-z0-9]/g, ''))
        if (hit !== undefined) {
          put(found, {
            start,
            end,
            recogniser: 'known-value',
            evidence: 'found as value elsewhere in the payload',
            confidence: 0.9,
            ...hit,
          })
          at = end
          continue
        }
      }
    }
    if (!digits && known.names.size > 0 && (isMarked(known.starts, hash) || isMarked(known.starts, before))) {
      const whole = nameEnd(known, text, start, at, budget)
      if (whole > 0) {
        const end = withInitialsBehind(text, whole)
        const last = found.at(-1)
        if (last?.category === 'name' && joins(text, last.start, last.end, start)) {
          found[found.length - 1] = { ...last, end }
        } else {
          put(found, {
            start: withInitialsBefore(text, start),
            end,
            category: 'name',
            recogniser: 'known-value',
            evidence: 'found as value elsewhere in the payload',
            confidence: 0.9,
          })
        }
        at = end
      }
    }
  }
  return found
}

/** The first sign that `fold` makes of it. */
const foldedSign = (code: number): number => {
  const folded = folds[code]!
  return folded > 255 ? folded >> 8 : folded > 0 ? folded : code
}

/** `H.`, `J.-P.`, `J. R. R.` just before a known name. */
const withInitialsBefore = (text: string, start: number): number => {
  let from = start
  for (let more = 0; more < 3; more++) {
    let at = from
    if (/[ \-\u00a0\u202f]/.test(text.charAt(at - 1))) at--
    if (text.charAt(at - 1) !== '.' || kinds[text.charCodeAt(at - 2)] !== UPPER) return from
    if (at >= 3 && isWordCode(text.charCodeAt(at - 3))) return from
    // `M. Dupont` is Monsieur.
    if (from === start && text.charAt(at - 2) === 'M') return from
    // `fin de phrase A. Dupont` is an initial too: a sentence that ends with one letter is rarer.
    from = at - 2
  }
  return from
}

/** ` H.` or ` J.-P.` just behind it. */
const withInitialsBehind = (text: string, end: number): number => {
  const match = initialsBehind.exec(text.slice(end, end + 12))
  return match === null ? end : end + match[0].length
}
const initialsBehind = /^,? (?:\p{Lu}\.[ -]?){1,3}(?<=\.)/u

/** True if what stands between makes one name: `Jean Dupont`, `Dupont, Jean`, but not `Jean Dupont, Marie Martin`. */
const joins = (text: string, start: number, end: number, next: number): boolean => {
  if (next - end > 2) return false
  const between = text.slice(end, next)
  return between.includes(',')
    ? /^, ?$/.test(between) && !/[\s-]/.test(text.slice(start, end))
    : /^[ \-'’]*$/.test(between)
}

/** The token goes on over single `-`, `_`, `.`, `/` between letters and digits, up to 40 characters. */
const identifierEnd = (text: string, start: number, wordEnd: number): number => {
  if (start > 0 && /[-_./]/.test(text.charAt(start - 1)) && start > 1 && token.test(text.charAt(start - 2)))
    return -1
  let end = wordEnd
  while (end < text.length && end - start < 48) {
    const kind = kinds[text.charCodeAt(end)]
    if (kind === LOWER || kind === UPPER || kind === DIGIT) end++
    else if (/[-_./]/.test(text.charAt(end)) && end + 1 < text.length && token.test(text.charAt(end + 1)))
      end++
    else break
  }
  return end - start < 48 ? end : -1
}

/** `Müllers Antrag`: a capitalised name with the -s of a genitive. */
const genitive = (known: Known, text: string, start: number, folded: string) =>
  folded.length >= 5 && folded.endsWith('s') && kinds[text.charCodeAt(start)] === UPPER
    ? known.names.get(folded.slice(0, -1))?.filter(({ rest }) => rest.length === 0)
    : undefined

const nameEnd = (known: Known, text: string, start: number, end: number, budget: Budget): number => {
  if (end - start > 40) return -1
  const folded = fold(text.slice(start, end))
  const parts = known.names.get(folded) ?? genitive(known, text, start, folded)
  if (parts === undefined) return -1
  spend(budget, 4 * parts.length)
  for (const { rest, common } of parts) {
    if (common && kinds[text.charCodeAt(start)] !== UPPER) continue
    let to = end
    for (const word of rest) {
      const next = nextWord(text, to)
      if (next === null || fold(text.slice(next.start, next.end)) !== word) {
        to = -1
        break
      }
      to = next.end
    }
    if (to > 0) return to
  }
  return -1
}
