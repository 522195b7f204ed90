import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonical,
  canonicalText,
  NotCanonical,
  orderedText,
  readCanonical,
} from '../../src/audit/canonical.ts'
import { isoTime, checkRecord, RecordInvalid } from '../../src/audit/record.ts'
import { readableLine, readSealLine } from '../../src/audit/seal.ts'
import { intentBody, refusalBody } from './records.ts'

describe('the one spelling of a record', () => {
  test.each([
    [
      'keys in order of their UTF-16 units (RFC 8785 §3.2.3)',
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
    [
      'strings as RFC 8785 §3.2.2.2 writes them',
      ['\u20ac$\u000f\nA\'B"\\\\"/\u007f'],
      '["€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"]',
    ],
    ['text that is not normalised', ['e\u0301', '\u00e9'], '["e\u0301","é"]'],
    ['integers', [0, -0, -1, 9_007_199_254_740_991], '[0,0,-1,9007199254740991]'],
    ['nested', { b: [true, { a: [] }], a: {} }, '{"a":{},"b":[true,{"a":[]}]}'],
    ['a key like a prototype', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('%s', (_, value, text) => {
    expect(canonical(value).toString()).toBe(text)
    expect(canonical(readCanonical(Buffer.from(text))).toString()).toBe(text)
  })

  const deep = (n: number): unknown => (n === 0 ? 1 : [deep(n - 1)])
  const circle: unknown[] = []
  circle.push(circle)
  test.each([
    ['a float', 1.5],
    ['a number too large to be exact', 2 ** 53],
    ['NaN', NaN],
    ['null', null],
    ['undefined', undefined],
    ['undefined under a key', { a: undefined }],
    ['a hole', Array.from({ length: 2 })],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a buffer', Buffer.from('a')],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['too deep', deep(40)],
    ['a circle', circle],
  ])('%s has none', (_, value) => expect(() => canonical(value)).toThrow(NotCanonical))

  const spelling = (spell: () => string): string => {
    try {
      return spell()
    } catch (error) {
      if (error instanceof NotCanonical) return 'none'
      throw error
    }
  }
  test('an object whose keys stand in order has the same, or has none, without comparing them again', () => {
    const odd = fc.constantFrom<unknown>(1.5, null, undefined, '\ud800', new Date(0), -0, 2 ** 53)
    const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.dictionary(fc.string(), fc.integer()), odd)
    let spelt = 0
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (given) => {
        const sorted = Object.fromEntries(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        fc.pre(Object.keys(sorted).join('\0') === Object.keys(sorted).toSorted().join('\0'))
        const text = spelling(() => canonicalText(sorted))
        if (text !== 'none') spelt += 1
        expect(spelling(() => orderedText(sorted))).toBe(text)
      }),
      { numRuns: 500 },
    )
    expect(spelt).toBeGreaterThan(50)
  })

  test.each([
    ['white space', '{"a": 1}'],
    ['another order', '{"b":1,"a":1}'],
    ['a key twice', '{"a":1,"a":1}'],
    ['an escape that is not needed', '["\\u0041"]'],
    ['an escaped slash', '["\\/"]'],
    ['an upper-case escape', '["\\u000F"]'],
    ['1.0', '[1.0]'],
    ['1e3', '[1e3]'],
    ['-0', '[-0]'],
    ['a float', '[0.1]'],
    ['null', '[null]'],
    ['a byte order mark', '\ufeff[]'],
    ['a line feed after it', '[]\n'],
    ['nothing', ''],
    ['an escaped lone surrogate', '["\\ud800"]'],
    ['a great many brackets', '['.repeat(65_000)],
  ])('reading refuses %s', (_, text) => expect(() => readCanonical(Buffer.from(text))).toThrow(NotCanonical))

  test('bytes that are not UTF-8', () =>
    expect(() => readCanonical(Buffer.from([0x22, 0xff, 0x22]))).toThrow(NotCanonical))

  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('any')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('any'), { noNullPrototype: true }),
    ),
  })).any

  const reread = (bytes: Buffer): Buffer | undefined => {
    try {
      return canonical(readCanonical(bytes))
    } catch (error) {
      if (error instanceof NotCanonical) return undefined
      throw error
    }
  }

  test('any value is written in one way and read back the same', () => {
    fc.assert(
      fc.property(value, (one) => {
        const bytes = canonical(one)
        expect(canonical(readCanonical(bytes))).toEqual(bytes)
        expect(JSON.parse(bytes.toString())).toEqual(one)
      }),
    )
  })

  test('a byte changed is another value or refused, never the same', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, place, mask) => {
        const bytes = canonical(one)
        const bent = Buffer.from(bytes)
        bent[place % bent.length]! ^= mask
        expect(reread(bent)).not.toEqual(bytes)
      }),
    )
  })
})

