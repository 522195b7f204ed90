import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { compact, context, near, type Digits, type Site, windows, put, recent } from '../found.ts'
import { luhn } from './luhn.ts'
import type { Recogniser } from './recogniser.ts'

/** First digits and lengths that issuers use; brand → kind of the finding. */
const brands: readonly { kind: string; prefix: RegExp; lengths: readonly number[] }[] = [
  { kind: 'visa', prefix: /^4/, lengths: [13, 16, 19] },
  { kind: 'mastercard', prefix: /^(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)/, lengths: [16] },
  { kind: 'amex', prefix: /^3[47]/, lengths: [15] },
  { kind: 'discover', prefix: /^(?:6011|65|64[4-9])/, lengths: [16, 19] },
  { kind: 'diners', prefix: /^(?:36|38|39|30[0-5])/, lengths: [14] },
  { kind: 'jcb', prefix: /^35(?:2[89]|[3-8]\d)/, lengths: [16] },
  { kind: 'unionpay', prefix: /^62/, lengths: [16, 17, 18, 19] },
  { kind: 'maestro', prefix: /^(?:50|5[6-9]|6[37])/, lengths: [16, 18, 19] },
]

/** What an issuer's number begins with: 2 … 6. */
const mayBegin = (code: number): boolean => code >= 0x32 && code <= 0x36

/** Printed in fours, as Amex 4-6-5, as Diners 4-6-4, or in one piece. */
const printed =
  /^(?:\d{4}(?:[ \-\u00a0\u202f.]\d{4}){3}(?:[ \-\u00a0\u202f.]\d{1,3})?|\d{4}[ \-\u00a0]\d{6}[ \-\u00a0]\d{4,5}|\d{13,19})$/

/** Digits that some issuer gives, in length, beginning and check digit. */
export const isCard = (digits: string): boolean =>
  brands.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) &&
  luhn(digits) &&
  !/^(\d)\1+$/.test(digits)

const find = (site: Site, run: Digits): void => {
  const { text } = site
  windows(run, 13, 19, (start, end, count, groups) => {
    if (
      groups > 5 ||
      !mayBegin(text.charCodeAt(start)) ||
      isWordCode(text.charCodeAt(start - 1)) ||
      isWordCode(text.charCodeAt(end))
    )
      return false
    spend(site.budget, 20)
    // Of ten numbers one passes, and it costs the least to ask.
    if (!luhn(text, start, end) || !printed.test(text.slice(start, end))) return false
    const digits = compact(text, start, end)
    const brand = brands.find(({ prefix, lengths }) => lengths.includes(count) && prefix.test(digits))
    if (brand === undefined || /^(\d)\1+$/.test(digits)) return false
    const told = near(site, context.card, start) || site.meaning?.category === 'fin.card'
    const order = near(site, context.order, start, 30) && !told
    // Luhn passes one number in ten, a prefix about three in ten: rare brands in one piece are weak alone.
    const common = groups > 1 || brand.kind === 'visa' || brand.kind === 'mastercard' || brand.kind === 'amex'
    put(site.found, {
      start,
      end,
      category: 'fin.card',
      confidence: told ? 0.98 : order ? 0.4 : groups > 1 ? 0.95 : common ? 0.85 : 0.45,
      recogniser: 'card',
      evidence: `Luhn, issuer prefix${told ? ', card word or key' : order ? ', order word' : ''}`,
      kind: brand.kind,
    })
    return true
  })
}

/** After a word for a card, twelve to nineteen digits are one, whatever issuer and Luhn say. */
const toldOnly = (site: Site, run: Digits): void => {
  const { text } = site
  if (site.fixedOnly || run.count > 19 || !near(site, context.card, run.start, 30)) return
  if (isWordCode(text.charCodeAt(run.start - 1)) || isWordCode(text.charCodeAt(run.end))) return
  if (recent(site).some((one) => one.start < run.end && one.end > run.start)) return
  put(site.found, {
    start: run.start,
    end: run.end,
    category: 'fin.card',
    confidence: 0.7,
    recogniser: 'card',
    evidence: 'card word, issuer or check digit unknown',
  })
}

/** Four fours of somebody who types his card into a talk, a digit of it wrong: all that such a line ends with. */
const inFours = (site: Site, run: Digits): void => {
  const { text } = site
  if (
    site.fixedOnly ||
    run.count !== 16 ||
    run.groups.length !== 8 ||
    near(site, context.order, run.start, 30)
  )
    return
  if (
    !mayBegin(text.charCodeAt(run.start)) ||
    !/^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/.test(text.slice(run.start, run.end))
  )
    return
  if (
    isWordCode(text.charCodeAt(run.start - 1)) ||
    !/^[.,]?\s*?(?:\n|$)/.test(text.slice(run.end, run.end + 4))
  )
    return
  // A text of one line answers nobody.
  const said = text.slice(Math.max(0, run.start - 60), run.start)
  if (!said.includes('\n') && (run.start > 60 || run.end + 4 >= text.length)) return
  if (recent(site).some((one) => one.start < run.end && one.end > run.start)) return
  put(site.found, {
    start: run.start,
    end: run.end,
    category: 'fin.card',
    confidence: 0.5,
    recogniser: 'card',
    evidence: 'four groups of four digits at the end of a line, check digit wrong',
  })
}

const atDigits = (site: Site, run: Digits): void => {
  find(site, run)
  toldOnly(site, run)
  inFours(site, run)
}

export const card: Recogniser = {
  id: 'card',
  fixed: true,
  revision: 1,
  digits: atDigits,
  counts: [12, Infinity],
}
