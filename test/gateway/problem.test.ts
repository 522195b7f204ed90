import { describe, expect, test } from 'vitest'
import { codes, PolicyInvalid, Refused, refusals } from '../../src/errors.ts'
import type { Code, RefusedDetail } from '../../src/errors.ts'
import { isRetryable, languageOf, problem } from '../../src/gateway/problem.ts'

const tid = 'ab'.repeat(16)
const parsed = (thrown: unknown, more = {}): Record<string, unknown> =>
  JSON.parse(problem(thrown, { tid, lang: 'en', ...more }).body.toString()) as Record<string, unknown>

test.each(codes)('%s renders in both languages with the table’s status and sentences', (code) => {
  for (const lang of ['en', 'fr'] as const) {
    const reply = problem(new Refused(code), { tid, lang })
    const body = JSON.parse(reply.body.toString()) as Record<string, unknown>
    expect(reply.status).toBe(refusals[code].status)
    expect(Object.keys(body)).toEqual([
      'type',
      'title',
      'status',
      'detail',
      'code',
      'rules',
      'categories',
      'paths',
      'do',
      'forwarded',
      'retryable',
      'transfer',
    ])
    expect(body).toMatchObject({ code, status: reply.status, title: refusals[code][lang], transfer: tid })
    expect(reply.headers).toContainEqual(['content-type', 'application/problem+json; charset=utf-8'])
    expect(reply.headers).toContainEqual(['Douane-Transfer', tid])
    expect(reply.headers).toContainEqual(['Douane-Verdict', 'refuse'])
  }
})

test.each([
  ['BODY_TIMEOUT', {}, false, true, '408'],
  ['RATE_LIMITED', {}, false, true, '429'],
  ['LOG_UNAVAILABLE', {}, false, true, '503'],
  ['OVERLOADED', {}, false, true, '503'],
  ['PROVIDER_UNREACHABLE', {}, false, true, 'nothing left'],
  ['DESTINATION_REFUSED', {}, false, false, 'sending again changes nothing'],
  ['NO_GRANT', {}, true, false, 'the law does not change by asking again'],
  ['BODY_TOO_LARGE', {}, false, false, 'nor does the size'],
  ['PROVIDER_TIMEOUT', {}, false, false, 'it may have arrived'],
  ['PROVIDER_TIMEOUT', {}, true, true, 'the key makes a second harmless'],
  ['PROVIDER_BROKEN', { forwarded: 'yes' }, true, false, 'it has arrived'],
  ['INTERNAL', { forwarded: 'no' }, true, false, 'not a code that may be repeated'],
] as [Code, RefusedDetail, boolean, boolean, string][])(
  '%s %j with an Idempotency-Key %s → retryable %s (%s)',
  (code, detail, idempotent, expected) => {
    expect(isRetryable(new Refused(code, detail), idempotent)).toBe(expected)
  },
)

test.each([
  [undefined, 'en'],
  ['fr', 'fr'],
  ['fr-CA, en;q=0.5', 'fr'],
  ['en, fr;q=0.9', 'en'],
  ['de, fr;q=0.2', 'fr'],
  ['fr;q=0', 'en'],
  ['fr;q=0.3, en;q=0.4', 'en'],
  ['frx', 'en'],
  ['*', 'en'],
  ['fr;q=nonsense', 'en'],
  [',;,;q=,'.repeat(1000), 'en'],
])('Accept-Language %s → %s', (header, lang) => expect(languageOf(header)).toBe(lang))

describe('nothing of a cause survives', () => {
  const planted = '2 85 05 78 006 084 36'
  test.each([
    ['an error', new Error(planted, { cause: new Error(planted) })],
    [
      'a database error',
      Object.assign(new Error('duplicate key'), { detail: `Key (v)=(${planted})`, code: '23505' }),
    ],
    ['a string', planted],
    ['an object', { message: planted }],
    ['nothing', undefined],
  ])('%s becomes INTERNAL', (_name, thrown) => {
    const reply = problem(thrown, { tid, lang: 'en' })
    expect(reply.status).toBe(500)
    expect(`${reply.body.toString()}${JSON.stringify(reply.headers)}`).not.toContain('285')
    expect(reply.body.toString()).not.toContain(planted)
    expect(parsed(thrown)).toMatchObject({ code: 'INTERNAL', forwarded: 'unknown' })
  })
  test('bad policy files are POLICY_INVALID, without their lines', () => {
    const fault = { file: 'rules/a.yaml', line: 1, column: 1, message: { en: 'm', fr: 'f' }, source: planted }
    expect(JSON.stringify(parsed(new PolicyInvalid([fault])))).not.toContain(planted)
    expect(parsed(new PolicyInvalid([fault]))).toMatchObject({ code: 'POLICY_INVALID', status: 503 })
  })
})

test('control and bidi characters in a path show as escapes, and the JSON still parses to them', () => {
  const refused = new Refused('CANNOT_TREAT', { paths: ['a\u202eb\u0007[0]'] })
  const text = problem(refused, { tid, lang: 'en' }).body.toString()
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect((JSON.parse(text) as { paths: string[] }).paths).toEqual(['a\u202eb\u0007[0]'])
})

test('Retry-After is whole seconds, at least one, and only where sending again may help', () => {
  const wait = (code: Code, detail: RefusedDetail = {}): string | undefined =>
    problem(new Refused(code, detail), { tid, lang: 'en' }).headers.find(
      ([name]) => name === 'retry-after',
    )?.[1]
  expect(wait('RATE_LIMITED', { retryAfter: 0.2 })).toBe('1')
  expect(wait('RATE_LIMITED', { retryAfter: 2.1 })).toBe('3')
  expect(wait('NO_GRANT', { retryAfter: 3 })).toBeUndefined()
  expect(wait('SHUTTING_DOWN')).toBe('5')
})
