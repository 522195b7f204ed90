/**
 * A client's token (JWT, RFC 7519, with the advice of RFC 8725): the register binds issuer and subject to one
 * client and to one algorithm. What the token says of keys (`jku`, `x5u`, `jwk`, `x5c`) is not looked at.
 */
import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose'
import type { CryptoKey, JWTPayload } from 'jose'
import { Refused } from '../errors.ts'
import type { Client, PublicJwk, TokenAlgorithm, TokenBinding } from '../model/register.ts'
import { publicKeyFault } from '../policy/public-key.ts'
import type { IssuerKeys } from './issuer-keys.ts'

export interface Tokens {
  /** Whether this is meant for us: a token that names this gateway. Such a one never goes to a provider. */
  ours(credential: string): boolean
  /** Whose it is. @throws Refused CREDENTIAL_INVALID, ISSUER_UNAVAILABLE */
  client(token: string, clients: ReadonlyMap<string, Client>): Promise<string>
}

const form = /^[A-Za-z0-9_-]{1,4096}\.[A-Za-z0-9_-]{1,8192}\.[A-Za-z0-9_-]{0,2048}$/

/** Three parts in base64url. */
export const looksLikeToken = (text: string): boolean => form.test(text)

/** Seconds. */
const longestLife = 3_600
const skew = 60
/** Keys of one id, or of a token without one, that are tried. */
const mostTried = 8

type Bindings = ReadonlyMap<string, readonly [string, TokenBinding]>
const bound = new WeakMap<ReadonlyMap<string, Client>, Bindings>()
const bindingsOf = (clients: ReadonlyMap<string, Client>): Bindings => {
  let found = bound.get(clients)
  if (found === undefined) {
    found = new Map(
      [...clients.values()].flatMap(({ id, jwt }) =>
        jwt === undefined ? [] : [[JSON.stringify([jwt.issuer, jwt.subject]), [id, jwt]] as const],
      ),
    )
    bound.set(clients, found)
  }
  return found
}

const imported = new WeakMap<PublicJwk, Promise<CryptoKey | Uint8Array>>()
/** @throws Error for a key that `policy check` would refuse, which an issuer's address may give all the same */
const keyOf = (jwk: PublicJwk, alg: TokenAlgorithm): Promise<CryptoKey | Uint8Array> => {
  let key = imported.get(jwk)
  if (key === undefined) {
    const weak = publicKeyFault(jwk, alg)
    key = weak === undefined ? importJWK({ ...jwk }, alg) : Promise.reject(new Error('weak'))
    imported.set(jwk, key)
  }
  return key
}

/**
 * @param audience what `aud` must name
 * @param now for tests
 */
export const openTokens = (
  audience: string,
  issuers: IssuerKeys,
  now: () => Date = () => new Date(),
): Tokens => {
  const verified = async (token: string, jwt: TokenBinding, kid: string | undefined): Promise<JWTPayload> => {
    const keys =
      jwt.jwks_uri === undefined
        ? (jwt.keys ?? []).filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
        : await issuers.of(jwt.jwks_uri, kid)
    const options = {
      algorithms: [jwt.alg],
      issuer: jwt.issuer,
      subject: jwt.subject,
      audience,
      clockTolerance: skew,
      requiredClaims: ['exp', 'iat'],
      currentDate: now(),
    }
    for (const jwk of keys.slice(0, mostTried)) {
      try {
        return (await jwtVerify(token, await keyOf(jwk, jwt.alg), options)).payload
      } catch (error) {
        // The signature holds and a claim does not: who made the token may know which.
        if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
          throw refusedFor(error.claim)
      }
    }
    throw new Refused('CREDENTIAL_INVALID')
  }

  return {
    ours(credential) {
      if (!looksLikeToken(credential)) return false
      try {
        return [decodeJwt(credential).aud].flat().includes(audience)
      } catch {
        return false
      }
    },
    async client(token, clients) {
      const { iss, sub, kid } = claimed(token)
      const [client, jwt] = bindingsOf(clients).get(JSON.stringify([iss, sub])) ?? []
      if (client === undefined || jwt === undefined) throw new Refused('CREDENTIAL_INVALID')
      const { exp = Number.NaN, iat = Number.NaN } = await verified(token, jwt, kid)
      // Negated, so that what is no number refuses too.
      if (!(exp - iat <= longestLife)) throw refusedFor('exp')
      if (!(iat <= now().getTime() / 1000 + skew)) throw refusedFor('iat')
      return client
    },
  }
}

/** What the token says of itself, before anything is proven. @throws Refused CREDENTIAL_INVALID */
const claimed = (token: string): { iss: unknown; sub: unknown; kid: string | undefined } => {
  try {
    const header = decodeProtectedHeader(token) as Record<string, unknown>
    const { iss, sub } = decodeJwt(token)
    // No extension is understood here, so that a critical one (RFC 7515 §4.1.11) refuses.
    if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) throw new Refused('CREDENTIAL_INVALID')
    const kid = header['kid']
    if (kid !== undefined && typeof kid !== 'string') throw new Refused('CREDENTIAL_INVALID')
    return { iss, sub, kid }
  } catch {
    throw new Refused('CREDENTIAL_INVALID')
  }
}

const claims: Readonly<Record<string, readonly [en: string, fr: string]>> = {
  exp: ['it has expired, or is made for more than an hour', "il a expiré, ou vaut plus d'une heure"],
  iat: [
    'it does not say when it was made, or was made in the future',
    "sa date d'émission manque ou est à venir",
  ],
  nbf: ['it is not valid yet', 'il ne vaut pas encore'],
  aud: ['it is not made for this gateway', "il n'est pas fait pour cette passerelle"],
}

const refusedFor = (claim: string): Refused => {
  const said = claims[claim]
  if (said === undefined) return new Refused('CREDENTIAL_INVALID')
  return new Refused('CREDENTIAL_INVALID', { en: `The token: ${said[0]}.`, fr: `Le jeton : ${said[1]}.` })
}
