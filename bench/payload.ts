/**
 * Reading and writing of payloads beside JSON.parse + JSON.stringify, which a gateway that does not keep
 * bytes would do: `node bench/payload.ts`. Rates are MB of body per second of CPU, medians of rounds in turn.
 */
import type { Edit, Incoming } from '../src/model/document.ts'
import { read } from '../src/payload/read.ts'

const rounds = 7
const seconds = 0.4

const employee = (n: number) => ({
  matricule: `E-${10_000 + n}`,
  nom: `Rakotomalala-Léa ${n}`,
  email: `agent.${n}@example.org`,
  iban: 'FR7630006000011234567890189',
  salaire: 2_431.5 + n,
  actif: n % 3 !== 0,
  adresse: { rue: `${n} rue de la République`, code_postal: '75011', ville: 'Paris' },
  note: `Appeler avant 18 h ; dossier "ouvert" le ${1 + (n % 28)} mars, sans suite connue à ce jour.`,
})

const bodyOf = (bytes: number): Buffer => {
  const employees: unknown[] = []
  for (let n = 0; JSON.stringify({ employees }).length < bytes; n++) employees.push(employee(n))
  return Buffer.from(JSON.stringify({ employees }))
}

const incoming = (body: Buffer): Incoming => ({
  method: 'POST',
  target: '/payroll/runs?month=2026-11',
  headers: [['content-type', 'application/json']],
  body,
})

const sixEdits = (body: Buffer): Edit[] =>
  read(incoming(body))
    .fields.filter(({ key, place }) => place === 'leaf' && key === 'email')
    .slice(0, 6)
    .map(({ index, text }) => ({
      field: index,
      start: 0,
      end: text.length,
      text: 'EMAIL-7Q4K-DM2X-RT9H',
      as: 'text',
    }))

const rate = (bytes: number, act: () => unknown): number => {
  const from = process.cpuUsage()
  let times = 0
  let spent = 0
  while (spent < seconds * 1e6) {
    for (let n = 0; n < 20; n++) act()
    times += 20
    const { user, system } = process.cpuUsage(from)
    spent = user + system
  }
  return (bytes * times) / spent
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

for (const size of [1_024, 16_384, 262_144]) {
  const body = bodyOf(size)
  const edits = sixEdits(body)
  const ways: Record<string, () => unknown> = {
    'JSON.parse + stringify': () => Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')))),
    read: () => read(incoming(body)),
    'read + write of 6 edits': () => read(incoming(body)).write(edits),
  }
  const rates = Object.fromEntries(Object.keys(ways).map((way) => [way, [] as number[]]))
  for (const act of Object.values(ways)) rate(body.length, act)
  for (let round = 0; round < rounds; round++) {
    for (const [way, act] of Object.entries(ways)) rates[way]!.push(rate(body.length, act))
  }
  console.log(`${(body.length / 1024).toFixed(1)} KiB, ${read(incoming(body)).fields.length} fields`)
  const peer = median(rates['JSON.parse + stringify']!)
  for (const [way, values] of Object.entries(rates)) {
    const rate = median(values)
    const spread = `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`
    console.log(
      `  ${way.padEnd(24)} ${rate.toFixed(0).padStart(5)} MB/s  (${spread})  × ${(rate / peer).toFixed(2)}`,
    )
  }
}
