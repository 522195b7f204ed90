import { isUtf8 } from 'node:buffer'
import { Refused } from '../errors.ts'
import type { Field, Outgoing } from '../model/document.ts'
import type { FieldEdits } from './document.ts'
import { edited } from './document.ts'
import { mediaOf } from './media.ts'

type Headers = Outgoing['headers']

/** RFC 9110 §5.5: visible characters, space, tab and obs-text; nothing that could begin another line. */
const isFieldValue = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text)

/**
 * Node gives a header as one character a byte. Bytes that are UTF-8 are read as such, others as ISO-8859-1
 * (RFC 9110 §5.5: "historically").
 */
const decode = (value: string): string => {
  // Most are plain ASCII.
  if (/^[\t\x20-\x7e]*$/.test(value)) return value
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : value
}

/**
 * Each header value is one field, keyed and named by its header in lower case.
 * @throws Refused `PAYLOAD_UNREADABLE` for a control character, `PAYLOAD_TOO_COMPLEX`
 */
export const readHeaders = (headers: Headers, room: number, fields: Field[]): void => {
  for (const [ordinal, [name, value]] of headers.entries()) {
    if (!isFieldValue(value)) throw new Refused('PAYLOAD_UNREADABLE')
    const index = fields.length
    if (index >= room) throw new Refused('PAYLOAD_TOO_COMPLEX')
    const key = name.toLowerCase()
    fields.push({
      index,
      part: 'headers',
      place: 'header',
      kind: 'text',
      path: { up: null, step: key, ordinal },
      key,
      text: decode(value),
    })
  }
}

const sameMedia = (before: string, after: string): boolean => {
  try {
    const [a, b] = [mediaOf(before, 1), mediaOf(after, 1)]
    return a.type === b.type && a.ascii === b.ascii
  } catch {
    return false
  }
}

/**
 * The headers with their edits; a removal takes the whole header with it.
 * @throws Refused `CANNOT_TREAT` for a replacement that a header cannot hold, or a content-type that would
 * no longer say what the body is
 */
export const writeHeaders = (headers: Headers, groups: readonly FieldEdits[]): Headers => {
  const out: (readonly [string, string] | undefined)[] = [...headers]
  for (const group of groups) {
    const ordinal = group.field.path!.ordinal
    const [name, before] = headers[ordinal]!
    const typed = group.field.key === 'content-type'
    if (group.edits.some(({ as }) => as === 'remove')) {
      if (typed) throw new Refused('CANNOT_TREAT')
      out[ordinal] = undefined
      continue
    }
    const text = edited(group)
    if (!text.isWellFormed()) throw new Refused('CANNOT_TREAT')
    const utf8 = group.field.text !== before || /^[\0-\x7f]*$/.test(before)
    const value = utf8 ? Buffer.from(text, 'utf8').toString('latin1') : text
    if (!isFieldValue(value) || (typed && !sameMedia(before, value))) throw new Refused('CANNOT_TREAT')
    out[ordinal] = [name, value]
  }
  return out.filter((header) => header !== undefined)
}
