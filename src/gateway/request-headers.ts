/** Which headers of a request go on (design §5, Request headers): a short list and the register's, nothing else. */
import { Refused } from '../errors.ts'
import type { Provider } from '../model/register.ts'

/** Always go; values are treated like the body's. */
const always = new Set([
  'accept',
  'accept-language',
  'content-type',
  'content-language',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'prefer',
  'soapaction',
])

/**
 * They say in what language to answer and are no findings (design §5), so nothing else may travel in them:
 * RFC 9110 §12.5.4, language ranges with weights.
 */
const languageHeaders = new Set(['accept-language', 'content-language'])
const languages = /^(?:\*|[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,4})(?:;q=[01](?:\.\d{0,3})?)?$/i
const saysLanguages = (value: string): boolean =>
  value.length <= 256 && value.split(',').every((part) => languages.test(part.replaceAll(/[ \t]/g, '')))

/** Never go, whatever the register lists: they speak of this connection, are ours, or frame the message. */
const never = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
  'authorization',
])

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Text of a header value. The wire gives bytes (as latin1 characters); they are read as UTF-8.
 * @throws Refused CHARSET_UNSUPPORTED
 */
export const textOf = (wire: string): string => {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(wire)) return wire
  try {
    return utf8.decode(Buffer.from(wire, 'latin1'))
  } catch {
    throw new Refused('CHARSET_UNSUPPORTED')
  }
}

/** The bytes of a text as the wire wants them. */
export const wireOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Names in a Connection header are hop-by-hop too (RFC 9110 §7.6.1). */
export const connectionNames = (raw: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>()
  for (let i = 0; i < raw.length; i += 2) {
    if ((raw[i] as string).toLowerCase() !== 'connection') continue
    for (const name of (raw[i + 1] as string).split(',')) names.add(name.trim().toLowerCase())
  }
  return names
}

/**
 * The headers of a request that may go, before treatment: lower-case names, decoded values, in their order.
 * @param raw `IncomingMessage.rawHeaders`
 * @throws Refused CHARSET_UNSUPPORTED
 */
export const requestHeaders = (
  raw: readonly string[],
  provider: Pick<Provider, 'headers'>,
): (readonly [name: string, value: string])[] => {
  const pass = new Set(provider.headers.pass.map((name) => name.toLowerCase()))
  const hop = connectionNames(raw)
  const out: (readonly [string, string])[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase()
    if (!always.has(name) && !pass.has(name)) continue
    if (never.has(name) || name.startsWith('douane-') || hop.has(name)) continue
    const value = textOf(raw[i + 1] as string)
    if (languageHeaders.has(name) && !saysLanguages(value)) continue
    out.push([name, value])
  }
  return out
}

/** A header that is sent with a secret of ours or of the client. */
export interface Secret {
  readonly header: string
  readonly value: string
}

/**
 * The headers as they leave: the treated ones, then what we set. Host and Content-Length are set by the
 * dialler from the URL and the body.
 */
export const outgoingHeaders = (
  treated: readonly (readonly [name: string, value: string])[],
  tid: string,
  secret?: Secret,
): (readonly [name: string, value: string])[] => {
  const kept = secret === undefined ? treated : treated.filter(([name]) => name !== secret.header)
  return [
    ...kept,
    ['accept-encoding', 'identity'],
    ['douane-transfer', tid],
    ...(secret === undefined ? [] : [[secret.header, secret.value] as const]),
  ]
}
