/** Random small policies for properties: rules, register entries and categories that differ in what decides. */
import * as fc from 'fast-check'
import { categories, treatmentOrder } from '../../src/model/category.ts'
import type { ActFrom, Bundle, Rule, When } from '../../src/policy/bundle.ts'
import type { Said } from './hand.ts'
import { shipped, withEntries } from './hand.ts'

export const category = fc.constantFrom(...categories)

/** Keys of one finding, of the category, of the route; those that look at several findings are apart. */
export const plainAtom: fc.Arbitrary<When> = fc.oneof(
  category.map((each) => ({ category: [each] })),
  fc.constantFrom<When>(
    { class: ['third'] },
    { class: ['eea'] },
    { category: ['contact'] },
    { category: ['id'] },
    { confidence: { below: 0.6 } },
    { confidence: { from: 0.2 } },
    { confidence: { from: 0.5, below: 0.9 } },
    { path: ['rows.*.iban'] },
    { path: ['**.nom'] },
    { path: ['rows.**'] },
    { problem: ['category_outside'] },
    { problem: ['tia_scope', 'tia_expired'] },
    { problem: ['tia_expired', 'contract_ended'] },
    { nir_basis: ['present'] },
    { nir_basis: ['missing'] },
    { third_art9: ['missing'] },
    { third_art9: ['present'] },
    { condition: ['missing'] },
    { recogniser: ['hand'] },
    { date: { from: '2027-01-01' } },
    { date: { until: '2027-06-30' } },
    { purpose: ['payroll'] },
    { provider: ['tana-paie'] },
    { method: ['GET'] },
    { media: ['json'] },
    { media: ['text', 'application/vnd.x+json'] },
    {},
  ),
)
export const combinationAtom: fc.Arbitrary<When> = fc.constantFrom<When>(
  { found: ['name'] },
  { found: ['health', 'fin'] },
  { k: { below: 2 } },
  { k: { below: 5 }, found: ['name'] },
  { uc2_ok: false },
  { uc2_ok: true },
)

export const whenOf = (atom: fc.Arbitrary<When>): fc.Arbitrary<When> =>
  fc.letrec<{ when: When }>((tie) => ({
    when: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      tie('when').map((not) => ({ not })),
      fc.tuple(atom, tie('when')).map(([a, not]) => ({ ...a, not })),
    ),
  })).when

export const routeWhen: fc.Arbitrary<When> = fc.constantFrom<When>(
  {},
  { class: ['third'] },
  { client: ['moreau'] },
  { provider: ['tana-paie'] },
  { ground: ['none'] },
  { not: { problem: ['tia_expired'] } },
)

export const treatment = fc.oneof(
  fc.constantFrom(...treatmentOrder).map((name) => ({ name })),
  fc
    .constantFrom('hmac', 'token', 'encrypt')
    .map((parameter) => ({ name: 'pseudonymise' as const, parameter })),
  fc
    .constantFrom('month', 'year', 'decade', '1', '2', 'country')
    .map((parameter) => ({ name: 'generalise' as const, parameter })),
)

let made = 0
export const asRule =
  (prefix: string) =>
  ([decide, its]: [Rule['decide'], When]): Rule => ({
    id: `${prefix}-${made++}`,
    decide,
    when: its,
    because: { en: 'Because.', fr: 'Parce que.', article: 'GDPR 5' },
    overridable: false,
    source: { file: 'rules/own.yaml', line: 1, column: 1 },
  })

export const plainRestriction = fc.tuple(treatment, whenOf(plainAtom)).map(asRule('own'))
export const restriction = fc
  .tuple(
    treatment,
    whenOf(fc.oneof({ weight: 3, arbitrary: plainAtom }, { weight: 1, arbitrary: combinationAtom })),
  )
  .map(asRule('own'))
export const grant = fc.tuple(fc.constant('grant' as const), routeWhen).map(asRule('grant'))

