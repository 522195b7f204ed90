import { DIGIT, LOWER, kinds } from '../../fold.ts'

/** A stretch of the text that has the classes of some form. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** Without separators, in capitals. */
  readonly compact: string
  /** With them, each kind of space and hyphen as one. */
  readonly written: string
  /** `written` with `d` and `a` for digits and letters. */
  readonly shape: string
  /** Groups between separators. */
  readonly groups: number
  readonly capitals: boolean
  /** A letter is in it. */
  readonly lettered: boolean
  /** A full stop, slash or hyphen is in it. */
  readonly marked: boolean
}

/** Space, no-break and thin ones, hyphens, full stop, slash. */
export const separatorOf = (code: number): string =>
  code === 0x20 || code === 0xa0 || code === 0x202f || (code >= 0x2007 && code <= 0x2009)
    ? ' '
    : code === 0x2d || (code >= 0x2010 && code <= 0x2013)
      ? '-'
      : code === 0x2e
        ? '.'
        : code === 0x2f
          ? '/'
          : ''

/** As many digits as a stretch can have, and more. */
const manyDigits = 'd'.repeat(64)

const shapeOf = (group: string): string => {
  let shape = ''
  for (let at = 0; at < group.length; at++) shape += kinds[group.charCodeAt(at)] === DIGIT ? 'd' : 'a'
  return shape
}

export const stretchOf = (text: string, start: number, end: number): Stretch => {
  let compact = ''
  let written = ''
  let groups = 1
  let shape = ''
  let capitals = true
  let lettered = false
  let marked = false
  for (let at = start; at < end;) {
    // A group, or the signs between two: most have no letter, and are taken as they stand.
    const from = at
    let separator = ''
    let digits = 0
    for (; at < end; at++) {
      const code = text.charCodeAt(at)
      separator = separatorOf(code)
      if (separator !== '') break
      if (kinds[code] === DIGIT) digits++
      else if (kinds[code] === LOWER) capitals = false
    }
    if (at > from) {
      const group = text.slice(from, at)
      const signs = digits === at - from ? group : group.toUpperCase()
      compact += signs
      if (digits < at - from) lettered = true
      written += signs
      shape += digits === at - from ? manyDigits.slice(0, digits) : shapeOf(group)
    }
    if (at === end) break
    if (separatorOf(text.charCodeAt(at - 1)) === '') groups++
    if (separator !== ' ') marked = true
    written += separator
    shape += separator
    at++
  }
  return { start, end, compact, written, shape, groups, capitals, lettered, marked }
}

/** Digits that go on behind a separator are of another, longer number. */
export const goesOn = (text: string, end: number): boolean =>
  separatorOf(text.charCodeAt(end)) !== '' && kinds[text.charCodeAt(end + 1)] === DIGIT

/** Digits that stand before it and a separator, too. */
export const goesBefore = (text: string, start: number): boolean =>
  separatorOf(text.charCodeAt(start - 1)) !== '' && kinds[text.charCodeAt(start - 2)] === DIGIT
