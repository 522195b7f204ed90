/** Own recognisers: what an operator's files add to ours (policies/recognisers/*.yaml). They only ever add findings. */
import type { Category } from '../../model/category.ts'
import { spend } from '../budget.ts'
import { DIGIT, FOREIGN, LOWER, MARK, UPPER, fold, kinds } from '../fold.ts'
import type { Found, Site } from '../found.ts'
import { type Automaton, compile, longest } from './automaton.ts'
import { type ChecksumName, checksums } from './checksums.ts'
import { parsePattern } from './syntax.ts'

export interface Context {
  readonly words: readonly string[]
  /** Characters before the match. */
  readonly within: number
  /** With one of the words. */
  readonly confidence: number
  /** Without one of them nothing is found. */
  readonly required: boolean
}

/** As the file says it, checked; plain data, so that it crosses to a thread. */
export interface OwnRecogniser {
  readonly id: string
  readonly category: Category
  readonly confidence: number
  readonly pattern?: string
  readonly anyCase?: boolean
  readonly checksum?: ChecksumName
  readonly words?: readonly string[]
  readonly context?: Context
}

export const mostRecognisers = 200
export const mostWords = 10_000
export const longestEntry = { characters: 60, words: 6 }

interface Pattern {
  readonly of: OwnRecogniser
  readonly automaton: Automaton
  readonly context: readonly string[]
}

interface Listed {
  readonly of: OwnRecogniser
  readonly rest: readonly string[]
  readonly context: readonly string[]
}

export interface Own {
  readonly list: readonly OwnRecogniser[]
  readonly patterns: readonly Pattern[]
  /** Patterns that a text may begin with at this ASCII sign; at 128 for all others. */
  readonly beginning: readonly (readonly Pattern[])[]
  /** First word → what may follow. */
  readonly words: ReadonlyMap<string, readonly Listed[]>
}

/** Words as they are compared: folded, without what stands between them. */
const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
const phrase = (text: string): string => ` ${wordsOf(text).join(' ')} `

/** @throws PatternFault: files are checked before */
export const compileOwn = (list: readonly OwnRecogniser[]): Own => {
  const patterns: Pattern[] = []
  const words = new Map<string, Listed[]>()
  for (const of of list) {
    const context = (of.context?.words ?? []).map(phrase)
    if (of.pattern !== undefined)
      patterns.push({ of, automaton: compile(parsePattern(of.pattern, of.anyCase ?? false)), context })
    for (const entry of of.words ?? []) {
      const [first = '', ...rest] = wordsOf(entry)
      const known = words.get(first)
      if (known === undefined) words.set(first, [{ of, rest, context }])
      else known.push({ of, rest, context })
    }
  }
  // Of two that begin alike the longer first.
  for (const listed of words.values()) listed.sort((a, b) => b.rest.length - a.rest.length)
  const takes = ({ automaton: { next, kinds: width, kindOf } }: Pattern, code: number): boolean =>
    next[width + kindOf(code)] !== 0
  const beginning = Array.from({ length: 129 }, (_, code) =>
    code === 128 ? patterns : patterns.filter((one) => takes(one, code)),
  )
  return { list, patterns, beginning, words }
}

export const nothingOwn: Own = compileOwn([])

/** What they may cost beside ours, in units for each character: more patterns, more work. */
export const ownUnits = ({ list }: Own): number => Math.min(400, 8 * list.length)

const isWord = (code: number): boolean => {
  const kind = kinds[code]
  return kind === LOWER || kind === UPPER || kind === DIGIT || kind === MARK || kind === FOREIGN
}

/** Units that looking for context words costs. */
const contextUnits = 64

/** Confidence in this place; 0 if the words around that are required are not there. */
const confidenceAt = (
  { context: asked, confidence, checksum }: OwnRecogniser,
  context: readonly string[],
  site: Site,
  key: string,
  start: number,
  text: string,
): number => {
  if (checksum !== undefined && !checksums[checksum](text)) return 0
  if (asked === undefined) return confidence
  spend(site.budget, contextUnits)
  const before = phrase(site.text.slice(Math.max(0, start - asked.within), start))
  const above = phrase(key.replace(/([a-z])([A-Z])/g, '$1 $2'))
  if (context.some((word) => before.includes(word) || above.includes(word)))
    return Math.max(confidence, asked.confidence)
  return asked.required ? 0 : confidence
}

/**
 * What own recognisers find in the text of the site.
 * @param key name above the text: context words may stand there
 * @param fixedOnly where only fixed forms act: no lists of words
 */
export const findOwn = (own: Own, site: Site, key: string, fixedOnly: boolean): Found[] => {
  const { text, budget } = site
  const found: Found[] = []
  if (own.list.length === 0) return found
  spend(budget, text.length)
  const put = (
    of: OwnRecogniser,
    context: readonly string[],
    start: number,
    end: number,
    evidence: string,
  ): void => {
    const confidence = confidenceAt(of, context, site, key, start, text.slice(start, end))
    if (confidence === 0) return
    found.push({ start, end, category: of.category, confidence, recogniser: `own:${of.id}`, evidence })
  }
  const isEnd = (end: number): boolean =>
    end === text.length || !isWord(text.charCodeAt(end)) || !isWord(text.charCodeAt(end - 1))
  const steps = (count: number): void => spend(budget, count)
  let inWord = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const wordSign = isWord(code)
    const edge = !inWord || !wordSign
    inWord = wordSign
    if (!edge) continue
    for (const one of own.beginning[Math.min(code, 128)]!) {
      const end = longest(one.automaton, text, at, isEnd, steps)
      if (end > 0)
        put(
          one.of,
          one.context,
          at,
          end,
          one.of.checksum === undefined ? 'own pattern' : 'own pattern, checksum',
        )
    }
    if (wordSign && !fixedOnly && own.words.size > 0) listedAt(own, text, at, steps, put)
  }
  return found
}

/** End of the word at `start`; of a longer one than any of a list, somewhere in it. */
const wordEnd = (text: string, start: number): number => {
  const last = Math.min(text.length, start + longestEntry.characters + 1)
  let end = start
  while (end < last && isWord(text.charCodeAt(end))) end++
  return end
}

/** Signs that may stand between the words of one entry. */
const longestGap = 3

const listedAt = (
  own: Own,
  text: string,
  start: number,
  steps: (count: number) => void,
  put: (of: OwnRecogniser, context: readonly string[], start: number, end: number, evidence: string) => void,
): void => {
  const first = wordEnd(text, start)
  steps(1)
  if (first - start > longestEntry.characters) return
  const listed = own.words.get(fold(text.slice(start, first)))
  if (listed === undefined) return
  for (const { of, rest, context } of listed) {
    steps(1 + 8 * rest.length)
    let end = first
    const fits = rest.every((word) => {
      let from = end
      while (from < text.length && from - end < longestGap && !isWord(text.charCodeAt(from))) from++
      end = wordEnd(text, from)
      return fold(text.slice(from, end)) === word
    })
    if (fits) put(of, context, start, end, 'own word')
  }
}
