/**
 * The append alone: appends a second and their latency at 1, 64, 256 and 1,024 callers, next to what one would do
 * without a sequencer (a single-row INSERT per commit over 32 connections). Embedded server, fsync on, real disk.
 * `node bench/append.ts [--seconds N] [--rounds N] [--rows N] [--json FILE]`; A and B in turn, median and spread.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { BootChain, bootBody, genesisBody, newBoot } from '../src/audit/chain.ts'
import { nothingToKeep } from '../src/model/ledger.ts'
import type { Keep, SubjectRow } from '../src/model/ledger.ts'
import type { IntentBody } from '../src/model/record.ts'
import { attachEmbedded } from '../src/store/embedded.ts'
import { openDatabase } from '../src/store/database.ts'
import { openLedger } from '../src/store/ledger.ts'

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    /** Vault rows that each append keeps besides. */
    rows: { type: 'string', default: '0,6' },
    json: { type: 'string' },
  },
})
const seconds = Number(flags.seconds)

interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/** `callers` loops, each waiting for its own commit, for so many seconds. */
const load = async (callers: number, one: () => Promise<unknown>): Promise<Measured> => {
  const times: number[] = []
  const began = performance.now()
  const end = began + seconds * 1_000
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end) {
        const at = performance.now()
        await one()
        times.push(performance.now() - at)
      }
    }),
  )
  const took = (performance.now() - began) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99) }
}

const intent = (): IntentBody => ({
  v: 1,
  k: 'intent',
  t: new Date().toISOString(),
  tid: randomBytes(16).toString('hex'),
  attempt: 1,
  client: 'bench',
  provider: 'tana',
  purpose: 'payroll',
  class: 'third',
  countries: ['MG'],
  ground: ['scc_ec'],
  ground_ref: ['scc-2024-01'],
  verdict: 'treat',
  rules: ['third-with-ground'],
  cats: { name: { pseudonymise: 2 }, 'contact.email': { pseudonymise: 1 }, 'fin.iban': { pseudonymise: 1 } },
  bundle: '0'.repeat(64),
  engine: '0.1.0',
  method: 'POST',
  media: 'application/json',
  bytes: 1024,
  out: '0'.repeat(64),
  detail: '0'.repeat(64),
})

const later = new Date(Date.now() + 400 * 86_400_000)
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const keepOf = (rows: number): Keep => {
  if (rows === 0) return nothingToKeep
  const ref = randomBytes(32)
  const subject: SubjectRow = {
    client: 'bench',
    ref,
    month: '2026-11',
    wrapped: randomBytes(60),
    expires: later,
  }
  const pseudonyms = Array.from({ length: rows }, () => ({
    client: 'bench',
    provider: 'tana',
    purpose: 'payroll',
    index: randomBytes(32),
    token: [...randomBytes(9)].map((byte) => symbols[byte & 31]).join(''),
    category: 'name' as const,
    subject: ref,
    sealed: randomBytes(48),
    expires: later,
  }))
  return {
    subjects: [subject],
    aliases: [{ client: 'bench', alias: randomBytes(32), ref, expires: later }],
    pseudonyms,
  }
}

const home = mkdtempSync(join(tmpdir(), 'douane-bench-'))
const project = resolve(import.meta.dirname, '..')
const database = await openDatabase({ home, project })
const results: Record<string, Measured[]> = {}
try {
  const pool = database.pool('douane_gateway')
  const boot = newBoot('bench', generateKeyPairSync('ed25519').privateKey, '0.1.0')
  const ledger = await openLedger({
    pool,
    chains: { evidence: new BootChain(boot, 'evidence'), access: new BootChain(boot, 'access') },
    opening: (_stream, first) => [
      bootBody(boot, {}, new Date()),
      ...(first ? [genesisBody('bench.example/log', 'bench.example/log+00000000+AAAA', new Date())] : []),
    ],
    sealDetail: (detail) => detail,
    onFault: (fault) => console.error(fault.message),
  })
  const single = database.pool('douane_eraser', { max: 32 })
  const admin = new Client({ ...attachEmbedded({ home, project })!.admin })
  await admin.connect()
  await admin.query('CREATE TABLE public.bench_row (id uuid PRIMARY KEY, hash bytea, body bytea)')
  await admin.query('GRANT INSERT ON public.bench_row TO douane_eraser')
  await admin.end()
  const insert = (): Promise<unknown> =>
    single.query({
      name: 'insert',
      text: 'INSERT INTO public.bench_row VALUES ($1, $2, $3)',
      values: [randomBytes(16).toString('hex'), randomBytes(32), randomBytes(700)],
    })
  const appendRows = (rows: number) => (): Promise<unknown> =>
    ledger.commit({
      intent: intent(),
      detail: { bytes: randomBytes(200), subjects: [randomBytes(32)], expires: later },
      keep: keepOf(rows),
    })
  const series: [string, number, () => Promise<unknown>][] = [
    ['single-row INSERT, 32 connections', 32, insert],
    ...flags.rows
      .split(',')
      .map(Number)
      .flatMap((rows) =>
        [1, 64, 256, 1_024].map((callers): [string, number, () => Promise<unknown>] => [
          `append${rows === 0 ? '' : ` + ${rows} pseudonyms`}, ${callers} callers`,
          callers,
          appendRows(rows),
        ]),
      ),
  ]
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const [name, callers, one] of series) (results[name] ??= []).push(await load(callers, one))
  }
  await ledger.stop()
} finally {
  await database.stop()
  rmSync(home, { recursive: true, force: true })
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const base = median(results['single-row INSERT, 32 connections']!.map((one) => one.perSecond))
const table = Object.entries(results).map(([name, all]) => {
  const rate = all.map((one) => one.perSecond)
  return {
    name,
    perSecond: Math.round(median(rate)),
    spread: `${Math.round(Math.min(...rate))}–${Math.round(Math.max(...rate))}`,
    ratio: Number((median(rate) / base).toFixed(2)),
    p50: Number(median(all.map((one) => one.p50)).toFixed(2)),
    p99: Number(median(all.map((one) => one.p99)).toFixed(2)),
  }
})
console.table(table)
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(table, null, 2)}\n`)