describe('the shape of a record', () => {
  const chained = { inst: 'gateway-1', boot: 'b1', iseq: 3, iprev: 'a'.repeat(64) }
  const whole = { ...intentBody(1), ...chained }
  test('is right', () => expect(checkRecord(whole)).toBe(whole))

  test('needs every key but those that may be absent, and no other', () => {
    for (const key of Object.keys(whole)) {
      const { [key]: _, ...rest } = whole as Record<string, unknown>
      expect(() => checkRecord(rest)).toThrow(RecordInvalid)
      expect(() => checkRecord({ ...whole, [key]: { odd: [] } })).toThrow(RecordInvalid)
    }
    expect(checkRecord({ ...whole, stream: 's' })).toMatchObject({ stream: 's' })
    expect(() => checkRecord({ ...whole, extra: 1 })).toThrow(RecordInvalid)
  })

  test.each([
    ['a time without milliseconds', { t: '2026-11-23T08:00:00Z' }],
    ['a time that is none', { t: '2026-02-30T08:00:00.000Z' }],
    ['a time of another zone', { t: '2026-11-23T08:00:00.000+01:00' }],
    ['an upper-case digest', { out: 'A'.repeat(64) }],
    ['a negative count', { bytes: -1 }],
    ['a count as text', { bytes: '1' }],
    ['a verdict that is never sent', { verdict: 'refuse' }],
    ['a kind from the prototype', { k: 'constructor' }],
    ['a treatment without a number', { cats: { name: { mask: true } } }],
  ])('refuses %s', (_, more) => expect(() => checkRecord({ ...whole, ...more })).toThrow(RecordInvalid))

  test('an error names the key and never the value', () => {
    expect(() => checkRecord({ ...whole, client: { secret: 'Rakoto' } })).toThrow(/^intent: client$/)
  })

  test('anything at all is refused with a typed error', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('intent', 'boot', 'access', 'x'), (thing, k) => {
        expect(() => checkRecord(thing)).toThrow(RecordInvalid)
        expect(() => checkRecord({ v: 1, k, t: isoTime(new Date(0)), ...chained, tid: thing })).toThrow(
          RecordInvalid,
        )
      }),
    )
  })

  test('a seal line is canonical and complete, or refused', () => {
    const line = `{"batch":"b","boot":"b1","first":0,"firstIseq":0,"inst":"i","n":1,"sig":"${Buffer.alloc(64).toString('base64')}"}`
    expect(readSealLine(Buffer.from(line))).toMatchObject({ first: 0, n: 1 })
    for (const bent of [
      line.replace('"n":1', '"n":0'),
      line.replace('"n":1', '"n":5000'),
      line.replace('"first":0,', ''),
      line.replace('}', ',"z":1}'),
      '[]',
      line.replace('"i"', '"é"'),
    ])
      expect(() => readSealLine(Buffer.from(bent))).toThrow(/seal|canonical/)
  })

  test('the readable view shows control and bidi characters as escapes', () => {
    const body = canonical({ ...refusalBody(1), ...chained, provider: '\u202egro.live\u0007é' })
    const line = readableLine(4, Buffer.alloc(32), body)
    expect(line).toMatch(/^[ -~]+$/)
    expect(JSON.parse(line)).toMatchObject({ index: 4, record: { provider: '\u202egro.live\u0007é' } })
  })
})
