/**
 * Where the gateway may dial (design §5, Dialling): https to public addresses, resolved once, every address
 * checked, and the connection made to a checked one. Exceptions are host:port pairs of the operator's settings.
 */
import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { Refused } from '../errors.ts'
import { isPublicAddress } from './public-address.ts'

export type Lookup = (host: string) => Promise<readonly LookupAddress[]>

/** All addresses that the system's resolver gives. */
export const lookupAll: Lookup = (host) =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error))),
  )

export interface Destinations {
  /**
   * Before the commit: may this URL be dialled?
   * @throws Refused DESTINATION_REFUSED, PROVIDER_UNREACHABLE (the name does not resolve)
   */
  check(url: URL): Promise<void>
  /** The addresses to connect to, all checked. @throws as `check` */
  addresses(url: URL): Promise<readonly LookupAddress[]>
  /** Is this the address of a connection that may carry something to this URL? */
  permits(url: URL, remote: string | undefined): boolean
}

const refused = (): Refused => new Refused('DESTINATION_REFUSED')
const portOf = (url: URL): string => (url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port)
const bare = (host: string): string => (host.startsWith('[') ? host.slice(1, -1) : host)

/** How long a resolution serves, in milliseconds: for the connection that follows it, and its neighbours. */
const serves = 5_000

/**
 * @param exceptions host:port, as in base_url
 * @param patience milliseconds that a resolution may take
 */
export const openDestinations = (
  exceptions: readonly string[],
  patience: number,
  lookup: Lookup = lookupAll,
  now: () => number = () => performance.now(),
): Destinations => {
  const excepted = new Set(exceptions.map((pair) => pair.toLowerCase()))
  const resolved = new Map<
    string,
    { readonly at: number; readonly found: Promise<readonly LookupAddress[]> }
  >()
  const isExcepted = (url: URL): boolean => excepted.has(`${url.hostname}:${portOf(url)}`)

  const checkForm = (url: URL): void => {
    if (url.username !== '' || url.password !== '' || url.hostname === '') throw refused()
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isExcepted(url))) throw refused()
  }
  const resolve = async (url: URL): Promise<readonly LookupAddress[]> => {
    const host = bare(url.hostname)
    const version = isIP(host)
    const found = version === 0 ? await inTime(lookup(host), patience) : [{ address: host, family: version }]
    if (found.length === 0) throw new Refused('PROVIDER_UNREACHABLE')
    // One bad address refuses the name: which one a connection takes is not ours to know.
    if (!isExcepted(url) && !found.every(({ address }) => isPublicAddress(address))) throw refused()
    return found
  }
  const addresses = (url: URL): Promise<readonly LookupAddress[]> => {
    const key = url.origin
    const kept = resolved.get(key)
    if (kept !== undefined && now() - kept.at < serves) return kept.found
    const found = resolve(url)
    resolved.set(key, { at: now(), found })
    found.catch(() => {
      if (resolved.get(key)?.found === found) resolved.delete(key)
    })
    return found
  }
  return {
    async check(url) {
      checkForm(url)
      await addresses(url)
    },
    async addresses(url) {
      checkForm(url)
      return addresses(url)
    },
    permits: (url, remote) => remote !== undefined && (isExcepted(url) || isPublicAddress(unmapped(remote))),
  }
}

/** A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d. */
const unmapped = (address: string): string => (/^::ffff:\d/i.test(address) ? address.slice(7) : address)

const inTime = async <T>(work: Promise<T>, patience: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refused('PROVIDER_UNREACHABLE')), patience)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    throw new Refused('PROVIDER_UNREACHABLE')
  } finally {
    clearTimeout(timer)
  }
}
