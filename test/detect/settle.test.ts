import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Category } from '../../src/model/category.ts'
import type { Found } from '../../src/detect/found.ts'
import { settle } from '../../src/detect/settle.ts'

const text = 'Jean-Paul Durand, né le 12/05/1985 à Lyon (FR76 3000) est malade.'

const one: fc.Arbitrary<Found> = fc
  .record({
    start: fc.integer({ min: 0, max: text.length - 1 }),
    length: fc.integer({ min: 1, max: 24 }),
    category: fc.constantFrom<Category>(
      'name',
      'contact.city',
      'birth.date',
      'date',
      'fin.iban',
      'health',
      'id.tax',
      'auth.secret',
    ),
    confidence: fc.constantFrom(0.1, 0.3, 0.49, 0.5, 0.6, 0.84, 0.85, 0.9, 0.97),
    recogniser: fc.constantFrom(
      'key',
      'name',
      'iban',
      'known-value',
      'special-word',
      'date',
      'column',
      'national',
    ),
    evidence: fc.constantFrom('a', 'b', 'mod 97'),
    kind: fc.constantFrom('nir', 'dni', undefined),
  })
  .map(({ start, length, kind, ...rest }) => ({
    ...rest,
    start,
    end: Math.min(text.length, start + length),
    ...(kind === undefined ? {} : { kind }),
  }))
const several = fc.array(one, { maxLength: 9 })
const isLetter = /[\p{L}\p{N}]/u

/** The best confidence that lies on each letter or digit. */
const cover = (found: readonly Found[]): number[] =>
  Array.from({ length: text.length }, (_, at) =>
    isLetter.test(text.charAt(at))
      ? Math.max(
          0,
          ...found.filter(({ start, end }) => start <= at && at < end).map(({ confidence }) => confidence),
        )
      : 0,
  )
const tier = (confidence: number) => (confidence >= 0.85 ? 2 : confidence >= 0.5 ? 1 : 0)

describe('settling', () => {
  test('does not depend on the order of the findings', () =>
    fc.assert(
      fc.property(
        several.chain((found) =>
          fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length })),
        ),
        ([found, shuffled]) => {
          expect(settle(text, shuffled)).toEqual(settle(text, found))
        },
      ),
      { numRuns: 1500 },
    ))

  test('leaves no two that overlap, in order, each with its recogniser, evidence and confidence', () =>
    fc.assert(
      fc.property(several, (found) => {
        const out = settle(text, found)
        out.forEach(({ start, end, recogniser, evidence, confidence }, at) => {
          expect(end).toBeGreaterThan(start)
          expect(start).toBeGreaterThanOrEqual(out[at - 1]?.end ?? 0)
          expect(found.map((one) => one.recogniser)).toContain(recogniser)
          expect(found.map((one) => one.confidence)).toContain(confidence)
          expect(evidence).not.toBe('')
        })
      }),
      { numRuns: 1500 },
    ))

  test('loses no letter of what is certain or acts, and covers none that nothing covered', () =>
    fc.assert(
      fc.property(several, (found) => {
        const before = cover(found)
        const after = cover(settle(text, found))
        before.forEach((confidence, at) => {
          expect(tier(after[at]!)).toBeGreaterThanOrEqual(tier(confidence))
        })
        expect(after.filter((confidence, at) => confidence > 0 && before[at] === 0)).toEqual([])
      }),
      { numRuns: 1500 },
    ))

  test('a second time changes nothing', () =>
    fc.assert(
      fc.property(several, (found) => {
        const out = settle(text, found)
        expect(settle(text, out)).toEqual(out)
      }),
      { numRuns: 800 },
    ))
})

const at = (part: string, category: Category, confidence: number, recogniser: string): Found => ({
  start: text.indexOf(part),
  end: text.indexOf(part) + part.length,
  category,
  confidence,
  recogniser,
  evidence: recogniser,
})

test.each<[string, Found[], string[]]>([
  [
    'what knows more of the span takes it, of two that are certain',
    [at('12/05/1985', 'date', 0.9, 'date'), at('12/05/1985', 'birth.date', 0.95, 'key')],
    ['birth.date 12/05/1985'],
  ],
  [
    'certainty before length',
    [
      at('né le 12/05/1985 à Lyon', 'contact.address', 0.5, 'key'),
      at('12/05/1985', 'birth.date', 0.9, 'date'),
    ],
    ['contact.address né le ', 'birth.date 12/05/1985', 'contact.address  à Lyon'],
  ],
  [
    'parts of one name become one',
    [at('Jean-Paul', 'name', 0.5, 'name'), at('Paul Durand', 'name', 0.9, 'known-value')],
    ['name Jean-Paul Durand'],
  ],
  [
    'a weak guess never widens what acts',
    [at('Durand', 'name', 0.9, 'key'), at('Durand, né', 'name', 0.3, 'name')],
    ['name Durand', 'name , né'],
  ],
])('%s', (_title, found, expected) =>
  expect(settle(text, found).map((one) => `${one.category} ${text.slice(one.start, one.end)}`)).toEqual(
    expected,
  ),
)

test('a weak guess between two findings of a category does not keep them apart', () => {
  const of = (start: number, end: number, confidence: number): Found => ({
    ...{ start, end, confidence },
    ...{ category: 'name', recogniser: 'name', evidence: 'a' },
  })
  expect(settle(text, [of(0, 10, 0.9), of(2, 4, 0.3), of(5, 16, 0.9)])).toEqual([of(0, 16, 0.9)])
})
