/** What people type in a hurry, in nine languages: addresses in lower case, numbers with half a word, users of a log. */
import { describe, expect, test } from 'vitest'
import { inText } from './fixture.ts'

type Row = readonly [text: string, found: readonly string[], remark: string]

const table = (name: string, rows: readonly Row[]) =>
  describe(`typed in a hurry: ${name}`, () => {
    test.each(rows)('%j → %j (%s)', async (text, found) =>
      expect((await inText(text)).filter((one) => !one.startsWith('date '))).toEqual(found),
    )
  })

table('addresses', [
  [
    'livrer au 3 ter impasse du moulin apt 4 35000 rennes, merci',
    ['contact.address 3 ter impasse du moulin apt 4 35000 rennes'],
    'fr',
  ],
  ['er wohnt in der goethestraße 7b, 50968 köln.', ['contact.address goethestraße 7b, 50968 köln'], 'de'],
  ['vive en c/ del olmo 18 2ºA 28012 madrid', ['contact.address c/ del olmo 18 2ºA 28012 madrid'], 'es'],
  [
    'abito in via garibaldi 91 int 3 genova 16124, citofono rotto',
    ['contact.address via garibaldi 91 int 3 genova 16124'],
    'it',
  ],
  [
    'moro na rua da prata 40 r/c dto 1100-420 lisboa',
    ['contact.address rua da prata 40 r/c dto 1100-420 lisboa'],
    'pt, and moro is no name',
  ],
  [
    'bezorgen op de dorpsstraat 5-a, 3521 xj utrecht.',
    ['contact.address dorpsstraat 5-a, 3521 xj utrecht'],
    'nl',
  ],
  ['mieszkam na ul. kwiatowej 8/2 61-881 poznań', ['contact.address ul. kwiatowej 8/2 61-881 poznań'], 'pl'],
  ['stau pe str. florilor nr 9 bl. C2 ap. 7', ['contact.address str. florilor nr 9 bl. C2 ap. 7'], 'ro'],
  [
    'Moved to 9 Harbour Tce, Cobh, Co. Cork, P24 A6X7',
    ['contact.address 9 Harbour Tce, Cobh, Co. Cork, P24 A6X7'],
    'Eircode',
  ],
  [
    'Abita in Via Sparano 14, 70121 Bari (BA)',
    ['contact.address Via Sparano 14, 70121 Bari (BA)'],
    'province in parentheses',
  ],
  [
    'mieszka na ul. Krótką 4 w Toruniu',
    ['contact.address ul. Krótką 4'],
    'a preposition is no letter of the number',
  ],
  [
    '> Her address:\n> 12 Quarry Lane\n> Apt. 3\n> Kendal\n> United Kingdom',
    ['contact.address 12 Quarry Lane\n> Apt. 3\n> Kendal\n> United Kingdom'],
    'quoted',
  ],
  [
    'Stop at the corner of 40 Mill Road and Park Street please',
    ['contact.address the corner of 40 Mill Road and Park Street'],
    'two streets',
  ],
  [
    "à l'angle de la rue Monge et de la rue Lacépède",
    ['contact.address de la rue Monge et de la rue Lacépède'],
    'fr, two streets',
  ],
  ['the corner of Art and Science', [], 'ideas that meet'],
  ['write c/o the office 12 times', [], 'care of'],
  ['answer via sms 24 hours a day', [], 'no Italian street'],
  [
    'The letter came back from 41 Rozmarin 118\nSibiu\n, SB\n55018',
    ['contact.address 41 Rozmarin 118\nSibiu\n, SB\n55018'],
    'name and number above town, region and code',
  ],
])

table('numbers with half a word', [
  ['mon n° de client c 5590217', ['id.customer 5590217'], 'fr, c for c’est'],
  ['sa CB finissant par 7731 est bloquée', ['fin.card 7731'], 'fr, last digits'],
  ['the card ending in 7731 was declined', ['fin.card 7731'], 'en, last digits'],
  ['Vers.-Nr. A987654321', ['id.health A987654321'], 'de, an abbreviation before a hyphen'],
  ['Kd.-Nr. 77120-3', ['id.customer 77120-3'], 'de'],
  ['Kennzeichen: HH-AB 123', ['vehicle.plate HH-AB 123'], 'de, plate'],
  ['kenteken 66-XKF-2 staat fout', ['vehicle.plate 66-XKF-2'], 'nl, plate'],
  ['reg of the car is KX21 ZPT', ['vehicle.plate KX21 ZPT'], 'en, plate'],
  ['MRN 00733120, bed 4', ['id.health 00733120'], 'en, number of a patient'],
  ['NI number QQ 22 44 66 B', ['id.national QQ 22 44 66 B'], 'en, prefix not in use'],
  ['CI seria KT nr. 554433', ['id.national KT nr. 554433'], 'ro, series and number'],
  ['Patientin Ruth, *03.09.1951', ['name Ruth', 'birth.date 03.09.1951'], 'de, the sign of the born'],
  ["geb. 14-02-'63", ["birth.date 14-02-'63"], 'nl, two digits of the year'],
  ['nac. 09-10-1974', ['birth.date 09-10-1974'], 'es'],
  ['Soția Ileana: 0744-998-877', ['name Ileana', 'contact.phone 0744-998-877'], 'ro, behind a name'],
  ['filha (Matilde) 912 345 678', ['name Matilde', 'contact.phone 912 345 678'], 'pt, behind a name'],
  ['Brigitte: 2024 500 000 €', ['name Brigitte'], 'an amount behind a name'],
  ['am 03.02.2026 08:14 gebucht', [], 'a day and its hour are no telephone number'],
  ['cep 01415-000', ['contact.postcode 01415-000'], 'pt, Brazil'],
  ['sort code, account: 0012 3344 5566', ['fin.account 0012 3344 5566'], 'groups of an account'],
])

table('logs', [
  ['user jbaker from 203.0.113.9', ['online.username jbaker', 'online.ip 203.0.113.9'], 'en'],
  ['Benutzer kwolf angemeldet von 192.168.4.7', ['online.username kwolf', 'online.ip 192.168.4.7'], 'de'],
  ['utente gverdi login da 93.44.8.2', ['online.username gverdi', 'online.ip 93.44.8.2'], 'it'],
  ['the user logged in from 203.0.113.9', ['online.ip 203.0.113.9'], 'no name of a user'],
  ['Kennwort geändert: Herbst2027#', ['auth.password Herbst2027#'], 'de'],
  ['temp pw = q9!Lmm', ['auth.password q9!Lmm'], 'en'],
  ['your otp 550912', ['auth.pin 550912'], 'en'],
  ['kod weryfikacyjny: 4471', ['auth.pin 4471'], 'pl'],
  ['password reset: done', [], 'what happened to it'],
  ['10:22 WARN disk full', [], 'the level of a log'],
])
