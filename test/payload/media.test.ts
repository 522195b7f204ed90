import { describe, expect, test } from 'vitest'
import { mediaOf } from '../../src/payload/media.ts'
import { outcome } from './incoming.ts'

describe('a body is read only if its declared type is one that we read', () => {
  test.each([
    ['application/json', 'json', 'application/json'],
    ['APPLICATION/JSON', 'json', 'application/json'],
    ['application/json; charset=utf-8', 'json', 'application/json'],
    ['application/json;charset="UTF-8"', 'json', 'application/json'],
    ['application/json ; charset=us-ascii', 'json', 'application/json'],
    ['application/json; charset=utf8;', 'json', 'application/json'],
    ['application/json; profile="a;b\\"c"; charset=utf-8', 'json', 'application/json'],
    ['application/vnd.api+json', 'json', 'application/vnd.api+json'],
    ['application/problem+json', 'json', 'application/problem+json'],
    ['application/x-www-form-urlencoded', 'form', 'application/x-www-form-urlencoded'],
    ['text/plain', 'text', 'text/plain'],
    ['text/plain; format=flowed', 'text', 'text/plain'],
  ])('%s is %s', (contentType, kind, type) => {
    expect(mediaOf(contentType, 1)).toMatchObject({ kind, type })
  })

  test.each([
    [undefined, 'MEDIA_UNSUPPORTED'],
    ['', 'MEDIA_UNSUPPORTED'],
    ['json', 'MEDIA_UNSUPPORTED'],
    ['application/jsonp', 'MEDIA_UNSUPPORTED'],
    ['application/json-seq', 'MEDIA_UNSUPPORTED'],
    ['application/x-ndjson', 'MEDIA_UNSUPPORTED'],
    ['application/+json', 'MEDIA_UNSUPPORTED'],
    ['application/json/x', 'MEDIA_UNSUPPORTED'],
    ['application/json, text/html', 'MEDIA_UNSUPPORTED'],
    ['text/html', 'MEDIA_UNSUPPORTED'],
    ['text/csv', 'MEDIA_UNSUPPORTED'],
    ['application/xml', 'MEDIA_UNSUPPORTED'],
    ['multipart/form-data; boundary=x', 'MEDIA_UNSUPPORTED'],
    ['application/octet-stream', 'MEDIA_UNSUPPORTED'],
    ['application/json; charset', 'MEDIA_UNSUPPORTED'],
    ['application/json; charset="utf-8', 'MEDIA_UNSUPPORTED'],
    ['application/json; a b=c', 'MEDIA_UNSUPPORTED'],
    ['application/json; charset=iso-8859-1', 'CHARSET_UNSUPPORTED'],
    ['text/plain; charset=windows-1252', 'CHARSET_UNSUPPORTED'],
    ['application/json; charset=utf-16', 'CHARSET_UNSUPPORTED'],
    ['application/json; charset=utf-7', 'CHARSET_UNSUPPORTED'],
    ['application/json; charset=utf-8; charset=utf-8', 'CHARSET_UNSUPPORTED'],
    ['application/json; charset=""', 'CHARSET_UNSUPPORTED'],
  ])('%s is refused as %s', (contentType, code) => {
    expect(outcome(() => mediaOf(contentType, 1))).toBe(code)
  })

  test.each([
    [undefined, 'none'],
    ['application/json', 'none'],
  ])('no body with content-type %s is %s', (contentType, kind) => {
    expect(mediaOf(contentType, 0)).toMatchObject({ kind, type: '' })
  })

  test('a type that we do not read is refused even without a body', () => {
    expect(outcome(() => mediaOf('application/pdf', 0))).toBe('MEDIA_UNSUPPORTED')
  })
})
