/** More findings in one text than a call may have arguments: large bodies are classified, not refused (issue 3). */
import { expect, test } from 'vitest'
import type { Found } from '../../src/detect/found.ts'
import { settle } from '../../src/detect/settle.ts'
import { classify } from './fixture.ts'

const many = 150_000

test('a chain of very many findings, each overlapping the next', { timeout: 120_000 }, () => {
  const chain = Array.from({ length: many }, (_, at): Found => ({
    start: 3 * at,
    end: 3 * at + 4,
    category: at % 2 === 0 ? 'online.url' : 'contact.email',
    confidence: 0.9,
    recogniser: at % 2 === 0 ? 'url' : 'email',
    evidence: 'a',
  }))
  expect(settle('abc'.repeat(many + 1), chain)).toHaveLength(many)
})

test('a name that a text says very often', { timeout: 120_000 }, async () => {
  const { findings } = await classify({ nom: 'Zorgblatt', note: 'Zorgblatt. '.repeat(many) })
  expect(findings.length).toBeGreaterThan(many)
})
