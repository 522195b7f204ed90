import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fold, readStrict, write } from '../../src/pseudonym/crockford.ts'
import { findTokens } from '../../src/pseudonym/find.ts'
import { codeOfWord, kindOf, kinds, wordOf } from '../../src/pseudonym/kind.ts'
import { checks, decode } from '../../src/pseudonym/reed-solomon.ts'
import { drawToken, spell } from '../../src/pseudonym/token.ts'
import { growth } from './growth.ts'
import { categories } from '../../src/model/category.ts'

const random = (n: number): Buffer => randomBytes(n)
const words = (n: number): number[][] =>
  Array.from({ length: n }, () => Array.from(randomBytes(9), (byte) => byte & 31))

describe('Reed–Solomon over GF(32)', () => {
  test('an untouched word reads as it was written', () => {
    for (const data of words(200)) {
      const kind = data[0]!
      expect(decode(kind, [...data, ...checks(kind, data)])).toEqual({ kind, data })
    }
  })

  test('every single wrong symbol is corrected: all positions, all errors', () => {
    for (const data of words(20)) {
      const written = [...data, ...checks(5, data)]
      for (let at = 0; at < 12; at++)
        for (let error = 1; error < 32; error++) {
          const bad = written.with(at, written[at]! ^ error)
          expect(decode(5, bad)).toEqual({ kind: 5, data, wrong: at })
        }
    }
  })

  test('every pair of wrong symbols is noticed when the kind is known: all positions, all errors of one word', () => {
    const [data] = words(1) as [number[]]
    const written = [...data, ...checks(7, data)]
    let pairs = 0
    for (let a = 0; a < 12; a++)
      for (let b = a + 1; b < 12; b++)
        for (let e = 1; e < 32; e++)
          for (let f = 1; f < 32; f++) {
            const bad = written.with(a, written[a]! ^ e).with(b, written[b]! ^ f)
            const found = decode(7, bad)
            if (found !== undefined) throw new Error('two errors passed as one')
            pairs++
          }
    expect(pairs).toBe(66 * 31 * 31)
  })

  test('a wrong kind is corrected as one symbol', () => {
    const [data] = words(1) as [number[]]
    expect(decode(9, [...data, ...checks(3, data)])).toEqual({ kind: 3, data, wrong: -1 })
  })
})

