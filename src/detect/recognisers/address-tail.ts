import { spend } from '../budget.ts'
import { recent, type Site, put } from '../found.ts'
import { countryNames } from '../lexicon/country-names.ts'

/** What follows a street and its number: floor and flat, then code, town and country, on one line or several. */

/** A line end; in a quoted mail or a list the next line begins with its mark. */
export const newLine = '\\r?\\n[ \\t]{0,8}(?:(?:>|[-•*|–]|\\?{1,3})[ \\t]{1,3}){0,2}'

const part = new RegExp(
  `,?[ ]?${newLine}(?:(?:apt|apto|apartamento|appt|appartement|bâtiment|étage|unit|flat|suite|ste|floor|apartment|room|wohnung|piso)\\b\\.?[ ]?[\\p{L}\\d-]{1,5}(?![\\p{L}\\d]))|[ ,.]{0,3}(?:\\d{1,2}[ ]?(?:\\.?[ºª°]|\\.?[oa](?![\\p{L}]))[ -]{0,3}(?:\\d{1,2}(?!\\d)|[\\p{L}]{0,4}(?![\\p{L}]))|(?:piso|planta|puerta|pta|escalera|esc|bloque|blq|portal|bajo|apt|apto|apartamento|appt|appartement|bât|bat|bâtiment|étage|etage|unit|flat|suite|ste|floor|apartment|lok|m|interno|int|scala|bl|sc|et|ap|andar|dto|esq|izq|dcha|room|wohnung|whg|bus|bte|boîte|mieszkanie|appartamento)\\b\\.?[ ]?[\\p{L}\\d-]{0,5}(?![\\p{L}\\d])|P\\.?\\d{1,2}(?![\\p{L}\\d])|#[ ]?[\\p{L}\\d-]{1,6}|r/c(?:[ ](?:esq|dto|dt|frente)\\b\\.?)?)|[ ,]{0,3}(?:\\d{1,3}[ ]?[A-Za-zºª]{1,3}(?![\\p{L}\\d])|\\d{1,3}(?=[,.]|\\s*\\n|$))`,
  'iuy',
)

/** What stands where a town would and is none: what comes next in a signature. */
const noTown =
  '(?!(?:[Tt]el|[Tt]él|TEL|[Tt]lf|[Tt]fno|[Tt]elf|[Tt]elephone|[Tt]éléphone|[Tt]elefon|[Tt]elefono|[Tt]eléfono|Fax|FAX|E-?[Mm]ail|[Mm]ail|Correo|Courriel|Phone|Mobile|Mobil|Desk|Web|C\\.?P|Cell|IBAN|PESEL|NIP)(?![\\p{L}]))'
