import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outgoingHeaders, requestHeaders, textOf, wireOf } from '../../src/gateway/request-headers.ts'
import { linksOf, responseHeaders } from '../../src/gateway/response-headers.ts'

const provider = {
  id: 'tana',
  base_url: 'https://api.tana.example/v2',
  headers: { pass: ['X-Trace', 'Cookie'] },
}
const asked = new URL('https://api.tana.example/v2/tickets/7?x=1')

describe('headers that go to the provider', () => {
  test.each([
    ['Accept', '*/*', ['accept', '*/*'], 'on the list'],
    ['CONTENT-TYPE', 'application/json', ['content-type', 'application/json'], 'on the list, any case'],
    ['If-Match', '"1"', ['if-match', '"1"'], 'on the list'],
    ['X-Trace', 'a', ['x-trace', 'a'], 'the register lets it pass'],
    ['Cookie', 'a=b', ['cookie', 'a=b'], 'the register lets it pass'],
    ['Prefer', 'Ã©tÃ©', ['prefer', 'été'], 'UTF-8 on the wire'],
    [
      'Accept-Language',
      'fr-CH, fr;q=0.9, *;q=0.5',
      ['accept-language', 'fr-CH, fr;q=0.9, *;q=0.5'],
      'languages',
    ],
    ['Accept-Language', 'jean.dupont@exemple.fr', undefined, 'no language'],
    ['Content-Language', 'Jean Dupont, 12 rue des Lilas', undefined, 'no language'],
    ['X-Other', 'a', undefined, 'not listed'],
    ['User-Agent', 'curl', undefined, 'not listed'],
    ['Referer', 'https://intranet/', undefined, 'not listed'],
    ['Authorization', 'Bearer x', undefined, 'never by this way'],
    ['Host', 'gateway', undefined, 'ours'],
    ['Content-Length', '3', undefined, 'ours'],
    ['Douane-Case', 'x', undefined, 'for us'],
    ['Expect', '100-continue', undefined, 'never forwarded'],
    ['TE', 'trailers', undefined, 'hop-by-hop'],
    ['Transfer-Encoding', 'chunked', undefined, 'hop-by-hop'],
  ] as [string, string, [string, string] | undefined, string][])(
    '%s: %s → %s (%s)',
    (name, value, expected) => {
      expect(requestHeaders([name, value], provider)).toEqual(expected === undefined ? [] : [expected])
    },
  )

  test('a name in Connection is hop-by-hop, also if the register lists it', () => {
    expect(requestHeaders(['X-Trace', 'a', 'Connection', 'close, X-TRACE'], provider)).toEqual([])
  })
  test('the register cannot open what frames the message', () => {
    const pass = [
      'host',
      'transfer-encoding',
      'content-length',
      'connection',
      'douane-key',
      'authorization',
      'te',
    ]
    expect(
      requestHeaders(
        pass.flatMap((name) => [name, 'x']),
        { headers: { pass } },
      ),
    ).toEqual([])
  })
  test('bytes that are no UTF-8 are refused, not guessed', () => {
    expect(() => requestHeaders(['prefer', '\xff'], provider)).toThrow(
      expect.objectContaining({ code: 'CHARSET_UNSUPPORTED' }),
    )
  })
  test('what we add, and whose secret wins', () => {
    expect(
      outgoingHeaders(
        [
          ['accept', '*/*'],
          ['x-api-key', 'of the client'],
        ],
        'f'.repeat(32),
        { header: 'x-api-key', value: 'ours' },
      ),
    ).toEqual([
      ['accept', '*/*'],
      ['accept-encoding', 'identity'],
      ['douane-transfer', 'f'.repeat(32)],
      ['x-api-key', 'ours'],
    ])
  })
  test('text and wire are inverses, byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOf(wireOf(text))).toBe(text)
      }),
    )
  })
})

