import { categories, type Category } from '../model/category.ts'
import type { Document, Field } from '../model/document.ts'
import type { Found } from './found.ts'

const isCategory = (text: string): text is Category => (categories as readonly string[]).includes(text)

/**
 * What the register's templates say of path segments: `/tickets/{id.case}` makes the segment after `tickets`
 * an id.case with confidence 1. `*` stands for any one segment; a template speaks of targets at least as long
 * as itself.
 * @returns findings by field index
 */
export const findPlaces = (document: Document, templates: readonly string[]): ReadonlyMap<number, Found> => {
  const found = new Map<number, Found>()
  if (templates.length === 0) return found
  const segments = document.fields.filter((field) => field.place === 'segment')
  for (const template of templates) {
    const parts = template
      .split('?')[0]!
      .split('/')
      .filter((part) => part !== '')
    if (parts.length === 0 || parts.length > segments.length) continue
    if (!parts.every((part, index) => part.startsWith('{') || part === '*' || part === segments[index]!.text))
      continue
    parts.forEach((part, index) => {
      const category = /^\{([a-z.]+)\}$/.exec(part)?.[1]
      const segment = segments[index]!
      if (category !== undefined && isCategory(category) && segment.text !== '')
        found.set(segment.index, spanOf(segment, category))
    })
  }
  return found
}

const spanOf = (segment: Field, category: Category): Found => ({
  start: 0,
  end: segment.text.length,
  category,
  confidence: 1,
  recogniser: 'place',
  evidence: 'place named by the register',
})