/** `St.`, `Ste.` go on with the name; any other full stop ends the sentence (`75002 Paris. Merci`). */
const townWord = `${noTown}\\p{Lu}(?:\\p{L}{1,2}\\.(?=[ -]?\\p{Lu})|[\\p{L}'’-]*)`
export const city = `${townWord}(?:[ -](?:(?:sur|sous|de|del|la|le|les|lès|en|am|an|der|do|da|dos|upon|nad|pod|u|bei|ob|im|na|di|della|aan|den|op|cu)[ -]){0,2}${townWord}){0,4}(?: [Cc]edex)?(?: \\d{1,3}(?!\\d))?`
const gap = `[ \\u00a0]{0,3}[.,;–-]{0,2}[ \\u00a0]{0,3}(?:${newLine})?`
const unicode = (source: string): RegExp => new RegExp(source, 'uy')
const country = `(?:${countryNames})(?![\\p{L}])`
/** A line break, then a town or the abbreviation of a region. */
const line = `,?[ ]?${newLine}(?:,[ ]?)?(?:[A-Z]{2,3}(?![\\p{L}])|nan\\b|${city})`
/** What may follow the street, over a comma or a line end: code and town, town and code, or the town alone. */
const tails: readonly RegExp[] = [
  unicode(
    `${gap}(?:[A-Z]{1,2}[- ])?(?:\\d{5}(?:-\\d{4})?|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{4} ?[A-Z]{2}(?![\\p{L}])|\\d{3} \\d{2}|\\d{6}|\\d{4})(?!\\d)(?:[ ,]{1,2}|[ ]?[-–.][ ]?|[ ]?(?=\\r?\\n))(?:\\r?\\n)?${city}`,
  ),
  unicode(`${gap}(?:${city}[ ,]{1,3}){1,2}[A-Z]{2},?[ ]{1,2}\\d{5}(?:-\\d{4})?(?!\\d)`),
  unicode(`${gap}(?:${city}${gap}){0,3}[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}(?![\\p{L}\\d])`),
  unicode(`${gap}(?:${city},? )?[A-Z]\\d[A-Z] ?\\d[A-Z]\\d(?![\\p{L}\\d])`),
  // Eircode: routing key and four signs.
  unicode(`(?:${gap}(?:Co\\. ?)?${city}){0,3}${gap}[A-Z]\\d[\\dW] ?[A-Z\\d]{4}(?![\\p{L}\\d])`),
  // In blocks: region, country and code on lines of their own.
  unicode(`(?:${line}){1,3}(?:[ ]|,?[ ]?${newLine})\\d{5,6}(?!\\d)`),
  unicode(`(?:${line}){0,2},?[ ]?${newLine}(?:\\d{4,6} )?${country}(?: \\d{4,6}(?!\\d))?`),
  unicode(`${gap}(?:${city}, ?)?${country}(?: \\d{4,6}(?!\\d))?`),
  unicode(`, ?${city}, [A-Z]{2}(?![\\p{L}])`),
  unicode(`${gap}(?:${city}[ ,-]{1,3})\\d{5,6}(?!\\d)`),
  unicode(`, ?${city}(?=[.,;]|[ ]?\\(|\\s*\\n|$)`),
]

/** `70122 Bari (BA)`, `Almagro (Ciudad Real)` */
const province = unicode(`[ ]?\\((?:[A-Z]{2}|${city})\\)`)
/** `, 69100 villeurbanne`, `30-059 kraków`, `1017 gp amsterdam`: as `plain`, in the order of the continent. */
const plainTown =
  /[ ,]{1,3}(?:\d{5}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[a-z]{2}|\d{4})[ ]\p{Ll}{3,24}(?:[ -]\p{Ll}{2,24}(?=[ ]*(?:[,.\n]|$))){0,2}(?!\p{L})/uy

/** Behind a flat the town needs no comma: `Apt. 4 Velenje`, `Suite 12 Nicosia Cyprus`. */
const afterUnit = unicode(`[ ]{1,2}${city}(?:[ ,]{1,2}${country})?(?: \\d{4,6}(?!\\d))?`)

/** In a chat nothing has a capital: words and a code to the end of the line. */
const plain = new RegExp(
  `(?:(?:,?[ ]|,?[ ]?${newLine})\\p{Ll}{2,16}){0,5},?(?:[ ]|[ ]?${newLine})\\d{5,6}(?:-\\d{4})?(?:[ ]usa)?(?=[ ]*(?:[,.\\n\\r]|$|and[ ]|ph[ ]|phone[ ]))`,
  'uy',
)

export const run = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Behind the street and its number: floor and flat, then code and town. */
export const goOn = (
  site: Site,
  from: number,
  lower = false,
  behindUnit = false,
): { end: number; tail: boolean } => {
  const { text } = site
  spend(site.budget, 160)
  let end = from
  let unit = behindUnit
  for (let more = 0; more < 4; more++) {
    const next = run(part, text, end)
    if (next === end) break
    unit ||= /\p{L}{2}[^\n]*\d/u.test(text.slice(end, next))
    end = next
  }
  if (lower) {
    for (const tail of [plainTown, plain]) {
      const next = run(tail, text, end)
      if (next > end) return { end: next, tail: true }
    }
  }
  for (const tail of tails) {
    const next = run(tail, text, end)
    if (next > end) return { end: run(province, text, next), tail: true }
  }
  const next = unit ? run(afterUnit, text, end) : end
  return { end: next, tail: next > end }
}

export const push = (site: Site, start: number, end: number, confidence: number, evidence: string): void => {
  if (recent(site).some((one) => one.category === 'contact.address' && one.start <= start && one.end >= end))
    return
  put(site.found, { start, end, category: 'contact.address', confidence, recogniser: 'address', evidence })
}
