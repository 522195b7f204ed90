import { describe, expect, test } from 'vitest'
import { keyRows } from '../../src/detect/lexicon/keys.ts'
import { classify, detector } from './fixture.ts'

const acting = async (body: unknown): Promise<string[]> =>
  (await classify(body)).findings
    .filter((one) => one.confidence >= 0.5 && !['freetext', 'date', 'org'].includes(one.category))
    .map((one) => one.category)

/** language or vocabulary, name of the field, value, category that acts or null */
const rows: readonly (readonly [string, string, unknown, string | null])[] = [
  ['de', 'Familienname', 'Köhler', 'name'],
  ['de', 'geb_datum', '12.05.1985', 'birth.date'],
  ['de', 'Staatsangehörigkeit', 'deutsch', 'nationality'],
  ['de', 'staatsangehoerigkeit', 'deutsch', 'nationality'],
  ['de', 'hausnummer', '12a', 'contact.address'],
  ['de', 'kontonummer', '648479930', 'fin.account'],
  ['de', 'nettoVerdienst', 2410.5, 'hr.salary'],
  ['de', 'arbeitsunfähigkeit', 'ja', 'health'],
  ['de', 'schwerbehindert', false, 'health'],
  ['de', 'konfession', 'rk', 'belief.religion'],
  ['de', 'gewerkschaftsmitglied', true, 'belief.union'],
  ['de', 'Mitarbeiternummer', '48213', 'id.employee'],
  ['es', 'primerApellido', 'García', 'name'],
  ['es', 'fechaNacimiento', '1985-05-12', 'birth.date'],
  ['es', 'domicilio', 'Calle Mayor 5', 'contact.address'],
  ['es', 'grado_discapacidad', 33, 'health'],
  ['es', 'baja_medica', 'sí', 'health'],
  ['es', 'antecedentes_penales', 'no', 'criminal'],
  ['es', 'telefono_movil', '612345678', 'contact.phone'],
  ['it', 'dataDiNascita', '12/05/1985', 'birth.date'],
  ['it', 'comune_di_nascita', 'Lecce', 'birth.place'],
  ['it', 'numero_civico', '12', 'contact.address'],
  ['it', 'gravidanza', true, 'health'],
  ['it', 'tessera_sindacale', 'CGIL', 'belief.union'],
  ['it', 'retribuzione_lorda', '2.310,00', 'hr.salary'],
  ['pt', 'apelido', 'Carvalho', 'name'],
  ['pt', 'data-de-nascimento', '1985-05-12', 'birth.date'],
  ['pt', 'freguesia', 'Arroios', 'contact.city'],
  ['pt', 'baixa_medica', true, 'health'],
  ['pt', 'numero_utente', '123456789', 'id.national'],
  ['nl', 'tussenvoegsel', 'van der', 'name'],
  ['nl', 'geboorteDatum', '12-05-1985', 'birth.date'],
  ['nl', 'huisnummer', '12', 'contact.address'],
  ['nl', 'ziekteverlof', 4, 'health'],
  ['nl', 'vakbondslidmaatschap', 'FNV', 'belief.union'],
  ['pl', 'imię', 'Zofia', 'name'],
  ['pl', 'data_urodzenia', '12.05.1985', 'birth.date'],
  ['pl', 'zwolnienieLekarskie', 'tak', 'health'],
  ['pl', 'wyznanie', 'x', 'belief.religion'],
  ['pl', 'numer_telefonu', '601 234 567', 'contact.phone'],
  ['ro', 'prenume', 'Ioana', 'name'],
  ['ro', 'data_nașterii', '12.05.1985', 'birth.date'],
  ['ro', 'concediu_medical', 3, 'health'],
  ['ro', 'cazier_judiciar', 'nu', 'criminal'],
  ['ro', 'localitate', 'Brașov', 'contact.city'],
  ['SAP', 'PERNR', '00048213', 'id.employee'],
  ['SAP', 'NACHN', 'Köhler', 'name'],
  ['SAP', 'VORNA', 'Jürgen', 'name'],
  ['SAP', 'GBDAT', '19850512', 'birth.date'],
  ['SAP', 'KONFE', '10', 'belief.religion'],
  ['SAP', 'STRAS', 'Hauptstr. 5', 'contact.address'],
  ['SAP', 'ANSAL', '41200.00', 'hr.salary'],
  ['SAP', 'BUKRS', '1000', null],
  ['SAP', 'ENDDA', '99991231', null],
  ['Salesforce', 'MailingStreet', '12 High Street', 'contact.address'],
  ['Salesforce', 'PersonBirthdate', '1985-05-12', 'birth.date'],
  ['Salesforce', 'PersonMobilePhone', '07700 900123', 'contact.phone'],
  ['Salesforce', 'SystemModstamp', '2026-11-27T10:00:00Z', null],
  ['HubSpot', 'firstname', 'Ann', 'name'],
  ['HubSpot', 'mobilephone', '07700 900123', 'contact.phone'],
  ['HubSpot', 'lifecyclestage', 'lead', null],
  ['Zendesk', 'requester_email', 'ann@example.com', 'contact.email'],
  ['Stripe', 'receipt_email', 'ann@example.com', 'contact.email'],
  ['Stripe', 'livemode', true, null],
  ['Workday', 'Preferred_Name_Data.First_Name', 'Ann', 'name'],
  ['Workday', 'Total_Base_Pay', 150000, 'hr.salary'],
  ['Workday', 'wd:Religion_Reference', 'x', 'belief.religion'],
  ['Workday', 'Ethnicity_Reference', 'x', 'ethnic'],
  ['DSN', 'S21.G00.30.001', '2850569123456', 'id.national'],
  ['DSN', 'S21_G00_30_002', 'DURAND', 'name'],
  ['DSN', 'S21.G00.60.001', '01', 'health'],
  ['DSN', 'S21.G00.50.004', '2401.22', 'hr.salary'],
  ['DSN', 'S21.G00.06.001', '732829320', null],
  ['HL7', 'PID.5', 'CRESWELL', 'name'],
  ['HL7', 'PID.7', '19500331', 'birth.date'],
  ['HL7', 'DG1.3', 'J45', 'health'],
  ['FHIR', 'birthDate', '1985-05-12', 'birth.date'],
  ['FHIR', 'multipleBirthBoolean', false, 'health'],
  ['UBL', 'cbc:ElectronicMail', 'lj@buyer.example', 'contact.email'],
  ['UBL', 'cbc:PostalZone', '69003', 'contact.postcode'],
  ['UBL', 'cbc:IssueDate', '2026-11-27', null],
  ['payslip', 'Net à payer', '2 401,22', 'hr.salary'],
  ['payslip', 'Taux PAS', '4.2', 'fin.income'],
  ['payslip', 'Arrêt maladie', '3', 'health'],
  // words that mean something else beside a thing
  ['near', 'net_weight', 12.5, null],
  ['near', 'race_condition', true, null],
  ['near', 'health_check', 'ok', null],
  ['near', 'locale_file', 'fr.json', null],
  ['near', 'union_type', 'A', null],
  ['near', 'customer_id', 7, null],
  ['near', 'matricule', '42', 'id.employee'],
  ['near', 'customer_id', 4512, 'id.customer'],
  ['near', 'mail_server', 'smtp.example.com', null],
]

