import { describe, expect, test } from 'vitest'
import { read } from '../../src/payload/read.ts'
import { edit, incoming, outcome, shown } from './incoming.ts'

const plain = (body: string | Buffer) => read(incoming(body, 'text/plain; charset=utf-8'))

test('plain text is one field; BOM and line ends stay where they are', () => {
  const document = plain('\ufeffBonjour,\r\nJean\r\n')
  expect(document.fields[0] && shown(document.fields[0])).toBe('leaf|text|||Bonjour,\r\nJean\r\n')
  const change = { start: 10, end: 14, text: 'N é', as: 'text' } as const
  expect(document.write([edit(document, 'Bonjour,\r\nJean\r\n', change)]).body.toString()).toBe(
    '\ufeffBonjour,\r\nN é\r\n',
  )
})

test('a removed text is empty, half a character is not written', () => {
  const document = plain('Jean')
  expect(document.write([edit(document, 'Jean', { as: 'remove' })]).body.toString()).toBe('')
  const half = edit(document, 'Jean', { text: '\ud800', as: 'text' })
  expect(outcome(() => document.write([half]))).toBe('CANNOT_TREAT')
})

test('us-ascii text cannot take another character', () => {
  const document = read(incoming('Jean', 'text/plain; charset=us-ascii'))
  expect(outcome(() => document.write([edit(document, 'Jean', { text: 'é', as: 'text' })]))).toBe(
    'CANNOT_TREAT',
  )
})

describe('text that is really something else is refused', () => {
  const base64 = Buffer.from('Madame Durand est absente depuis le 3 mars pour maladie.').toString('base64')
  test.each([
    ['{"nom":"Jean"}', 'JSON object'],
    ['J\0e\0a\0n\0', 'UTF-16'],
    ['\ufeff\n [1,2]\n', 'JSON array after a BOM'],
    ['{"a":1}\n{"a":2}\n', 'JSON lines'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'JSON too deep to read'],
    ['<?xml version="1.0"?><a/>', 'XML'],
    ['<!DOCTYPE html><p>x', 'HTML without an end'],
    ['<!DOCTYPE html><p>x</p>', 'HTML'],
    ['<person><name>Jean</name></person>', 'XML without a declaration'],
    ['<P class="x">Jean</p>', 'an HTML fragment'],
    ['nom,prenom,iban\nDurand,Jean,FR76\nMartin,Léa,FR77', 'CSV'],
    ['Export du 3 mars\nnom;prenom;iban\r\nDurand;Jean;FR76\r\nMartin;Léa;FR77', 'CSV under a title'],
    ['a\tb\tc\n1\t2\t3\n4\t5\t6', 'tab separated'],
    ['1,2,3\n4,5,6\n7,8,9', 'CSV of numbers'],
    [base64, 'base64'],
    [`${base64.slice(0, 40)}\r\n${base64.slice(40)}\r\n`, 'base64 in lines'],
    [Buffer.alloc(60, 7).toString('base64url'), 'base64url'],
  ])('%j (%s)', (body) => {
    expect(outcome(() => plain(body))).toBe('MEDIA_MISMATCH')
  })

  test.each([
    ['[Urgent] Madame Durand a rappelé.', 'a sentence that begins with a bracket'],
    ['{client} : voir dossier', 'a sentence that begins with a brace'],
    ['[1] voir la note\n[2] idem', 'footnotes'],
    ['<jean@example.org> a écrit :\n> bonjour', 'an address in angle brackets'],
    ['<3 merci !', 'a heart'],
    ['<b>Important</b> : rappeler demain', 'a tag at the start only'],
    ['Paris, Lyon, Nantes et, parfois, Lille, sont fermées.', 'a text with commas'],
    ['Bonjour,\nvoici mon IBAN, merci.\nJean', 'an e-mail of three lines'],
    [
      'Oui, bien sûr, merci.\nNon, pas ici, désolé.\nAlors, à demain, Jean.',
      'three lines with two commas each',
    ],
    ['2,5 h puis 1,5 h\n3,0 h puis 1,0 h\n4,5 h puis 2,0 h', 'decimal commas'],
    ['a,b,c\n1,2,3', 'two lines only'],
    ['a;b\nc;d\ne;f', 'one delimiter a line'],
    ['Rue A;75001;Paris', 'one line'],
    ['Anticonstitutionnellement'.repeat(2), 'a long word'],
    [`${base64}====`, 'too much padding for base64'],
    ['https://example.org/a/very/long/path/that/goes/on/and/on/for/more/than/64/characters', 'a URL'],
    ['Bonjour\nMerci\nCordialement\nAnticonstitutionnellement\nMadameDurand\nParis', 'a word a line'],
    ['', 'nothing'],
    ['\n\n', 'blank lines'],
  ])('%j is honest text (%s)', (body) => {
    expect(outcome(() => plain(body))).toBe('read')
  })

  test('looking costs no time, whatever is sent', () => {
    const long = 1_000_000
    const started = process.threadCpuUsage()
    for (const unit of ['[', '{', '<', ',', ';\n', ',,\n', '\n', 'a', 'a\n', '="', '<a ', ' '])
      outcome(() => plain(unit.repeat(long)))
    expect(process.threadCpuUsage(started).user).toBeLessThan(15_000_000)
  })
})
