import { NOT_NAME, wordOf } from '../words.ts'
import { COMMON_BIT, FIRM_BIT, GIVEN_BIT, PLACE_BIT, SURNAME_BIT } from './tagger/features.ts'
import { bitsOf } from './tagger/model.ts'
import { model } from './tagged.ts'
import { hashOfFolded } from './tagger/tokens.ts'

export {
  COMMON_BIT as COMMON,
  FIRM_BIT as FIRM,
  GIVEN_BIT as GIVEN,
  PLACE_BIT as PLACE,
  SURNAME_BIT as SURNAME,
}

/** What the lists of the model of names hold of a folded word, as bits. */
export const listed = (folded: string): number => bitsOf(model, hashOfFolded(folded))

/**
 * Whether a folded word is one of the language, a town or a firm, and so no name by itself.
 * @param roles of words.ts that say so, too
 */
export const isWord = (folded: string, roles = NOT_NAME): boolean =>
  (listed(folded) & (COMMON_BIT | PLACE_BIT | FIRM_BIT)) !== 0 || ((wordOf(folded)?.role ?? 0) & roles) !== 0
