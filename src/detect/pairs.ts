import type { Document, PathNode } from '../model/document.ts'
import { meaningOf } from './lexicon.ts'

/** What a pair says of its halves, by field: the name of a value, or '' for the name itself, which names nobody. */
export type Pairs = ReadonlyMap<number, string>

const longest = 120

/** The last part of `http://…/geolocation#latitude`. */
const lastPart = (text: string): string =>
  /^(?:https?:|urn:)/.test(text) ? (/[^/#:]*$/.exec(text)?.[0] ?? '') : text

/**
 * Names given as values: `{"name": "date_naissance", "value": "1985-05-12"}`, FHIR's `{"url": "latitude",
 * "valueDecimal": …}`, questions of a form and their answers. The half that names is the one whose words the lexicon knows.
 */
export const findPairs = (document: Document): Pairs => {
  const halves = new Map<PathNode | null, { values: number[]; names: number[] }>()
  for (const { index, key, part, place, path } of document.fields) {
    if (part !== 'body' || place !== 'leaf' || path === null || typeof path.step !== 'string') continue
    const { pair } = meaningOf(key)
    if (pair === null) continue
    let half = halves.get(path.up)
    if (half === undefined) halves.set(path.up, (half = { values: [], names: [] }))
    half[pair === 'value' ? 'values' : 'names'].push(index)
  }
  const told = new Map<number, string>()
  for (const { values, names } of halves.values()) {
    if (values.length === 0) continue
    for (const at of names) {
      const { text } = document.fields[at]!
      if (text.length > longest) continue
      const name = lastPart(text)
      const { category, freetext, printable } = meaningOf(name)
      if (category === null && !freetext) continue
      // `Arrêt maladie de Jean Dupont` is no name of a field; a question may have any words.
      if (!printable && !text.endsWith('?')) continue
      for (const value of values) told.set(value, name)
      told.set(at, '')
      break
    }
  }
  return told
}
