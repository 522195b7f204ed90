/**
 * Requests that mean harm, as bytes on a socket. Each has one typed answer, and the gateway lives on. Used
 * against the door alone (serve.test.ts) and against the whole gateway.
 */

/** Bytes in pieces; a number is a pause in milliseconds, a pattern is waited for. */
export type Piece = string | Buffer | number | RegExp

export interface Hostile {
  readonly name: string
  /** `key` is a client's key, `provider` one that the client may use for its default purpose. */
  readonly send: (facts: { readonly key: string; readonly provider: string }) => readonly Piece[]
  readonly status: number
  /** Undefined: an answer without problem (the request is harmless after all). */
  readonly code: string | undefined
  /** The connection ends with the answer. */
  readonly closes?: boolean
}

interface Request {
  readonly method?: string
  readonly target?: string
  readonly version?: string
  readonly headers?: readonly string[]
  readonly without?: readonly ('host' | 'key' | 'type' | 'length')[]
  readonly body?: string | Buffer
}

const request = (key: string, provider: string, of: Request): Buffer => {
  const body = Buffer.from(of.body ?? '{}')
  const without = new Set(of.without)
  const lines = [
    `${of.method ?? 'POST'} ${of.target ?? `/to/${provider}/x`} ${of.version ?? 'HTTP/1.1'}`,
    ...(without.has('host') ? [] : ['Host: gateway']),
    ...(without.has('key') ? [] : [`Authorization: Bearer ${key}`]),
    ...(without.has('type') ? [] : ['Content-Type: application/json']),
    ...(without.has('length') ? [] : [`Content-Length: ${body.length}`]),
    ...(of.headers ?? []),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

const one = (
  name: string,
  status: number,
  code: string | undefined,
  of: Request,
  closes?: boolean,
): Hostile => ({
  name,
  status,
  code,
  ...(closes === undefined ? {} : { closes }),
  send: ({ key, provider }) => [request(key, provider, of)],
})

const target = (shown: string, path: string, status = 400, code = 'TARGET_INVALID'): Hostile => ({
  name: `target: ${shown}`,
  status,
  code,
  send: ({ key, provider }) => [request(key, provider, { target: path.replace('{p}', provider) })],
})

const bare = { without: ['length'] as const }
const megabyte = 1_048_576

export const hostileRequests: readonly Hostile[] = [
  // methods
  one('TRACE asks to see the key again', 405, 'METHOD_REFUSED', { method: 'TRACE', body: '', ...bare }),
  one(
    'CONNECT asks for a tunnel',
    405,
    'METHOD_REFUSED',
    { method: 'CONNECT', target: 'evil.example:443' },
    true,
  ),
  one('a method that nobody knows', 405, 'METHOD_REFUSED', { method: 'STEAL' }, true),
  one('Upgrade: websocket', 501, 'UPGRADE_REFUSED', {
    headers: ['Connection: Upgrade', 'Upgrade: websocket'],
  }),
  one('Upgrade: h2c', 501, 'UPGRADE_REFUSED', {
    headers: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'],
  }),
  {
    name: 'HTTP/2 without asking',
    status: 501,
    code: 'UPGRADE_REFUSED',
    closes: true,
    send: () => ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  },
  // targets
  target('absolute form', 'http://evil.example/to/{p}/x'),
  target('two slashes', '//evil.example/'),
  target('two slashes within', '/to/{p}//evil'),
  target('dot-dot', '/to/{p}/../other'),
  target('dot-dot, encoded', '/to/{p}/%2e%2E/other'),
  target('dot-dot, encoded twice', '/to/{p}/%252e%252e/other'),
  target('a dot segment', '/to/{p}/./x'),
  target('an encoded slash', '/to/{p}/a%2fb'),
  target('an encoded backslash', '/to/{p}/a%5Cb'),
  target('a NUL', '/to/{p}/a%00b'),
  target('a backslash', '/to/{p}/a\\b'),
  target('a raw byte above ASCII', '/to/{p}/\xe9'),
  target('a bad escape', '/to/{p}/%zz'),
  target('a fragment', '/to/{p}/x#y'),
  target('asterisk form', '*'),
  target('too long', `/to/{p}/${'a'.repeat(9_000)}`, 414, 'TARGET_TOO_LONG'),
  target('/from is not there', '/from/{p}/moreau/x', 404, 'NOT_FOUND'),
  target('the root', '/', 404, 'NOT_FOUND'),
  target('a provider that nobody registered', '/to/nobody/x', 404, 'PROVIDER_UNKNOWN'),
  target('a provider named like a JavaScript property', '/to/__proto__/x', 404, 'PROVIDER_UNKNOWN'),
  // headers
  one('headers beyond the cap', 431, 'HEADERS_TOO_LARGE', { headers: [`X-A: ${'a'.repeat(20_000)}`] }, true),
  one(
    'very many headers',
    431,
    'HEADERS_TOO_LARGE',
    { headers: Array.from({ length: 5_000 }, (_, i) => `X-${i}: 1`) },
    true,
  ),
  one('the last of very many headers still counts', 400, 'HEADER_REPEATED', {
    headers: [...Array.from({ length: 2_300 }, () => 'a:'), 'Douane-Case: 1', 'Douane-Case: 2'],
  }),
  one('two content types', 400, 'HEADER_REPEATED', { headers: ['content-type: text/plain'] }),
  one('two keys in Authorization', 400, 'HEADER_REPEATED', { headers: ['Authorization: Bearer x'] }),
  one('two hosts', 400, 'HEADER_REPEATED', { headers: ['Host: other'] }),
  one('two purposes', 400, 'HEADER_REPEATED', { headers: ['Douane-Purpose: a', 'Douane-Purpose: b'] }),
  one('no host', 400, 'TARGET_INVALID', { without: ['host'] }),
  one('a host with a user', 400, 'TARGET_INVALID', { without: ['host'], headers: ['Host: a@b'] }),
  one('a folded header', 400, 'LENGTH_CONFLICT', { headers: ['X-A: a', ' b: c'] }, true),
  one('a space before the colon', 400, 'LENGTH_CONFLICT', { headers: ['Content-Type : text/plain'] }, true),
  one('a NUL in a header', 400, 'LENGTH_CONFLICT', { headers: ['X-A: a\0b'] }, true),
  one('a bare CR in a header', 400, 'LENGTH_CONFLICT', { headers: ['X-A: a\rX-B: b'] }, true),
  one('a purpose that is no UTF-8', 415, 'CHARSET_UNSUPPORTED', { headers: ['Douane-Purpose: \xff'] }),
  one('a purpose that nobody registered', 403, 'PURPOSE_UNKNOWN', {
    headers: ['Douane-Purpose: constructor'],
  }),
  one('a case as long as a book', 431, 'HEADERS_TOO_LARGE', { headers: [`Douane-Case: ${'a'.repeat(300)}`] }),
  // who
  one('no key', 401, 'CREDENTIAL_MISSING', { without: ['key'] }),
  one('a key that is none', 401, 'CREDENTIAL_INVALID', {
    without: ['key'],
    headers: ['Authorization: Bearer dk_x'],
  }),
  one('a scheme that we do not know', 401, 'CREDENTIAL_INVALID', {
    without: ['key'],
    headers: ['Authorization: Digest a=b'],
  }),
  one('a good key beside a bad one', 401, 'CREDENTIAL_INVALID', { headers: ['Douane-Key: dk_x'] }),
  // lengths and smuggling
  one(
    'both lengths',
    400,
    'LENGTH_CONFLICT',
    { headers: ['Transfer-Encoding: chunked'], body: '0\r\n\r\n' },
    true,
  ),
  one('two content lengths', 400, 'LENGTH_CONFLICT', { headers: ['Content-Length: 3'] }, true),
  one('a length list', 400, 'LENGTH_CONFLICT', { ...bare, headers: ['Content-Length: 2, 2'] }, true),
  one('a signed length', 400, 'LENGTH_CONFLICT', { ...bare, headers: ['Content-Length: +2'] }, true),
  one('a hexadecimal length', 400, 'LENGTH_CONFLICT', { ...bare, headers: ['Content-Length: 0x2'] }, true),
  one(
    'chunked is not the last coding',
    400,
    'LENGTH_CONFLICT',
    { ...bare, headers: ['Transfer-Encoding: chunked, identity'] },
    true,
  ),
  one('a coding besides chunked', 400, 'LENGTH_CONFLICT', {
    ...bare,
    headers: ['Transfer-Encoding: gzip, chunked'],
    body: '0\r\n\r\n',
  }),
  one(
    'chunked, misspelt',
    400,
    'LENGTH_CONFLICT',
    { ...bare, headers: ['Transfer-Encoding: xchunked'], body: '0\r\n\r\n' },
    true,
  ),
  one('chunked in HTTP/1.0', 400, 'LENGTH_CONFLICT', {
    ...bare,
    version: 'HTTP/1.0',
    headers: ['Transfer-Encoding: chunked'],
    body: '0\r\n\r\n',
  }),
  one(
    'a chunk size that is none',
    400,
    'LENGTH_CONFLICT',
    { ...bare, headers: ['Transfer-Encoding: chunked'], body: 'zz\r\n{}\r\n0\r\n\r\n' },
    true,
  ),
  one(
    'a chunk longer than it says',
    400,
    'LENGTH_CONFLICT',
    { ...bare, headers: ['Transfer-Encoding: chunked'], body: '1\r\n{}\r\n0\r\n\r\n' },
    true,
  ),
  one(
    'endless chunk extensions',
    413,
    'BODY_TOO_LARGE',
    { ...bare, headers: ['Transfer-Encoding: chunked'], body: `1;${'a'.repeat(40_000)}\r\n{\r\n` },
    true,
  ),
  // body
  one(
    'a body announced beyond the cap',
    413,
    'BODY_TOO_LARGE',
    { ...bare, headers: [`Content-Length: ${megabyte + 1}`] },
    true,
  ),
  one(
    'ten megabytes announced and sent: [[[[…',
    413,
    'BODY_TOO_LARGE',
    { body: Buffer.alloc(10 * megabyte, '[') },
    true,
  ),
  one(
    'a body beyond the cap that nobody announced',
    413,
    'BODY_TOO_LARGE',
    {
      ...bare,
      headers: ['Transfer-Encoding: chunked'],
      body: `${(megabyte + 1).toString(16)}\r\n${'x'.repeat(megabyte + 1)}\r\n0\r\n\r\n`,
    },
    true,
  ),
  one('a compressed body', 415, 'ENCODING_UNSUPPORTED', { headers: ['Content-Encoding: gzip'] }),
  one('a compressed body, twice encoded', 415, 'ENCODING_UNSUPPORTED', {
    headers: ['Content-Encoding: identity, br'],
  }),
  one('a media type that we cannot read', 415, 'MEDIA_UNSUPPORTED', {
    without: ['type'],
    headers: ['Content-Type: application/pdf'],
  }),
  one('a body without a media type', 415, 'MEDIA_UNSUPPORTED', { without: ['type'] }),
  one('a charset that we cannot read', 415, 'CHARSET_UNSUPPORTED', {
    without: ['type'],
    headers: ['Content-Type: application/json; charset=utf-16'],
  }),
  one('an expectation that nobody knows', 417, 'EXPECTATION_FAILED', { headers: ['Expect: 200-ok'] }),
  one('a wait that nobody knows', 417, 'EXPECTATION_FAILED', { headers: ['Douane-Wait: witnessed'] }),
  {
    name: 'a body that never comes',
    status: 408,
    code: 'BODY_TIMEOUT',
    closes: true,
    send: ({ key, provider }) => [
      request(key, provider, { ...bare, headers: ['Content-Length: 5'], body: '{' }),
    ],
  },
  { name: 'a connection that says nothing', status: 408, code: 'BODY_TIMEOUT', closes: true, send: () => [] },
  {
    name: 'headers that never end',
    status: 408,
    code: 'BODY_TIMEOUT',
    closes: true,
    send: () => ['POST /to/x/y HTTP/1.1\r\nHost: a\r\n'],
  },
  {
    name: 'headers letter by letter, without end',
    status: 408,
    code: 'BODY_TIMEOUT',
    closes: true,
    send: () => [
      'POST /to/x/y HTTP/1.1\r\nHost: a\r\n',
      ...Array.from({ length: 60 }, () => ['X', 50]).flat(),
    ],
  },
  {
    name: '100-continue is promised to nobody without a key',
    status: 401,
    code: 'CREDENTIAL_MISSING',
    closes: true,
    send: ({ provider }) => [
      `POST /to/${provider}/x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n`,
    ],
  },
  {
    name: '100-continue is not promised for too much',
    status: 413,
    code: 'BODY_TOO_LARGE',
    closes: true,
    send: ({ key, provider }) => [
      request(key, provider, {
        ...bare,
        headers: ['Expect: 100-continue', `Content-Length: ${2 * megabyte}`],
        body: '',
      }),
    ],
  },
  // not HTTP at all
  {
    name: 'a TLS greeting on a plain port',
    status: 405,
    code: 'METHOD_REFUSED',
    closes: true,
    send: () => [Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])],
  },
  {
    name: 'bytes without sense',
    status: 405,
    code: 'METHOD_REFUSED',
    closes: true,
    send: () => [Buffer.alloc(4_096, 0xff)],
  },
  {
    name: 'a version that does not exist',
    status: 400,
    code: 'TARGET_INVALID',
    closes: true,
    send: () => ['GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
  },
  { name: 'HTTP/0.9', status: 400, code: 'TARGET_INVALID', closes: true, send: () => ['GET /\r\n\r\n'] },
]

const payload = (name: string, status: number, code: string, body: string | Buffer, type?: string): Hostile =>
  one(name, status, code, {
    body,
    ...(type === undefined ? {} : { without: ['type'], headers: [`Content-Type: ${type}`] }),
  })

/** Payloads that mean harm: the door lets them in, reading refuses them. */
export const hostilePayloads: readonly Hostile[] = [
  payload('a megabyte of [', 422, 'PAYLOAD_TOO_COMPLEX', '['.repeat(megabyte)),
  payload('a megabyte of {"a":', 422, 'PAYLOAD_TOO_COMPLEX', '{"a":'.repeat(200_000)),
  payload('more fields than anybody means', 422, 'PAYLOAD_TOO_COMPLEX', `[${'1,'.repeat(400_000)}1]`),
  payload('truncated JSON', 422, 'PAYLOAD_UNREADABLE', '{"nom":"Mart'),
  payload('JSON with something behind it', 422, 'PAYLOAD_UNREADABLE', '{} {}'),
  payload('JSON with a comment', 422, 'PAYLOAD_UNREADABLE', '{/**/}'),
  payload('a number with a leading zero', 422, 'PAYLOAD_UNREADABLE', '{"a":01}'),
  payload('NaN', 422, 'PAYLOAD_UNREADABLE', '{"a":NaN}'),
  payload('a raw line end in a string', 422, 'PAYLOAD_UNREADABLE', '{"a":"\n"}'),
  payload('an escape that is none', 422, 'PAYLOAD_UNREADABLE', '{"a":"\\x"}'),
  payload('bytes that are no UTF-8', 422, 'PAYLOAD_UNREADABLE', Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  payload('an overlong encoding', 422, 'PAYLOAD_UNREADABLE', Buffer.from([0x22, 0xc0, 0xaf, 0x22])),
  payload(
    'a form with a bad escape',
    422,
    'PAYLOAD_UNREADABLE',
    'a=%zz',
    'application/x-www-form-urlencoded',
  ),
]
