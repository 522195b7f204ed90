/** What `policy check` says is there in both languages, also where a library found the fault. */
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PolicyInvalid } from '../../src/errors.ts'
import { PatternFault, parsePattern } from '../../src/detect/own/syntax.ts'
import { checkFolder } from '../../src/policy/cases.ts'
import { placeOf } from '../../src/policy/places.ts'
import { parserWords } from '../../src/policy/yaml-words.ts'
import { inBothLanguages, faultInBothLanguages } from './both-languages.ts'
import { faultsOf, moreau, tana, withFiles } from './load-fixture.ts'

/** The codes that this version of the YAML reader has. */
const codes = [
  .../'(?<code>[A-Z_]{6,})'/g[Symbol.matchAll](
    /ErrorCode = (.*);/.exec(
      readFileSync(new URL('../../node_modules/yaml/dist/errors.d.ts', import.meta.url), 'utf8'),
    )?.[1] ?? '',
  ),
].map(({ groups }) => groups?.['code'] ?? '')

describe('the words of the YAML reader', () => {
  test('every code of it has words of ours', () => {
    expect(codes.length).toBeGreaterThan(20)
    for (const code of codes)
      for (const said of parserWords(code, 'Some words.', 'a line')) if (said) inBothLanguages(said)
  })

  test('what it may say in a later version is a quotation', () => {
    const [message, hint] = parserWords('NEW_CODE', 'A new thing\nof two lines', 'a line')
    expect(message.fr).toBe("ceci n'est pas lisible comme YAML")
    expect(hint).toEqual({
      en: 'the reader says: "A new thing"',
      fr: 'le lecteur dit (en anglais) : « A new thing »',
    })
  })
})

test.each([
  ...[
    'a*',
    '(a',
    'a)',
    '[a',
    '[]',
    '\\',
    '\\q',
    '{2}',
    'a{2',
    'a{3,2}',
    'a??',
    '(?=a)',
    'a?',
    'x{100}y{100}',
    '[z-a]',
  ],
  'a'.repeat(201),
  '('.repeat(12),
])('the pattern %s', (pattern) => {
  let fault: unknown
  try {
    parsePattern(pattern, false)
  } catch (error) {
    fault = error
  }
  if (!(fault instanceof PatternFault)) throw new Error('no fault')
  faultInBothLanguages({ message: fault.says, ...(fault.hint === undefined ? {} : { hint: fault.hint }) })
})

test.each(['rules/x.yml', 'elsewhere/x.yaml', '../x.yaml', 'packs/x/y.yaml', 'rule/x.yaml'])(
  'a file at %s',
  (path) => {
    const place = placeOf(path)
    if (!('message' in place)) throw new Error('it has a place')
    faultInBothLanguages(place)
  },
)

test('faults of cases', () => {
  const text = `cases:
  - {name: a, now: soon, client: moreu, provider: tana, purpose: payroll, media: text/plain, payload: {a: 1},
     expect: {verdict: allow, rules: [nobody], recognisers: [own:x], treatments: {name: maks}}}
`
  let faults: PolicyInvalid['faults'] = []
  try {
    checkFolder(withFiles({ 'cases/own.yaml': text }))
  } catch (error) {
    if (error instanceof PolicyInvalid) faults = error.faults
  }
  expect(faults.length).toBe(7)
  for (const fault of faults) faultInBothLanguages(fault)
})

test('more than two hundred are counted, without the hint of another', () => {
  const keys = Array.from({ length: 150 }, (_, n) => `zz${n}: x\n`).join('')
  const last = faultsOf(
    withFiles({
      'register/clients/moreau.yaml': moreau + keys,
      'register/providers/tana-paie.yaml': tana + keys,
    }),
  ).at(-1)
  expect(last?.message).toEqual({ en: 'and 101 more faults', fr: 'et 101 autres erreurs' })
  expect(last?.hint).toBeUndefined()
})

