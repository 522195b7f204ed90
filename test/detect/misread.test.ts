/** Numbers and names that words beside them explain: last digits, accounts, orders, batches, keys behind a name, masks. */
import { describe, expect, test } from 'vitest'
import { inText } from './fixture.ts'

type Row = readonly [text: string, found: readonly string[]]

const table = (name: string, rows: readonly Row[]) =>
  describe(`misread: ${name}`, () => {
    test.each(rows)('%j → %j', async (text, found) => expect(await inText(text)).toEqual(found))
  })

table('last digits, after the words for them', [
  ['The last four of my social are 7843, thanks.', ['id.national 7843']],
  ['Les 4 derniers chiffres de ma carte sont 5896.', ['fin.card 5896']],
  ['Die letzten vier Ziffern meiner Karte lauten 6758.', ['fin.card 6758']],
  ['Ostatnie 4 cyfry: 4821, proszę sprawdzić.', ['id.national 4821']],
  ['payé par carte (4 derniers chiffres : 4821)', ['fin.card 4821']],
  ['We grew a lot over the last 4 years (2019 to 2022).', []],
  ['In den letzten vier Jahren waren es 4711 Stück.', []],
])

table('numbers whose word stands before “number is”', [
  ['my savings account number is 987654321', ['fin.account 987654321']],
  ['my credit card number is 4575 7621 3247 4524 and it is lost', ['fin.card 4575 7621 3247 4524']],
  ['you can reach me, my number is 0612345678', ['contact.phone 0612345678']],
])

table('cards in fours, a digit of them wrong', [
  ['sure, one second\n5432 1469 9854 8246\nok', ['fin.card 5432 1469 9854 8246']],
  ['Order 5432 1469 9854 8246\nshipped', []],
])

table('numbers of orders and batches', [
  ['La commande 811228-9874 a été expédiée hier.', []],
  ['My personnummer is 811228-9874.', ['id.national 811228-9874']],
  ['Lot IVG 2231 has to be shipped on Friday.', []],
  ['Der Artikel AVC-20418 ist nicht lieferbar.', []],
  ['Elle a subi une IVG en mars.', ['health IVG']],
  ['He was told that he has HIV-1.', ['health HIV']],
])

table('keys behind a name, and masks', [
  [
    'Login of John Smith MAC: 00:1A:2B:3C:4D:5E from the office',
    ['name John Smith', 'online.mac 00:1A:2B:3C:4D:5E'],
  ],
  ['Name: Kowalski MAC 00:1A:2B:3C:4D:5E', ['name Kowalski', 'online.mac 00:1A:2B:3C:4D:5E']],
  ['IBAN: DE** **** **** **** **** 00', []],
  ['Please see C.I. 12345 for the file.', []],
])

table('passwords of a word and a number', [
  ['my company is hcl and the password is piano 2334', ['auth.password piano 2334']],
  ['the password is wrong since 2 days', []],
])
