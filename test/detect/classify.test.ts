import { describe, expect, test } from 'vitest'
import { classify, detector, documentOf, inText, today } from './fixture.ts'

describe('a payroll record as a payroll office receives it', () => {
  const employee = {
    matricule: 'E-1042',
    nom: 'Durand',
    prenom: 'Élodie',
    nir: '2 85 05 69 123 456 51',
    date_naissance: '1985-05-12',
    adresse: { rue: '12 rue des Lilas', cp: '69003', ville: 'Lyon' },
    banque: { iban: 'FR76 3000 6000 0112 3456 7890 189', bic: 'AGRIFRPP' },
    salaire_brut: 3120.5,
    syndique: true,
    commentaire: 'Voir avec durand, ÉLODIE (dossier E-1042).',
    contact_urgence: { nom: 'Paul Mercier', tel: '+33 6 98 76 54 32' },
  }

  test('every leaf is found under its category', async () => {
    const { acting } = await classify({ mois: '2026-10', salaries: [employee] })
    expect(acting).toEqual([
      'id.employee E-1042',
      'name Durand',
      'name Élodie',
      'id.national 2 85 05 69 123 456 51',
      'birth.date 1985-05-12',
      'contact.address 12 rue des Lilas',
      'contact.postcode 69003',
      'contact.city Lyon',
      'fin.iban FR76 3000 6000 0112 3456 7890 189',
      'fin.bic AGRIFRPP',
      'hr.salary 3120.5',
      'belief.union true',
      'name durand, ÉLODIE',
      'id.employee E-1042',
      'name Paul Mercier',
      'contact.phone +33 6 98 76 54 32',
    ])
  })

  test('the emergency contact is a record of its own, the bank is not', async () => {
    const { findings, records, document } = await classify({ salaries: [employee, { nom: 'Petit' }] })
    const recordOf = (text: string) =>
      findings.find((one) => document.fields[one.field]!.text === text)!.record
    expect(recordOf('AGRIFRPP')).toBe(recordOf('Durand'))
    expect(recordOf('Paul Mercier')).not.toBe(recordOf('Durand'))
    expect(recordOf('+33 6 98 76 54 32')).toBe(recordOf('Paul Mercier'))
    expect(recordOf('Petit')).not.toBe(recordOf('Durand'))
    expect(records.every((record) => !record.child)).toBe(true)
  })
})

test('RAS alone goes as it came', async () => {
  expect((await classify({ commentaire: 'RAS' })).findings).toEqual([])
})

test('what was sent as a value is found again in a note, whatever its case and accents', async () => {
  const { acting } = await classify({
    client: { prenom: 'Hélène', nom: 'Lefèvre' },
    note: 'rappeler helene LEFEVRE demain',
  })
  expect(acting).toContain('name helene LEFEVRE')
})

test('a ticket segment named by the register is a case number with certainty', async () => {
  const { findings } = await classify(undefined, {
    segments: ['tickets', 'T-881'],
    places: ['/tickets/{id.case}'],
  })
  expect(findings).toMatchObject([
    { category: 'id.case', confidence: 1, recogniser: 'place', start: 0, end: 5 },
  ])
})

test.each([
  ['Je suis enceinte de trois mois.', 'health enceinte'],
  ['Mon arrêt maladie commence lundi', 'health arrêt maladie'],
  ['Il est diabétique', 'health diabétique'],
  ['He is a union member since 2019', 'belief.union union member'],
])('%s → %s', async (text, expected) => expect(await inText(text)).toContain(expected))

test('version is a digest of what is loaded', () => expect(detector.version).toMatch(/^[0-9a-f]{64}$/))

test('classify rejects nothing of an empty document', async () => {
  expect(await detector.classify(documentOf({}), { today, places: [] })).toEqual({
    findings: [],
    records: [{ path: null, child: false }],
  })
})

test('a support ticket: the customer in fields, in the note and in the address of the request', async () => {
  const ticket = {
    id: 'T-881',
    subject: 'Colis non reçu',
    created_at: '2026-11-20T09:12:00Z',
    lang: 'fr',
    amount: 129.9,
    product: { name: 'Clavier sans fil', sku: 'KB-2210-FR' },
    customer: { firstName: 'Inès', lastName: 'Benali', ip: '88.120.14.7' },
    messages: [{ text: 'Bonjour, ici Benali Ines, rappelez-moi au 07 66 55 44 33.' }, { text: 'ok merci' }],
  }
  const { acting, findings } = await classify(
    { ticket },
    { segments: ['tickets', 'T-881'], places: ['/tickets/{id.case}'] },
  )
  expect(acting).toEqual([
    'id.case T-881',
    'id.case T-881',
    'date 2026-11-20T09:12:00Z',
    'language fr',
    'name Inès',
    'name Benali',
    'online.ip 88.120.14.7',
    'name Benali Ines',
    'contact.phone 07 66 55 44 33',
  ])
  expect(findings.filter((one) => one.category === 'freetext').map((one) => one.confidence)).toEqual([
    1, 1, 1,
  ])
})

test('no finding says a value in its evidence', async () => {
  const { findings, document } = await classify({
    nom: 'Quorl',
    prenom: 'Xanthia',
    note: 'voir Quorl, né le 12/05/1985',
    'Mme Quorl': 1,
  })
  expect(findings.length).toBeGreaterThan(4)
  for (const one of findings) {
    expect(one.evidence).not.toContain(document.fields[one.field]!.text.slice(one.start, one.end))
    expect(`${one.evidence} ${one.recogniser}`).not.toMatch(/quorl|xanthia|1985/i)
  }
})
