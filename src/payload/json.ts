import { Refused } from '../errors.ts'
import type { Field, Part, Path, Place } from '../model/document.ts'
import type { FieldEdits, ReadLimits, SpannedField, Splice } from './document.ts'
import { edited, within } from './document.ts'
import { numberEnd } from './number.ts'

const isHex = (c: number): boolean => (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 102)

/** The character after a backslash is one of `"\/bfnrt`. */
const isEscape = (c: number): boolean =>
  c === 110 || c === 34 || c === 92 || c === 47 || c === 116 || c === 114 || c === 98 || c === 102

const blanksEnd = (source: string, from: number): number => {
  let at = from
  let c = source.charCodeAt(at)
  while (c === 32 || c === 10 || c === 13 || c === 9) c = source.charCodeAt(++at)
  return at
}

/**
 * Where the string whose first character is at `from` ends (its closing quote); the complement of that, a
 * negative number, if it holds an escape.
 */
const stringEnd = (source: string, from: number): number => {
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

const spanned = (
  index: number,
  part: Part,
  place: Place,
  kind: Field['kind'],
  path: Path,
  key: string,
  text: string,
  from: number,
  to: number,
): SpannedField => ({ index, part, place, kind, path, key, text, from, to })

/** What the character after a backslash stands for. */
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The decoded text of a checked string that holds an escape. */
const unescaped = (source: string, from: number, to: number): string => {
  let text = ''
  let at = from
  for (let slash = source.indexOf('\\', at); slash >= 0 && slash < to; slash = source.indexOf('\\', at)) {
    text += source.slice(at, slash)
    const next = source[slash + 1]!
    if (next === 'u') {
      text += String.fromCharCode(Number.parseInt(source.slice(slash + 2, slash + 6), 16))
      at = slash + 6
    } else {
      text += escapes[next]
      at = slash + 2
    }
  }
  return text + source.slice(at, to)
}

/** Slots of the table of names: records repeat theirs, and one string for all of them is hashed once. */
const slots = 64

/** The name from `from` to `to`, the same string as last time if its slot still holds it. */
const nameAt = (source: string, from: number, to: number, names: string[]): string => {
  const length = to - from
  const slot = (length * 31 + source.charCodeAt(from) * 7 + source.charCodeAt(to - 1)) & (slots - 1)
  const known = names[slot]!
  if (known.length === length) {
    let at = 0
    while (at < length && known.charCodeAt(at) === source.charCodeAt(from + at)) at++
    if (at === length) return known
  }
  const name = source.slice(from, to)
  names[slot] = name
  return name
}

/**
 * One pass over JSON text (RFC 8259, strict; a leading BOM is stepped over): every text, number and boolean
 * and every object key becomes a field. Duplicate keys are fields each. Nothing is built but the fields and
 * their paths, so depth and memory are bounded by the limits. One loop without closures: this is the hot path.
 * @throws Refused `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX`
 */
export const readJson = (source: string, limits: ReadLimits, fields: Field[]): void => {
  const known: string[] = Array.from<string>({ length: slots }).fill('')
  /** The nearest names above the open containers. */
  const outers: string[] = []
  const part: Part = 'body'
  let depth = 0
  let inObject = false
  /** The container being read (its path), and the nearest name above its members. */
  let up = null as Path
  let outer = ''
  let ordinal = 0
  let at = blanksEnd(source, source.charCodeAt(0) === 0xfeff ? 1 : 0)

  for (;;) {
    // The place of the next value: a member's name comes before it, an element has its number.
    let node: Path = null
    let key = outer
    if (inObject) {
      if (source.charCodeAt(at) !== 34) throw new Refused('PAYLOAD_UNREADABLE')
      const from = at + 1
      const end = stringEnd(source, from)
      const to = end < 0 ? ~end : end
      key = end < 0 ? unescaped(source, from, to) : nameAt(source, from, to, known)
      node = { up, step: key, ordinal }
      const index = fields.length
      if (index >= limits.fields) throw new Refused('PAYLOAD_TOO_COMPLEX')
      fields.push(spanned(index, part, 'key', 'text', node, outer, key, from, to))
      at = blanksEnd(source, to + 1)
      if (source.charCodeAt(at) !== 58) throw new Refused('PAYLOAD_UNREADABLE')
      at = blanksEnd(source, at + 1)
    } else if (depth > 0) node = { up, step: ordinal, ordinal }

    const c = source.charCodeAt(at)
    if (c === 123 || c === 91) {
      if (++depth > limits.depth) throw new Refused('PAYLOAD_TOO_COMPLEX')
      outers.push(outer)
      up = node
      outer = key
      inObject = c === 123
      ordinal = 0
      at = blanksEnd(source, at + 1)
      if (source.charCodeAt(at) !== c + 2) continue
    } else if (c === 110 && source.startsWith('null', at)) {
      at += 4
    } else {
      let kind: Field['kind'] = 'text'
      let from = at
      let to: number
      let text: string
      if (c === 34) {
        from++
        const end = stringEnd(source, from)
        to = end < 0 ? ~end : end
        text = end < 0 ? unescaped(source, from, to) : source.slice(from, to)
        at = to + 1
      } else if (c === 45 || (c >= 48 && c <= 57)) {
        kind = 'number'
        at = to = numberEnd(source, from)
        text = source.slice(from, to)
      } else {
        kind = 'boolean'
        text = c === 116 ? 'true' : 'false'
        if (!source.startsWith(text, from)) throw new Refused('PAYLOAD_UNREADABLE')
        at = to = from + text.length
      }
      const index = fields.length
      if (index >= limits.fields) throw new Refused('PAYLOAD_TOO_COMPLEX')
      fields.push(spanned(index, part, 'leaf', kind, node, key, text, from, to))
    }

    // A value has ended: close what it closes, up to the next value or the end of the text.
    for (;;) {
      at = blanksEnd(source, at)
      if (depth === 0) {
        if (at < source.length) throw new Refused('PAYLOAD_UNREADABLE')
        return
      }
      const next = source.charCodeAt(at)
      if (next === 44) {
        ordinal++
        at = blanksEnd(source, at + 1)
        break
      }
      if (next !== (inObject ? 125 : 93)) throw new Refused('PAYLOAD_UNREADABLE')
      at++
      depth--
      outer = outers.pop()!
      if (up !== null) {
        ordinal = up.ordinal
        inObject = typeof up.step === 'string'
        up = up.up
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
