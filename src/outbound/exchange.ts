/**
 * One bounded exchange with a party besides the providers: to https and public addresses or the operator's exceptions,
 * bounded in time and size, without redirects and without a second try. What is sent is a checkpoint or a digest of it; to
 * an analyser of the operator's the texts of a payload; to a token issuer nothing.
 */
import { Pool } from 'undici'
import { connectorTo } from './connector.ts'
import { openDestinations } from './destination.ts'
import type { Lookup } from './destination.ts'
import { Unanswered } from './unanswered.ts'

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
  get(accept: string): Promise<Answer>
  /** @throws Unanswered */
  post(type: string, body: Buffer | string): Promise<Answer>
  close(): Promise<void>
}

export interface PartyOptions {
  /** Whole exchange, milliseconds; default 10 s. */
  readonly patienceMs?: number
  /** Largest answer in bytes; default 64 KiB. */
  readonly most?: number
  /** At once; default 4. */
  readonly connections?: number
  /** Milliseconds that an idle connection stays open; default 4 s. */
  readonly idleMs?: number
  /** PEM of authorities besides the public ones. */
  readonly ca?: readonly string[] | undefined
  readonly lookup?: Lookup
}

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

/** @param url of the party, from the settings or the register */
export const openParty = (url: string, settings: PartySettings, options: PartyOptions = {}): Party => {
  const { patienceMs = 10_000, most = 65_536, connections = 4, idleMs = 4_000, ca, lookup } = options
  const place = new URL(url)
  const destinations = openDestinations(settings.dial_exceptions, patienceMs, lookup)
  const pool = new Pool(place.origin, {
    connections,
    keepAliveTimeout: idleMs,
    pipelining: 1,
    allowH2: false,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connect: connectorTo(new URL(place.origin), destinations, patienceMs, ca),
  })
  const exchange = async (ask: Asked, signal: AbortSignal): Promise<Answer> => {
    await destinations.check(place)
    const answer = await pool.request({
      path: `${place.pathname}${place.search}`,
      signal,
      ...ask,
      headers: { ...ask.headers, 'user-agent': 'douane' },
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
  const answered = async (ask: Asked): Promise<Answer> => {
    try {
      return await exchange(ask, AbortSignal.timeout(patienceMs))
    } catch {
      // what the library says may hold addresses and headers: nothing of it goes further
      throw new Unanswered(
        `${place.host} gave no answer that can be used`,
        `${place.host} n'a pas donné de réponse utilisable`,
      )
    }
  }
  return {
    get: (accept) => answered({ method: 'GET', headers: { accept } }),
    post: (type, body) => answered({ method: 'POST', headers: { 'content-type': type }, body }),
    close: () => pool.destroy(),
  }
}
