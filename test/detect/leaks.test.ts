/** What once left in clear: each row is a payload as a client sent it and the values that must be found in it. */
import { expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { read } from '../../src/payload/read.ts'

const detector = makeDetector()

const foundIn = async (payload: unknown): Promise<string[]> => {
  const document = read({
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify(payload)),
  })
  const { findings } = await detector.classify(document, { today: '2026-11-23', places: [] })
  return findings
    .filter(({ category, confidence }) => confidence >= 0.5 && category !== 'freetext')
    .map(({ field, start, end, category }) => `${category} ${document.fields[field]?.text.slice(start, end)}`)
}

test.each([
  [
    'an IBAN whose national key is wrong is an IBAN all the same',
    { data: [['FR1920041010050500013M02613']] },
    ['fin.iban FR1920041010050500013M02613'],
  ],
  [
    'a name under a bare `nom` is searched in the text beside it',
    { nom: 'Durand', commentaire: 'voir Durand et DURAND' },
    ['name Durand', 'name Durand', 'name DURAND'],
  ],
])('%s', async (_title, payload, expected) => {
  expect(await foundIn(payload)).toEqual(expected)
})

test('near miss: a number that fails mod 97 is no IBAN', async () => {
  expect(await foundIn({ data: [['FR2020041010050500013M02613']] })).toEqual([])
})
