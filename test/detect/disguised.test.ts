/** Identifiers whose spelling hides them from a pattern, as spreadsheets, mail programs and file names spell them. */
import { expect, test } from 'vitest'
import { makeBudget } from '../../src/detect/budget.ts'
import { makeDetector } from '../../src/detect/classify.ts'
import { fromOf, isDisguised, plainOf, stretchesOf, toOf } from '../../src/detect/plain.ts'
import { enter, makeSite, scan, scanStretches } from '../../src/detect/scan.ts'
import { read } from '../../src/payload/read.ts'

const detector = makeDetector()

const foundIn = async (body: string, target = '/', headers: [string, string][] = []): Promise<string[]> => {
  const document = read({
    method: 'POST',
    target,
    headers: [['content-type', 'application/json'], ...headers],
    body: Buffer.from(body),
  })
  const { findings } = await detector.classify(document, { today: '2026-11-23', places: [] })
  return findings
    .filter(({ category, confidence }) => confidence >= 0.5 && category !== 'freetext')
    .map(({ field, start, end, category }) => `${category} ${document.fields[field]?.text.slice(start, end)}`)
}
const leaf = (text: string): string => JSON.stringify({ x: text })

const identifiers = [
  ['contact.email', 'jean.dupont@exemple.fr'],
  ['fin.iban', 'FR7630004008120000123456749'],
  ['contact.phone', '+33612345678'],
  ['fin.card', '4111111111111111'],
  ['id.national', '285076912304150'],
  ['contact.phone', '06 12 34 56 78'],
] as const
const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

test.each(
  identifiers.flatMap(([category, written]) =>
    `\u200b\u00ad\u200f\u202e\u2060\u2066\ufe0f\u034f\ufeff\0\x01\b\x1f\x7f\x9f`
      .split('')
      .map(
        (sign) =>
          [
            sign.codePointAt(0)?.toString(16),
            category,
            `${written.slice(0, 7)}${sign}${written.slice(7)}`,
          ] as const,
      ),
  ),
)('an invisible U+%s inside a %s hides nothing', async (_sign, category, text) => {
  expect(await foundIn(leaf(text))).toEqual([`${category} ${text}`])
})

test.each(identifiers)('a %s in full-width or Arabic digits is found', async (category, written) => {
  const wide = fullWidth(written)
  expect(await foundIn(leaf(wide))).toEqual([`${category} ${wide}`])
  if (category === 'contact.email') return
  const arabic = written.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  expect(await foundIn(leaf(arabic))).toEqual([`${category} ${arabic}`])
})

test.each([
  ['RIB_FR7630004008120000123456749.pdf', ['fin.iban FR7630004008120000123456749']],
  ['bulletin_285076912304150_2026.pdf', ['id.national 285076912304150']],
  ['user_+33612345678_fr', ['contact.phone +33612345678']],
  ['4111_1111_1111_1111', ['fin.card 4111_1111_1111_1111']],
  ['4111  1111  1111  1111', ['fin.card 4111  1111  1111  1111']],
  ['06  12  34  56  78', ['contact.phone 06  12  34  56  78']],
  ['06/12/34/56/78', ['contact.phone 06/12/34/56/78']],
  ['FR76 3000 4008 1200\r\n0012 3456 749', ['fin.iban FR76 3000 4008 1200\r\n0012 3456 749']],
  ['FR 76 3000 4008 1200 0012 3456 749', ['fin.iban FR 76 3000 4008 1200 0012 3456 749']],
  ['IBANFR7630004008120000123456749EUR', ['fin.iban FR7630004008120000123456749']],
  ['/p?email=jean.dupont%40exemple.fr', ['contact.email email=jean.dupont%40exemple.fr']],
  ['/p?tel=%2B33612345678', ['contact.phone %2B33612345678']],
  ['jean.dupont&#64;exemple.fr', ['contact.email jean.dupont&#64;exemple.fr']],
  ['he\u0301le\u0300ne.dupont@exemple.fr', ['contact.email he\u0301le\u0300ne.dupont@exemple.fr']],
  ['je\u0430n.dupont@exemple.fr', ['contact.email je\u0430n.dupont@exemple.fr']],
  [`${'a'.repeat(80)}@exemple.fr`, [`contact.email ${'a'.repeat(80)}@exemple.fr`]],
  ['jean.dupont@exemple.fr.json', ['contact.email jean.dupont@exemple.fr']],
  ['12.345.678-Z', ['id.national 12.345.678-Z']],
])('%j holds %j', async (text, expected) => {
  expect(await foundIn(leaf(text))).toEqual(expected)
})

