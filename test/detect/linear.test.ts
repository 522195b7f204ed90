/** Twice the text is twice the work, however it is made (issue 3): counted, never timed; bench/linear.ts times it. */
import { describe, expect, test } from 'vitest'
import { hostileRows, prepare, steps } from '../../bench/detection/hostile.ts'
import { recognisers } from '../../src/detect/recognisers/table.ts'

describe('counted work grows with the payload and not faster', { timeout: 60_000 }, () => {
  test.each(hostileRows.map((row) => [row.step, row.title, row] as const))(
    '%s: %s',
    async (_step, _title, row) => {
      const [once, twice] = [prepare(row, 50_000), prepare(row, 100_000)]
      const ratio = (await twice.run()).spent / (await once.run()).spent
      expect(Math.abs(twice.bytes / once.bytes - 2)).toBeLessThan(0.1)
      expect(ratio).toBeGreaterThan(1.5)
      // Names with numbers in them grow by a digit on the way; the square of the work would be 4.
      expect(ratio).toBeLessThanOrEqual(2.3)
    },
  )
})

test('every recogniser and every step has a hostile row', () => {
  const rows = new Set(hostileRows.map(({ step }) => step))
  expect([...recognisers.map(({ id }) => id), ...steps].filter((step) => !rows.has(step))).toEqual([])
  expect([...rows].filter((step) => ![...recognisers.map(({ id }) => id), ...steps].includes(step))).toEqual(
    [],
  )
})
