import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../src/model/document.ts'
import { read } from '../../src/payload/read.ts'
import { bodyFields, edit, incoming, outcome, shown } from './incoming.ts'

const type = 'application/x-www-form-urlencoded'
const form = (body: string | Buffer) => read(incoming(body, type))

test('names are parameters, values are leaves under them, repeated names stay apart', () => {
  const document = form('nom=Jean+Dup%C3%B4nt&tel=%2B33&tel=&vide&%6eote=a%0Ab')
  expect(bodyFields(document).map(shown)).toEqual([
    'parameter|text|nom||nom',
    'leaf|text|nom|nom|Jean Dupônt',
    'parameter|text|tel||tel',
    'leaf|text|tel|tel|+33',
    'parameter|text|tel||tel',
    'leaf|text|tel|tel|',
    'parameter|text|vide||vide',
    'parameter|text|note||note',
    'leaf|text|note|note|a\nb',
  ])
  expect(bodyFields(document).map(({ path }) => path!.ordinal)).toEqual([0, 0, 1, 1, 2, 2, 3, 4, 4])
})

test.each([
  ['a=%', 'PAYLOAD_UNREADABLE', 'bad escape'],
  ['%zz=1', 'PAYLOAD_UNREADABLE', 'bad escape in a name'],
  ['a=%ff', 'PAYLOAD_UNREADABLE', 'no UTF-8'],
  ['a=%c3', 'PAYLOAD_UNREADABLE', 'half a character'],
  ['a=%c3%28', 'PAYLOAD_UNREADABLE', 'no continuation byte'],
  ['a=é', 'read', 'raw UTF-8, as some senders write it'],
  ['&&a=1&', 'read', 'empty pairs'],
  ['a=b=c', 'read', 'a second equals sign'],
  ['a=100%25', 'read', 'encoded percent sign'],
  ['\ufeffa=1', 'read', 'BOM'],
])('%s → %s (%s)', (body, code) => {
  expect(outcome(() => form(body))).toBe(code)
})

test('too many parameters', () => {
  expect(outcome(() => form('a&'.repeat(1_000_001)))).toBe('PAYLOAD_TOO_COMPLEX')
  expect(outcome(() => form('='.repeat(1_000_000)))).toBe('read')
})

describe('a treated value is encoded, its neighbours keep their spelling', () => {
  const text = (start: number, end: number, text: string) => ({ start, end, text, as: 'text' }) as const
  test.each([
    ['n=Jean+Dupont+%c3%a9', 'Jean Dupont é', text(5, 11, 'A B&c=d+%'), 'n=Jean+A%20B%26c%3Dd%2B%25+%c3%a9'],
    ['n=é%20Jean', 'é Jean', text(2, 6, 'ô'), 'n=é%20%C3%B4'],
    ['n=12&m=x', '12', { as: 'remove' }, 'n=&m=x'],
    ['n=12&m=x', '12', { text: '10', as: 'number' }, 'n=10&m=x'],
    ['n=12&m=x', '12', { start: 0, end: 1, as: 'remove' }, 'n=2&m=x'],
    ['j%40x.fr=1', 'j@x.fr', text(0, 6, 'E-1'), 'E-1=1'],
    ['\ufeffn=a', 'a', text(0, 1, 'b'), '\ufeffn=b'],
    ['n=', '', text(0, 0, 'b'), 'n=b'],
  ] as const)('%s: %s', (body, found, change, expected) => {
    const document = form(body)
    expect(document.write([edit(document, found, change)]).body.toString()).toBe(expected)
  })

  test.each([
    ['n=a', 'n', { as: 'remove' }],
    ['n=a&m=b', 'n', text(0, 1, 'm')],
    ['n=a', 'a', text(0, 1, '\udc00')],
  ] as const)('%s: %s cannot be treated', (body, found, change) => {
    const document = form(body)
    expect(outcome(() => document.write([edit(document, found, change)]))).toBe('CANNOT_TREAT')
  })

  test('any value, any edit: what URLSearchParams reads is the value with the edit', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((word) => word.isWellFormed())
    fc.assert(
      fc.property(word, word, word, word, (name, before, value, after) => {
        const body = new URLSearchParams([
          ['x', '1'],
          [name, before + value + after],
          ['y', '2'],
        ]).toString()
        const document = form(body)
        const field = bodyFields(document)[3]!
        const change: Edit = {
          field: field.index,
          start: before.length,
          end: before.length + value.length,
          text: 'T&é 1',
          as: 'text',
        }
        const out = document.write([change]).body.toString()
        expect([...new URLSearchParams(out)]).toEqual([
          ['x', '1'],
          [name, `${before}T&é 1${after}`],
          ['y', '2'],
        ])
        expect(document.write([]).body.toString()).toBe(body)
      }),
      { numRuns: 400 },
    )
  })
})
