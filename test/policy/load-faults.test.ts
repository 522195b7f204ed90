import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PolicyInvalid } from '../../src/errors.ts'
import { checkFolder } from '../../src/policy/cases.ts'
import { visible } from '../../src/policy/yaml-text.ts'
import { faultsOf, moreau, small, tana, withFiles } from './load-fixture.ts'

const client = 'register/clients/moreau.yaml'
const provider = 'register/providers/tana-paie.yaml'

type Files = Readonly<Record<string, string | undefined>>

/** The file with one thing changed; a row whose change meets nothing would test nothing. */
const changed = (path: string, text: string, from: string, to: string): Files => {
  if (!text.includes(from)) throw new Error(`the fixture has no ${from}`)
  return { [path]: text.replace(from, to) }
}
const c = (from: string, to: string): Files => changed(client, moreau, from, to)
const p = (from: string, to: string): Files => changed(provider, tana, from, to)

const at = (file: string, line: number, column: number, message: string): string =>
  `${file}:${line}:${column}: ${message}`
const C = (line: number, column: number, message: string): string => at(client, line, column, message)
const P = (line: number, column: number, message: string): string => at(provider, line, column, message)

type Row = readonly [remark: string, files: Files, fault: string, hint: string | undefined]

const keys: readonly Row[] = [
  [
    'a key with a letter missing',
    c('default_purpose', 'default_pupose'),
    C(4, 1, 'unknown key "default_pupose"'),
    'did you mean "default_purpose"?',
  ],
  [
    'a key from nowhere',
    c('default_purpose', 'colour'),
    C(4, 1, 'unknown key "colour"'),
    'known here: id, name, country, law, role, zone, status, valid_to, default_purpose, jwt, packs, vault, purposes',
  ],
  [
    'a key that must be there',
    c('country: FR\n', ''),
    C(1, 1, '"country" is missing'),
    'country: ISO 3166-1 code of two capital letters, such as FR',
  ],
  [
    'a TIA without its outcome',
    p('outcome: problematic_not_applied, ', ''),
    P(14, 15, '"outcome" is missing'),
    'outcome: no_problematic_law, problematic_not_applied or problematic_applied',
  ],
  [
    'the same key twice',
    c('country: FR', 'country: FR\ncountry: BE'),
    C(4, 1, '"country" stands here twice'),
    'the first is in line 3; keep one',
  ],
  [
    'a purpose with a space in its name',
    c('  support:', '  Support Desk:'),
    C(7, 3, '"Support Desk" cannot be a key here'),
    'a purpose is named in small letters, digits, - and _',
  ],
  [
    'a purpose named like a trap',
    c('  support:', '  __proto__:'),
    C(7, 3, '"__proto__" cannot be a key here'),
    'a purpose is named in small letters, digits, - and _',
  ],
]

const jwt = (text: string): Files =>
  c('default_purpose: payroll\n', `default_purpose: payroll\njwt: {issuer: i, subject: s, ${text}}\n`)

const tokens: readonly Row[] = [
  [
    'a token without keys',
    jwt('alg: ES256'),
    C(5, 6, 'the keys of the issuer are named once'),
    'write either jwks_uri or keys',
  ],
  [
    'keys from two sides',
    jwt('alg: ES256, jwks_uri: "https://i.example/k", keys: [{kty: EC, crv: P-256, x: AA, y: AA}]'),
    C(5, 6, 'the keys of the issuer are named once'),
    'write either jwks_uri or keys',
  ],
  [
    'a shared secret',
    jwt('alg: HS256, jwks_uri: "https://i.example/k"'),
    C(5, 35, '"alg" cannot be "HS256"'),
    'a shared secret does not show who made a token: RS256, ES256, EdDSA …',
  ],
  [
    'keys over plain http',
    jwt('alg: ES256, jwks_uri: "http://i.example/k"'),
    C(5, 52, 'the address must begin with https://'),
    'plain http is for loopback addresses only',
  ],
  [
    'a key of another kind',
    jwt('alg: ES256, keys: [{kty: RSA, n: AA, e: AQAB}]'),
    C(5, 55, 'ES256 takes kty: EC'),
    undefined,
  ],
  [
    'half a key',
    jwt('alg: EdDSA, keys: [{kty: OKP, crv: Ed25519}]'),
    C(5, 49, 'this key has no x'),
    undefined,
  ],
  [
    'a private key',
    jwt('alg: EdDSA, keys: [{kty: OKP, crv: Ed25519, x: AA, d: AA}]'),
    C(5, 81, '"d" is the secret part of a key'),
    'take it out, and have the issuer make another key: this one is known now',
  ],
  [
    'tokens that stand for two',
    {
      ...jwt('alg: EdDSA, jwks_uri: "https://i.example/k"'),
      'register/clients/second.yaml':
        'id: second\nname: S\ncountry: FR\njwt: {issuer: i, subject: s, alg: EdDSA, jwks_uri: "https://i.example/k"}\npurposes: {payroll: {data_subjects: [employees]}}\n',
    },
    at('register/clients/second.yaml', 4, 27, 'these tokens stand for another client already'),
    'moreau has them',
  ],
]

