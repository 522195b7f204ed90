import { expect, test } from 'vitest'
import { printPath } from '../../src/payload/path.ts'
import { read } from '../../src/payload/read.ts'
import { incoming, readJson } from './incoming.ts'

const known = (name: string) =>
  ['employees', 'iban', 'date de naissance', 'nom'].includes(name.replace(/[^\p{L} ]/gu, ''))

test.each([
  ['{"x":1,"employees":[0,0,0,{"a":0,"b":0,"j@x.fr":{"iban":"FR76"}}]}', 'FR76', 'employees[3].{2}.iban'],
  ['["FR76"]', 'FR76', '[0]'],
  ['"FR76"', 'FR76', ''],
  ['{"":{"date de naissance":"FR76"}}', 'FR76', '{0}.date de naissance'],
  ['{"nom\\u202e":"FR76"}', 'FR76', '{0}'],
  ['{"a":0,"<nom>":"FR76"}', 'FR76', '{1}'],
  ['{"0":"FR76"}', 'FR76', '{0}'],
])('%s: the path of %s prints as %s', (body, text, printed) => {
  const field = readJson(body).fields.find((field) => field.text === text)!
  expect(printPath(field.path, known)).toBe(printed)
})

test('a client’s own names in targets, forms and headers are never printed', () => {
  const document = read(
    incoming('jean%40x.fr=1&nom=2', 'application/x-www-form-urlencoded', {
      target: '/u/jean?durand=1',
      headers: [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['x-durand', 'v'],
      ],
    }),
  )
  expect(document.fields.map(({ path }) => printPath(path, known))).toEqual([
    '{0}',
    '{0}',
    'nom',
    'nom',
    '[0]',
    '[1]',
    '{0}',
    '{0}',
    '{0}',
    '{1}',
  ])
})
