import { describe, expect, test } from 'vitest'
import { figuresOf, macroOf } from '../../bench/eval/figures.ts'
import { type Found, type Gold, makeRow, score } from '../../bench/eval/score.ts'

const text = 'Jean Dupont de Lyon, jean@exemple.fr, Acme'
const at = (value: string) => ({ start: text.indexOf(value), end: text.indexOf(value) + value.length })
const gold: Gold[] = [
  { ...at('Jean Dupont'), type: 'PERSON' },
  { ...at('Lyon'), type: 'LOCATION' },
  { ...at('jean@exemple.fr'), type: 'EMAIL' },
]
const scored = (found: Found[]) => {
  const row = makeRow()
  const verdicts = score(row, text, gold, found)
  return { row, verdicts, person: figuresOf(row.types.get('PERSON')!, row.letters) }
}

describe('the measure of detection', () => {
  test('a span half covered is recalled, but not strictly', () => {
    const { person } = scored([{ ...at('Dupont'), category: 'name' }])
    expect([person.recall, person.strict, person.precision]).toEqual([1, 0, 1])
    expect(scored([{ ...at('Jean'), category: 'name' }]).person.recall).toBe(0)
  })

  test('a place taken for a person is wrong only in the hard figure, a firm unlabelled in both', () => {
    const found: Found[] = [
      { ...at('Jean Dupont'), category: 'name' },
      { ...at('Lyon'), category: 'name' },
    ]
    expect(scored(found).person).toMatchObject({ precision: 1, hard: 0.5 })
    expect(scored([...found, { ...at('Acme'), category: 'name' }]).person.precision).toBe(0.5)
  })

  test('letters leak unless something that acts covers them, and other text covered is counted', () => {
    const { row, verdicts } = scored([
      { ...at('Jean Dupont'), category: 'org' },
      { ...at('jean@exemple.fr'), category: 'online.url' },
      { ...at('Acme'), category: 'name' },
    ])
    expect(row.letters).toMatchObject({ personal: 23, leaked: 10, other: 6, over: 4 })
    expect(verdicts.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      'missed PERSON',
      'missed EMAIL',
      'wrong PERSON',
    ])
  })

  test('each corpus weighs the same in the mean, those labelled in part and those without such spans do not count', () => {
    const one = scored([{ ...at('Jean Dupont'), category: 'name' }]).row
    const none = scored([]).row
    const rows = new Map([
      ['a/fr', one],
      ['b/fr', none],
      ['en-sgd/en', none],
      ['generated/ro', none],
    ])
    expect(macroOf(rows, 'PERSON')).toMatchObject({ rows: 2, recall: 0.5, f2: 0.5, precision: 1 })
    expect(macroOf(rows, 'DIRECT')).toMatchObject({ recall: 0, f2: 0 })
  })
})