/** Of OpenSSL; the small ones are too small on purpose. */
const modulus = (bits: number): string =>
  Buffer.concat([Buffer.from([0xc1]), Buffer.alloc(bits / 8 - 2, 0x5a), Buffer.from([0x0b])]).toString(
    'base64url',
  )
const p384 = createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey).export({
  format: 'jwk',
})

const weakKeys: readonly Row[] = [
  [
    'an RSA key that is too short',
    jwt(`alg: RS256, keys: [{kty: RSA, n: ${modulus(1024)}, e: AQAB}]`),
    C(5, 63, 'this RSA key has 1024 bits'),
    '2048 or more (RFC 7518 §3.3): ask the issuer for another key',
  ],
  [
    'an exponent of one',
    jwt(`alg: PS256, keys: [{kty: RSA, n: ${modulus(2048)}, e: AQ}]`),
    C(5, 410, 'this exponent makes no signature'),
    'usual is AQAB',
  ],
  [
    'a key of another curve',
    jwt(`alg: ES256, keys: [{kty: EC, crv: P-384, x: ${p384.x}, y: ${p384.y}}]`),
    C(5, 64, 'ES256 takes crv: P-256'),
    'a key of another curve makes no ES256',
  ],
  [
    'a point that is on no curve',
    jwt(`alg: ES256, keys: [{kty: EC, crv: P-256, x: ${'A'.repeat(43)}, y: ${'B'.repeat(43)}}]`),
    C(5, 49, 'this is no public key: its numbers do not fit together'),
    undefined,
  ],
  [
    'a symmetric key',
    jwt('alg: ES256, keys: [{kty: oct}]'),
    C(5, 55, '"kty" cannot be "oct"'),
    'a shared secret does not show who made a token: RSA, EC, OKP',
  ],
]

const values: readonly Row[] = [
  ['a module in small letters', p('M2', 'm2'), P(13, 37, '"module" cannot be "m2"'), 'did you mean "M2"?'],
  [
    'a status misspelt',
    p('status: approved', 'status: aproved'),
    P(6, 9, '"status" cannot be "aproved"'),
    'did you mean "approved"?',
  ],
  [
    'adequacy as a mechanism',
    p('scc_ec', 'adequacy'),
    P(13, 21, '"mechanism" cannot be "adequacy"'),
    'leave mechanism out: adequacy and the EEA need none',
  ],
  [
    'SCC as people say it',
    p('scc_ec', 'SCC'),
    P(13, 21, '"mechanism" cannot be "SCC"'),
    'did you mean "scc_ec"?',
  ],
  [
    'a list that is a word',
    p('purposes: [payroll]', 'purposes: payroll'),
    P(9, 82, '"purposes" must be a list, not text'),
    'write [payroll]',
  ],
  [
    'legs that list nothing',
    p(tana.slice(tana.indexOf('    legs:')), '    legs: []\n'),
    P(11, 11, '"legs" is empty'),
    'name at least one, or leave the key out',
  ],
  [
    'an annex named twice',
    p('annexes: [I.A,', 'annexes: [I.A, I.A,'),
    P(13, 79, '"I.A" stands here twice'),
    'keep one',
  ],
  [
    'an annex misspelt',
    p('annexes: [I.A,', 'annexes: [IA,'),
    P(13, 74, 'this cannot be "IA"'),
    'did you mean "I.A"?',
  ],
  [
    'retention of no day',
    c('scope: provider', 'retention_days: 0'),
    C(6, 96, '"retention_days" cannot be 0'),
    'it must be >= 1',
  ],
  [
    'a reference that names a person',
    p('ref: C-2025-14', 'ref: jean@example.fr'),
    P(9, 16, '"ref" cannot be "jean@example.fr"'),
    'a reference has at most 80 letters, digits, spaces and . _ / : ( ) # -',
  ],
  [
    'a TIA scope misspelt',
    p('data_scope: contract', 'data_scope: contrct'),
    P(14, 118, '"data_scope" cannot be "contrct"'),
    'write contract',
  ],
  [
    'an Article 9(2) letter that is none',
    c('scope: provider', 'art9_condition: z'),
    C(6, 96, '"art9_condition" cannot be "z"'),
    'the condition is a letter of Art. 9(2) GDPR, a to j',
  ],
  [
    'an unknown decree entry',
    c('nir_basis: payroll', 'nir_basis: payrol'),
    C(6, 108, '"nir_basis" cannot be "payrol"'),
    'did you mean "payroll"?',
  ],
]

