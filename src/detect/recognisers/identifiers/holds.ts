import { isBelow } from '../../../model/category.ts'
import { DIGIT, isWordCode, kinds } from '../../fold.ts'
import { DIGIT as digitSign, LETTER as letterSign } from './automaton.ts'
import { allForms } from './forms.ts'
import { separatorOf } from './stretch.ts'
import { phraseOf, readyRows } from './table.ts'

/**
 * Whether the whole text is a number of this group of categories (`id`, `fin.account`) whose check digits hold, or
 * that has none to hold. For fields whose name says what they are: a name that means one identifier (`pesel`) asks
 * for that one.
 */
export const holds = (text: string, group: string, name: string): boolean => {
  const phrase = phraseOf(name.replaceAll('_', ' '))
  let state = allForms.start
  let compact = ''
  for (const sign of text.toUpperCase()) {
    const code = sign.charCodeAt(0)
    if (separatorOf(code) !== '') continue
    state =
      code < 0x80 && isWordCode(code)
        ? allForms.step(state, kinds[code] === DIGIT ? digitSign : letterSign)
        : 0
    if (state === 0) return false
    compact += sign
  }
  return allForms.ends(state).some(({ row, alternative }) => {
    const { check, category, phrases, row: of } = readyRows[row]!
    return (
      isBelow(category, group) &&
      (phrase < 0 || phrases.has(phrase)) &&
      alternative.pattern.test(compact) &&
      (check === null || check(of.asWritten ? text.toUpperCase() : compact))
    )
  })
}
