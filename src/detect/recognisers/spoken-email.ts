import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { context, type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * E-mail addresses that hide their signs or lost them: `jean (at) exemple point fr`, `jean.dupont [at] exemple [dot]
 * com`, `john AT example DOT com`, `jean arobase exemple point fr`, and transcripts without punctuation
 * (`robertporter 55 gmailcom`).
 */
const dot = '(?:[([{]\\s?)?(?:dot|point|punto|ponto|punkt|kropka|punct|pkt|\\.)(?:\\s?[)\\]}])?'
const right = new RegExp(
  `\\s?[)\\]}>]?\\s{0,2}([\\p{L}\\d-]{1,40}(?:\\s?${dot}\\s?[\\p{L}\\d-]{2,30}){1,3})(?![\\p{L}\\d@])`,
  'iuy',
)
const left = new RegExp(
  `([\\p{L}\\d._%+-]{1,64}(?:\\s(?:dot|point|punto|ponto|punkt|kropka|underscore|tiret)\\s[\\p{L}\\d_-]{1,30}){0,2})(\\s?[([{<]\\s?|\\s)$`,
  'iu',
)
const dotWord = /\b(?:dot|point|punto|ponto|punkt|kropka|punct|pkt)\b/i

const kind = context.at

const atContext = (site: Site, start: number, end: number, of: number): void => {
  if (of !== kind || site.fixedOnly) return
  const { text } = site
  spend(site.budget, 12)
  right.lastIndex = end
  const after = right.exec(text)
  if (after === null) return
  const opening = /[([{<]\s?$/.test(text.slice(start - 2, start))
  const named = end - start > 2
  // `meet at example.com`: without brackets or a word that means the sign the dot must be spoken, too.
  if (!opening && !named && !dotWord.test(after[1]!)) return
  spend(site.budget, 40)
  const before = left.exec(text.slice(Math.max(0, start - 110), start))
  if (before === null || (!opening && before[2] !== ' ')) return
  const top = /[\p{L}]{2,12}$/u.exec(after[1]!)
  if (top === null) return
  const from = start - before[0].length
  if (isWordCode(text.charCodeAt(from - 1))) return
  put(site.found, {
    start: from,
    end: end + after[0].length,
    category: 'contact.email',
    confidence: opening ? 0.9 : 0.8,
    recogniser: 'email',
    evidence: 'form local (at) domain',
  })
}

/** `…gmailcom`: the large providers, whose dot a transcript drops. */
const provider =
  /(?:g[am]*ma?il|yahoo|hotmail|outlook|icloud|aol|protonmail|gmx|live|orange|wanadoo|laposte|hotmial|ymail|rediffmail|mail)(?:com|fr|de|es|it|net|in|couk)$/i
/** What it ends with, as pairs of signs. */
const endings: ReadonlySet<number> = new Set(
  'om fr de es it et in uk'.split(' ').map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)),
)
const token = /([\p{L}._-]{2,40} (?:\d{1,6} )?)$/u
const numbered = /([\p{L}._-]{2,40} \d{1,6} )$/u

const atWord = (site: Site, start: number, end: number): void => {
  if (site.fixedOnly || end - start < 7 || end - start > 60) return
  const { text } = site
  const last = text.charCodeAt(end - 1)
  if (!endings.has(((text.charCodeAt(end - 2) | 0x20) << 8) | last) || isWordCode(text.charCodeAt(end)))
    return
  const word = text.slice(start, end)
  const match = provider.exec(word)
  if (match === null) return
  site.provider = true
  spend(site.budget, 40)
  const stretch = text.slice(Math.max(0, start - 60), start)
  const line = stretch.slice(stretch.lastIndexOf('\n') + 1)
  const before = (match.index === 0 ? token : numbered).exec(line)
  if (match.index === 0 && before === null) return
  put(site.found, {
    start: start - (before?.[1]!.length ?? 0),
    end,
    category: 'contact.email',
    confidence: 0.7,
    recogniser: 'email',
    evidence: 'domain of a provider without its dot',
  })
}

export const spokenEmail: Recogniser = {
  id: 'spoken-email',
  fixed: false,
  revision: 1,
  context: atContext,
  wakes: (of) => of === kind,
  word: atWord,
}
