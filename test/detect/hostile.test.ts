import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeBudget } from '../../src/detect/budget.ts'
import { classifyText } from '../../src/detect/classify-text.ts'
import { findValues, learnValue, makeKnownValues } from '../../src/detect/known-values.ts'
import { Refused } from '../../src/errors.ts'
import type { Finding } from '../../src/model/finding.ts'
import { detector, documentOf, today } from './fixture.ts'

describe('known values and columns cost no more than their size', { timeout: 60_000 }, () => {
  const spent = (values: number, notes: number): number => {
    const known = makeKnownValues()
    for (let at = 0; at < values; at++)
      learnValue(known, `12 rue des ${'abc '.repeat(at % 9)}${at}`, 'contact.address')
    const budget = makeBudget(1, 1e9)
    for (let at = 0; at < notes; at++)
      findValues(known, '12 rue des abc abc 12 rue 12 rue des '.repeat(20), budget)
    return budget.spent
  }
  test('a start leads to a bounded number of values', () => {
    expect(spent(4000, 10)).toBe(spent(400, 10))
    expect(spent(400, 20) / spent(400, 10)).toBeLessThan(2.1)
  })
  test('a table of many columns and rows', async () => {
    const rows = Array.from({ length: 300 }, (_, row) =>
      Object.fromEntries(Array.from({ length: 40 }, (_, column) => [`c${column}`, `x${row * column}`])),
    )
    await expect(detector.classify(documentOf(rows), { today, places: [] })).resolves.toBeDefined()
  })
})

test('a payload made to cost more than its size allows is refused with a code', async () => {
  const hostile = documentOf('hf_ '.repeat(12_500))
  await expect(detector.classify(hostile, { today, places: [] })).rejects.toMatchObject({
    code: 'CLASSIFY_BUDGET',
  })
})

test('a quarter of a mebibyte that is nothing but identifiers stays within its budget', async () => {
  const text =
    'Je suis Jean Dupont (client n° 4512), tel 06 12 34 56 78, mail jean@exemple.fr, carte 4111 1111 1111 1111.\n'
  const { findings } = await detector.classify(documentOf(text.repeat(2500)), { today, places: [] })
  expect(findings.length).toBeGreaterThan(2500 * 4)
})

/** The promise of Classification: inside the text, in order, apart from free text none overlapping. */
const checkSpans = (findings: readonly Finding[], textOf: (field: number) => string, records: number) => {
  const last = new Map<number, number>()
  for (const one of [...findings].sort((a, b) => a.field - b.field || a.start - b.start)) {
    expect(one.start).toBeGreaterThanOrEqual(0)
    expect(one.end).toBeGreaterThan(one.start)
    expect(one.end).toBeLessThanOrEqual(textOf(one.field).length)
    expect(one.confidence).toBeGreaterThanOrEqual(0)
    expect(one.confidence).toBeLessThanOrEqual(1)
    expect(one.record).toBeLessThan(records)
    if (one.category === 'freetext') {
      expect([one.start, one.end]).toEqual([0, textOf(one.field).length])
      continue
    }
    expect(one.start).toBeGreaterThanOrEqual(last.get(one.field) ?? 0)
    last.set(one.field, one.end)
  }
}

const pieces = fc.constantFrom(
  'Jean Dupont',
  'M. ',
  'Mme ',
  ' né le ',
  '12/05/1985',
  '+33 6 12 34 56 78',
  'FR7630006000011234567890189',
  '4111 1111 1111 1111',
  '@',
  'a@b.fr',
  '://',
  'https://u:p@x.fr/?token=abcdef',
  '185056912345641',
  '2A',
  ' ',
  '\n',
  '-',
  '.',
  ',',
  ':',
  '::',
  '1',
  '06',
  'é',
  'e\u0301',
  '\u200b',
  '\ud83d',
  '🙂',
  'Ж',
  '中',
  '\u0000',
  '"',
  '{',
  '}',
  '<a>',
  'arrêt ',
  'maladie',
  'enceinte',
  'Cordialement,\n',
  'tel ',
  'mot de passe : ',
  'AB',
  'X1234567L',
  'œ',
  'ß',
  'ﬁ',
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
)
const names = fc.constantFrom(
  'nom',
  'prenom',
  'note',
  'iban',
  'tel',
  'date_naissance',
  'salaire_brut',
  'sante',
  'enfants',
  'x',
  'adresse',
  'client',
  'Jean',
  'a@b.fr',
)
const body = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, text), tie('value'), { maxKeys: 6 }),
  ),
})).value

describe('whatever is sent', { timeout: 60_000 }, () => {
  test('spans lie in their texts and do not overlap; nothing but a refusal is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.array(text, { maxLength: 3 }), async (value, segments) => {
        const document = documentOf(value, { segments })
        try {
          const { findings, records } = await detector.classify(document, {
            today,
            places: ['/tickets/{id.case}', '/{name}'],
          })
          checkSpans(findings, (field) => document.fields[field]!.text, records.length)
        } catch (error) {
          if (!(error instanceof Refused)) throw error
        }
      }),
      { numRuns: 600 },
    )
  })

  test('identifiers and classifyText keep to the text', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        for (const one of detector.identifiers(value)) {
          expect(one.end).toBeLessThanOrEqual(value.length)
          expect(one.start).toBeLessThan(one.end)
        }
        for (const one of await classifyText(detector, JSON.stringify({ note: value }), 'application/json')) {
          expect(one.end).toBeLessThanOrEqual(JSON.stringify({ note: value }).length)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('the same document is classified the same way twice', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const options = { today, places: [] }
        expect(await detector.classify(documentOf(value), options)).toEqual(
          await detector.classify(documentOf(value), options),
        )
      }),
      { numRuns: 200 },
    )
  })
})
