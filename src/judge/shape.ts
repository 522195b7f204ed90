import type { Detector } from '../detect/classify.ts'
import type { Treatment } from '../model/decision.ts'
import { printPath } from '../payload/path.ts'
import type { Field } from '../model/document.ts'
import type { Finding } from '../model/finding.ts'
import type { Decided } from './decide.ts'

/** Findings of one payload that the erasable detail describes one by one; of more only the number is kept. */
const most = 2_000

/** What else a rule may ask of a finding, where it is not the usual. */
export interface ShapeMore {
  /** A leaf that is no text. */
  readonly leaf?: 'number' | 'boolean'
  readonly kind?: string
  readonly country?: string
}

/** [path, category, confidence, recogniser, record, treatment or '' if it does not act, what else] */
export type ShapeRow = readonly [string, string, number, string, number, string, ShapeMore?]

/** What was decided about, without a value: enough to explain the decision and to decide again. */
export interface Shape {
  readonly fields: number
  readonly media: string
  /** Of a refusal, whose record does not hold it. */
  readonly method?: string
  readonly findings: readonly ShapeRow[]
  /** Findings beyond the limit. */
  readonly more: number
  /** Records that speak of a child. */
  readonly children: readonly number[]
}

/** Confidence in thousandths: canonical JSON has integers only. */
export function shapeOf(decided: Decided, detector: Pick<Detector, 'knownName'>): Shape {
  const { document, classification, decision, media } = decided
  const treatment = new Map<number, Treatment>()
  // In the order of the findings.
  for (const one of decision.treatments) {
    if (one.finding >= most) break
    treatment.set(one.finding, one.treatment)
  }
  const known = (name: string): boolean => detector.knownName(name)
  const rows = classification.findings.slice(0, most).map((finding, position): ShapeRow => {
    const field = document.fields[finding.field]
    const act = treatment.get(position)
    return [
      field === undefined ? '' : `${field.part}:${printPath(field.path, known)}`,
      finding.category,
      Math.round(finding.confidence * 1000),
      finding.recogniser,
      finding.record,
      act === undefined ? '' : act.parameter === undefined ? act.name : `${act.name}:${act.parameter}`,
      ...moreOf(finding, field),
    ]
  })
  return {
    fields: document.fields.length,
    media,
    findings: rows,
    more: Math.max(0, classification.findings.length - most),
    children: classification.records.flatMap((record, position) => (record.child ? [position] : [])),
  }
}

const moreOf = (finding: Finding, field: Field | undefined): [ShapeMore?] => {
  const { kind, country } = finding
  const leaf = field === undefined || field.kind === 'text' ? {} : { leaf: field.kind }
  const more = {
    ...leaf,
    ...(kind === undefined ? {} : { kind }),
    ...(country === undefined ? {} : { country }),
  }
  return Object.keys(more).length === 0 ? [] : [more]
}
