/** What a policy file says in a way that people read otherwise than the parser does. */
import { type Document, visit } from 'yaml'
import type { Both } from '../lang.ts'
import { hiddenIn, shown, type TextFault } from './yaml-text.ts'

/** A number as everybody reads it. */
const plainNumber = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/

interface ValueFaults {
  readonly faults: TextFault[]
  readonly odd: TextFault[]
}

/** Texts that hold what nobody sees, by an escape; more than one line; or the quotes of a word processor. Block texts lose their last line end. */
export const valueFaults = (doc: Document, text: string): ValueFaults => {
  const [faults, odd]: [ValueFaults['faults'], ValueFaults['odd']] = [[], []]
  visit(doc, {
    Scalar(_, scalar) {
      const offset = scalar.range?.[0] ?? 0
      const say = (message: Both, hint: Both): void => void faults.push({ offset, message, hint })
      if (typeof scalar.value === 'number') {
        if (!plainNumber.test(scalar.source ?? ''))
          odd.push({
            offset,
            message: {
              en: `a number is written plainly, not ${shown(scalar.source ?? '')}`,
              fr: `un nombre s'écrit simplement, et non ${shown(scalar.source ?? '')}`,
            },
            hint: {
              en: `write ${scalar.value}, or in quotes if it is text`,
              fr: `écrivez ${scalar.value}, ou entre guillemets si c'est un texte`,
            },
          })
        return
      }
      if (typeof scalar.value !== 'string') return
      if (scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL')
        scalar.value = scalar.value.trimEnd()
      const value = scalar.value as string
      const found = hiddenIn(value)
      if (found !== undefined && hiddenIn(text.slice(offset, scalar.range?.[1])) === undefined)
        say(
          {
            en: `this text holds a character that nobody sees (${found.name})`,
            fr: `ce texte contient un caractère que personne ne voit (${found.name})`,
          },
          { en: 'take it out', fr: 'retirez-le' },
        )
      else if (/[\t\n\r]/.test(value))
        say(
          {
            en: 'this text has more than one line, or a tab in it',
            fr: 'ce texte tient sur plusieurs lignes, ou contient une tabulation',
          },
          {
            en: 'write it in one line; after > lines are joined',
            fr: 'écrivez-le sur une ligne ; après > les lignes sont réunies',
          },
        )
      else if (scalar.type === 'PLAIN' && /^[“”„‘].*[“”’]$/u.test(value))
        say(
          {
            en: 'these quotes are a part of the text',
            fr: 'ces guillemets font partie du texte',
          },
          {
            en: `write ${shown(value.slice(1, -1))}, or in straight quotes: "`,
            fr: `écrivez ${shown(value.slice(1, -1))}, ou mettez des guillemets droits : "`,
          },
        )
    },
  })
  return { faults, odd }
}
