/** Keys that are not known where they stand, and what they were probably meant as. */
import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import { didYouMean, notKnown, write } from './fault-words.ts'
import { nearest } from './nearest.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

export type Map_ = Readonly<Record<string, unknown>>
export const isMap = (value: unknown): value is Map_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Keys of other tools, and the key that stands for them here. */
const otherTools: Readonly<Record<string, string>> = {
  then: 'decide',
  action: 'decide',
  if: 'when',
  unless: 'when',
}

/** Of two that are as near, the one that the map lacks. */
const keyMeant = (key: string, map: Map_, known: readonly string[]): string | undefined =>
  Object.hasOwn(otherTools, key)
    ? known.find((each) => each === otherTools[key])
    : nearest(
        key,
        known.toSorted((a, b) => Number(Object.hasOwn(map, a)) - Number(Object.hasOwn(map, b))),
      )

/** What would be right; also for what commas make of a text or a number in braces. */
export const keyHint = (key: string, map: Map_, known: readonly string[]): Both | undefined => {
  const near = keyMeant(key, map, known)
  if (Object.hasOwn(otherTools, key)) return near === undefined ? undefined : write(near)
  if (/^\d+$/.test(key))
    return {
      en: 'a number has a point, not a comma: 0.3',
      fr: "un nombre s'écrit avec un point, non une virgule : 0.3",
    }
  if (near === undefined && /[\s'’]/u.test(key))
    return {
      en: 'inside braces a text with a comma stands in quotes',
      fr: 'entre accolades, un texte qui comporte une virgule se met entre guillemets',
    }
  return didYouMean(key, known, near)
}

/** Keys that a map lacks because they are misspelt in it: that is one fault, and no missing key besides. */
export const misspeltIn = (map: unknown, known: readonly string[]): ReadonlySet<string> => {
  if (!isMap(map)) return new Set()
  return new Set(
    Object.keys(map).flatMap((key) => {
      const near = known.includes(key) ? undefined : keyMeant(key, map, known)
      return near === undefined || Object.hasOwn(map, near) ? [] : [near]
    }),
  )
}

/** Says every key that is not known. @returns keys that the map lacks only because they are misspelt: of these nothing more is said */
export const unknownKeys = (
  value: Map_,
  known: readonly string[],
  at: KeyPath,
  here: { readonly file: ParsedFile; readonly faults: PolicyFault[] },
): ReadonlySet<string> => {
  for (const key of Object.keys(value))
    if (!known.includes(key))
      here.faults.push(here.file.fault([...at, key], notKnown(key), keyHint(key, value, known), 'key'))
  return misspeltIn(value, known)
}
