import { Refused } from '../errors.ts'
import type { Field, Path, PathNode, Place } from '../model/document.ts'
import type { FieldEdits, ReadLimits, SpannedField, Splice } from './document.ts'
import { edited, within } from './document.ts'
import { numberEnd } from './number.ts'

const isHex = (c: number): boolean => (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 102)

/** The character after a backslash is one of `"\/bfnrt`. */
const isEscape = (c: number): boolean =>
  c === 110 || c === 34 || c === 92 || c === 47 || c === 116 || c === 114 || c === 98 || c === 102

/**
 * Where the string whose first character is at `from` ends (its closing quote); the complement of that, a
 * negative number, if it holds an escape.
 */
const stringEnd = (source: string, from: number): number => {
  let escaped = false
  for (let at = from; ; at++) {
    const c = source.charCodeAt(at)
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

/** The decoded text of a checked string token that holds an escape. */
const unescaped = (source: string, from: number, to: number): string =>
  JSON.parse(source.slice(from - 1, to + 1)) as string

/**
 * One pass over JSON text (RFC 8259, strict; a leading BOM is stepped over): every text, number and boolean
 * and every object key becomes a field. Duplicate keys are fields each. Nothing is built but the fields and
 * their paths, so depth and memory are bounded by the limits.
 * @throws Refused `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX`
 */
export const readJson = (source: string, limits: ReadLimits, fields: Field[]): void => {
  const names: string[] = []
  let depth = 0
  let inObject = false
  /** The container being read, and the nearest name above its members. */
  let up: Path = null
  let outer = ''
  /** The value being read, and the nearest name above it. */
  let node = null as Path
  let key = ''
  let ordinal = 0
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0

  const push = (
    place: Place,
    kind: Field['kind'],
    path: Path,
    above: string,
    text: string,
    from: number,
    to: number,
  ): void => {
    const index = fields.length
    if (index >= limits.fields) throw new Refused('PAYLOAD_TOO_COMPLEX')
    const field: SpannedField = { index, part: 'body', place, kind, path, key: above, text, from, to }
    fields.push(field)
  }

  const blanks = (from: number): number => {
    let c = source.charCodeAt(from)
    while (c === 32 || c === 10 || c === 13 || c === 9) c = source.charCodeAt(++from)
    return from
  }

  /** From the opening quote of a member's name to the first character of its value. */
  const member = (from: number): number => {
    if (source.charCodeAt(from) !== 34) throw new Refused('PAYLOAD_UNREADABLE')
    const end = stringEnd(source, from + 1)
    const to = end < 0 ? ~end : end
    key = end < 0 ? unescaped(source, from + 1, to) : source.slice(from + 1, to)
    const named: PathNode = { up, step: key, ordinal }
    node = named
    push('key', 'text', named, outer, key, from + 1, to)
    const colon = blanks(to + 1)
    if (source.charCodeAt(colon) !== 58) throw new Refused('PAYLOAD_UNREADABLE')
    return blanks(colon + 1)
  }

  at = blanks(at)
  for (;;) {
    const c = source.charCodeAt(at)
    if (c === 34) {
      const end = stringEnd(source, at + 1)
      const to = end < 0 ? ~end : end
      const text = end < 0 ? unescaped(source, at + 1, to) : source.slice(at + 1, to)
      push('leaf', 'text', node, key, text, at + 1, to)
      at = to + 1
    } else if (c === 123 || c === 91) {
      if (++depth > limits.depth) throw new Refused('PAYLOAD_TOO_COMPLEX')
      names.push(outer)
      up = node
      outer = key
      inObject = c === 123
      ordinal = 0
      at = blanks(at + 1)
      if (source.charCodeAt(at) !== c + 2) {
        if (inObject) at = member(at)
        else node = { up, step: 0, ordinal: 0 }
        continue
      }
    } else if (c === 45 || (c >= 48 && c <= 57)) {
      const to = numberEnd(source, at)
      push('leaf', 'number', node, key, source.slice(at, to), at, to)
      at = to
    } else if (c === 116 && source.startsWith('true', at)) {
      push('leaf', 'boolean', node, key, 'true', at, at + 4)
      at += 4
    } else if (c === 102 && source.startsWith('false', at)) {
      push('leaf', 'boolean', node, key, 'false', at, at + 5)
      at += 5
    } else if (c === 110 && source.startsWith('null', at)) {
      at += 4
    } else throw new Refused('PAYLOAD_UNREADABLE')

    // A value has ended: close what it closes, up to the next value or the end of the text.
    for (;;) {
      at = blanks(at)
      const next = source.charCodeAt(at)
      if (depth === 0) {
        if (at < source.length) throw new Refused('PAYLOAD_UNREADABLE')
        return
      }
      if (next === 44) {
        ordinal++
        at = blanks(at + 1)
        if (inObject) at = member(at)
        else {
          node = { up, step: ordinal, ordinal }
          key = outer
        }
        break
      }
      if (next !== (inObject ? 125 : 93)) throw new Refused('PAYLOAD_UNREADABLE')
      at++
      depth--
      const closed: Path = up
      outer = names.pop()!
      if (closed !== null) {
        up = closed.up
        inObject = typeof closed.step === 'string'
        ordinal = closed.ordinal
      }
    }
  }
}

const width = (source: string, at: number): number => {
  if (source.charCodeAt(at) !== 92) return 1
  return source.charCodeAt(at + 1) === 117 ? 6 : 2
}

/** A JSON string without its quotes; in us-ascii text with every other character escaped. */
const quote = (text: string, ascii: boolean): string => {
  const quoted = JSON.stringify(text).slice(1, -1)
  if (!ascii) return quoted
  return quoted.replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const spell = (source: string, group: FieldEdits<SpannedField>, ascii: boolean): Splice[] => {
  const { field, edits } = group
  const first = edits[0]!
  const whole = edits.length === 1 && first.start === 0 && first.end === field.text.length
  const bare = field.kind !== 'text'
  const value = (text: string): Splice[] => [
    { start: bare ? field.from : field.from - 1, end: bare ? field.to : field.to + 1, text },
  ]
  if (field.place === 'leaf') {
    if (whole && first.as === 'remove') return value('null')
    if (whole && first.as === 'number') return value(first.text)
    // A number inside a longer text has no place of its own.
    if (edits.some(({ as }) => as === 'number')) throw new Refused('CANNOT_TREAT')
    if (bare) return value(`"${quote(edited(group), ascii)}"`)
  }
  return within(source, group, width, (text) => quote(text, ascii))
}

/**
 * The edits as splices of JSON text.
 * @throws Refused `CANNOT_TREAT` where a number would not be the whole value
 */
export const spliceJson = (
  source: string,
  groups: readonly FieldEdits<SpannedField>[],
  ascii: boolean,
): Splice[] => groups.flatMap((group) => spell(source, group, ascii))
