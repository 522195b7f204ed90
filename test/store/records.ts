/** Records and ledgers for the tests of the store. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { BootChain, bootBody, genesisBody, newBoot } from '../../src/audit/chain.ts'
import { originOf } from '../../src/audit/checkpoint.ts'
import { nothingToKeep } from '../../src/model/ledger.ts'
import type { Detail, Keep, PseudonymRow, SubjectRow } from '../../src/model/ledger.ts'
import type { IntentBody, OutcomeBody } from '../../src/model/record.ts'
import { openLedger } from '../../src/store/ledger.ts'
import type { LedgerOptions, OpenLedger } from '../../src/store/ledger.ts'
import { patient } from '../patient.ts'

export const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

export const intentOf = (over: Partial<IntentBody> = {}): IntentBody => ({
  v: 1,
  k: 'intent',
  t: new Date().toISOString(),
  tid: hex(16),
  attempt: 1,
  client: 'ada',
  provider: 'tana',
  purpose: 'payroll',
  class: 'third',
  countries: ['MG'],
  ground: ['scc_ec'],
  ground_ref: ['scc-2024-01'],
  verdict: 'treat',
  rules: ['third-with-ground'],
  cats: { name: { pseudonymise: 2 } },
  bundle: digest('bundle'),
  engine: '0.1.0',
  method: 'POST',
  media: 'application/json',
  bytes: 1024,
  out: digest('out'),
  detail: digest('detail'),
  ...over,
})

export const outcomeOf = (
  intent: IntentBody,
  index: number,
  over: Partial<OutcomeBody> = {},
): OutcomeBody => ({
  v: 1,
  k: 'outcome',
  t: new Date().toISOString(),
  tid: intent.tid,
  attempt: intent.attempt,
  intent: index,
  end: 'delivered',
  status: 200,
  sent: 1024,
  restored: 2,
  corrected: 0,
  unresolved: 0,
  clear: 0,
  ...over,
})

const soon = (): Date => new Date(Date.now() + 86_400_000)

export const detailOf = (over: Partial<Detail> = {}): Detail => ({
  bytes: Buffer.from('{"salts":{}}'),
  subjects: [],
  expires: soon(),
  ...over,
})

export const subjectOf = (over: Partial<SubjectRow> = {}): SubjectRow => ({
  client: 'ada',
  ref: randomBytes(32),
  month: '2026-11',
  wrapped: randomBytes(60),
  expires: soon(),
  ...over,
})

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const tokenOf = (): string => [...randomBytes(9)].map((byte) => symbols[byte & 31]).join('')

export const pseudonymOf = (subject: SubjectRow, over: Partial<PseudonymRow> = {}): PseudonymRow => ({
  client: subject.client,
  provider: 'tana',
  purpose: 'payroll',
  index: randomBytes(32),
  token: tokenOf(),
  category: 'name',
  subject: subject.ref,
  sealed: randomBytes(48),
  expires: soon(),
  ...over,
})

export const workOf = (keep: Partial<Keep> = {}, over: Partial<IntentBody> = {}) => ({
  intent: intentOf(over),
  detail: detailOf(),
  keep: { ...nothingToKeep, ...keep },
})

export const enrolment = generateKeyPairSync('ed25519').privateKey

/** Turned round, so that a test sees that what is stored is not what was given. */
export const seal = (detail: Buffer): Buffer => Buffer.from(detail).reverse()

export interface TestLedger {
  readonly ledger: OpenLedger
  readonly boot: string
  readonly inst: string
  readonly publicKey: string
}

export const ledgerOn = async (
  pool: LedgerOptions['pool'],
  over: Partial<LedgerOptions> = {},
  began?: { readonly name: string; readonly enrol: string; readonly at: Date },
): Promise<TestLedger> => {
  const boot = newBoot('test-instance', enrolment, '0.1.0')
  const ledger = await openLedger({
    pool,
    chains: { evidence: new BootChain(boot, 'evidence'), access: new BootChain(boot, 'access') },
    opening: (stream, first) => [
      bootBody(boot, {}, (first ? began?.at : undefined) ?? new Date()),
      ...(first && began !== undefined
        ? [genesisBody(originOf(began.name, stream), began.enrol, began.at)]
        : first
          ? [genesisBody('test.example/log', 'test.example/log+00000000+AAAA', new Date())]
          : []),
    ],
    sealDetail: seal,
    allowUnsafe: true,
    commitTimeoutMs: patient.commit,
    ...over,
  })
  return { ledger, boot: boot.boot, inst: boot.inst, publicKey: boot.publicKey }
}
