/** Persons of whom a letter is left, in German texts. */
import { describe, expect, test } from 'vitest'
import { inText } from './fixture.ts'

const names = async (text: string): Promise<string[]> =>
  (await inText(text)).filter((one) => one.startsWith('name ')).map((one) => one.slice(5))

describe('a letter is a person', () => {
  test.each([
    ['behind a word for one', 'Der Sachverständige L. hat dem Gericht nicht geantwortet.', ['L.']],
    ['with a verb behind it', 'Q. kündigte den Vertrag und zog mit dem Hund fort.', ['Q.']],
    ['in a clause', 'Es wurde vereinbart, dass W eine Rate zahlt und sich meldet.', ['W']],
    [
      'behind an article',
      'Die von der U ausgeübte Tätigkeit wurde nicht gemeldet, und das hat Folgen.',
      ['U'],
    ],
    [
      'in a list',
      'Die Rechtsanwälte D., Fr., N. und Dr. U. haben dem Schreiben nicht widersprochen.',
      ['D.', 'Fr.', 'N.', 'U.'],
    ],
    ['again in parentheses', 'Der Zeuge O (O) hat sich nicht gemeldet.', ['O', 'O']],
    ['behind two titles', 'Das Gutachten des Prof. Dr. W. hat dem Gericht nicht genügt.', ['W.']],
    ['and M. is no Monsieur', 'Es wurde gesagt, dass M. der Zeugin das Telefon nicht gab und ging.', ['M.']],
  ])('%s', async (_name, text, found) => expect(await names(text)).toEqual(found))
})

describe('behind a word for people stands a name', () => {
  test.each([
    ['Das hat der Handelsminister Grefkow nicht gesagt.', ['Grefkow']],
    [
      'Sie hat mit der Zeugin Ribhegge-Tolk und dem Richter Waldfeuchter gesprochen.',
      ['Ribhegge-Tolk', 'Waldfeuchter'],
    ],
    ['Sie ist Leiterin Einkauf und hat mit dem Anwalt Arbeitsrecht erörtert.', []],
    ['Dem Kläger wurde vom Richter Prozesskostenhilfe nicht gewährt.', []],
  ])('%j → %j', async (text, found) => expect(await names(text)).toEqual(found))
})

describe('a letter is no person', () => {
  test.each([
    ['a town', 'Das Büro wurde nach dem Umzug in F. geführt und nicht verkauft.'],
    ['a firm', 'Sie hat mit der M-GmbH und der D AG und der K. L. GmbH nicht verhandelt.'],
    [
      'a page, a section, a unit',
      'Das ist auf S. 12 gesagt, nach § A und bei 5 V nicht, vgl. Art. B des Gesetzes.',
    ],
    [
      'an abbreviation',
      'Das ist so gesagt (Duden, a. a. O., m. w. N.), i. S. des Gesetzes und i. V. m. dem Erlass.',
    ],
    ['an idiom', 'Der Kunde wurde von A bis Z nicht beraten, dem Preis nach.'],
    ['a thing', 'Ich habe die Größe M bestellt, und nun ist L geliefert, das hat nicht gepasst.'],
    ['a heading', 'A. Die Klage wurde nicht begründet.\nB. Der Antrag ist zulässig und begründet.'],
    ['a numeral', 'Der Antrag auf Leistungen nach dem SGB V wird zum I. Quartal nicht bewilligt.'],
    ['the initial of a surname elsewhere', 'W. Fesenkowa hat mit dem Modell W der Firma nicht gearbeitet.'],
    ['Herr der Lage', 'Er war nicht immer Herr der Lage und hat das auch gesagt.'],
    ['not in other languages', 'A friend of mine, I said, gave A the book and B went home.'],
  ])('%s', async (_name, text) =>
    expect(
      (await names(text)).filter((one) => one.replace(/\P{L}/gu, '').length < 3 || /Lage/.test(one)),
    ).toEqual([]),
  )
})
