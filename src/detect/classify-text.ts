import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import { steps, type Document } from '../model/document.ts'
import type { Detector } from './classify.ts'
import { type Placed, readJsonText } from './json-text.ts'

/** A finding in a text that is only looked at; offsets are UTF-16 code units of that text. */
export interface TextFinding {
  readonly start: number
  readonly end: number
  readonly category: Category
  readonly confidence: number
  readonly kind?: string
  readonly country?: string
  /** Where the leaf stands in a JSON text, as its own names say (the asker sent them): `salaries[0].iban`. */
  readonly path?: string
  readonly recogniser: string
}

const isJson = (type: string): boolean =>
  /^application\/(?:[\w.+-]+\+)?json$/i.test(type.split(';')[0]!.trim())

/** Findings carry no age, so the day does not matter. */
const anyDay = '2000-01-01'

/** Looking only: nothing here is written. */
const write = (): never => {
  throw new Refused('CANNOT_TREAT')
}

/**
 * What the detector finds in a text, for `douane classify` and the control plane. Without a type, or with a text
 * type, the text is running text; `application/json` reads it as JSON.
 * @throws Refused `MEDIA_UNSUPPORTED`, `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX`, `CLASSIFY_BUDGET`
 */
export const classifyText = async (
  detector: Detector,
  text: string,
  type = 'text/plain',
): Promise<TextFinding[]> => {
  const json = isJson(type)
  if (!json && !/^text\//i.test(type.trim())) throw new Refused('MEDIA_UNSUPPORTED')
  const placed: readonly Placed[] = json
    ? readJsonText(text)
    : [
        {
          field: { index: 0, part: 'body', place: 'leaf', kind: 'text', path: null, key: '', text },
          start: 0,
          offsets: null,
        },
      ]
  const document: Document = { media: json ? 'json' : 'text', fields: placed.map((one) => one.field), write }
  const { findings } = await detector.classify(document, { today: anyDay, places: [] })
  return findings.map((one) => {
    const { field, start, offsets } = placed[one.field]!
    const offset = (at: number) => offsets?.[at] ?? start + at
    return {
      start: offset(one.start),
      end: offset(one.end),
      category: one.category,
      confidence: one.confidence,
      ...(one.kind === undefined ? {} : { kind: one.kind }),
      ...(one.country === undefined ? {} : { country: one.country }),
      ...(json ? { path: printed(field.path === null ? [] : steps(field.path)) } : {}),
      recogniser: one.recogniser,
    }
  })
}

const printed = (path: readonly (string | number)[]): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
