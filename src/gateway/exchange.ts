/** One request at the data plane's door, from its first byte to the last of its answer. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Forwarded } from '../errors.ts'
import { languageOf } from './problem.ts'
import type { Lang } from '../lang.ts'

/** What is proven of a request so far: a refusal record may name it, and nothing else. */
export interface Known {
  client?: string
  /** Only ids of the register. */
  provider?: string
  purpose?: string
  /** Of the decision, once there is one that lets the transfer pass. */
  verdict?: 'allow' | 'treat'
  /** `no` until the line hands the request to `forward`. */
  forwarded: Forwarded
}

export interface Exchange {
  /** 128 random bits, 32 hex digits. */
  readonly tid: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly lang: Lang
  readonly idempotent: boolean
  /** What the client expects before it sends its body. */
  readonly expect: 'nothing' | 'continue' | 'other'
  /** performance.now() at the door. */
  readonly began: number
  readonly known: Known
  /** Runs when the answer has ended, or the client has gone. */
  onEnd(release: () => void): void
  /** Aborted with a ClientGone when the client goes away before its answer. */
  gone(): AbortSignal
}

/** Random in bulk: one system call for 256 ids. */
let pool = Buffer.alloc(0)
let at = 0
export const newTid = (): string => {
  if (at === pool.length) {
    pool = randomBytes(4096)
    at = 0
  }
  const tid = pool.toString('hex', at, at + 16)
  at += 16
  return tid
}

/** The client went away: nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

const goneSignal = (response: ServerResponse): AbortSignal => {
  const control = new AbortController()
  const gone = (): void => control.abort(new ClientGone('the client went away'))
  if (response.closed || response.destroyed) gone()
  else response.once('close', () => response.writableFinished || gone())
  return control.signal
}

export const openExchange = (
  request: IncomingMessage,
  response: ServerResponse,
  expect: Exchange['expect'],
): { readonly exchange: Exchange; readonly end: () => void } => {
  const releases: (() => void)[] = []
  const exchange: Exchange = {
    tid: newTid(),
    request,
    response,
    lang: languageOf(request.headers['accept-language']),
    idempotent: request.headers['idempotency-key'] !== undefined,
    expect,
    began: performance.now(),
    known: { forwarded: 'no' },
    onEnd: (release) => void releases.push(release),
    gone: () => goneSignal(response),
  }
  return {
    exchange,
    end() {
      for (const release of releases.splice(0)) release()
    },
  }
}
