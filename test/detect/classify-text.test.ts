import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { classifyText } from '../../src/detect/classify-text.ts'
import { readJsonText } from '../../src/detect/json-text.ts'
import { detector } from './fixture.ts'

test('offsets speak of the JSON text as it was sent, escapes included', async () => {
  const text =
    '{"prenom": "\\u00c9lodie", "note": "tel\\n+33 6 12 34 56 78", "a": [{"iban": "FR7630006000011234567890189"}]}'
  const found = (await classifyText(detector, text, 'application/json; charset=utf-8')).filter(
    (one) => one.category !== 'freetext',
  )
  expect(found.map((one) => [one.category, one.path, text.slice(one.start, one.end)])).toEqual([
    ['name', 'prenom', '\\u00c9lodie'],
    ['contact.phone', 'note', '+33 6 12 34 56 78'],
    ['fin.iban', 'a[0].iban', 'FR7630006000011234567890189'],
  ])
})

test('without a type it is running text', async () => {
  expect(await classifyText(detector, 'écrire à a@exemple.fr')).toContainEqual({
    start: 9,
    end: 21,
    category: 'contact.email',
    confidence: 0.98,
    recogniser: 'email',
  })
})

test.each([
  ['{"a": ', 'application/json', 'PAYLOAD_UNREADABLE'],
  ['['.repeat(100_000), 'application/json', 'PAYLOAD_UNREADABLE'],
  ['['.repeat(100) + ']'.repeat(100), 'application/json', 'PAYLOAD_TOO_COMPLEX'],
  ['x', 'application/pdf', 'MEDIA_UNSUPPORTED'],
])('%.20s as %s → %s', async (text, type, code) => {
  await expect(classifyText(detector, text, type)).rejects.toMatchObject({ code })
})

test('every field of any JSON text is where its offsets say', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      for (const { field, start, offsets } of readJsonText(text)) {
        const end = offsets?.at(-1) ?? start + field.text.length
        const written = text.slice(start, end)
        expect(field.kind === 'text' ? JSON.parse(`"${written}"`) : written).toBe(field.text)
      }
    }),
  )
})
