import { describe, expect, test } from 'vitest'
import { PolicyInvalid } from '../../src/errors.ts'
import { didYouMean } from '../../src/policy/fault-words.ts'
import { nearest } from '../../src/policy/nearest.ts'
import { parseYaml, type KeyPath } from '../../src/policy/yaml.ts'

const text = `# a comment
rules:
  - id: one
    when: {class: third, country: [MG, MA]}
  - id: two
    when:
      not:
        purpose: payroll
defaults: &d {scope: case}
again: *d
number: 010
"quoted": "a\\u0020b"
`
const doc = parseYaml({ path: 'rules/x.yaml', text })

describe('the way back from a value to where it is written', () => {
  test.each<[path: KeyPath, part: 'value' | 'key', place: string, remark: string]>([
    [[], 'value', '2:1', 'the file'],
    [['rules'], 'key', '2:1', 'a key'],
    [['rules', 0], 'value', '3:5', 'an element'],
    [['rules', 0, 'id'], 'value', '3:9', 'a value'],
    [['rules', 0, 'when', 'country', 1], 'value', '4:40', 'an element in brackets'],
    [
      ['rules', '0', 'when', 'country', '1'],
      'value',
      '4:40',
      'positions as text, as JSON pointers have them',
    ],
    [['rules', 1, 'when', 'not', 'purpose'], 'key', '8:9', 'a nested key'],
    [['again', 'scope'], 'value', '9:22', 'behind an alias: where it was written'],
    [['rules', 0, 'decide'], 'value', '3:5', 'not there: what holds it'],
    [['rules', 7, 'id'], 'value', '3:3', 'no such element: the list'],
    [['nothing', 'at', 'all'], 'value', '2:1', 'no such key: the file'],
  ])('%j (%s) is %s: %s', (path, part, place) => {
    const { file, line, column } = doc.at(path, part)
    expect(`${file} ${line}:${column}`).toBe(`rules/x.yaml ${place}`)
  })

  test('a fault shows the line as it is written', () => {
    const message = { en: 'unknown', fr: 'inconnu' }
    const hint = { en: 'did you mean …', fr: 'vouliez-vous dire …' }
    expect(doc.fault(['rules', 1, 'when', 'not', 'purpose'], message, hint)).toEqual({
      file: 'rules/x.yaml',
      line: 8,
      column: 18,
      message,
      source: '        purpose: payroll',
      hint,
    })
    expect('hint' in doc.fault([], message)).toBe(false)
  })

  test('what the author wrote is not what YAML read', () => {
    expect((doc.value as { number: unknown }).number).toBe(10)
    expect(doc.written(['number'])).toBe('010')
    expect(doc.written(['rules'])).toBeUndefined()
  })

  test('Windows line ends and a byte order mark move nothing', () => {
    const windows = parseYaml({ path: 'x.yaml', text: `\ufeff${text.replaceAll('\n', '\r\n')}` })
    expect(windows.at(['rules', 1, 'id'])).toMatchObject({ line: 5, column: 9 })
    expect(windows.fault(['rules', 1, 'id'], { en: 'x', fr: 'y' }).source).toBe('  - id: two')
  })
})

describe('YAML 1.2, its core and no more', () => {
  const read = (source: string): unknown => parseYaml({ path: 'x.yaml', text: source }).value
  test.each<[source: string, value: unknown]>([
    ['a: NO', { a: 'NO' }],
    ['a: yes', { a: 'yes' }],
    ['a: on', { a: 'on' }],
    ['a: 2025-03-01', { a: '2025-03-01' }],
    ['a: 12:30', { a: '12:30' }],
    ['a: 010', { a: 10 }],
    ['a: ~', { a: null }],
    ['NO: x\n010: y', { NO: 'x', '010': 'y' }],
    ['<<: {a: 1}', { '<<': { a: 1 } }],
    ['%YAML 1.1\n---\na: NO', { a: 'NO' }],
  ])('%j', (source, value) => expect(read(source)).toEqual(value))

  test('__proto__ is a key like any other and changes no prototype', () => {
    const value = read('__proto__: {polluted: true}') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect('polluted' in value).toBe(false)
  })

  test('every error of a file is told', () => {
    const bad = () => parseYaml({ path: 'x.yaml', text: 'a: 1\na: 2\nb: 3\nb: 4\nb: 5\n' })
    expect(bad).toThrow(PolicyInvalid)
    expect(bad).toThrow(/2:1: .*\n.*4:1: .*\n.*5:1: /)
  })
})

describe('did you mean', () => {
  const known = ['purposes', 'name', 'default_purpose', 'retention_days', 'M2', 'clause_8_7']
  test.each<[word: string, meant: string | undefined, remark: string]>([
    ['purpses', 'purposes', 'a letter missing'],
    ['purpsoes', 'purposes', 'two letters swapped'],
    ['default-purpose', 'default_purpose', 'a hyphen for a line'],
    ['NAME', 'name', 'capitals'],
    ['m2', 'M2', 'a short word in small letters'],
    ['M7', 'M2', 'one wrong of two'],
    ['xx', undefined, 'two wrong of two'],
    ['retentoin_day', 'retention_days', 'two slips in a long word'],
    ['colour', undefined, 'another word'],
    ['', undefined, 'nothing'],
    ['a'.repeat(10_000), undefined, 'a wall of letters'],
  ])('%s', (word, meant) => expect(nearest(word, known)).toBe(meant))

  test('a short list is shown whole, a long one is not', () => {
    expect(didYouMean('colour', ['a1', 'b1'])).toEqual({
      en: 'known here: a1, b1',
      fr: 'possibilités : a1, b1',
    })
    expect(
      didYouMean(
        'colour',
        Array.from({ length: 25 }, (_, i) => `word-${i}`),
      ),
    ).toBeUndefined()
    expect(didYouMean('colour', [])).toBeUndefined()
  })
})
