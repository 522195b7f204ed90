import { describe, expect, test } from 'vitest'
import { checkTarget, outgoingPath, outgoingUrl } from '../../src/payload/target.ts'
import { read } from '../../src/payload/read.ts'
import { edit, incoming, outcome, shown } from './incoming.ts'

describe('a target that could reach anything but the provider’s tree is refused', () => {
  test.each([
    ['http://evil.example/', 'absolute form'],
    ['https://evil.example/to/acme', 'absolute form'],
    ['evil.example:443', 'authority form'],
    ['*', 'asterisk form'],
    ['', 'empty'],
    ['?a=1', 'no path'],
    ['//evil.example/a', 'scheme-relative'],
    ['/a//b', 'empty segment'],
    ['/a//', 'empty last segments'],
    ['/\\evil.example', 'backslash'],
    ['/a?b=\\', 'backslash in the query'],
    ['/./a', 'dot segment'],
    ['/a/..', 'dot-dot at the end'],
    ['/a/../b', 'dot-dot'],
    ['/a/..?b', 'dot-dot before the query'],
    ['/a/%2e%2e/b', 'encoded dot-dot'],
    ['/a/%2E./b', 'half encoded dot-dot'],
    ['/a/.%2e/b', 'half encoded dot-dot'],
    ['/%2e/a', 'encoded dot'],
    ['/a/%252e%252e/b', 'twice encoded dot-dot'],
    ['/a/%25252e%25252e/b', 'thrice encoded dot-dot'],
    ['/a/%252525252525252e/b', 'encoded more often than anyone honest does'],
    ['/a/..;/b', 'dot-dot with a path parameter'],
    ['/a/..;x=1/b', 'dot-dot with a path parameter'],
    ['/a/%2e%2e%3b/b', 'the same encoded'],
    ['/a%2fb', 'encoded slash'],
    ['/a%2Fb', 'encoded slash, capital'],
    ['/a%252fb', 'twice encoded slash'],
    ['/a%5cb', 'encoded backslash'],
    ['/a%5Cb', 'encoded backslash, capital'],
    ['/a%00', 'encoded NUL'],
    ['/a?b=%00', 'encoded NUL in the query'],
    ['/a%0d%0aHost:x', 'encoded line break'],
    ['/a%7f', 'encoded DEL'],
    ['/a\r\nHost: x', 'line break'],
    ['/a b', 'space'],
    ['/a\tb', 'tab'],
    ['/a\u0000', 'NUL'],
    ['/é', 'non-ASCII'],
    ['/a?é', 'non-ASCII in the query'],
    ['/a#b', 'fragment'],
    ['/a%', 'bad escape'],
    ['/a%4', 'bad escape'],
    ['/a%zz', 'bad escape'],
    ['/a?b=%', 'bad escape in the query'],
    ['/a?b=%u0041', 'no percent-encoding'],
    ['/%ff', 'no UTF-8'],
    ['/%c0%af', 'overlong slash'],
    ['/%c0%ae%c0%ae/', 'overlong dots'],
    ['/%ed%a0%80', 'surrogate'],
    ['/a?b=%ff', 'no UTF-8 in the query'],
    ['/{a}', 'braces in the path'],
    ['/a"b', 'quote'],
    ['/a?b=<c>', 'angle brackets'],
  ])('%j (%s)', (target) => {
    expect(outcome(() => checkTarget(target))).toBe('TARGET_INVALID')
    expect(outcome(() => read(incoming('', null, { target })))).toBe('TARGET_INVALID')
    expect(outcome(() => outgoingUrl('https://provider.example/v1', target))).toBe('TARGET_INVALID')
  })

  test.each([
    ['/', 'root'],
    ['/a/', 'slash at the end'],
    ['/a.b/..c/...', 'dots in names'],
    ['/.well-known/x', 'a leading dot'],
    ['/a;v=1/b', 'path parameter'],
    ["/a:b@c!$&'()*+,;=-._~", 'every character of RFC 3986'],
    ['/caf%C3%A9', 'encoded UTF-8'],
    ['/100%25', 'encoded percent sign'],
    ['/a%20b', 'encoded space'],
    ['/a?url=https://x.example//a/../b', 'slashes and dots in the query'],
    ['/a?path=%2Fx%5Cy', 'encoded slashes in the query'],
    ['/a?d=01%2F02%2F2026&t=%0A', 'encoded slash and line break in the query'],
    ['/a?a[]=1&b={x}|y', 'what clients do to queries'],
    ["/a?n=O'Brien", 'apostrophe'],
    ['/a?b?c', 'second question mark'],
    ['/a?', 'empty query'],
  ])('%j passes (%s) and keeps its spelling', (target) => {
    expect(outcome(() => checkTarget(target))).toBe('read')
    expect(outgoingPath('https://provider.example/v1', target)).toBe(`/v1${target}`)
    expect(read(incoming('', null, { target })).write([]).target).toBe(target)
  })

  test('8 KiB is the end', () => {
    expect(outcome(() => checkTarget(`/${'a'.repeat(8191)}`))).toBe('read')
    expect(outcome(() => checkTarget(`/${'a'.repeat(8192)}`))).toBe('TARGET_TOO_LONG')
  })

  test('many layers of encoding cost no time', () => {
    const started = process.threadCpuUsage()
    expect(outcome(() => checkTarget(`/%${'25'.repeat(4000)}2e`))).toBe('TARGET_INVALID')
    expect(process.threadCpuUsage(started).user).toBeLessThan(500_000)
  })
})

