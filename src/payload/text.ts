import { Refused } from '../errors.ts'
import type { Field } from '../model/document.ts'
import { atOnce } from '../model/pieces.ts'
import type { FieldEdits, ReadLimits, SpannedField, Splice } from './document.ts'
import { within } from './document.ts'
import { readJson } from './json.ts'

/**
 * Plain text is one field, the whole body without its BOM.
 * @throws Refused `PAYLOAD_TOO_COMPLEX` where not even one field may be read
 */
export const readText = (source: string, room: number, fields: Field[]): void => {
  const index = fields.length
  if (index >= room) throw new Refused('PAYLOAD_TOO_COMPLEX')
  const from = source.charCodeAt(0) === 0xfeff ? 1 : 0
  const field: SpannedField = {
    index,
    part: 'body',
    place: 'leaf',
    kind: 'text',
    path: null,
    key: '',
    text: source.slice(from),
    from,
    to: source.length,
  }
  fields.push(field)
}

/**
 * The edits as splices of plain text.
 * @throws Refused `CANNOT_TREAT` if a replacement holds half a surrogate pair
 */
export const spliceText = (source: string, groups: readonly FieldEdits<SpannedField>[]): Splice[] =>
  groups.flatMap((group) =>
    within(
      source,
      group,
      () => 1,
      (text) => {
        if (!text.isWellFormed()) throw new Refused('CANNOT_TREAT')
        return text
      },
    ),
  )

/** Whether the text is one JSON object or array; nested beyond the limits counts as one. */
export const isJson = (text: string, limits: ReadLimits): boolean => {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return false
  try {
    atOnce(readJson(text, limits, []))
    return true
  } catch (error) {
    return error instanceof Refused && error.code === 'PAYLOAD_TOO_COMPLEX'
  }
}

/** One JSON object a line. */
const isJsonLines = (text: string, limits: ReadLimits): boolean => {
  if (!text.startsWith('{')) return false
  const end = text.indexOf('\n')
  return end > 0 && isJson(text.slice(0, end), limits)
}

/** A declaration, or an element that encloses the whole text. `text` has no blanks around it. */
const isMarkup = (text: string): boolean => {
  if (!text.startsWith('<')) return false
  const start = text.slice(0, 256).toLowerCase()
  if (start.startsWith('<?xml') || start.startsWith('<!doctype') || start.startsWith('<html')) return true
  if (!text.endsWith('>')) return false
  const name = /^<([a-z_][\w.:-]*)[\s/>]/.exec(start)?.[1]
  if (name === undefined) return false
  return text.endsWith('/>') || text.slice(-name.length - 3).toLowerCase() === `</${name}>`
}

const delimiters = [',', ';', '\t'] as const

const isDigit = (c: number): boolean => c >= 48 && c <= 57

/** Delimiters of a line that stand as in a table: nothing but the next cell after them, no decimal comma. */
const tight = (line: string, delimiter: string): number => {
  const dense = !line.includes(' ')
  let count = 0
  for (let at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, at + 1)) {
    const decimal = delimiter === ',' && isDigit(line.charCodeAt(at - 1)) && isDigit(line.charCodeAt(at + 1))
    if (line.charCodeAt(at + 1) !== 32 && (dense || !decimal)) count++
  }
  return count
}

/** Three lines in a row with the same two or more delimiters. */
const isTable = (lines: readonly string[]): boolean =>
  delimiters.some((delimiter) => {
    let run = 0
    let last = 0
    for (const line of lines) {
      const count = tight(line, delimiter)
      run = count >= 2 && count === last ? run + 1 : 1
      last = count
      if (run >= 3 && count >= 2) return true
    }
    return false
  })

/** The whole text is base64 or base64url of 48 bytes or more: one line, or lines of one length (RFC 2045). */
const isBase64 = (text: string, lines: readonly string[]): boolean => {
  if (text.length < 64) return false
  const width = lines[0]!.length
  if (lines.length > 1 && width < 40) return false
  if (lines.some((line, at) => (at < lines.length - 1 ? line.length !== width : line.length > width)))
    return false
  return lines.every((line, at) =>
    at < lines.length - 1 ? /^[\w+/-]+$/.test(line) : /^[\w+/-]+={0,2}$/.test(line),
  )
}

/**
 * Text that is really something with a structure of its own: read as text its names and columns would be
 * lost to the classifier.
 * @throws Refused `MEDIA_MISMATCH`
 */
export const checkText = (source: string, limits: ReadLimits): void => {
  const text = (source.charCodeAt(0) === 0xfeff ? source.slice(1) : source).trim()
  const lines = text
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line) => line.trim() !== '')
  if (lines.length === 0) return
  if (
    // Text in UTF-16 is valid UTF-8 with a NUL between its letters, and no recogniser would see it.
    text.includes('\0') ||
    isJson(text, limits) ||
    isJsonLines(text, limits) ||
    isMarkup(text) ||
    isTable(lines) ||
    isBase64(text, lines)
  ) {
    throw new Refused('MEDIA_MISMATCH')
  }
}
