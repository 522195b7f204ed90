/**
 * The append alone: appends a second and their latency at 1, 64, 256 and 1,024 callers, next to what one would do
 * without a sequencer: a single row of the same size, one INSERT and one commit each, over 32 connections. A record
 * alone is like for like; an intent brings its erasable detail and, when cold, pseudonyms. A transfer is two records.
 * Embedded server, fsync on, real disk; all in turn, median and spread; processor time of both sides, for that is what
 * other work on the machine changes least.
 * `node bench/append.ts [--seconds N] [--rounds N] [--rows N,…] [--only TEXT] [--json FILE]`
 */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { BootChain, bootBody, genesisBody, newBoot } from '../src/audit/chain.ts'
import { originOf } from '../src/audit/checkpoint.ts'
import { integrator } from '../src/audit/integrate.ts'
import { CommittedIntent, nothingToKeep } from '../src/model/ledger.ts'
import type { Keep, SubjectRow } from '../src/model/ledger.ts'
import type { IntentBody, RefusalBody } from '../src/model/record.ts'
import { openAnchor } from '../src/store/anchor.ts'
import { attachEmbedded } from '../src/store/embedded.ts'
import { openDatabase } from '../src/store/database.ts'
import type { Database } from '../src/store/database.ts'
import { checkpointEveryMs } from '../src/wire/rounds.ts'
import { openLedger } from '../src/store/ledger.ts'
import { type Rounds, rounds } from '../src/store/rounds.ts'
import { openTreeStore } from '../src/store/tree.ts'
import { cpuOfFamily } from './process.ts'

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    /** Vault rows that each append keeps besides. */
    rows: { type: 'string', default: '0,6' },
    json: { type: 'string' },
    /** Series whose name holds this. */
    only: { type: 'string' },
  },
})
const seconds = Number(flags.seconds)
const wanted = (name: string): boolean => flags.only === undefined || name.includes(flags.only)
const untilSignedName = 'an intent until a signed head covers it, 64 callers'

interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor for one, of this process and of the server: other work on the machine changes it little. */
  readonly cpu: number
  readonly serverCpu: number
}

/** `callers` loops, each waiting for its own commit, for so many seconds. */
const load = async (callers: number, postmaster: number, one: () => Promise<unknown>): Promise<Measured> => {
  const times: number[] = []
  const [cpu, serverCpu] = [process.cpuUsage(), cpuOfFamily(postmaster)]
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
  const used = process.cpuUsage(cpu)
  const each = (used: number): number => (1e6 * used) / times.length
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
  return {
    perSecond: times.length / took,
    p50: at(0.5),
    p99: at(0.99),
    cpu: each((used.user + used.system) / 1e6),
    serverCpu: each(cpuOfFamily(postmaster) - serverCpu),
  }
}

