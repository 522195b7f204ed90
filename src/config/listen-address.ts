/**
 * Who may reach a plane (design §5, Transport): loopback only without TLS; another address needs `tls`, or
 * `behind_tls_proxy`, and then only the proxies may connect.
 */
import { readFileSync, statSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'
import { Misconfigured, unreadable } from '../errors.ts'
import type { Both } from '../lang.ts'

interface Listening {
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly behind_tls_proxy?: readonly string[]
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const noAddress: Both = {
  en: 'behind_tls_proxy has an entry that is no address',
  fr: "behind_tls_proxy contient une entrée qui n'est pas une adresse",
}

/** What is wrong with listening on this host, as it follows the name of the setting; undefined if nothing. */
export const checkListening = (host: string, settings: Listening): Both | undefined => {
  if (host !== 'localhost' && isIP(host) === 0)
    return { en: 'is not an IP address', fr: "n'est pas une adresse IP" }
  for (const entry of settings.behind_tls_proxy ?? []) {
    if (networkOf(entry) === undefined)
      return { en: `cannot be guarded: ${noAddress.en}`, fr: `ne peut pas être protégé : ${noAddress.fr}` }
  }
  if (isLoopback(host) || settings.tls !== undefined || settings.behind_tls_proxy !== undefined)
    return undefined
  return {
    en: 'is not loopback: that needs tls (cert, key) or behind_tls_proxy (addresses)',
    fr: "n'est pas une adresse de bouclage : il faut alors tls (cert, key) ou behind_tls_proxy (adresses)",
  }
}

const networkOf = (
  entry: string,
): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined => {
  const [address = '', prefix] = entry.split('/')
  const version = isIP(address)
  if (version === 0) return undefined
  const widest = version === 4 ? 32 : 128
  const length = prefix === undefined ? widest : Number(prefix)
  return length > widest ? undefined : { address, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/**
 * @returns whether a connection from this remote address may speak to us. With `behind_tls_proxy` only the
 *   proxies' addresses; an IPv4 address in its IPv6 form counts as itself.
 */
export const acceptsFrom = (settings: Listening): ((remote: string | undefined) => boolean) => {
  if (settings.behind_tls_proxy === undefined) return () => true
  const proxies = new BlockList()
  for (const entry of settings.behind_tls_proxy) {
    const network = networkOf(entry)
    if (network === undefined) throw new Misconfigured(noAddress.en, noAddress.fr)
    proxies.addSubnet(network.address, network.prefix, network.family)
  }
  return (remote) => {
    const version = isIP(remote ?? '')
    return version !== 0 && proxies.check(remote as string, version === 4 ? 'ipv4' : 'ipv6')
  }
}

export interface TlsFiles {
  readonly cert: Buffer
  readonly key: Buffer
}

/** @throws Misconfigured if a file cannot be read or others may read the key */
export const readTls = (home: string, settings: Listening): TlsFiles | undefined => {
  if (settings.tls === undefined) return undefined
  const read = (setting: 'cert' | 'key', file: string): Buffer => {
    const path = resolve(home, file)
    try {
      if (setting === 'key' && (statSync(path).mode & 0o077) !== 0) {
        throw new Misconfigured(
          `tls.key: ${path} can be read by others; chmod 600`,
          `tls.key : ${path} peut être lu par d'autres ; chmod 600`,
        )
      }
      return readFileSync(path)
    } catch (error) {
      if (error instanceof Misconfigured) throw error
      throw unreadable(path, error, { setting: `tls.${setting}` })
    }
  }
  return { cert: read('cert', settings.tls.cert), key: read('key', settings.tls.key) }
}
