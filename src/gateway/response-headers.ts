/** Which headers of an answer come home (design §5, Response headers). Pseudonyms in them are never restored. */
import { outgoingUrl } from '../payload/target.ts'
import { connectionNames } from './request-headers.ts'

export interface AnswerHeaders {
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Names of headers dropped because their address is not below the provider's base URL. */
  readonly foreign: readonly string[]
}

const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authentication-info',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'set-cookie',
  'set-cookie2',
  'alt-svc',
  'strict-transport-security',
])

/** Speak of the bytes of the body: void once it changed (RFC 9110 §8.8.3, RFC 9530). */
const ofTheBytes = new Set(['etag', 'content-md5', 'digest', 'content-digest', 'repr-digest'])

/**
 * @param raw name, value, name, value … as the provider sent them (latin1)
 * @param asked the URL that was asked; relative addresses count from it
 * @param changed whether the body was restored
 */
export const responseHeaders = (
  raw: readonly string[],
  { id, base_url }: { readonly id: string; readonly base_url: string },
  asked: URL,
  changed: boolean,
): AnswerHeaders => {
  const hop = connectionNames(raw)
  const home = (address: string): string | undefined => atHome(address, id, base_url, asked)
  const headers: (readonly [string, string])[] = []
  const foreign: string[] = []
  let typed = false
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase()
    const value = raw[i + 1] as string
    if (dropped.has(name) || hop.has(name)) continue
    if (name.startsWith('access-control-') || name.startsWith('douane-')) continue
    if (changed && ofTheBytes.has(name)) continue
    if (name === 'content-type') {
      if (typed) continue
      typed = true
    }
    if (name === 'location' || name === 'content-location') {
      const address = home(value)
      if (address === undefined) foreign.push(name)
      else headers.push([name, address])
    } else if (name === 'link') {
      const links = linksOf(value).map((link) => {
        const address = home(link.address)
        return address === undefined ? undefined : `<${address}>${link.parameters}`
      })
      const kept = links.filter((link) => link !== undefined)
      if (kept.length > 0) headers.push([name, kept.join(', ')])
      if (kept.length < links.length || links.length === 0) foreign.push(name)
    } else {
      headers.push([name, value])
    }
  }
  return { headers, foreign }
}

/**
 * An address of the provider as the client must ask for it, `/to/{provider}/…`; undefined if it is not below
 * the base URL, names a user, or is none.
 */
export const atHome = (address: string, id: string, baseUrl: string, asked: URL): string | undefined => {
  const base = new URL(baseUrl)
  const prefix = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`
  let url: URL
  try {
    url = new URL(address, asked)
  } catch {
    return undefined
  }
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') return undefined
  // Encoded dots and slashes: whoever reads the path next might see another one.
  if (/%(?:2e|2f|5c|00)/i.test(url.pathname) || url.pathname.includes('//')) return undefined
  const below = `${url.pathname}/` === prefix ? '/' : undefined
  if (below === undefined && !url.pathname.startsWith(prefix)) return undefined
  return `/to/${id}${below ?? url.pathname.slice(prefix.length - 1)}${url.search}${url.hash}`
}

interface Link {
  readonly address: string
  /** `; rel="next"` …, as it came. */
  readonly parameters: string
}

/** RFC 8288 §3: `<address>; name="value", <address>; …`. What does not parse ends the list. */
export const linksOf = (value: string): Link[] => {
  const out: Link[] = []
  let at = 0
  while (at < value.length) {
    while (at < value.length && /[\s,]/.test(value[at] as string)) at++
    if (at >= value.length) return out
    const end = value[at] === '<' ? value.indexOf('>', at) : -1
    if (end === -1) return [...out, { address: 'invalid:', parameters: '' }]
    let stop = end + 1
    let quoted = false
    for (; stop < value.length && (quoted || value[stop] !== ','); stop++) {
      if (quoted && value[stop] === '\\') stop++
      else if (value[stop] === '"') quoted = !quoted
    }
    out.push({ address: value.slice(at + 1, end), parameters: value.slice(end + 1, stop).trimEnd() })
    at = stop
  }
  return out
}

/** As `responseHeaders`, for what was asked below the provider's base URL. */
export const answerHeaders = (
  raw: readonly string[],
  provider: { readonly id: string; readonly base_url: string },
  target: string,
  changed: boolean,
): AnswerHeaders => responseHeaders(raw, provider, outgoingUrl(provider.base_url, target), changed)