const traps: readonly Row[] = [
  [
    'an id that YAML makes a number',
    { ...c('id: moreau', 'id: 010'), [provider]: undefined },
    C(1, 5, '"id" must be text, not the number 10'),
    'write it in quotes: "010"',
  ],
  [
    'a country that YAML makes a number',
    c('country: FR', 'country: 010'),
    C(3, 10, '"country" must be text, not the number 10'),
    'write it in quotes: "010"',
  ],
  [
    'a country that YAML makes true',
    c('country: FR', 'country: true'),
    C(3, 10, '"country" must be text, not true'),
    'write it in quotes: "true"',
  ],
  [
    'a country left empty',
    c('country: FR', 'country:'),
    C(3, 9, '"country" must be text, not empty'),
    undefined,
  ],
  [
    'yes for true',
    p('language: fr', 'scope_facts: {recipient_pipeda: yes}'),
    P(5, 33, '"recipient_pipeda" must be true or false, not text'),
    'write true',
  ],
  [
    'a tab',
    c('  support:', '\tsupport:'),
    C(7, 1, 'a tab stands where the indentation should be'),
    'indent with spaces',
  ],
  [
    'a colon inside a name',
    c('Moreau SARL', 'Moreau: SARL'),
    C(2, 7, 'a text holds a colon and a space, and so reads as a key'),
    'write the text in quotes',
  ],
  [
    'two documents',
    { [client]: `${moreau}---\nid: other\n` },
    C(10, 1, 'a second document begins here'),
    'one file holds one document: remove the line ---',
  ],
  [
    'a tag',
    c('Moreau SARL', '!!binary Moreau'),
    C(2, 7, 'tags (!…) are not used here'),
    'write the plain value',
  ],
  [
    'nothing but a comment',
    { [client]: '# nothing yet\n', [provider]: undefined },
    C(1, 1, 'the file is empty'),
    undefined,
  ],
  [
    'a key with nothing below it',
    c('country: FR', 'country: FR\nvault:'),
    C(4, 7, '"vault" must be a map of keys, not empty'),
    'what belongs to it stands in the lines below, two columns further in',
  ],
  [
    'a list where a map belongs',
    { [client]: '- id: moreau\n', [provider]: undefined },
    C(1, 1, 'this must be a map of keys, not a list'),
    undefined,
  ],
  [
    'more than a megabyte',
    { [client]: `${moreau}#${'x'.repeat(1024 * 1024)}` },
    C(1, 1, 'the file is larger than 1 MiB'),
    'split it',
  ],
  [
    'a bomb of aliases',
    {
      [provider]: undefined,
      [client]: `a: &a [x, x, x, x, x, x, x]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`,
    },
    C(1, 1, 'the file uses too many aliases'),
    undefined,
  ],
  [
    'a bomb of brackets',
    { [provider]: undefined, [client]: '['.repeat(100_000) },
    C(1, 1, 'the file nests too deeply'),
    undefined,
  ],
]