describe('more than a gateway should read', () => {
  const rule = (n: number, when: string) =>
    `  - {id: own-${n}, decide: mask, when: ${when}, because: {en: E., fr: F., article: A}}\n`
  test('rules', () => {
    const text = `rules:\n${Array.from({ length: 2_001 }, (_, n) => rule(n, '{}')).join('')}`
    const [fault] = faultsOf(withFiles({ 'rules/own.yaml': text }))
    expect([fault?.line, fault?.message.en]).toEqual([2_002, 'there are more than 2000 rules'])
  })

  test('steps of paths', () => {
    const long = `{path: [${Array.from({ length: 60 }, () => `"${'a.'.repeat(199)}b"`).join(', ')}]}`
    const text = `rules:\n${rule(0, long)}${rule(1, long)}`
    const faults = faultsOf(withFiles({ 'rules/own.yaml': text }))
    expect(faults.map(({ line, message }) => `${line}: ${message.en}`)).toEqual([
      '3: the paths of all rules together have more than 20000 steps',
    ])
  })

  test('characters of a folder', () => {
    const wall = `#${' '.repeat(1_000_000)}\n`
    const files = Object.fromEntries(
      Array.from({ length: 17 }, (_, n) => [`recognisers/r${n}.yaml`, `${wall}recognisers: []\n`]),
    )
    expect(faultsOf(withFiles(files)).map(({ file, message }) => `${file}: ${message.en}`)).toEqual([
      'recognisers/r16.yaml: with this file the folder holds more than 16 MiB',
    ])
  })
})

/** `id` → `i`, `name` → `nme`: a letter missing, which leaves no other key of the place. */
const misspelt = (key: string): string => (key.length < 3 ? `${key}x` : key.slice(0, 1) + key.slice(2))

describe('a misspelt key is one fault', () => {
  const ofClient = ['name', 'country', 'purposes']
  test.each(ofClient)('%s of a client', (key) => {
    const files = withFiles({
      'register/clients/moreau.yaml': moreau.replace(`\n${key}:`, `\n${misspelt(key)}:`),
    })
    expect(faultsOf(files).map(({ message, hint }) => `${message.fr} ${hint?.fr}`)).toEqual([
      `clé inconnue « ${misspelt(key)} » vouliez-vous dire « ${key} » ?`,
    ])
  })

  test.each([
    ...['name', 'country', 'base_url', 'contracts'],
    // of a contract, of its legs and of an assessment
    ...[
      'from',
      'to',
      'exporter',
      'importer',
      'kind',
      'outcome',
      'review_by',
      'signed_on',
      'purposes',
      'categories',
    ],
  ])('%s of a provider', (key) => {
    const files = withFiles({
      'register/providers/tana-paie.yaml': tana.replace(
        new RegExp(`(?<=[\\n{ ])${key}:`),
        `${misspelt(key)}:`,
      ),
    })
    expect(faultsOf(files).map(({ message }) => message.en)).toEqual([`unknown key "${misspelt(key)}"`])
  })

  test.each([
    ['id', '{idd: own, decide: block, because: {en: E., fr: F., article: A}}'],
    ['decide', '{id: own, decid: block, because: {en: E., fr: F., article: A}}'],
    ['decide', '{id: own, action: block, because: {en: E., fr: F., article: A}}'],
    ['because', '{id: own, decide: block, becuase: {en: E., fr: F., article: A}}'],
    ['article', '{id: own, decide: block, because: {en: E., fr: F., artcle: A}}'],
  ])('%s of a rule', (key, rule) => {
    const faults = faultsOf(withFiles({ 'rules/own.yaml': `rules:\n  - ${rule}\n` }))
    expect(faults.map(({ message }) => message.fr.replace(/« .* »/, '…'))).toEqual(["… n'est pas connu ici"])
    expect(faults[0]?.hint?.fr).toContain(key)
  })

  test('a key that is missing besides a misspelt one is a fault of its own', () => {
    const text = moreau.replace('\nname: Moreau SARL', '').replace('\ncountry:', '\ncontry:')
    expect(
      faultsOf(withFiles({ 'register/clients/moreau.yaml': text })).map(({ message }) => message.en),
    ).toEqual(['"name" is missing', 'unknown key "contry"'])
  })

  test('a category that is misspelt is not missing', () => {
    const [categories] = withFiles({}).filter(({ path }) => path === 'categories.yaml')
    const text = categories?.text.replace('  vehicle.plate:', '  vehicle.plat:')
    expect(faultsOf(withFiles({ 'categories.yaml': text })).map(({ message }) => message.en)).toEqual([
      '"vehicle.plat" is not known here',
    ])
  })
})

test('no word of a schema is in English alone', () => {
  const folder = new URL('../../policies/schema/', import.meta.url)
  const said = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
          (key === 'patternErrorMessage' || key === 'description') && typeof each === 'string'
            ? [each]
            : said(each),
        )
  const all = readdirSync(folder).flatMap((name) =>
    said(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
  )
  expect(all.length).toBeGreaterThan(400)
  expect(all.filter((text) => !/^[^\n]+\nFrançais : [^\n]+$/.test(text))).toEqual([])
})
