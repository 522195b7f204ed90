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
