import { describe, expect, test } from 'vitest'
import { makeRandom } from '../../bench/train/random.ts'
import { checkOf } from '../../src/detect/recognisers/identifiers/checks.ts'
import { DIGIT, LETTER, makeAutomaton } from '../../src/detect/recognisers/identifiers/automaton.ts'
import { alternatives } from '../../src/detect/recognisers/identifiers/form.ts'
import { alone, readyRows, type Ready } from '../../src/detect/recognisers/identifiers/table.ts'
import { classifyText } from '../../src/detect/classify-text.ts'
import { classify, detector } from './fixture.ts'

/** Specimens that the issuers, or the standard, print themselves. */
const specimens: readonly (readonly [check: string, value: string, whose: string])[] = [
  ['own/nhs', '9434765919', 'NHS Data Dictionary'],
  ['own/kvnr', 'A123456780', 'ITSG, Krankenversichertennummer'],
  ['own/deDocument', 'C01X00T478', 'Bundesministerium des Innern, Reisepass'],
  ['own/deDocument', 'T220001293', 'Bundesministerium des Innern, Personalausweis'],
  ['own/deLicence', 'B072RRE2I55', 'Kraftfahrt-Bundesamt'],
  ['own/luMatricule', '1893120105732', 'CTIE Luxembourg'],
  ['own/gbLicence', 'MORGA657054SM9IJ', 'DVLA'],
  ['own/esAccount', '21000418450200051332', 'ISO 13616 registry, ES'],
  ['own/frAccount', '20041010050500013M02606', 'ISO 13616 registry, FR'],
  ['own/mod97one', '000201231234567890154', 'ISO 13616 registry, PT'],
  ['own/mod97', '10006035183598478831', 'ISO 13616 registry, TN'],
  ['own/beAccount', '539007547034', 'ISO 13616 registry, BE'],
  ['own/plAccount', '61109010140000071219812874', 'ISO 13616 registry, PL'],
  ['own/plPassport', 'ZS0000177', 'MSWiA, wzór paszportu'],
  ['own/aba', '111000025', 'Federal Reserve Bank'],
  ['own/luhn', '490154203237518', '3GPP TS 23.003 annex B'],
  ['own/itin', '912703456', 'IRS, ITIN ranges'],
  ['own/taj', '111111110', '1996. évi XX. törvény'],
  ['own/titulo', '102385010671', 'TSE'],
  ['own/codiceFiscale', 'RSSMRA85T10A562S', 'Agenzia delle Entrate'],
  ['de/idnr', '36574261809', 'Bundeszentralamt für Steuern'],
  ['pl/pesel', '44051401359', 'MSWiA'],
  ['br/cpf', '52998224725', 'Receita Federal'],
  ['fr/nir', '185056912345641', 'INSEE'],
]
test.each(specimens)('%s takes the specimen %s (%s), and none with one digit off', (name, value) => {
  const check = checkOf(name)
  expect(check(value)).toBe(true)
  const wrong = [...value].flatMap((sign, at) =>
    /\d/.test(sign) ? [value.slice(0, at) + ((Number(sign) + 1) % 10) + value.slice(at + 1)] : [],
  )
  // A sum by ten with weights that share a factor with it lets one place through; most it notices. Two of these
  // look at dates and ranges only.
  const least = /gbLicence|itin/.test(name) ? 0 : 0.8
  expect(wrong.filter((one) => !check(one)).length / wrong.length).toBeGreaterThanOrEqual(least)
})

const random = makeRandom(20_261_127)
const signFor = (set: string): string => {
  const signs = set.startsWith('[')
    ? set.slice(1, -1).replace(/(.)-(.)/g, (_, from: string, to: string) => {
        let out = ''
        for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) out += String.fromCharCode(code)
        return out
      })
    : set
  return signs.charAt(random.below(signs.length))
}
/** A text that fits a pattern such as `^[0-9]{3}P{1}$`. */
const draw = (pattern: RegExp): string =>
  [...pattern.source.matchAll(/(\[[^\]]+\]|[A-Z0-9])\{(\d+)\}/g)]
    .map(([, set = '', times]) => Array.from({ length: Number(times) }, () => signFor(set)).join(''))
    .join('')

/** Separators of the first printed shape that fits, for checks that want them. */
const dressed = ({ row, shapes }: Ready, compact: string): string => {
  const classes = compact.replace(/\d/g, 'd').replace(/[A-Z]/g, 'a')
  const shape = [...shapes].find((one) => one.replace(/[^da]/g, '') === classes)
  if (row.asWritten !== true || shape === undefined) return compact
  let at = 0
  return [...shape].map((sign) => (sign === 'd' || sign === 'a' ? compact[at++]! : sign)).join('')
}

const passes = (ready: Ready, value: string): boolean => ready.check === null || ready.check(value)
const valueOf = (ready: Ready): string => {
  for (let tries = 0; tries < 200_000; tries++) {
    const value = dressed(ready, draw(ready.alternatives[tries % ready.alternatives.length]!.pattern))
    if (value.replace(/\D/g, '').length >= (tries < 500 ? 4 : 2) && passes(ready, value)) return value
  }
  throw new Error(`nothing passes ${ready.name}`)
}
const nearMiss = (ready: Ready, value: string): string | null => {
  for (let at = value.length - 1; at >= 0; at--) {
    if (!/\d/.test(value.charAt(at))) continue
    for (let more = 1; more < 10; more++) {
      const other = value.slice(0, at) + ((Number(value.charAt(at)) + more) % 10) + value.slice(at + 1)
      const compact = other.replace(/[^A-Z0-9]/g, '')
      if (ready.alternatives.some(({ pattern }) => pattern.test(compact)) && !passes(ready, other))
        return other
    }
  }
  return null
}
const wordOf = ({ row }: Ready): string => row.words.split('|').sort((a, b) => b.length - a.length)[0]!

