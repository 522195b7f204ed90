import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { context, near, type Digits, type Site, put } from '../found.ts'
import type { ContextKind } from '../lexicon/context.ts'
import type { Category } from '../../model/category.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * `the last four of my social are 7843`, `les 4 derniers chiffres de ma carte : 5896`, `die letzten vier Ziffern 6758`: the
 * words say that these digits prove who somebody is. What they are the last of stands beside; else it is a national number,
 * which is asked for most.
 */
const ending =
  /(?:last|final) ?(?:4|four)|(?:4|quatre) derniers|letzten? ?(?:4|vier)|[uú]ltim[oae]s? ?(?:4|cuatro|quattro|quatro)|(?:4|cuatro|quattro|quatro) [uú]ltim[oae]s?|laatste (?:4|vier)|ostatnie (?:4|cztery)|ultimele (?:4|patru)/iu
/** Between the words and the digits: what they are the last of, no other number and no end of a sentence; `the last 4 years` are none. */
const between =
  /^,?\s?(?:[:=#]|$|(?:digits?|numbers?|no|ssn|social|of|on|is|are|chiffres|ziffern|stellen|zahlen|d[ií]gitos|n[uú]meros|cifre|numeri|cijfers|cyfry)(?![\p{L}])[^\d.;!?]{0,60}$)/iu
const of: readonly (readonly [ContextKind, RegExp, Category])[] = [
  ['card', /\b(?:card|carte|karte|tarjeta|carta|cart[aã]o|kaart|kart[ay])/iu, 'fin.card'],
  [
    'account',
    /\b(?:account|iban|compte|konto|cuenta|conto|conta|rekening|kont[ao]s?|cont)\b/iu,
    'fin.account',
  ],
]
/** What the digits are the last of, behind the words for them or before: `carte (4 derniers chiffres : 4821)`. */
const categoryOf = (site: Site, start: number, rest: string): Category => {
  const behind = of.find(([, word]) => word.test(rest))
  const before =
    behind ?? (national.test(rest) ? undefined : of.find(([kind]) => near(site, context[kind], start)))
  return before?.[2] ?? 'id.national'
}
const national = /\b(?:ssn|social|national)/i
const longest = 90

const atDigits = (site: Site, { start, end, groups }: Digits): void => {
  const { text } = site
  if (site.fixedOnly || groups.length !== 2) return
  if (isWordCode(text.charCodeAt(start - 1)) || isWordCode(text.charCodeAt(end))) return
  spend(site.budget, 12)
  const said = text.slice(Math.max(0, start - longest), start)
  const match = ending.exec(said)
  if (match === null) return
  const rest = said.slice(match.index + match[0].length)
  if (!between.test(rest)) return
  put(site.found, {
    start,
    end,
    category: categoryOf(site, start, rest),
    confidence: 0.75,
    recogniser: 'last-four',
    evidence: 'the words for last digits before them',
  })
}

export const lastFour: Recogniser = {
  id: 'last-four',
  fixed: false,
  revision: 1,
  digits: atDigits,
  counts: [4, 4],
}
