/**
 * One POST to a party that the operator named: to https and public addresses or the operator's exceptions, bounded
 * in time and size, without redirects and without a second try. What is sent is a checkpoint or a digest of it; to an
 * analyser of the operator's the texts of a payload.
 */
import { Pool } from 'undici'
import { connectorTo } from './connector.ts'
import { openDestinations } from './destination.ts'
import type { Lookup } from './destination.ts'

/** No whole answer came, or none may be asked for. The message names the party, never what was sent. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

export interface PartySettings {
  readonly dial_exceptions: readonly string[]
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: Buffer
}

export interface Party {
  /** @throws Unanswered */
  post(type: string, body: Buffer | string): Promise<Answer>
  close(): Promise<void>
}

export interface PartyOptions {
  /** Whole exchange, milliseconds; default 10 s. */
  readonly patienceMs?: number
  /** Largest answer in bytes; default 64 KiB. */
  readonly most?: number
  /** PEM of authorities besides the public ones. */
  readonly ca?: readonly string[] | undefined
  readonly lookup?: Lookup
}

/** @param url of the party, from the settings */
export const openParty = (url: string, settings: PartySettings, options: PartyOptions = {}): Party => {
  const { patienceMs = 10_000, most = 65_536, ca, lookup } = options
  const place = new URL(url)
  const destinations = openDestinations(settings.dial_exceptions, patienceMs, lookup)
  const pool = new Pool(place.origin, {
    connections: 4,
    pipelining: 1,
    allowH2: false,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connect: connectorTo(new URL(place.origin), destinations, patienceMs, ca),
  })
  const exchange = async (type: string, body: Buffer | string, signal: AbortSignal): Promise<Answer> => {
    await destinations.check(place)
    const answer = await pool.request({
      method: 'POST',
      path: `${place.pathname}${place.search}`,
      headers: { 'content-type': type, 'user-agent': 'douane' },
      body,
      signal,
    })
    const parts: Buffer[] = []
    let length = 0
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      length += part.length
      if (length > most) throw new RangeError('too long')
      parts.push(part)
    }
    const [said = ''] = [answer.headers['content-type'] ?? ''].flat()
    return {
      status: answer.statusCode,
      type: said.split(';')[0]!.trim().toLowerCase(),
      body: Buffer.concat(parts),
    }
  }
  return {
    async post(type, body) {
      const signal = AbortSignal.timeout(patienceMs)
      try {
        return await exchange(type, body, signal)
      } catch {
        // what the library says may hold addresses and headers: nothing of it goes further
        throw new Unanswered(`${place.host} gave no answer that can be used`)
      }
    },
    close: () => pool.destroy(),
  }
}
