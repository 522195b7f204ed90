/** Public keys of a token issuer as a register file names them (RFC 7517, 7518): what is weak, of another curve, or secret. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Both } from '../lang.ts'
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
  readonly message: Both
  readonly hint?: Both
}

/** @param key whose kty fits the algorithm, with all members of its kind */
export const publicKeyFault = (key: PublicJwk, alg: TokenAlgorithm): KeyFault | undefined => {
  const curve = curves[alg]
  if (curve !== undefined && key.crv !== curve)
    return {
      member: 'crv',
      message: { en: `${alg} takes crv: ${curve}`, fr: `${alg} demande crv: ${curve}` },
      hint: {
        en: `a key of another curve makes no ${alg}`,
        fr: `une clé sur une autre courbe ne fait pas de ${alg}`,
      },
    }
  const its = imported(key)
  if (its === undefined)
    return {
      message: {
        en: 'this is no public key: its numbers do not fit together',
        fr: "ce n'est pas une clé publique : ses nombres ne concordent pas",
      },
    }
  const { modulusLength = 0, publicExponent = 0n } = its.asymmetricKeyDetails ?? {}
  if (its.asymmetricKeyType !== 'rsa') return undefined
  if (modulusLength < fewestBits)
    return {
      member: 'n',
      message: {
        en: `this RSA key has ${modulusLength} bits`,
        fr: `cette clé RSA ne compte que ${modulusLength} bits`,
      },
      hint: {
        en: `${fewestBits} or more (RFC 7518 §3.3): ask the issuer for another key`,
        fr: `il en faut ${fewestBits} ou plus (RFC 7518 §3.3) : demandez une autre clé à l'émetteur`,
      },
    }
  return publicExponent < 3n || publicExponent % 2n === 0n
    ? {
        member: 'e',
        message: {
          en: 'this exponent makes no signature',
          fr: 'cet exposant ne permet pas de signer',
        },
        hint: { en: 'usual is AQAB', fr: 'la valeur usuelle est AQAB' },
      }
    : undefined
}
