import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Category } from '../../src/model/category.ts'
import { readDate } from '../../src/coarse/dates.ts'
import { readAmount, roundDown } from '../../src/coarse/figures.ts'
import { generalise } from '../../src/coarse/generalise.ts'

const now = new Date('2026-11-23T00:00:00Z')
type Row = readonly [Category, string | undefined, string, string | undefined]
const run = ([category, step, text]: Row, number = false): string | undefined =>
  generalise(category, step, { text, number, country: undefined, now })

describe('generalise, as text', () => {
  test.each<Row>([
    ['birth.date', undefined, '12/03/1985', '1985'],
    ['birth.date', 'month', '12/03/1985', '1985-03'],
    ['birth.date', 'decade', '12/03/1985', '1980'],
    ['birth.date', 'month', '1985-03-12', '1985-03'],
    ['birth.date', 'month', '1985-03-12T00:00:00.000Z', '1985-03'],
    ['birth.date', 'month', '12.3.85', '1985-03'],
    ['birth.date', undefined, '12-03-03', '2003'],
    ['birth.date', 'month', '19850312', '1985-03'],
    ['birth.date', 'month', '12031985', '1985-03'],
    ['birth.date', 'month', '12 mars 1985', '1985-03'],
    ['birth.date', 'month', '1er août 1985', '1985-08'],
    ['birth.date', 'month', '3 juin 1985', '1985-06'],
    ['birth.date', 'month', '3 juillet 1985', '1985-07'],
    ['birth.date', 'month', 'March 12, 1985', '1985-03'],
    ['birth.date', 'month', '12. März 1985', '1985-03'],
    ['birth.date', 'month', '12 de março de 1985', '1985-03'],
    ['birth.date', 'month', '03/25/1985', '1985-03'],
    ['birth.date', 'month', '1985', '1985'],
    ['birth.date', undefined, '32/13/1985', undefined],
    ['birth.date', undefined, 'né à Lyon', undefined],
    ['birth.date', undefined, '479433600', undefined],
    ['birth.date', undefined, '12/03/1785', undefined],
    ['age', undefined, '37', '35'],
    ['age', '10', '37', '30'],
    ['age', undefined, '37 ans', '35'],
    ['age', undefined, '4', '0'],
    ['age', undefined, '37 ou 38', undefined],
    ['contact.postcode', undefined, '69003', '69'],
    ['contact.postcode', '1', '69003', '6'],
    ['contact.postcode', '3', 'F-69003', '690'],
    ['contact.postcode', undefined, '1000-205', '10'],
    ['contact.postcode', '3', 'sw1a 1aa', 'SW1'],
    ['contact.postcode', undefined, '69', undefined],
    ['contact.postcode', undefined, 'Lyon', 'LY'],
    ['contact.city', undefined, 'Lyon', 'FR'],
    ['contact.city', 'region', 'LYON CEDEX 03', 'FR-ARA'],
    ['contact.city', 'region', 'Paris 11e', 'FR-IDF'],
    ['contact.city', undefined, '69003 Lyon', 'FR'],
    ['contact.city', undefined, 'St-Étienne', 'FR'],
    ['birth.place', undefined, 'ANTANANARIVO', 'MG'],
    ['location.place', undefined, 'Lisboa', 'PT'],
    ['contact.city', undefined, 'Trifouilly-les-Oies', undefined],
    ['contact.city', undefined, 'chez Lyon', undefined],
    ['location.gps', undefined, '45.7640, 4.8357', '45.7, 4.8'],
    ['location.gps', '2', '45.7640;-4.8357', '45.76;-4.83'],
    ['location.gps', '0', '45.7640', '45'],
    ['location.gps', undefined, 'POINT(4.8357 45.7640)', 'POINT(4.8 45.7)'],
    ['location.gps', undefined, '45°45′50″N', undefined],
    ['location.gps', undefined, 'u05kq4k', undefined],
    ['hr.salary', undefined, '3120.50', '3000'],
    ['hr.salary', '2', '3120.50', '3100'],
    ['hr.salary', undefined, '3 120,50 €', '3000 €'],
    ['hr.salary', undefined, '3.120,50 EUR', '3000 EUR'],
    ['hr.salary', undefined, '€ 3,120.50', '€ 3000'],
    ['hr.salary', undefined, '3\u202f120', '3000'],
    ['fin.income', undefined, '35k€', '30k€'],
    ['fin.income', undefined, '1.234.567', '1000000'],
    ['fin.income', undefined, 'entre 3000 et 4000', undefined],
  ])('%s %s of %s is %s', (...row) => {
    expect(run(row)).toBe(row[3])
  })
})

describe('generalise, as a JSON number', () => {
  test.each<Row>([
    ['hr.salary', undefined, '3120.50', '3000'],
    ['hr.salary', undefined, '0.0123', '0.01'],
    ['hr.salary', '2', '0.0123', '0.012'],
    ['hr.salary', undefined, '-3120', '-3000'],
    ['hr.salary', undefined, '3.12e3', '3e3'],
    ['hr.salary', '2', '9.99E-2', '9.9E-2'],
    ['hr.salary', undefined, '0', '0'],
    ['hr.salary', undefined, '0.00', '0'],
    ['hr.salary', undefined, '12345678901234567890.12', '10000000000000000000'],
    ['birth.date', undefined, '19850312', '1985'],
    ['birth.date', 'month', '19850312', '198503'],
    ['age', undefined, '37', '35'],
    ['contact.postcode', undefined, '69003', '69'],
    ['location.gps', undefined, '-45.7640', '-45.7'],
  ])('%s %s of %s is %s', (...row) => {
    expect(run(row, true)).toBe(row[3])
  })

  test('rounding down never grows, keeps the first figures, and stays a JSON number', () => {
    const literal = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
      fc.integer().map(String),
    )
    fc.assert(
      fc.property(literal, fc.constantFrom(1, 2), (text, figures) => {
        const rounded = roundDown(text, figures)!
        expect(JSON.stringify(JSON.parse(rounded))).toBeTypeOf('string')
        expect(Math.abs(Number(rounded))).toBeLessThanOrEqual(Math.abs(Number(text)))
        expect(rounded.replace(/e.*$/i, '').replace(/[^1-9]/g, '').length).toBeLessThanOrEqual(figures)
      }),
    )
  })

  test('any text is read or refused by the readers, never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(() => [readDate(text, now), readAmount(text), roundDown(text, 1)]).not.toThrow()
      }),
    )
  })
})

test.each<readonly [Category, string | undefined]>([
  ['name', undefined],
  ['birth.date', 'week'],
  ['hr.salary', '3'],
])('%s %s is not in the table: CANNOT_TREAT', (category, step) => {
  expect(() => run([category, step, '1', undefined])).toThrowError(
    expect.objectContaining({ code: 'CANNOT_TREAT' }),
  )
})
