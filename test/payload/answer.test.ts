import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../src/payload/read.ts'
import { bodyFields, edit, shown } from './incoming.ts'

const restore = { start: 0, end: 5, text: 'Jean "J" Durand', as: 'text' } as const

describe('an answer is read where its type can be read, so that its pseudonyms come home', () => {
  test.each([
    ['application/json', '{"a": "NAM-1 ok"}', 'NAM-1 ok', '{"a": "Jean \\"J\\" Durand ok"}'],
    ['application/problem+json; charset=utf-8', '["NAM-1"]', 'NAM-1', '["Jean \\"J\\" Durand"]'],
    ['application/x-www-form-urlencoded', 'n=NAM-1', 'NAM-1', 'n=Jean%20%22J%22%20Durand'],
    ['text/plain', 'NAM-1 ok', 'NAM-1 ok', 'Jean "J" Durand ok'],
    ['text/plain', '{"a": "NAM-1"}', 'NAM-1', '{"a": "Jean \\"J\\" Durand"}'],
    ['text/plain', 'NAM-1,b,c\na,b,c\na,b,c', 'NAM-1,b,c\na,b,c\na,b,c', 'Jean "J" Durand,b,c\na,b,c\na,b,c'],
  ])('%s %s', (type, body, found, expected) => {
    const document = readAnswer(type, Buffer.from(body))!
    expect(document.write([edit(document, found, restore)]).body.toString()).toBe(expected)
  })

  test('a pseudonym of a number becomes that number again', () => {
    const document = readAnswer('application/json', Buffer.from('{"n":"NUM-1"}'))!
    const number = edit(document, 'NUM-1', { text: '12345678901234567890.10', as: 'number' })
    expect(document.write([number]).body.toString()).toBe('{"n":12345678901234567890.10}')
  })

  test.each([
    ['text/html', '<p>NAM-1</p>'],
    ['application/pdf', 'x'],
    [undefined, 'x'],
    ['application/json', '{"a":'],
    ['application/json; charset=utf-16', '{}'],
    ['application/json', Buffer.from([0x22, 0xff, 0x22])],
    ['application/json', '['.repeat(100_000)],
    ['application/x-www-form-urlencoded', 'a=%'],
  ])('%s %s is left unread', (type, body) => {
    expect(readAnswer(type, Buffer.from(body))).toBeUndefined()
  })

  test('no body is a document without fields', () => {
    const document = readAnswer(undefined, Buffer.alloc(0))!
    expect([document.media, document.fields]).toEqual(['none', []])
    expect(document.write([]).body.length).toBe(0)
  })

  test('only the body is read', () => {
    const document = readAnswer('application/json', Buffer.from('[1]'))!
    expect(bodyFields(document).map(shown)).toEqual(document.fields.map(shown))
  })
})