const moreTraps: readonly Row[] = [
  [
    'a reference that YAML makes a number',
    p('ref: C-2025-14', 'ref: 1.0'),
    P(9, 16, '"ref" must be text, not the number 1'),
    'write it in quotes: "1.0"',
  ],
  [
    'a reference with an exponent',
    p('ref: TIA-7', 'ref: 1e3'),
    P(14, 21, '"ref" must be text, not the number 1000'),
    'write it in quotes: "1e3"',
  ],
  [
    'off for false',
    p('art28_3_a_to_h: true', 'art28_3_a_to_h: off'),
    P(9, 66, '"art28_3_a_to_h" must be true or false, not text'),
    'write false',
  ],
  [
    'an instant for a day',
    p('signed_on: 2025-03-01, art', 'signed_on: 2025-03-01T00:00:00Z, art'),
    P(9, 38, '"2025-03-01T00:00:00Z" is not a day of the calendar'),
    'dates are written YYYY-MM-DD',
  ],
  [
    'a merge key',
    c('country: FR', 'country: FR\n<<: {zone: Europe/Paris}'),
    C(4, 1, 'unknown key "<<"'),
    'merge keys are not used here: write the keys out',
  ],
  [
    'an alias that points to nothing',
    c('country: FR', 'country: FR\nzone: *paris'),
    C(4, 7, '*paris points to nothing'),
    'write the value out',
  ],
  [
    'a quote that is not closed',
    c('name: Moreau SARL', 'name: "Moreau SARL'),
    C(2, 19, 'a closing bracket, brace, quote or comma is missing'),
    'close what was opened on this line',
  ],
  [
    'a value in capitals',
    p('status: approved', 'status: Approved'),
    P(6, 9, '"status" cannot be "Approved"'),
    'did you mean "approved"?',
  ],
  [
    'a number for a module',
    p('module: M2', 'module: 2'),
    P(13, 37, '"module" cannot be the number 2'),
    'did you mean "M2"?',
  ],
  [
    'an octal number',
    c('nir_basis: payroll', 'retention_days: 0o17.5'),
    C(6, 113, '"retention_days" must be a whole number, not text'),
    undefined,
  ],
]

const dates: readonly Row[] = [
  [
    '30 February',
    p('2027-02-10', '2026-02-30'),
    P(14, 60, '"2026-02-30" is not a day of the calendar'),
    'dates are written YYYY-MM-DD',
  ],
  [
    '29 February of no leap year',
    c('country: FR', 'country: FR\nvalid_to: 2027-02-29'),
    C(4, 11, '"2027-02-29" is not a day of the calendar'),
    'dates are written YYYY-MM-DD',
  ],
  [
    'day first',
    p('2027-02-10', '01/03/2027'),
    P(14, 60, '"01/03/2027" is not a day of the calendar'),
    'dates are written YYYY-MM-DD: 2027-03-01, if the day comes first here',
  ],
  [
    'a year with a slip of the finger',
    p('2027-02-10', '0227-02-10'),
    P(14, 60, '"0227-02-10" is not a day of the calendar'),
    'dates are written YYYY-MM-DD',
  ],
  [
    'a review before the assessment',
    p('2027-02-10', '2026-02-09'),
    P(14, 60, 'the review is due before the assessment was done'),
    undefined,
  ],
  [
    'a contract that ends before it begins',
    p('signed_on: 2025-03-01,', 'signed_on: 2025-03-01, end_on: 2025-02-28,'),
    P(9, 58, 'the contract ends before it was signed'),
    undefined,
  ],
]

