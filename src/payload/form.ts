import type { Code } from '../errors.ts'
import { Refused } from '../errors.ts'
import type { Field, Path, Part } from '../model/document.ts'
import type { SpannedField } from './document.ts'
import { piece } from './document.ts'
import { decodePercent } from './percent.ts'

/** Where pairs stand, what may be read of them and how to refuse them. */
export interface Pairs {
  readonly part: Part
  readonly source: string
  readonly from: number
  /** Fields that the document may hold in all. */
  readonly room: number
  readonly malformed: Code
}

/**
 * `name=value&…` (application/x-www-form-urlencoded, or a query), from `from` to the end of the source: each
 * name is a parameter field, each value a leaf under it; `+` is a space. A name may come twice.
 * @throws Refused `malformed` for a bad escape or bytes that are no UTF-8, `PAYLOAD_TOO_COMPLEX`
 */
export function* readPairs(
  { part, source, from, room, malformed }: Pairs,
  fields: Field[],
): Generator<void, void> {
  const spaced = source.includes('+', from)
  const push = (place: Field['place'], path: Path, key: string, text: string, start: number, end: number) => {
    const index = fields.length
    if (index >= room) throw new Refused('PAYLOAD_TOO_COMPLEX')
    const field: SpannedField = { index, part, place, kind: 'text', path, key, text, from: start, to: end }
    fields.push(field)
  }
  const decode = (start: number, end: number): string => {
    const raw = source.slice(start, end)
    const text = decodePercent(spaced ? raw.replaceAll('+', ' ') : raw)
    if (text === undefined) throw new Refused(malformed)
    return text
  }

  let ordinal = 0
  let pause = piece
  for (let at = from; at < source.length;) {
    if (fields.length >= pause) {
      yield
      pause = fields.length + piece
    }
    const ampersand = source.indexOf('&', at)
    const end = ampersand < 0 ? source.length : ampersand
    if (end > at) {
      const equals = source.slice(at, end).indexOf('=')
      const nameEnd = equals < 0 ? end : at + equals
      const name = decode(at, nameEnd)
      const path: Path = { up: null, step: name, ordinal: ordinal++ }
      push('parameter', path, '', name, at, nameEnd)
      if (equals >= 0) push('leaf', path, name, decode(nameEnd + 1, end), nameEnd + 1, end)
    }
    at = end + 1
  }
}
