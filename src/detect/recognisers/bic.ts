import { isWordCode } from '../fold.ts'
import { near, type Site, recent, put, context } from '../found.ts'
import { countries } from './countries.ts'
import type { Recogniser } from './recogniser.ts'

const form = /[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?/y

/**
 * ISO 9362: bank (4), country (2), place (2), branch (3). Words in capitals have the same form (DOCUMENT), so
 * without a context word or an IBAN before it the finding is weak.
 */
const find = (site: Site, start: number): void => {
  const { text } = site
  const first = text.charCodeAt(start)
  if (site.fixedOnly || first < 0x41 || first > 0x5a || isWordCode(text.charCodeAt(start - 1))) return
  form.lastIndex = start
  const match = form.exec(text)
  if (match === null || !countries.has(match[1]!)) return
  const end = start + match[0].length
  if (isWordCode(text.charCodeAt(end))) return
  const told = near(site, context.bic, start, 30) || site.meaning?.category === 'fin.bic'
  const beside = recent(site).some(
    (one) => one.category === 'fin.iban' && start - one.end < 60 && start > one.end,
  )
  put(site.found, {
    start,
    end,
    category: 'fin.bic',
    confidence: told ? 0.97 : beside ? 0.85 : 0.3,
    recogniser: 'bic',
    evidence: told
      ? 'form ISO 9362, BIC word or key'
      : beside
        ? 'form ISO 9362 beside an IBAN'
        : 'form ISO 9362, no context',
    country: match[1]!,
  })
}

export const bic: Recogniser = { id: 'bic', fixed: false, revision: 1, word: find }
