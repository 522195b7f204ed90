import { describe, expect, test } from 'vitest'
import { ground } from '../../src/law/ground.ts'
import type { LegGround } from '../../src/model/ground.ts'
import type { Client, Dpf, Leg, Mechanism, Provider } from '../../src/model/register.ts'
import { client, contract, law, provider, scc, tia, today } from './world.ts'

interface Change {
  readonly on?: string
  readonly client?: Partial<Client>
  readonly provider?: Partial<Provider>
  readonly subjects?: readonly string[]
}

const leg = (its: Partial<Leg>, change: Change = {}): LegGround =>
  ground({
    law,
    client: { ...client, ...change.client },
    provider: { ...provider('MG', []), ...change.provider },
    contract: contract(),
    leg: { ...scc, ...its },
    subjects: change.subjects ?? ['employees'],
    on: change.on ?? today,
  })

/** No mechanism at all: what a DPO writes for the EEA and for adequacy. */
const bare: Partial<Leg> = {
  mechanism: undefined,
  module: undefined,
  annexes: undefined,
  signed_on: undefined,
  tia: undefined,
}

describe('standard contractual clauses to Madagascar', () => {
  test('in order they are the ground, with contract and TIA as reference, until the review of the TIA', () => {
    expect(leg({})).toEqual({
      from: 'FR',
      to: 'MG',
      kind: 'processing',
      class: 'third',
      ground: 'scc_ec',
      ground_ref: 'C-2025-14; TIA-7',
      problems: [],
      tia: 'problematic_not_applied',
      until: '2027-02-10',
    })
  })

  test.each<[remark: string, its: Partial<Leg>, change: Change, problems: readonly string[]]>([
    ['the last day of the TIA', {}, { on: '2027-02-10' }, []],
    ['one day after the TIA', {}, { on: '2027-02-11' }, ['tia_expired']],
    ['the day the TIA was done', {}, { on: '2026-02-10' }, []],
    ['one day before the TIA was done', {}, { on: '2026-02-09' }, ['tia_missing']],
    ['no TIA', { tia: undefined }, {}, ['tia_missing']],
    ['the day of signature', { tia: { ...tia, done_on: '2025-01-01' } }, { on: '2025-03-01' }, []],
    ['one day before', { tia: { ...tia, done_on: '2025-01-01' } }, { on: '2025-02-28' }, ['no_mechanism']],
    ['never signed', { signed_on: undefined }, {}, ['no_mechanism']],
    ['module one between controller and processor', { module: 'M1' }, {}, ['scc_module']],
    ['module three where the client exports', { module: 'M3' }, {}, ['scc_module']],
    ['no module', { module: undefined }, {}, ['scc_module']],
    ['Annex II missing', { annexes: ['I.A', 'I.B', 'I.C', 'III'] }, {}, ['scc_annex']],
    ['Annex I.B missing', { annexes: ['I.A', 'I.C', 'II', 'III'] }, {}, ['scc_annex']],
    ['no annexes', { annexes: undefined }, {}, ['scc_annex']],
    ['Annex III missing', { annexes: ['I.A', 'I.B', 'I.C', 'II'] }, {}, ['scc_annex']],
    [
      'Annex III under general authorisation',
      { annexes: ['I.A', 'I.B', 'I.C', 'II'], clause9: 'general' },
      {},
      [],
    ],
    ['the set in force, named', { scc_set: '2021/914' }, {}, []],
    ['the set of 2010', { scc_set: '2010/87' }, {}, ['scc_repealed']],
    ['the set of 2004', { scc_set: '2004/915' }, {}, ['scc_repealed']],
    ['the set of 2001', { scc_set: '2001/497' }, {}, ['scc_repealed']],
    ['a set that nobody knows', { scc_set: '2021/915' }, {}, ['scc_repealed']],
    ['no mechanism', { mechanism: undefined }, {}, ['no_mechanism']],
    ['a derogation', { mechanism: 'derogation' }, {}, ['derogation_refused']],
    [
      'a derogation as the fallback',
      { mechanism: undefined, fallback_mechanism: 'derogation' },
      {},
      ['derogation_refused'],
    ],
    [
      'all at once',
      { module: 'M4', annexes: [], tia: undefined },
      {},
      ['scc_module', 'scc_annex', 'tia_missing'],
    ],
    [
      'the provider exports, with the client’s proof',
      { exporter: 'provider', importer: 'client', module: 'M4', proof_ref: 'P-1' },
      {},
      [],
    ],
    [
      'the provider exports, no proof',
      { exporter: 'provider', importer: 'client', module: 'M4' },
      {},
      ['proof_missing'],
    ],
  ])('%s', (_remark, its, change, problems) => {
    const got = leg(its, change)
    expect(got.problems).toEqual(problems)
    expect(got.ground).toBe(problems.length === 0 ? 'scc_ec' : 'none')
    expect(got.ground_ref === '').toBe(problems.length > 0)
    expect(got.class).toBe('third')
  })
})

