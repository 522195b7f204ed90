/** A mailing list is one record with thousands of addresses: work grows with it and not with its square. */
import { expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import type { Decision } from '../../src/model/decision.ts'
import { read } from '../../src/payload/read.ts'
import { throwAwayKeys } from '../../src/pseudonym/keys.ts'
import { memoryVault } from '../../src/pseudonym/memory-vault.ts'
import { treat } from '../../src/pseudonym/treat.ts'

const detector = makeDetector()

const pseudonymised = async (count: number) => {
  const list = Array.from({ length: count }, (_, i) => `person${i}@example.fr`)
  const document = read({
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ list })),
  })
  const classification = await detector.classify(document, { today: '2026-11-23', places: [] })
  const treatments = classification.findings.map(({ field }, finding) => ({
    finding,
    field,
    treatment: { name: 'pseudonymise' },
    rules: [],
  }))
  const decision = { verdict: 'treat', treatments, route: { class: 'third' } } as unknown as Decision
  const began = process.cpuUsage()
  const treated = await treat({
    ...{ document, classification, decision, client: 'firm', provider: 'office', language: 'en' },
    ...{ purpose: 'mail', rules: { scope: 'provider', retention_days: 400 }, tid: '0'.repeat(32) },
    ...{ keys: throwAwayKeys(), recall: memoryVault(), now: new Date() },
  })
  return { ...treated, cpu: process.cpuUsage(began).user / 1e6 }
}

test('eight thousand addresses in one record', async () => {
  const { edits, keep, cpu } = await pseudonymised(8_000)
  expect(edits).toHaveLength(8_000)
  // One is the reference; each of the others leads to the same person, so that erasure finds them all.
  expect(keep.aliases).toHaveLength(7_999)
  expect(keep.subjects).toHaveLength(1)
  expect(cpu).toBeLessThan(15)
})
