import { expect, test } from 'vitest'
import { Attempts, TransferTable } from '../../src/audit/verify-attempts.ts'

test('a table of transfers answers as a Map does, through its growing', () => {
  const [table, map] = [new TransferTable(), new Map<string, number>()]
  let state = 7
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  // ids that differ in one digit, high ones, and nought
  const idOf = (n: number): string =>
    n % 3 === 0 ? n.toString(16).padStart(32, '0') : n.toString(16).padEnd(32, 'f')
  for (let i = 0; i < 30_000; i += 1) {
    const id = idOf(random(9_000))
    expect(table.get(id)).toBe(map.get(id))
    const value = random(2) === 0 ? i : -1 - i
    table.set(id, value)
    map.set(id, value)
  }
  expect(table.size).toBe(map.size)
  expect([...table.values()].sort()).toEqual([...map.values()].sort())
  expect(table.get('e'.repeat(32))).toBeUndefined()
})

test('attempts of one transfer are apart from each other', () => {
  const attempts = new Attempts()
  const tid = 'a'.repeat(32)
  for (const attempt of [0, 1, 2, 3]) attempts.set(tid, attempt, attempt * 10)
  expect([0, 1, 2, 3, 4].map((attempt) => attempts.get(tid, attempt))).toEqual([0, 10, 20, 30, undefined])
  expect([...attempts.values()].sort((a, b) => a - b)).toEqual([0, 10, 20, 30])
})
