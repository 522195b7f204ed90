import { describe, expect, test } from 'vitest'
import { inText } from './fixture.ts'

type Row = readonly [text: string, found: readonly string[], remark: string]

const table = (name: string, rows: readonly Row[]) =>
  describe(`recognised: ${name}`, () => {
    test.each(rows)('%s → %j (%s)', async (text, found) => expect(await inText(text)).toEqual(found))
  })

table('e-mail', [
  [
    'écrire à jean.dupont@exemple.fr.',
    ['contact.email jean.dupont@exemple.fr'],
    'final full stop is the sentence’s',
  ],
  ['(anna+paie@sub.example.co.uk)', ['contact.email anna+paie@sub.example.co.uk'], 'plus tag, parentheses'],
  ['mailto:zoé@exemple.fr', ['contact.email zoé@exemple.fr'], 'accent in the local part'],
  ['image@2x.png', [], 'a file, not an address'],
  ['@angular/core@17.2.1', [], 'a package and its version'],
  ['rendez-vous @ midi', [], 'an at sign alone'],
  ['user@localhost', [], 'no top-level domain'],
])

table('phone', [
  ['au +33 6 12 34 56 78 svp', ['contact.phone +33 6 12 34 56 78'], 'international form'],
  ['+33 (0)6 12 34 56 78', ['contact.phone +33 (0)6 12 34 56 78'], 'printed trunk zero'],
  [
    'Phone: +1 (455) 385-8315.\n2023-01-15: review',
    ['contact.phone +1 (455) 385-8315'],
    'to the end of the sentence',
  ],
  ['+212 661-234567', ['contact.phone +212 661-234567'], 'Morocco'],
  ['+351912345678.', ['contact.phone +351912345678'], 'Portugal, in one piece'],
  ['+261 34 12 345 67', ['contact.phone +261 34 12 345 67'], 'Madagascar'],
  ['0033 6 12 34 56 78', ['contact.phone 0033 6 12 34 56 78'], 'with 00'],
  ['au 06 12 34 56 78 après 18h', ['contact.phone 06 12 34 56 78'], 'French pairs need no word'],
  ['Tel: 01.42.68.53.00', ['contact.phone 01.42.68.53.00'], 'full stops'],
  ['tel 912 345 678', ['contact.phone 912 345 678'], 'Portuguese form after the word'],
  ['Phone: 020 7946 0958', ['contact.phone 020 7946 0958'], 'British form after the word'],
  ['secrétariat 01 2039 2739 – fin', ['contact.phone 01 2039 2739'], 'French number in fours'],
  ['commande 0612345678', [], 'an order number that looks like a mobile'],
  ['SKU 912-345-678', [], 'no word for a phone'],
  ['550e8400-e29b-41d4-a716-446655440000', [], 'a GUID'],
  ['réf. 2026-11-23-0042', [], 'a reference with a date'],
  ['+33 6 12', [], 'too short'],
  ['1732400000', [], 'a time stamp'],
])

