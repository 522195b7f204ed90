import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coveredByBoth, routeLaw, worst } from '../../src/law/route.ts'
import type { DestinationClass, RouteLaw } from '../../src/model/ground.ts'
import { mechanisms, type Client, type Contract, type Leg, type Provider } from '../../src/model/register.ts'
import { client, contract, law, provider, scc, tia, today } from './world.ts'

const route = (its: Provider, purpose = 'payroll', on = today, who: Client = client): RouteLaw =>
  routeLaw(law, who, its, purpose, on)

const ids = (got: RouteLaw): string[] => got.notes.map(({ id }) => id)

describe('a support centre in Lisbon whose affiliate in Rabat logs in', () => {
  const lisbon: Leg = { from: 'FR', to: 'PT', exporter: 'client', importer: 'provider', kind: 'processing' }
  const rabat: Leg = {
    ...scc,
    from: 'PT',
    to: 'MA',
    exporter: 'provider',
    importer: 'Lusocall Maroc SARL',
    kind: 'remote_access',
    module: 'M3',
    proof_ref: 'SCC-3',
    authorised_on: '2025-04-01',
  }
  test('is a third country, each leg with its ground in the order of the register', () => {
    const got = route(provider('PT', [contract([lisbon, rabat])]), 'support')
    expect(got).toMatchObject({ class: 'third', countries: ['PT', 'MA'], problems: [], notes: [] })
    expect(got.legs.map(({ ground }) => ground)).toEqual(['not_a_transfer', 'scc_ec'])
    expect(got.legs.map(({ ground_ref }) => ground_ref)).toEqual(['C-2025-14', 'SCC-3; TIA-7'])
  })
  test('without the affiliate it is the EEA and owes no TIA', () => {
    expect(route(provider('PT', [contract([lisbon])]))).toMatchObject({
      class: 'eea',
      tiaCovered: null,
      notes: [],
    })
  })
})

describe('the contract', () => {
  const on = (day: string, one?: Contract, purpose = 'payroll') =>
    route(provider('PT', one === undefined ? [] : [one]), purpose, day).problems

  test.each<
    [remark: string, day: string, one: Contract | undefined, purpose: string, problems: readonly string[]]
  >([
    ['in order', today, contract(), 'payroll', []],
    ['none at all', today, undefined, 'payroll', ['contract_missing']],
    ['one with somebody else', today, { ...contract(), client: 'dupont' }, 'payroll', ['contract_missing']],
    ['legs but no processor contract', today, { client: 'moreau' }, 'payroll', ['contract_missing']],
    ['the day of signature', '2025-03-01', contract(), 'payroll', []],
    ['one day before', '2025-02-28', contract(), 'payroll', ['contract_missing']],
    ['its last day', today, contract(undefined, { end_on: today }), 'payroll', []],
    ['one day after', today, contract(undefined, { end_on: '2026-11-22' }), 'payroll', ['contract_ended']],
    [
      'something of Article 28(3) missing',
      today,
      contract(undefined, { art28_3_a_to_h: false }),
      'payroll',
      ['contract_incomplete'],
    ],
    [
      'another purpose',
      today,
      contract(undefined, { purposes: ['support'] }),
      'payroll',
      ['purpose_outside'],
    ],
    ['a purpose that nobody knows', today, contract(), 'constructor', ['purpose_outside']],
    [
      'other people',
      today,
      contract(undefined, { data_subjects: ['customers'] }),
      'payroll',
      ['purpose_outside'],
    ],
    [
      'the same people',
      today,
      contract(undefined, { data_subjects: ['customers', 'employees'] }),
      'payroll',
      [],
    ],
  ])('%s', (_remark, day, one, purpose, problems) => {
    expect(on(day, one, purpose)).toEqual(problems)
  })

  test('what it covers is told, and null without one', () => {
    expect(route(provider('PT', [contract()])).covered).toEqual(['name', 'contact', 'hr.salary'])
    expect(route(provider('PT', [])).covered).toBeNull()
    expect(route(provider('MG', [])).problems).toEqual(['contract_missing', 'no_mechanism'])
  })
})

describe('legs that nobody wrote', () => {
  test('one processing leg to the provider’s country, and a sentence that says so in two languages', () => {
    const got = route(provider('PT', [contract()]))
    expect(got).toMatchObject({
      class: 'eea',
      countries: ['PT'],
      legs: [{ from: 'FR', to: 'PT', kind: 'processing' }],
    })
    expect(ids(got)).toEqual(['legs_silent'])
    expect(got.notes[0]?.en).toContain('Portugal')
    expect(got.notes[0]?.fr).toContain('Portugal')
  })
  test('a provider in Madagascar is a third country even if its register only speaks of a French host', () => {
    const host: Leg = { from: 'FR', to: 'FR', exporter: 'client', importer: 'provider', kind: 'storage' }
    const got = route(provider('MG', [contract([host])]))
    expect(got).toMatchObject({ class: 'third', countries: ['FR', 'MG'], problems: ['no_mechanism'] })
    expect(ids(got)).toEqual(['provider_country_unnamed'])
  })
  test('a provider in Spain with a French host is the EEA without more ado', () => {
    const host: Leg = { from: 'FR', to: 'FR', exporter: 'client', importer: 'provider', kind: 'storage' }
    expect(route(provider('ES', [contract([host])]))).toMatchObject({
      class: 'eea',
      countries: ['FR'],
      notes: [],
    })
  })
})

