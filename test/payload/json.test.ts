import { describe, expect, test } from 'vitest'
import type { Change } from './incoming.ts'
import { bodyFields, edit, incoming, outcome, readJson, shown } from './incoming.ts'
import { read } from '../../src/payload/read.ts'

describe('every value and every name that a sender chose is a field', () => {
  test('values, keys, numbers and booleans, in order, with path and nearest name', () => {
    const document = readJson('{"a":[1.0,{"b":"x"},["y"]],"":true,"n":null,"a":1e400}')
    expect(bodyFields(document).map(shown)).toEqual([
      'key|text|a||a',
      'leaf|number|a/0|a|1.0',
      'key|text|a/1/b|a|b',
      'leaf|text|a/1/b|b|x',
      'leaf|text|a/2/0|a|y',
      'key|text|||',
      'leaf|boolean|||true',
      'key|text|n||n',
      'key|text|a||a',
      'leaf|number|a|a|1e400',
    ])
    expect(document.fields.map(({ index }) => index)).toEqual(document.fields.map((_, index) => index))
  })

  test('the path after a nested container is that of its parent', () => {
    const document = readJson('{"p":{"q":{"r":1}},"s":[[],{},[[2]],3],"t":4}')
    expect(
      bodyFields(document)
        .filter(({ place }) => place === 'leaf')
        .map(shown),
    ).toEqual([
      'leaf|number|p/q/r|r|1',
      'leaf|number|s/2/0/0|s|2',
      'leaf|number|s/3|s|3',
      'leaf|number|t|t|4',
    ])
  })

  test('siblings share their ancestors and know their ordinal', () => {
    const [, x, , y] = bodyFields(readJson('[{"x":1,"y":2}]'))
    expect(x!.path!.up).toBe(y!.path!.up)
    expect([x!.path!.ordinal, y!.path!.ordinal]).toEqual([0, 1])
  })

  test.each([
    ['"\\u00e9\\ud83d\\ude00\\n\\/\\"\\\\"', 'é😀\n/"\\'],
    ['"\\ud83d"', '\ud83d'],
    ['"😀é"', '😀é'],
    ['""', ''],
  ])('%s reads as its decoded text', (body, text) => {
    expect(bodyFields(readJson(body)).map((field) => field.text)).toEqual([text])
  })
})