const references: readonly Row[] = [
  [
    'a contract with an unknown client',
    p('client: moreau', 'client: moraeu'),
    P(8, 13, '"moraeu" is not a client of the register'),
    'did you mean "moreau"?',
  ],
  [
    'two contracts with one client',
    p('contracts:\n', 'contracts:\n  - client: moreau\n'),
    P(9, 13, '"moreau" has two contracts here'),
    'one entry holds them',
  ],
  [
    'a contract for a purpose that the client has not',
    p('purposes: [payroll]', 'purposes: [payrol]'),
    P(9, 83, 'the client moreau has no purpose "payrol"'),
    'did you mean "payroll"?',
  ],
  [
    'a default purpose that is none',
    c('default_purpose: payroll', 'default_purpose: payrol'),
    C(4, 18, '"payrol" is not a purpose of this client'),
    'did you mean "payroll"?',
  ],
  [
    'need_to_know of an unknown category',
    c('hr.salary', 'hr.salry'),
    C(6, 56, '"hr.salry" is not a category'),
    'did you mean "hr.salary"?',
  ],
  [
    'a contract category misspelt',
    p('id.employee', 'id.employe'),
    P(10, 89, '"id.employe" is not a category'),
    'did you mean "id.employee"?',
  ],
  [
    'a TIA category misspelt',
    p('data_scope: contract', 'data_scope: [nam]'),
    P(14, 119, '"nam" is not a category'),
    'did you mean "name"?',
  ],
  [
    'third_art9 of what is not special',
    c('scope: provider', 'third_art9: [name]'),
    C(6, 93, '"name" is not a special category'),
    'Art. 9(1) GDPR: health, genetic, biometric, belief, ethnic, sexual',
  ],
  [
    'a place with an unknown category',
    c('id.case}', 'id.caze}'),
    C(9, 14, '"id.caze" is not a category'),
    'did you mean "id.case"?',
  ],
  [
    'UK for the United Kingdom',
    c('country: FR', 'country: UK'),
    C(3, 10, '"UK" is not a country code'),
    'write GB',
  ],
  ['EL for Greece', p('to: MG', 'to: EL'), P(12, 24, '"EL" is not a country code'), 'write GR'],
  [
    'a code that ISO never gave',
    p('to: MG', 'to: XX'),
    P(12, 24, '"XX" is not a country code'),
    'two capital letters of ISO 3166-1, such as FR',
  ],
  [
    'another law',
    c('country: FR', 'country: FR\nlaw: uk-gdpr'),
    C(4, 6, 'UK GDPR and Swiss FADP are not modelled'),
    'law: gdpr, or leave it out',
  ],
  [
    'a time zone misspelt',
    c('country: FR', 'country: FR\nzone: Europe/Pariss'),
    C(4, 7, '"Europe/Pariss" is not a time zone'),
    'write a name such as Europe/Paris',
  ],
  [
    'an exporter with a capital',
    p('exporter: client', 'exporter: Client'),
    P(12, 38, '"Client" reads as a legal name'),
    'did you mean "client"?',
  ],
  [
    'same_entity between two entities',
    p('kind: processing', 'kind: processing, same_entity: true'),
    P(12, 97, 'exporter and importer are not the same entity'),
    'name the same one twice',
  ],
  [
    'a scope fact misspelt',
    p('language: fr', 'scope_facts: {recipient_pipada: true}'),
    P(5, 15, 'no adequacy decision asks for "recipient_pipada"'),
    'did you mean "recipient_pipeda"?',
  ],
  [
    'a DPF listing that is merely claimed',
    p('language: fr', 'scope_facts: {dpf_active: true}'),
    P(5, 15, '"dpf_active" is not a fact to state'),
    'fill in dpf instead',
  ],
]

const addresses: readonly Row[] = [
  [
    'plain http',
    p('https:', 'http:'),
    P(4, 11, 'the address must begin with https://'),
    'plain http is for loopback addresses only',
  ],
  [
    'credentials',
    p('https://', 'https://a:b@'),
    P(4, 11, 'the address carries credentials'),
    'keep them with douane keys provider',
  ],
  ['a query', p('/v2', '/v2?x=1'), P(4, 11, 'the address carries a query'), 'end it at the path'],
  ['a fragment', p('/v2', '/v2#x'), P(4, 11, 'the address carries a fragment'), 'end it at the path'],
  [
    'another scheme',
    p('https:', 'ftp:'),
    P(4, 11, 'the address must begin with https://'),
    'plain http is for loopback addresses only',
  ],
  [
    'no scheme',
    p('https://api.tana-paie.example/v2', 'tana-paie'),
    P(4, 11, 'this is not an address'),
    'write https://api.example.com/path',
  ],
  [
    'a host in capitals',
    p('api.tana', 'API.tana'),
    P(4, 11, 'the address is not in its plain form'),
    'write https://api.tana-paie.example/v2',
  ],
  [
    'dots in the path',
    p('/v2', '/v1/../v2'),
    P(4, 11, 'the address is not in its plain form'),
    'write https://api.tana-paie.example/v2',
  ],
  [
    'an encoded slash',
    p('/v2', '/v%2f2'),
    P(4, 11, 'the path of the address has // or an encoded separator'),
    'write plain segments',
  ],
  [
    'loopback by a trick',
    p('https://api.tana-paie.example', 'http://127.0.0.1.evil.example'),
    P(4, 11, 'the address must begin with https://'),
    'plain http is for loopback addresses only',
  ],
  [
    'a host with a path',
    p('language: fr', 'hosts: [https://x.example/a]'),
    P(5, 9, 'an origin is scheme, host and port only'),
    'write https://x.example',
  ],
  [
    'the Authorization header',
    p('language: fr', 'headers: {pass: [authorization]}'),
    P(5, 18, 'the header authorization is never passed'),
    'remove it',
  ],
  [
    'a header in capitals',
    p('language: fr', 'headers: {pass: [X-Api]}'),
    P(5, 18, 'this cannot be "X-Api"'),
    'header names are written in small letters',
  ],
]

