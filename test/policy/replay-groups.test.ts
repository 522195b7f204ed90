/** A kept shape has no values: how many records share their traits cannot be counted again, and replay says so. */
import { describe, expect, test } from 'vitest'
import { replay } from '../../src/admin/replay.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { whenKeys } from '../../src/policy/when-keys.ts'
import { bundleOf, payload, toTana } from './hand.ts'

const keys = Object.keys(whenKeys).filter((key) => key === 'k' || key.startsWith('k_'))

describe('a rule about groups that spoke then and cannot be asked again', () => {
  test.each(keys)('%s: it cannot be told, which is not "another decision"', async (key) => {
    const bundle = bundleOf(
      `rules:
  - {id: own, decide: mask, when: {${key}: {below: 5}, category: birth.date}, because: {en: Because it is so., fr: Parce que., article: GDPR 5}}
`,
    )
    const dates = ['1985-07-14', '1985-07-14', '1990-01-02', '1990-01-02', '1971-05-06', '1971-05-06']
    const { document, found } = payload(
      dates.map((text, record) => ({ path: `rows.${record}.date`, category: 'birth.date', text, record })),
      dates.map(() => ({ path: null, child: false })),
    )
    const decision = evaluate(openRoute(bundle, toTana), document, found)
    expect(decision.spoken.map(({ rule }) => rule)).toContain('own')
    const shape = {
      ...{ fields: dates.length, media: toTana.media, more: 0, children: [] },
      findings: found.findings.map(({ category, recogniser, record }) => [
        ...[`body:rows[${record}].date`, category, 1000, recogniser, record, 'mask'],
      ]),
    }
    const record = {
      ...{ v: 1, k: 'intent', t: '2026-11-23T10:00:00.000Z', bundle: bundle.digest, method: 'POST' },
      ...{ client: 'moreau', provider: 'tana-paie', purpose: 'payroll', verdict: decision.verdict },
      ...{ rules: decision.spoken.map(({ rule }) => rule), cats: decision.counts, ground: [] },
    }
    const attempt = { record, detail: Buffer.from(JSON.stringify({ shape })) } as never
    const book = { bundleOf: async () => bundle } as never
    const told = await replay(attempt, book, 'FR', 'en')
    // One record after the other stands alone there: a rule about groups as received speaks of them, too.
    expect(told).toMatchObject(key === 'k' ? { result: 'same' } : { result: 'unknown', missing: ['groups'] })
  })
})

test('a transfer that arrived on the last day of a rule and was written after midnight is the same', async () => {
  const bundle = bundleOf(
    `rules:
  - {id: own, decide: mask, when: {date: {until: 2026-11-22}, category: name}, because: {en: Because it is so., fr: Parce que., article: GDPR 5}}
`,
  )
  const { document, found } = payload(
    [{ path: 'nom', category: 'name', text: 'Rakoto', record: 0 }],
    [{ path: null, child: false }],
  )
  const on = '2026-11-22'
  const decision = evaluate(openRoute(bundle, { ...toTana, on }), document, found)
  expect(decision.spoken.map(({ rule }) => rule)).toContain('own')
  const shape = {
    ...{ fields: 1, media: toTana.media, more: 0, children: [] },
    findings: [['body:nom', 'name', 1000, found.findings[0]!.recogniser, 0, 'mask']],
  }
  const attempt = (t: string) =>
    ({
      record: {
        ...{ v: 1, k: 'intent', t, bundle: bundle.digest, method: 'POST' },
        ...{ client: 'moreau', provider: 'tana-paie', purpose: 'payroll', verdict: decision.verdict },
        ...{ rules: decision.spoken.map(({ rule }) => rule), cats: decision.counts, ground: [] },
      },
      detail: Buffer.from(JSON.stringify({ shape })),
    }) as never
  const book = { bundleOf: async () => bundle } as never
  // Midnight in Brussels is 23:00 UTC.
  expect(await replay(attempt('2026-11-22T23:00:30.000Z'), book, 'FR', 'en')).toMatchObject({
    result: 'same',
  })
  expect(await replay(attempt('2026-11-22T23:05:00.000Z'), book, 'FR', 'en')).toMatchObject({
    result: 'different',
  })
})