const intent = (): IntentBody => ({
  v: 1,
  k: 'intent',
  t: new Date().toISOString(),
  tid: someId(),
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

/** Bytes that cost the load next to nothing, on both sides: making them is not what is measured. */
const stock = randomBytes(1 << 20)
let drawn = 0
const bytesOf = (length: number): Buffer => {
  drawn = (drawn + 61) % (stock.length - length)
  return stock.subarray(drawn, drawn + length)
}

const drawnWords = (buffer: Buffer): Buffer => {
  for (let at = 0; at < buffer.length; at += 4)
    buffer.writeUInt32LE((Math.random() * 0x1_0000_0000) >>> 0, at)
  return buffer
}
/** Nobody has to be unable to guess them. */
const someId = (): string => drawnWords(Buffer.allocUnsafe(16)).toString('hex')

const { client, provider, purpose, rules, cats, bundle, engine } = intent()
const refused = {
  v: 1,
  k: 'refusal',
  client,
  provider,
  purpose,
  code: 'TIA_EXPIRED',
  rules,
  cats,
  bundle,
  engine,
}
const refusal = (): RefusalBody => ({ ...refused, t: new Date().toISOString(), tid: someId() }) as RefusalBody

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

/** The integrator as a gateway runs it, beside the appends. */
const signing = (database: Database, anchor: string, enrol: KeyObject) => {
  const waiting = new Map<number, (() => void)[]>()
  let size = 0
  const one = integrator({
    store: openTreeStore(database.pool('douane_integrator', { max: 4 })),
    anchor: openAnchor(anchor),
    stream: 'evidence',
    signer: {
      name: originOf('bench.example/log', 'evidence'),
      key: generateKeyPairSync('ed25519').privateKey,
    },
    enrol,
  })
  const step = async (): Promise<'again' | void> => {
    const done = await one.step(new Date())
    size = done.size
    for (const [index, wake] of waiting) {
      if (index >= size) continue
      waiting.delete(index)
      for (const told of wake) told()
    }
    return done.more ? 'again' : undefined
  }
  let round: Rounds | undefined
  return {
    covers: (index: number): Promise<void> =>
      new Promise((resolve) => {
        if (index < size) resolve()
        else waiting.set(index, [...(waiting.get(index) ?? []), resolve])
      }),
    /** What the series before have left is signed first. */
    begin: async (): Promise<void> => {
      while ((await step()) === 'again');
      round = rounds(checkpointEveryMs, step, (error) => console.error(error))
    },
    /** Once everything that was asked for is covered. */
    end: async (): Promise<void> => {
      while (waiting.size > 0) await sleep(20)
      await round?.stop()
    },
  }
}

const home = mkdtempSync(join(tmpdir(), 'douane-bench-'))
const project = resolve(import.meta.dirname, '..')
const database = await openDatabase({ home, project })
const results: Record<string, Measured[]> = {}
try {
  const pool = database.pool('douane_gateway')
  const enrol = generateKeyPairSync('ed25519')
  const boot = newBoot('bench', enrol.privateKey, '0.1.0')
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
  const server = attachEmbedded({ home, project })!
  const postmaster = server.pid()
  const admin = new Client({ ...server.admin })
  await admin.connect()
  await admin.query('CREATE TABLE public.bench_row (id uuid PRIMARY KEY, hash bytea, body bytea)')
  await admin.query('GRANT INSERT ON public.bench_row TO douane_eraser')
  await admin.end()
  const insert = (): Promise<unknown> =>
    single.query({
      name: 'insert',
      text: 'INSERT INTO public.bench_row VALUES ($1, $2, $3)',
      values: [someId(), bytesOf(32), bytesOf(700)],
    })
  const appendRows = (rows: number) => (): Promise<unknown> =>
    ledger.commit({
      intent: intent(),
      detail: { bytes: bytesOf(200), subjects: [drawnWords(Buffer.allocUnsafe(32))], expires: later },
      keep: keepOf(rows),
    })
  const signed = signing(database, join(home, 'anchor'), createPublicKey(enrol.privateKey))
  const appendSigned = appendRows(0)
  const series: [string, number, () => Promise<unknown>][] = [
    ['single-row INSERT, 32 connections', 32, insert],
    ...[1, 64, 256, 1_024].flatMap((callers): [string, number, () => Promise<unknown>][] => [
      [`a record, ${callers} callers`, callers, () => ledger.append(refusal())],
      ...flags.rows
        .split(',')
        .map(Number)
        .map((rows): [string, number, () => Promise<unknown>] => [
          `an intent, its detail${rows === 0 ? '' : `, ${rows} pseudonyms`}, ${callers} callers`,
          callers,
          appendRows(rows),
        ]),
    ]),
  ]
  /** One transfer's intent until a signed head covers it, while 64 others append as fast as they can. */
  const untilSigned = async (): Promise<Measured> => {
    const times: number[] = []
    await signed.begin()
    const whole = await load(64, postmaster, async () => {
      const at = performance.now()
      const done = await appendSigned()
      if (done instanceof CommittedIntent)
        void signed.covers(done.index).then(() => times.push(performance.now() - at))
    })
    await signed.end()
    times.sort((a, b) => a - b)
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
    return { ...whole, p50: at(0.5), p99: at(0.99) }
  }
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const [name, callers, one] of series.filter(([name]) => wanted(name)))
      (results[name] ??= []).push(await load(callers, postmaster, one))
    if (wanted(untilSignedName)) (results[untilSignedName] ??= []).push(await untilSigned())
  }
  await ledger.stop()
} finally {
  await database.stop()
  rmSync(home, { recursive: true, force: true })
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const base = median((results['single-row INSERT, 32 connections'] ?? []).map((one) => one.perSecond))
const table = Object.entries(results).map(([name, all]) => {
  const rate = all.map((one) => one.perSecond)
  return {
    name,
    perSecond: Math.round(median(rate)),
    spread: `${Math.round(Math.min(...rate))}–${Math.round(Math.max(...rate))}`,
    ratio: Number((median(rate) / base).toFixed(2)),
    p50: Number(median(all.map((one) => one.p50)).toFixed(2)),
    p99: Number(median(all.map((one) => one.p99)).toFixed(2)),
    'cpu µs': Math.round(median(all.map((one) => one.cpu))),
    'server µs': Math.round(median(all.map((one) => one.serverCpu))),
  }
})
console.table(table)
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(table, null, 2)}\n`)
