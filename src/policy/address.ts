/** What is wrong with an address of a register entry. */
export interface AddressFault {
  readonly message: string
  readonly hint?: string
}

/** 127.0.0.0/8, ::1 and localhost: where a demo or a local bridge may speak plain http. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const safeScheme = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))

const secure: AddressFault = {
  message: 'the address must begin with https://',
  hint: 'plain http is for loopback addresses only',
}

/**
 * base_url is what every outgoing URL begins with and what the provider's credential is bound to, so it is
 * written in exactly one way: the URL parser may not change a letter of it.
 */
export const baseUrlFault = (text: string): AddressFault | undefined => {
  const url = parse(text)
  if (url === undefined)
    return { message: 'this is not an address', hint: 'write https://api.example.com/path' }
  if (url.username !== '' || url.password !== '') {
    return { message: 'the address carries credentials', hint: 'keep them with douane keys provider' }
  }
  if (text.includes('?')) return { message: 'the address carries a query', hint: 'end it at the path' }
  if (text.includes('#')) return { message: 'the address carries a fragment', hint: 'end it at the path' }
  if (!safeScheme(url)) return secure
  if (url.href !== text && url.href !== `${text}/`) {
    return { message: 'the address is not in its plain form', hint: `write ${url.href}` }
  }
  if (/%2f|%5c|%00|%2e|\/\//i.test(url.pathname)) {
    return { message: 'the path of the address has // or an encoded separator', hint: 'write plain segments' }
  }
  return undefined
}

/** hosts are origins: scheme, host, port. */
export const originFault = (text: string): AddressFault | undefined => {
  const url = parse(text)
  if (url === undefined) return { message: 'this is not an address', hint: 'write https://files.example.com' }
  if (!safeScheme(url)) return secure
  return url.origin === text
    ? undefined
    : { message: 'an origin is scheme, host and port only', hint: `write ${url.origin}` }
}

/** Headers that a register may never pass: they belong to the connection, to identity, or to the gateway. */
const ours =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|content-encoding|accept-encoding|authorization|cookie|forwarded|via|proxy-.*|x-forwarded-.*|douane-.*)$/

export const isOurHeader = (name: string): boolean => ours.test(name)
