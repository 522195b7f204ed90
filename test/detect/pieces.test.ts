import { expect, test } from 'vitest'
import { detector, documentOf, today } from './fixture.ts'

const found = async (body: unknown): Promise<string[]> => {
  const document = documentOf(body)
  const { findings } = await detector.classify(document, { today, places: [] })
  return findings
    .filter(({ confidence }) => confidence >= 0.5)
    .map(({ field, category }) => `${category} ${document.fields[field]!.text}`)
}

test.each([
  [['4539', '1488', '0343', '6467'], 'fin.card', 4],
  [{ a: '4539', b: '1488', c: '0343', d: '6467', e: '1227' }, 'fin.card', 4],
  [[{ p: '4539' }, { p: '1488' }, { p: '0343' }, { p: '6467' }], 'fin.card', 4],
  [[4539, 1488, '0343', 6467], 'fin.card', 4],
  [{ x1: 'FR76', x2: '3000', x3: '6000', x4: '0112', x5: '3456', x6: '7890', x7: '189' }, 'fin.iban', 7],
] as const)('%j is one number in pieces', async (value, category, count) => {
  const all = await found({ z: value })
  expect(all.filter((one) => one.startsWith(category))).toHaveLength(count)
})

test.each([
  [['4539', '1488', '0343', '6468']],
  [[2021, 2022, 2023, 2024]],
  [['a', 'b', 'c']],
  [['4539', 'x', '1488', '0343', '6467']],
  [Array.from({ length: 40 }, (_, at) => String(4000 + at))],
])('%j holds no number', async (value) => {
  expect((await found({ z: value })).filter((one) => /^fin/.test(one))).toEqual([])
})
