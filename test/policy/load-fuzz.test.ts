import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BundleFile } from '../../src/policy/bundle.ts'
import { moreau, outcome, small, tana, withFiles } from './load-fixture.ts'

/** Pieces that YAML, JSON Schema or JavaScript treat in a way of their own. */
const odd = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '!x ',
  '|',
  '>',
  '%YAML 1.1\n---\n',
  '---\n',
  '...\n',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '\\',
  '~',
  'null',
  'true',
  'no',
  '010',
  '1e999',
  '.nan',
  '0x1F',
  '2026-02-30',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ufeff',
  '\u2028',
  '😀',
  '\ud800',
  'a'.repeat(300),
  '/'.repeat(50),
]

interface Mutation {
  readonly at: number
  readonly cut: number
  readonly put: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(10_000),
  cut: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(200)),
  put: fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 6 })),
})

const mutate = (text: string, all: readonly Mutation[]): string =>
  all.reduce((now, { at, cut, put }) => {
    const where = now.length === 0 ? 0 : at % now.length
    return now.slice(0, where) + put + now.slice(where + cut)
  }, text)

/** A bundle, or faults that a terminal can show; anything else would have thrown. */
const sound = (files: readonly BundleFile[]): boolean => {
  const got = outcome(files)
  if ('digest' in got) return /^[0-9a-f]{64}$/.test(got.digest)
  const faults = got as Exclude<typeof got, { digest: string }>
  return (
    faults.length > 0 &&
    faults.length <= 200 &&
    faults.every(
      ({ line, column, message, source }) =>
        Number.isSafeInteger(line) &&
        line >= 1 &&
        Number.isSafeInteger(column) &&
        column >= 1 &&
        Object.values(message).every((text) => text.length > 0 && text.length < 2_000) &&
        source.length <= 201,
    )
  )
}

describe('whatever is written into a policy file, a bundle comes out or a list of faults', () => {
  const rules = `rules:
  - id: payroll-to-tana
    decide: grant
    when: {client: moreau, provider: tana-paie, purpose: payroll}
    because: {en: Yes., fr: Oui., article: "GDPR 28(3)"}
  - id: weak-text-stays
    decide: block
    when: {country: [MG, MA], any: [{category: freetext, confidence: {below: 0.8}}, {category: health, confidence: {from: 0.3}}]}
    because: {en: No., fr: Non., article: "GDPR 25"}
`
  const text = (path: string): string => small.find((file) => file.path === path)?.text ?? ''
  const targets: readonly (readonly [path: string, text: string, runs: number])[] = [
    ['register/clients/moreau.yaml', moreau, 60],
    ['register/providers/tana-paie.yaml', tana, 60],
    ['rules/own.yaml', rules, 60],
    ['law/territories.yaml', text('law/territories.yaml'), 40],
    ['law/adequacy.yaml', text('law/adequacy.yaml'), 40],
    ['categories.yaml', text('categories.yaml'), 40],
  ]

  test.each(targets)('%s', { timeout: 120_000 }, (path, written, numRuns) => {
    expect(sound(withFiles({ [path]: written }))).toBe(true)
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (all) =>
        sound(withFiles({ [path]: mutate(written, all) })),
      ),
      { numRuns },
    )
  })

  /** JSON is YAML: the structure goes wrong, not the spelling. */
  test('structures that nobody meant', { timeout: 60_000 }, () => {
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1, 1e21, '', 'moreau', 'FR', '2026-02-30', 'https://x', '__proto__'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'id',
            'purposes',
            'payroll',
            'contracts',
            'client',
            'dpa',
            'legs',
            'tia',
            'rules',
            'when',
            'any',
            'not',
            'decide',
            'because',
            '__proto__',
            'constructor',
          ),
          tie('any'),
          { maxKeys: 5 },
        ),
      ),
    })).any
    fc.assert(
      fc.property(fc.constantFrom(...targets.map(([path]) => path)), value, (path, it) =>
        sound(withFiles({ [path]: JSON.stringify(it) })),
      ),
      { numRuns: 80 },
    )
  })

  test.each([
    ['many keys', Array.from({ length: 18_000 }, (_, i) => `k${i}: 1\n`).join('')],
    ['indentation that never ends', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['maps in a row', 'a: '.repeat(30_000)],
    ['lists in a row', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['open braces', '{a: '.repeat(50_000)],
    ['an unclosed quote', `"${'\\'.repeat(200_000)}`],
    ['anchors', '&a '.repeat(30_000)],
    ['tags', '!a '.repeat(30_000)],
    ['empty lines', '\n'.repeat(200_000)],
    ['commas', `[${',a'.repeat(80_000)}`],
  ])('a heap of %s ends within seconds', { timeout: 60_000 }, (_remark, bad) => {
    const before = process.threadCpuUsage()
    expect(sound(withFiles({ 'register/clients/bad.yaml': bad }))).toBe(true)
    expect(process.threadCpuUsage(before).user).toBeLessThan(30_000_000)
  })
})