test.each([
  'image@2x.png',
  'jquery@3.2.min.js',
  'RIB_FR7630004008120000123456748.pdf',
  'xFR1430004008120000123456749y',
  'order_4111_1111_1111_1112',
  '06_12_34',
  '100%',
  'a\u200bb 12',
  'tarif 20 % 40 @ 3',
])('near miss: %j holds no identifier', async (text) => {
  expect(await foundIn(leaf(text))).toEqual([])
})

test('a number that Java wrote with an exponent is the number', async () => {
  expect(await foundIn('{"x":4.111111111111111E15}')).toEqual(['fin.card 4.111111111111111E15'])
  expect(await foundIn('{"x":411111111111111.1e1}')).toEqual(['fin.card 411111111111111.1e1'])
  expect(await foundIn('{"x":2.8507691230415E14}')).toEqual(['id.national 2.8507691230415E14'])
  expect(await foundIn('{"telephone":6.12345678E8}')).toEqual(['contact.phone 6.12345678E8'])
  expect(await foundIn('{"x":4.111111111111112E15,"y":1.5e3,"z":1e308,"w":4.1e-15}')).toEqual([])
})

test('a key that is a telephone number is found, and is no name that may be printed', async () => {
  expect(await foundIn('{"+33 6 12 34 56 78":1}')).toEqual(['contact.phone +33 6 12 34 56 78'])
  for (const name of ['06 12 34 56 78', 'tel 06 12 34 56 78', '12 05 85', '42'])
    expect([name, detector.knownName(name)]).toEqual([name, false])
  for (const name of ['telephone', 'tel 2', 'adresse_1'])
    expect([name, detector.knownName(name)]).toEqual([name, true])
})

test.each([
  ['Bonjour, Jean Du\x07pont est parti hier', 'Jean Du\x07pont'],
  ['Bonjour, Jean Du\x7fpont est parti hier', 'Jean Du\x7fpont'],
  ['Bonjour, Jean Dupont\0\0 est parti hier', 'Jean Dupont'],
])('a control sign inside a name, or NUL behind it, hides nothing: %j', async (text, name) => {
  expect(await foundIn(leaf(text))).toEqual([`name ${name}`])
})

const isScanned = async (note: string): Promise<boolean> => {
  const document = read({
    ...{ method: 'POST', target: '/', headers: [['content-type', 'application/json']] },
    body: Buffer.from(JSON.stringify({ note })),
  })
  const { findings } = await detector.classify(document, { today: '2026-11-23', places: [] })
  return findings.every(({ category, confidence }) => category !== 'freetext' || confidence === 1)
}

test.each([
  'J\0e\0a\0n D\0u\0p\0o\0n\0t est absent',
  'Re: =?utf-8?Q?Jean=20Dupont?=',
  'Re: =?ISO-8859-1?B?SmVhbiBEdXBvbnQ=?=',
  'écrire à jean.dupont=40exemple.fr merci',
])('letters that a mail program or another charset wrote are not scanned: %j', async (text) => {
  expect(await isScanned(text)).toBe(false)
})

test.each([
  'DUPONT JEAN\0\0\0',
  'voir https://exemple.fr/a?taille=40&lot=40.5',
  'si a=40 et b=?, alors que vaut c ?=',
])('near miss: %j is scanned', async (text) => {
  expect(await isScanned(text)).toBe(true)
})

test('accept and content-type are searched for what has a form', async () => {
  expect(await foundIn('{}', '/', [['accept', 'text/plain; for="jean.dupont@exemple.fr"']])).toEqual([
    'contact.email jean.dupont@exemple.fr',
  ])
  expect(
    await foundIn('{}', '/', [['accept', 'text/html, application/xml;q=0.9, image/webp, */*;q=0.8']]),
  ).toEqual([])
})