const folder: readonly Row[] = [
  [
    'an id used twice',
    { 'register/clients/other.yaml': moreau },
    at('register/clients/other.yaml', 1, 5, 'the id "moreau" is taken'),
    'register/clients/moreau.yaml has it; an id is never used twice',
  ],
  [
    'rules that would not be read',
    { 'rules/extra.yml': 'rules: []\n' },
    at('rules/extra.yml', 1, 1, 'only files that end in .yaml are read here'),
    'rename the file',
  ],
  ...['own.yaml.txt', 'own.YAML', 'own.yaml ', 'own.yml.docx'].map((name): Row => [
    `rules that an editor saved as "${name}"`,
    { [`rules/${name}`]: 'rules: []\n' },
    at(`rules/${name}`, 1, 1, 'only files that end in .yaml are read here'),
    'rename the file',
  ]),
  [
    'a folder misspelt',
    { 'rule/extra.yaml': 'rules: []\n' },
    at('rule/extra.yaml', 1, 1, 'nothing is read from this place'),
    'did you mean "rules/extra.yaml"?',
  ],
  [
    'a path out of the folder',
    { '../extra.yaml': 'rules: []\n' },
    at('../extra.yaml', 1, 1, 'this is not a path inside the policies folder'),
    undefined,
  ],
  [
    'no categories',
    { 'categories.yaml': undefined },
    at('categories.yaml', 1, 1, 'this file is missing'),
    'douane init brings one',
  ],
  [
    'no territories',
    { 'law/territories.yaml': undefined },
    at('law/territories.yaml', 1, 1, 'this file is missing'),
    'douane init brings one',
  ],
  [
    'own recognisers',
    { 'recognisers/own.yaml': 'recognisers: 1\n' },
    at('recognisers/own.yaml', 1, 14, '"recognisers" must be a list or empty, not the number 1'),
    undefined,
  ],
]

const own = `rules:
  - id: no-iban
    decide: remove
    when: {class: third, category: fin.iban}
    because: {en: No., fr: Non., article: GDPR 5}
`
const r = (from: string, to: string): Files => changed('rules/own.yaml', own, from, to)
const R = (line: number, column: number, message: string): string =>
  at('rules/own.yaml', line, column, message)

/** What turns a sentence round, or cannot be seen, whether it stands there or is written as an escape. */
const unseen: readonly Row[] = [
  [
    'a sentence turned round',
    r('en: No.', 'en: No \u{202e}.on ,seY'),
    R(5, 22, 'a character stands here that nobody sees (U+202E)'),
    'take it out: a file reads as what it is',
  ],
  [
    'a comment turned round',
    c('country: FR', 'country: FR # \u{2066}'),
    C(3, 15, 'a character stands here that nobody sees (U+2066)'),
    'take it out: a file reads as what it is',
  ],
  [
    'the same by an escape',
    r('en: No.', 'en: "No \\u202e .on ,seY"'),
    R(5, 19, 'this text holds a character that nobody sees (U+202E)'),
    'take it out',
  ],
  [
    'a terminal’s orders in a name',
    c('Moreau SARL', '"Moreau\\e[2J"'),
    C(2, 7, 'this text holds a character that nobody sees (U+001B)'),
    'take it out',
  ],
  [
    'a zero-width space',
    c('country: FR', 'country: F\u{200b}R'),
    C(3, 11, 'a character stands here that nobody sees (U+200B)'),
    'take it out: a file reads as what it is',
  ],
  [
    'a sentence of two lines',
    r('en: No.', 'en: "No.\\nBut yes."'),
    R(5, 19, 'this text has more than one line, or a tab in it'),
    'write it in one line; after > lines are joined',
  ],
  [
    'a no-break space after a colon',
    c('country: FR', 'country:\u{a0}FR'),
    C(3, 9, 'a no-break space stands here, which is no space for YAML'),
    'write a plain space',
  ],
  [
    'no-break spaces for an indentation',
    c('  support:', '\u{a0}\u{a0}support:'),
    C(7, 1, 'a no-break space stands here, which is no space for YAML'),
    'write a plain space',
  ],
]

