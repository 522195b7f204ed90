/**
 * The line step by step, without sockets and database: microseconds of this thread's processor time for the ticket
 * of the gateway bench, warm. `node bench/line.ts`; it says where the time of a transfer goes.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { comeHome } from '../src/gateway/home.ts'
import { intentOf, outcomeOf } from '../src/gateway/records.ts'
import { makeDetector } from '../src/detect/classify.ts'
import { decide } from '../src/judge/decide.ts'
import { openHall } from '../src/judge/hall.ts'
import { dress } from '../src/judge/judge.ts'
import { shapeOf } from '../src/judge/shape.ts'
import type { Outgoing } from '../src/model/document.ts'
import { read } from '../src/payload/read.ts'
import { assess, openRoute } from '../src/policy/evaluate.ts'
import { loadFiles } from '../src/policy/load.ts'
import { cachedRecall } from '../src/pseudonym/cached-recall.ts'
import { throwAwayKeys } from '../src/pseudonym/keys.ts'
import { memoryVault } from '../src/pseudonym/memory-vault.ts'
import { client, provider } from './register.ts'
import { type Size, sizes, ticketWriter } from './ticket.ts'

const rounds = 7
const seconds = 0.5

const policies = new URL('../policies/', import.meta.url)
const files = readdirSync(policies, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('register'))
  .map((path) => ({ path, text: readFileSync(new URL(path, policies), 'utf8') }))
const bundle = loadFiles([
  ...files,
  { path: 'register/clients/bench.yaml', text: client },
  { path: 'register/providers/bench-office.yaml', text: provider(1) },
])
const detector = makeDetector()
const keys = throwAwayKeys()
const vault = memoryVault()
const recall = cachedRecall(vault)
const hall = openHall({
  ...{ threads: 1, ms: 60_000, memoryMb: 1_024, queue: 4 },
  limits: { depth: 64, fields: 1_000_000 },
})
const parts = { detector, hall, pseudonymKeys: keys, recall, origins: ['http://127.0.0.1:8080'] }

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Microseconds a call. */
const timed = async (act: () => unknown): Promise<number> => {
  const from = process.threadCpuUsage()
  let calls = 0
  for (;;) {
    for (let n = 0; n < 50; n += 1) await act()
    calls += 50
    const { user, system } = process.threadCpuUsage(from)
    if (user + system > seconds * 1e6) return (user + system) / calls
  }
}

for (const size of Object.keys(sizes) as Size[]) {
  const write = ticketWriter(size)
  let n = 0
  const incoming = () => ({
    method: 'POST',
    target: '/tickets',
    headers: [['content-type', 'application/json']] as const,
    body: Buffer.from(write((n += 1) % 100)),
  })
  const passage = {
    tid: randomBytes(16).toString('hex'),
    client: bundle.clients.get('bench')!,
    provider: bundle.providers.get('bench-office')!,
    purpose: 'support',
    now: new Date(),
    region: 'FR',
  }
  const expires = new Date(Date.now() + 400 * 86_400_000)
  const on = new Date().toISOString().slice(0, 10)
  const options = { today: on, places: [] }
  const ask = {
    client: 'bench',
    provider: 'bench-office',
    purpose: 'support',
    method: 'POST',
    media: 'application/json',
    on,
    region: 'FR',
  }
  for (let known = 0; known < 100; known += 1) {
    const { keep } = await dress(await decide(incoming(), passage, bundle, detector), keys, recall)
    vault.keep(keep)
    recall.remember(keep)
  }
  const document = read(incoming())
  const found = await detector.classify(document, options)
  const decided = await decide(incoming(), passage, bundle, detector)
  const judged = await dress(decided, keys, recall)
  const outgoing = judged.outgoing as Outgoing
  const shape = shapeOf(decided, detector)
  const answered = {
    end: 'delivered' as const,
    status: 200,
    rawHeaders: ['content-type', 'application/json'],
    body: outgoing.body,
    sent: outgoing.body.length,
  }
  const intent = () => intentOf(judged, outgoing, 'POST', 1, shape, 'engine', undefined, expires, new Date())
  const written = intent()
  const ended = { end: 'delivered', status: 200, sent: 1, answer: outgoing.body } as const

  const steps: Record<string, () => unknown> = {
    read: () => read(incoming()),
    classify: () => detector.classify(document, options),
    evaluate: () => assess(openRoute(bundle, ask), document, found),
    'recall, treat, write': () => dress(decided, keys, recall),
    'shape, intent': () => (shapeOf(decided, detector), intent()),
    'read answer, restore, write': () => comeHome(answered, judged, parts),
    outcome: () => outcomeOf(written.intent, 1, written.salts, ended, new Date()),
  }
  const times = Object.fromEntries(Object.keys(steps).map((step) => [step, [] as number[]]))
  for (const act of Object.values(steps)) await timed(act)
  for (let round = 0; round < rounds; round += 1) {
    for (const [step, act] of Object.entries(steps)) times[step]!.push(await timed(act))
  }
  const total = Object.values(times).reduce((sum, values) => sum + median(values), 0)
  console.log(`${size}: ${total.toFixed(0)} µs in the line`)
  for (const [step, values] of Object.entries(times)) {
    const low = Math.min(...values).toFixed(1)
    const high = Math.max(...values).toFixed(1)
    console.log(`  ${step.padEnd(28)} ${median(values).toFixed(1).padStart(8)} µs  (${low}–${high})`)
  }
}