export const said: fc.Arbitrary<Said[]> = fc.array(
  fc.record({
    path: fc.constantFrom('a', 'b.c', 'rows.0.iban', 'rows.1.nom', 'note'),
    category: fc.oneof(category, fc.constantFrom('health' as const, 'name' as const, 'id.national' as const)),
    kind: fc.constantFrom('text' as const, 'number' as const),
    confidence: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 0.9, 1),
    record: fc.constantFrom(0, 1),
    finding: fc.constantFrom('nir', 'other'),
  }),
  { maxLength: 8 },
)
export const records = fc
  .tuple(fc.boolean(), fc.boolean())
  .map((marks) => marks.map((child) => ({ path: null, child })))

const tana = shipped.providers.get('tana-paie')
const moreau = shipped.clients.get('moreau')

/** The shipped pack with another register: assessments, ends, needs, special categories. */
export const registered: fc.Arbitrary<Bundle> = fc
  .record({
    outcome: fc.constantFrom('no_problematic_law', 'problematic_not_applied', 'problematic_applied'),
    review_by: fc.constantFrom('2027-02-10', '2028-02-10', '2026-11-30'),
    end_on: fc.constantFrom(undefined, '2027-12-31'),
    needs: fc.constantFrom(['hr.salary'], ['name', 'hr', 'id'], []),
    special: fc.boolean(),
    status: fc.constantFrom('approved', 'approved', 'approved', 'suspended'),
  })
  .map(({ outcome, review_by, end_on, needs, special, status }) => {
    const contracts = (tana?.contracts ?? []).map((contract) => ({
      ...contract,
      dpa: {
        ...contract.dpa,
        categories: [...(contract.dpa?.categories ?? []), 'health', 'belief'],
        ...(end_on === undefined ? {} : { end_on }),
      },
      legs: (contract.legs ?? []).map((leg) => ({
        ...leg,
        clause_8_7: special,
        tia: { ...leg.tia, outcome, review_by },
      })),
    }))
    return withEntries(shipped, {
      provider: { contracts, status } as never,
      client: {
        purposes: {
          ...moreau?.purposes,
          payroll: {
            data_subjects: ['employees'],
            need_to_know: needs,
            retention_days: 400,
            nir_basis: 'payroll',
            ...(special ? { third_art9: ['health'], dpia_ref: 'D-1', art9_condition: 'b' } : {}),
          },
        },
      },
    })
  })

/** Another default, another `act_from`. */
export const withCategory = (bundle: Bundle): fc.Arbitrary<Bundle> =>
  fc
    .tuple(
      category,
      fc.constantFrom<ActFrom>(0, 0.2, 0.5, 0.9, { eea: 0.9, third: 0.2 }, { third: 0.6 }),
      treatment,
    )
    .map(([each, act_from, third]) => {
      const entry = bundle.categories.get(each)
      return entry === undefined
        ? bundle
        : {
            ...bundle,
            categories: new Map([...bundle.categories, [each, { ...entry, act_from, third }] as const]),
          }
    })

/** A counterexample shows what is its own, not the shipped pack. */
const readable = (bundle: Bundle): Bundle =>
  Object.assign({}, bundle, {
    [fc.toStringMethod]: () =>
      JSON.stringify({
        rules: bundle.rules.map((rule) =>
          rule.source.file === 'rules/own.yaml' ? [rule.decide, rule.when] : rule.id,
        ),
        purposes: bundle.clients.get('moreau')?.purposes,
        tana: bundle.providers.get('tana-paie'),
        categories: [...bundle.categories.values()].filter(
          (entry) => entry !== shipped.categories.get(entry.category),
        ),
      }),
  })

/** A policy of its own register, some rules of the pack and some more. */
export const policy = (more: fc.Arbitrary<Rule>): fc.Arbitrary<Bundle> =>
  registered
    .chain((bundle) =>
      fc.oneof({ weight: 2, arbitrary: fc.constant(bundle) }, { weight: 1, arbitrary: withCategory(bundle) }),
    )
    .chain((bundle) =>
      fc
        .tuple(
          fc.subarray([...bundle.rules], { minLength: Math.max(0, bundle.rules.length - 3) }),
          fc.array(more, { maxLength: 3 }),
        )
        .map(([kept, added]) => readable({ ...bundle, rules: [...kept, ...added] })),
    )
