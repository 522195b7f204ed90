/** A gateway whose line ends after `receive` and `read`: it answers what it received and read. No policy, no store, no provider. */
import { mkdirSync } from 'node:fs'
import { openKeyRing } from '../../src/config/credentials.ts'
import { readSettings } from '../../src/config/settings.ts'
import { createGateway } from '../../src/gateway/serve.ts'
import type { Handle } from '../../src/gateway/serve.ts'
import { receive } from '../../src/gateway/receive.ts'
import { openIssuerKeys } from '../../src/gateway/issuer-keys.ts'
import { openTokens } from '../../src/gateway/token.ts'
import { openTurnstile } from '../../src/gateway/turnstile.ts'
import type { Incoming } from '../../src/model/document.ts'
import { read } from '../../src/payload/read.ts'
import type { Bundle } from '../../src/policy/bundle.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openMetrics } from '../../src/telemetry/metrics.ts'

const purpose = { data_subjects: ['customers'], need_to_know: [], retention_days: 1 }
const register = {
  clients: new Map([
    [
      'moreau',
      {
        id: 'moreau',
        default_purpose: 'support',
        purposes: { support: purpose, cases: { ...purpose, scope: 'case' } },
      },
    ],
    ['silent', { id: 'silent', purposes: { support: purpose } }],
  ]),
  providers: new Map([
    ['tana', { id: 'tana', base_url: 'https://api.tana.example/v2', headers: { pass: ['x-trace'] } }],
  ]),
} as unknown as Bundle

/** Fields of a readable payload. */
const reads = (incoming: Incoming): number => read(incoming, { depth: 64, fields: 100_000 }).fields.length

/** For who never ends: whoever else comes must not be late on a busy machine. */
export const hurry = { DOUANE_LIMITS_HEADERS_MS: '400', DOUANE_LIMITS_BODY_MS: '300' }

export const openDoor = async (home: string, env: NodeJS.ProcessEnv = {}, handle?: Handle) => {
  mkdirSync(home, { recursive: true })
  const settings = readSettings(
    {
      DOUANE_DATA_PORT: '0',
      DOUANE_LIMITS_HEADERS_MS: '60000',
      DOUANE_LIMITS_BODY_MS: '60000',
      DOUANE_LIMITS_BODY_BYTES: '1048576',
      ...env,
    },
    home,
  )
  const keys = openKeyRing(home)
  const turnstile = openTurnstile(settings.limits)
  const tokens = openTokens('door.example/log', openIssuerKeys([]))
  const lines: string[] = []
  const log = openLog('debug', { write: (line: string) => void lines.push(line) })
  const metrics = openMetrics()
  const line: Handle = async (exchange) => {
    const { under, authorization } = await receive(
      exchange,
      { keys, tokens, turnstile, limits: settings.limits, waits: ['integrated'] },
      () => register,
    )
    const { passage, incoming } = under(register)
    const told = {
      client: passage.client.id,
      provider: passage.provider.id,
      purpose: passage.purpose,
      case: passage.case,
      target: incoming.target,
      headers: incoming.headers,
      bytes: incoming.body.length,
      fields: reads(incoming),
      authorization,
    }
    return {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: Buffer.from(JSON.stringify(told)),
    }
  }
  const gateway = createGateway({ settings, handle: handle ?? line, turnstile, log, metrics })
  const { port } = await gateway.listen()
  return { gateway, port, keys, turnstile, metrics, lines, key: keys.makeClientKey('moreau') }
}
