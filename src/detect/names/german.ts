/** What tells a German text, and whom its words for people name. */

/** Of these words a German text has two soon; no other language of the nine has both. A blank first: most of a text is passed over. */
const words =
  / (?:und|dem|nicht|dass|daß|wurde|sich|eine[mnrs]?|vom|zum|zur|hat|habe|hatte|auf|ist|im|mit|der|wird|nach)(?=[\s,.;:])/g

export const isGerman = (text: string): boolean => {
  words.lastIndex = 0
  const first = words.exec(text)?.[0]
  if (first === undefined) return false
  for (let match = words.exec(text); match !== null; match = words.exec(text))
    if (match[0] !== first) return true
  return false
}

const inflection = '(?:in|innen|en|ern|er|ers|es|s|e|n|r)?$'

/** Endings of words for people behind which a name stands, folded: `Finanzminister`, `Rechtsanwältin`, `Zeugen`. */
export const offices = new RegExp(
  `(?:richter|anwalt|zeug|sachverstandig|angeklagt|minister|prasident|kanzler|bischof|papst|konig|kaiser|sanger|dichter|maler|komponist|regisseur|schauspieler|senator|heilig|justitiar|justiziar|kommissar)${inflection}`,
)
/** The same, where a branch, a place or a subject may stand as well: `Leiter Einkauf`, `Lehrer Mathematik`. */
export const callings = new RegExp(
  `(?:leiter|arzt|fuhrer|beamt|direktor|lehrer|berater|pfleger|mitglied|angestellt|trainer|chef|sprecher|meister|vorsitzend|professor|pfarrer|architekt|autor|general|kolleg|freund|bruder|schwester|sohn|tochter|sekretar|torwart|sturmer|nachbar|partner)${inflection}`,
)