describe('sentences that change nothing', () => {
  const to = (country: string, more: Partial<Leg> = {}): Leg => ({
    from: 'FR',
    to: country,
    exporter: 'client',
    importer: 'provider',
    kind: 'processing',
    ...more,
  })
  test.each([
    ['2031-06-29', []],
    ['2031-06-30', ['adequacy_expires']],
    ['2031-12-27', ['adequacy_expires']],
  ])('the adequacy of the United Kingdom seen on %s', (day, expected) => {
    const got = route(provider('GB', [contract([to('GB')])]), 'payroll', day)
    expect(got.remarks).toEqual(expected)
    expect(got.named.adequacy_expires?.date).toBe(expected.length > 0 ? '2031-12-27' : undefined)
    expect(got.class).toBe('adequate')
  })
  test('a challenged decision without a fallback', () => {
    const dpf = {
      id: 'D',
      status: 'active',
      covers: ['hr'],
      valid_to: '2027-01-31',
      checked_on: today,
    } as const
    const us = (leg: Leg) => route(provider('US', [contract([leg])], { dpf })).remarks
    expect(us(to('US'))).toEqual(['adequacy_at_risk'])
    expect(us(to('US', { fallback_mechanism: 'scc_ec' }))).toEqual([])
  })
  test('staff of the same entity abroad', () => {
    const own = to('MA', { from: 'PT', exporter: 'provider', same_entity: true, kind: 'remote_access' })
    const got = route(provider('PT', [contract([to('PT'), own])]))
    expect(got).toMatchObject({ class: 'third', problems: [] })
    expect(got.remarks).toEqual(['same_entity_abroad'])
    expect(got.named.same_entity_abroad?.country).toEqual({ en: 'Morocco', fr: 'Maroc' })
  })
  test('every sentence is there in English and French, with its article', () => {
    const all = [
      route(provider('PT', [contract(undefined, { data_subjects: ['customers'] })])),
      route(provider('MG', [contract([to('FR')])])),
      route(provider('NC', [contract([to('NC')])])),
    ].flatMap(({ notes }) => notes)
    expect(new Set(all.map(({ id }) => id)).size).toBe(4)
    for (const { en, fr, article } of all) {
      expect(en).toMatch(/^[A-Z].+\.$/)
      expect(fr).toMatch(/^[A-Z].+\.$/)
      expect(article).toMatch(/GDPR/)
      expect(`${en}${fr}`).not.toContain('undefined')
    }
  })
})

describe('what TIAs cover', () => {
  const legs = (...scopes: (readonly string[] | 'contract' | undefined)[]): readonly Leg[] =>
    scopes.map((data_scope) => ({
      ...scc,
      tia: data_scope === undefined ? undefined : { ...tia, data_scope },
    }))
  const covered = (...scopes: (readonly string[] | 'contract' | undefined)[]) =>
    route(provider('MG', [contract(legs(...scopes))])).tiaCovered

  test.each<
    [remark: string, scopes: (readonly string[] | 'contract' | undefined)[], expected: readonly string[]]
  >([
    ['the contract', ['contract'], ['name', 'contact', 'hr.salary']],
    ['its own list', [['name']], ['name']],
    ['what both cover', [['name', 'contact'], ['contact.email']], ['contact.email']],
    ['nothing in common', [['name'], ['hr']], []],
    ['one TIA missing', ['contract', undefined], []],
  ])('%s', (_remark, scopes, expected) => expect(covered(...scopes)).toEqual(expected))

  test('contactless is not below contact', () => {
    expect(coveredByBoth(['contact'], ['contactless', 'contact.city'])).toEqual(['contact.city'])
  })
})

describe('facts for the rules on special categories and use case 2', () => {
  const applied = { ...tia, outcome: 'problematic_applied' } as const
  const on = (...legs: Leg[]) => route(provider('MG', [contract(legs)]))
  const eea: Leg = { from: 'FR', to: 'PT', exporter: 'client', importer: 'provider', kind: 'storage' }

  test('clause 8.7 must stand on every third-country leg', () => {
    const yes = { ...scc, clause_8_7: true }
    expect(on(yes, eea).clause87).toBe(true)
    expect(on(yes, scc).clause87).toBe(false)
    expect(on(scc).clause87).toBe(false)
  })
  test('every leg whose TIA found problematic law applied needs its analysis', () => {
    expect(on(scc).uc2Analysis).toBe(true)
    expect(on({ ...scc, tia: applied }).uc2Analysis).toBe(false)
    expect(on({ ...scc, tia: applied, uc2_analysis_ref: 'UC2-1' }).uc2Analysis).toBe(true)
    expect(
      on({ ...scc, tia: applied, uc2_analysis_ref: 'UC2-1' }, { ...scc, tia: applied }).uc2Analysis,
    ).toBe(false)
  })
  test('the outcome of each TIA is told by leg', () => {
    expect(on(scc, { ...scc, tia: applied }).legs.map((leg) => leg.tia)).toEqual([
      'problematic_not_applied',
      'problematic_applied',
    ])
  })
})

