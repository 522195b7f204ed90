import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { near, type Digits, type Site, put, context } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Numéro d'inscription au répertoire (décret 82-103): sex, year, month, department (2A and 2B in Corsica),
 * commune, order, key = 97 − number mod 97, where 2A counts as 19 and 2B as 18. Printed with or without spaces.
 */
const shape = /^[12378]\d\d(?:0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?$/

export const nirKey = (number: string): number => {
  const plain = number.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - (Number(plain) % 97)
}

/** Fifteen digits whose form and key hold. */
export const isKeyed = (number: string): boolean =>
  shape.test(number) && nirKey(number) === Number(number.slice(13))

const find = (site: Site, run: Digits): void => {
  const { text } = site
  // Thirteen digits, or six before the letter of Corsica.
  const corsica = /[ABab]/.test(text.slice(run.end, run.end + 3))
  let left = run.count
  for (let group = 0; group < run.groups.length && left >= 6; group += 2) {
    const start = run.groups[group]!
    const enough = left >= 13 || (corsica && left === 6)
    left -= run.groups[group + 1]! - start
    if (!enough) continue
    if (isWordCode(text.charCodeAt(start - 1)) || !'12378'.includes(text.charAt(start))) continue
    const found = read(text, start)
    spend(site.budget, 4)
    if (found === null || !shape.test(found.number)) continue
    spend(site.budget, 30)
    const told = near(site, context.national, start) || site.meaning?.category === 'id.national'
    if (found.number.length === 15) {
      if (Number(found.number.slice(13)) !== nirKey(found.number)) continue
      push(site, start, found.end, told ? 0.99 : 0.97, 'key 97')
      return
    }
    if (found.number.length === 13 && told && !site.fixedOnly) {
      push(site, start, found.end, 0.85, 'form without key, social security word or key')
      return
    }
  }
}

const push = (site: Site, start: number, end: number, confidence: number, evidence: string) =>
  put(site.found, {
    start,
    end,
    category: 'id.national',
    confidence,
    recogniser: 'nir',
    evidence,
    kind: 'nir',
    country: 'FR',
  })

/** Up to fifteen symbols, single separators between them; null if a letter or more digits follow. */
const read = (text: string, start: number): { number: string; end: number } | null => {
  let number = ''
  let at = start
  let end = start
  while (at < text.length && number.length < 15) {
    const code = text.charCodeAt(at)
    const corsica = number.length === 6 && number.charAt(5) === '2' && /[ABab]/.test(text.charAt(at))
    if ((code >= 0x30 && code <= 0x39) || corsica) {
      number += text.charAt(at).toUpperCase()
      end = ++at
    } else if (at === end && isSpacing(code)) at++
    else if (at === end + 1 && code === 0x2f) at++
    else break
  }
  if (number.length === 14) return null
  return isWordCode(text.charCodeAt(end)) ? null : { number, end }
}

const isSpacing = (code: number): boolean =>
  code === 0x20 ||
  code === 0x2e ||
  code === 0x2d ||
  code === 0x2f ||
  code === 0xa0 ||
  code === 0x202f ||
  code === 0x2009

export const nir: Recogniser = { id: 'nir', fixed: true, revision: 1, digits: find, counts: [6, Infinity] }