const inText = async (text: string, value: string, from: number, category?: string) => {
  const at = text.indexOf(value)
  return (await classifyText(detector, text)).filter(
    (one) =>
      one.confidence >= from &&
      one.category !== 'freetext' &&
      one.start <= at &&
      one.end >= at + value.length &&
      (category === undefined || one.category === category || /^id\./.test(one.category)),
  )
}

describe('each identifier', { timeout: 60_000 }, () => {
  test.each(readyRows.map((ready) => [ready.name, ready] as const))('%s', async (_name, ready) => {
    const value = valueOf(ready)
    const word = wordOf(ready)
    // Sixteen digits that pass Luhn may be a card and an IMEI: found is found.
    const category = ready.row.country === 'WW' ? undefined : ready.category
    for (const text of [`${word} ${value}`, `${word}: (${value}), merci`, `${word} = «${value}».`]) {
      expect(await inText(text, value, 0.5, category), text).not.toEqual([])
    }
    const glued = await inText(`${word} x${value}x`, value, 0.5, category)
    expect(glued.filter((one) => one.recogniser === ready.name)).toEqual([])
    const wrong = nearMiss(ready, value)
    for (const text of wrong === null ? [] : [`${word} ${wrong}`, wrong]) {
      const own = (await inText(text, wrong!, 0.8, category)).filter(
        (one) => one.kind === ready.row.kind && one.country === ready.row.country,
      )
      expect(own, text).toEqual([])
    }
    const bare = (await inText(value, value, 0.5)).filter((one) => one.recogniser === ready.name)
    // Without a word nothing is certain.
    for (const one of bare) expect(one.confidence).toBeLessThanOrEqual(0.9)
  })
})

describe('what chance hits is what the table says', { timeout: 120_000 }, () => {
  test.each(
    readyRows
      .filter((ready) => ready.check !== null && ready.row.asWritten !== true)
      .map((ready) => [ready.name, ready] as const),
  )('%s', (_name, ready) => {
    const shares = ready.alternatives.map(({ classes, pattern }) => {
      let hits = 0
      for (let draws = 0; draws < 2000; draws++) {
        const text = [...classes]
          .map((cls) =>
            signFor(cls === 'd' ? '[0-9]' : cls === 'a' ? '[A-Z]' : random.chance(0.5) ? '[0-9]' : '[A-Z]'),
          )
          .join('')
        if (pattern.test(text) && ready.check!(text)) hits++
      }
      return hits / 2000
    })
    const worst = Math.max(...shares)
    expect(worst).toBeLessThanOrEqual(ready.chance * 1.3 + 0.004)
    // Rarer ones are not met often enough in so few draws.
    expect(worst).toBeGreaterThanOrEqual(ready.chance > 0.02 ? ready.chance * 0.6 : 0)
  })
})

test('the rarer chance hits and the likelier the print, the surer; a form without a check is never sure', () => {
  expect(alone(1, 0.08)).toBe(0)
  expect(alone(0.1, 0.0005)).toBeLessThan(0.05)
  expect(alone(0.001, 0.08)).toBeGreaterThan(alone(0.01, 0.08))
  expect(alone(0.01, 0.08)).toBeGreaterThan(alone(0.01, 0.02))
})

test('forms spread into alternatives, and the automaton ends where they end', () => {
  const ways = alternatives('d{2,3}A?|[XYZ]x').map((alternative, row) => ({ row, alternative }))
  expect(ways.map(({ alternative }) => alternative.classes)).toEqual(['dd', 'dda', 'ddd', 'ddda', 'ax'])
  const automaton = makeAutomaton(ways)
  const after = (text: string) =>
    [...text].reduce(
      (state, sign) => (state === 0 ? 0 : automaton.step(state, /\D/.test(sign) ? LETTER : DIGIT)),
      automaton.start,
    )
  expect(automaton.ends(after('12A')).map(({ row }) => row)).toEqual([1])
  expect(automaton.ends(after('1'))).toEqual([])
  expect(after('1AA')).toBe(0)
  expect(automaton.ends(after('X1')).map(({ row }) => row)).toEqual([4])
})

test.each([
  ['pesel', '44051401359', 0.9, 'check digit right'],
  ['pesel', '44051401358', 0.7, 'wrong: still somebody’s, but not surely a PESEL'],
  ['bsn', '111222333', 0.9, 'eleven test'],
  ['numero_securite_sociale', '185056912345642', 0.7, 'wrong key'],
  ['iban', 'DE89370400440532013000', 0.9, 'an IBAN'],
  ['iban', 'DE88370400440532013000', 0.7, 'wrong check digits'],
] as const)('a field %s with %s: %d, %s', async (key, value, from, _remark) => {
  const { findings } = await classify({ [key]: value })
  const [one] = findings.filter((finding) => finding.end === value.length && finding.confidence >= 0.5)
  expect(one!.confidence >= 0.8 ? 0.9 : 0.7).toBe(from)
})
