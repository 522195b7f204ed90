/** What a policy file must not hold, looked at as text before it is parsed: what a reader would not see, or not take for YAML. */
import type { Both } from '../lang.ts'

/** A place in the text, what is wrong there, and what would be right. */
export interface TextFault {
  readonly offset: number
  readonly message: Both
  readonly hint?: Both
  /** Nothing after it can be read as it was meant. */
  readonly fatal?: true
}

/**
 * Control characters besides tab and line ends; format characters (bidi controls of Unicode UAX #9, invisible spaces, the soft
 * hyphen), by which a text reads otherwise than it is; line and paragraph separators. The two joiners that Persian and Indian
 * scripts need may stand.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const harmless = new Set(['\t', '\n', '\r', '\u{200c}', '\u{200d}'])

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** The first character of a text that nobody sees or that turns it round, as `U+202E`, with its place. */
export const hiddenIn = (text: string): { readonly at: number; readonly name: string } | undefined => {
  for (const { 0: character, index } of text.matchAll(unseen))
    if (!harmless.has(character)) return { at: index, name: codePoint(character) }
  return undefined
}

/** As a terminal may show it; every character keeps its column. */
export const visible = (text: string): string =>
  text.replaceAll(unseen, (character) => (harmless.has(character) ? character : '·'.repeat(character.length)))

const most = 50

const conflicts = (text: string): TextFault[] => {
  const marks = [...text.matchAll(/^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|$)/gm)]
  // A line of ======= alone is no conflict; what is wrong with it the parser says.
  if (!marks.some(({ 0: mark }) => mark.startsWith('<') || mark.startsWith('>'))) return []
  return marks
    .filter(({ 0: mark }) => mark.startsWith('<'))
    .slice(0, most)
    .map(({ index }) => ({
      offset: index,
      message: {
        en: 'a merge conflict was left here',
        fr: 'un conflit de fusion est resté ici',
      },
      hint: {
        en: 'keep one of the two versions and take out the lines <<<<<<<, ======= and >>>>>>>',
        fr: "gardez l'une des deux versions et retirez les lignes <<<<<<<, ======= et >>>>>>>",
      },
      fatal: true,
    }))
}

const hidden = (text: string): TextFault[] => {
  const found: TextFault[] = []
  for (const { 0: character, index } of text.matchAll(unseen)) {
    if (harmless.has(character) || (index === 0 && character === '\u{feff}')) continue
    found.push({
      offset: index,
      message: {
        en: `a character stands here that nobody sees (${codePoint(character)})`,
        fr: `un caractère que personne ne voit se trouve ici (${codePoint(character)})`,
      },
      hint: {
        en: 'take it out: a file reads as what it is',
        fr: "retirez-le : un fichier se lit tel qu'il est",
      },
    })
    if (found.length === most) break
  }
  return found
}

/** A space that is none for YAML, as word processors write it, where YAML asks for one. */
const otherSpaces = (text: string): TextFault[] =>
  [...text.matchAll(/^(?<before>[ \t]*(?:- )?(?:[\w.-]+:)?)[^\S \t\r\n]/gmu)]
    .slice(0, most)
    .flatMap((found) => {
      const before = found.groups?.['before'] ?? ''
      return found[0].endsWith('\u{feff}')
        ? []
        : [
            {
              offset: found.index + before.length,
              message: {
                en: 'a no-break space stands here, which is no space for YAML',
                fr: "une espace insécable se trouve ici ; pour YAML ce n'est pas une espace",
              },
              hint: { en: 'write a plain space', fr: 'mettez une espace simple' },
              fatal: true as const,
            },
          ]
    })

/** In the order in which they are worth telling. */
export const textFaults = (text: string): readonly TextFault[] => {
  const conflict = conflicts(text)
  return conflict.length > 0 ? conflict : [...hidden(text), ...otherSpaces(text)]
}

/** A word from a file inside a sentence: short, and nothing in it that a terminal obeys. */
export const shown = (word: string): string => visible(word.length > 60 ? `${word.slice(0, 60)}…` : word)
