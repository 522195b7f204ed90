import { spend } from '../budget.ts'
import { isLetter } from '../fold.ts'
import { type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

/** Parameters whose value opens a door. */
const secretParameter =
  /[?&#;](?:access_?token|auth|authorization|api_?key|apikey|key|token|secret|client_secret|password|passwd|pwd|sig|signature|session|sessionid|sid|code|jwt|otp|x-amz-signature|x-amz-credential|sas)=([^&#;\s]{4,4096})/iy

/** What ends a sentence or a bracket around the address. */
const trailing = /[.,;:!?)\]}'»]/

const find = (site: Site, colon: number): void => {
  const { text } = site
  if (site.fixedOnly || !text.startsWith('//', colon + 1)) return
  let start = colon
  while (start > 0 && colon - start < 12 && isLetter(text.charCodeAt(start - 1))) start--
  if (start === colon) return
  // An address within another ends where that ends: what was read for the outer one is not read again.
  const from = Math.max(colon + 3, site.urlEnd)
  let end = from
  while (end < text.length && end - colon < 4096 && !isUrlEnd(text.charCodeAt(end))) end++
  site.urlEnd = end
  spend(site.budget, end - from + 16)
  while (end > colon + 3 && trailing.test(text.charAt(end - 1))) end--
  if (end - colon < 5) return
  let pathAt = colon + 3
  while (pathAt < end && !/[/?#]/.test(text.charAt(pathAt))) pathAt++
  let at = pathAt - 1
  while (at > colon + 2 && text.charCodeAt(at) !== 0x40) at--
  let credentials = false
  if (at > colon + 2) {
    credentials = true
    put(site.found, {
      start: colon + 3,
      end: at,
      category: 'auth.secret',
      confidence: 0.97,
      recogniser: 'url',
      evidence: 'credentials before the host',
    })
  }
  const first = Math.max(pathAt, site.urlRead)
  for (let mark = first; mark < end; mark++) {
    const code = text.charCodeAt(mark)
    if (code !== 0x3f && code !== 0x26 && code !== 0x23 && code !== 0x3b) continue
    secretParameter.lastIndex = mark
    const match = secretParameter.exec(text)
    if (match === null) continue
    const valueEnd = Math.min(end, mark + match[0].length)
    put(site.found, {
      start: mark + match[0].length - match[1]!.length,
      end: valueEnd,
      category: 'auth.secret',
      confidence: 0.92,
      recogniser: 'url',
      evidence: 'secret parameter',
    })
    mark = valueEnd - 1
  }
  site.urlRead = Math.max(first, end)
  // A bare home page says nothing of a person; a path, a query or credentials may.
  const deep = credentials || pathAt < end - 1
  put(site.found, {
    start,
    end,
    category: 'online.url',
    confidence: deep ? 0.7 : 0.3,
    recogniser: 'url',
    evidence: deep ? 'address with path, query or credentials' : 'address of a site',
  })
}

const isUrlEnd = (code: number): boolean =>
  code <= 0x20 ||
  code === 0x22 ||
  code === 0x3c ||
  code === 0x3e ||
  code === 0x5c ||
  code === 0x60 ||
  code === 0xa0 ||
  code === 0xab ||
  code === 0xbb ||
  (code >= 0x2000 && code <= 0x206f)

export const url: Recogniser = { id: 'url', fixed: false, revision: 1, colon: find }
