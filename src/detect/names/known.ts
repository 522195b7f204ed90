import type { Category } from '../../model/category.ts'
import { type Budget, spend } from '../budget.ts'
import { DIGIT, LOWER, MARK, UPPER, fold, kinds, nextWord } from '../fold.ts'
import type { Found } from '../found.ts'
import { particles } from '../lexicon/forms.ts'
import { AMBIGUOUS, NOT_NAME, wordTable } from '../words.ts'

/**
 * What was found with certainty as a value is searched in all text of the payload: a name part by its words
 * (case, accents and order do not matter), an identifier by its letters and digits in one token.
 */
export interface Known {
  /** First word of a name part → the words after it (`pierre` after `jean` in Jean-Pierre). */
  readonly names: Map<string, { rest: readonly string[]; common: boolean }[]>
  /** Token of letters and digits → category. */
  readonly identifiers: Map<string, { category: Category; kind?: string; country?: string }>
}

export const makeKnown = (): Known => ({ names: new Map(), identifiers: new Map() })

/** A part found in running text may be searched with a capital only, or not at all. */
export type Searched = 'any' | 'capital' | 'never'

/** Parts that one word may begin; more would let a payload make the search slow. */
const partsPerWord = 16
const maxNames = 50_000

const words = (text: string): string[] => fold(text).match(/[a-z]+/g) ?? []

/** Learns the parts of a name. A part of fewer than three letters is not searched. */
export const learnName = (known: Known, text: string, searched?: (folded: string) => Searched): void => {
  if (known.names.size > maxNames) return
  for (const part of text.split(/[\s,;/()]+/)) {
    const list = words(part)
    const first = list[0]
    if (first === undefined || (particles.has(first) && list.length === 1)) continue
    if (list.join('').length < 3 || titleWord.test(part)) continue
    const rest = list.slice(1)
    const how = rest.length === 0 ? (searched?.(first) ?? 'any') : 'any'
    if (how === 'never') continue
    let parts = known.names.get(first)
    if (parts === undefined) known.names.set(first, (parts = []))
    if (parts.length >= partsPerWord || parts.some((one) => one.rest.join(' ') === rest.join(' '))) continue
    const role = rest.length === 0 ? (wordTable.get(first)?.role ?? 0) : 0
    parts.push({
      rest,
      common: how === 'capital' || (role & (NOT_NAME | AMBIGUOUS)) !== 0 || surnamesThatAreWords.has(first),
    })
    parts.sort((a, b) => b.rest.length - a.rest.length)
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
  let at = 0
  while (at < text.length) {
    const kind = kinds[text.charCodeAt(at)]
    if (kind !== LOWER && kind !== UPPER && kind !== DIGIT) {
      at++
      continue
    }
    const start = at
    let digits = false
    while (at < text.length) {
      const kind = kinds[text.charCodeAt(at)]
      if (kind === DIGIT) digits = true
      else if (kind !== LOWER && kind !== UPPER && kind !== MARK) break
      at++
    }
    if (known.identifiers.size > 0 && !namesOnly) {
      const end = identifierEnd(text, start, at)
      if (end > 0 && (digits || end > at)) {
        const hit = known.identifiers.get(fold(text.slice(start, end)).replace(/[^a-z0-9]/g, ''))
        if (hit !== undefined) {
          found.push({
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
    if (!digits && known.names.size > 0) {
      const end = nameEnd(known, text, start, at, budget)
      if (end > 0) {
        const last = found.at(-1)
        if (
          last?.category === 'name' &&
          start - last.end <= 2 &&
          /^[ \-,'’]*$/.test(text.slice(last.end, start))
        ) {
          found[found.length - 1] = { ...last, end }
        } else {
          found.push({
            start,
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

const nameEnd = (known: Known, text: string, start: number, end: number, budget: Budget): number => {
  if (end - start > 40) return -1
  const parts = known.names.get(fold(text.slice(start, end)))
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