describe('the module follows the roles of both ends', () => {
  const roles = ['controller', 'processor', 'subprocessor'] as const
  const expected: Record<string, Leg['module']> = {
    'controller>controller': 'M1',
    'controller>processor': 'M2',
    'controller>subprocessor': 'M2',
    'processor>controller': 'M4',
    'processor>processor': 'M3',
    'processor>subprocessor': 'M3',
    'subprocessor>controller': 'M4',
    'subprocessor>processor': 'M3',
    'subprocessor>subprocessor': 'M3',
  }
  test.each(roles.flatMap((exporter) => roles.map((importer) => [exporter, importer] as const)))(
    '%s to %s',
    (exporter, importer) => {
      const right = (['M1', 'M2', 'M3', 'M4'] as const).filter(
        (module) => !leg({ module, roles: { exporter, importer } }).problems.includes('scc_module'),
      )
      expect(right).toEqual([expected[`${exporter}>${importer}`]])
    },
  )

  test('silent roles: a Lisbon provider to its affiliate in Rabat is module three', () => {
    const affiliate: Partial<Leg> = {
      from: 'PT',
      to: 'MA',
      exporter: 'provider',
      importer: 'Lusocall Maroc SARL',
      kind: 'remote_access',
      proof_ref: 'SCC-3',
      authorised_on: '2025-04-01',
    }
    const lisbon = { provider: { country: 'PT', name: 'Lusocall SA' } }
    expect(leg({ ...affiliate, module: 'M3' }, lisbon)).toMatchObject({ ground: 'scc_ec', problems: [] })
    expect(leg({ ...affiliate, module: 'M2' }, lisbon).problems).toEqual(['scc_module'])
  })

  test('a client that is itself a processor exports under module three', () => {
    const change: Change = { client: { role: 'processor' } }
    const authorised = { authorised_on: '2025-01-01' }
    expect(leg({ ...authorised, module: 'M3' }, change).problems).toEqual([])
    expect(leg({ ...authorised, module: 'M2' }, change).problems).toEqual(['scc_module'])
  })

  test('M4 needs Annex I.A and I.B only', () => {
    const back = { roles: { exporter: 'processor', importer: 'controller' }, module: 'M4' } as const
    expect(leg({ ...back, annexes: ['I.A', 'I.B'] }).problems).toEqual([])
    expect(leg({ ...back, annexes: ['I.A'] }).problems).toEqual(['scc_annex'])
  })
})

describe('every other mechanism of Article 46', () => {
  const others: readonly Mechanism[] = [
    'legal_instrument',
    'bcr_c',
    'bcr_p',
    'scc_sa',
    'code',
    'certification',
    'adhoc',
    'admin',
  ]
  const approval = { ref: 'DOC-1', entity_listed: true, binding_commitments: true, valid_to: '2027-01-31' }
  test.each<[Mechanism, Partial<Leg>]>([
    ['legal_instrument', { public_bodies: undefined }],
    ['admin', { public_bodies: undefined }],
    ['bcr_c', { approval: { ref: 'B' } }],
    ['bcr_p', { approval: { ...approval, entity_listed: false } }],
    ['bcr_p', { approval: undefined }],
    ['code', { approval: { ...approval, binding_commitments: false } }],
    ['certification', { approval: { ...approval, valid_to: '2026-11-22' } }],
    ['adhoc', { approval: undefined }],
  ])('%s without what it asks for is incomplete', (mechanism, less) => {
    const its = { mechanism, module: undefined, proof_ref: 'DOC-1', approval, public_bodies: true, ...less }
    expect(leg(its as Partial<Leg>)).toMatchObject({ ground: 'none', problems: ['mechanism_incomplete'] })
  })
  test('an approval that ends before the TIA ends the ground', () => {
    const its: Partial<Leg> = { mechanism: 'bcr_p', proof_ref: 'B', approval }
    expect(leg(its)).toMatchObject({ ground: 'bcr_p', until: '2027-01-31' })
  })

  test.each(others)('%s needs its document, a date and a TIA, and no module', (mechanism) => {
    const its: Partial<Leg> = {
      mechanism,
      module: undefined,
      annexes: undefined,
      proof_ref: 'DOC-1',
      approval: { ref: 'DOC-1', entity_listed: true, binding_commitments: true },
      public_bodies: true,
    }
    expect(leg(its)).toMatchObject({ ground: mechanism, ground_ref: 'DOC-1; TIA-7', problems: [] })
    expect(leg({ ...its, proof_ref: undefined })).toMatchObject({
      ground: 'none',
      problems: ['proof_missing'],
    })
    expect(leg({ ...its, signed_on: undefined })).toMatchObject({
      ground: 'none',
      problems: ['no_mechanism'],
    })
    expect(leg({ ...its, tia: undefined })).toMatchObject({ ground: 'none', problems: ['tia_missing'] })
    expect(leg(its, { on: '2027-02-11' })).toMatchObject({ ground: 'none', problems: ['tia_expired'] })
  })
})