const codes = ['FR', 'PT', 'RE', 'NO', 'CH', 'GB', 'CA', 'US', 'BR', 'MA', 'MG', 'NC', 'IC', 'EPO', 'ZZ']
const anyDay = fc.constantFrom('2019-05-01', '2026-11-23', '2031-12-27', '2031-12-28', '2040-01-01')
const anyParty = fc.constantFrom('client', 'provider', 'Other SA', 'Tana Paie SARLU')
const anyLeg: fc.Arbitrary<Leg> = fc.record(
  {
    from: fc.constantFrom(...codes),
    to: fc.constantFrom(...codes),
    exporter: anyParty,
    importer: anyParty,
    kind: fc.constantFrom('storage', 'processing', 'remote_access', 'backup', 'sub_processing'),
    same_entity: fc.boolean(),
    mechanism: fc.constantFrom(...mechanisms),
    module: fc.constantFrom('M1', 'M2', 'M3', 'M4'),
    signed_on: fc.constantFrom('2018-01-01', '2030-01-01'),
    annexes: fc.subarray(['I.A', 'I.B', 'I.C', 'II', 'III']),
    tia: fc.constant(tia),
    proof_ref: fc.constant('P-1'),
    scope_facts: fc.record({ recipient_pipeda: fc.boolean(), recipient_lgpd: fc.boolean() }),
    authorised_on: fc.constant('2018-01-01'),
  },
  { requiredKeys: ['from', 'to', 'exporter', 'importer', 'kind'] },
)

describe('whatever the register says', () => {
  const rank = (one: DestinationClass): number => ['eea', 'adequate', 'third'].indexOf(one)

  test('a further leg never makes the destination better', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.array(anyLeg, { minLength: 1, maxLength: 4 }),
        anyLeg,
        fc.nat(4),
        anyDay,
        fc.record({ recipient_pipeda: fc.boolean() }),
        (country, legs, more, where, day, scope_facts) => {
          const its = (list: readonly Leg[]) =>
            route(provider(country, [contract(list)], { scope_facts }), 'payroll', day).class
          expect(rank(its(legs.toSpliced(where, 0, more)))).toBeGreaterThanOrEqual(rank(its(legs)))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('writing legs down never makes it better than saying nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.array(anyLeg, { minLength: 1, maxLength: 4 }),
        anyDay,
        (country, legs, day) => {
          const said = route(provider(country, [contract(legs)]), 'payroll', day)
          const silent = route(provider(country, [contract()]), 'payroll', day)
          expect(rank(said.class)).toBeGreaterThanOrEqual(rank(silent.class))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('a leg to a third country has a ground or a problem that explains why not, and one leg one element', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.array(anyLeg, { maxLength: 4 }),
        anyDay,
        (country, legs, day) => {
          const got = route(provider(country, [contract(legs)]), 'payroll', day)
          const none = got.legs.filter(({ ground }) => ground === 'none')
          expect(none.filter((leg) => leg.problems.length === 0 || leg.class !== 'third')).toEqual([])
          expect(
            got.legs.filter((leg) => (leg.ground === 'adequacy') !== (leg.class === 'adequate')),
          ).toEqual([])
          expect(
            [...new Set(got.legs.flatMap((leg) => leg.problems))].filter((p) => !got.problems.includes(p)),
          ).toEqual([])
          expect(got.class).toBe(worst(got.legs.map((leg) => leg.class)))
          expect(got.countries).toEqual(got.legs.map(({ to }) => to))
          expect(got.countries.slice(0, legs.length)).toEqual(legs.map(({ to }) => to))
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('a country that was observed (rule 13)', () => {
  const seen = (country: string, source = 'identity_provider') =>
    routeLaw(
      law,
      client,
      {
        ...provider('ES', [contract([{ ...scc, to: 'ES' }])]),
        observed: [{ country, source, on: '2026-11-10' }],
        trusted_sources: ['identity_provider', 'ip_geo'],
      },
      'payroll',
      today,
    )
  test.each([
    ['declared', 'ES', undefined, [], []],
    ['another', 'TN', undefined, ['country_undeclared'], []],
    ['another, by the geography of an IP address', 'TN', 'ip_geo', [], ['country_hint']],
    ['the Canaries, which are Spain', 'IC', undefined, [], []],
  ] as const)('%s', (_what, country, source, problems, remarks) => {
    const found = seen(country, source)
    expect(found.problems.filter((each) => each === 'country_undeclared')).toEqual(problems)
    expect(found.remarks.filter((each) => each === 'country_hint')).toEqual(remarks)
  })
})
