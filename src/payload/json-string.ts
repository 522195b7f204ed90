import { Refused } from '../errors.ts'

const isHex = (c: number): boolean => (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 102)

/** The character after a backslash is one of `"\/bfnrt`. */
const isEscape = (c: number): boolean =>
  c === 110 || c === 34 || c === 92 || c === 47 || c === 116 || c === 114 || c === 98 || c === 102

/**
 * Where the string whose first character is at `from` ends (its closing quote); the complement of that, a
 * negative number, if it holds an escape.
 * @throws Refused `PAYLOAD_UNREADABLE` for a control character, a bad escape or no end
 */
export const stringEnd = (source: string, from: number): number => {
  let escaped = false
  for (let at = from; ; at++) {
    const c = source.charCodeAt(at)
    // Nearly every character passes here.
    if (c > 92 || (c > 34 && c < 92)) continue
    if (c === 34) return escaped ? ~at : at
    if (c === 92) {
      escaped = true
      const next = source.charCodeAt(++at)
      if (next === 117) {
        for (let digit = 0; digit < 4; digit++) {
          if (!isHex(source.charCodeAt(++at))) throw new Refused('PAYLOAD_UNREADABLE')
        }
      } else if (!isEscape(next)) throw new Refused('PAYLOAD_UNREADABLE')
    } else if (!(c >= 32)) throw new Refused('PAYLOAD_UNREADABLE')
  }
}

/** The decoded text of a checked string that holds an escape; of one token JSON.parse is the fastest reader. */
export const unescaped = (source: string, from: number, to: number): string =>
  JSON.parse(source.slice(from - 1, to + 1)) as string

/** Raw code units of the character at `at` of a string: an escape is one character. */
export const width = (source: string, at: number): number => {
  if (source.charCodeAt(at) !== 92) return 1
  return source.charCodeAt(at + 1) === 117 ? 6 : 2
}

/** A JSON string without its quotes; in us-ascii text with every other character escaped. */
export const quote = (text: string, ascii: boolean): string => {
  const quoted = JSON.stringify(text).slice(1, -1)
  if (!ascii) return quoted
  return quoted.replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
