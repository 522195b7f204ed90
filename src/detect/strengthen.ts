import type { Category } from '../model/category.ts'
import type { Document, PathNode } from '../model/document.ts'
import type { Seen } from './inspect.ts'

/** Categories that a firm has none of: beside one of them `nom` is a person's name. */
const ofPersons: ReadonlySet<Category> = new Set([
  'name',
  'birth.date',
  'birth.place',
  'gender',
  'marital',
  'nationality',
  'id.national',
  'id.employee',
  'hr.salary',
  'age',
])

/** `nom` beside `prenom` or `date_naissance` is a person's. */
export const strengthen = (document: Document, seen: readonly Seen[]): void => {
  if (!seen.some((one) => one.open >= 0)) return
  const people = new Set<PathNode | null>()
  seen.forEach((one, index) => {
    const { path, place } = document.fields[index]!
    if (place !== 'leaf' || path === null || one.open >= 0) return
    if (
      one.found.some(
        ({ recogniser, category, confidence }) =>
          recogniser === 'key' && confidence >= 0.85 && ofPersons.has(category),
      )
    ) {
      people.add(path.up)
    }
  })
  seen.forEach(({ found, open }, index) => {
    const { path } = document.fields[index]!
    if (open < 0 || path === null || !people.has(path.up)) return
    const one = found[open]!
    found[open] = { ...one, confidence: 0.95, evidence: `${one.evidence} beside a person's fields` }
  })
}
