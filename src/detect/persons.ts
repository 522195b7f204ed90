import type { Document, Field } from '../model/document.ts'
import { type Budget, spend } from './budget.ts'
import { fold } from './fold.ts'
import type { Found } from './found.ts'
import { particles } from './lexicon/forms.ts'

/** A record whose names are so many is no person's. */
const mostRecords = 64

const wordsOf = (text: string): string[] =>
  (fold(text).match(/[a-z]+/g) ?? []).filter((word) => word.length >= 3 && !particles.has(word))

/**
 * Whose a name in running text is: `voir Ann Durand` in the note of a batch belongs to the one record whose fields
 * hold these names (design §8: a name in free text that equals the record's name belongs to its subject). Names that
 * two records share, or that the text's own record holds, stay where they stand.
 * @returns the record of a finding, given the one its place says
 */
export const findPersons = (
  document: Document,
  found: readonly (readonly Found[])[],
  recordOf: (field: Field) => number,
  budget: Budget,
): ((field: Field, one: Found, record: number) => number) => {
  const owners = new Map<string, Set<number>>()
  for (const field of document.fields) {
    if (field.part !== 'body' || field.place !== 'leaf') continue
    for (const one of found[field.index]!) {
      if (one.category !== 'name' || one.recogniser !== 'key' || one.confidence < 0.85) continue
      const record = recordOf(field)
      spend(budget, field.text.length)
      for (const word of wordsOf(field.text)) {
        const set = owners.get(word) ?? new Set<number>()
        if (set.size < mostRecords) owners.set(word, set.add(record))
      }
    }
  }
  if (owners.size === 0) return (_field, _one, record) => record
  return (field, one, record) => {
    // Only from the document's own record: what stands inside another person's is that person's.
    if (record !== 0 || one.category !== 'name' || one.recogniser === 'key' || one.end - one.start > 120)
      return record
    let shared: number[] | null = null
    for (const word of wordsOf(field.text.slice(one.start, one.end))) {
      const set = owners.get(word)
      if (set === undefined || set.size >= mostRecords) return record
      spend(budget, set.size)
      shared = shared === null ? [...set] : shared.filter((owner) => set.has(owner))
    }
    return shared?.length === 1 ? shared[0]! : record
  }
}
