import { expect, test } from 'vitest'
import { classify } from './fixture.ts'

const records = async (body: unknown, more = {}) => {
  const { findings, records, document } = await classify(body, more)
  return {
    of: (text: string) => findings.find((one) => document.fields[one.field]!.text === text)?.record,
    child: (text: string) =>
      records[findings.find((one) => document.fields[one.field]!.text === text)!.record]!.child,
    records,
  }
}

test('each employee of a batch is a record; the batch’s own fields belong to the document', async () => {
  const r = await records({
    responsable: 'Ann Smith',
    salaries: [
      { nom: 'Durand', iban: 'FR7630006000011234567890189' },
      { nom: 'Petit', email: 'p@exemple.fr' },
    ],
  })
  expect(r.of('Durand')).toBe(r.of('FR7630006000011234567890189'))
  expect(r.of('Petit')).toBe(r.of('p@exemple.fr'))
  expect(new Set([r.of('Ann Smith'), r.of('Durand'), r.of('Petit')]).size).toBe(3)
  expect(r.of('Ann Smith')).toBe(0)
  expect(r.records[0]!.path).toBe(null)
})

test('bank, address and bank accounts belong to the person, an emergency contact and a spouse do not', async () => {
  const r = await records({
    nom: 'Durand',
    prenom: 'Ann',
    banque: { iban: 'FR7630006000011234567890189' },
    comptes: [{ iban: 'DE89370400440532013000' }],
    conjoint: { nom: 'Durand', prenom: 'Paul' },
    contact_urgence: { nom: 'Mercier', tel: '0612345678' },
  })
  expect([r.of('FR7630006000011234567890189'), r.of('DE89370400440532013000')]).toEqual([0, 0])
  expect(r.of('Paul')).not.toBe(0)
  expect(r.of('Mercier')).toBe(r.of('0612345678'))
  expect(r.of('Mercier')).not.toBe(r.of('Paul'))
})

test('a list of plain values belongs to its holder', async () => {
  const r = await records({ clients: [{ nom: 'Durand', emails: ['a@exemple.fr', 'b@exemple.fr'] }] })
  expect(r.of('b@exemple.fr')).toBe(r.of('Durand'))
})

test('target and headers belong to the document', async () => {
  const r = await records([{ nom: 'Durand', prenom: 'Ann' }], {
    segments: ['clients', 'a@exemple.fr'],
    parameters: { iban: 'FR7630006000011234567890189' },
  })
  expect([r.of('a@exemple.fr'), r.of('FR7630006000011234567890189')]).toEqual([0, 0])
  expect(r.of('Durand')).not.toBe(0)
})

test.each<[unknown, boolean, string]>([
  [{ prenom: 'Léo', date_naissance: '2015-02-03' }, true, 'eleven years old'],
  [{ prenom: 'Léo', date_naissance: '03/02/2015' }, true, 'another spelling'],
  [{ prenom: 'Léo', date_naissance: '2008-11-23' }, false, 'eighteen today'],
  [{ prenom: 'Léo', date_naissance: '2008-11-24' }, true, 'eighteen tomorrow'],
  [{ prenom: 'Léo', date_naissance: '24/11/2008' }, true, 'eighteen tomorrow, day first'],
  [{ prenom: 'Léo', date_naissance: '20081124' }, true, 'eighteen tomorrow, in one piece'],
  [{ prenom: 'Léo', date_naissance: '1985-02-03' }, false, 'an adult'],
  [{ prenom: 'Léo', age: 12 }, true, 'by age'],
  [{ prenom: 'Léo', age: 45 }, false, 'an adult by age'],
  [{ prenom: 'Léo', mineur: true }, true, 'a key that says so'],
  [{ prenom: 'Léo', mineur: false }, false, 'a key that denies it'],
  [{ prenom: 'Léo', mineur: 'oui' }, true, 'a key that says so in a word'],
  [{ prenom: 'Léo', is_minor: 'Yes' }, true, 'a key that says so in English'],
  [{ prenom: 'Léo', isMinor: 1 }, true, 'a key that says so with a number'],
  [{ prenom: 'Léo', mineur: 'non' }, false, 'a key that denies it in a word'],
  [{ prenom: 'Léo', mineur: 0 }, false, 'a key that denies it with a number'],
  [{ prenom: 'Léo', enfants: 1 }, false, 'one child is not being one'],
  [{ prenom: 'Léo', date_naissance: '14/07/12' }, true, 'a year of two digits may be a child’s'],
  [
    { prenom: 'Léo', date_naissance: '14/07/85' },
    false,
    'a year of two digits that is to come is of the last century',
  ],
  [{ prenom: 'Léo', nombre_enfants: 2 }, false, 'having children is not being one'],
])('%j: child %s (%s)', async (body, child) => expect((await records(body)).child('Léo')).toBe(child))

test('children in a list named so are children, their parent is not', async () => {
  const r = await records({
    salaries: [{ nom: 'Durand', prenom: 'Ann', enfants: [{ prenom: 'Léo' }, { prenom: 'Zoé' }] }],
  })
  expect([r.child('Léo'), r.child('Zoé'), r.child('Ann')]).toEqual([true, true, false])
})
