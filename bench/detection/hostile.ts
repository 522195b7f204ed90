/**
 * Texts and payloads made to cost a detector more than their size: at least one for each recogniser and each step of
 * classify. test/detect/linear.test.ts compares the counted work of one size with that of its double; bench/linear.ts
 * times the same rows.
 */
import { makeBudget } from '../../src/detect/budget.ts'
import { type Detector, makeDetector } from '../../src/detect/classify.ts'
import { read } from '../../src/payload/read.ts'

export interface HostileRow {
  /** Id of a recogniser of recognisers/table.ts, or a step of `steps`. */
  readonly step: string
  readonly title: string
  /** @param size about how many characters the payload has */
  readonly body: (size: number) => unknown
  readonly detector?: Detector
}

/** What classify does besides the recognisers of its table. */
export const steps = [
  'special words',
  'names',
  'name model',
  'own recognisers',
  'columns',
  'known values',
  'records',
  'language',
  'free text',
  'plain spelling',
  'keys',
  'pieces',
  'settling',
  'talk',
  'pasted tables',
] as const

const texts: readonly (readonly [step: string, title: string, piece: string])[] = [
  ['email', 'at signs', '@@@a@b.cc@'],
  ['email', 'an endless local part', 'a.b-c_d+'],
  ['email', 'handles', '@jean @jean_dupont '],
  ['email', 'labels without end', 'a@b.c.d.e.f.g.h.'],
  ['spoken-email', 'hidden e-mails', 'a (at) b point c at d dot e '],
  ['spoken-email', 'providers without a dot', 'john 55 gmailcom '],
  ['address', 'streets without numbers', 'rue de la rue de la rue '],
  ['address', 'streets with numbers', '12 rue A 12 rue B, 69003 '],
  ['address', 'corners', 'the corner of 1 Mill Road and the corner of A and '],
  ['address', 'names above codes', '12 Abc Def 12\nGhi\n, XY\n12345\n'],
  ['address', 'streets in lower case', 'via a b c d 1 c/ e f g 2 ul. h 3 30-059 i '],
  ['names', 'letters that are left of names', 'und der A. dem B und C, D. GmbH '],
  ['names', 'users of Lotus Notes and Arabic articles', 'Jean B Dupont/A/B@ACME Omar al-Rashidi A@A '],
  ['names', 'words for people in German', 'und Minister Zork dem Zeugen Blat Leiter Zork '],
  ['names', 'names in lists', 'Marie, Jean and Zork, Marie Zork und '],
  ['names', 'days behind names', 'Marie\n01.02.1960\nJean 1.2.19 '],
  ['address', 'flats on quoted lines', '> 12 Abc 3\n> apt 4\n> Ghi\n> 5 abcd 6\n> suite 7\n'],
  ['names', 'numbers behind names', 'Marie: 0612345678 Jean 0744-112-233 '],
  ['address', 'words for an address', 'adresse : 12 adresse : 12, '],
  ['address', 'codes and towns', '69003 Lyon, 62-521 Poznań\n'],
  ['address', 'English streets', '12 Oak Elm Ash Street St Road '],
  ['address', 'compound streets', 'Hauptstraße 5 Kerkstraat 12 '],
  ['mrz', 'machine-readable lines', 'L898902C36UTO7408122F1204159<'],
  ['mrz', 'fillers', 'P<UTO<<<<<<<<<<<<<<<<<<<<<<<1<'],
  ['gps', 'coordinates', '48.8566, 2.3522, '],
  ['url', 'addresses in addresses', 'a://b?k=a://c@d/'],
  ['url', 'parameters without end', 'https://a.fr/?token=x&token=y&'],
  ['iban', 'pairs before digits', 'FR76 FR76 DE89 '],
  ['iban', 'accounts after the word', 'IBAN FR88 1743 7064 1279 1514 '],
  ['iban', 'groups of four', 'FR76 3000 6000 0112 3456 7890 188 3000 6000 '],
  ['bic', 'eight capitals', 'BIC AGRIFRPP AGRIFRPPXXX SWIFT '],
  ['nir', 'thirteen and fifteen digits', '185056912345678 1 85 05 69 123 456 78 2A '],
  ['card', 'cards after the word', 'card 4000-0000-0102-0904 '],
  ['card', 'one long number', '4111111111111112'],
  ['card', 'digits and spaces', '4 1 1 1 1 1 1 2 5 5 '],
  ['phone', 'plus signs', '+33 +33 +336 +33612 '],
  ['phone', 'telephones after the word', 'tel +1 (455) 385-8315 x12 '],
  ['phone', 'digits by pairs', '06 12 34 56 78 '],
  ['identifier', 'identifiers without words', '44051401359 AB123456C 12345678Z 85.07.30-033.28 '],
  ['identifier', 'words without identifiers', 'pesel nip bsn codice fiscale numero de securite sociale '],
  ['identifier', 'identifiers after words', 'pesel 44051401358 nip 123-456-78-18 '],
  ['identifier', 'letters and digits by turns', 'A1B2C3D4E5F6G7H8'],
  ['identifier', 'letters and digits apart', 'A 1 B 2 C 3 D 4 '],
  ['ip', 'dots and digits', '1.2.3.4.5.6.7.8.'],
  ['ip', 'colons', ':::12:34:ab:cd::'],
  ['mac', 'pairs and colons', '00:1a:2b:3c:4d:5e:6f:'],
  ['date', 'days and months', '12/05/1985 12 mai 12.05.85 né le '],
  ['date', 'months alone', 'mai juin mars may march '],
  ['secret', 'token beginnings', 'eyJ0 sk_live_ eyJ1-'],
  ['secret', 'private keys', '-----BEGIN PRIVATE KEY-----'],
  ['secret', 'words for a secret', 'mot de passe : password: pin '],
  ['spoken-number', 'words for numbers', 'phone one two three four et et five '],
  ['spoken-number', 'numbers without end', 'zéro six douze trente-quatre numéro '],
  ['date', 'birth words', 'née le premier mai né en 1985 '],
  ['signed', 'signs between digits', '4*1*1,1,1|1 1,2,3,4,5,'],
  ['signed', 'one digit, one sign', '4,5,3,9*'],
  ['lookalike', 'letters for digits', '5405509l4O 5OOOOlllI1 '],
  ['names', 'spaced letters', 'D U P O N T a b c '],
  ['boxed', 'a digit a box', '2 9 2 4 1 8 7 6 5 3 2 9 '],
  ['boxed', 'dates in boxes', '1 2 . 0 6 . 1 9 8 1 1 2 '],
  ['last-four', 'words for last digits', 'last 4 of ssn 1234 last four 1234 '],
  ['answer', 'short lines', 'card 1234\njean 0612345678\nlyon 69003\n'],
  ['answer', 'numbers without a line', '1234 0612345678 69003 '],
  ['talk', 'questions without end', 'A: your account number please?\nB: sure it is 1234 5678\n'],
  ['talk', 'a chat without end', 'hi\nmy card\njean\n4821\n12 van dyke st 69003\nok\n5.48E+15\n'],
  ['talk', 'courtesies without end', 'ok ok ok sure yes\n'],
  ['pasted tables', 'rows of a header', 'nom;email;iban\nA;b;c\nD;e;f\n'],
  ['pasted tables', 'cells without end', 'nom|email|date|iban|ville|'],
  ['pasted tables', 'headers alone', 'nom,email,iban,telephone\n'],
  ['reference', 'words for a number', 'client n° dossier n° client n° 4 AB-123-CD '],
  ['special words', 'denials', 'aucune maladie signalée pas de diabète arrêt de travail '],
  ['special words', 'institutions without end', 'Ligue nationale contre le de la du des Institut du cancer '],
  ['special words', 'one trigger of many phrases', 'maladie maladie travail lekarskie medical medical '],
  ['special words', 'phrases cut short', 'arrêt arrêt mi temps mi arrêt de '],
  ['names', 'titles', 'M. M. Mme Dr. A. B. C. '],
  ['names', 'given names', 'Jean Jean-Pierre Marie '],
  ['names', 'closings', 'Cordialement,\nJean\nBonjour Jean,\n'],
  ['name model', 'capitals without end', 'Abcd Efgh Ijkl Mnop '],
  ['name model', 'one line in lower case', 'jean pierre de la dupont '],
  ['name model', 'one word', 'Jeandupontdelatour'],
  ['name model', 'initials', 'J.-P. J. R. R. '],
  ['language', 'no function word', 'zorg blat kwyx vrum plok '],
  ['free text', 'rules drawn with hyphens', `${'-'.repeat(255)} `],
  ['free text', 'lines of base64 cut short', `${'Ab1'.repeat(20)}\n-`],
  ['free text', 'data addresses', 'data:a/ data:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  [
    'free text',
    'many sorts of sentence',
    'Je suis Jean Dupont, né le 12/05/1985, mon IBAN FR76 3000 6000 0112 3456 7890 189. ',
  ],
  ['plain spelling', 'escapes', '%41&#x41;\\u0041\\x41&#65;'],
  ['plain spelling', 'half an escape', '%4&#x0000&#0000\\u00\\x'],
  ['plain spelling', 'full-width digits', '４１１１ ０６１２'],
  ['plain spelling', 'invisible signs', '1\u200b2\u200b@\u00ad'],
]