describe('inside the EEA nothing is transferred', () => {
  test.each(['FR', 'PT', 'GR', 'IS', 'LI', 'NO', 'GP', 'RE', 'YT', 'MF', 'AX', 'IC', 'EA'])('%s', (to) => {
    expect(leg({ ...bare, to })).toMatchObject({
      class: 'eea',
      ground: 'not_a_transfer',
      ground_ref: 'C-2025-14',
      problems: [],
    })
  })

  test.each([
    'NC',
    'PF',
    'BL',
    'PM',
    'WF',
    'GL',
    'AW',
    'BQ',
    'SJ',
    'GI',
    'MC',
    'SM',
    'VA',
    'XK',
    'IN',
    'PH',
    'MA',
    'TN',
    'SN',
    'MU',
    'MG',
    'KE',
    'VN',
    'ZZ',
    '',
  ])('%s is a third country without adequacy', (to) => {
    expect(leg({ ...bare, to })).toMatchObject({ class: 'third', ground: 'none', problems: ['no_mechanism'] })
  })
})

describe('adequacy', () => {
  test.each(['CH', 'AR', 'GG', 'IM', 'JE', 'FO', 'AD', 'UY', 'NZ', 'GB', 'EPO'])(
    '%s is adequate as a whole',
    (to) => {
      const got = leg({ ...bare, to })
      expect(got).toMatchObject({ class: 'adequate', ground: 'adequacy', problems: [] })
      expect(got.ground_ref).toBe(law.adequacy.get(to)?.act)
    },
  )

  test.each([
    ['GB', '2031-12-27', 'adequacy', []],
    ['GB', '2031-12-28', 'none', ['adequacy_expired', 'no_mechanism']],
    ['BR', '2026-01-25', 'none', ['no_mechanism']],
    ['CH', '2000-07-25', 'none', ['no_mechanism']],
    ['CH', '2000-07-26', 'adequacy', []],
  ] as const)('%s on %s: %s', (to, on, expected, problems) => {
    expect(leg({ ...bare, to }, { on })).toMatchObject({ ground: expected, problems })
  })

  test('the day on which it ends is told', () => {
    expect(leg({ ...bare, to: 'GB' }).until).toBe('2031-12-27')
    expect(leg({ ...bare, to: 'CH' }).until).toBeUndefined()
  })

  test.each([
    ['CA', { recipient_pipeda: true }],
    ['IL', { il_automated: true, il_pre_1967_borders: true }],
    ['JP', { recipient_pihbo: true, jp_body_not_excluded: true }],
    ['KR', { kr_body_not_excluded: true, not_fsc_credit: true }],
    ['BR', { recipient_lgpd: true }],
  ] as const)('%s only for recipients inside its scope', (to, facts) => {
    const partly = { ...bare, to }
    expect(leg(partly, { provider: { scope_facts: facts } })).toMatchObject({
      class: 'adequate',
      problems: [],
    })
    expect(leg(partly)).toMatchObject({ class: 'third', problems: ['adequacy_scope', 'no_mechanism'] })
    for (const name of Object.keys(facts)) {
      const near = { provider: { scope_facts: { ...facts, [name]: false } } }
      expect(leg(partly, near).problems).toEqual(['adequacy_scope', 'no_mechanism'])
    }
  })

  test('facts of the provider say nothing of another importer', () => {
    const other: Partial<Leg> = {
      ...bare,
      to: 'CA',
      exporter: 'provider',
      importer: 'Maple Inc',
      authorised_on: '2025-01-01',
    }
    const facts = { recipient_pipeda: true }
    expect(leg(other, { provider: { scope_facts: facts } }).class).toBe('third')
    expect(leg({ ...other, scope_facts: facts }).class).toBe('adequate')
  })

  test('outside its scope clauses take over, and the lost adequacy is no problem any more', () => {
    expect(leg({ to: 'CA' })).toMatchObject({ class: 'third', ground: 'scc_ec', problems: [] })
  })
})

