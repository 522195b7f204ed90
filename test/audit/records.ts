/** Records for the tests of the log: right in every key, and without a personal value. */
import { generateKeyPairSync } from 'node:crypto'
import type { IntentBody, OutcomeBody, RefusalBody } from '../../src/model/record.ts'
import { bootBody, newBoot } from '../../src/audit/chain.ts'
import type { Boot } from '../../src/audit/chain.ts'
import { isoTime } from '../../src/audit/record.ts'

export const day = Date.parse('2026-11-23T08:00:00.000Z')
export const at = (ms: number): Date => new Date(day + ms)
export const tidOf = (n: number): string => n.toString(16).padStart(32, '0')
const digest = (n: number): string => n.toString(16).padStart(64, 'a')

export const intentBody = (n: number, more: Partial<IntentBody> = {}): IntentBody => ({
  v: 1,
  k: 'intent',
  t: isoTime(at(n)),
  tid: tidOf(n),
  attempt: 1,
  client: 'fiduciaire-lyon',
  provider: 'paie-antananarivo',
  purpose: 'payroll',
  class: 'third',
  countries: ['MG'],
  ground: ['scc_ec'],
  ground_ref: ['scc-2025-03'],
  verdict: 'treat',
  rules: ['third-with-ground'],
  cats: { name: { pseudonymise: 3 }, 'fin.iban': { pseudonymise: 1 } },
  bundle: digest(7),
  engine: 'douane 0.1.0',
  method: 'POST',
  media: 'application/json',
  bytes: 812,
  out: digest(n),
  detail: digest(n + 1),
  ...more,
})

export const outcomeBody = (n: number, intent: number, more: Partial<OutcomeBody> = {}): OutcomeBody => ({
  v: 1,
  k: 'outcome',
  t: isoTime(at(n + 1)),
  tid: tidOf(n),
  attempt: 1,
  intent,
  end: 'delivered',
  status: 200,
  sent: 812,
  restored: 4,
  corrected: 0,
  unresolved: 0,
  clear: 0,
  answer: digest(n + 2),
  ...more,
})

export const refusalBody = (n: number): RefusalBody => ({
  v: 1,
  k: 'refusal',
  t: isoTime(at(n)),
  tid: tidOf(n),
  client: 'fiduciaire-lyon',
  provider: 'paie-antananarivo',
  purpose: 'payroll',
  code: 'TIA_EXPIRED',
  rules: ['tia-expired'],
  cats: {},
  bundle: digest(7),
  engine: 'douane 0.1.0',
})

export const enrol = generateKeyPairSync('ed25519')
export const someBoot = (inst = 'gateway-1'): Boot => newBoot(inst, enrol.privateKey, 'douane 0.1.0')
export const bootRecord = (boot: Boot, ms = 0) => bootBody(boot, { fsync: 'on' }, at(ms))
