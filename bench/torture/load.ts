/**
 * The load: client systems that send, compare what comes home, and remember what they were told. A gateway that
 * is shot answers nothing; whatever it does answer must be right.
 */
import { Agent, request } from 'node:http'
import type { Chance } from './chance.ts'
import { type Sent, makeSent } from './payloads.ts'

export interface Told {
  answers: number
  restored: number
  refused: Record<string, number>
  /** No answer: the connection broke. */
  lost: number
  /** What an answer must never be. */
  readonly wrong: string[]
  /** Transfers that the client was told did not leave. */
  readonly notForwarded: string[]
  /** Transfers whose whole answer came home. */
  readonly delivered: string[]
}

export interface Load {
  readonly told: Told
  /** Where to send: ports of the instances that serve. */
  readonly ports: Set<number>
  readonly inFlight: () => number
  readonly stop: () => Promise<void>
}

/** What a gateway may say at any time while it, its database or the provider is being shot. */
const always = new Set([
  ...[
    'LOG_UNAVAILABLE',
    'VAULT_UNAVAILABLE',
    'POLICY_STALE',
    'POLICY_INVALID',
    'SHUTTING_DOWN',
    'BUSY',
    'OVERLOADED',
  ],
  ...['PROVIDER_BROKEN', 'PROVIDER_UNREACHABLE', 'RESTORE_UNAVAILABLE'],
])

interface Heard {
  readonly status: number
  readonly tid: string
  readonly restored: string
  readonly body: Buffer
}

const send = (port: number, agent: Agent, key: string, sent: Sent): Promise<Heard | undefined> =>
  new Promise((resolve) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: sent.method,
        path: `/to${sent.target}`,
        headers: {
          authorization: `Bearer ${key}`,
          ...(sent.body.length === 0
            ? {}
            : { 'content-type': sent.media, 'content-length': sent.body.length }),
        },
        timeout: 20_000,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', () => resolve(undefined))
        response.on('aborted', () => resolve(undefined))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            tid: String(response.headers['douane-transfer'] ?? ''),
            restored: String(response.headers['douane-restored'] ?? ''),
            body: Buffer.concat(parts),
          }),
        )
      },
    )
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
    asked.end(sent.body)
  })

const judge = (sent: Sent, heard: Heard | undefined, told: Told): void => {
  if (heard === undefined) return void (told.lost += 1)
  told.answers += 1
  const text = heard.body.toString('utf8')
  if (heard.status === 200 || heard.status === 500) {
    let problem: unknown
    try {
      problem = (JSON.parse(text) as { code?: unknown } | null)?.code
    } catch {
      problem = undefined
    }
    if (problem === undefined) {
      if (sent.expect !== 'pass') told.wrong.push(`${sent.kind}: passed, expected ${sent.expect}`)
      else if (!heard.body.equals(sent.body)) told.wrong.push(`${sent.kind}: came home different`)
      else told.delivered.push(heard.tid)
      told.restored += Number(heard.restored) || 0
      return
    }
  }
  let refused: { code?: string; forwarded?: string } = {}
  try {
    refused = JSON.parse(text) as typeof refused
  } catch {
    // said below
  }
  const code = refused.code ?? `status ${heard.status}`
  told.refused[code] = (told.refused[code] ?? 0) + 1
  if (code !== sent.expect && !always.has(code)) told.wrong.push(`${sent.kind}: refused with ${code}`)
  if (refused.forwarded === 'no') told.notForwarded.push(heard.tid)
}

export const openLoad = (callers: number, key: string, chance: Chance): Load => {
  const told: Told = {
    answers: 0,
    restored: 0,
    refused: {},
    lost: 0,
    wrong: [],
    notForwarded: [],
    delivered: [],
  }
  const ports = new Set<number>()
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const state = { stopped: false }
  let inFlight = 0
  const caller = async (): Promise<void> => {
    while (!state.stopped) {
      const open = [...ports]
      if (open.length === 0) {
        await new Promise((go) => setTimeout(go, 10))
        continue
      }
      const sent = makeSent(chance)
      inFlight += 1
      const heard = await send(chance.pick(open), agent, key, sent)
      inFlight -= 1
      judge(sent, heard, told)
      await new Promise((go) => setTimeout(go, chance.between(0, heard === undefined ? 20 : 60)))
    }
  }
  const going = Array.from({ length: callers }, caller)
  return {
    told,
    ports,
    inFlight: () => inFlight,
    async stop() {
      state.stopped = true
      await Promise.all(going)
      agent.destroy()
    },
  }
}