describe('the EU-US Data Privacy Framework', () => {
  const dpf: Dpf = {
    id: 'D-1',
    status: 'active',
    covers: ['hr', 'non_hr'],
    valid_to: '2027-01-31',
    checked_on: '2026-11-01',
  }
  const us = (its: Partial<Dpf> | undefined, subjects: readonly string[], on = today): LegGround =>
    leg(
      { ...bare, to: 'US' },
      { on, subjects, provider: { country: 'US', ...(its && { dpf: { ...dpf, ...its } }) } },
    )
  const lost = ['dpf_inactive', 'no_mechanism']

  test.each<
    [
      remark: string,
      its: Partial<Dpf> | undefined,
      subjects: readonly string[],
      on: string,
      problems: readonly string[],
    ]
  >([
    ['staff, listing covers HR', {}, ['employees'], today, []],
    ['staff, listing without HR', { covers: ['non_hr'] }, ['employees'], today, lost],
    ['applicants, listing without HR', { covers: ['non_hr'] }, ['applicants'], today, lost],
    ['customers, listing without HR', { covers: ['non_hr'] }, ['customers'], today, []],
    ['customers, listing of HR only', { covers: ['hr'] }, ['customers'], today, lost],
    [
      'staff and customers, listing without HR',
      { covers: ['non_hr'] },
      ['employees', 'customers'],
      today,
      lost,
    ],
    ['people of an unknown kind, listing without HR', { covers: ['non_hr'] }, ['employee'], today, lost],
    ['nobody said whose data, listing without HR', { covers: ['non_hr'] }, [], today, lost],
    ['the last day of the listing', {}, ['employees'], '2027-01-31', []],
    ['one day later', {}, ['employees'], '2027-02-01', lost],
    ['an inactive listing', { status: 'inactive' }, ['customers'], today, lost],
    ['no listing', undefined, ['customers'], today, lost],
  ])('%s', (_remark, its, subjects, on, problems) => {
    const got = us(its, subjects, on)
    expect(got.problems).toEqual(problems)
    expect(got).toMatchObject(
      problems.length === 0
        ? { class: 'adequate', ground: 'adequacy', ground_ref: '(EU) 2023/1795', until: '2027-01-31' }
        : { class: 'third', ground: 'none' },
    )
  })

  test('a registered fallback serves from the day on which the listing is lost', () => {
    const its: Partial<Leg> = { to: 'US', mechanism: undefined, fallback_mechanism: 'scc_ec' }
    const listed = { provider: { country: 'US', dpf } }
    expect(leg(its, listed)).toMatchObject({ class: 'adequate', ground: 'adequacy' })
    expect(leg(its, { ...listed, on: '2027-02-01' })).toMatchObject({
      class: 'third',
      ground: 'scc_ec',
      problems: [],
    })
    expect(leg({ ...its, tia: undefined }, { ...listed, on: '2027-02-01' }).problems).toEqual([
      'dpf_inactive',
      'tia_missing',
    ])
  })
})

describe('sub-processors need the controller’s authorisation, wherever they are', () => {
  const sub: Partial<Leg> = {
    ...bare,
    to: 'IE',
    exporter: 'provider',
    importer: 'Cloud Ltd',
    kind: 'sub_processing',
  }
  test.each<[remark: string, its: Partial<Leg>, problems: readonly string[]]>([
    ['none', {}, ['subprocessor_unauthorised']],
    ['given', { authorised_on: '2026-01-01' }, []],
    ['given today', { authorised_on: today }, []],
    ['given tomorrow', { authorised_on: '2026-11-24' }, ['subprocessor_unauthorised']],
    [
      'objection window over since yesterday',
      { authorised_on: '2026-01-01', objection_until: '2026-11-22' },
      [],
    ],
    [
      'last day to object',
      { authorised_on: '2026-01-01', objection_until: today },
      ['subprocessor_unauthorised'],
    ],
    ['staff of the provider itself', { importer: 'provider', same_entity: true, kind: 'remote_access' }, []],
    [
      'the provider itself, no sub-processor',
      { exporter: 'client', importer: 'provider', kind: 'storage' },
      [],
    ],
  ])('%s', (_remark, its, problems) => {
    expect(leg({ ...sub, ...its })).toMatchObject({ class: 'eea', ground: 'not_a_transfer', problems })
  })
})

describe('staff of the same entity abroad', () => {
  const own: Partial<Leg> = {
    ...bare,
    to: 'MA',
    exporter: 'provider',
    importer: 'provider',
    kind: 'remote_access',
  }
  test('is no transfer, and still a third country', () => {
    expect(leg({ ...own, same_entity: true })).toMatchObject({
      class: 'third',
      ground: 'not_a_transfer',
      problems: [],
    })
  })
  test('only if somebody said so', () => {
    expect(leg(own)).toMatchObject({ class: 'third', ground: 'none', problems: ['no_mechanism'] })
  })
  test('and only if it is one entity', () => {
    expect(leg({ ...own, importer: 'Other SARL', same_entity: true }).ground).toBe('none')
  })
  test('the provider under its legal name is the same entity', () => {
    expect(leg({ ...own, importer: 'Tana Paie SARLU', same_entity: true }).ground).toBe('not_a_transfer')
  })
})
