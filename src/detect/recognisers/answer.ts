import { spend } from '../budget.ts'
import { fold, isWordCode } from '../fold.ts'
import { context, near, recent, type Digits, type Site, put } from '../found.ts'
import type { Category } from '../../model/category.ts'
import { COMMON, PLACE, listed } from '../names/listed.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Numbers that answer what somebody asked: in a chat the customer's lines hold a telephone number, the last four
 * digits of a social security number or card, or a postcode and nothing that says so. Only numbers at the end of a
 * short line of a text of several lines count, and only with the confidence of a guess.
 */

/** Longer lines are sentences. */
const longest = 60
const words = /^(?:\p{L}[\p{L}\p{M}'’.-]*[ ,:]{1,2}){0,4}$/u
const address = /^[\p{L}\p{M}\d '’.,/-]*$/u
/** A number that somebody dials: no decimals, no date. */
const groups = /^\d{2,5}(?:[ -]\d{2,6}){1,4}$/
const ends = /^[ .,]?(?:\r?\n|$)/

/** What the line says before the number, if it is a short line of a text of several. */
const lead = (site: Site, run: Digits): string | null => {
  const { text } = site
  let { start } = run
  while (start > 0 && run.start - start <= longest && text.charCodeAt(start - 1) !== 0x0a) start--
  if (run.start - start > longest) return null
  // A text of one line answers nobody.
  if (start === 0 && text.indexOf('\n', run.end) < 0) return null
  return text.slice(start, run.start)
}

/** What a talk is about in which somebody is asked for four digits, and what four digits right after the word are. */
const talks: readonly (readonly [kind: number, category: Category])[] = [
  [context.national, 'id.national'],
  [context.card, 'fin.card'],
  [context.account, 'fin.account'],
  [context.iban, 'fin.account'],
  [context.health, 'id.national'],
  [context.customer, 'id.national'],
]

const push = (site: Site, { start, end }: Digits, category: Category, evidence: string): void => {
  put(site.found, { start, end, category, confidence: 0.5, recogniser: 'answer', evidence })
}

/** Years and round sums are none. */
const isFour = (written: string): boolean => !/^(?:19|20)|00$/.test(written)

/** What the four digits are: of the word right before them, else of a person whose card or account it is about. */
const lastFour = (site: Site, start: number, line: number): Category | null => {
  let category: Category | null = null
  let last = start - line
  for (const [kind, one] of talks) {
    const at = site.near[kind]!
    if (at >= 0) category ??= 'id.national'
    if (at >= last) {
      category = one
      last = at
    }
  }
  return category
}

/** `credit card 6984`, `card no 2329 and …` */
const told = (site: Site, { start, end }: Digits): boolean => {
  const at = site.near[context.card]!
  return (
    start - at <= 12 &&
    /^[ \p{L}:#.°º]*$/u.test(site.text.slice(at, start)) &&
    !/^[.,]\d| ?(?:[€$£%]|eur|usd|dollar|pln|z[lł]|lei|ron|points?)/iu.test(site.text.slice(end, end + 8))
  )
}

const atDigits = (site: Site, run: Digits): void => {
  const { text, meaning } = site
  const { count, start, end } = run
  if (site.fixedOnly || (meaning !== null && meaning.category !== null)) return
  const single = run.groups.length === 2
  if (single ? count > 6 && count < 9 : count < 9) return
  if (isWordCode(text.charCodeAt(end)) || isWordCode(text.charCodeAt(start - 1))) return
  const written = text.slice(start, end)
  if (count === 4 && !isFour(written)) return
  spend(site.budget, 16)
  const taken = (): boolean =>
    recent(site).some((one) => one.start < end && one.end > start && one.confidence >= 0.5)
  if (count === 4 && told(site, run)) {
    if (!taken()) push(site, run, 'fin.card', 'four digits after the word for a card')
    return
  }
  const said = lead(site, run)
  if (said === null || near(site, context.order, start, Math.min(said.length, 30)) || taken()) return
  const after = text.slice(end, end + 6)
  const last = ends.test(after)
  if (count >= 9) {
    const first = said === '' && count === 10 && /^ \p{L}/u.test(after)
    if (single ? count === 11 && !/^[01]/.test(written) : !groups.test(written)) return
    if ((last && address.test(said)) || first)
      push(site, run, 'contact.phone', 'digits of a telephone number, alone in an answer')
  } else if (!words.test(said)) return
  else if (count === 4) {
    if (!last && !/^ (?:and|et|und|y|e|en|i|si|is) /.test(after)) return
    const category = lastFour(site, start, said.length)
    if (category !== null)
      push(site, run, category, 'four digits, in a talk about a card, an account or an insurance')
  } else if (last && said !== '' && isPlaceBefore(said)) {
    push(site, run, 'contact.postcode', 'digits of a postcode after the name of a town')
  }
}

/** Abbreviations of the states of the USA (USPS Publication 28 appendix B). */
const states: ReadonlySet<string> = new Set(
  `al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
  sc sd tn tx ut vt va wa wv wi wy`.split(/\s+/),
)

const isPlaceBefore = (said: string): boolean => {
  const words = fold(said)
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  if (words.length === 1 && words[0]!.length === 2) return states.has(words[0]!)
  return words.some((word) => word.length > 2 && (listed(word) & (PLACE | COMMON)) === PLACE)
}

export const answer: Recogniser = {
  id: 'answer',
  fixed: false,
  revision: 1,
  digits: atDigits,
  counts: [4, 11],
}
