/** What a report counts, against a second, plainer way of counting; and what a cell or a page may hold. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Misconfigured } from '../../src/errors.ts'
import type { LogRecord } from '../../src/model/record.ts'
import { momentOf } from '../../src/report/ask.ts'
import { csv } from '../../src/report/csv.ts'
import { incident } from '../../src/report/incident.ts'
import { type StoredBody, transferLines } from '../../src/report/lines.ts'
import { lines, page } from '../../src/report/page.ts'
import { incidentSheet, registerSheet } from '../../src/report/sheets.ts'
import { transferRegister } from '../../src/report/transfer-register.ts'
import { wordsOf } from '../../src/report/words.ts'

interface Sent {
  readonly provider: string
  readonly legs: readonly (readonly [string, string])[]
  readonly cats: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly end: string | null
  readonly day: number
}

const t = (day: number): string => new Date(Date.UTC(2026, 10, 1 + day)).toISOString()

/** Intents first, outcomes after all of them, as under load. */
const logOf = (all: readonly Sent[]): StoredBody[] => {
  const intents = all.map(({ provider, legs, cats, day }) => ({
    ...{ v: 1, k: 'intent', t: t(day), client: 'acme', provider, purpose: 'payroll', cats },
    ...{ countries: legs.map(([country]) => country), ground: legs.map(([, ground]) => ground) },
  }))
  const outcomes = all.flatMap(({ end, day }, intent) =>
    end === null ? [] : [{ v: 1, k: 'outcome', t: t(day), intent, end }],
  )
  return [...intents, ...outcomes].map((record, index) => ({
    index,
    body: Buffer.from(JSON.stringify(record)),
  }))
}
const stream = async function* (list: readonly StoredBody[]) {
  yield* list
}
const linesOf = (all: readonly Sent[]) => transferLines(stream(logOf(all)))

const sent: fc.Arbitrary<Sent> = fc.record({
  provider: fc.constantFrom('tana', 'rabat'),
  legs: fc.array(fc.tuple(fc.constantFrom('MG', 'MA'), fc.constantFrom('scc_ec', 'bcr_p')), {
    minLength: 1,
    maxLength: 3,
  }),
  cats: fc.dictionary(
    fc.constantFrom('name', 'fin.iban', 'birth.date'),
    fc.dictionary(
      fc.constantFrom('allow', 'pseudonymise', 'generalise', 'remove'),
      fc.integer({ min: 1, max: 9 }),
    ),
  ),
  end: fc.constantFrom('delivered', 'unknown', 'not_sent', null),
  day: fc.integer({ min: 0, max: 9 }),
})

describe('the transfer register', () => {
  test('counts what may have left, once per country and ground, in the period', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sent, { maxLength: 20 }),
        fc.integer({ min: 0, max: 9 }),
        async (all, day) => {
          const ask = { from: new Date(t(day)), providers: ['tana'] }
          const rows = await transferRegister(linesOf(all), ask)
          const left = all.filter(
            (one) => one.end !== 'not_sent' && one.day >= day && one.provider === 'tana',
          )
          for (const row of rows) {
            const its = left.filter(
              ({ legs, cats }) =>
                legs.some(([country, ground]) => country === row.country && ground === row.ground) &&
                (row.category === '' ? Object.keys(cats).length === 0 : row.category in cats),
            )
            expect(row.transfers).toBe(its.length)
            const clear = its.reduce((sum, { cats }) => sum + (cats[row.category]?.['allow'] ?? 0), 0)
            expect(row.findings.clear).toBe(clear)
            expect(row.first).toBe(t(Math.min(...its.map((one) => one.day))))
          }
          const keys = new Set(
            left.flatMap(({ legs, cats }) =>
              legs.flatMap(([country, ground]) =>
                (Object.keys(cats).length === 0 ? [''] : Object.keys(cats)).map(
                  (cat) => `${country} ${ground} ${cat}`,
                ),
              ),
            ),
          )
          expect(rows.length).toBe(keys.size)
        },
      ),
    )
  })
})

describe('an incident', () => {
  test('names what the provider had, refused and never sent apart', async () => {
    const one = (end: string | null, cats: Sent['cats']): Sent => ({
      ...{ provider: 'tana', legs: [['MG', 'scc_ec'] as const], cats, end, day: 1 },
    })
    const found = await incident(
      linesOf([
        one('delivered', { name: { pseudonymise: 2 } }),
        one(null, { name: { allow: 1 }, 'fin.iban': { remove: 1 } }),
        one('not_sent', { health: { allow: 5 } }),
        { ...one('delivered', { name: { allow: 7 } }), provider: 'rabat' },
      ]),
      'tana',
      {},
    )
    expect(found).toMatchObject({
      transfers: 2,
      notSent: 1,
      ends: { delivered: 1, open: 1 },
      countries: { MG: ['scc_ec'] },
    })
    expect(Object.keys(found.categories)).toEqual(['fin.iban', 'name'])
    expect(found.categories['name']).toMatchObject({ clear: 1, pseudonym: 2 })
    const french = incidentSheet(found, { atMost: 3, uncounted: 1 }, {}, wordsOf('fr'))
    expect(lines(french).join('\n')).toMatch(/Madagascar.*clauses contractuelles types/)
    expect(page(french)).toContain('<html lang="fr">')
  })
})

