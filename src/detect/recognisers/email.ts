import { spend } from '../budget.ts'
import { DIGIT, FOREIGN, LOWER, MARK, UPPER, isWordCode, kinds } from '../fold.ts'
import { type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/** `image@2x.png`, `pkg@latest.js`: an `@` before a file name is no address. */
const fileEndings: ReadonlySet<string> = new Set(
  'png jpg jpeg gif svg webp ico js mjs cjs min ts css json map pdf txt xml csv xls xlsx doc docx eml msg zip gz html htm md php'.split(
    ' ',
  ),
)

const isLocal = (code: number): boolean => {
  const kind = kinds[code]
  // RFC 6531 too: what is not ASCII, accents as signs of their own included.
  if (kind === DIGIT || kind === LOWER || kind === UPPER || kind === MARK || kind === FOREIGN) return true
  // RFC 5322 atext that occurs in practice: . _ - + % ' & ~ =
  return (
    code === 0x2e ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x25 ||
    code === 0x27 ||
    code === 0x26 ||
    code === 0x7e ||
    code === 0x3d
  )
}

const isDomain = (code: number): boolean => {
  const kind = kinds[code]
  return (
    kind === DIGIT || kind === LOWER || kind === UPPER || kind === FOREIGN || code === 0x2d || code === 0x2e
  )
}

/** RFC 5321 allows 64 signs, systems more; what is left over would travel in clear. */
const longest = 254

/** What stands behind the last full stop; '' if there is none. */
const topOf = (domain: string): string => domain.slice(domain.lastIndexOf('.') + 1 || domain.length)

const find = (site: Site, at: number): void => {
  const { text } = site
  let start = at
  while (start > 0 && at - start < longest && isLocal(text.charCodeAt(start - 1))) start--
  while (start < at && /[.'&=~%-]/.test(text.charAt(start))) start++
  let end = at + 1
  while (end < text.length && end - at < 254 && isDomain(text.charCodeAt(end))) end++
  while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) end--
  spend(site.budget, end - start)
  if (start === at) return handle(site, at)
  if (end - at < 5) return
  let domain = text.slice(at + 1, end)
  // `jean.dupont@exemple.fr.pdf`: a file may bear an address as its name.
  while (fileEndings.has(topOf(domain).toLowerCase())) domain = domain.slice(0, domain.lastIndexOf('.'))
  end = at + 1 + domain.length
  const top = topOf(domain)
  if (top.length < 2 || top.length > domain.length - 2 || domain.includes('..')) return
  if (/\d/.test(top) && !top.startsWith('xn--')) return
  if (inUrl(text, start)) return
  put(site.found, {
    start,
    end,
    category: 'contact.email',
    confidence: 0.98,
    recogniser: 'email',
    evidence: 'form local@domain',
  })
}

/** `@jean_dupont`: a name in a social network, not the scope of a package (`@angular/core`). */
const handle = (site: Site, at: number): void => {
  const { text } = site
  if (site.fixedOnly || isWordCode(text.charCodeAt(at - 1)) || /[@/.]/.test(text.charAt(at - 1))) return
  handleForm.lastIndex = at + 1
  const match = handleForm.exec(text)
  if (match === null) return
  put(site.found, {
    start: at,
    end: at + 1 + match[0].length,
    category: 'online.username',
    confidence: 0.6,
    recogniser: 'handle',
    evidence: 'form of a handle',
  })
}
const handleForm = /(?=[\w.]{0,30}[A-Za-z])[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28}[A-Za-z0-9_])(?![\w@/-])/y

/** `https://user:secret@host`: what stands before the `@` belongs to url.ts. */
const inUrl = (text: string, start: number): boolean => {
  if (text.charAt(start - 1) !== ':' && text.charAt(start - 1) !== '/') return false
  const before = text.slice(Math.max(0, start - 100), start)
  const scheme = before.lastIndexOf('://')
  return scheme >= 0 && !/[\s/?#]/.test(before.slice(scheme + 3))
}

export const email: Recogniser = { id: 'email', fixed: true, revision: 1, at: find }
