import { Refused } from '../errors.ts'
import type { FieldEdits, SpannedField, Splice } from './document.ts'
import { within } from './document.ts'

/**
 * Percent-decoding, once and strict: a bad escape or bytes that are no UTF-8 are not guessed at.
 * @returns undefined if the text is not well formed
 */
export const decodePercent = (text: string): string | undefined => {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * Raw code units of the character at `at`: a percent-encoded one takes three for each of its UTF-8 bytes, and
 * its first byte says how many those are.
 */
const width = (source: string, at: number): number => {
  if (source.charCodeAt(at) !== 37) return 1
  const lead = Number.parseInt(source.slice(at + 1, at + 3), 16)
  if (lead < 0xc0) return 3
  if (lead < 0xe0) return 6
  return lead < 0xf0 ? 9 : 12
}

/** Every character but the unreserved ones of RFC 3986 §2.3. */
const encode = (text: string): string => {
  if (!text.isWellFormed()) throw new Refused('CANNOT_TREAT')
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * The edits as splices of percent-encoded text (form values, parameters, path segments).
 * @throws Refused `CANNOT_TREAT` if a replacement holds half a surrogate pair
 */
export const splicePercent = (source: string, groups: readonly FieldEdits<SpannedField>[]): Splice[] =>
  groups.flatMap((group) => within(source, group, width, encode))
