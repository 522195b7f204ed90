/** A sentence that a person reads is there in English and in French, says the same of the same things, and is no English in the one. */
import { expect } from 'vitest'
import type { PolicyFault } from '../../src/errors.ts'
import type { Both } from '../../src/lang.ts'

/** No French word and no word of a policy file is spelt like these. */
const english =
  /(?<![\p{L}\p{N}_.-])(?:the|is|are|of|and|this|that|with|must|cannot|has|have|here|more|than|it|be|did|you|mean|write|leave|known|holds|stands|needs|takes|every|which|they|whose|nothing|there|already)(?![\p{L}\p{N}_])/u
const french =
  /(?<![\p{L}\p{N}_.-])(?:le|la|les|une|des|est|sont|pas|et|ou|dans|ici|cette|vous|écrivez)(?![\p{L}\p{N}_'’])/u

/** Words of the author's, and code: what both languages quote. */
const quotedIn = (text: string, form: RegExp): string[] =>
  [...text.matchAll(form)].map(([, word = '']) => word).toSorted()
const withoutQuoted = (text: string): string =>
  text.replaceAll(/"[^"]*"|« [^»]* »|`[^`]*`|\{[^}]*\}|\[[^\]]*\]/gu, ' ')

const numbers = (text: string): string[] => (text.match(/\d+/g) ?? []).toSorted()

/** @param text that comes from a file may be in any language, so quoted words are not looked into */
export const inBothLanguages = ({ en, fr }: Both): void => {
  expect(en).not.toBe('')
  expect(fr).not.toBe(en)
  expect(quotedIn(fr, /(?:« |")([^»"]*)(?: »|")/gu), fr).toEqual(quotedIn(en, /"([^"]*)"/g))
  expect(numbers(fr), `${en} | ${fr}`).toEqual(numbers(en))
  expect(withoutQuoted(fr)).not.toMatch(english)
  expect(withoutQuoted(en)).not.toMatch(french)
  // The house writes French with plain spaces: one before ; : ! ? where a person reads a sentence.
  expect(withoutQuoted(fr)).not.toMatch(/\p{L}[;!?](?:\s|$)/u)
}

export const faultInBothLanguages = ({ message, hint }: Pick<PolicyFault, 'message' | 'hint'>): void => {
  inBothLanguages(message)
  if (hint !== undefined) inBothLanguages(hint)
}
