/** What a transfer is for: `Douane-Purpose`, `Douane-Case`, `Douane-Subject`, `Idempotency-Key`, `Douane-Wait`. */
import type { IncomingMessage } from 'node:http'
import { Refused } from '../errors.ts'
import type { Client, Provider, Purpose } from '../model/register.ts'
import { textOf } from './request-headers.ts'

export interface WhatFor {
  readonly client: Client
  readonly provider: Provider
  /** Id of the purpose, and its entry. */
  readonly purpose: string
  readonly terms: Purpose
  /** In the clear: only for keyed digests, never stored. */
  readonly case?: string
  readonly subject?: string
  readonly idempotencyKey?: string
  readonly wait?: Wait
}

/** `Douane-Wait`: answer only once the record is in a signed tree, or witnesses have seen that tree. */
export type Wait = 'integrated' | 'witnessed'

interface Register {
  readonly clients: ReadonlyMap<string, Client>
  readonly providers: ReadonlyMap<string, Provider>
}

const longest = 256

const one = (headers: IncomingMessage['headers'], name: string): string | undefined => {
  const raw = headers[name]
  if (raw === undefined || raw === '') return undefined
  const value = textOf(String(raw))
  if (value.length > longest) throw new Refused('HEADERS_TOO_LARGE')
  return value
}

/**
 * Finds client, provider and purpose in the register and reads the headers that go with them.
 * `known` receives the ids as each is proven; `waits` is what a client may wait for here.
 * @throws Refused CREDENTIAL_INVALID (a key of a client that is not registered), PROVIDER_UNKNOWN,
 *   PURPOSE_MISSING, PURPOSE_UNKNOWN, CASE_MISSING, HEADERS_TOO_LARGE, CHARSET_UNSUPPORTED, EXPECTATION_FAILED
 */
export const whatFor = (
  request: Pick<IncomingMessage, 'headers'>,
  caller: { readonly client: string },
  providerId: string,
  register: Register,
  known: { provider?: string; purpose?: string },
  waits: readonly Wait[],
): WhatFor => {
  const { headers } = request
  const wait = one(headers, 'douane-wait')
  const awaited = waits.find((one) => one === wait)
  if (wait !== undefined && awaited === undefined) throw new Refused('EXPECTATION_FAILED')
  const client = register.clients.get(caller.client)
  if (client === undefined) throw new Refused('CREDENTIAL_INVALID')
  const provider = register.providers.get(providerId)
  if (provider === undefined) throw new Refused('PROVIDER_UNKNOWN')
  known.provider = provider.id
  const purpose = one(headers, 'douane-purpose') ?? client.default_purpose
  if (purpose === undefined) throw new Refused('PURPOSE_MISSING')
  const terms = Object.hasOwn(client.purposes, purpose) ? client.purposes[purpose] : undefined
  if (terms === undefined) throw new Refused('PURPOSE_UNKNOWN')
  known.purpose = purpose
  const caseText = one(headers, 'douane-case')
  if (terms.scope === 'case' && caseText === undefined) throw new Refused('CASE_MISSING')
  const subject = one(headers, 'douane-subject')
  const idempotencyKey = one(headers, 'idempotency-key')
  return {
    client,
    provider,
    purpose,
    terms,
    ...(caseText === undefined ? {} : { case: caseText }),
    ...(subject === undefined ? {} : { subject }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(awaited === undefined ? {} : { wait: awaited }),
  }
}