describe('kinds', () => {
  test('every category has a kind, every word one kind, every code one kind', () => {
    for (const category of categories) expect(kindOf(category).code).toBeGreaterThan(0)
    const seen = new Map<string, number>()
    for (const { code, words: all } of kinds) {
      expect(all).toHaveLength(9)
      for (const word of all) {
        expect(word).toMatch(/^[A-Z]{2,11}$/)
        expect(seen.get(fold(word)) ?? code).toBe(code)
        seen.set(fold(word), code)
        expect(codeOfWord(fold(word))).toBe(code)
      }
    }
    expect(new Set(kinds.map(({ code }) => code)).size).toBe(kinds.length)
  })

  test.each([
    ['name', 'fr', 'NOM'],
    ['name', 'es', 'NOMBRE'],
    ['name', 'pt-PT', 'NOME'],
    ['name', 'en', 'NAME'],
    ['name', 'mg', 'NAME'],
    ['id.employee', 'fr', 'ID'],
    ['contact.email', 'fr', 'COURRIEL'],
    ['fin.iban', 'fr', 'IBAN'],
    ['health', 'fr', 'INFO'],
  ] as const)('%s for a reader of %s is %s', (category, language, word) => {
    expect(wordOf(kindOf(category), language)).toBe(word)
  })

  test('a token says NOM-XXXX-XXXX-XXXX and no group reads like a kind word', () => {
    for (let i = 0; i < 500; i++) {
      const text = spell('name', drawToken('name', random), 'fr')
      expect(text).toMatch(/^NOM(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    }
  })

  test('drawing again where a group would be a word: a source that says NAME first', () => {
    const name = Buffer.from(readStrict('NAME00000')!)
    const other = Buffer.from(readStrict('7Q4KDM2XR')!)
    const queue = [name, other]
    expect(drawToken('name', () => queue.shift()!)).toBe(write(other))
  })
})

const token = '7Q4KDM2XR'
const kindName = kindOf('name').code
const plain = spell('name', token, 'en')
const [g1, g2, g3] = plain.split('-').slice(1) as [string, string, string]
const read = { kind: kindName, token, corrected: false }
const wrongIn = (group: string): string =>
  (group[1] === '8' ? `${group[0]}9` : `${group[0]}8`) + group.slice(2)

describe('finding tokens in what came back', () => {
  test.each([
    ['as sent', plain],
    ['lower case', plain.toLowerCase()],
    ['mixed case', `Name-${g1.toLowerCase()}-${g2}-${g3.toLowerCase()}`],
    ['spaces for hyphens', `name ${g1} ${g2} ${g3}`],
    ['no-break spaces', `NAME\u00a0${g1}\u00a0${g2}\u202f${g3}`],
    ['en dashes', `NAME–${g1}–${g2}–${g3}`],
    ['no-break hyphens', `NAME\u2011${g1}\u2011${g2}\u2011${g3}`],
    ['minus signs and spaces', `NAME \u2212 ${g1} \u2212 ${g2} \u2212 ${g3}`],
    ['soft hyphens', `NAME\u00ad${g1}\u00ad${g2}\u00ad${g3}`],
    ['zero-width spaces', `NAME-\u200b${g1}-\u200b${g2}-\u200b${g3}`],
    ['wrapped after a hyphen', `NAME-${g1}-\r\n${g2}-${g3}`],
    ['wrapped in a group', `NAME-${g1}-${g2.slice(0, 2)}\n${g2.slice(2)}-${g3}`],
    ['wrapped in a quoted mail', `NAME-${g1}-\n> ${g2}-${g3}`],
    ['quoted-printable wrap', `NAME-${g1}-${g2.slice(0, 1)}=\r\n${g2.slice(1)}-${g3}`],
    ['no hyphens', `NAME${g1}${g2}${g3}`],
    ['no hyphen after the word', `NAME${g1}-${g2}-${g3}`],
    ['no hyphens after the word’s', `NAME-${g1}${g2}${g3}`],
    ['symbol by symbol', `NAME ${[...(g1 + g2 + g3)].join(' ')}`],
    ['bold groups', `NAME-<b>${g1}</b>-${g2}-${g3}`],
    ['a line break tag', `NAME-${g1}-<br/>${g2}-${g3}`],
    ['a span with attributes', `NAME-${g1}-<span class="x">${g2}</span>-${g3}`],
    ['markdown', `NAME-**${g1}**-_${g2}_-${g3}`],
    ['escaped markdown', `NAME\\-${g1}\\-${g2}\\-${g3}`],
    ['entities', `NAME&#8209;${g1}&nbsp;${g2}&#x2d;${g3}`],
    ['percent-encoded', `NAME%2D${g1}%20${g2}%e2%80%91${g3}`],
    ['underscores', `NAME_${g1}_${g2}_${g3}`],
    ['dots', `NAME.${g1}.${g2}.${g3}`],
    ['a colon', `Name: ${g1}-${g2}-${g3}`],
    [
      'full-width forms',
      [...plain].map((c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join(''),
    ],
    ['Cyrillic twins', plain.replaceAll('M', 'М').replaceAll('K', 'К').replaceAll('X', 'Х')],
    ['the French word', `NOM-${g1}-${g2}-${g3}`],
    ['the Polish word', `nazwisko ${g1} ${g2} ${g3}`],
    ['an unknown word', `NOMS-${g1}-${g2}-${g3}`],
    ['a word with a zero', `N0M-${g1}-${g2}-${g3}`],
  ])('%s', (_, text) => {
    for (const [before, after] of [
      ['', ''],
      ['Vu avec (', ').'],
      ['le dossier de ', ', merci'],
      ['«', '»'],
      ["d'", "'s"],
      ['"', '"'],
    ]) {
      const whole = before + text + after
      const found = findTokens(whole)
      expect(found.map(({ start, end, readings }) => ({ text: whole.slice(start, end), readings }))).toEqual([
        { text, readings: [read] },
      ])
    }
  })

  test.each([
    ['the word lost', `${g1}-${g2}-${g3}`],
    ['the word lost, lower case', `${g1}-${g2}-${g3}`.toLowerCase()],
    ['the word and the hyphens lost', `${g1}${g2}${g3}`],
    ['the word lost, spaces', `${g1} ${g2} ${g3}`],
  ])('%s: a reading, which only the vault can confirm', (_, text) => {
    expect(findTokens(text)).toEqual([{ start: 0, end: text.length, readings: [read], certain: false }])
  })

  test('O for 0, l and I for 1', () => {
    const ones = spell('id.case', '0100110AA', 'en')
    const typed =
      ones.slice(0, 3) +
      ones.slice(3).replace('0', 'O').replace('0', 'o').replace('1', 'l').replace('1', 'I').replace('1', 'i')
    expect(findTokens(typed)[0]!.readings).toEqual([
      { kind: kindOf('id.case').code, token: '0100110AA', corrected: false },
    ])
  })

  test('one wrong symbol is read as corrected, wherever it is', () => {
    for (let at = 5; at < plain.length; at++) {
      if (plain[at] === '-') continue
      const bad = plain.slice(0, at) + (plain[at] === 'Z' ? 'Y' : 'Z') + plain.slice(at + 1)
      expect(findTokens(bad)[0]!.readings).toEqual([{ ...read, corrected: true }])
      const illegible = `${plain.slice(0, at)}u${plain.slice(at + 1)}`
      expect(findTokens(illegible)[0]!.readings).toEqual([{ ...read, corrected: true }])
    }
  })

  test('the wrong kind word is one wrong symbol', () => {
    expect(findTokens(`ID-${g1}-${g2}-${g3}`)[0]!.readings).toEqual([{ ...read, corrected: true }])
  })

  test('two wrong symbols: reported, never read', () => {
    const bad = `NAME-${wrongIn(g1)}-${wrongIn(g2)}-${g3}`
    expect(findTokens(bad)).toEqual([{ start: 0, end: bad.length, readings: [], certain: true }])
  })

  test('several in one text, one glued to the next', () => {
    const other = spell('id.employee', '0123456AB', 'fr')
    const text = `${plain}/${other};${plain},${other}\n${plain}-${other} ${plain} ${other}`
    expect(findTokens(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      plain,
      other,
      plain,
      other,
      plain,
      other,
      plain,
      other,
    ])
  })

  test('the label before it is not part of it', () => {
    for (const label of ['Name ', 'name: ', 'NOM ', 'id ', 'ID: ', 'Bonjour '])
      expect(findTokens(label + plain).map(({ start }) => start)).toEqual([label.length])
  })

  test('in mark-up: a title attribute', () => {
    const text = `<a title="${plain}" href="#">x</a>`
    expect(findTokens(text)).toMatchObject([{ start: 10, readings: [read] }])
  })

  test.each([
    ['a product key', 'VK7JG-NPHTM-C97JM-9MPGT-3V66T'],
    ['a key of five fours', 'ABCD-EFGH-JKMN-PQRS-TVWX'],
    ['an IBAN in print', 'FR76 3000 6000 0112 3456 7890 189'],
    ['a card number', '4111 1111 1111 1111'],
    ['a phone number', '06 12 34 56 78'],
    ['words', 'name Anna Marc Beth and others'],
    ['a UUID', '123e4567-e89b-42d3-a456-426614174000'],
    ['a label and a number', 'ID: 123456789012'],
    ['prose', 'The name of the person who came by is written on the card.'],
    ['French prose', 'Le nom de la personne qui est passée est écrit sur la carte.'],
    ['too short', 'NAME-7Q4K-DM2X'],
    ['empty', ''],
  ])('near miss: %s', (_, text) => {
    expect(findTokens(text).filter(({ certain }) => certain)).toEqual([])
  })

  test.each([
    ...[
      'name ',
      'ID-',
      '<a',
      '&',
      'A',
      'ABCD-',
      '7Q4K ',
      '< ',
      '<b>',
      '\u200b',
      'é',
      'u',
      'IDIDIDID ',
      '%',
      '%2f',
      '&#',
    ],
  ])('hostile text is read in linear time: %s', (piece) => {
    expect(growth((length) => findTokens(piece.repeat(length / piece.length)))).toBeLessThan(8)
  })
})
