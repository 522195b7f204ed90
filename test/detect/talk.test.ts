import { describe, expect, test } from 'vitest'
import { inText } from './fixture.ts'

type Row = readonly [text: string, found: readonly string[], remark: string]

const table = (name: string, rows: readonly Row[]) =>
  describe(`in lines: ${name}`, () => {
    test.each(rows)('%j → %j (%s)', async (text, found) => {
      const all = await inText(text)
      expect(all.filter((one) => !one.startsWith('date '))).toEqual(found)
    })
  })

table('what answers a question of the line before', [
  [
    'Agent: Et votre date de naissance ?\nCliente: oui bien sûr\nCliente: 7 mai 1991',
    ['birth.date 7 mai 1991'],
    'fr, a courtesy between',
  ],
  [
    'Agent: Could you confirm the policy number please?\nCaller: yes it is 9921 3441',
    ['id.customer 9921 3441'],
    'en',
  ],
  ['Agent: and your temporary password?\nCaller: Hj8!kk2', ['auth.password Hj8!kk2'], 'en, the whole line'],
  ['Agent: and your password?\nCaller: forgotten', [], 'en, a word'],
  [
    'Beraterin: Wie lautet Ihre Kontonummer?\nKunde: moment\nKunde: 7734561 bei der Volksbank',
    ['fin.account 7734561'],
    'de',
  ],
  [
    'Agente: ¿Me puede indicar su fecha de nacimiento?\nCliente: claro, 4 de mayo de 1990',
    ['birth.date 4 de mayo de 1990'],
    'es',
  ],
  [
    'Operatore: mi può dare il numero di polizza?\nCliente: certo, è il 4471 9023',
    ['id.customer 4471 9023'],
    'it',
  ],
  ['Atendente: qual é o seu código postal?\nCliente: 4150-171', ['contact.postcode 4150-171'], 'pt'],
  ['Medewerker: en uw postcode graag\nKlant: 3512 jk', ['contact.postcode 3512 jk'], 'nl'],
  [
    'Konsultant: proszę podać datę urodzenia\nKlient: 12 kwietnia 1985',
    ['birth.date 12 kwietnia 1985'],
    'pl, the genitive of the month',
  ],
  ['Operator: care este numărul de telefon?\nClient: 0722 123 456', ['contact.phone 0722 123 456'], 'ro'],
  ['How many boxes did you order?\n1250', [], 'a question for nothing personal'],
  [
    'Caller: I lost card 12345, can you please send a new one?\nAgent: in 10115 working days',
    [],
    'who gives a number asks for something else',
  ],
  ['Could you please send my boarding pass?\nok\n4821', [], 'a pass that is no password'],
])

table('what a customer gives in a chat', [
  [
    'hi\ni lost my credit card\nmona fischer\n7731\n5.48E+15\nok thanks',
    ['name mona fischer', 'id.national 7731', 'fin.card 5.48E+15'],
    'last digits, then a card as a spreadsheet writes it',
  ],
  [
    'hola\nquiero saber el saldo\ncarmen ruiz\n7731\nok\ngracias',
    ['name carmen ruiz', 'id.national 7731'],
    'es, a talk about money',
  ],
  [
    'hello\ni want cable internet\nok\nboise 83702\nthanks',
    ['contact.postcode 83702'],
    'a postcode after a town',
  ],
  [
    'hi\nlarge pizza please\nok\n112 van dyke st\nthanks bye',
    ['contact.address 112 van dyke st'],
    'a house number and a street in lower case',
  ],
  ['hi\nnew order\nok\n2 boxes of 1250 pcs\n4500\nthanks', [], 'counts and amounts'],
  ['hola\nventas 2023\nok\n2019\ngracias', [], 'years'],
  ['Budget 2025\nVentes 12000\nAchats 4821\nTotal 16821', [], 'no chat'],
])

table('a chat of few lines, where nobody sets a capital or a sign', [
  [
    'hi i want a wifi connection\nkovilpatti 628501\n5 gb\nnothing',
    ['contact.postcode 628501'],
    'town and code',
  ],
  ['hello\n6281 pollachi 642001\nok', ['contact.address 6281 pollachi 642001'], 'house, town and code'],
  [
    'hai\ni like pizza\n9845012345 48 lake road in\nok',
    ['contact.phone 9845012345', 'contact.address 48 lake road in'],
    'telephone before the address, Indiana behind it',
  ],
  [
    'hi\nno pizza\n73 erode 9442012345\nok',
    ['contact.address 73 erode', 'contact.phone 9442012345'],
    'and behind it',
  ],
  ['order please\nno 64 noja kambu va\nok', ['contact.address no 64 noja kambu va'], 'no is number'],
  ['my address\nlavanika 143 melurpur st\nok', ['contact.address 143 melurpur st'], 'behind who lives there'],
  ['po box 56 hillings ma 52146\nok thanks\nyes', ['contact.address po box 56 hillings ma 52146'], 'a box'],
  ['sure\n200 e main streetphoenix az\nok', ['contact.address 200 e main streetphoenix az'], 'a sign lost'],
  ['i need pizza\n2 large with road mix\nok', [], 'an order'],
  ['Dear team,\nplease order 12345\nThanks', [], 'a letter is no chat'],
  ['name: x\ncount: 628501\nok', [], 'a file is none'],
])

table('tables pasted into a text', [
  [
    'nom;né le;carte\nMoreau;1988-03-02;4000 0000 1234 9983',
    ['name Moreau', 'birth.date 1988-03-02', 'fin.card 4000 0000 1234 9983'],
    'fr, semicolons',
  ],
  [
    '| employee | date_of_birth | salary |\n|---|---|---|\n| Lee, Ana | 02/03/1988 | 41000 |',
    ['name Lee, Ana', 'birth.date 02/03/1988', 'hr.salary 41000'],
    'Markdown',
  ],
  [
    'Ruth Adler|1979-11-30|ruth.adler@example.org|Zurich',
    ['name Ruth Adler', 'birth.date 1979-11-30', 'contact.email ruth.adler@example.org'],
    'no header, one day in the record of a person',
  ],
  [
    'Ruth Adler|2021-11-30|2022-11-30|ruth.adler@example.org',
    ['name Ruth Adler', 'contact.email ruth.adler@example.org'],
    'days of a contract',
  ],
  ['Please measure width, height, depth\nand tell 12, 14, 16', [], 'words with commas'],
])