const likeLawyers: readonly Row[] = [
  [
    'a path of another language',
    r('category: fin.iban', 'path: $.employees.iban'),
    R(4, 32, '"$.employees.iban" is not a path'),
    'steps from the root, with dots: employees.iban',
  ],
  [
    'a letter of Article 49 that is none',
    {
      'derogations/C-1.yaml':
        'case: C-1\nprovider: tana-paie\nletter: z\ndata_subjects_max: 1\ntransfers_max: 1\nreason: A claim.\napprover: marie\nvalid_to: 2026-12-31\n',
    },
    at('derogations/C-1.yaml', 3, 9, '"letter" cannot be "z"'),
    'known here: a, b, c, d, e, f, g, subpar_2',
  ],
  [
    'a merge conflict',
    r('  - id: no-iban\n', '<<<<<<< HEAD\n  - id: no-iban\n=======\n  - id: iban-out\n>>>>>>> 12ab34\n'),
    R(2, 1, 'a merge conflict was left here'),
    'keep one of the two versions and take out the lines <<<<<<<, ======= and >>>>>>>',
  ],
  [
    'the quotes of a word processor',
    c('Moreau SARL', '“Moreau SARL”'),
    C(2, 7, 'these quotes are a part of the text'),
    'write Moreau SARL, or in straight quotes: "',
  ],
  [
    'an id of one letter',
    r('no-iban', 'n'),
    R(2, 9, 'the id "n" is too short'),
    'two characters or more: say what the rule does',
  ],
  [
    'an id with a capital',
    r('no-iban', 'No_IBAN'),
    R(2, 9, '"No_IBAN" cannot be the id of a rule'),
    'write no-iban',
  ],
  [
    'an id that is a number',
    r('no-iban', '12'),
    R(2, 9, 'the id of a rule is text'),
    'write a name that says what it does: no-iban-offshore',
  ],
  [
    'overridable on a grant',
    r('remove\n    when: {class: third, category: fin.iban}', 'grant\n    overridable: true'),
    R(4, 5, 'a grant cannot be lifted'),
    'overridable is for restrictions: remove it',
  ],
  [
    'overridable: oui',
    r('    when', '    overridable: oui\n    when'),
    R(4, 18, 'overridable is true or false'),
    'write true',
  ],
  [
    'a treatment in French',
    r('remove', 'supprimer'),
    R(3, 13, '"supprimer" is not a treatment'),
    'write remove',
  ],
  ['if for when', r('when:', 'if:'), R(4, 5, '"if" is not known here'), 'write when'],
  [
    'a star for a group',
    r('fin.iban', 'fin.*'),
    R(4, 36, '"fin.*" is not a category'),
    'write fin: it means all below it',
  ],
  [
    'a category without its group',
    r('fin.iban', 'iban'),
    R(4, 36, '"iban" is not a category'),
    'did you mean "fin.iban"?',
  ],
  [
    'a word that is near no category',
    r('fin.iban', 'bank'),
    R(4, 36, '"bank" is not a category'),
    'see categories.yaml',
  ],
  [
    'a decimal comma',
    r('fin.iban}', 'fin.iban, confidence: {from: 0,3}}'),
    R(4, 67, '"3" is not known here'),
    'a number has a point, not a comma: 0.3',
  ],
  [
    'a comma in a sentence',
    r('fr: Non.', "fr: Non, l'IBAN reste"),
    R(5, 33, `"l'IBAN reste" is not known here`),
    'inside braces a text with a comma stands in quotes',
  ],
  [
    'a colon in a sentence in braces',
    r('en: No.', 'en: Note: no.'),
    R(5, 19, 'a text holds a colon and a space, and so reads as a key'),
    'write the text in quotes',
  ],
  [
    'an article that is a number',
    r('GDPR 5', '5'),
    R(5, 43, 'because.article must be text, not a number'),
    'the article, e.g. GDPR 28(3)',
  ],
  [
    'a reason without languages',
    r('{en: No., fr: Non., article: GDPR 5}', 'it is so'),
    R(5, 14, '`because` holds en, fr and article'),
    'write because: {en: …, fr: …, article: "GDPR …"}',
  ],
  [
    'a combination that is none',
    r('    when', '    combination: true\n    when'),
    R(4, 5, 'this rule looks at one finding at a time: it is no combination'),
    'remove combination, or write found, k, k_left, k_coarsest or uc2_ok in when',
  ],
  [
    'a combination that denies it',
    r('    when: {', '    combination: false\n    when: {k: {below: 5}, '),
    R(4, 5, 'k looks at several findings: this rule is a combination'),
    'combination: true, or leave it out',
  ],
  [
    'a country in small letters',
    c('country: FR', 'country: fr'),
    C(3, 10, '"country" cannot be "fr"'),
    'write FR',
  ],
  [
    'a number with a leading zero',
    c('scope: provider', 'retention_days: 0400'),
    C(6, 96, 'a number is written plainly, not 0400'),
    'write 400, or in quotes if it is text',
  ],
  [
    'a hexadecimal number',
    c('scope: provider', 'retention_days: 0x190'),
    C(6, 96, 'a number is written plainly, not 0x190'),
    'write 400, or in quotes if it is text',
  ],
  [
    'a space in a number',
    c('scope: provider', 'retention_days: 1 000'),
    C(6, 96, '"retention_days" must be a whole number, not text'),
    'write 1000',
  ],
  [
    'a day without its zero',
    p('2027-02-10', '2027-2-10'),
    P(14, 60, '"2027-2-10" is not a day of the calendar'),
    'write 2027-02-10',
  ],
  [
    'a brace that is not closed',
    r('fin.iban}', 'fin.iban'),
    R(5, 5, 'a bracket or brace that was opened before is not closed'),
    'close it: } or ]',
  ],
  [
    'no space after a colon',
    c('country: FR', 'country:FR'),
    C(3, 1, 'a space is missing after the colon'),
    'a colon and a space stand between key and value',
  ],
]

