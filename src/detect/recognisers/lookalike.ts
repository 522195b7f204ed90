import { spend } from '../budget.ts'
import { DIGIT, isWordCode, kinds } from '../fold.ts'
import { near, recent, type Digits, type Site, put, context } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/** Numbers in which a scan or a hand put letters for digits: `53591277O`, `5405509l4O`. */

const form = /[\dOoIl]{7,16}(?![\p{L}\d])/uy
const longest = 16

/** `O1.42.15.93.30`, `01.42.16.10.O2`: ten signs of the French plan in pairs. */
const pairs = /[0Oo][1-9](?:[ .-][\dOo]{2}){4}(?![\p{L}\d])/uy

const inPairs = (site: Site, start: number): boolean => {
  const { text } = site
  const from = isAlike(text.charCodeAt(start - 1)) ? start - 1 : start
  if (isWordCode(text.charCodeAt(from - 1))) return false
  pairs.lastIndex = from
  if (!pairs.test(text)) return false
  const end = pairs.lastIndex
  if (!/[Oo]/.test(text.slice(from, end))) return false
  put(site.found, {
    start: from,
    end,
    category: 'contact.phone',
    confidence: 0.7,
    recogniser: 'lookalike',
    evidence: 'French pairs, letters that look like digits',
  })
  return true
}

const atDigits = (site: Site, run: Digits): void => {
  const { text } = site
  const { start } = run
  if (!site.fixedOnly && run.groups.length >= 6 && inPairs(site, start)) return
  if (site.fixedOnly || run.groups[1] === undefined) return
  const next = text.charCodeAt(run.groups[1])
  const before = text.charCodeAt(start - 1)
  if (!isAlike(next) && !isAlike(before)) return
  spend(site.budget, 12)
  let from = start
  while (start - from < longest && isAlike(text.charCodeAt(from - 1))) from--
  if (isWordCode(text.charCodeAt(from - 1))) return
  form.lastIndex = from
  if (!form.test(text)) return
  const end = form.lastIndex
  let digits = 0
  for (let at = from; at < end; at++) if (kinds[text.charCodeAt(at)] === DIGIT) digits++
  if (digits < 5 || digits * 3 < 2 * (end - from)) return
  if (recent(site).some((one) => one.start < end && one.end > from && one.confidence >= 0.5)) return
  put(site.found, {
    start: from,
    end,
    category: near(site, context.phone, from, 30) ? 'contact.phone' : 'id.national',
    confidence: 0.6,
    recogniser: 'lookalike',
    evidence: 'letters that look like digits',
  })
}

/** O, o, I, l */
const isAlike = (code: number): boolean => code === 0x4f || code === 0x6f || code === 0x49 || code === 0x6c

export const lookalike: Recogniser = { id: 'lookalike', fixed: false, revision: 1, digits: atDigits }
