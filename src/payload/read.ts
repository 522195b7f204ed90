import { isAscii, isUtf8 } from 'node:buffer'
import { Refused } from '../errors.ts'
import type { Document, Field, Incoming } from '../model/document.ts'
import { atOnce, inPieces } from '../model/pieces.ts'
import type { FieldEdits, ReadLimits, SpannedField, Splice } from './document.ts'
import { defaultLimits, makeDocument, splice } from './document.ts'
import { readPairs } from './form.ts'
import { readHeaders, writeHeaders } from './headers.ts'
import { readJson, spliceJson } from './json.ts'
import type { Media } from './media.ts'
import { mediaOf } from './media.ts'
import { splicePercent } from './percent.ts'
import { readTarget, writeTarget } from './target-fields.ts'
import { checkTarget } from './target.ts'
import { checkText, isJson, readText, spliceText } from './text.ts'

export { defaultLimits } from './document.ts'
export type { ReadLimits } from './document.ts'

type Groups = readonly FieldEdits[]
type Spanned = readonly FieldEdits<SpannedField>[]

/** A body format: how its text becomes fields, and how edits of them become splices of that text. */
interface Format {
  /** Pushes the fields; what may be long does so in pieces. */
  read(source: string, limits: ReadLimits, fields: Field[]): Generator<void, void> | void
  splices(source: string, groups: Spanned, ascii: boolean): Splice[]
}

const formats = {
  json: { read: readJson, splices: spliceJson },
  form: {
    read: (source, { fields: room }, fields) =>
      readPairs(
        {
          part: 'body',
          source,
          from: source.charCodeAt(0) === 0xfeff ? 1 : 0,
          room,
          malformed: 'PAYLOAD_UNREADABLE',
        },
        fields,
      ),
    splices: splicePercent,
  },
  text: {
    read: (source, { fields: room }, fields) => readText(source, room, fields),
    splices: spliceText,
  },
  none: { read: () => {}, splices: () => [] },
} satisfies Record<Media['kind'], Format>

/** Decoded once, exactly: the same text encodes to the same bytes, BOM included. */
const decodeBody = (body: Buffer, ascii: boolean): string => {
  if (isAscii(body)) return body.toString('latin1')
  if (ascii || !isUtf8(body)) throw new Refused('PAYLOAD_UNREADABLE')
  return body.toString('utf8')
}

const bodyWriter =
  (source: string, kind: Media['kind'], ascii: boolean) =>
  (groups: Groups): Buffer => {
    const format: Format = formats[kind]
    const body = Buffer.from(splice(source, format.splices(source, groups as Spanned, ascii)), 'utf8')
    if (ascii && !isAscii(body)) throw new Refused('CANNOT_TREAT')
    return body
  }

const contentTypeOf = (headers: Incoming['headers']): string | undefined => {
  const named = headers.filter(([name]) => name.toLowerCase() === 'content-type')
  if (named.length > 1) throw new Refused('HEADER_REPEATED')
  return named[0]?.[1]
}

/**
 * What one transfer would send, as fields: those of the body first, then target, then headers.
 * @throws Refused `TARGET_INVALID`, `TARGET_TOO_LONG`, `HEADER_REPEATED` (content-type), `MEDIA_UNSUPPORTED`,
 * `CHARSET_UNSUPPORTED`, `MEDIA_MISMATCH`, `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX`
 */
export const read = (incoming: Incoming, limits: ReadLimits = defaultLimits): Document =>
  atOnce(reading(incoming, limits))

/** `read` with turns for others: of ten megabytes it makes hundreds of thousands of fields. */
export const readInPieces = (incoming: Incoming, limits: ReadLimits = defaultLimits): Promise<Document> =>
  inPieces(reading(incoming, limits))

function* reading(incoming: Incoming, limits: ReadLimits): Generator<void, Document> {
  const { body, target, headers } = incoming
  checkTarget(target)
  const { kind, ascii } = mediaOf(contentTypeOf(headers), body.length)
  const source = decodeBody(body, ascii)
  if (kind === 'text') checkText(source, limits)

  const fields: Field[] = []
  const format: Format = formats[kind]
  yield* format.read(source, limits, fields) ?? []
  readTarget(target, limits.fields, fields)
  readHeaders(headers, limits.fields, fields)
  return makeDocument(
    kind,
    fields,
    { body, target, headers },
    {
      body: bodyWriter(source, kind, ascii),
      target: (groups) => writeTarget(target, groups as Spanned),
      headers: (groups) => writeHeaders(headers, groups),
    },
  )
}

/**
 * An answer's body as a document, so that pseudonyms in it can be restored; its target is '' and it has no
 * headers. Text that is really JSON is read as JSON: a restored value must be quoted for where it stands.
 * @returns undefined for a type that is not read, or a body that is not what its type says
 */
export const readAnswer = (
  contentType: string | undefined,
  body: Buffer,
  limits: ReadLimits = defaultLimits,
): Document | undefined => atOnce(readingAnswer(contentType, body, limits))

/** `readAnswer` with turns for others. */
export const readAnswerInPieces = (
  contentType: string | undefined,
  body: Buffer,
  limits: ReadLimits = defaultLimits,
): Promise<Document | undefined> => inPieces(readingAnswer(contentType, body, limits))

function* readingAnswer(
  contentType: string | undefined,
  body: Buffer,
  limits: ReadLimits,
): Generator<void, Document | undefined> {
  const fields: Field[] = []
  try {
    const media = mediaOf(contentType, body.length)
    const source = decodeBody(body, media.ascii)
    const kind = media.kind === 'text' && isJson(source, limits) ? 'json' : media.kind
    const format: Format = formats[kind]
    yield* format.read(source, limits, fields) ?? []
    const untouched = () => {
      throw new Refused('INTERNAL')
    }
    return makeDocument(
      kind,
      fields,
      { body, target: '', headers: [] },
      { body: bodyWriter(source, kind, media.ascii), target: untouched, headers: untouched },
    )
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}
