/** The time-stamping authority: RFC 3161 over HTTP (§3.4). It sees a digest of a checkpoint, no record. */
import { randomBytes } from 'node:crypto'
import { maxResponse, openTimestamp, timestampRequest } from '../audit/timestamp.ts'
import type { Stamp } from '../audit/timestamp.ts'
import type { Certificate } from '../audit/verify-certificate.ts'
import { openParty } from './exchange.ts'
import { Unanswered } from './unanswered.ts'
import type { PartyOptions, PartySettings } from './exchange.ts'

export interface Authority {
  /** @throws TimestampRefused; Unanswered */
  readonly stamp: Stamp
  close(): Promise<void>
}

/**
 * @param roots the authority's root certificates, pinned by the operator
 * @param now our clock; a token that is more than ten minutes away from it is not believed
 */
export const openAuthority = (
  url: string,
  roots: readonly Certificate[],
  settings: PartySettings,
  options: PartyOptions = {},
  now: () => Date = () => new Date(),
): Authority => {
  const party = openParty(url, settings, { ...options, most: maxResponse })
  return {
    async stamp(bytes) {
      const nonce = randomBytes(16)
      const request = timestampRequest(bytes, nonce)
      const { status, type, body } = await party.post('application/timestamp-query', request)
      if (status !== 200 || type !== 'application/timestamp-reply')
        throw new Unanswered(
          `the time-stamping authority answered ${status}, and not with a time-stamp`,
          `l'autorité d'horodatage a répondu ${status}, et sans horodatage`,
        )
      return openTimestamp(body, { bytes, nonce, request }, roots, now())
    },
    close: () => party.close(),
  }
}