test.each([
  ['fin.card', '④①①① ①①①① ①①①① ①①①①'],
  ['contact.phone', '⁰⁶¹²³⁴⁵⁶⁷⁸'],
  ['contact.phone', '06·12·34·56·78'],
  ['contact.phone', '06•12•34•56•78'],
  ['contact.email', 'jean.dupont@exemple。fr'],
])('a %s with other digits and dots is found: %s', async (category, text) => {
  expect(await foundIn(leaf(text))).toEqual([`${category} ${text}`])
})

test('the address of a vocabulary is searched for what has a form', async () => {
  expect(await foundIn('{"system":"urn:nir:285076912304150"}')).toEqual(['id.national 285076912304150'])
  for (const system of [
    'http://hl7.org/fhir/sid/us-ssn',
    'urn:oid:1.2.250.1.213.1.4.8',
    'urn:iso:std:iso:20022',
  ])
    expect(await foundIn(JSON.stringify({ system }))).toEqual([])
})

test('a path segment of a file is searched too', async () => {
  expect(await foundIn('{}', '/files/RIB_FR7630004008120000123456749.pdf')).toEqual([
    'fin.iban FR7630004008120000123456749',
  ])
})

test('plain spelling maps every sign to where it stood', () => {
  const text = 'a\u200b\u200b１_%40 \ud835\udfcf\t\tz'
  const plain = plainOf(text)!
  expect(plain.text).toBe('a1 @ 1 z')
  expect([...plain.text].map((_, at) => text.slice(fromOf(plain, at), toOf(plain, at))).join('|')).toBe(
    'a|１|_|%40| |\ud835\udfcf|\t|z',
  )
  expect(isDisguised(plain, text, 0, 1)).toBe(true)
  expect(plainOf('plain text 12 a@b.fr')).toBeNull()
  expect(plainOf('e\u0301t\u00e9 \ud83d\ude00 12')).toBeNull()
})

/** mulberry32 */
const makeRandom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
}

test('the stretches around what is spelled otherwise hold all that the whole plain text shows there', () => {
  const formal = 'contact.email contact.phone fin.iban fin.card fin.bic id.national id.tax online.ip'.split(
    ' ',
  )
  const random = makeRandom(20261127)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const words = [
    ...identifiers.map(([, value]) => value),
    ...`jean (at) exemple point fr|jean arobase exemple point fr|robert gmailcom|BIC AGRIFRPP|AGRIFRPPXXX|dead::beef|10.20.30.40
      |MT84MALT011000012345MTLCAST001S|tél.|téléphone|IBAN|NIR|numéro fiscal|PESEL 44051401359|44051401359|RSSMRA85T10A562S|1 2 3 4 5 6 7
      |carte|sécurité sociale|le colis|n'est jamais arrivé|Cordialement,|merci de rappeler le plus vite possible, nous attendons|%20|%40`
      .split('|')
      .map((word) => word.trim()),
  ]
  const gaps = [' ', ' ', ' ', ' ', '\n', '\r\n', '\t', '  ', '_', '\u200b', ', ', '%20', '']
  let shown = 0
  for (let round = 0; round < 400; round++) {
    let text = ''
    for (let count = 5 + random() * 60; count > 0; count--) {
      let word = pick(words)
      const cut = Math.floor(random() * word.length)
      if (random() < 0.1) word = word.slice(0, cut) + pick(['\u00ad', '\n', '\u200b', '  ']) + word.slice(cut)
      text += word + (random() < 0.8 ? ' ' : pick(gaps))
    }
    const plain = plainOf(text)
    if (plain === null) continue
    for (const fixedOnly of [false, true]) {
      const found = (read: (site: ReturnType<typeof makeSite>) => void) => {
        const site = makeSite(makeBudget(1e6))
        enter(site, plain.text, null, fixedOnly)
        read(site)
        return site.found.filter(
          ({ category, confidence, start, end }) =>
            confidence >= 0.5 && formal.includes(category) && isDisguised(plain, text, start, end),
        )
      }
      const whole = found(scan)
      shown += whole.length
      expect(found((site) => scanStretches(site, stretchesOf(plain, fixedOnly)))).toEqual(whole)
    }
  }
  expect(shown).toBeGreaterThan(200)
})
