/**
 * Who calls: a Douane key or a token as Bearer, as Basic password or in `Douane-Key`; two must name the same
 * client (design §5, Who). What is meant for us is never taken for the provider's Authorization.
 */
import type { IncomingMessage } from 'node:http'
import { looksLikeKey } from '../config/credentials.ts'
import type { Holder, KeyRing } from '../config/credentials.ts'
import { Refused } from '../errors.ts'
import type { Client } from '../model/register.ts'
import { type Tokens, looksLikeToken } from './token.ts'

/** The caller, and its own Authorization for the provider, if that header held no Douane key. */
export interface Caller {
  readonly client: string
  /** Id of the key; `jwt` for a token. */
  readonly key: string
  readonly authorization?: string
}

/** What an Authorization header holds: a Douane key, or something else. */
const keyIn = (authorization: string): string | undefined => {
  const [, scheme = '', rest = ''] = /^([A-Za-z]{1,32}) +([\x21-\x7e]{1,8192})$/.exec(authorization) ?? []
  if (scheme.toLowerCase() === 'bearer') return rest
  if (scheme.toLowerCase() !== 'basic' || !/^[A-Za-z0-9+/]+={0,2}$/.test(rest)) return undefined
  const pair = Buffer.from(rest, 'base64').toString('latin1')
  const colon = pair.indexOf(':')
  return colon === -1 ? undefined : pair.slice(colon + 1)
}

/**
 * @param clients the register in force; asked for only if a token was sent
 * @throws Refused CREDENTIAL_MISSING, CREDENTIAL_INVALID, CREDENTIAL_CONFLICT, ISSUER_UNAVAILABLE
 */
export const identify = async (
  request: Pick<IncomingMessage, 'headers'>,
  keys: KeyRing,
  tokens: Tokens,
  clients: () => ReadonlyMap<string, Client>,
): Promise<Caller> => {
  const { authorization } = request.headers
  const own = request.headers['douane-key']
  const inAuthorization = authorization === undefined ? undefined : keyIn(authorization)
  const presented: string[] = []
  if (own !== undefined) presented.push(String(own).trim())
  // Beside Douane-Key another Authorization is the provider's; alone it can only be meant for us.
  const theirs =
    own !== undefined &&
    inAuthorization !== undefined &&
    !looksLikeKey(inAuthorization) &&
    !tokens.ours(inAuthorization)
  if (inAuthorization !== undefined && !theirs) presented.push(inAuthorization)
  if (presented.length === 0) {
    throw new Refused(authorization === undefined ? 'CREDENTIAL_MISSING' : 'CREDENTIAL_INVALID')
  }
  const callers: { readonly client: string; readonly key: string }[] = []
  for (const credential of presented)
    callers.push(
      looksLikeToken(credential)
        ? { client: await tokens.client(credential, clients()), key: 'jwt' }
        : clientOf(keys.holder(credential)),
    )
  const first = callers[0] as { client: string; key: string }
  if (callers.some(({ client }) => client !== first.client)) throw new Refused('CREDENTIAL_CONFLICT')
  const passes = own !== undefined && authorization !== undefined && (inAuthorization === undefined || theirs)
  // What cannot be read cannot be known not to be ours; it goes to nobody, whatever the register lets pass.
  if (passes && !isTheirs(authorization, tokens)) throw new Refused('CREDENTIAL_INVALID', unjudged)
  return { ...first, ...(passes ? { authorization } : {}) }
}

const unjudged = {
  en: 'The Authorization beside Douane-Key is too long, or holds a credential of Douane in a form that is not read: nobody gets it.',
  fr: "L'Authorization à côté de Douane-Key est trop longue, ou porte un accès de Douane sous une forme qui n'est pas lue : personne ne la reçoit.",
} as const

const longestTheirs = 8_192

/** Whether an Authorization that holds no credential which we read holds none that we would not: by its length, and by each of its words. */
const isTheirs = (authorization: string, tokens: Tokens): boolean => {
  if (authorization.length > longestTheirs) return false
  const [, scheme = '', rest = ''] = /^(bearer|basic) +(.*)$/is.exec(authorization) ?? []
  if (scheme !== '' && keyIn(authorization) === undefined) return false
  const pair = scheme.toLowerCase() === 'basic' ? Buffer.from(rest, 'base64').toString('latin1') : ''
  return `${authorization}:${pair}`
    .split(/[\s,;:="]+/)
    .every((word) => !looksLikeKey(word) && !tokens.ours(word))
}

/** A person's key opens the control plane only. */
const clientOf = (holder: Holder | undefined): { readonly client: string; readonly key: string } => {
  if (holder?.kind !== 'client') throw new Refused('CREDENTIAL_INVALID')
  return { client: holder.client, key: holder.key }
}
