import { Refused } from '../errors.ts'
import { decodePercent } from './percent.ts'

const longest = 8192

const invalid = (): never => {
  throw new Refused('TARGET_INVALID')
}

/** `"`, `<`, `>` and whatever is not visible ASCII; a fragment never belongs in a request. */
const foreign = /[^!$-;=?-~]/
/** RFC 3986 §3.3 has none of these in a path, and URL parsers disagree on what to make of them. */
const foreignInPath = /[\\^`{|}]/
// eslint-disable-next-line no-control-regex
const escapedControl = /[\0-\x1f\x7f/\\]/

/** How often a client may have encoded a segment before it is taken for an attempt to hide something. */
const layers = 4

/**
 * RFC 3986 §3.3, stricter: no dot segment, slash, backslash or control character in any encoding, as often
 * as it was applied. `..;x` is a dot segment to servers that cut off path parameters.
 */
const checkSegment = (raw: string): void => {
  let text = raw
  for (let layer = 0; ; layer++) {
    if (escapedControl.test(text)) invalid()
    const semicolon = text.indexOf(';')
    const name = semicolon < 0 ? text : text.slice(0, semicolon)
    if (name === '.' || name === '..') invalid()
    const inner = decodePercent(text)
    if (inner === undefined) {
      if (layer === 0) invalid()
      return
    }
    if (inner === text) return
    if (layer === layers) invalid()
    text = inner
  }
}

/**
 * Whether a request target (or its tail after the provider) is one that can be forwarded safely.
 * @param rawUrl as it stood in the request line
 * @throws Refused `TARGET_INVALID` (absolute form, `//`, backslash, control or non-ASCII bytes, fragment, dot
 * segments in any encoding, encoded slash, backslash or control in the path, NUL anywhere, bad escapes, bytes
 * that are no UTF-8), `TARGET_TOO_LONG` (over 8 KiB)
 */
export const checkTarget = (rawUrl: string): void => {
  if (rawUrl.length > longest) throw new Refused('TARGET_TOO_LONG')
  if (!rawUrl.startsWith('/') || foreign.test(rawUrl) || rawUrl.includes('\\')) invalid()
  const mark = rawUrl.indexOf('?')
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark)
  if (foreignInPath.test(path) || path.includes('//')) invalid()
  for (const segment of path.split('/')) checkSegment(segment)
  if (mark >= 0) {
    const query = decodePercent(rawUrl.slice(mark + 1))
    if (query === undefined || query.includes('\0')) invalid()
  }
}

const baseOf = (baseUrl: string): { base: URL; prefix: string } => {
  const base = URL.parse(baseUrl)
  if (
    base === null ||
    base.search !== '' ||
    base.hash !== '' ||
    base.username !== '' ||
    base.password !== ''
  ) {
    return invalid()
  }
  return { base, prefix: base.pathname.endsWith('/') ? base.pathname.slice(0, -1) : base.pathname }
}

/**
 * Base URL and tail joined as text, so that the tail keeps its spelling; for the request line to the provider.
 * @throws Refused `TARGET_INVALID` as `outgoingUrl`
 */
export const outgoingPath = (baseUrl: string, tail: string): string => {
  outgoingUrl(baseUrl, tail)
  return baseOf(baseUrl).prefix + tail
}

/**
 * The provider's URL for a tail: whatever the tail, origin and path prefix are still the base's.
 * @throws Refused `TARGET_INVALID`, `TARGET_TOO_LONG`
 */
export const outgoingUrl = (baseUrl: string, tail: string): URL => {
  checkTarget(tail)
  const { base, prefix } = baseOf(baseUrl)
  const url = URL.parse(base.origin + prefix + tail)
  const mark = tail.indexOf('?')
  const path = mark < 0 ? tail : tail.slice(0, mark)
  // A URL parser may write `'` in a query as %27; a path it must leave alone, letter by letter.
  if (url === null || url.origin !== base.origin || url.pathname !== prefix + path) return invalid()
  return url
}
