/**
 * A classification as a few buffers, to cross from one thread to another without a copy. Findings are numbers and
 * places in a list of words; a record's path is said by a field that lies in it, so that the other thread, which
 * has read the same bytes, finds its own node.
 */
import type { Category } from '../model/category.ts'
import type { Document, Path, PathNode } from '../model/document.ts'
import type { Classification, Finding, RecordPlace } from '../model/finding.ts'

/** Numbers of one finding: field, start, end, record, and the positions of five words, −1 for none. */
const width = 9
/** Findings between two turns of the event loop. */
const piece = 16_384

export interface Packed {
  readonly fields: number
  /** `width` numbers a finding. */
  readonly findings: Int32Array<ArrayBuffer>
  readonly confidence: Float64Array<ArrayBuffer>
  readonly words: readonly string[]
  /** Three numbers a record: a field in it (−1: the document), how many steps up from it, and 1 for a child. */
  readonly records: Int32Array<ArrayBuffer>
}

export const buffersOf = ({ findings, confidence, records }: Packed): ArrayBuffer[] => [
  findings.buffer,
  confidence.buffer,
  records.buffer,
]

export const pack = (document: Document, { findings, records }: Classification): Packed => {
  const words = new Map<string, number>()
  const word = (text: string | undefined): number => {
    if (text === undefined) return -1
    let at = words.get(text)
    if (at === undefined) words.set(text, (at = words.size))
    return at
  }
  const numbers = new Int32Array(findings.length * width)
  const confidence = new Float64Array(findings.length)
  findings.forEach((one, index) => {
    confidence[index] = one.confidence
    numbers.set(
      [
        ...[one.field, one.start, one.end, one.record],
        ...[word(one.category), word(one.recogniser), word(one.evidence), word(one.kind), word(one.country)],
      ],
      index * width,
    )
  })
  const places = placesOf(document, new Set(records.map(({ path }) => path)))
  const packed = new Int32Array(records.length * 3)
  records.forEach(({ path, child }, index) => {
    const { field, up } = places.get(path) ?? { field: -1, up: 0 }
    packed.set([field, up, child ? 1 : 0], index * 3)
  })
  return {
    fields: document.fields.length,
    findings: numbers,
    confidence,
    words: [...words.keys()],
    records: packed,
  }
}

/** For each of these nodes a field in it. */
const placesOf = (
  { fields }: Document,
  wanted: ReadonlySet<Path>,
): ReadonlyMap<Path, { readonly field: number; readonly up: number }> => {
  const places = new Map<Path, { field: number; up: number }>()
  const seen = new Set<PathNode>()
  for (const { path, index } of fields)
    for (let node = path, up = 0; node !== null && !seen.has(node); node = node.up, up++) {
      seen.add(node)
      if (wanted.has(node)) places.set(node, { field: index, up })
    }
  return places
}

/** @param document of the same bytes */
export function* unpack(document: Document, packed: Packed): Generator<void, Classification> {
  const { findings: numbers, confidence, words } = packed
  const findings: Finding[] = []
  for (let index = 0; index < confidence.length; index++) {
    if (index % piece === piece - 1) yield
    const at = index * width
    const kind = words[numbers[at + 7]!]
    const country = words[numbers[at + 8]!]
    findings.push({
      field: numbers[at]!,
      start: numbers[at + 1]!,
      end: numbers[at + 2]!,
      category: words[numbers[at + 4]!] as Category,
      confidence: confidence[index]!,
      recogniser: words[numbers[at + 5]!]!,
      evidence: words[numbers[at + 6]!]!,
      ...(kind === undefined ? {} : { kind }),
      ...(country === undefined ? {} : { country }),
      record: numbers[at + 3]!,
    })
  }
  const records: RecordPlace[] = []
  for (let at = 0; at < packed.records.length; at += 3) {
    let path = document.fields[packed.records[at]!]?.path ?? null
    for (let up = packed.records[at + 1]!; up > 0; up--) path = path?.up ?? null
    records.push({ path, child: packed.records[at + 2] === 1 })
  }
  return { findings, records }
}