describe('headers that come home', () => {
  const base = 'https://api.tana.example/v2'
  test.each([
    ['content-type', 'application/json', 'application/json', 'passes'],
    ['x-request-id', '7', '7', 'passes'],
    ['etag', '"1"', undefined, 'the body changed'],
    ['content-digest', 'sha-256=:x:', undefined, 'the body changed'],
    ['set-cookie', 'a=b', undefined, 'a session of the provider'],
    ['alt-svc', 'h3=":443"', undefined, 'another way round us'],
    ['access-control-allow-origin', '*', undefined, 'browsers are not clients'],
    ['strict-transport-security', 'max-age=1', undefined, 'not of our origin'],
    ['douane-verdict', 'allow', undefined, 'only we say that'],
    ['connection', 'close', undefined, 'hop-by-hop'],
    ['keep-alive', 'timeout=5', undefined, 'hop-by-hop'],
    ['transfer-encoding', 'chunked', undefined, 'hop-by-hop'],
    ['content-length', '5', undefined, 'ours'],
    ['location', `${base}/tickets/8`, '/to/tana/tickets/8', 'below the base'],
    ['location', '/v2/tickets/8?a=b#c', '/to/tana/tickets/8?a=b#c', 'relative to the origin'],
    ['location', '8', '/to/tana/tickets/8', 'relative to what was asked'],
    ['location', '../../v2', '/to/tana/', 'the base itself, from below'],
    ['location', base, '/to/tana/', 'the base itself'],
    ['location', 'https://api.tana.example/v2x/1', undefined, 'a neighbour of the base'],
    ['location', 'https://api.tana.example/v1', undefined, 'beside the base'],
    ['location', '/v2/../admin', undefined, 'climbs out'],
    ['location', '/v2/%2e%2e/admin', undefined, 'climbs out, encoded'],
    ['location', '/v2/a%2f..%2fb', undefined, 'hides a slash'],
    ['location', '/v2//evil.example', undefined, 'two slashes'],
    ['location', 'https://evil.example/v2/', undefined, 'another origin'],
    ['location', '//evil.example/v2/', undefined, 'another origin'],
    ['location', '\\\\evil.example/v2/', undefined, 'another origin, with backslashes'],
    ['location', 'http://api.tana.example/v2/', undefined, 'another scheme'],
    ['location', 'https://api.tana.example:8443/v2/', undefined, 'another port'],
    ['location', 'https://x@api.tana.example/v2/', undefined, 'names a user'],
    ['location', 'javascript:alert(1)', undefined, 'no address of the provider'],
    ['location', 'https://[', undefined, 'no address at all'],
    ['content-location', '/v2/a', '/to/tana/a', 'as location'],
    ['link', '</v2/a?p=2>; rel="next, or so"', '</to/tana/a?p=2>; rel="next, or so"', 'below the base'],
    ['link', '</v2/a>; rel=a, <https://evil.example/NAME-7Q4K>; rel=b', '</to/tana/a>; rel=a', 'one of two'],
    ['link', '<https://evil.example/>; rel=b', undefined, 'foreign'],
    ['link', 'no link', undefined, 'not a link'],
    ['link', '</v2/a', undefined, 'not a link'],
  ] as [string, string, string | undefined, string][])('%s: %s → %s (%s)', (name, value, expected) => {
    const { headers, foreign } = responseHeaders([name, value], provider, asked, true)
    expect(headers).toEqual(expected === undefined ? [] : [[name, expected]])
    const addressed = ['location', 'content-location', 'link'].includes(name)
    const partly = value.includes('evil') && expected !== undefined
    expect(foreign).toEqual(addressed && (expected === undefined || partly) ? [name] : [])
  })

  test('an untouched body keeps its etag', () => {
    const kept = responseHeaders(['ETag', '"1"', 'Content-MD5', 'x'], provider, asked, false)
    expect(kept.headers).toEqual([
      ['etag', '"1"'],
      ['content-md5', 'x'],
    ])
  })
  test('a second content-type cannot change what the first said', () => {
    const { headers } = responseHeaders(
      ['content-type', 'text/plain', 'Content-Type', 'text/html'],
      provider,
      asked,
      false,
    )
    expect(headers).toEqual([['content-type', 'text/plain']])
  })
  test('a name in Connection goes with it', () => {
    expect(
      responseHeaders(['connection', 'X-A', 'x-a', '1', 'x-b', '2'], provider, asked, false).headers,
    ).toEqual([['x-b', '2']])
  })
  test('a live pseudonym in an address stays a pseudonym', () => {
    const { headers } = responseHeaders(
      ['location', `${base}/people/NAME-7Q4K-DM2X-RT9H`],
      provider,
      asked,
      true,
    )
    expect(headers).toEqual([['location', '/to/tana/people/NAME-7Q4K-DM2X-RT9H']])
  })
  test('whatever a provider puts into Link or Location, every address that comes home is below /to/tana/', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...'<>;,/\\.%2eE:@"v2 tana?#evil'.split('')),
      maxLength: 40,
    })
    fc.assert(
      fc.property(hostile, fc.constantFrom('link', 'location'), (value, name) => {
        for (const [, home] of responseHeaders([name, value], provider, asked, true).headers) {
          const addresses = name === 'link' ? linksOf(home).map((link) => link.address) : [home]
          for (const address of addresses) {
            const url = new URL(address, 'http://gateway.example')
            expect(url.origin).toBe('http://gateway.example')
            expect(url.pathname.startsWith('/to/tana/')).toBe(true)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })
})