describe('a broken file is told with file, line, column and what would be right', () => {
  test('the fixture itself is sound', () => expect(faultsOf(small)).toEqual([]))

  test.each([
    ...keys,
    ...values,
    ...tokens,
    ...weakKeys,
    ...unseen,
    ...likeLawyers,
    ...traps,
    ...moreTraps,
    ...dates,
    ...references,
    ...addresses,
    ...folder,
  ])('%s', (_remark, files, fault, hint) => {
    const found = faultsOf(withFiles(files))
    expect(found.map((f) => `${f.file}:${f.line}:${f.column}: ${f.message.en}`)).toEqual([fault])
    expect(found[0]?.hint?.en).toBe(hint)
    const text = files[found[0]?.file ?? '']
    const line = text?.split('\n')[(found[0]?.line ?? 0) - 1] ?? ''
    expect(visible(line).startsWith(found[0]?.source.replace(/…$/, '') ?? '?')).toBe(true)
  })

  test.each([
    ['a byte order mark', { [client]: `\u{feff}${moreau}` }],
    ['line ends of Windows', { [client]: moreau.replaceAll('\n', '\r\n') }],
    ['Norway', c('country: FR', 'country: NO')],
    [
      'a sentence over several lines, joined',
      r(
        '{en: No., fr: Non., article: GDPR 5}',
        '\n      en: >\n        No\n        never.\n      fr: Non.\n      article: GDPR 5',
      ),
    ],
    ['a combination that says so', r('    when: {', '    combination: true\n    when: {k: {below: 5}, ')],
    ['joiners of Indian scripts', c('Moreau SARL', 'क्\u{200d}ष Services')],
  ])('%s is no fault', (_what, files) => expect(faultsOf(withFiles(files))).toEqual([]))

  test('a DPO sees every fault of every file at once, in order', () => {
    const found = faultsOf(
      withFiles({
        ...c('country: FR', 'country: UK\nrole: proc\nvalid_to: 2026-02-29'),
        ...p('M2', 'm2'),
        'rules/a.yml': 'rules: []',
      }),
    )
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
      `${client}:3`,
      `${client}:4`,
      `${client}:5`,
      `${provider}:13`,
      'rules/a.yml:1',
    ])
  })

  test('a file of faults ends with their number, not with a million sentences', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `k${i}: 1\n`).join('')
    const found = faultsOf(withFiles({ [client]: moreau + many }))
    expect(found.length).toBeLessThanOrEqual(201)
  })
})

describe('policy check also reads the cases, which decide nothing', () => {
  const broken = { 'cases/own.yaml': 'cases:\n  - nme: No IBAN\n    now: 2026-11-23\n' }
  const check = (files: Files): readonly string[] => {
    try {
      checkFolder(withFiles(files))
      return []
    } catch (error) {
      return (error as PolicyInvalid).faults.map(({ file, line }) => `${file}:${line}`)
    }
  }

  test('a faulty case is told and stops no bundle', () => {
    expect(new Set(check(broken))).toEqual(new Set(['cases/own.yaml:2']))
    expect(faultsOf(withFiles(broken))).toEqual([])
  })

  test('beside faults of the rules, as far as it can be read without them', () => {
    expect(check({ 'cases/own.yaml': 'cases: [', ...r('remove', 'remov') })).toEqual([
      'cases/own.yaml:1',
      'rules/own.yaml:3',
    ])
  })
})