describe('what is not JSON to the letter is refused', () => {
  test.each([
    [' ', 'blank', 'PAYLOAD_UNREADABLE'],
    ['{', 'truncated object', 'PAYLOAD_UNREADABLE'],
    ['{"a"', 'truncated after name', 'PAYLOAD_UNREADABLE'],
    ['{"a":', 'truncated before value', 'PAYLOAD_UNREADABLE'],
    ['{"a":1', 'truncated after value', 'PAYLOAD_UNREADABLE'],
    ['{"a":1,', 'truncated after comma', 'PAYLOAD_UNREADABLE'],
    ['"abc', 'truncated string', 'PAYLOAD_UNREADABLE'],
    ['"abc\\', 'truncated escape', 'PAYLOAD_UNREADABLE'],
    ['"\\u12', 'truncated unicode escape', 'PAYLOAD_UNREADABLE'],
    ['[1] []', 'trailing value', 'PAYLOAD_UNREADABLE'],
    ['[1]x', 'trailing garbage', 'PAYLOAD_UNREADABLE'],
    ['[1,]', 'trailing comma', 'PAYLOAD_UNREADABLE'],
    ['{"a":1,}', 'trailing comma in object', 'PAYLOAD_UNREADABLE'],
    ['[,1]', 'leading comma', 'PAYLOAD_UNREADABLE'],
    ['[1}', 'wrong close', 'PAYLOAD_UNREADABLE'],
    ['{"a":1]', 'wrong close', 'PAYLOAD_UNREADABLE'],
    ['{a:1}', 'bare name', 'PAYLOAD_UNREADABLE'],
    ["{'a':1}", 'single quotes', 'PAYLOAD_UNREADABLE'],
    ['{1:1}', 'number as name', 'PAYLOAD_UNREADABLE'],
    ['{"a" 1}', 'no colon', 'PAYLOAD_UNREADABLE'],
    ['["a" "b"]', 'no comma', 'PAYLOAD_UNREADABLE'],
    ['01', 'leading zero', 'PAYLOAD_UNREADABLE'],
    ['-', 'sign alone', 'PAYLOAD_UNREADABLE'],
    ['+1', 'plus sign', 'PAYLOAD_UNREADABLE'],
    ['1.', 'no fraction', 'PAYLOAD_UNREADABLE'],
    ['.5', 'no integer', 'PAYLOAD_UNREADABLE'],
    ['1e', 'no exponent', 'PAYLOAD_UNREADABLE'],
    ['0x1F', 'hexadecimal', 'PAYLOAD_UNREADABLE'],
    ['NaN', 'NaN', 'PAYLOAD_UNREADABLE'],
    ['Infinity', 'Infinity', 'PAYLOAD_UNREADABLE'],
    ['True', 'capital', 'PAYLOAD_UNREADABLE'],
    ['nul', 'cut literal', 'PAYLOAD_UNREADABLE'],
    ['truee', 'long literal', 'PAYLOAD_UNREADABLE'],
    ['"\t"', 'control character in a string', 'PAYLOAD_UNREADABLE'],
    ['"\u0000"', 'NUL in a string', 'PAYLOAD_UNREADABLE'],
    ['"\\x41"', 'unknown escape', 'PAYLOAD_UNREADABLE'],
    ['"\\u00g0"', 'bad hexadecimal digit', 'PAYLOAD_UNREADABLE'],
    ['\u00a0[1]', 'no-break space outside', 'PAYLOAD_UNREADABLE'],
    ['\u000b[1]', 'vertical tab outside', 'PAYLOAD_UNREADABLE'],
    ['// x\n1', 'comment', 'PAYLOAD_UNREADABLE'],
    ['[1]\u0000', 'trailing NUL', 'PAYLOAD_UNREADABLE'],
    ['\ufeff\ufeff1', 'two BOMs', 'PAYLOAD_UNREADABLE'],
    ['\ufeff[1]', 'one BOM', 'read'],
    ['"\u007f\u2028"', 'DEL and line separator are allowed in strings', 'read'],
    [' \t\r\n[ \n1\t,2\r] \n', 'all white space', 'read'],
    ['-0', 'minus zero', 'read'],
    ['1E+5', 'exponent', 'read'],
    ['"\\uD83d"', 'half a surrogate pair, escaped', 'read'],
    ['[1,1]', 'array', 'read'],
  ])('%j (%s) → %3$s', (body, _remark, code) => {
    expect(outcome(() => readJson(body))).toBe(code)
  })

  test.each([
    ['invalid byte', [0x22, 0xff, 0x22]],
    ['truncated character', [0x22, 0xc3, 0x22]],
    ['overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['surrogate as UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x31, 0x00]],
  ])('%s is not UTF-8', (_remark, bytes) => {
    expect(outcome(() => readJson(Buffer.from(bytes)))).toBe('PAYLOAD_UNREADABLE')
  })

  test('a body that says us-ascii and is not', () => {
    const type = 'application/json; charset=us-ascii'
    expect(outcome(() => read(incoming('"é"', type)))).toBe('PAYLOAD_UNREADABLE')
    expect(outcome(() => read(incoming('"e"', type)))).toBe('read')
  })
})

