import { describe, expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { problems, remarks } from '../../src/model/ground.ts'
import type { Rule } from '../../src/policy/bundle.ts'
import type { PreparedCase } from '../../src/policy/cases.ts'
import { judgeCase, loadCases, prepareCase, runCases } from '../../src/policy/cases.ts'
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

const prepared = await Promise.all(loadCases(shipped).map((each) => prepareCase(shipped, each, detector)))

/** Whether a pack with other rules fails a shipped case; those that name the rule are asked first. */
const isNoticed = (rules: readonly Rule[], id: string, said: boolean): boolean => {
  const naming = (one: PreparedCase) => [one.each.expect.rules, one.each.expect.silent].flat().includes(id)
  return prepared
    .toSorted((a, b) => Number(naming(b)) - Number(naming(a)))
    .some((one) => {
      const { expect: wanted } = one.each
      const each = { ...one.each, expect: said ? wanted : { ...wanted, rules: [], silent: [] } }
      return !judgeCase({ ...shipped, rules }, { ...one, each }).passed
    })
}
const others = (id: string) => shipped.rules.filter((rule) => rule.id !== id)

/** One step weaker: what it decided is only noted, or a block only removes. */
const weaker = (rule: Rule): Rule => ({
  ...rule,
  decide: typeof rule.decide === 'object' && rule.decide.name === 'block' ? { name: 'remove' } : 'note',
})

describe('a shipped rule taken away or weakened makes a shipped case fail', () => {
  test.each(shipped.rules.map((rule) => [rule.id, rule] as const))('without %s', (id) => {
    expect(isNoticed(others(id), id, true)).toBe(true)
  })

  const restricting = shipped.rules.filter(({ id, decide }) => decide !== 'note' && !doubled.includes(id))
  test.each(restricting.map((rule) => [rule.id, rule] as const))('%s weakened', (id, rule) => {
    expect(isNoticed([...others(id), weaker(rule)], id, false)).toBe(true)
  })

  test.each(restricting.map(({ id }) => [id]))('without %s something else becomes of the data', (id) => {
    expect(isNoticed(others(id), id, false)).toBe(true)
  })

  // A condition less is a rule that speaks where it should not: a near miss notices.
  const narrow = shipped.rules.filter(({ when }) => Object.keys(when).length > 0)
  test.each(narrow.map((rule) => [rule.id, rule] as const))('%s without its conditions', (id, rule) => {
    expect(isNoticed([...others(id), { ...rule, when: {} }], id, true)).toBe(true)
  })
})

test('every problem that the law can find is named by a shipped rule, by a block if it is more than a remark', () => {
  const namedBy = (blocks: boolean) =>
    new Set(
      shipped.rules
        .filter(({ decide }) => !blocks || (typeof decide === 'object' && decide.name === 'block'))
        .flatMap(({ when }) => keysIn(when))
        .flatMap(([key, value]) => (key === 'problem' ? (value as string[]) : [])),
    )
  expect(problems.filter((each) => !namedBy(false).has(each))).toEqual([])
  expect(problems.filter((each) => !remarks.has(each) && !namedBy(true).has(each))).toEqual([])
})