table('addresses of more lines and fewer words', [
  [
    'sent to 33 Barker Street\nApt. 183\nFlateyri\nPoland 02706 please',
    ['contact.address 33 Barker Street\nApt. 183\nFlateyri\nPoland 02706'],
    'flat, town and country on lines of their own',
  ],
  [
    'arrived at 6400 12 Timms Drive Suite 215\nDrammen\n, SA\nNorway 38447.',
    ['contact.address 6400 12 Timms Drive Suite 215\nDrammen\n, SA\nNorway 38447'],
    'region on a line of its own',
  ],
  [
    'Anna lives at 17224 Þverbraut 66 Suite 991, Reykjavik, Iceland',
    ['name Anna', 'contact.address 17224 Þverbraut 66 Suite 991, Reykjavik, Iceland'],
    'no word for a street, a flat',
  ],
  [
    'Los Alisos, 10. 13002 Ciudad Real',
    ['contact.address Los Alisos, 10. 13002 Ciudad Real'],
    'no word for a street, a code',
  ],
  [
    'Ctra. de Toledo km 12,500, 28905 Getafe',
    ['contact.address Ctra. de Toledo km 12,500, 28905 Getafe'],
    'kilometre of a road',
  ],
  ['P.O. Box 211, 00100 Nairobi', ['contact.address P.O. Box 211, 00100 Nairobi'], 'post office box'],
  ['Postfach 12 34, 8021 Zürich', ['contact.address Postfach 12 34, 8021 Zürich'], 'Postfach'],
  [
    'ship to 97 barnes road colorado springs co 80922 and call',
    ['contact.address 97 barnes road colorado springs co 80922'],
    'chat',
  ],
  ['Nybyvägen 65, 67626 Ankarsrum', ['contact.address Nybyvägen 65, 67626 Ankarsrum'], 'Sweden'],
  ['Vitals: BP 152/89, HR 90', [], 'blood pressure'],
  ['On 8 February 2002 the Magistrates’ Court cancelled it', [], 'a court'],
  ['Rule 39 of the Rules of Court', [], 'a rule'],
  ['am Grundrecht der Berufsfreiheit in Art. 12 GG', [], 'German preposition'],
  ['remitida al Servicio de Urgencias 12 horas', [], 'Spanish preposition'],
  ['at 600 am to 734 am', [], 'hours'],
])

table('addresses: flats on quoted lines, codes and their towns', [
  [
    '> 17 Sundvik 42\n> Apt. 88\n> Albocàsser\n> Gabon 21180',
    ['contact.address 17 Sundvik 42\n> Apt. 88\n> Albocàsser\n> Gabon 21180'],
    'each line with its mark',
  ],
  [
    'au 9 bis, rue de la Paix 75002\nPARIS',
    ['contact.address 9 bis, rue de la Paix 75002\nPARIS'],
    'the town on the next line',
  ],
  [
    'Treffpunkt: Straße des 17. Juni 112, 10623 Berlin.',
    ['contact.address Straße des 17. Juni 112, 10623 Berlin'],
    'named after a day',
  ],
  [
    'au 42 avenue du G.al Leclerc, 31020 TOULOUSE',
    ['contact.address 42 avenue du G.al Leclerc, 31020 TOULOUSE'],
    'a rank cut short',
  ],
  [
    'Héroes de Baler, 9, 3º A. 06004 Badajoz',
    ['contact.address Héroes de Baler, 9, 3º A. 06004 Badajoz'],
    'a floor',
  ],
  [
    'Avda. Marítima del Norte, sn. 35016 Telde',
    ['contact.address Avda. Marítima del Norte, sn. 35016 Telde'],
    'no number',
  ],
  [
    'send it to 48 Floridusgasse 89, 1010 Wien',
    ['contact.address 48 Floridusgasse 89, 1010 Wien'],
    'a door before it',
  ],
  ['Vive en C/. Lepanto, 9, 28010 Madrid.', ['contact.address C/. Lepanto, 9, 28010 Madrid'], 'both signs'],
  ['Clínica del Mar. C.P. 02400. Tel. fijo', ['contact.postcode 02400'], 'abbreviated'],
  [
    'Avenida de la Marina, 5 Barakaldo 48902.',
    ['contact.address Avenida de la Marina, 5 Barakaldo 48902'],
    'code behind the town',
  ],
])

