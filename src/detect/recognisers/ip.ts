import { spend } from '../budget.ts'
import { isWordCode } from '../fold.ts'
import { context, near, type Digits, type Site, put } from '../found.ts'
import type { Recogniser } from './recogniser.ts'

const v4 =
  /(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}(?![\d.]*\d|\.?[A-Za-z_])/y

const findV4 = (site: Site, run: Digits): void => {
  const { text } = site
  if (site.fixedOnly || run.groups.length < 8) return
  for (let group = 0; group + 7 < run.groups.length; group += 2) {
    const start = run.groups[group]!
    if (
      text.charAt(run.groups[group + 1]!) !== '.' ||
      text.charAt(start - 1) === '.' ||
      isWordCode(text.charCodeAt(start - 1))
    )
      continue
    v4.lastIndex = start
    const match = v4.exec(text)
    if (match === null) continue
    const told = near(site, context.ip, start, 25) || site.meaning?.category === 'online.ip'
    const version =
      near(site, context.version, start, 18) && site.near[context.version]! > site.near[context.ip]!
    // 1.2.3.4 is more often a version than an address; so is anything after the word.
    const small = /^\d\.\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(match[0])
    if (version) continue
    put(site.found, {
      start,
      end: start + match[0].length,
      category: 'online.ip',
      confidence: told ? 0.98 : small ? 0.4 : 0.9,
      recogniser: 'ip',
      evidence: told ? 'IPv4 form, IP word or key' : small ? 'IPv4 form, also a version' : 'IPv4 form',
      kind: 'ipv4',
    })
  }
}

/** RFC 4291 §2.2: eight groups of up to four hex digits, one `::` for zeros, an IPv4 address for the last two. */
const isIPv6 = (text: string): boolean => {
  const halves = text.split('::')
  if (halves.length > 2) return false
  let groups = 0
  const whole = halves.every((half, index) => {
    if (half === '') return halves.length === 2
    const parts = half.split(':')
    return parts.every((part, at) => {
      v4.lastIndex = 0
      const tail = index === halves.length - 1 && at === parts.length - 1 && v4.exec(part)?.[0] === part
      groups += tail ? 2 : 1
      return tail || /^[0-9A-Fa-f]{1,4}$/.test(part)
    })
  })
  return whole && (halves.length === 2 ? groups < 8 : groups === 8)
}

const isHexColon = (code: number): boolean =>
  (code >= 0x30 && code <= 0x3a) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)

/** At the first colon of a stretch of hex digits and colons; the stretch is read once. */
const findV6 = (site: Site, at: number): void => {
  const { text } = site
  if (site.fixedOnly) return
  let start = at
  while (
    start > 0 &&
    at - start < 5 &&
    isHexColon(text.charCodeAt(start - 1)) &&
    text.charAt(start - 1) !== ':'
  )
    start--
  if (start > 0 && text.charAt(start - 1) === ':') return
  let end = at
  while (
    end < text.length &&
    end - start < 46 &&
    (isHexColon(text.charCodeAt(end)) || text.charAt(end) === '.')
  )
    end++
  while (end > at && /[.:]/.test(text.charAt(end - 1)) && !text.startsWith('::', end - 2)) end--
  spend(site.budget, end - start)
  const written = text.slice(start, end)
  const colons = written.split(':').length - 1
  if (
    colons < 2 ||
    end - start < 6 ||
    isWordCode(text.charCodeAt(start - 1)) ||
    isWordCode(text.charCodeAt(end))
  )
    return
  if (!isIPv6(written) || written.replace(/[^0-9a-fA-F]/g, '').length < 4) return
  put(site.found, {
    start,
    end,
    category: 'online.ip',
    confidence: 0.95,
    recogniser: 'ip',
    evidence: 'IPv6 form',
    kind: 'ipv6',
  })
}

export const ip: Recogniser = {
  id: 'ip',
  fixed: false,
  revision: 1,
  digits: findV4,
  counts: [4, Infinity],
  colon: findV6,
}