const own = makeDetector([
  { id: 'many', category: 'id.customer', confidence: 0.9, pattern: '([A-Z]{0,8}[0-9]{0,8}-?){1,7}Z' },
  { id: 'late', category: 'id.case', confidence: 0.9, pattern: '(a|aa|aaa){1,40}b' },
  { id: 'odd', category: 'org', confidence: 0.9, pattern: '.{1,127}!' },
  {
    id: 'asked',
    category: 'org',
    confidence: 0.9,
    words: ['blat', 'blat blat blat', 'blat blat blat zorg'],
    context: { words: ['klant'], within: 200, confidence: 0.9, required: false },
  },
])

const list = (size: number, each: number, row: (at: number) => unknown): unknown[] =>
  Array.from({ length: Math.ceil(size / each) }, (_, at) => row(at))

const payloads: readonly HostileRow[] = [
  ...['AAAAAAAA99999999-', 'a a aa aaa ', 'blat blat blat klant ', '. . . , ; '].map((piece) => ({
    step: 'own recognisers',
    title: `patterns that almost fit: ${piece.trim()}`,
    detector: own,
    body: (size: number) => ({ note: piece.repeat(size / piece.length) }),
  })),
  {
    step: 'columns',
    title: 'a column of names without a header',
    body: (size) => list(size, 24, (at) => ({ c1: `Jean ${'Abcdefgh'.slice(at % 7)}` })),
  },
  {
    step: 'columns',
    title: 'many columns of few rows',
    body: (size) =>
      list(size, 200, (at) => Array.from({ length: 8 }, (_, row) => ({ [`c${at}`]: `Marie${row}` }))),
  },
  {
    step: 'pieces',
    title: 'short numbers side by side',
    // With a word of the length that keeps ten megabytes below the reader's limit of a million fields.
    body: (size) =>
      list(size, 122, (at) => [
        'the numbers of one group stand before and behind it: no more',
        '4539',
        '1488',
        'FR76',
        '3000',
        `${1000 + (at % 9000)}`,
        '0189',
        '0',
        '4111',
        '1111',
      ]),
  },
  {
    step: 'known values',
    title: 'many names and a note that repeats them',
    body: (size) => ({
      people: list(size / 2, 40, (at) => ({
        prenom: `Jean${letters(at)}`,
        nom: `Dupont${letters(at % 50)}`,
      })),
      note: 'voir Jean Dupont Duponta Jeanb Dupont de la Dupont. '.repeat(size / 104),
    }),
  },
  {
    step: 'known values',
    title: 'addresses that begin alike',
    body: (size) => ({
      rows: list(size / 2, 60, (at) => ({ adresse: `12 rue des ${'abc '.repeat(at % 9)}${at}` })),
      note: '12 rue des abc abc 12 rue 12 rue des '.repeat(size / 74),
    }),
  },
  {
    step: 'known values',
    title: 'identifiers in one token',
    body: (size) => ({
      rows: list(size / 2, 40, (at) => ({ matricule: `E-${100_000 + at}` })),
      note: 'E-100000-1-E-100001/E-1 E-100002 '.repeat(size / 66),
    }),
  },
  {
    step: 'records',
    title: 'people in people',
    body: (size) =>
      list(size, 400, (at) => {
        let inside: unknown = { nom: `Martin${letters(at)}`, enfants: [{ prenom: 'Léa' }] }
        for (let depth = 0; depth < 10; depth++) inside = { nom: `Petit${letters(depth)}`, contact: inside }
        return inside
      }),
  },
  {
    step: 'records',
    title: 'one name of many records in many notes',
    body: (size) => list(size, 60, () => ({ nom: 'Jean Dupont', note: 'voir Jean Dupont demain matin' })),
  },
  {
    step: 'keys',
    title: 'names of fields that are all different',
    body: (size) =>
      Object.fromEntries(
        list(size, 40, (at) => [`nom_du_client_${letters(10_000 + at)}_${10_000 + at}`, 'x']) as [
          string,
          string,
        ][],
      ),
  },
  ...[
    'nom',
    'email',
    'iban',
    'telephone',
    'adresse',
    'date_naissance',
    'nir',
    'salaire',
    'ville',
    'code_postal',
    'ip',
    'sexe',
    'plaque',
    'mot_de_passe',
    'sante',
    'bic',
  ].map((key) => ({
    step: 'keys',
    title: `an endless ${key}`,
    body: (size: number) => ({ [key]: `A1 .-,:/@${key} `.repeat(size / (10 + key.length)) }),
  })),
  {
    step: 'settling',
    title: 'findings in findings',
    body: (size) => ({
      note: 'mot de passe : https://jean:FR7630006000011234567890189@a.fr/?q=a@b.fr&tel=0612345678 '.repeat(
        size / 88,
      ),
    }),
  },
]

/** Letters only, a different word for each number. */
function letters(at: number): string {
  return String(at).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))
}

export const hostileRows: readonly HostileRow[] = [
  ...texts.map(([step, title, piece]) => ({
    step,
    title,
    body: (size: number) => ({ note: piece.repeat(size / piece.length) }),
  })),
  ...payloads,
]

const plain = makeDetector()

/** A document of this size, ready to be classified, and what that costs. */
export const prepare = (row: HostileRow, size: number) => {
  const body = Buffer.from(JSON.stringify(row.body(size)))
  const headers: [string, string][] = [['content-type', 'application/json']]
  const document = read({ method: 'POST', target: '/', headers, body })
  return {
    bytes: body.length,
    fields: document.fields,
    /** @returns units of counted work, without a limit, and what was found */
    run: async () => {
      const budget = makeBudget(body.length, 1e9)
      const options = { today: '2026-11-23', places: [] }
      const { findings } = await (row.detector ?? plain).classify(document, options, budget)
      return { spent: budget.spent, findings }
    },
  }
}