table('dates of birth', [
  [
    'LEROY, MARC\n07 . 03 . 1958\nN° FINESS',
    ['name LEROY, MARC', 'birth.date 07 . 03 . 1958'],
    'below a name',
  ],
  [
    'née entre le 01/02/1952 et le 02/02/1952 à Lyon',
    ['birth.date 01/02/1952', 'birth.date 02/02/1952'],
    'one of two days',
  ],
  [
    'Sa naissance a eu lieu du 3 mars au 4 mars mille neuf cent cinquante',
    ['birth.date 3 mars', 'birth.date 4 mars mille neuf cent cinquante'],
    'in words',
  ],
  ['Cordialement,\nMarc Leroy\n07/03/2019', ['name Marc Leroy'], 'the day of a letter'],
  [
    'née le premier mars mille neuf cent quatre-vingts à Lyon',
    ['birth.date premier mars mille neuf cent quatre-vingts'],
    'in words',
  ],
  ['born on the twelfth of May 1985 in Cork', ['birth.date twelfth of May 1985'], 'day in words'],
  [
    'geboren am dritten Mai neunzehnhundertfünfundachtzig',
    ['birth.date dritten Mai neunzehnhundertfünfundachtzig'],
    'German',
  ],
  ['né en mai 1985', ['birth.date mai 1985'], 'month and year'],
  ['she was born in 1985.', ['birth.date 1985'], 'the year'],
  ['geb. 12.5.85, Köln', ['birth.date 12.5.85'], 'two digits of the year'],
  ['né(e) le 12/05/85', ['birth.date 12/05/85'], 'either sex'],
  ['my birthday is May 12th', ['birth.date May 12th'], 'no year'],
  ['Fecha de nacimiento: 12/04 /2011.', ['birth.date 12/04 /2011'], 'a slip'],
  ['a étudié en 1985 ici', [], 'another year'],
])

table('numbers in words', [
  [
    'mon numéro est le zéro six douze trente-quatre cinquante-six soixante-dix-huit',
    ['contact.phone zéro six douze trente-quatre cinquante-six soixante-dix-huit'],
    'French',
  ],
  [
    'meine Nummer ist null eins sieben sechs vier zweiunddreißig neun',
    ['contact.phone null eins sieben sechs vier zweiunddreißig neun'],
    'German',
  ],
  [
    'mi teléfono es seis uno dos treinta y cuatro',
    ['contact.phone seis uno dos treinta y cuatro'],
    'Spanish',
  ],
  ['numer telefonu: sześć zero jeden dwa trzy', ['contact.phone sześć zero jeden dwa trzy'], 'Polish'],
  [
    'my card number is four five three two, one one one one',
    ['fin.card four five three two, one one one one'],
    'a card',
  ],
  ['pin: one two three four', ['auth.pin one two three four'], 'a PIN'],
  ['call me two or three times', [], 'a count'],
])

table('names that their form tells', [
  [
    'sent by Kay B Mannheim/HOU/Acme@ACME on Friday',
    ['name Kay B Mannheim/HOU/Acme@ACME'],
    'user of Lotus Notes',
  ],
  ['He met Samira el-Rachidi there.', ['name Samira el-Rachidi'], 'the Arabic article'],
  ['Em nome do Senhor Desembargador ROMEU GONZAGA, voto.', ['name ROMEU GONZAGA'], 'without the office'],
])

table('names in a list of names', [
  [
    'The founders Anna Schulz, Strickham and Peter Matthews met here.',
    ['name Anna Schulz', 'name Strickham', 'name Peter Matthews'],
    'one between two',
  ],
  [
    'We met Anna Schulz, Excel and Peter Matthews there.',
    ['name Anna Schulz', 'name Peter Matthews'],
    'a word',
  ],
])

table('names that somebody shortened, and doctors', [
  ['Herr C ist nicht in seinem Büro gewesen.', ['name C'], 'after a title'],
  ['Die Anlagen von Herrn N… wurden vorgelegt.', ['name N…'], 'cut off'],
  ['Nach Aussage der Zeugin M. war es dunkel.', ['name M.'], 'a witness'],
  ['Le prévenu X reconnaît les faits devant nous.', ['name X'], 'French'],
  [
    'Se descarta la enfermedad de Crohn y el signo de Murphy.',
    ['health enfermedad de Crohn'],
    'a disease and a sign',
  ],
  ['La maladie de Dupont s’aggrave depuis hier.', ['health maladie', 'name Dupont'], 'a patient'],
])

