/** What a policy file says in a way that people read otherwise than the parser does. */
import { type Document, visit } from 'yaml'
import { hiddenIn, shown } from './yaml-text.ts'

/** A number as everybody reads it. */
const plainNumber = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/

interface ValueFaults {
  readonly faults: { offset: number; message: string; hint: string }[]
  readonly odd: { offset: number; message: string; hint: string }[]
}

/** Texts that hold what nobody sees, by an escape; more than one line; or the quotes of a word processor. Block texts lose their last line end. */
export const valueFaults = (doc: Document, text: string): ValueFaults => {
  const [faults, odd]: [ValueFaults['faults'], ValueFaults['odd']] = [[], []]
  visit(doc, {
    Scalar(_, scalar) {
      const offset = scalar.range?.[0] ?? 0
      const say = (message: string, hint: string): void => void faults.push({ offset, message, hint })
      if (typeof scalar.value === 'number') {
        if (!plainNumber.test(scalar.source ?? ''))
          odd.push({
            offset,
            message: `a number is written plainly, not ${shown(scalar.source ?? '')}`,
            hint: `write ${scalar.value}, or in quotes if it is text`,
          })
        return
      }
      if (typeof scalar.value !== 'string') return
      if (scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL')
        scalar.value = scalar.value.trimEnd()
      const value = scalar.value as string
      const found = hiddenIn(value)
      if (found !== undefined && hiddenIn(text.slice(offset, scalar.range?.[1])) === undefined)
        say(`this text holds a character that nobody sees (${found.name})`, 'take it out')
      else if (/[\t\n\r]/.test(value))
        say(
          'this text has more than one line, or a tab in it',
          'write it in one line; after > lines are joined',
        )
      else if (scalar.type === 'PLAIN' && /^[“”„‘].*[“”’]$/u.test(value))
        say(
          'these quotes are a part of the text',
          `write ${shown(value.slice(1, -1))}, or in straight quotes: "`,
        )
    },
  })
  return { faults, odd }
}