describe('hostile size is refused fast and in bounded memory', () => {
  const mega = 1_000_000
  test.each([
    ['ten million opening brackets', () => '['.repeat(10 * mega), 'PAYLOAD_TOO_COMPLEX'],
    ['ten million nested objects', () => '{"a":'.repeat(2 * mega), 'PAYLOAD_TOO_COMPLEX'],
    ['a number of a million digits', () => '9'.repeat(mega), 'PAYLOAD_TOO_COMPLEX'],
    ['a fraction of a million digits', () => `0.${'0'.repeat(mega)}1`, 'PAYLOAD_TOO_COMPLEX'],
    ['an exponent of a million digits', () => `1e${'0'.repeat(mega)}`, 'PAYLOAD_TOO_COMPLEX'],
    ['a million small values', () => `[${'1,'.repeat(mega)}1]`, 'PAYLOAD_TOO_COMPLEX'],
    ['ten million blanks', () => ' '.repeat(10 * mega), 'PAYLOAD_UNREADABLE'],
    ['a string without end', () => `"${'a'.repeat(10 * mega)}`, 'PAYLOAD_UNREADABLE'],
    ['a million escapes', () => `"${'\\u0041'.repeat(mega)}"`, 'read'],
    ['a number of 1024 digits', () => '9'.repeat(1024), 'read'],
    ['depth of the limit', () => '['.repeat(64) + ']'.repeat(64), 'read'],
    ['depth past the limit', () => '['.repeat(65) + ']'.repeat(65), 'PAYLOAD_TOO_COMPLEX'],
  ])('%s → %3$s', (_remark, make, code) => {
    const request = incoming(make())
    const started = process.threadCpuUsage()
    expect(outcome(() => read(request))).toBe(code)
    expect(process.threadCpuUsage(started).user).toBeLessThan(10_000_000)
  })

  test('the limits are the caller’s', () => {
    expect(outcome(() => read(incoming('[[1]]'), { depth: 1, fields: 10 }))).toBe('PAYLOAD_TOO_COMPLEX')
    expect(outcome(() => read(incoming('[1,2]'), { depth: 9, fields: 2 }))).toBe('PAYLOAD_TOO_COMPLEX')
  })
})

