/** Promise 3: every byte outside a treated span leaves as it came; what comes home is what was sent. */
import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { openWhole } from './gateway.ts'

const whole = await openWhole({ settings: ['limits: {rate_per_second: 100000, rate_burst: 100000}'] })
const { provider } = whole
beforeEach(() => provider.forget())

const spellings: readonly (readonly [string, string])[] = [
  [
    'numbers as they are spelt',
    '{"a": 1.0, "b": 1e400, "c": -0, "d": 12345678901234567890123, "e": 0.10000000000000000001}',
  ],
  ['duplicate keys', '{"x": 1, "x": 2, "x": {"x": 3}}'],
  ['escapes and surrogate pairs', '{"t": "\\u00e9\\/\\ud83d\\ude00 \u{1F600} \\u0000"}'],
  ['white space and line ends', '\r\n{\t"a" :\n[ 1 ,\r 2 ]  }\n\n'],
  ['a byte order mark', '\uFEFF{"a": 1}'],
  ['deep nesting', `${'[{"a":'.repeat(30)}0${'}]'.repeat(30)}`],
  ['a lone value', '12345678901234567890.50'],
]

describe('byte by byte', () => {
  test.each(spellings)('%s', async (_name, body) => {
    for (const target of ['/lyon/x', '/tana/x']) {
      provider.forget()
      const heard = await whole.send(target, { body })
      expect(heard.status).toBe(200)
      expect(provider.got[0]?.body.equals(Buffer.from(body))).toBe(true)
      expect(heard.body.equals(Buffer.from(body))).toBe(true)
    }
  })

  const odd = constantFrom(
    '1.0',
    '-0',
    '1E+2',
    '98765432109876543210',
    'true',
    'null',
    '"\\u0041\\n"',
    '"é😀"',
    '[ ]',
    '{ }',
  )
  const space = constantFrom('', ' ', '\n', '\t', '\r\n ')
  const key = constantFrom('"total"', '"rubrique"', '"x\\u0079"', '""', '"taux"')
  const object = array(tuple(space, key, space, odd, space), { maxLength: 8 }).map(
    (members) => `{${members.map(([a, k, b, v, c]) => `${a}${k}${b}:${b}${v}${c}`).join(',')}}`,
  )
  const people = array(tuple(integer({ min: 1, max: 99_999 }), object), {
    minLength: 1,
    maxLength: 3,
  })

  test('output minus edits is input, and home comes what was sent, for any spelling around the people', async () => {
    const token = /[A-ZÀ-Ý]+(?:-[0-9A-Z]{4}){3}/g
    await assert(
      asyncProperty(people, space, async (some, gap) => {
        const emails = some.map(([n]) => `p${n}.rakoto@exemple.fr`)
        const body = `${gap}[${some.map(([, rest], i) => `{"email":${gap}"${emails[i]}", "r": ${rest}}`).join(`,${gap}`)}]`
        provider.forget()
        const heard = await whole.send('/tana/x', { body })
        expect(heard.status).toBe(200)
        expect(heard.text).toBe(body)
        const out = provider.got[0]?.body.toString('utf8') ?? ''
        expect(out).not.toContain('@')
        expect(out.match(token)).toHaveLength(emails.length)
        let at = 0
        expect(out.replaceAll(token, () => emails[at++] ?? '')).toBe(body)
      }),
      { numRuns: 60 },
    )
  })

  test('untouched parts of the target keep their spelling', async () => {
    await whole.send('/tana/a%41/~x/%e2%82%ac;v=1?q=a+b&r=%7e&&s', { method: 'GET' })
    expect(provider.got[0]?.target).toBe('/tana/a%41/~x/%e2%82%ac;v=1?q=a+b&r=%7e&&s')
  })
})

describe('nothing slips through by its place', () => {
  const hidden: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'under a duplicate key',
      '{"email": "un@exemple.fr", "email": "deux@exemple.fr"}',
      ['un@exemple', 'deux@exemple'],
    ],
    [
      'under a duplicate key spelt otherwise',
      '{"email": "a.b@exemple.fr", "\\u0065mail": "c.d@exemple.fr"}',
      ['a.b@', 'c.d@'],
    ],
    ['as a number', '{"nir": 285076912304150}', ['285076912304150']],
    ['as a telephone number without quotes', '{"telephone": 33612345678}', ['33612345678']],
    ['in escapes', '{"x": "jean.rakoto\\u0040exemple.fr"}', ['jean.rakoto', '\\u0040exemple']],
    ['an IBAN in groups of four', '{"x": "FR76 3000 4008 1200 0012 3456 749"}', ['3000 4008']],
    ['deep inside', `${'[{"a":'.repeat(20)}"jean.rakoto@exemple.fr"${'}]'.repeat(20)}`, ['jean.rakoto']],
  ]
  test.each(hidden)('%s', async (_where, body, never) => {
    const heard = await whole.send('/tana/x', { body })
    const arrived = provider.got.map((one) => `${one.head}${one.body.toString('utf8')}`).join('')
    for (const text of never) expect(arrived).not.toContain(text)
    const passed = heard.status === 200 && provider.got.length === 1
    expect(passed || heard.code === 'CANNOT_TREAT').toBe(true)
  })

  const names = [
    'FR7630004008120000123456749',
    'jean.rakoto@exemple.fr',
    '+33612345678',
    '4539578763621486',
    '285076912304150',
  ]
  test.each(names)(
    'as a name that the sender chose: a key, a parameter, a path segment (%#)',
    async (value) => {
      const asked = [
        ['/tana/x', { body: JSON.stringify({ [value]: 1 }) }],
        ['/tana/x', { body: `${encodeURIComponent(value)}=1`, type: 'application/x-www-form-urlencoded' }],
        [`/tana/x?${encodeURIComponent(value)}=1`, { method: 'GET' }],
        [`/tana/people/${encodeURIComponent(value)}`, { method: 'GET' }],
        [`/tana/x?who=${encodeURIComponent(value)}`, { method: 'GET' }],
        ['/tana/x', { method: 'GET', headers: { 'x-note': value } }],
      ] as const
      for (const [target, ask] of asked) {
        provider.forget()
        const heard = await whole.send(target, ask)
        const arrived = provider.got.map((one) => `${one.head}${one.body.toString('utf8')}`).join('')
        for (const spelt of [
          value,
          encodeURIComponent(value),
          value.replace('@', '%40'),
          value.replace('+', ''),
        ])
          expect(arrived, target).not.toContain(spelt)
        const refused = heard.code === 'CANNOT_TREAT' && provider.bytes() === 0
        expect(heard.status === 200 || refused, target).toBe(true)
      }
    },
  )
})
