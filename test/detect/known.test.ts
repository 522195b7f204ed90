import { describe, expect, test } from 'vitest'
import { dayOf } from '../../src/detect/known-values.ts'
import { classify } from './fixture.ts'

const inNote = async (fields: Record<string, unknown>, note: string): Promise<string[]> => {
  const { document, findings } = await classify({ ...fields, note })
  return findings
    .filter(
      (one) =>
        document.fields[one.field]!.key === 'note' &&
        document.fields[one.field]!.place === 'leaf' &&
        one.confidence >= 0.5 &&
        !['freetext', 'date', 'org'].includes(one.category),
    )
    .map((one) => `${one.category} ${document.fields[one.field]!.text.slice(one.start, one.end)}`)
}

describe('a value found for certain is searched in the whole payload', () => {
  const person = { nom: 'Rakotomalala', prenom: 'Hélène' }
  test.each<[string, Record<string, unknown>, string, string[]]>([
    ['initial before', person, 'vu avec H. Rakotomalala ce matin', ['name H. Rakotomalala']],
    [
      'initials before',
      { nom: 'Duquesnoy', prenom: 'Jean-Paul' },
      'vu J.-P. Duquesnoy hier',
      ['name J.-P. Duquesnoy'],
    ],
    ['initial behind', person, 'dossier de Rakotomalala H. traité', ['name Rakotomalala H.']],
    ['order and capitals', person, 'dossier RAKOTOMALALA Hélène traité', ['name RAKOTOMALALA Hélène']],
    ['no accents, lower case', person, 'helene rakotomalala a rappelé', ['name helene rakotomalala']],
    [
      'umlaut written out',
      { Nachname: 'Müllenbäcker' },
      'Anruf von Herrn Muellenbaecker erhalten',
      ['name Muellenbaecker'],
    ],
    ['umlaut put back', { Nachname: 'Kruegermann' }, 'Anruf von krügermann erhalten', ['name krügermann']],
    ['genitive', { Nachname: 'Kruegermann' }, 'Kruegermanns Antrag liegt vor', ['name Kruegermanns']],
    [
      'short parts together',
      { nom: 'Ng', prenom: 'Bo' },
      'rappeler Ng Bo ou Bo Ng demain',
      ['name Ng Bo', 'name Bo Ng'],
    ],
    ['short parts alone say nothing', { nom: 'Ng', prenom: 'Bo' }, 'le lot ng est complet', []],
    [
      'an address',
      { adresse: '12 rue des Lilas' },
      'livrer au 12, Rue des lilas.',
      ['contact.address 12, Rue des lilas'],
    ],
    [
      'an identifier in groups',
      { matricule: 'AB 1042 77' },
      'voir matr. ab-1042-77 svp',
      ['id.employee ab-1042-77'],
    ],
    [
      'a day of birth, written out',
      { date_naissance: '1985-05-12' },
      'elle a signé le 12 mai 1985 et le 3 juin 2026',
      ['birth.date 12 mai 1985'],
    ],
    [
      'a day of birth, in figures',
      { date_naissance: '12/05/1985' },
      'dossier du 1985-05-12 ok',
      ['birth.date 1985-05-12'],
    ],
    ['another day is a date', { date_naissance: '1985-05-12' }, 'livraison du 13/05/1985 ok', []],
  ])('%s: %j in «%s»', async (_title, fields, note, expected) =>
    expect(await inNote(fields, note)).toEqual(expected),
  )
})

test.each([
  ['1985-05-12', '1985-05-12'],
  ['1985-05-12T00:00:00Z', '1985-05-12'],
  ['12.05.1985', '1985-05-12'],
  ['05/31/1985', '1985-05-31'],
  ['19850512', '1985-05-12'],
  ['12 mai 1985', '1985-05-12'],
  ['May 12, 1985', '1985-05-12'],
  ['12/05/85', null],
  ['mai 1985', null],
  ['40/40/1985', null],
])('the day of %s is %s', (text, day) => expect(dayOf(text)).toBe(day))

describe('one person stays one subject', () => {
  const records = async (body: unknown) => {
    const { findings, document } = await classify(body)
    return (text: string, key: string) =>
      findings.find(
        (one) =>
          document.fields[one.field]!.key === key &&
          document.fields[one.field]!.place === 'leaf' &&
          document.fields[one.field]!.text.slice(one.start, one.end) === text,
      )?.record
  }
  const salaries = [
    { nom: 'Durand', prenom: 'Ann' },
    { nom: 'Rakotomalala', prenom: 'Paul' },
    { nom: 'Durand', prenom: 'Karim' },
  ]
  test('a name in the note of a batch is that of the record which holds it', async () => {
    const of = await records({ salaries, note: 'voir Karim Durand, puis Rakotomalala' })
    expect(of('Karim Durand', 'note')).toBe(of('Karim', 'prenom'))
    expect(of('Rakotomalala', 'note')).toBe(of('Rakotomalala', 'nom'))
  })
  test('a name that two records share stays where it stands', async () => {
    const of = await records({ salaries, note: 'voir Durand' })
    expect(of('Durand', 'note')).toBe(0)
  })
  test('a minor in words marks the record', async () => {
    const { records: places } = await classify({ note: 'Il a un enfant mineur à charge.' })
    expect(places[0]!.child).toBe(true)
  })
})
