import { describe, expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { problems } from '../../src/model/ground.ts'
import type { Bundle } from '../../src/policy/bundle.ts'
import { loadCases, runCase, runCases } from '../../src/policy/cases.ts'
import { keysIn } from '../../src/policy/when-keys.ts'
import { shipped } from './hand.ts'

const detector = makeDetector()
const results = await runCases(shipped, detector)

describe('the shipped cases', () => {
  test.each(results.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(each.failures).toEqual([])
  })
})

const spoke = new Map<string, number>()
for (const { decision } of results)
  for (const id of new Set([...(decision?.spoken ?? []), ...(decision?.notes ?? [])].map(({ rule }) => rule)))
    spoke.set(id, (spoke.get(id) ?? 0) + 1)

const expectations = loadCases(shipped).map(({ expect: wanted }) => wanted)

describe('each shipped rule', () => {
  test.each(shipped.rules.map(({ id }) => [id]))(
    '%s speaks in a case, and is silent in one that says so',
    (id) => {
      expect(spoke.get(id) ?? 0).toBeGreaterThan(0)
      expect(results.length - (spoke.get(id) ?? 0)).toBeGreaterThan(0)
      expect(expectations.some(({ rules }) => rules.includes(id))).toBe(true)
      const isGrant = shipped.rules.find((rule) => rule.id === id)?.decide === 'grant'
      expect(isGrant || expectations.some(({ silent }) => silent.includes(id))).toBe(true)
    },
  )
})

/**
 * These say more exactly what a default (design §7) or rule 10 says anyway: taking one away changes who spoke, not what
 * becomes of the data.
 */
const doubled = [
  '05-outside-adequacy-scope',
  '06-not-on-dpf-list',
  '19-only-pseudonyms',
  '26-special-category',
  '34-unscanned-text',
]

describe('a shipped rule taken away changes the outcome of a case', () => {
  const cases = loadCases(shipped)
  const restricting = shipped.rules.filter(({ decide }) => decide !== 'note')
  test.each(restricting.map(({ id }) => [id]))('without %s', async (id) => {
    const less: Bundle = { ...shipped, rules: shipped.rules.filter((rule) => rule.id !== id) }
    const outcomes = await Promise.all(
      cases.map(({ expect: wanted, ...rest }) =>
        runCase(
          less,
          { ...rest, expect: doubled.includes(id) ? wanted : { ...wanted, rules: [], silent: [] } },
          detector,
        ),
      ),
    )
    expect(outcomes.some(({ passed }) => !passed)).toBe(true)
  })
})

test('every problem that the law can find is named by a shipped block', () => {
  const named = new Set(
    shipped.rules
      .filter(({ decide }) => typeof decide === 'object' && decide.name === 'block')
      .flatMap(({ when }) => keysIn(when))
      .flatMap(([key, value]) => (key === 'problem' ? (value as string[]) : [])),
  )
  expect(problems.filter((each) => !named.has(each))).toEqual([])
})