table('what a scan or a hand distorts', [
  [
    'Ubezpieczony: L e w a n d o w s k i\nNr: 5405509l4O',
    ['name L e w a n d o w s k i', 'id.national 5405509l4O'],
    'spaced letters, letters for digits',
  ],
  ['le client D U P O N T a appelé hier matin', ['name D U P O N T'], 'spaced capitals'],
  ['U R Z Ą D   P R A C Y   W   K A L I S Z U', [], 'a heading'],
  ['wskazanym przez pana Żuraw-\nskiego wynosi tyle', ['name Żuraw-\nskiego'], 'cut at the end of the line'],
  ['les cases a b c d e et version 1OO', [], 'letters in a row'],
])

table('digits with signs between', [
  ['carte 4539*1488*0343*6467 merci', ['fin.card 4539*1488*0343*6467'], 'stars'],
  ['4,5,3,9,1,4,8,8,0,3,4,3,6,4,6,7', ['fin.card 4,5,3,9,1,4,8,8,0,3,4,3,6,4,6,7'], 'commas'],
  ['tél : 06*12*34*56*78', ['contact.phone 06*12*34*56*78'], 'a telephone after its word'],
  ['les tailles 38,40,42,44,46 et 06,12,34,56,78', [], 'lists'],
  ['un total de 4,539,148,803 euros', [], 'an amount'],
])

table('answers in a chat', [
  [
    'hi\nmy screen broke\narun\n9943194293\nok thanks',
    ['name arun', 'contact.phone 9943194293'],
    'a line of its own',
  ],
  ['i lost my credit card\n8255\nyes', ['id.national 8255'], 'four digits in a talk about a card'],
  ['i lost my credit card\n2018\nyes', [], 'a year'],
  ['transfer it to my account\n5000\nyes', [], 'a round sum'],
  ['block it\ncard no 7345 please', ['fin.card 7345'], 'after the word for a card'],
  ['paid by card 1550 euros\nok', [], 'an amount'],
  ['i need internet\nwashington 20001\nthanks', ['contact.postcode 20001'], 'town and postcode'],
  ['see the next\nparagraph 20001\nto the end', [], 'no town'],
  ['parts\norder 9943194293\nok', [], 'an order'],
])

table('one digit a box', [
  [
    'Patient  2 9 2 4 1 8 7 6 5 3 2 9 8 9 0  ok',
    ['id.national 2 9 2 4 1 8 7 6 5 3 2 9 8 9 0'],
    'fifteen boxes',
  ],
  ['le 1 2 . 0 6 . 1 9 8 1 fin', ['birth.date 1 2 . 0 6 . 1 9 8 1'], 'a date in boxes'],
  ['notes 1 2 3 4 5 6 7 8 9', [], 'counting'],
  ['réponses 1 0 0 1 1 0 1 0 0', [], 'a questionnaire'],
])

table('IBAN and BIC', [
  ['FR76 3000 6000 0112 3456 7890 189', ['fin.iban FR76 3000 6000 0112 3456 7890 189'], 'printed form'],
  ['iban fr7630006000011234567890189', ['fin.iban fr7630006000011234567890189'], 'lower case'],
  ['DE89370400440532013000', ['fin.iban DE89370400440532013000'], 'Germany'],
  ['MA64011519000001205000534921', ['fin.iban MA64011519000001205000534921'], 'Morocco'],
  ['PT50-0002-0123-1234-5678-9015-4', ['fin.iban PT50-0002-0123-1234-5678-9015-4'], 'hyphens'],
  ['DE88 3704 0044 0532 0130 00', [], 'wrong check digits'],
  ['FR76 3000 6000 0112 3456', [], 'too short'],
  ['XX76 3000 6000 0112 3456 7890 189', [], 'no such country'],
  ['BIC : AGRIFRPP', ['fin.bic AGRIFRPP'], 'after the word'],
  [
    'FR76 3000 6000 0112 3456 7890 189 AGRIFRPPXXX',
    ['fin.iban FR76 3000 6000 0112 3456 7890 189', 'fin.bic AGRIFRPPXXX'],
    'beside an IBAN',
  ],
  ['DOCUMENT', [], 'a word in capitals'],
])

