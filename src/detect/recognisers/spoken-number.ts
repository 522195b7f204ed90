import { spend } from '../budget.ts'
import { fold, nextWord } from '../fold.ts'
import { context, recent, type Site, put } from '../found.ts'
import { isNumeral, numeralsFrom } from '../lexicon/numerals.ts'
import type { ContextKind } from '../lexicon/context.ts'
import type { Category } from '../../model/category.ts'
import type { Recogniser } from './recogniser.ts'

/** Numbers in words after the word for them: `mon numéro est le zéro six douze trente-quatre …`, `pin: one two three four`. */

const kinds: readonly (readonly [ContextKind, Category])[] = [
  ['phone', 'contact.phone'],
  ['national', 'id.national'],
  ['tax', 'id.tax'],
  ['passport', 'id.passport'],
  ['driving', 'id.driving'],
  ['health', 'id.health'],
  ['card', 'fin.card'],
  ['account', 'fin.account'],
  ['iban', 'fin.account'],
  ['customer', 'id.customer'],
  ['employee', 'id.employee'],
  ['postcode', 'contact.postcode'],
  ['pin', 'auth.pin'],
  ['cvv', 'fin.cvv'],
  ['password', 'auth.password'],
]
const categories: ReadonlyMap<number, Category> = new Map(
  kinds.map(([kind, category]) => [context[kind], category]),
)

/** Fewer are a count: `two or three times`. */
const fewest = 4
const shortest: ReadonlySet<Category> = new Set<Category>(['fin.cvv', 'auth.pin'])

/** Words between the word for the number and its first: `est le`, `is`, `number`. */
const most = 4

/** Space, colon, comma, semicolon, apostrophes, parenthesis, hyphen. */
const isBetween = (code: number): boolean =>
  code === 0x20 ||
  code === 0x3a ||
  code === 0x2c ||
  code === 0x3b ||
  code === 0x27 ||
  code === 0x2019 ||
  code === 0x28 ||
  code === 0x2d

const atContext = (site: Site, _start: number, end: number, kind: number): void => {
  const category = categories.get(kind)
  if (category === undefined || site.fixedOnly) return
  const { text } = site
  spend(site.budget, 6)
  let at = end
  for (let skipped = 0; skipped <= most; skipped++) {
    let from = at
    while (from - at < 3 && isBetween(text.charCodeAt(from))) from++
    const word = nextWord(text, from, 0)
    if (word === null) return
    if (isNumeral(fold(text.slice(word.start, word.end)))) {
      spend(site.budget, 40)
      const { count, end: to } = numeralsFrom(text, word.start)
      if (recent(site).some((one) => one.start <= word.start && one.end >= to)) return
      if (count >= (shortest.has(category) ? 3 : fewest)) {
        put(site.found, {
          start: word.start,
          end: to,
          category,
          confidence: 0.7,
          recogniser: 'spoken-number',
          evidence: 'numbers in words after the word for it',
        })
        return
      }
    }
    at = word.end
  }
}

export const spokenNumber: Recogniser = {
  id: 'spoken-number',
  fixed: false,
  revision: 1,
  context: atContext,
  wakes: (kind) => categories.has(kind),
}
