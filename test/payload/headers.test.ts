import { expect, test } from 'vitest'
import { read } from '../../src/payload/read.ts'
import { edit, incoming, outcome, shown } from './incoming.ts'

type Headers = readonly (readonly [string, string])[]
const withHeaders = (...headers: Headers) => read(incoming('', null, { headers }))
const utf8 = (text: string) => Buffer.from(text).toString('latin1')

test('each value is a field named by its header in lower case', () => {
  const document = withHeaders(
    ['Idempotency-Key', 'j@x.fr'],
    ['x-agent', utf8('Léa €')],
    ['x-old', 'L\u00e9a'],
  )
  expect(document.fields.filter(({ part }) => part === 'headers').map(shown)).toEqual([
    'header|text|idempotency-key|idempotency-key|j@x.fr',
    'header|text|x-agent|x-agent|Léa €',
    'header|text|x-old|x-old|Léa',
  ])
})

test.each([['a\r\nx: y'], ['a\nb'], ['a\rb'], ['a\u0000b'], ['a\u007fb'], ['a\u20acb']])(
  '%j is no header value',
  (value) => {
    expect(outcome(() => withHeaders(['x-note', value]))).toBe('PAYLOAD_UNREADABLE')
  },
)

test('two content-types are one too many', () => {
  const headers: Headers = [
    ['content-type', 'text/plain'],
    ['Content-Type', 'application/json'],
  ]
  expect(outcome(() => read(incoming('{}', null, { headers })))).toBe('HEADER_REPEATED')
})

const text = (start: number, end: number, text: string) => ({ start, end, text, as: 'text' }) as const
test.each([
  ['for j@x.fr ', 'for j@x.fr ', text(4, 10, 'E-1'), 'for E-1 ', 'the rest stays'],
  ['plain', 'plain', text(0, 5, 'Léa €'), utf8('Léa €'), 'what is not ASCII leaves as UTF-8'],
  [utf8('Léa €'), 'Léa €', text(0, 3, 'N'), utf8('N €'), 'UTF-8 stays UTF-8'],
  ['L\u00e9a x', 'Léa x', text(4, 5, '\u00e8'), 'L\u00e9a \u00e8', 'ISO-8859-1 stays ISO-8859-1'],
])('%j: %j becomes %4$j (%5$s)', (value, found, change, expected) => {
  const document = withHeaders(['x-note', value], ['x-other', ' as  it came'])
  expect(document.write([edit(document, found, change)]).headers).toEqual([
    ['x-note', expected],
    ['x-other', ' as  it came'],
  ])
})

test('a removed value takes its header with it', () => {
  const document = withHeaders(['x-a', '1'], ['x-b', 'j@x.fr'], ['x-c', '3'])
  expect(document.write([edit(document, 'j@x.fr', { as: 'remove' })]).headers).toEqual([
    ['x-a', '1'],
    ['x-c', '3'],
  ])
})

test.each([
  ['a\r\nx-evil: 1', 'a second line'],
  ['a\u0000', 'NUL'],
  ['\ud800', 'half a character'],
])('%j can never be written into a header (%s)', (by) => {
  const document = withHeaders(['x-note', 'value'])
  expect(outcome(() => document.write([edit(document, 'value', text(0, 5, by))]))).toBe('CANNOT_TREAT')
})

test('what ISO-8859-1 cannot hold is not written into it', () => {
  const document = withHeaders(['x-note', 'L\u00e9a'])
  expect(outcome(() => document.write([edit(document, 'Léa', text(0, 3, '€'))]))).toBe('CANNOT_TREAT')
})

test('the content-type always says what the body is', () => {
  const type = 'application/json; profile="j@x.fr"'
  const document = read(incoming('{}', type))
  expect(document.write([edit(document, type, text(27, 33, 'E-1'))]).headers).toEqual([
    ['content-type', 'application/json; profile="E-1"'],
  ])
  for (const change of [text(0, 16, 'text/plain'), text(0, 16, 'E-1'), { as: 'remove' } as const]) {
    expect(outcome(() => document.write([edit(document, type, change)]))).toBe('CANNOT_TREAT')
  }
})