table('card', [
  ['4111 1111 1111 1111', ['fin.card 4111 1111 1111 1111'], 'Visa in fours'],
  ['5555555555554444', ['fin.card 5555555555554444'], 'Mastercard in one piece'],
  ['3782 822463 10005', ['fin.card 3782 822463 10005'], 'Amex'],
  ['carte 4111-1111-1111-1111', ['fin.card 4111-1111-1111-1111'], 'hyphens'],
  ['4111 1111 1111 1112', [], 'fails Luhn'],
  ['9111111111111111', [], 'no issuer'],
  ['commande 4111111111111111', [], 'an order number'],
  [
    '06 12 34 56 78 4111 1111 1111 1111',
    ['contact.phone 06 12 34 56 78', 'fin.card 4111 1111 1111 1111'],
    'a phone and a card side by side',
  ],
])

table('NIR (décret 82-103)', [
  ['1 85 05 69 123 456 41', ['id.national 1 85 05 69 123 456 41'], 'printed in groups'],
  ['185056912345641', ['id.national 185056912345641'], 'in one piece'],
  ['2 85 05 2A 123 456 80', ['id.national 2 85 05 2A 123 456 80'], 'South Corsica'],
  ['285122B12345625', ['id.national 285122B12345625'], 'North Corsica'],
  ['n° de sécu 1850569123456', ['id.national 1850569123456'], 'without key, after the word'],
  ['1 85 05 69 123 456 42', [], 'wrong key'],
  ['1 85 13 69 123 456 41', [], 'month 13'],
  ['1850569123456', [], 'thirteen digits without a word'],
  ['185056912345641234', [], 'a longer number'],
])

table('national and tax numbers', [
  ['12345678Z', ['id.national 12345678Z'], 'Spanish DNI'],
  ['12345678A', [], 'wrong letter'],
  ['NIE X1234567L', ['id.national X1234567L'], 'Spanish NIE'],
  ['X1234567A', [], 'NIE with a wrong letter'],
  ['cartão de cidadão 000000002ZZ0', ['id.national 000000002ZZ0'], 'Portuguese card'],
  ['contribuinte 212345680', ['id.tax 212345680'], 'Portuguese NIF after the word'],
  ['212345680', [], 'nine digits pass one time in eleven: weak without a word'],
  ['contribuinte 212345681', ['id.tax 212345681'], 'wrong check digit: the word says what it is'],
  ['numéro fiscal 30 23 217 600 053', ['id.tax 30 23 217 600 053'], 'French tax number after the word'],
  ['Rentenversicherungsnummer 15070649C103', ['id.national 15070649C103'], 'German pension insurance'],
  ['Steuer-ID 36574261809', ['id.tax 36574261809'], 'German tax identifier after the word'],
  ['36574261809', [], 'eleven digits without a word'],
  ['CIN AB123456', ['id.national AB123456'], 'Moroccan card after the word'],
  ['lot AB123456', [], 'the same form of a batch'],
])

table('IP and MAC', [
  ['depuis 192.168.12.4', ['online.ip 192.168.12.4'], 'IPv4'],
  ['IP: 1.2.3.4', ['online.ip 1.2.3.4'], 'small, but named'],
  ['version 10.12.14.2', [], 'a version'],
  ['v2.10.4.33', [], 'a version with its letter'],
  ['1.2.3.4', [], 'small and unnamed'],
  ['1.2.3.4.5', [], 'five parts'],
  ['256.1.1.1', [], 'no such octet'],
  ['2001:db8::ff00:42:8329', ['online.ip 2001:db8::ff00:42:8329'], 'IPv6'],
  ['12:30:45', [], 'a time'],
  ['std::vector', [], 'a name with colons'],
  ['00:1A:2B:3C:4D:5E', ['online.mac 00:1A:2B:3C:4D:5E'], 'MAC'],
  ['00-1A-2B-3C-4D-5E', ['online.mac 00-1A-2B-3C-4D-5E'], 'MAC with hyphens'],
  ['00:1A:2B:3C:4D:5E:6F', [], 'seven pairs'],
])