test.each(rows)('%s: %s: %j → %s', async (_vocabulary, name, value, category) => {
  expect(await acting({ [name]: value })).toEqual(category === null ? [] : [category])
})

describe('what a field stands in', () => {
  test.each<[string, unknown, string[]]>([
    [
      'a debtor has a name',
      { Dbtr: { Nm: 'John Doe', PstlAdr: { StrtNm: 'Some Street', BldgNb: '12' } } },
      ['name', 'contact.address', 'contact.address'],
    ],
    ['an account that is no IBAN', { DbtrAcct: { Id: { Othr: { Id: 'X26-8060476890' } } } }, ['fin.account']],
    ['a bank’s code is the bank’s', { DbtrAgt: { FinInstnId: { BICFI: 'KREDBEBB' } } }, []],
    ['the same code alone', { bank: { bic: 'KREDBEBB' } }, ['fin.bic']],
    [
      'FHIR human name and contact',
      { name: [{ family: 'Okoye', given: ['Ada'] }], telecom: [{ system: 'phone', value: '555-861-9483' }] },
      ['name', 'name', 'contact.phone'],
    ],
    [
      'FHIR coded value',
      {
        maritalStatus: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', display: 'Never Married' },
          ],
        },
      },
      ['marital'],
    ],
    [
      'the print of a card is no finger’s',
      { payment_method_details: { card: { brand: 'visa', last4: '4242', fingerprint: 'Xt5EWLLDS7FJjR1c' } } },
      ['fin.card', 'online.device'],
    ],
    ['that of an employee is', { employee: { fingerprint: 'Xt5EWLLDS7FJjR1c' } }, ['biometric']],
    ['wrappers say nothing', { customer: { data: { attributes: { name: 'Ann Smith' } } } }, ['name']],
    ['nor do they make a product a person', { product: { data: { attributes: { name: 'Clavier' } } } }, []],
    [
      'a card’s property',
      { vcard: { N: 'Doe;John', TEL: '5555551111', VERSION: '3.0' } },
      ['name', 'contact.phone'],
    ],
  ])('%s: %j → %j', async (_why, body, categories) => expect(await acting(body)).toEqual(categories))
})

describe('pairs of name and value', () => {
  test.each<[unknown, string[]]>([
    [{ name: 'date_naissance', value: '1985-05-12' }, ['birth.date']],
    [
      {
        fields: [
          { field: 'Last name', value: 'Okoye' },
          { field: 'priority', value: 'high' },
        ],
      },
      ['name'],
    ],
    [
      {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/geolocation#latitude', valueDecimal: 42.45 },
        ],
      },
      ['location.gps'],
    ],
    [{ question: 'Votre religion ?', reponse: 'aucune idée' }, ['belief.religion']],
    [{ code: 'Arrêt maladie de Jean Dupont', value: 'voir annexe' }, ['health', 'name']],
    [{ name: 'Ann Smith', prenom: 'Ann', value: 12 }, ['name', 'name']],
    [{ code: '4100', value: 12 }, []],
  ])('%j → %j', async (body, categories) => expect(await acting(body)).toEqual(categories))
})

test('addresses of vocabularies are no addresses of a person', async () => {
  expect(
    await acting({ coding: [{ system: 'http://snomed.info/sct/900000000000207008', code: 'x' }] }),
  ).toEqual([])
  expect(await acting({ system: 'https://crm.example/people?name=okoye' })).toEqual(['online.url'])
})

test('every name of the lexicon may be printed, and is written as rows are written', () => {
  for (const { names } of keyRows)
    for (const name of names.split(/\s+/).filter((one) => one !== '')) {
      expect(name).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
      expect([name, detector.knownName(name)]).toEqual([name, true])
    }
})
