/** A provider that answers with more than anybody would read: the gateway must not stand still over it. */
import { afterAll, expect, test } from 'vitest'
import { comeHome } from '../../src/gateway/home.ts'
import { makeDetector } from '../../src/detect/classify.ts'
import { openHall } from '../../src/judge/hall.ts'
import type { Judged } from '../../src/judge/judge.ts'
import { read } from '../../src/payload/read.ts'
import { memoryVault } from '../../src/pseudonym/memory-vault.ts'
import { cachedRecall } from '../../src/pseudonym/cached-recall.ts'
import { throwAwayKeys } from '../../src/pseudonym/keys.ts'

const detector = makeDetector()
const hall = openHall({
  ...{ threads: 1, ms: 60_000, memoryMb: 1_024, queue: 4 },
  limits: { depth: 64, fields: 1_000_000 },
})
afterAll(() => hall.stop())
const parts = {
  detector,
  hall,
  pseudonymKeys: throwAwayKeys(),
  recall: cachedRecall(memoryVault(), {}),
  origins: [],
}

/** A transfer that sent this body as it came. */
const sent = (body: Buffer): Judged => {
  const incoming = {
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/json']],
    body,
  } as const
  const document = read(incoming)
  return {
    passage: {
      client: { id: 'firm' },
      provider: { id: 'office', base_url: 'https://office.example', hosts: [] },
    },
    document,
    classification: { findings: [], records: [] },
    decision: { treatments: [] },
    outgoing: document.write([]),
    sent: new Map(),
  } as unknown as Judged
}
const answered = (body: Buffer) =>
  ({ status: 200, rawHeaders: ['content-type', 'text/plain'], body, sent: 0 }) as never

const megabyte = sent(
  Buffer.from(JSON.stringify(Array.from({ length: 40_000 }, (_, i) => `a line of work ${i}`))),
)

test.each([
  ['300,000 e-mail addresses', (i: number) => `z${i}@a.fr `],
  ['nothing but digits and full stops', () => '1.1.1.1.'],
])('%s do not hold the gateway up', async (_title, item) => {
  const body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => item(i)).join(''))
  const began = process.cpuUsage()
  const home = await comeHome(answered(body), megabyte, parts)
  const { user } = process.cpuUsage(began)
  expect(home.body.equals(body)).toBe(true)
  expect(user / 1e6).toBeLessThan(8)
})

test('near miss: an answer of usual size is counted to the last identifier', async () => {
  const body = Buffer.from(Array.from({ length: 300 }, (_, i) => `z${i}@a.fr`).join(' '))
  expect((await comeHome(answered(body), megabyte, parts)).clear).toBe(300)
})
