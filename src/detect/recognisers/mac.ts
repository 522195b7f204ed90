import { isWordCode } from '../fold.ts'
import { type Digits, type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

const form = /[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}/y

const tryAt = (site: Site, start: number): void => {
  const { text } = site
  if (
    site.fixedOnly ||
    start < 0 ||
    isWordCode(text.charCodeAt(start - 1)) ||
    /[:-]/.test(text.charAt(start - 1))
  )
    return
  form.lastIndex = start
  const match = form.exec(text)
  if (match === null) return
  const end = start + 17
  if (isWordCode(text.charCodeAt(end)) || text.charAt(end) === match[1]) return
  // Six pairs of digits alone with hyphens are more often a date or an order number.
  if (match[1] === '-' && /^[\d-]+$/.test(match[0])) return
  put(site.found, {
    start,
    end,
    category: 'online.mac',
    confidence: 0.95,
    recogniser: 'mac',
    evidence: 'six pairs of hex digits',
  })
}

/** `00-1A-2B-3C-4D-5E` begins with a digit or with a word before one; the colon form is met at its first colon. */
const atDigits = (site: Site, run: Digits): void => {
  if (site.text.charAt(run.start + 2) === '-' || site.text.charAt(run.start + 1) === '-') {
    tryAt(site, run.start)
    tryAt(site, run.start - 1)
  }
}

export const mac: Recogniser = {
  id: 'mac',
  fixed: false,
  revision: 1,
  colon: (site, at) => tryAt(site, at - 2),
  digits: atDigits,
}
