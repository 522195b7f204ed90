/** What a clerk typed in clear: identifiers in the answer that this transfer never sent. A hint, not a gate. */
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import type { Hall } from '../judge/hall.ts'
import type { Judged } from '../judge/judge.ts'
import type { Document } from '../model/document.ts'
import { inPieces } from '../model/pieces.ts'

/** Answer as document, and the bytes and type that it was read from. */
export interface ReadAnswer {
  readonly document: Document
  readonly type: string | undefined
  readonly body: Buffer
}

/**
 * An answer too odd or too long to search through is restored all the same.
 * @returns how many, each place counted
 */
export async function clearIdentifiers(
  answer: ReadAnswer,
  judged: Judged,
  { hall, detector }: { readonly hall: Hall; readonly detector: Detector },
): Promise<number> {
  try {
    const spans = await hall.identifiers(answer, detector)
    return spans.length === 0 ? 0 : await inPieces(countNew(answer.document, spans, judged))
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return 0
  }
}

/** Characters of the request that may be searched for all identifiers of one answer, and between two turns of the event loop. */
const mostSearched = 4_000_000_000
const piece = 16_000_000

/** Each identifier is looked for once, and all of them together may cost so much: the provider wrote them. */
function* countNew({ fields }: Document, spans: Int32Array, judged: Judged): Generator<void, number> {
  const asTheyCame = sentAsTheyCame(judged)
  const sent = yield* bareOf(judged.outgoing?.body.toString('utf8') ?? '')
  const isNew = new Map<string, boolean>()
  let searched = 0
  let since = 0
  let count = 0
  for (let at = 0; at < spans.length; at += 3) {
    const { text } = fields[spans[at]!]!
    if (asTheyCame.has(text)) continue
    const written = bare(text.slice(spans[at + 1], spans[at + 2]))
    let never = isNew.get(written)
    if (never === undefined) {
      if ((searched += sent.length) > mostSearched) break
      if ((since += sent.length) > piece) {
        yield
        since = 0
      }
      never = !sent.includes(written)
      isNew.set(written, never)
    }
    if (never) count += 1
  }
  return count
}

const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}@]/gu, '').toLowerCase()

function* bareOf(text: string): Generator<void, string> {
  const size = 262_144
  let out = ''
  // No pair is cut in two that bare() would keep: halves are no letters, so a letter beyond the BMP is lost at a seam.
  for (let at = 0; at < text.length; at += size) {
    if (at > 0) yield
    out += bare(text.slice(at, at + size))
  }
  return out
}

/** Texts of the request that left as they came: what is in them was sent. */
const sentAsTheyCame = ({ document, classification, decision }: Judged): ReadonlySet<string> => {
  const changed = new Set<number | undefined>()
  for (const { finding, treatment } of decision.treatments)
    if (treatment.name !== 'allow') changed.add(classification.findings[finding]?.field)
  const texts = new Set<string>()
  for (const { index, text } of document.fields) if (!changed.has(index)) texts.add(text)
  return texts
}