table('URLs and secrets', [
  ['https://ftp.example/', [], 'a bare site'],
  [
    'https://user:pw@ftp.example/x',
    ['online.url https://', 'auth.secret user:pw', 'online.url @ftp.example/x'],
    'credentials',
  ],
  [
    'https://a.example/r?token=abcdef',
    ['online.url https://a.example/r?token=', 'auth.secret abcdef'],
    'secret parameter',
  ],
  ['mot de passe : Azerty12!', ['auth.password Azerty12!'], 'after the word'],
  ['mot de passe oublié', [], 'the word alone'],
  ['code PIN 4821', ['auth.pin 4821'], 'PIN'],
  ['my user is jdoe42', ['online.username jdoe42'], 'a user name without a sign before it'],
  [
    'Lot II M 45 Bis Ankadivato, Antananarivo 101',
    ['contact.address Lot II M 45 Bis Ankadivato, Antananarivo 101'],
    'a plot in Antananarivo',
  ],
  ['Le lot 12 de la copropriété', [], 'a lot of a building'],
  [
    '24 Rue de la Paix, 75002 Paris. Merci',
    ['contact.address 24 Rue de la Paix, 75002 Paris'],
    'a sentence ends',
  ],
  [
    'Keizersgracht 123-II, 1015 CJ Amsterdam. Groet',
    ['contact.address Keizersgracht 123-II, 1015 CJ Amsterdam'],
    'a floor in Roman figures',
  ],
  [
    'ul. Marszałkowskiej 10 m. 5, 00-590 Warszawa',
    ['contact.address ul. Marszałkowskiej 10 m. 5, 00-590 Warszawa'],
    'a flat in Warsaw',
  ],
  ['insta: marie_lou.75', ['online.username marie_lou.75'], 'a handle'],
  ['Llame al 612 345 678', ['contact.phone 612 345 678'], 'a number to call'],
  [
    'Le dossier de M. N’Guessan Kouassi Yao est complet.',
    ['name N’Guessan Kouassi Yao'],
    'two capitals and an apostrophe',
  ],
  ['CVV: 123', ['fin.cvv 123'], 'card code'],
  [
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    ['auth.secret ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
    'form of a token',
  ],
])

table('birth dates, ages, references', [
  ['né le 12/05/1985 à Lyon', ['birth.date 12/05/1985'], 'French'],
  ['née le 12 mai 1985', ['birth.date 12 mai 1985'], 'month in words'],
  ['born on May 12, 1985', ['birth.date May 12, 1985'], 'English'],
  ['DOB: 1985-05-12', ['birth.date 1985-05-12'], 'ISO'],
  ['il ne répond pas le 12/05/2024', [], '« ne » is no birth'],
  [
    'né le 12/05/1985, embauché le 03/04/2010',
    ['birth.date 12/05/1985'],
    'only the first date after the word',
  ],
  ['embauché le 03/04/2010', [], 'another date'],
  ['âgé de 45 ans', ['age 45 ans'], 'age'],
  ['depuis 45 ans', [], 'years, not age'],
  ['matricule E-1042', ['id.employee E-1042'], 'after the word'],
  ['n° client 004512', ['id.customer 004512'], 'after the word'],
  ['client n° 4512', ['id.customer 4512'], 'number sign after the word'],
  ['ticket #T-881', ['id.case T-881'], 'after the word'],
  ['dossier complet', [], 'no number'],
  ['AB-123-CD', ['vehicle.plate AB-123-CD'], 'French plate'],
])

table('what a word alone says', [
  ['card number 3598899323053410', ['fin.card 3598899323053410'], 'issuer unknown, Luhn wrong'],
  ['3598899323053410', [], 'the same without the word'],
  ['IBAN FR88174370641279151451', ['fin.iban FR88174370641279151451'], 'too short for France'],
  ['FR88174370641279151451', [], 'the same without the word'],
  ['SSN 923-45-6789', ['id.national 923-45-6789'], 'a number that was never given out'],
  ['Phone: +1 (455) 385-8315', ['contact.phone +1 (455) 385-8315'], 'an area that is not in use'],
  [
    'Tfno. 956 013 059 y 956 013 060',
    ['contact.phone 956 013 059', 'contact.phone 956 013 060'],
    'two after one word',
  ],
  ['Desk: (212) 555-0123 x45', ['contact.phone (212) 555-0123 x45'], 'extension'],
  ['order 212555', [], 'no phone'],
  ['DB_PASS = "Dn!BvrIsl0a"', ['auth.password Dn!BvrIsl0a'], 'a variable'],
  [
    'Session: 9bf578bbcaf81187ecbb7794ca32784e',
    ['online.device 9bf578bbcaf81187ecbb7794ca32784e'],
    'a session',
  ],
])

table('e-mail that hides', [
  [
    'écrire à jean (at) exemple point fr svp',
    ['contact.email jean (at) exemple point fr'],
    'French, brackets',
  ],
  [
    'jean.dupont [at] exemple [dot] com',
    ['contact.email jean.dupont [at] exemple [dot] com'],
    'square brackets',
  ],
  ['jean AT exemple DOT com', ['contact.email jean AT exemple DOT com'], 'capitals'],
  ['a.wilk(at)poczta-testowa.pl', ['contact.email a.wilk(at)poczta-testowa.pl'], 'in one piece'],
  ['robertporter 55 gmailcom', ['contact.email robertporter 55 gmailcom'], 'a transcript'],
  ['meet at example.com', [], 'a place'],
  ['at noon the point is', [], 'two everyday words'],
  ['@jean_dupont', ['online.username @jean_dupont'], 'a handle'],
])

table('documents, places and keys', [
  [
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ['id.passport L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
    'ICAO Doc 9303 part 4, specimen',
  ],
  ['L898902C35UTO7408122F1204159ZE184226B<<<<<10', [], 'wrong check digit'],
  [
    'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6',
    ['id.passport I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6'],
    'part 5, specimen',
  ],
  ['GPS 48.8566, 2.3522', ['location.gps 48.8566, 2.3522'], 'decimals'],
  ['48°51\'24"N 2°21\'3"E', ['location.gps 48°51\'24"N 2°21\'3"E'], 'degrees'],
  ['de 48.856 à 2.352', [], 'two figures'],
  [
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
    ['auth.secret -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'],
    'PEM',
  ],
])

table('addresses', [
  [
    'J’habite 12 bis rue des Lilas, 69003 Lyon depuis 3 ans',
    ['contact.address 12 bis rue des Lilas, 69003 Lyon'],
    'French',
  ],
  [
    '14 avenue de la République\n75011 Paris',
    ['contact.address 14 avenue de la République\n75011 Paris'],
    'two lines',
  ],
  ['221B Baker Street, London NW1 6XE', ['contact.address 221B Baker Street, London NW1 6XE'], 'British'],
  [
    'at 9923 Elm Dr, Lakewood, WI 29579 now',
    ['contact.address 9923 Elm Dr, Lakewood, WI 29579'],
    'United States',
  ],
  ['Hauptstraße 5, 10115 Berlin', ['contact.address Hauptstraße 5, 10115 Berlin'], 'German'],
  ['C/ Mayor 12, 3º B, 28013 Madrid', ['contact.address C/ Mayor 12, 3º B, 28013 Madrid'], 'Spanish'],
  ['Via Roma 12, 00184 Roma', ['contact.address Via Roma 12, 00184 Roma'], 'Italian'],
  [
    'Rua Augusta, n.º 25, 1100-048 Lisboa',
    ['contact.address Rua Augusta, n.º 25, 1100-048 Lisboa'],
    'Portuguese',
  ],
  ['Kerkstraat 12, 1017 GP Amsterdam', ['contact.address Kerkstraat 12, 1017 GP Amsterdam'], 'Dutch'],
  [
    'zam. ul. Klasztorna 12/37, 62-521 Poznań, wnoszę',
    ['contact.address ul. Klasztorna 12/37, 62-521 Poznań'],
    'Polish',
  ],
  [
    'Str. Lungă nr. 5, bl. A, ap. 3, Brașov',
    ['contact.address Str. Lungă nr. 5, bl. A, ap. 3, Brașov'],
    'Romanian',
  ],
  ['Address: 6750 Koskikatu 25 Apt. 864', ['contact.address 6750 Koskikatu 25 Apt. 864'], 'after the word'],
  ['zip code is 77005', ['contact.postcode 77005'], 'a code after the word'],
  ['CP: 47002.', ['contact.postcode 47002'], 'Spanish code'],
  ['via email avec 12 pièces', [], 'no street'],
  ['2 minutes by the road', [], 'no address'],
  ['la place de 12 personnes', [], 'a place, not a square'],
  ['Dr. 12 mg', [], 'no drive'],
])

table('names in text', [
  ['M. Dupont est absent', ['name Dupont'], 'title'],
  ['Mme Marie-Claude de La Tour', ['name Marie-Claude de La Tour'], 'particles'],
  ['Bonjour Madame, Monsieur,', [], 'titles without a name'],
  ['Dr P-A. Poulmani, Dr J. Rena', ['name P-A. Poulmani', 'name J. Rena'], 'initials after a title'],
  ['M. le directeur', [], 'a function'],
  ['Dr. Sarah O’Brien called', ['name Sarah O’Brien'], 'apostrophe'],
  ['je suis Jean Dupont', ['name Jean Dupont'], 'given name and surname'],
  ['DUPONT Jean, poste 12', ['name DUPONT Jean'], 'surname first, in capitals'],
  ['Cordialement,\nSophie Bernard', ['name Sophie Bernard'], 'signature'],
  ['my name is Xanthia Quorl', ['name Xanthia Quorl'], 'introduction of an unknown name'],
  ['Nom : Rakotomalala', ['name Rakotomalala'], 'label'],
  ['Hi Tom, thanks', ['name Tom'], 'greeting'],
  ['12 rue Victor Hugo', ['contact.address 12 rue Victor Hugo'], 'a street named after a person'],
  ['rue du Docteur Roux', [], 'a title within a street name'],
  ['clinique Saint-Jean', [], 'a hospital'],
  ['fêtes de Pâques', [], 'a feast'],
  ['Bonjour Service Client', [], 'no person'],
  ['La Rose est belle', [], 'a flower'],
])

table('special categories', [
  ['je suis enceinte', ['health enceinte'], 'pregnancy'],
  ["dans l'enceinte du bâtiment", [], 'a wall'],
  ['enceinte bluetooth', [], 'a loudspeaker'],
  ['en arrêt maladie depuis lundi', ['health arrêt maladie'], 'sick leave'],
  ["caisse d'assurance maladie", [], 'an institution'],
  ['elle est syndiquée à la CGT', ['belief.union syndiquée', 'belief.union CGT'], 'union'],
  ['he was diagnosed with diabetes', ['health diagnosed with', 'health diabetes'], 'English'],
  ['il est musulman', ['belief.religion musulman'], 'religion'],
  ['casier judiciaire vierge', ['criminal casier judiciaire'], 'offences'],
  ['les fêtes de Pâques', [], 'a feast'],
  ['la clinique Saint-Jean', [], 'an address'],
])
