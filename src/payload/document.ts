import { Refused } from '../errors.ts'
import type { Document, Edit, Field, MediaKind, Outgoing, Part, Path } from '../model/document.ts'
import { isNumber } from './number.ts'

/** How much of a payload is read before it is refused as `PAYLOAD_TOO_COMPLEX`. */
export interface ReadLimits {
  /** Nested containers. */
  readonly depth: number
  /** Values and names together. */
  readonly fields: number
}

export const defaultLimits: ReadLimits = { depth: 64, fields: 1_000_000 }

/** Fields that a reader makes between two turns of the event loop (model/pieces.ts). */
export const piece = 16_384

/** A field and where its raw spelling stands in the source text; a JSON string without its quotes. */
export interface SpannedField extends Field {
  readonly from: number
  readonly to: number
}

/** A replacement in the raw source text. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The edits of one field, in the order of their offsets. */
export interface FieldEdits<F extends Field = Field> {
  readonly field: F
  readonly edits: readonly Edit[]
}

/** How one part is written; called only if something in it is edited. */
export interface Writers {
  readonly body: (groups: readonly FieldEdits[]) => Buffer
  readonly target: (groups: readonly FieldEdits[]) => string
  readonly headers: (groups: readonly FieldEdits[]) => Outgoing['headers']
}

export const splice = (source: string, splices: readonly Splice[]): string => {
  let out = ''
  let at = 0
  for (const { start, end, text } of splices) {
    out += source.slice(at, start) + text
    at = end
  }
  return out + source.slice(at)
}

const replacement = (edit: Edit): string => (edit.as === 'remove' ? '' : edit.text)

/** The field's decoded text with its edits. */
export const edited = ({ field, edits }: FieldEdits): string =>
  splice(
    field.text,
    edits.map((edit) => ({ start: edit.start, end: edit.end, text: replacement(edit) })),
  )

/**
 * The edits of a field as splices of the source text, so that what is not edited keeps its spelling.
 * @param width raw code units of the character at a raw offset; 12 stands for two decoded code units (a
 * percent-encoded character of four bytes), any other width for one.
 */
export const within = (
  source: string,
  { field, edits }: FieldEdits<SpannedField>,
  width: (source: string, at: number) => number,
  quote: (text: string) => string,
): Splice[] => {
  const plain = field.to - field.from === field.text.length
  let raw = field.from
  let units = 0
  const move = (to: number): number => {
    if (plain) return field.from + to
    while (units < to) {
      const step = width(source, raw)
      units += step === 12 ? 2 : 1
      raw += step
    }
    return raw
  }
  return edits.map((edit) => ({
    start: move(edit.start),
    end: move(edit.end),
    text: quote(replacement(edit)),
  }))
}

/** True where an offset would cut a surrogate pair in two. */
const cutsPair = (text: string, at: number): boolean =>
  at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800

/**
 * Edits by field, in order.
 * @throws Refused `INTERNAL` if they do not fit the document or overlap, `CANNOT_TREAT` if a number is none
 */
const grouped = (fields: readonly Field[], edits: readonly Edit[]): FieldEdits[] => {
  const groups: { field: Field; edits: Edit[] }[] = []
  for (const edit of edits.toSorted((a, b) => a.field - b.field || a.start - b.start || a.end - b.end)) {
    const field = fields[edit.field]
    if (
      field === undefined ||
      !(edit.start >= 0 && edit.start <= edit.end && edit.end <= field.text.length)
    ) {
      throw new Refused('INTERNAL')
    }
    if (cutsPair(field.text, edit.start) || cutsPair(field.text, edit.end)) throw new Refused('INTERNAL')
    if (edit.as === 'number' && !isNumber(edit.text)) throw new Refused('CANNOT_TREAT')
    const last = groups.at(-1)
    if (last?.field !== field) groups.push({ field, edits: [edit] })
    else if (last.edits.at(-1)!.end > edit.start) throw new Refused('INTERNAL')
    else last.edits.push(edit)
  }
  return groups
}

/**
 * Names never vanish and never fall together: two different keys of one object that become the same would
 * make the receiver lose a value.
 * @throws Refused `CANNOT_TREAT`
 */
const guardNames = (fields: readonly Field[], groups: readonly FieldEdits[]): void => {
  const renamed = new Map<Field, string>()
  const containers = new Set<Path | Part>()
  const container = (field: Field): Path | Part => field.path?.up ?? field.part
  for (const group of groups) {
    const { place } = group.field
    if (place === 'leaf' || place === 'header') continue
    const name = edited(group)
    if (name === '') throw new Refused('CANNOT_TREAT')
    if (place === 'segment') continue
    renamed.set(group.field, name)
    containers.add(container(group.field))
  }
  if (renamed.size === 0) return
  const seen = new Map<Path | Part, Map<string, string>>()
  for (const field of fields) {
    if (field.place === 'leaf' || field.place === 'header' || field.place === 'segment') continue
    const holder = container(field)
    if (!containers.has(holder)) continue
    const names = seen.get(holder) ?? new Map<string, string>()
    seen.set(holder, names)
    const name = renamed.get(field) ?? field.text
    if ((names.get(name) ?? field.text) !== field.text) throw new Refused('CANNOT_TREAT')
    names.set(name, field.text)
  }
}

/** Joins what was read with the way back. `original` leaves as it came where nothing is edited. */
export const makeDocument = (
  media: MediaKind,
  fields: readonly Field[],
  original: Outgoing,
  writers: Writers,
): Document => ({
  media,
  fields,
  write(edits) {
    if (edits.length === 0) return original
    const groups = grouped(fields, edits)
    guardNames(fields, groups)
    const of = (part: Part) => groups.filter(({ field }) => field.part === part)
    const body = of('body')
    const target = of('target')
    const headers = of('headers')
    return {
      body: body.length === 0 ? original.body : writers.body(body),
      target: target.length === 0 ? original.target : writers.target(target),
      headers: headers.length === 0 ? original.headers : writers.headers(headers),
    }
  },
})
