import { describe, expect, test } from 'vitest'
import { begun, civilDate, daysBetween, isCivilDate, isZone, stands } from '../../src/law/date.ts'

describe('the day on which a transfer happens', () => {
  test.each([
    ['2026-11-23T22:59:59Z', 'Europe/Brussels', '2026-11-23', 'a minute before midnight in winter'],
    ['2026-11-23T23:00:00Z', 'Europe/Brussels', '2026-11-24', 'midnight in winter'],
    ['2026-07-01T21:59:59Z', 'Europe/Brussels', '2026-07-01', 'a second before midnight in summer'],
    ['2026-07-01T22:00:00Z', 'Europe/Brussels', '2026-07-02', 'midnight in summer'],
    ['2026-11-23T22:59:59Z', 'Indian/Reunion', '2026-11-24', 'Réunion is three hours ahead'],
    ['2026-11-23T03:00:00Z', 'America/Martinique', '2026-11-22', 'Martinique is behind'],
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31', 'UTC'],
    ['2024-02-29T12:00:00Z', 'Europe/Paris', '2024-02-29', 'a leap day'],
  ])('%s in %s is %s (%s)', (at, zone, expected) => expect(civilDate(new Date(at), zone)).toBe(expected))

  test('a zone that does not exist is noticed', () => {
    expect(isZone('Europe/Paris')).toBe(true)
    expect(isZone('Europe/Pariss')).toBe(false)
    expect(() => civilDate(new Date(), 'Europe/Pariss')).toThrow(RangeError)
  })
})

test.each([
  ['2026-11-23', '2026-11-23', 0],
  ['2026-11-23', '2026-11-24', 1],
  ['2026-11-24', '2026-11-23', -1],
  ['2026-03-28', '2026-03-30', 2],
  ['2024-02-28', '2024-03-01', 2],
  ['2031-06-30', '2031-12-27', 180],
])('from %s to %s: %i days', (a, b, days) => expect(daysBetween(a, b)).toBe(days))

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-1-1', false],
  ['01/03/2026', false],
  ['2026-03-01T00:00:00Z', false],
  ['２０２６-03-01', false],
  ['', false],
])('%s is a day: %s', (text, expected) => expect(isCivilDate(text)).toBe(expected))

test('what ends on a day stands through it, what begins on a day stands from it', () => {
  expect(stands('2026-11-23', '2026-11-23')).toBe(true)
  expect(stands('2026-11-23', '2026-11-24')).toBe(false)
  expect(stands(undefined, '2026-11-24')).toBe(true)
  expect(begun('2026-11-23', '2026-11-23')).toBe(true)
  expect(begun('2026-11-23', '2026-11-22')).toBe(false)
  expect(begun(undefined, '2026-11-22')).toBe(false)
})
