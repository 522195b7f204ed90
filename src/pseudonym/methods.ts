/** What becomes of one span by every treatment but allow and pseudonymise. */
import { Refused } from '../errors.ts'
import type { Treatment } from '../model/decision.ts'
import type { Edit, Field } from '../model/document.ts'
import type { Category } from '../model/category.ts'
import { generalise } from '../coarse/generalise.ts'
import { masked } from './mask.ts'

/** True if the span is the whole text of its field. */
export const isWhole = (field: Field, start: number, end: number): boolean =>
  start === 0 && end === field.text.length

export interface Span {
  readonly field: Field
  readonly start: number
  readonly end: number
  readonly category: Category
  /** ISO 3166-1, where the recogniser knows it. */
  readonly country?: string | undefined
}

/**
 * A boolean can only be removed; what cannot be generalised is removed.
 * @throws Refused CANNOT_TREAT for a treatment that is none of these
 */
export const editFor = (
  treatment: Treatment,
  { field, start, end, category, country }: Span,
  now: Date,
): Edit => {
  const span = { field: field.index, start, end }
  const remove: Edit = { ...span, text: '', as: 'remove' }
  if (field.kind === 'boolean' && treatment.name !== 'block') return remove
  switch (treatment.name) {
    case 'remove':
      return remove
    case 'mask':
      return { ...span, text: masked, as: 'text' }
    case 'generalise': {
      const number = field.kind === 'number' && isWhole(field, start, end)
      const text = field.text.slice(start, end)
      const made = generalise(category, treatment.parameter, { text, number, country, now })
      if (made === undefined) return remove
      return { ...span, text: made, as: number && /^-?\d/.test(made) ? 'number' : 'text' }
    }
    default:
      throw new Refused('CANNOT_TREAT', { categories: [category] })
  }
}
