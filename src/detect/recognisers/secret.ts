import { spend } from '../budget.ts'
import { fold, isWordCode } from '../fold.ts'
import { context, type Site, put } from '../found.ts'
import type { Category } from '../../model/category.ts'
import { COMMON, listed } from '../names/listed.ts'
import type { Recogniser } from './recogniser.ts'

/** `mot de passe : x`, `PIN 1234`, `CVV: 123`: what the word announces. */
const announced: ReadonlyMap<number, { category: Category; value: RegExp }> = new Map([
  [
    context.password,
    {
      category: 'auth.password' as const,
      value:
        /(?: (?:est|is|ist|es|is now|actuel|geändert|zurückgesetzt|changed|reset|updated|modifié|réinitialisé|cambiada|actualizada|cambiata|modificata|alterada|gewijzigd|zmienione|schimbată)(?: (?:to|en|auf|a|in|para|naar|na))?)?(?:["']?\s*(?::=|=>|[:=])\s*|\s+(?=["'«]))["'«]?\s?(\S{3,64})|\s(?:est|is|ist|es|è|é|este)\s["'«]?(\S{0,32}[\d!@#$%&*]\S{0,32}|[A-Za-z][\w.-]{2,31}(?: \d{1,8}(?![\w.,:/-]))?)|\s((?=\w{0,31}\d)(?=\d{0,31}[A-Za-z])\w{5,32}[!@#$%&*?]{0,3}(?![\w/:])|\d{4,8}(?![\w.,:/-])|[A-Za-z]{2,24} \d{2,8}(?=\s*(?:\n|$)))/y,
    },
  ],
  [
    context.pin,
    { category: 'auth.pin' as const, value: /(?:\s+(?:est|is|code))?\s*[:=]?\s*(\d{4,8})(?!\w)/y },
  ],
  [
    context.cvv,
    { category: 'fin.cvv' as const, value: /(?:\s+(?:est|is|code))?\s*[:=]?\s*(\d{3,4})(?!\w)/y },
  ],
  [
    context.secret,
    {
      category: 'auth.secret' as const,
      value: /["']?\s*(?::=|=>|[:=])\s*["']?(?:Bearer |Basic )?([A-Za-z0-9_\-./+=%]{8,2048})/y,
    },
  ],
  [
    context.device,
    {
      category: 'online.device' as const,
      value: /["']?\s*(?:(?::=|=>|[:=#])\s*["']?|\s)((?=[\w.:-]{0,40}\d)[A-Za-z0-9][\w.:-]{7,127})/y,
    },
  ],
  [
    context.username,
    {
      category: 'online.username' as const,
      // `user : jean`, `user is jdoe42`: without a sign between, only what has a digit or a low line.
      value:
        /["']?\s*(?::=|=>|[:=])\s*["']?@?([\p{L}\p{N}_.-]{2,64})|[ ](?:(?:is|est|ist|es|è|jest|este)[ ])?@?((?=[\w.-]{0,40}[\d_])[A-Za-z][\w.-]{2,40})|[ ]([a-z][a-z.-]{3,40})(?=[ ](?:from|ip|logged|login|log|signed|desde|inici\w*|conect\w*|da[ ]\d|dal|accesso|angemeldet|von[ ]\d|ingelogd|vanaf|z[ ]|zalogowa\w*|de[ ]la|autentifica\w*|via|at[ ]\d|\(|@))/uy,
    },
  ],
])

/** A word that texts have in lower case and no digit after it. */
const isUsual = (written: string): boolean => {
  const word = /^[A-Za-z]+/.exec(written)?.[0] ?? ''
  return (
    word !== '' && word.length === written.replace(/ \d+$/, '').length && (listed(fold(word)) & COMMON) !== 0
  )
}

/** In a transcript: a usual word with a capital, and the sentence goes on. */
const isSpeech = (text: string, end: number, written: string): boolean =>
  /^\p{Lu}[\p{Ll}’']*$/u.test(written) &&
  (/^,? \p{Ll}/u.test(text.slice(end, end + 3)) || (listed(fold(written)) & COMMON) !== 0)

const atContext = (site: Site, _start: number, end: number, kind: number): void => {
  const rule = announced.get(kind)
  if (rule === undefined || site.fixedOnly) return
  spend(site.budget, 8)
  if (rule.category === 'auth.secret' && site.text.startsWith('-----', end)) return pem(site, end)
  rule.value.lastIndex = end
  const match = rule.value.exec(site.text)
  if (match === null) return
  const value = match[1] ?? match[2] ?? match[3] ?? ''
  const written = value.replace(/["'»,.;]+$/, '')
  if (written.length < 2) return
  // `password is wrong`, `User: Hello, I …`: what is said of it, and who speaks.
  const closes =
    / \d{2,}$/.test(written) &&
    /^\s*(?:[.,;\n]|$)/.test(site.text.slice(end + match[0].length, end + match[0].length + 3))
  if ((match[1] === undefined || /^ (?:reset|changed|updated)/.test(match[0])) && !closes && isUsual(written))
    return
  // Italian for a user, Portuguese for a patient.
  if (
    match[1] !== undefined &&
    !/\d/.test(written) &&
    /\butente$/i.test(site.text.slice(Math.max(0, end - 7), end))
  )
    return
  if (rule.category === 'online.username' && isSpeech(site.text, end + match[0].length, written)) return
  const from = end + match[0].length - value.length
  put(site.found, {
    start: from,
    end: from + written.length,
    category: rule.category,
    confidence: 0.92,
    recogniser: 'secret',
    evidence: 'value after the word for it',
  })
}

/** RFC 7468: `-----BEGIN PRIVATE KEY-----` to its END, or to where the base64 stops. */
const pem = (site: Site, end: number): void => {
  const { text } = site
  const within = text.slice(Math.max(0, end - 60), end).lastIndexOf('-----BEGIN ')
  if (within < 0) return
  const begin = Math.max(0, end - 60) + within
  let to = end + 5
  while (to < text.length && to - end < 10_000 && /[A-Za-z0-9+/=\s:,]/.test(text.charAt(to))) to++
  spend(site.budget, to - begin)
  const close = /-----END [A-Z ]{0,30}-----/y
  close.lastIndex = to
  if (close.test(text)) to = close.lastIndex
  put(site.found, {
    start: begin,
    end: to,
    category: 'auth.secret',
    confidence: 0.98,
    recogniser: 'secret',
    evidence: 'private key in PEM',
  })
}

/** Forms that issuers give their secrets: JSON Web Token, and the prefixes of well-known services. */
const forms: readonly RegExp[] = [
  /eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{0,1000}/y,
  /(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,200}/y,
  /sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,200}/y,
  /whsec_[A-Za-z0-9]{16,200}/y,
  /gh[pousr]_[A-Za-z0-9]{30,255}/y,
  /github_pat_[A-Za-z0-9_]{20,255}/y,
  /glpat-[A-Za-z0-9_-]{16,64}/y,
  /npm_[A-Za-z0-9]{30,64}/y,
  /hf_[A-Za-z0-9]{20,64}/y,
  /(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/y,
  /AIza[A-Za-z0-9_-]{35}/y,
  /ya29\.[A-Za-z0-9_-]{20,400}/y,
  /SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}/y,
  /xox[abprs]-[A-Za-z0-9-]{10,200}/y,
]
const beginnings =
  /eyJ|[spr]k_(?:live|test)|sk-|whsec_|gh[pousr]_|github_pat_|glpat-|npm_|hf_|A[KS]IA|AIza|ya29\.|SG\.|xox[abprs]-/y

/** How they begin, as pairs of signs: hardly a word does. */
const pairs: ReadonlySet<number> = new Set(
  'ey sk pk rk wh gh gi gl np hf AK AS AI ya SG xo'
    .split(' ')
    .map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)),
)

const atWord = (site: Site, start: number): void => {
  if (!pairs.has((site.text.charCodeAt(start) << 8) | site.text.charCodeAt(start + 1))) return
  beginnings.lastIndex = start
  if (!beginnings.test(site.text) || isWordCode(site.text.charCodeAt(start - 1))) return
  spend(site.budget, 500)
  for (const form of forms) {
    form.lastIndex = start
    const match = form.exec(site.text)
    if (match === null) continue
    put(site.found, {
      start,
      end: start + match[0].length,
      category: 'auth.secret',
      confidence: 0.95,
      recogniser: 'secret',
      evidence: 'form of a token or key',
    })
    return
  }
}

export const secret: Recogniser = {
  id: 'secret',
  fixed: false,
  revision: 1,
  context: atContext,
  wakes: (kind) => announced.has(kind),
  word: atWord,
}
