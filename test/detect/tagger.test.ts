import { statSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '../../src/errors.ts'
import { makeBudget } from '../../src/detect/budget.ts'
import { loadModel } from '../../src/detect/names/tagger/model.ts'
import { makeTagger } from '../../src/detect/names/tagger/tagger.ts'
import { inText } from './fixture.ts'

const names = async (text: string): Promise<string[]> =>
  (await inText(text)).filter((one) => one.startsWith('name ')).map((one) => one.slice(5))

const model = loadModel()
const tagger = makeTagger(model)
const tag = (text: string) => tagger.tag(text, makeBudget(text.length), 0.3)

test('what was read before changes nothing', () => {
  const words = [
    'Karim',
    'BENALI',
    'le',
    'client',
    'Anna',
    'X',
    'iPhone',
    'de',
    'Vries',
    'rue',
    'merci',
    'Nom :',
    '-',
    '.\n',
    '12',
  ]
  const texts = fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(texts, (lists) => {
      const fresh = makeTagger(model)
      for (const list of lists) tag(list.join(' '))
      for (const list of lists.slice(-3)) {
        const text = list.join(' ')
        expect(tag(text)).toEqual(fresh.tag(text, makeBudget(text.length), 0.3))
      }
    }),
    { numRuns: 30 },
  )
})

describe('names without title, greeting or label', () => {
  test.each<[string, string[], string]>([
    ['La réunion avec Aminata Diallo est reportée à lundi prochain.', ['Aminata Diallo'], 'West African'],
    ['Hier, Hery Rakotomalala a rappelé le service.', ['Hery Rakotomalala'], 'Malagasy'],
    ['We spoke to Nguyen Thi Hoa about the invoice this morning.', ['Nguyen Thi Hoa'], 'Vietnamese'],
    ['Please ask Priya Venkataraman to sign the contract.', ['Priya Venkataraman'], 'Indian'],
    ['Die Rechnung hat Jürgen Kowalczyk gestern bezahlt.', ['Jürgen Kowalczyk'], 'German sentence'],
    ['Ayer hablé con Mercedes Ibáñez sobre el pedido.', ['Mercedes Ibáñez'], 'Spanish sentence'],
    ['Il pacco è stato consegnato a Giulia Ferraresi ieri.', ['Giulia Ferraresi'], 'Italian sentence'],
    ['Ontem falei com Joana Figueiredo sobre a encomenda.', ['Joana Figueiredo'], 'Portuguese sentence'],
    [
      'Gisteren heb ik met Sanne de Vries gesproken over de factuur.',
      ['Sanne de Vries'],
      'Dutch, with particle',
    ],
    ['Umowę podpisał wczoraj Krzysztof Wiśniewski w biurze.', ['Krzysztof Wiśniewski'], 'Polish sentence'],
    ['Contractul a fost semnat de Ionuț Popescu ieri.', ['Ionuț Popescu'], 'Romanian sentence'],
    ['RENDEZ-VOUS AVEC SOPHIE LEFEBVRE LE 12', ['SOPHIE LEFEBVRE'], 'capitals'],
    ['hi my name is rajesh kumar and my order is late', ['rajesh kumar'], 'lower-case chat'],
    ['Écrire à jean.dupont@example.fr ou voir https://example.fr/Jean-Dupont', [], 'mail and URL are masked'],
    [
      "bonjour c'est fatoumata diallo, le dossier est au nom de rakotomalala",
      ['fatoumata diallo', 'rakotomalala'],
      'lower-case French',
    ],
    ['hi this is muthuraja\ni need my boarding pass\nname karthick', ['muthuraja', 'karthick'], 'Tamil chat'],
    ['Der Zeuge K. hat nichts gesehen, sagte Rechtsanwalt Himmelmann.', ['K.', 'Himmelmann'], 'initials'],
    ['Hrabovszky plädierte gestern dafür, das Gesetz zu ändern.', ['Hrabovszky'], 'a surname nobody listed'],
    [
      'De heer van der Linden en Ayşe Yıldırım tekenden het contract.',
      ['van der Linden', 'Ayşe Yıldırım'],
      'Dutch and Turkish',
    ],
    [
      'Agent: Okay\nCustomer: Sounds good\nAgent: Great, anything else?\nCustomer: Sure',
      [],
      'turns of a transcript',
    ],
    ['Conseiller : Parfait, je regarde.\nClient : Merci beaucoup', [], 'turns of a French transcript'],
    ['Conditions Générales de Vente et Politique de Confidentialité', [], 'a heading'],
    ['Sehr geehrte Damen und Herren, die Lieferung ist noch nicht eingetroffen.', [], 'German nouns'],
    ['The Customer Support Team will answer on Monday.', [], 'a team'],
  ])('%s → %j (%s)', async (text, found) => expect(await names(text)).toEqual(found))
})

describe('the model', { timeout: 60_000 }, () => {
  test('is a file of at most 2 MB and says what it was made with', () => {
    const file = new URL('../../src/detect/names/tagger/names.model', import.meta.url)
    expect(statSync(file).size).toBeLessThanOrEqual(2_000_000)
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(model.header.features).toBeGreaterThan(100_000)
  })

  test('offsets are those of the text, whatever precedes the name', () => {
    for (const before of ['', 'é', 'e\u0301', '🙂 ', '\u200b', 'ǅ ', '𝒜 ']) {
      const text = `${before}We met Maria Fernandez in the office.`
      expect(tag(text).map((one) => text.slice(one.start, one.end))).toEqual(['Maria Fernandez'])
    }
  })

  test('a name gives the same answer before and after other texts filled the cache', () => {
    const text = 'We met Maria Fernandez in the office.'
    const before = tag(text)
    for (let round = 0; round < 20; round++) {
      tag(Array.from({ length: 1000 }, (_, n) => `Q${letters(round * 1000 + n)}`).join(' '))
    }
    expect(tag(text)).toEqual(before)
  })

  test('spans lie in the text, in order, and a long run of capitals is cut, not refused', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom('Jean', 'DE', ' ', '-', '@', '://', '\n', 'M.'),
          ),
          {
            maxLength: 60,
          },
        ),
        (parts) => {
          const text = parts.join('')
          let last = 0
          for (const { start, end, marginal } of tag(text)) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            expect(marginal).toBeLessThanOrEqual(1 + 1e-9)
            last = end
          }
        },
      ),
      { numRuns: 200 },
    )
    expect(() => tag('Abc '.repeat(50_000))).not.toThrow()
  })

  test('work grows with the text and stops at the budget', () => {
    const spent = (text: string) => {
      const budget = makeBudget(text.length)
      tagger.tag(text, budget)
      return budget.spent
    }
    for (const unit of ['Jean Dupont ', 'A ', 'a@', 'Nom : ', '\n', 'xyzq ']) {
      expect(spent(unit.repeat(20_000))).toBeLessThanOrEqual(2.1 * spent(unit.repeat(10_000)))
    }
    expect(() => tagger.tag('Jean '.repeat(1000), { allowed: 6000, spent: 0 })).toThrow(Refused)
    expect(tag('We met Maria Fernandez in the office.')).toHaveLength(1)
  })
})

const letters = (value: number): string =>
  [...String(value)].map((digit) => String.fromCharCode(97 + Number(digit))).join('')