describe('the outgoing URL stays under the base URL', () => {
  test.each([
    ['https://api.example/v2', '/a?b', 'https://api.example/v2/a?b'],
    ['https://api.example/v2/', '/a', 'https://api.example/v2/a'],
    ['https://api.example', '/', 'https://api.example/'],
    ['https://api.example:8443/x', '/@evil.example', 'https://api.example:8443/x/@evil.example'],
    ['http://127.0.0.1:9/x', '/:80/a', 'http://127.0.0.1:9/x/:80/a'],
  ])('%s + %s', (base, tail, url) => {
    expect(outgoingUrl(base, tail).href).toBe(url)
  })

  test.each([
    ['https://user:pass@api.example/'],
    ['https://api.example/?a'],
    ['https://api.example/#a'],
    ['nowhere'],
  ])('a base like %s is no base', (base) => {
    expect(outcome(() => outgoingUrl(base, '/a'))).toBe('TARGET_INVALID')
  })
})

describe('segments and parameters are decoded once, treated, encoded again', () => {
  const get = (target: string) => read(incoming('', null, { target }))

  test('each segment, parameter name and value is a field', () => {
    expect(get('/tickets/j%40x.fr/?nom=Jean+L%C3%A9a&flag&a=&a=b%3Dc%2B&&=v').fields.map(shown)).toEqual([
      'segment|text|0||tickets',
      'segment|text|1||j@x.fr',
      'parameter|text|nom||nom',
      'leaf|text|nom|nom|Jean Léa',
      'parameter|text|flag||flag',
      'parameter|text|a||a',
      'leaf|text|a|a|',
      'parameter|text|a||a',
      'leaf|text|a|a|b=c+',
      'parameter|text|||',
      'leaf|text|||v',
    ])
    expect(get('/a%2541').fields[0]!.text, 'once, not twice').toBe('a%41')
  })

  const text = (start: number, end: number, text: string) => ({ start, end, text, as: 'text' }) as const
  test.each([
    ['/t/j%40x.fr/%41', 'j@x.fr', text(0, 6, 'T-1 é/?#'), '', 'CANNOT_TREAT'],
    ['/t/j%40x.fr/%41', 'j@x.fr', text(0, 6, "T-1 é'(*)"), '/t/T-1%20%C3%A9%27%28%2A%29/%41', 'read'],
    ['/t/%4ahn%40x', 'Jhn@x', text(1, 3, 'X'), '/t/%4aX%40x', 'read'],
    ['/%F0%9F%98%80%C3%A9%E2%82%ACx', '😀é€x', text(3, 4, '-'), '/%F0%9F%98%80%C3%A9-x', 'read'],
    ['/%f0%9f%98%80%c3%a9%e2%82%acx', '😀é€x', text(2, 3, '-'), '/%f0%9f%98%80-%e2%82%acx', 'read'],
    ['/a?n=Jean+L%c3%a9a+%26', 'Jean Léa &', text(5, 8, 'A&B='), '/a?n=Jean+A%26B%3D+%26', 'read'],
    ['/a?n=Jean', 'Jean', { as: 'remove' }, '/a?n=', 'read'],
    ['/a?n=Jean', 'Jean', { text: '12', as: 'number' }, '/a?n=12', 'read'],
    ['/a?j%40x.fr=1', 'j@x.fr', text(0, 6, 'E=1'), '/a?E%3D1=1', 'read'],
    ['/a?j%40x.fr=1', 'j@x.fr', { as: 'remove' }, '', 'CANNOT_TREAT'],
    ['/a?b=1&c=2', 'b', text(0, 1, 'c'), '', 'CANNOT_TREAT'],
    ['/t/abc', 'abc', { as: 'remove' }, '', 'CANNOT_TREAT'],
    ['/t/abc', 'abc', text(0, 3, ''), '', 'CANNOT_TREAT'],
    ['/t/abc', 'abc', text(0, 3, '..'), '', 'CANNOT_TREAT'],
    ['/t/.abc', '.abc', text(1, 4, '.'), '', 'CANNOT_TREAT'],
    ['/t/abc', 'abc', text(0, 3, '\r\nX'), '', 'CANNOT_TREAT'],
    ['/t/abc', 'abc', text(0, 3, '\ud800'), '', 'CANNOT_TREAT'],
    ['/t?n=abc', 'abc', text(0, 3, '\r\nX'), '/t?n=%0D%0AX', 'read'],
    ['/t?n=abc', 'abc', text(0, 3, '\0'), '', 'CANNOT_TREAT'],
    ['/t?n=abc', 'abc', text(0, 3, 'é'.repeat(2000)), '', 'TARGET_TOO_LONG'],
  ] as const)('%s: %s', (target, found, change, expected, code) => {
    const document = get(target)
    const write = () => document.write([edit(document, found, change)])
    let written = ''
    const seen = outcome(() => (written = write().target))
    expect([seen, written]).toEqual([code, expected])
  })
})
