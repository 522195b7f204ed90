import { spend } from '../budget.ts'
import { DIGIT, FOREIGN, LOWER, UPPER, kinds } from '../fold.ts'
import type { Site } from '../found.ts'
import type { Recogniser } from './table.ts'

/** `image@2x.png`, `pkg@latest.js`: an `@` before a file name is no address. */
const fileEndings: ReadonlySet<string> = new Set(
  'png jpg jpeg gif svg webp ico js mjs cjs ts css json map pdf txt xml csv zip gz html htm md php'.split(
    ' ',
  ),
)

const isLocal = (code: number): boolean => {
  const kind = kinds[code]
  if (kind === DIGIT || kind === LOWER || kind === UPPER) return true
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

const find = (site: Site, at: number): void => {
  const { text } = site
  let start = at
  while (start > 0 && at - start < 64 && isLocal(text.charCodeAt(start - 1))) start--
  while (start < at && /[.'&=~%-]/.test(text.charAt(start))) start++
  let end = at + 1
  while (end < text.length && end - at < 254 && isDomain(text.charCodeAt(end))) end++
  while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) end--
  spend(site.budget, end - start)
  if (start === at || end - at < 5) return
  const domain = text.slice(at + 1, end)
  const dot = domain.lastIndexOf('.')
  if (dot < 1 || domain.includes('..')) return
  const top = domain.slice(dot + 1)
  if (top.length < 2 || (/\d/.test(top) && !top.startsWith('xn--')) || fileEndings.has(top.toLowerCase()))
    return
  if (inUrl(text, start)) return
  site.found.push({
    start,
    end,
    category: 'contact.email',
    confidence: 0.98,
    recogniser: 'email',
    evidence: 'form local@domain',
  })
}

/** `https://user:secret@host`: what stands before the `@` belongs to url.ts. */
const inUrl = (text: string, start: number): boolean => {
  if (text.charAt(start - 1) !== ':' && text.charAt(start - 1) !== '/') return false
  const before = text.slice(Math.max(0, start - 100), start)
  const scheme = before.lastIndexOf('://')
  return scheme >= 0 && !/[\s/?#]/.test(before.slice(scheme + 3))
}

export const email: Recogniser = { id: 'email', fixed: true, revision: 1, at: find }
