import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { type Digits, type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Machine-readable lines of travel documents (ICAO Doc 9303): passport (TD3, part 4), cards of two lines (TD2, part
 * 6) and of three (TD1, part 5). Number, birth and expiry carry check digits with the weights 7, 3, 1.
 */
interface Layout {
  readonly line: RegExp
  /** Field and its check digit, as offsets in the line. */
  readonly checked: readonly (readonly [from: number, to: number])[]
}
const layouts: readonly Layout[] = [
  {
    line: /[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[\d<]\d(?![A-Z0-9<])/y,
    checked: [
      [0, 9],
      [13, 19],
      [21, 27],
    ],
  },
  {
    line: /[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{7}\d(?![A-Z0-9<])/y,
    checked: [
      [0, 9],
      [13, 19],
      [21, 27],
    ],
  },
  { line: /[ACI][A-Z0-9<][A-Z<]{3}[A-Z0-9<]{9}\d[A-Z0-9<]{15}(?![A-Z0-9<])/y, checked: [[5, 14]] },
  {
    line: /\d{7}[MFX<]\d{7}[A-Z<]{3}[A-Z0-9<]{11}\d(?![A-Z0-9<])/y,
    checked: [
      [0, 6],
      [8, 14],
    ],
  },
]

/** The line of a card. */
const shortest = 30

const weights = [7, 3, 1] as const
const checkDigit = (field: string): string => {
  let sum = 0
  for (let at = 0; at < field.length; at++) {
    const code = field.charCodeAt(at)
    const value = code === 0x3c ? 0 : code < 0x3a ? code - 48 : code - 55
    sum += value * weights[at % 3]!
  }
  return String(sum % 10)
}

const isMrz = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || code === 0x3c

/** A line of nothing but capitals, digits and `<` beside the one found: the names. */
const neighbour = /^[A-Z0-9<]{30,44}$/

const atDigits = (site: Site, run: Digits): void => {
  if (site.fixedOnly) return
  const { text } = site
  let start = run.start
  while (start > 0 && run.start - start < 15 && isMrz(text.charCodeAt(start - 1))) start--
  if (run.start - start > 14 || isWordCode(text.charCodeAt(start - 1)) || text.charAt(start - 1) === '<')
    return
  spend(site.budget, 8)
  for (let at = run.end; at < start + shortest; at++) if (!isMrz(text.charCodeAt(at))) return
  for (const { line, checked } of layouts) {
    line.lastIndex = start
    const match = line.exec(text)
    if (match === null) continue
    const written = match[0]
    spend(site.budget, 60)
    if (!checked.every(([from, to]) => checkDigit(written.slice(from, to)) === written.charAt(to))) continue
    let from = start
    let to = start + written.length
    const above = text.slice(Math.max(0, from - 46), from).match(/([A-Z0-9<]{30,44})\r?\n$/)
    if (above !== null && neighbour.test(above[1]!)) from -= above[0].length
    const below = /^\r?\n([A-Z0-9<]{30,44})(?![A-Z0-9<])/.exec(text.slice(to, to + 48))
    if (below !== null && below[1]!.includes('<<')) to += below[0].length
    put(site.found, {
      start: from,
      end: to,
      category: 'id.passport',
      confidence: 0.97,
      recogniser: 'mrz',
      evidence: 'machine-readable line, check digits',
      kind: 'mrz',
    })
    return
  }
}

export const mrz: Recogniser = {
  id: 'mrz',
  fixed: false,
  revision: 1,
  digits: atDigits,
  counts: [6, Infinity],
}
