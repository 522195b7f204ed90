import { Refused } from '../errors.ts'
import type { Field, Part, Path, Place } from '../model/document.ts'
import type { FieldEdits, ReadLimits, SpannedField, Splice } from './document.ts'
import { edited, piece, within } from './document.ts'
import { quote, stringEnd, unescaped, width } from './json-string.ts'
import { numberEnd } from './number.ts'

const blanksEnd = (source: string, from: number): number => {
  let at = from
  let c = source.charCodeAt(at)
  while (c === 32 || c === 10 || c === 13 || c === 9) c = source.charCodeAt(++at)
  return at
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
export function* readJson(source: string, limits: ReadLimits, fields: Field[]): Generator<void, void> {
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
  let pause = piece

  for (;;) {
    if (fields.length >= pause) {
      yield
      pause = fields.length + piece
    }
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
