import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { near, type Digits, type Site, put, context } from '../found.ts'
import type { Category } from '../../model/category.ts'
import { isCard } from './card.ts'
import { isKeyed } from './nir.ts'
import type { Recogniser } from './recogniser.ts'

/** Digits with signs between that no printed number has: `4539*1488*0343*6467`, `0,6,1,2,3,4,5,6,7,8`, `1|85|05|69…`. */

const form = /\d{1,6}(?:[*,|~;=+#] ?\d{1,6}){2,20}(?![\d*|~])/y

/** * , | ~ ; = + # */
const isSign = (code: number): boolean =>
  code === 0x2a ||
  code === 0x2c ||
  code === 0x7c ||
  code === 0x7e ||
  code === 0x3b ||
  code === 0x3d ||
  code === 0x2b ||
  code === 0x23

const categoryOf = (site: Site, start: number, groups: readonly string[]): Category | null => {
  const digits = groups.join('')
  const even = groups.slice(0, -1).every((one) => one.length === groups[0]!.length)
  // Amounts and lists have commas too: without a check the word must say it.
  if (even && digits.length >= 13 && isCard(digits)) return 'fin.card'
  if (digits.length === 15 && isKeyed(digits)) return 'id.national'
  if (digits.length >= 8 && digits.length <= 13 && near(site, context.phone, start)) return 'contact.phone'
  if (even && digits.length >= 13 && digits.length <= 19 && near(site, context.card, start)) return 'fin.card'
  return null
}

const atDigits = (site: Site, run: Digits): void => {
  const { text } = site
  const { start } = run
  const first = run.groups[1]!
  if (site.fixedOnly || !isSign(text.charCodeAt(first)) || isWordCode(text.charCodeAt(start - 1))) return
  // The whole was read from its first digit.
  if (isSign(text.charCodeAt(start - 1)) && isWordCode(text.charCodeAt(start - 2))) return
  spend(site.budget, 40)
  form.lastIndex = start
  if (!form.test(text)) return
  const end = form.lastIndex
  if (isWordCode(text.charCodeAt(end))) return
  const category = categoryOf(site, start, text.slice(start, end).split(/\D+/))
  if (category === null) return
  put(site.found, {
    start,
    end,
    category,
    confidence: 0.75,
    recogniser: 'signed',
    evidence: 'digits with signs between, check digits or word',
  })
}

export const signed: Recogniser = { id: 'signed', fixed: false, revision: 1, digits: atDigits }
