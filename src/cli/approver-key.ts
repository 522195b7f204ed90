/** The private key of an approver, in a file of its own that only its holder may read. */
import { readPrivate } from '../config/private-file.ts'
import { Misconfigured } from '../errors.ts'
import type { ApproverKey } from '../policy/mandate.ts'

const form = /^[A-Za-z0-9_-]{43}$/

/** @throws Misconfigured if it cannot be read, may be read by others, or is no such key */
export const readApproverKey = (path: string): ApproverKey => {
  const bytes = readPrivate(path)
  if (bytes === undefined)
    throw new Misconfigured(`${path}: there is no such file`, `${path} : ce fichier n'existe pas`)
  let key: Partial<ApproverKey> | null = null
  try {
    key = JSON.parse(bytes.toString('utf8')) as Partial<ApproverKey> | null
  } catch {
    // said below
  }
  const right =
    key?.kty === 'OKP' &&
    key.crv === 'Ed25519' &&
    [key.x, key.d, key.kid].every((part) => typeof part === 'string' && form.test(part)) &&
    typeof key.name === 'string'
  if (!right)
    throw new Misconfigured(
      `${path}: is not the key of an approver (douane keys approver NAME)`,
      `${path} : n'est pas la clé d'un approbateur (douane keys approver NOM)`,
    )
  return key as ApproverKey
}