describe('a treated value is quoted for its place, its neighbours keep their spelling', () => {
  const text = (start: number, end: number, text: string) => ({ start, end, text, as: 'text' }) as const
  test.each<[string, string, Change, string, string]>([
    ['{"a":"Jean \\u00e9t\\/é"}', 'Jean ét/é', text(0, 4, 'X'), '{"a":"X \\u00e9t\\/é"}', 'escapes stay'],
    [
      '["a\\u00e9b\\nc"]',
      'aéb\nc',
      text(2, 3, '"\\'),
      '["a\\u00e9\\"\\\\\\nc"]',
      'the replacement is quoted',
    ],
    ['["\\ud83d\\ude00 Léa 😀"]', '😀 Léa 😀', text(3, 6, 'N'), '["\\ud83d\\ude00 N 😀"]', 'surrogate pairs'],
    ['["a\\/b"]', 'a/b', text(3, 3, '!'), '["a\\/b!"]', 'an insertion at the end'],
    ['["x"]', 'x', text(0, 1, 'a\nb\u0001'), '["a\\nb\\u0001"]', 'control characters are escaped'],
    ['["x"]', 'x', text(0, 1, '\ud800'), '["\\ud800"]', 'half a pair is escaped'],
    ['[ 12.50 ]', '12.50', text(0, 5, 'N-1'), '[ "N-1" ]', 'a number becomes text'],
    ['[123456]', '123456', text(0, 3, 'X'), '["X456"]', 'part of a number makes it text'],
    ['[true]', 'true', text(0, 4, 'x'), '["x"]', 'a boolean becomes text'],
    ['[2431]', '2431', { text: '2000', as: 'number' }, '[2000]', 'a number stays one'],
    ['["2431"]', '2431', { text: '2e3', as: 'number' }, '[2e3]', 'text becomes a number without quotes'],
    ['{"a":"x"}', 'x', { as: 'remove' }, '{"a":null}', 'a whole value is removed to null'],
    ['{"a":12}', '12', { as: 'remove' }, '{"a":null}', 'a number is removed to null'],
    ['{"a":true}', 'true', { as: 'remove' }, '{"a":null}', 'a boolean is removed to null'],
    ['{"a":"x y"}', 'x y', { start: 0, end: 1, as: 'remove' }, '{"a":" y"}', 'a part leaves nothing'],
    ['[123]', '123', { start: 0, end: 1, as: 'remove' }, '["23"]', 'part of a number leaves text'],
    ['{"j@x.fr":1}', 'j@x.fr', text(0, 6, 'E"1'), '{"E\\"1":1}', 'a key'],
    ['{"j@x.fr":1}', 'j@x.fr', { start: 1, end: 2, as: 'remove' }, '{"jx.fr":1}', 'part of a key'],
    ['\ufeff{"a": "x"}\r\n', 'x', text(0, 1, 'y'), '\ufeff{"a": "y"}\r\n', 'BOM and line ends stay'],
  ])('%s: %2$s → %4$s (%5$s)', (body, target, change, expected) => {
    const document = readJson(body)
    expect(document.write([edit(document, target, change)]).body.toString()).toBe(expected)
  })

  test('several edits in one escaped string, given in any order', () => {
    const document = readJson('["\\u00e9 Jean \\t Léa \\u00e9"]')
    const edits = [text(9, 12, 'B'), text(2, 6, 'A')].map((change) =>
      edit(document, 'é Jean \t Léa é', change),
    )
    expect(document.write(edits).body.toString()).toBe('["\\u00e9 A \\t B \\u00e9"]')
  })

  test('a us-ascii document stays one', () => {
    const document = read(incoming('["x"]', 'application/json; charset=us-ascii'))
    const { body } = document.write([edit(document, 'x', text(0, 1, 'é😀'))])
    expect(body.toString()).toBe('["\\u00e9\\ud83d\\ude00"]')
  })

  test.each<[string, string, Change, string, string]>([
    ['{"a":1}', 'a', { as: 'remove' }, 'CANNOT_TREAT', 'a whole key cannot be removed'],
    ['{"a":1}', 'a', text(0, 1, ''), 'CANNOT_TREAT', 'nor emptied'],
    ['{"a":1,"b":2}', 'a', text(0, 1, 'b'), 'CANNOT_TREAT', 'nor take another’s name'],
    ['[{"a":1},{"b":2}]', 'a', text(0, 1, 'b'), 'read', 'names of another object do not count'],
    ['["x"]', 'x', { text: '1,000', as: 'number' }, 'CANNOT_TREAT', 'not a number'],
    ['["x"]', 'x', { text: '01', as: 'number' }, 'CANNOT_TREAT', 'not a JSON number'],
    ['["x y"]', 'x y', { start: 0, end: 1, text: '1', as: 'number' }, 'CANNOT_TREAT', 'not the whole value'],
    ['["x"]', 'x', text(0, 2, 'y'), 'INTERNAL', 'past the end'],
    ['["x"]', 'x', text(1, 0, 'y'), 'INTERNAL', 'backwards'],
    ['["x"]', 'x', text(-1, 0, 'y'), 'INTERNAL', 'before the start'],
    ['["x"]', 'x', text(Number.NaN, 1, 'y'), 'INTERNAL', 'nowhere'],
    ['["😀"]', '😀', text(0, 1, 'y'), 'INTERNAL', 'in the middle of a character'],
    ['["x"]', 'x', { field: 99, ...text(0, 1, 'y') }, 'INTERNAL', 'no such field'],
  ])('%s: %2$s → %4$s (%5$s)', (body, target, change, code) => {
    const document = readJson(body)
    expect(outcome(() => document.write([edit(document, target, change)]))).toBe(code)
  })

  test('two different keys never become one, two equal ones may stay equal', () => {
    const masked = (body: string) => {
      const document = readJson(body)
      const keys = document.fields.filter(({ place }) => place === 'key')
      return () =>
        document.write(
          keys.map(({ text: key }, n) => ({
            ...edit(document, key, text(0, 1, '*')),
            field: keys[n]!.index,
          })),
        )
    }
    expect(outcome(masked('{"a":1,"b":2}'))).toBe('CANNOT_TREAT')
    expect(masked('{"a":1,"a":2}')().body.toString()).toBe('{"*":1,"*":2}')
  })

  test('two edits of one field that overlap are our own fault', () => {
    const document = readJson('["abc"]')
    const edits = [text(0, 2, 'x'), text(1, 3, 'y')].map((change) => edit(document, 'abc', change))
    expect(outcome(() => document.write(edits))).toBe('INTERNAL')
  })

  test('without edits the very bytes leave', () => {
    const request = incoming('{"a":1.0}', 'application/json', { target: '/a?b=%41' })
    const out = read(request).write([])
    expect(out.body).toBe(request.body)
    expect(out.target).toBe('/a?b=%41')
    expect(out.headers).toEqual(request.headers)
  })
})
