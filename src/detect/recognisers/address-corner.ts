import { spend } from '../budget.ts'
import type { Site } from '../found.ts'
import { push } from './address-tail.ts'

/** Two streets that meet: `the corner of 12 Mill Road and Park Lane`, `à l'angle de la rue X et de la rue Y`, `Ecke Hauptstraße und Am Markt`. */

const small = 'de|du|des|la|le|les|l|del|della|di|da|do|dos|van|von|der|den|the|et'
const word = "\\p{Lu}[\\p{L}'’.-]{0,30}"
const kind =
  'rue|avenue|boulevard|bd|place|calle|avenida|via|viale|piazza|corso|rua|praça|ulicy|ulica|ul\\.|strada|străzii|bulevardul'
const part = `(?:(?:${small})[ '’])*(?:\\d{1,5}[a-z]?[ ])?(?:(?:${kind})[ ])?(?:(?:${small})[ '’])*${word}(?:[ ](?:(?:${small})[ ])?${word}){0,3}(?:[ ]\\d{1,5}[a-z]?)?(?:[ ](?:St|Rd|Ave)\\b\\.?)?`
const corner = new RegExp(`[ ](${part}),?[ ](?:and|&|et|und|y|e|con|en|i|z|și|si|cu)[ ](${part})`, 'uy')
/** What shows that streets are spoken of, not ideas that meet. */
const street =
  /\d|(?<!\p{L})(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Way|Square|Boulevard|rue|avenue|boulevard|place|calle|avenida|via|viale|piazza|corso|rua|praça|ulic[ay]|ul|strada|bulevardul)(?!\p{L})|(?:stra(?:ß|ss)e|weg|platz|gasse|allee|straat|laan|plein|gracht)(?!\p{L})/iu

/** `the corner of`: the words are part of the place. */
const lead = /(?:the )?corner $/i

export const atCorner = (site: Site, start: number, end: number): void => {
  spend(site.budget, 60)
  corner.lastIndex = end
  const match = corner.exec(site.text)
  if (match === null || !street.test(match[0])) return
  const before = lead.exec(site.text.slice(Math.max(0, start - 12), start))
  const from = before === null ? end + match[0].indexOf(match[1]!) : start - before[0].length
  push(site, from, corner.lastIndex, 0.7, 'two streets that meet')
}
