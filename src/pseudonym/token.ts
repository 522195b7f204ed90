/** `NAME-7Q4K-DM2X-RT9H`: kind word, nine random symbols (45 bits), three check symbols (design §8). */
import type { Category } from '../model/category.ts'
import { fold, readStrict, write } from './crockford.ts'
import { codeOfWord, kindOf, wordOf } from './kind.ts'
import { checks, DATA } from './reed-solomon.ts'

/** Bytes from a cryptographic source; may hand out slices of a pool, never the same byte twice. */
export type Random = (bytes: number) => Buffer

const groups = (twelve: string): string =>
  `${twelve.slice(0, 4)}-${twelve.slice(4, 8)}-${twelve.slice(8, 12)}`

const twelveOf = (category: Category, token: string): string => {
  const data = readStrict(token)
  if (data?.length !== DATA) throw new TypeError('not nine symbols')
  return token + write(checks(kindOf(category).code, data))
}

/** How a stored token (nine symbols) is written for a reader of this language. */
export const spell = (category: Category, token: string, language: string): string =>
  `${wordOf(kindOf(category), language)}-${groups(twelveOf(category, token))}`

/** Nine random symbols for a value of this category. No group of the written token reads like a kind word. */
export const drawToken = (category: Category, random: Random): string => {
  for (;;) {
    const bytes = random(DATA)
    const token = write(Array.from({ length: DATA }, (_, i) => bytes[i]! & 31))
    const written = groups(twelveOf(category, token)).split('-')
    if (written.every((group) => codeOfWord(fold(group)) === undefined)) return token
  }
}
