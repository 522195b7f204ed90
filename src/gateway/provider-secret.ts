import type { ProviderCredentials } from '../config/provider-credentials.ts'
import { Refused } from '../errors.ts'
import type { Passage } from '../judge/decide.ts'
import type { Secret } from './request-headers.ts'

/**
 * What lets us in at the provider: our secret, bound to its origin, or the client's own Authorization.
 * @throws Refused PROVIDER_CREDENTIAL_MISSING
 */
export function secretOf(
  passage: Passage,
  authorization: string | undefined,
  credentials: ProviderCredentials,
): Secret | undefined {
  const { provider } = passage
  if (provider.credentials === 'none') return undefined
  const found =
    provider.credentials === 'provider'
      ? credentials.of(provider)
      : authorization === undefined
        ? undefined
        : { header: 'authorization', value: authorization }
  if (found === undefined) throw new Refused('PROVIDER_CREDENTIAL_MISSING')
  return found
}
