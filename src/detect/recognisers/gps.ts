import { spend } from '../budget.ts'
import { near, type Digits, type Site, put, context } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

const decimal =
  /(-?\d{1,2}[.]\d{3,10})°?\s?[NS]?\s?[,;/ ]\s?(-?\d{1,3}[.]\d{3,10})(?![\d.])(?:°?\s?[EWO](?![A-Za-z]))?/y
const sexagesimal =
  /\d{1,2}°\s?\d{1,2}['′’]\s?(?:\d{1,2}(?:[.,]\d{1,4})?["″”]?)?\s?[NS][ ,;]{0,3}\d{1,3}°\s?\d{1,2}['′’]\s?(?:\d{1,2}(?:[.,]\d{1,4})?["″”]?)?\s?[EWO](?![A-Za-z])/y

/** A pair of latitude and longitude (ISO 6709): decimals, or degrees, minutes and seconds. */
const atDigits = (site: Site, run: Digits): void => {
  if (site.fixedOnly) return
  const { text } = site
  const first = run.groups[1]!
  const after = text.charAt(first)
  if (first - run.start > 2 || (after !== '.' && after !== '°')) return
  const start = text.charAt(run.start - 1) === '-' ? run.start - 1 : run.start
  if (/[\w.,]/.test(text.charAt(start - 1))) return
  spend(site.budget, 20)
  const form = after === '°' ? sexagesimal : decimal
  form.lastIndex = start
  const match = form.exec(text)
  if (match === null) return
  if (after === '.' && (Math.abs(Number(match[1])) > 90 || Math.abs(Number(match[2])) > 180)) return
  const fine = after === '°' || (/\.\d{4}/.test(match[1]!) && /\.\d{4}/.test(match[2]!))
  const told = near(site, context.gps, start, 40) || site.meaning?.category === 'location.gps'
  put(site.found, {
    start,
    end: start + match[0].length,
    category: 'location.gps',
    confidence: told ? 0.93 : fine ? 0.8 : 0.4,
    recogniser: 'gps',
    evidence: told ? 'pair of coordinates, word or key' : 'pair of coordinates',
  })
}

export const gps: Recogniser = { id: 'gps', fixed: false, revision: 1, digits: atDigits }
