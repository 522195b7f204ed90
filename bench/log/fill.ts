/**
 * A log of any length in a database, by bulk means: true records, chains, seals and details, through the statement that
 * a gateway uses, but with full batches and without waiting for the disk at each.
 */
import { randomBytes } from 'node:crypto'
import type { PoolClient } from 'pg'
import { BootChain, bootBody, newBoot } from '../../src/audit/chain.ts'
import { nothingToKeep } from '../../src/model/ledger.ts'
import type { IntentBody, OutcomeBody, RecordBody, RefusalBody } from '../../src/model/record.ts'
import { sealDetail } from '../../src/pseudonym/detail.ts'
import { append } from '../../src/store/append.ts'
import type { Companion } from '../../src/store/append.ts'
import type { Installation } from '../../src/wire/installation.ts'
import { project } from '../../src/wire/project.ts'
import { takeUpFolder } from '../../src/wire/policy.ts'
import { signAll } from '../../src/wire/sign.ts'
import { join } from 'node:path'

export interface FillAsk {
  readonly installation: Installation
  readonly transfers: number
  /** Records under one seal: as many as a loaded gateway has waiting. */
  readonly batch: number
  readonly said?: (line: string) => void
}

const providers = ['tana', 'tunis', 'cebu', 'lyon', 'iasi', 'dakar', 'kolkata'] as const
const countries = ['MG', 'TN', 'PH', 'FR', 'RO', 'SN', 'IN'] as const
const pickOf = <T>(some: readonly T[], n: number): T => some[n % some.length] as T
const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
/** One transfer each 20 ms: a million are five and a half hours. */
const paceMs = 20

type Made = { readonly body: RecordBody; readonly detail: boolean }

/** Intents in order, of which one in seven is a refusal instead. */
const openingOf = (n: number, t: string, bundle: string, engine: string): IntentBody | RefusalBody => {
  const common = {
    v: 1,
    t,
    tid: hex(16),
    client: 'fiduciaire',
    provider: pickOf(providers, n),
    purpose: 'payroll',
  } as const
  const cats = {
    name: { pseudonymise: 1 + (n % 3) },
    'contact.email': { pseudonymise: 1 },
    'birth.date': { generalise: 1 },
  }
  if (n % 7 === 6)
    return { ...common, k: 'refusal', code: 'TIA_EXPIRED', rules: ['tia-expired'], cats, bundle, engine }
  return {
    ...common,
    ...{ k: 'intent', attempt: 1, class: 'third', countries: [pickOf(countries, n)] },
    ...{
      ground: ['scc_ec'],
      ground_ref: ['scc-2025-03'],
      verdict: 'treat',
      rules: ['third-with-ground'],
      cats,
    },
    ...{
      bundle,
      engine,
      method: 'POST',
      media: 'application/json',
      bytes: 812 + (n % 400),
      out: hex(32),
      detail: hex(32),
    },
  }
}

const endOf = (intent: IntentBody, index: number, t: string): OutcomeBody => ({
  ...{ v: 1, k: 'outcome', t, tid: intent.tid, attempt: 1, intent: index, end: 'delivered', status: 200 },
  ...{ sent: intent.bytes, restored: 4, corrected: 0, unresolved: 0, clear: 0, answer: hex(32) },
})

/** Appends the transfers and puts them under signed heads. @returns records of the evidence log */
export const fill = async ({
  installation,
  transfers,
  batch,
  said = () => undefined,
}: FillAsk): Promise<number> => {
  const { database, secrets, keys, engine, trees, boot: own } = installation
  const { bundle } = await takeUpFolder(installation, join(project, 'policies'), 'bench')
  const boot = newBoot(own.inst, secrets.enrolmentKey, engine)
  const chain = new BootChain(boot, 'evidence')
  const { epoch } = await trees.head('evidence')
  const client: PoolClient = await database.pool('douane_gateway', { max: 1 }).connect()
  await client.query('SET synchronous_commit = off')
  const expires = new Date(Date.now() + 400 * 86_400_000)
  const write = async (some: readonly Made[]): Promise<number> => {
    const sealed = chain.seal(some.map(({ body }) => body))
    const companions = some.map(({ body, detail }): Companion => {
      if (!detail || !('tid' in body)) return { keep: nothingToKeep }
      const bytes = Buffer.from(`{"salts":{"detail":"${hex(32)}","out":"${hex(32)}"},"shape":{}}`)
      return {
        keep: nothingToKeep,
        detail: { sealed: sealDetail(keys, bytes, body.tid), subjects: [randomBytes(32)], expires },
      }
    })
    const done = await append(client, 'evidence', epoch, null, sealed, companions)
    if (done === null) throw new Error('the log has another epoch')
    chain.advance(sealed)
    return done.base
  }
  const start = Date.now()
  const at = (n: number): string => new Date(start + n * paceMs).toISOString()
  await write([{ body: bootBody(boot, {}, new Date(start)), detail: false }])
  // The ends of one batch go with the beginnings of the next, as under load.
  let ends: OutcomeBody[] = []
  const half = Math.max(1, Math.floor(batch / 2))
  for (let n = 0; n < transfers || ends.length > 0; n += half) {
    const opening = Array.from({ length: Math.max(0, Math.min(half, transfers - n)) }, (_, i) =>
      openingOf(n + i, at(n + i), bundle.digest, engine),
    )
    const base = await write([
      ...ends.map((body) => ({ body, detail: false })),
      ...opening.map((body) => ({ body, detail: true })),
    ])
    const first = base + ends.length
    ends = opening.flatMap((body, i) => (body.k === 'intent' ? [endOf(body, first + i, at(n + half))] : []))
    if (n % 50_000 < half) said(`${n} transfers written`)
  }
  client.release()
  said('signing')
  await signAll(installation)
  return (await trees.tree('evidence')).size
}