describe('what leaves as cells or as a page', () => {
  const hostile = [
    '=1+1',
    '+33',
    '-2',
    '@x',
    '\tx',
    '\rx',
    '\u202egnp.exe',
    'a"b,c',
    '<script>',
    '\u0000',
    '＝1',
  ]

  test.each(hostile)('%j neither runs nor steers', (text) => {
    const line = csv([[text, 1]])
    expect(line.endsWith(',1\r\n')).toBe(true)
    const cell = line.slice(0, -4).replace(/^"|"$/g, '')
    expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d]/)
    // oxlint-disable-next-line no-control-regex
    expect(cell).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/)
    const sheet = registerSheet(
      [
        {
          ...{
            country: text,
            provider: text,
            category: text,
            ground: text,
            transfers: 1,
            first: text,
            last: text,
          },
          findings: { clear: 0, coarser: 0, pseudonym: 0, withheld: 0 },
        },
      ],
      { providers: [text] },
      wordsOf('en'),
    )
    const html = page(sheet)
    for (const steers of ['<script', '\u202e', '\u0000']) expect(html).not.toContain(steers)
    expect(lines(sheet).join('')).not.toMatch(/[\u0000-\u001f\u202e]/) // oxlint-disable-line no-control-regex
  })

  test('a number stays a number', () => {
    expect(csv([['a', -3]], ['x', 'y'])).toBe('x,y\r\na,-3\r\n')
  })
})

describe('a moment', () => {
  test.each([
    ['2026-11-01', 'from', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01', 'to', '2026-11-02T00:00:00.000Z'],
    ['2026-11-01T08:00:00+01:00', 'to', '2026-11-01T07:00:00.000Z'],
  ] as const)('%s as %s', (text, end, at) => expect(momentOf(text, end).toISOString()).toBe(at))

  test.each(['2026-02-30', '2026-13-01', '01.11.2026', 'yesterday', '', '2026-11-01T08:00:00'])(
    '%j is none',
    (text) => expect(() => momentOf(text, 'from')).toThrow(Misconfigured),
  )
})

test('a record of a kind that is no transfer is handed on', async () => {
  const seen: LogRecord[] = []
  const body = Buffer.from(JSON.stringify({ v: 1, k: 'policy', t: t(0), bundle: 'x', by: 'y' }))
  const none = []
  for await (const line of transferLines(stream([{ index: 0, body }]), ({ record }) => seen.push(record)))
    none.push(line)
  expect([none.length, seen.map(({ k }) => k)]).toEqual([0, ['policy']])
})

describe('the period of a report', () => {
  const from = new Date('2026-11-01T00:00:00Z')
  const to = new Date('2026-11-08T00:00:00Z')
  test.each([
    [
      { from, to },
      'From 2026-11-01T00:00:00.000Z to before 2026-11-08T00:00:00.000Z (UTC).',
      "À partir du 2026-11-01T00:00:00.000Z inclus jusqu'au 2026-11-08T00:00:00.000Z exclu (UTC).",
    ],
    [
      { from },
      'From 2026-11-01T00:00:00.000Z until now (UTC).',
      "À partir du 2026-11-01T00:00:00.000Z inclus jusqu'à maintenant (UTC).",
    ],
    [
      { to },
      'From the beginning to before 2026-11-08T00:00:00.000Z (UTC).',
      "Depuis le début jusqu'au 2026-11-08T00:00:00.000Z exclu (UTC).",
    ],
    [{}, 'From the beginning until now (UTC).', "Depuis le début jusqu'à maintenant (UTC)."],
  ])('%j', (ask, en, fr) => {
    const said = (['en', 'fr'] as const).map((lang) => registerSheet([], ask, wordsOf(lang)).asked[0])
    expect(said).toEqual([en, fr])
  })

  test('on a French page the space before a colon does not break; on an English one nothing is touched', () => {
    const sheet = (lang: 'en' | 'fr') => ({
      ...{ lang, title: 'Un : deux ; « trois » !', asked: [], tables: [], notes: [] },
    })
    expect(page(sheet('fr'))).toContain('<h1>Un\u00A0: deux\u00A0; «\u00A0trois\u00A0»\u00A0!</h1>')
    expect(page(sheet('en'))).toContain('<h1>Un : deux ; « trois » !</h1>')
  })
})
