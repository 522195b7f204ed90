import type { Field } from '../model/document.ts'
import { spend } from './budget.ts'
import type { Found, Site } from './found.ts'
import type { Meaning } from './lexicon.ts'
import { covered, isCovered, tooShort } from './language.ts'
import { saysNothing } from './values.ts'

/** Runs of base64 or hex from this length hide what they hold (design §6). */
export const unreadableRun = 64

const isRun = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x2b ||
  code === 0x2f ||
  code === 0x3d ||
  code === 0x2d ||
  code === 0x5f

const isSolid = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)

/**
 * One letter of another script inside a Latin word hides the word (`Dupоnt` with a Cyrillic o). Greek signs beside letters
 * are everyday (kΩ, μm, TNFα); within a word they are not.
 */
const isMixed = (text: string): boolean =>
  /\p{Script=Latin}[\p{L}--\p{Script=Latin}]\p{Script=Latin}|\p{Script=Latin}[\p{L}--[\p{Script=Latin}\p{Script=Greek}]]|[\p{L}--[\p{Script=Latin}\p{Script=Greek}]]\p{Script=Latin}|(?<!\p{L})[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]\p{Script=Latin}{2}/v.test(
    text,
  )

/**
 * Letters inside words as HTML's named or numbered characters (`Lef&egrave;vre`) or quoted-printable (`Lef=C3=A8vre`), an
 * address so (`jean=40exemple.fr`), or the encoded words of a mail's header (RFC 2047: `=?utf-8?Q?Jean=20Dupont?=`).
 */
const isWrittenOtherwise = (text: string): boolean =>
  (text.includes('&') &&
    /(?:&[a-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron|lig);|&#(?:0{0,4}(?:6[5-9]|[78]\d|9[0789]|1[01]\d|12[0-2]|19[2-9]|[2-5]\d\d)|x0{0,4}(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|[cdef][0-9a-f]|1[0-9a-f]{2}));)/i.test(
      text,
    )) ||
  (text.includes('=') &&
    /\p{L}=C[2-9A-F]=[89AB][0-9A-F]|[\p{L}\d]=40[\p{L}\d-]+\.\p{L}{2}|=\?[\w.:-]{1,40}\?[QB]\?/iu.test(text))

/** A stretch that no recogniser can look into, and why; null if all of the text is readable. */
export const unreadable = (site: Site): string | null => {
  const { text } = site
  // Letters of other scripts; two, since one may be a sign (µ, Ω).
  if (site.foreign >= 2 || (site.foreign > 0 && isMixed(text))) return 'another script'
  if (text.includes('\0') && /\p{L}\0\p{L}/u.test(text)) return 'letters with NUL between them'
  if (isWrittenOtherwise(text)) return 'letters written as codes'
  if (text.length >= 12 && looksNested(text)) return 'a nested format'
  if (text.includes(':') && /data:[\w.+-]{1,40}\/[\w.+-]{1,40}[;,]/i.test(text)) return 'a data: URI'
  if (text.length < unreadableRun) return null
  spend(site.budget, text.length)
  return hasLongRun(text) ? longRun(text) : null
}

/** Shorter ones are no run that `longRun` tells, and none that it lets go on over a line end. */
const shortest = 60

/** Whether so many signs of a run stand in a row. Where the last of them is none, none of those before need be looked at. */
const hasLongRun = (text: string): boolean => {
  for (let from = 0; from + shortest <= text.length;) {
    let at = from + shortest - 1
    while (at >= from && isRun(text.charCodeAt(at))) at--
    if (at < from) return true
    from = at + 1
  }
  return false
}

const longRun = (text: string): string | null => {
  const run = { length: 0, solid: 0, kinds: 0, number: 0 }
  const seen = new Int32Array(128)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isRun(code)) {
      if (run.length++ === 0) run.number++
      if (isSolid(code)) {
        run.solid++
        if (seen[code] !== run.number) run.kinds++
        seen[code] = run.number
      }
      // Rules drawn with `-----`, `=====` or `_____` are no code; letters or digits must vary.
      const varied = run.solid * 3 >= run.length * 2 && run.kinds >= 8
      if (run.length >= unreadableRun && varied) return 'a base64 or hex run'
      if (run.length > 4 * unreadableRun) return 'a long run without spaces'
    }
    // Base64 is broken into lines of 76 (RFC 2045 §6.8) or 64 (RFC 7468): a line end alone does not end the run.
    else if (!((code === 0x0a || code === 0x0d) && run.length >= 60)) run.length = run.solid = run.kinds = 0
  }
  return null
}

const looksNested = (text: string): boolean => {
  if (!mayNest.test(text)) return false
  const trimmed = text.trim()
  const first = trimmed.charAt(0)
  const last = trimmed.charAt(trimmed.length - 1)
  if (first === '{' && last === '}') return /^\{\s*(?:"|\})/.test(trimmed)
  if (first === '[' && last === ']') return /^\[\s*["{[\d\]]/.test(trimmed)
  return first === '<' && last === '>' && /^<[!?A-Za-z]/.test(trimmed)
}

const mayNest = /^\s*[{[<]/

/** Five words, or as much text in a script that has no spaces. */
const isText = (site: Site): boolean => site.words >= 5

/**
 * The `freetext` finding of a leaf (design §6): a text/plain body, a leaf whose name is in the free-text
 * lexicon, or a leaf of five words that no single finding covers. A stretch nobody can look into makes any
 * leaf that no finding covers free text too. Confidence 1 if scanned, else 0; `RAS` alone carries none.
 */
export const freetext = (
  site: Site,
  field: Field,
  meaning: Meaning,
  plainBody: boolean,
  found: readonly Found[],
): Found | null => {
  const { text } = site
  if (field.kind !== 'text' || saysNothing(text)) return null
  const whole = text.trim().length
  if (found.some((one) => one.confidence >= 0.5 && one.end - one.start >= whole)) return null
  const free = plainBody || meaning.freetext || isText(site)
  const hidden = unreadable(site)
  if (!free && hidden === null) return null
  if (!free && site.letters + site.foreign === 0 && hidden !== 'a data: URI') return null
  const one = { start: 0, end: text.length, category: 'freetext' as const, recogniser: 'freetext' }
  if (hidden !== null) return { ...one, confidence: 0, evidence: `not scanned: ${hidden}` }
  if (!isCovered(site)) return { ...one, confidence: 0, evidence: 'not scanned: language not covered' }
  return {
    ...one,
    confidence: 1,
    evidence: site.letters < tooShort ? 'scanned: short text' : `scanned: ${[...covered].join(', ')}`,
  }
}
