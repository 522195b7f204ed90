import { spend } from '../budget.ts'
import { fold } from '../fold.ts'
import { recent, type Site } from '../found.ts'
import { goOn, newLine, push, run } from './address-tail.ts'

/** Addresses that a flat or a post office box gives away. */

/** What stands before a flat: `17224 Þverbraut 66 Suite 991`, `Storgarden 52 Apt. 4`. */
const beforeUnit = new RegExp(
  `(?:^|[^\\p{L}\\d.,])((?:\\d{1,6}[ ])?\\p{Lu}[\\p{L}'’.-]*(?:[ ](?:\\p{Lu}[\\p{L}'’.-]*|[\\p{Ll}]{1,12})){0,4}[ ]\\d{1,5}[a-zA-Z]?|\\d{1,6}[ ]\\p{Lu}[\\p{L}'’.-]*(?:[ ]\\p{Lu}[\\p{L}'’.-]*){0,3}|\\d{1,6}[ ]\\p{Ll}[\\p{L}'’.-]{3,24}(?:[ ]\\p{Ll}{2,24}){0,3}[ ]\\d{1,5}[a-z]?)(?:,?[ ]|,?[ ]{0,3}${newLine})$`,
  'u',
)

/** A flat with its number, after a number and a name that no word calls a street. */
export const atUnit = (site: Site, start: number, end: number): void => {
  const { text } = site
  const after = /^\.? ?(?:\d{1,5}[A-Za-z]?|[A-Za-z]?\d{1,5}|[A-Z])(?![\p{L}\d])/u.exec(
    text.slice(end, end + 10),
  )
  if (after === null || recent(site).some((one) => one.category === 'contact.address' && one.end >= start))
    return
  spend(site.budget, 60)
  const lead = beforeUnit.exec(text.slice(Math.max(0, start - 80), start))
  if (lead === null) return
  const from = start - lead[0].length + lead[0].indexOf(lead[1]!)
  push(
    site,
    from,
    goOn(site, end + after[0].length, false, true).end,
    0.75,
    'number and name before the word for a flat',
  )
}

/** `P.O. Box 211, Nairobi`, `Postfach 12 34, 8021 Zürich`, `BP 30, 75001 Paris`. */
export const atBox = (site: Site, start: number, end: number): void => {
  const { text } = site
  const after = /^\.?(?: ?(?:n[°º.]|nr\.?|no\.?|:))? ?\d{1,6}(?: \d\d){0,2}(?![\p{L}\d])/iu.exec(
    text.slice(end, end + 24),
  )
  if (after === null) return
  spend(site.budget, 20)
  let from = start
  while (
    from > 0 &&
    start - from < 24 &&
    /[\p{L}. ]/u.test(text.charAt(from - 1)) &&
    !/^(?:p\.? ?o|boite|boîte|apartado|caixa|casella|skrytka|casuta|căsuța)\b/iu.test(text.slice(from, end))
  )
    from--
  if (
    !/^(?:p\.? ?o|boite|boîte|apartado|caixa|casella|skrytka|casuta|căsuța)\b/iu.test(text.slice(from, end))
  )
    from = start
  // `BP 120/80` is a pressure.
  const bare = fold(text.slice(from, end)) === 'bp' || fold(text.slice(from, end)) === 'box'
  const { end: to, tail } = goOn(site, end + after[0].length)
  if (bare && !tail) return
  push(site, from, to, tail ? 0.9 : 0.75, 'post office box')
}

/** Plot, letters and number of a plot, then the quarter: `II M 45 Bis Ankadivato`, `IVG 12 Ambatomena`. */
const plot =
  /[ ](?:[IVX]{1,4}[ ]?)?[A-Z]{1,3}[ ]?\d{1,4}(?:[ ]?[A-Z]{1,3}(?![\p{L}]))?(?:[ ](?:[Bb]is|[Tt]er|BIS|TER))?(?:,?[ ]\p{Lu}\p{L}{2,30}){1,3}/uy

/** Madagascar has no street numbers: `Lot II M 45 Bis Ankadivato, Antananarivo 101`. */
export const atLot = (site: Site, start: number, end: number): void => {
  spend(site.budget, 20)
  const to = run(plot, site.text, end)
  if (to > end) push(site, start, goOn(site, to).end, 0.85, 'plot and quarter')
}
