/** The time that an approver signs is the one that was written, or none. */
import { expect, test } from 'vitest'
import { timeOf } from '../../src/cli/override.ts'

test.each([
  ['2026-12-01', '2026-12-01T00:00:00.000Z', '2026-12-01T23:59:59.999Z'],
  ['2026-12-01T08:00:00Z', '2026-12-01T08:00:00.000Z', '2026-12-01T08:00:00.000Z'],
  ['2026-12-01T08:00+01:00', '2026-12-01T07:00:00.000Z', '2026-12-01T07:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z', '2028-02-29T23:59:59.999Z'],
])('%s', (text, begins, ends) => {
  expect([timeOf(text, 'begins'), timeOf(text, 'ends')]).toEqual([begins, ends])
})

test.each([
  '2027-02-30',
  '2027-02-29',
  '2027-02-30T10:00:00Z',
  // 5 January in Paris, 1 May for a parser that guesses.
  '05/01/2027',
  '1 mars 2027',
  'March 1, 2027',
  '2027',
  '2027-03-01T10:00:00',
  '2027-03-01 10:00:00Z',
  '2027-03-01T24:00:00Z',
  '2027-03-01T10:00:00+99:00',
  '',
])('"%s" is no time', (text) => {
  expect(() => timeOf(text, 'ends')).toThrow(/is no time/)
})
