/** A kept shape as a document again: places, categories and confidences, and no value. */
import type { Category } from '../model/category.ts'
import type { Document, Field, Part, Path } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { Shape } from './shape.ts'

export interface Reshaped {
  readonly document: Document
  readonly found: Classification
}

const parts: readonly Part[] = ['body', 'target', 'headers']

/** `employees[3].{2}.iban` → its steps; a name that was not printed stays its ordinal. */
const pathOf = (printed: string): Path => {
  let path: Path = null
  for (const [, number, name] of printed.matchAll(/\[(\d+)\]|\.?([^.[\]]+)/g))
    path = { up: path, step: number === undefined ? (name ?? '') : Number(number), ordinal: 0 }
  return path
}

/**
 * What a shape cannot give back: values (every record counts as alone), names that were not in the lexicon, and findings
 * beyond the limit. Good for deciding twice by two policies, which miss the same.
 */
export const fromShape = (shape: Shape): Reshaped => {
  const fields: Field[] = []
  const byPath = new Map<string, number>()
  const findings = shape.findings.map(
    ([printed, category, confidence, recogniser, record, , more], n): Finding => {
      let field = byPath.get(printed)
      if (field === undefined) {
        field = fields.length
        byPath.set(printed, field)
        const [part = 'body'] = printed.split(':', 1)
        const path = pathOf(printed.slice(part.length + 1))
        fields.push({
          index: field,
          part: parts.find((each) => each === part) ?? 'body',
          place: 'leaf',
          kind: more?.leaf ?? 'text',
          path,
          key: typeof path?.step === 'string' ? path.step : '',
          text: `${n}`,
        })
      }
      return {
        field,
        start: 0,
        end: `${n}`.length,
        category: category as Category,
        confidence: confidence / 1000,
        recogniser,
        evidence: '',
        record,
        ...(recogniser === 'nir' ? { kind: 'nir', country: 'FR' } : {}),
        ...(more?.kind === undefined ? {} : { kind: more.kind }),
        ...(more?.country === undefined ? {} : { country: more.country }),
      }
    },
  )
  const last = Math.max(0, ...shape.findings.map(([, , , , record]) => record), ...shape.children)
  const children = new Set(shape.children)
  return {
    document: { media: 'json', fields, write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }) },
    found: {
      findings,
      records: Array.from({ length: last + 1 }, (_, n) => ({ path: null, child: children.has(n) })),
    },
  }
}
