/** Public keys of a token issuer as a register file names them (RFC 7517, 7518): what is weak, of another curve, or secret. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { PublicJwk, TokenAlgorithm } from '../model/register.ts'

/** Members that only a private or shared key has (RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 8037 §2). */
export const secretMembers: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const curves: Readonly<Partial<Record<TokenAlgorithm, string>>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
}

/** RFC 7518 §3.3: 2048 bits or more. */
const fewestBits = 2048

const imported = (key: PublicJwk): KeyObject | undefined => {
  try {
    return createPublicKey({ key: { ...key }, format: 'jwk' })
  } catch {
    return undefined
  }
}

export interface KeyFault {
  /** Silent: the key as a whole. */
  readonly member?: string
  readonly message: string
  readonly hint?: string
}

/** @param key whose kty fits the algorithm, with all members of its kind */
export const publicKeyFault = (key: PublicJwk, alg: TokenAlgorithm): KeyFault | undefined => {
  const curve = curves[alg]
  if (curve !== undefined && key.crv !== curve)
    return {
      member: 'crv',
      message: `${alg} takes crv: ${curve}`,
      hint: `a key of another curve makes no ${alg}`,
    }
  const its = imported(key)
  if (its === undefined) return { message: 'this is no public key: its numbers do not fit together' }
  const { modulusLength = 0, publicExponent = 0n } = its.asymmetricKeyDetails ?? {}
  if (its.asymmetricKeyType !== 'rsa') return undefined
  if (modulusLength < fewestBits)
    return {
      member: 'n',
      message: `this RSA key has ${modulusLength} bits`,
      hint: `${fewestBits} or more (RFC 7518 §3.3): ask the issuer for another key`,
    }
  return publicExponent < 3n || publicExponent % 2n === 0n
    ? { member: 'e', message: 'this exponent makes no signature', hint: 'usual is AQAB' }
    : undefined
}
