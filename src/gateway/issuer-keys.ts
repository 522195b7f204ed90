/**
 * Public keys of a token issuer, fetched from its `jwks_uri` (RFC 7517 §5): an outbound party besides the
 * providers (design §2.1). It is sent a GET without a body, dialled under the rules of providers (https to public
 * addresses, or the operator's exceptions), follows no redirect, and takes a small answer.
 */
import { Refused } from '../errors.ts'
import type { PublicJwk } from '../model/register.ts'
import type { Lookup } from '../outbound/destination.ts'
import { type Party, openParty } from '../outbound/exchange.ts'

export interface IssuerKeys {
  /**
   * The keys that may have made a token: those of that id, or all if the token names none. An id that is not
   * known is asked for anew, but not more often than every `cooldownMs`, whoever sends how many tokens.
   * @throws Refused ISSUER_UNAVAILABLE
   */
  of(uri: string, kid: string | undefined): Promise<readonly PublicJwk[]>
  close(): Promise<void>
}

/** In milliseconds. How long a set serves, how often one is asked for, and how long an answer may take. */
const times = { fresh: 600_000, cooldown: 30_000, patience: 5_000 }
/** A set that cannot be renewed serves so long, so that an issuer's bad hour is not ours; then it refuses. */
const serves = 3_600_000
const mostBytes = 262_144
const mostKeys = 64
/** Of a register: more addresses are a mistake. */
const mostSets = 256

interface Kept {
  keys: readonly PublicJwk[]
  /** When the keys came; -Infinity: never. */
  at: number
  /** When they were last asked for, whatever came. */
  asked: number
  asking?: Promise<void>
}

/**
 * @param exceptions host:port, as in `jwks_uri`
 * @param ca PEM of authorities besides the public ones
 * @param now milliseconds, monotonic
 */
export const openIssuerKeys = (
  exceptions: readonly string[],
  ca?: readonly string[],
  lookup?: Lookup,
  now: () => number = () => performance.now(),
): IssuerKeys => {
  const parties = new Map<string, Party>()
  const sets = new Map<string, Kept>()

  const partyOf = (uri: string): Party => {
    let party = parties.get(uri)
    if (party === undefined) {
      const limits = { patienceMs: times.patience, most: mostBytes, connections: 1, idleMs: 1_000 }
      party = openParty(uri, { dial_exceptions: exceptions }, { ...limits, ca, ...(lookup && { lookup }) })
      parties.set(uri, party)
    }
    return party
  }

  const fetched = async (uri: string): Promise<readonly PublicJwk[]> => {
    const { status, body } = await partyOf(uri).get('application/jwk-set+json, application/json')
    if (status !== 200) throw new Error('status')
    return keysIn(body.toString('utf8'))
  }

  /** The register names others by now. */
  const forget = async (): Promise<void> => {
    const old = [...parties.values()]
    parties.clear()
    sets.clear()
    await Promise.all(old.map((party) => party.close()))
  }

  const ask = async (uri: string, kept: Kept): Promise<void> => {
    try {
      kept.keys = await fetched(uri)
      kept.at = now()
    } catch {
      // What came before serves on; if nothing did, or too long ago, `of` refuses.
    } finally {
      delete kept.asking
    }
  }
  const renew = (uri: string, kept: Kept): Promise<void> => {
    kept.asked = now()
    return (kept.asking = ask(uri, kept))
  }

  return {
    async of(uri, kid) {
      let kept = sets.get(uri)
      if (kept === undefined) {
        if (sets.size >= mostSets) await forget()
        kept = { keys: [], at: Number.NEGATIVE_INFINITY, asked: Number.NEGATIVE_INFINITY }
        sets.set(uri, kept)
      }
      const known = kid === undefined ? kept.keys.length > 0 : kept.keys.some((key) => key.kid === kid)
      const stale = now() - kept.at > times.fresh
      if (kept.asking !== undefined) {
        if (!known || stale) await kept.asking
      } else if ((!known || stale) && now() - kept.asked >= times.cooldown) await renew(uri, kept)
      if (now() - kept.at > serves) throw new Refused('ISSUER_UNAVAILABLE')
      return kid === undefined ? kept.keys : kept.keys.filter((key) => key.kid === kid)
    },
    close: forget,
  }
}

const partsOf = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] } as const
const isKind = (kty: unknown): kty is PublicJwk['kty'] =>
  typeof kty === 'string' && Object.hasOwn(partsOf, kty)

/** Signature keys of a set, each as its public members alone; what is of another kind is left out. */
const keysIn = (text: string): PublicJwk[] => {
  const list = (JSON.parse(text) as { keys?: unknown } | null)?.keys
  if (!Array.isArray(list)) throw new Error('no set')
  return list.slice(0, mostKeys).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const key = entry as Record<string, unknown>
    if (!isKind(key['kty']) || (key['use'] !== undefined && key['use'] !== 'sig')) return []
    const members = [...partsOf[key['kty']], ...(key['kid'] === undefined ? [] : ['kid'])]
    if (!members.every((name) => typeof key[name] === 'string')) return []
    return [
      {
        kty: key['kty'],
        ...Object.fromEntries(members.map((name) => [name, key[name]])),
      } as PublicJwk,
    ]
  })
}
