/**
 * The port for an analyser that an operator runs beside us: texts in, findings out. What it finds joins ours; it takes
 * none away (settle.ts). Its HTTP adapter is outbound/presidio.ts.
 */
import { Refused } from '../errors.ts'
import type { Document, Field } from '../model/document.ts'
import type { Found } from './found.ts'

/** A finding of an analyser, in UTF-16 code units of its text; the recogniser is `analyser:NAME`. */
export type Analysed = Pick<Found, 'start' | 'end' | 'category' | 'confidence' | 'recogniser' | 'evidence'>

export interface Analyser {
  /**
   * One list for each text, in their order.
   * @throws Refused CLASSIFY_FAILED if any of them cannot be had
   */
  analyse(texts: readonly string[], signal?: AbortSignal): Promise<readonly (readonly Analysed[])[]>
}

/** What an analyser of running text is asked about: values with a space between letters, whole bodies of text. */
const isAsked = ({ place, kind, text }: Field): boolean =>
  place === 'leaf' && kind === 'text' && text.length >= 5 && /\p{L}\s+\p{L}/u.test(text)

/** True for a place where the text may be cut: inside it, and not within a pair of surrogates. */
const isPlace = (text: string, at: number): boolean =>
  Number.isInteger(at) &&
  at >= 0 &&
  at <= text.length &&
  !((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800)

/**
 * What the analyser finds in a document, by field. The same text is asked about once.
 * @throws Refused CLASSIFY_FAILED, also for spans that do not lie in their text
 */
export const analyse = async (
  { fields }: Document,
  analyser: Analyser,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, readonly Analysed[]>> => {
  const places = new Map<string, number[]>()
  for (const field of fields) {
    if (!isAsked(field)) continue
    const known = places.get(field.text)
    if (known === undefined) places.set(field.text, [field.index])
    else known.push(field.index)
  }
  if (places.size === 0) return new Map()
  const texts = [...places.keys()]
  const answers = await analyser.analyse(texts, signal)
  const out = new Map<number, readonly Analysed[]>()
  for (const [at, text] of texts.entries()) {
    const found = answers[at]
    if (found === undefined) throw new Refused('CLASSIFY_FAILED')
    for (const { start, end, confidence } of found)
      if (!(start < end && isPlace(text, start) && isPlace(text, end) && confidence >= 0 && confidence <= 1))
        throw new Refused('CLASSIFY_FAILED')
    if (found.length > 0) for (const field of places.get(text)!) out.set(field, found)
  }
  return out
}
