/** What a request must be before anybody asks whose it is: design §5, the first eight refusals in their order. */
import type { IncomingMessage } from 'node:http'
import { Refused } from '../errors.ts'
import { checkTarget } from '../payload/target.ts'

/** Name of a provider in the URL and what follows it. */
export interface Destination {
  readonly provider: string
  /** Raw, begins with `/`, query included: what the provider is asked for. */
  readonly tail: string
}

/** Must come once (design §5, Request headers), `douane-*` besides; a proxy and we could read two differently. */
const unique = new Set([
  'content-type',
  'authorization',
  'host',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'expect',
  'idempotency-key',
  'upgrade',
])

/**
 * @returns provider and raw tail, or undefined if the target is not below `/to/`
 * @throws Refused METHOD_REFUSED … EXPECTATION_FAILED, the first that applies
 */
export const enter = (
  request: IncomingMessage,
  expect: 'nothing' | 'continue' | 'other',
  limits: { readonly target_bytes: number },
): Destination | undefined => {
  if (request.method === 'TRACE' || request.method === 'CONNECT') throw new Refused('METHOD_REFUSED')
  if (request.headers.upgrade !== undefined) throw new Refused('UPGRADE_REFUSED')
  const target = request.url ?? ''
  checkTarget(target)
  if (target.length > limits.target_bytes) throw new Refused('TARGET_TOO_LONG')
  checkRepeated(request.rawHeaders)
  checkHost(request)
  checkLength(request)
  if (expect === 'other') throw new Refused('EXPECTATION_FAILED')
  return destinationOf(target)
}

const checkRepeated = (raw: readonly string[]): void => {
  const seen = new Set<string>()
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase()
    if (!unique.has(name) && !name.startsWith('douane-')) continue
    if (seen.has(name)) throw new Refused('HEADER_REPEATED')
    seen.add(name)
  }
}

/** RFC 9112 §3.2: exactly one Host in HTTP/1.1; a list or a user part is none. */
const checkHost = (request: IncomingMessage): void => {
  const host = request.headers.host
  const old = request.httpVersionMajor === 1 && request.httpVersionMinor === 0
  if (host === undefined ? !old : !/^[A-Za-z0-9.\-_:[\]]{1,255}$/.test(host)) {
    throw new Refused('TARGET_INVALID', {
      en: 'The Host header is missing or not a host.',
      fr: "L'en-tête Host manque ou n'est pas un hôte.",
    })
  }
}

/** The parser has refused both lengths together; a coding besides chunked is not one that we undo. */
const checkLength = (request: IncomingMessage): void => {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers
  if (coding !== undefined && (length !== undefined || coding.trim().toLowerCase() !== 'chunked')) {
    throw new Refused('LENGTH_CONFLICT')
  }
  if (coding !== undefined && request.httpVersionMinor === 0) throw new Refused('LENGTH_CONFLICT')
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw new Refused('LENGTH_CONFLICT')
}

/** `/to/{provider}/{path…}`; a bare `/to/{provider}` asks for `/`. */
export const destinationOf = (target: string): Destination | undefined => {
  if (!target.startsWith('/to/')) return undefined
  const end = target.slice(4).search(/[/?]/)
  const provider = end === -1 ? target.slice(4) : target.slice(4, 4 + end)
  const rest = end === -1 ? '' : target.slice(4 + end)
  return { provider, tail: rest.startsWith('/') ? rest : `/${rest}` }
}
