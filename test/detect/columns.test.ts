import { describe, expect, test } from 'vitest'
import { classify, documentOf } from './fixture.ts'
import { findColumns } from '../../src/detect/columns.ts'

const given =
  `Élodie Karim Sophie Nguyet Paulo Grace Thomas Rakoto Ioana Zofia Jürgen Giulia Aurélien Fatoumata
  Priya Mehmet Sander Marta Bjørn Chloé Youssef Amina Olga Henrique`.split(/\s+/)
const surnames =
  `Kowalczyk Rodriguez Fernandes Lefebvre Schneider Ionescu Hansen Benali Rakotomalala Papadopoulos Nowak
  Bianchi Petrov Okafor Haddad Johansson`.split(/\s+/)
const cities =
  `Lyon Marseille Lisboa Porto Hamburg München Kraków Warszawa București Torino Napoli Utrecht Gent Sevilla
  Valencia Toulouse`.split(/\s+/)
const goods =
  `clavier souris écran câble bureau chaise lampe stylo cahier table agenda tasse valise lunettes tapis
  horloge`.split(/\s+/)

const categoriesOf = async (rows: unknown[]): Promise<Record<string, string[]>> => {
  const { findings, document } = await classify({ salaries: rows })
  const out: Record<string, string[]> = {}
  for (const one of findings)
    if (one.confidence >= 0.5 && !['freetext', 'date', 'org'].includes(one.category))
      (out[document.fields[one.field]!.key] ??= []).push(one.category)
  return out
}
const rowsOf = (name: string, values: readonly unknown[]) => values.map((value) => ({ [name]: value }))

describe('a column of names is one whatever its header', () => {
  test.each<[string, readonly string[], boolean]>([
    ['c3', given, true],
    ['valeur', surnames, true],
    ['col_a', given.map((one, at) => `${one} ${surnames[at % surnames.length]}`), true],
    ['c3', cities, false],
    ['libre', goods, false],
    ['x', given.slice(0, 7), false],
  ])('%s %j → %s', async (name, values, are) => {
    const found = (await categoriesOf(rowsOf(name, values)))[name] ?? []
    expect(found.filter((one) => one === 'name').length >= values.length * 0.95).toBe(are)
  })

  test('in 500 rows with repeats, and in a plain list', async () => {
    const many = Array.from({ length: 500 }, (_, at) => given[(at * 7) % given.length]!)
    expect((await categoriesOf(rowsOf('c', many)))['c']).toHaveLength(500)
    expect((await classify({ x: many })).findings.filter((one) => one.category === 'name')).toHaveLength(500)
  })
})

test('numbers that nothing names are certain if all of a column are such numbers', async () => {
  // Belgian national numbers: two check digits, 97 less the rest of the first nine digits.
  const number = (at: number) => {
    const nine = `8${at % 10}0${1 + (at % 9)}1${at % 8}${String(101 + at * 2)}`
    return nine + String(97 - (Number(nine) % 97)).padStart(2, '0')
  }
  const numbers = Array.from({ length: 14 }, (_, at) => number(at))
  const confidences = async (rows: unknown[]) =>
    (await classify({ rows })).findings
      .filter((one) => one.category === 'id.national')
      .map((one) => one.confidence)
  expect(Math.max(...(await confidences(rowsOf('c7', numbers.slice(0, 3)))))).toBeLessThan(0.85)
  expect(await confidences(rowsOf('c7', numbers))).toEqual(numbers.map(() => 0.85))
  // One that is mistyped shows nothing, and one more that is no number of this kind spoils the agreement.
  const spoilt = [...numbers.slice(0, 10), 'a', 'b', 'c', 'd']
  expect(Math.max(...(await confidences(rowsOf('c7', spoilt))))).toBeLessThan(0.85)
})

describe('a header that its column contradicts', () => {
  const long = Array.from({ length: 16 }, (_, at) => goods[at]!)
  test('is believed less', async () => {
    expect((await categoriesOf(rowsOf('nom', long)))['nom']).toBeUndefined()
    expect(
      (
        await categoriesOf(
          rowsOf(
            'email',
            long.map((one, at) => `${one}-${at}`),
          ),
        )
      )['email'],
    ).toBeUndefined()
  })
  test('but what a value shows alone stays', async () => {
    const values = [...long.slice(0, 15), 'DE89370400440532013000']
    const found = await categoriesOf(rowsOf('email', values))
    expect(found['email']).toEqual(['fin.iban'])
  })
  test('a name under its header is never doubted by a few rows', async () => {
    expect((await categoriesOf(rowsOf('nom', long.slice(0, 9))))['nom']).toHaveLength(9)
  })
  test('nor is a special category by any', async () => {
    expect((await categoriesOf(rowsOf('religion', long)))['religion']).toHaveLength(16)
  })
})

test('columns are leaves of one name in the elements of one list', () => {
  const document = documentOf({
    a: given.slice(0, 8).map((one) => ({ n: one, deep: { m: one }, mails: ['x@example.com'] })),
    b: given.slice(0, 7).map((one) => ({ n: one })),
  })
  expect(findColumns(document).map((one) => one.map((field) => document.fields[field]!.key)[0])).toEqual([
    'n',
    'm',
  ])
})
