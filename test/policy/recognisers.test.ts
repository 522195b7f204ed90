/** recognisers/*.yaml: what is wrong with one is said with its place; a good one is part of the policy. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCases } from '../../src/policy/cases.ts'
import { detectorOf } from '../../src/policy/detector.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { faultsOf, shipped, small, withFiles } from './load-fixture.ts'

const path = 'recognisers/own.yaml'
const one = (...lines: readonly string[]): string => `recognisers:\n  - ${lines.join('\n    ')}\n`
const fault = (line: number, column: number, message: string): string =>
  `${path}:${line}:${column}: ${message}`

describe('what cannot be one', () => {
  test.each([
    [
      'a key from nowhere',
      one('id: badge', 'category: id.employee', 'patern: x'),
      fault(4, 5, 'unknown key "patern"'),
    ],
    ['no category', one('id: badge', "pattern: 'x'"), fault(2, 5, '"category" is missing')],
    [
      'a category that is none',
      one('id: badge', 'category: id.employe', "pattern: 'x'"),
      fault(3, 15, '"id.employe" is not a category that can be found'),
    ],
    [
      'what is no span of a text',
      one('id: badge', 'category: freetext', "pattern: 'x'"),
      fault(3, 15, '"freetext" is not a category that can be found'),
    ],
    [
      'pattern and words',
      one('id: badge', 'category: name', "pattern: 'x'", 'words: [x]'),
      fault(2, 5, 'a recogniser has a pattern or words'),
    ],
    [
      'a pattern that could run for ever',
      one('id: badge', 'category: name', "pattern: '(a*)*'"),
      fault(4, 14, '* is not known here (character 3 of the pattern)'),
    ],
    [
      'a pattern of too many states',
      one('id: badge', 'category: name', "pattern: '[ab]{0,50}a[ab]{40}'"),
      fault(4, 14, 'the pattern is too complex (character 1 of the pattern)'),
    ],
    [
      'a checksum for words',
      one('id: badge', 'category: name', 'checksum: luhn', 'words: [x]'),
      fault(4, 15, 'a checksum goes with a pattern'),
    ],
    [
      'an entry without a word',
      one('id: badge', 'category: name', "words: [x, '- -']"),
      fault(4, 16, 'an entry has 1 to 6 words and at most 60 characters'),
    ],
    [
      'the same id twice',
      `${one('id: badge', 'category: name', 'words: [x]')}  - id: badge\n    category: org\n    words: [y]\n`,
      fault(5, 9, 'the id "badge" is taken'),
    ],
  ])('%s', (_remark, text, wanted) => {
    const faults = faultsOf(withFiles({ [path]: text }))
    expect(faults.map((each) => `${each.file}:${each.line}:${each.column}: ${each.message.en}`)).toContain(
      wanted,
    )
  })

  test('too many entries, too many recognisers', () => {
    const words = Array.from({ length: 6_000 }, (_, n) => `w${n}`).join(', ')
    const two = `${one('id: aa', 'category: name', `words: [${words}]`)}  - {id: bb, category: name, words: [${words}]}\n`
    const many = `recognisers:\n${Array.from({ length: 120 }, (_, n) => `  - {id: r${n}x, category: name, words: [x]}\n`).join('')}`
    const said = (files: Readonly<Record<string, string>>) =>
      faultsOf(withFiles(files)).map(({ message }) => message.en)
    expect(said({ [path]: two })).toContain('all lists together hold more than 10000 entries')
    expect(said({ [path]: many, 'recognisers/b.yaml': many.replaceAll('{id: r', '{id: s') })).toContain(
      'there are more than 200 recognisers',
    )
  })
})

const badge = one('id: badge', 'category: id.employee', "pattern: 'AC-\\d{4}'", 'confidence: 0.9')

describe('a good one', () => {
  test('is part of the bundle, and changes its digest', () => {
    const before = loadFiles(small)
    const after = loadFiles(withFiles({ [path]: badge }))
    expect(after.recognisers).toEqual([
      { id: 'badge', category: 'id.employee', confidence: 0.9, pattern: 'AC-\\d{4}' },
    ])
    expect(after.digest).not.toBe(before.digest)
    expect(after.deciding.map((file) => file.path)).toContain(path)
    expect(detectorOf(after)).toBe(detectorOf(after))
    expect(detectorOf(before)).toBe(detectorOf(loadFiles(small)))
    expect(detectorOf(after).version).not.toBe(detectorOf(before).version)
  })

  const test1 = (recogniser: string) => `cases:
  - name: a badge
    now: 2026-11-23
    client: moreau
    provider: tana-paie
    purpose: payroll
    payload: {x: AC-1234}
    expect: {verdict: refuse, recognisers: [${recogniser}]}
`
  test('is tested by cases that name it', async () => {
    const bundle = loadFiles(withFiles({ [path]: badge, 'cases/own.yaml': test1('own:badge') }))
    const [result] = await runCases(bundle, detectorOf(bundle))
    expect(result?.failures).toEqual([])
    const none = loadFiles(withFiles({ [path]: badge, 'cases/own.yaml': test1('iban') }))
    const [other] = await runCases(none, detectorOf(none))
    expect(other?.failures).toMatchObject([{ en: 'recogniser iban found nothing' }])
  })

  test('a case that names one that is not there says what is', async () => {
    const bundle = loadFiles(withFiles({ [path]: badge, 'cases/own.yaml': test1('own:bagde') }))
    await expect(runCases(bundle, detectorOf(bundle))).rejects.toMatchObject({
      faults: [
        {
          message: { en: 'there is no recogniser "own:bagde"' },
          hint: { en: 'did you mean "own:badge"?' },
        },
      ],
    })
  })

  test('the shipped example loads as it is, and with its remarks taken away', () => {
    const text = readFileSync(resolve(shipped, 'recognisers/example.yaml'), 'utf8')
    expect(loadFiles(withFiles({ 'recognisers/example.yaml': text })).recognisers).toEqual([])
    const open = text.replaceAll(/^ {2}# /gm, '  ')
    expect(loadFiles(withFiles({ 'recognisers/example.yaml': open })).recognisers).toHaveLength(2)
  })
})
