/** Own recognisers: patterns as automata, lists of words, context; they add and never take away. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeBudget } from '../../src/detect/budget.ts'
import { makeDetector } from '../../src/detect/classify.ts'
import { compile, longest } from '../../src/detect/own/automaton.ts'
import { checksums } from '../../src/detect/own/checksums.ts'
import { type OwnRecogniser, compileOwn, findOwn } from '../../src/detect/own/own.ts'
import { PatternFault, parsePattern } from '../../src/detect/own/syntax.ts'
import { enter, makeSite } from '../../src/detect/scan.ts'
import { acting, detector, documentOf, today } from './fixture.ts'

const accepts = (pattern: string, text: string, anyCase = false): boolean =>
  longest(
    compile(parsePattern(pattern, anyCase)),
    text,
    0,
    (end) => end === text.length,
    () => undefined,
  ) === text.length

describe('patterns', () => {
  test.each([
    ['ACME-\\d{6}', 'ACME-123456', true, 'literals and digits'],
    ['ACME-\\d{6}', 'ACME-12345', false, 'one digit short'],
    ['ACME-\\d{6}', 'acme-123456', false, 'case counts'],
    ['[A-Z]{2,3}\\.?\\d{2}', 'AB.12', true, 'a class, an optional sign'],
    ['(?:DE|FR)[ -]?\\d{3}', 'FR 123', true, 'alternatives'],
    ['(DE|FR)[ -]?\\d{3}', 'IT 123', false, 'none of them'],
    ['[^ ]{3}', 'a b', false, 'all but'],
    ['é\\w{1,2}', 'éa_', true, 'beyond ASCII'],
    ['.{2}', '🙂', true, 'halves of a pair are characters'],
    ['(a|ab)(c|bcd)(d{0,2})', 'abcd', true, 'more ways than one'],
  ])('%s of %s: %s (%s)', (pattern, text, is) => {
    expect(accepts(pattern, text)).toBe(is)
  })

  test('any case', () => {
    expect([accepts('é[a-c]{2}', 'ÉBc', true), accepts('STRAßE', 'straße', true)]).toEqual([true, true])
  })

  test.each([
    ['a*', 1, 'a repetition without end'],
    ['\\d+', 2, 'the same'],
    ['^a', 0, 'an anchor'],
    ['a$', 1, 'an anchor'],
    ['(?=a)b', 0, 'look-around'],
    ['(a)\\1', 3, 'a back-reference'],
    ['\\bfoo', 0, 'the edge of a word'],
    ['[a', 0, 'a class that is not closed'],
    ['[]', 0, 'an empty class'],
    ['[z-a]', 1, 'a range that goes back'],
    ['(a', 0, 'a group that is not closed'],
    ['a)', 1, 'a bracket too many'],
    ['a{3,2}', 1, 'fewer than the least'],
    ['a{200}', 1, 'too many'],
    ['a{2}{2}', 4, 'twice repeated'],
    ['{2}', 0, 'nothing to repeat'],
    ['a?', 0, 'may be nothing'],
    ['(a{100}){100}', 0, 'too long a match'],
    ['a\\', 1, 'a backslash at the end'],
    ['', 0, 'nothing'],
    ['x'.repeat(201), 200, 'too long'],
  ])('%s is refused (%s)', (pattern, at) => {
    expect(() => parsePattern(pattern, false)).toThrow(expect.objectContaining({ name: 'PatternFault', at }))
  })

  test('one that needs too many states is refused, and soon', () => {
    expect(() => compile(parsePattern('[ab]{0,50}a[ab]{40}', false))).toThrow(/too complex/)
  })

  const sign = fc.constantFrom('a', 'b', '1', '\\d', '[ab]', '[^a]', '.', 'é', '-', '\\.')
  const pattern = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      sign,
      fc.tuple(tie('any'), tie('any')).map((two) => two.join('')),
      fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}|${other})`),
      tie('any').map((one) => `(${one})?x`),
      fc
        .tuple(tie('any'), fc.nat(2), fc.nat(2))
        .map(([one, least, more]) => `(${one}){${least},${least + more}}y`),
    ),
  })).any
  test('the automaton says what a backtracking engine says', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '1', 'x', 'y', '-', 'é', '.', '\n', '🙂'), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(pattern, text, (source, signs) => {
        fc.pre(source.length <= 200)
        let piece
        try {
          piece = compile(parsePattern(source, false))
        } catch {
          return
        }
        const written = signs.join('')
        const theirs = new RegExp(`^(?:${source.replaceAll('[^a]', '[^a\\n\\r]')})$`).test(written)
        const ours = longest(
          piece,
          written,
          0,
          (end) => end === written.length,
          () => undefined,
        )
        expect(ours === written.length && written !== '').toBe(theirs && written !== '')
      }),
      { numRuns: 2_000 },
    )
  })

  test('any text is a pattern or refused as one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), (source, anyCase) => {
        try {
          compile(parsePattern(source, anyCase))
        } catch (error) {
          if (!(error instanceof PatternFault)) throw error
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

test.each([
  ['luhn', '4111 1111 1111 1111', '4111 1111 1111 1112'],
  ['mod97', '3214282912345698765432161182', '3214282912345698765432161183'],
  ['mod11', '0000-0002-1694-233X', '0000-0002-1694-2330'],
  ['gs1', '4006381333931', '4006381333932'],
  ['verhoeff', '2363', '2364'],
] as const)('%s: %s, not %s', (name, right, wrong) => {
  expect([checksums[name](right), checksums[name](wrong)]).toEqual([true, false])
})

const badge: OwnRecogniser = {
  id: 'badge',
  category: 'id.employee',
  confidence: 0.6,
  pattern: 'AC-\\d{4}',
  context: { words: ['vestiaire', 'clé du local'], within: 40, confidence: 0.95, required: false },
}
const homes: OwnRecogniser = {
  id: 'homes',
  category: 'health',
  confidence: 0.9,
  words: ['Les Glycines', 'Villa Beauséjour'],
}

const found = async (
  own: readonly OwnRecogniser[],
  body: unknown,
  more: Parameters<typeof documentOf>[1] = {},
) => {
  const document = documentOf(body, more)
  const { findings } = await makeDetector(own).classify(document, { today, places: [] })
  return findings
    .filter(({ recogniser }) => recogniser.startsWith('own:'))
    .map(
      ({ field, start, end, recogniser, confidence }) =>
        `${recogniser} ${confidence} ${document.fields[field]!.text.slice(start, end)}`,
    )
}

describe('what they find', () => {
  test.each<readonly [Record<string, string>, readonly string[], string]>([
    [{ x: 'AC-1234' }, ['own:badge 0.6 AC-1234'], 'a whole value'],
    [{ vestiaire: 'AC-1234' }, ['own:badge 0.95 AC-1234'], 'a name above it'],
    [{ numeroVestiaire: 'AC-1234' }, ['own:badge 0.95 AC-1234'], 'a name in camel case'],
    [{ x: 'Cle du local : AC-1234.' }, ['own:badge 0.95 AC-1234'], 'a phrase before it'],
    [{ x: 'AC-12345' }, [], 'not within a longer word'],
    [{ x: 'xAC-1234' }, [], 'nor at the end of one'],
    [{ x: '(AC-1234)' }, ['own:badge 0.6 AC-1234'], 'between signs'],
    [{ x: 'elle vit aux LES  GLYCINES depuis mai' }, ['own:homes 0.9 LES  GLYCINES'], 'words, any case'],
    [{ x: 'villa beausejour' }, ['own:homes 0.9 villa beausejour'], 'words without accents'],
    [{ x: 'les glycines fanent, villa beau séjour' }, ['own:homes 0.9 les glycines'], 'whole words only'],
    [{ x: 'une villa' }, [], 'not a part of an entry'],
  ])('%j → %j (%s)', async (body, wanted) => {
    expect(await found([badge, homes], body)).toEqual(wanted)
  })

  test('a checksum that fails, or words that must be there and are not: nothing', async () => {
    const summed = { ...badge, checksum: 'luhn', context: undefined } as unknown as OwnRecogniser
    expect(await found([summed], { x: 'AC-1230 AC-1234' })).toEqual(['own:badge 0.6 AC-1230'])
    const needed: OwnRecogniser = { ...badge, context: { ...badge.context!, required: true } }
    expect(await found([needed], { x: 'AC-1234', y: 'vestiaire AC-1234' })).toEqual([
      'own:badge 0.95 AC-1234',
    ])
  })

  test('in a path segment a pattern acts, a list does not', async () => {
    const segments = ['AC-1234', 'Les Glycines']
    expect(await found([badge, homes], undefined, { segments })).toEqual(['own:badge 0.6 AC-1234'])
  })
})

describe('they only add', () => {
  const greedy: OwnRecogniser[] = [
    { id: 'dates', category: 'date', confidence: 1, pattern: '.{1,40}' },
    { id: 'words', category: 'org', confidence: 1, words: ['Jean', 'Dupont', 'maladie'] },
  ]
  const bodies = [
    'Bonjour, je suis Jean Dupont, mon numéro est le 06 12 34 56 78, arrêt maladie.',
    { nom: 'Dupont', iban: 'FR7630006000011234567890189', note: 'RAS', mdp: 'hunter2' },
    [{ email: 'jean@exemple.fr' }, { tel: '+33 6 12 34 56 78' }],
  ]
  test('whatever they claim, all that acted before acts still, with its category and span', async () => {
    for (const body of bodies) {
      const document = documentOf(body)
      const options = { today, places: [] }
      const before = acting(document, (await detector.classify(document, options)).findings)
      const after = acting(document, (await makeDetector(greedy).classify(document, options)).findings)
      expect(after).toEqual(expect.arrayContaining(before))
    }
  })
  test('free text stays free text, though one of them covers it', async () => {
    const all: OwnRecogniser = { id: 'all', category: 'org', confidence: 1, pattern: '.{1,120}' }
    const document = documentOf({ note: 'merci de rappeler le client demain matin' })
    const { findings } = await makeDetector([all]).classify(document, { today, places: [] })
    expect(findings.some(({ category }) => category === 'freetext')).toBe(true)
  })
})

test('work grows with the text and not faster, whatever the pattern', () => {
  const own = compileOwn([
    { id: 'long', category: 'org', confidence: 1, pattern: '(a|b|-){1,100}' },
    { id: 'many', category: 'org', confidence: 1, words: ['a b c d e f', 'a b c d e g'] },
    badge,
  ])
  const work = (text: string): number => {
    const site = makeSite(makeBudget(text.length, 1e9))
    enter(site, text, null, false)
    findOwn(own, site, '', false)
    return site.budget.spent
  }
  for (const piece of ['a-b-', 'a b c d e ', 'vestiaire AC-12', 'ab', '🙂-'])
    expect(work(piece.repeat(20_000)) / work(piece.repeat(10_000))).toBeLessThan(2.2)
})

test('another list is another version', () => {
  expect(makeDetector([badge]).version).not.toBe(makeDetector().version)
  expect(makeDetector([badge]).version).toBe(makeDetector([{ ...badge }]).version)
})
