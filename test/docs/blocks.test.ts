/** How the documents are read before they are played. */
import { describe, expect, test } from 'vitest'
import { missing, moved } from './blocks.ts'

describe('how the documents are read', () => {
  test('a line that is said must be printed, in order', () => {
    expect(missing(['a', 'b … d'], 'a\nx\n  b c d\n')).toEqual([])
    expect(missing(['b … d', 'a'], 'a\nb c d\n')).toEqual(['a'])
    expect(missing(['a.c'], 'abc\n')).toEqual(['a.c'])
  })

  test.each([
    ['2026-11-23', '2026-02-10 … 2027-02-10'],
    ['2027-02-09', '2026-02-10 … 2027-02-10'],
    ['2027-02-10', '2027-02-10 … 2028-02-10'],
    ['2031-01-01', '2030-02-10 … 2031-02-10'],
  ])('on %s the examples run from %s', (today, expected) => {
    expect(moved('2026-02-10 … 2027-02-10', '2026-02-10', new Date(today))).toBe(expected)
  })
})
