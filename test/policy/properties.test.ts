import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categories, treatmentOrder } from '../../src/model/category.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { Bundle, Rule, When } from '../../src/policy/bundle.ts'
import { ladders, sameTreatment, strength } from '../../src/policy/treatment.ts'
import type { Said } from './hand.ts'
import {
  decideOn,
  lyon,
  moreau,
  register,
  shipped,
  shippedFiles,
  tana,
  toLyon,
  toTana,
  withEntries,
} from './hand.ts'
import { loadFiles } from '../../src/policy/load.ts'

const category = fc.constantFrom(...categories)
const said: fc.Arbitrary<Said[]> = fc.array(
  fc.record({
    path: fc.constantFrom('a', 'b.c', 'rows.0.iban', 'rows.1.nom', 'note'),
    category,
    kind: fc.constantFrom('text' as const, 'number' as const, 'boolean' as const),
    confidence: fc.constantFrom(0, 0.3, 0.5, 0.8, 1),
    record: fc.constantFrom(0, 1),
    finding: fc.constantFrom('nir', 'other'),
  }),
  { maxLength: 8 },
)
const records = fc
  .tuple(fc.boolean(), fc.boolean())
  .map((marks) => marks.map((child) => ({ path: null, child })))
const ask = fc.constantFrom(toTana, toLyon, { ...toTana, purpose: 'newsletter' }, { ...toTana, region: 'MG' })

const atom: fc.Arbitrary<When> = fc.oneof(
  category.map((each) => ({ category: [each] })),
  fc.constantFrom<When>(
    { class: ['third'] },
    { class: ['eea'] },
    { category: ['contact'] },
    { confidence: { below: 0.6 } },
    { confidence: { from: 0.2 } },
    { path: ['rows.*.iban'] },
    { path: ['**.nom'] },
    { found: ['name'] },
    { found: ['health', 'fin'] },
    { k: { below: 2 } },
    { k: { below: 5 }, found: ['name'] },
    { k_left: { below: 5 } },
    { k_coarsest: { below: 3 } },
    { k_left: { below: 2 }, found: ['birth'] },
    { lacks: ['ropa', 'notice_country'] },
    { shore: ['offshore'] },
    { scope: ['provider'] },
    { pack: ['payroll'] },
    { regime: ['fr_bank_secrecy'] },
    { problem: ['incident_open', 'same_entity_abroad', 'vault_not_ours'] },
    { uc2_ok: false },
    { uc2_ok: true },
    { problem: ['category_outside'] },
    { problem: ['tia_scope', 'tia_expired'] },
    { nir_basis: ['present'] },
    { third_art9: ['missing'] },
    { condition: ['missing'] },
    { recogniser: ['hand'] },
    { date: { from: '2026-01-01' } },
    {},
  ),
)
const when: fc.Arbitrary<When> = fc.letrec<{ when: When }>((tie) => ({
  when: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    tie('when').map((not) => ({ not })),
    fc.tuple(atom, tie('when')).map(([a, not]) => ({ ...a, not })),
  ),
})).when

const routeWhen: fc.Arbitrary<When> = fc.constantFrom<When>(
  {},
  { class: ['third'] },
  { client: ['moreau'] },
  { provider: ['tana-paie'] },
  { ground: ['none'] },
  { not: { problem: ['tia_expired'] } },
)

const treatment = fc.oneof(
  fc.constantFrom(...treatmentOrder).map((name) => ({ name })),
  fc
    .constantFrom('hmac', 'token', 'encrypt')
    .map((parameter) => ({ name: 'pseudonymise' as const, parameter })),
  fc
    .constantFrom('month', 'year', 'decade', '1', '2', 'country')
    .map((parameter) => ({ name: 'generalise' as const, parameter })),
)
let made = 0
const asRule =
  (prefix: string) =>
  ([decide, its]: [Rule['decide'], When]): Rule => ({
    id: `${prefix}-${made++}`,
    decide,
    when: its,
    because: { en: 'Because.', fr: 'Parce que.', article: 'GDPR 5' },
    overridable: false,
    source: { file: 'rules/own.yaml', line: 1, column: 1 },
  })
const restriction = fc.tuple(treatment, when).map(asRule('own'))
const grant = fc.tuple(fc.constant('grant' as const), routeWhen).map(asRule('grant'))

const withRules = (rules: readonly Rule[], bundle: Bundle = shipped): Bundle => ({ ...bundle, rules })
const looser = withEntries(shipped, {
  client: {
    purposes: {
      ...shipped.clients.get('moreau')?.purposes,
      payroll: {
        data_subjects: ['employees'],
        need_to_know: ['name', 'hr', 'id'],
        retention_days: 400,
        nir_basis: 'payroll',
      },
    },
  },
})
const applied = loadFiles([
  ...shippedFiles(),
  { path: 'register/clients/moreau.yaml', text: moreau },
  { path: 'register/providers/lyon-compta.yaml', text: lyon },
  {
    path: 'register/providers/tana-paie.yaml',
    text: tana
      .replace('problematic_not_applied', 'problematic_applied')
      .replace('III],', 'III], uc2_analysis_ref: UC2-1,'),
  },
])
/** What the register may say beside contract and legs. */
const troubled = withEntries(shipped, {
  client: { packs: ['payroll'], vault: { importer_access: true } },
  provider: {
    incident: { art19_sent_on: '2026-01-01' },
    control: { parent_country: 'US' },
    observed: [{ country: 'TN', source: 'ip_geo', on: '2026-11-01' }],
    telework_abroad: true,
  },
})
const held = withEntries(applied, { provider: { incident: { open: true } } })
const switched = withEntries(looser, { client: { packs: ['health', 'bank', 'customer-service'] } })
const bundle = fc.constantFrom(shipped, looser, applied, troubled, held, switched)

/** Less goes out of b than of a, or the same. */
const noLooser = (a: Decision, b: Decision, all: readonly Said[]): void => {
  const rank = { allow: 0, treat: 1, refuse: 2 }
  expect(rank[b.verdict]).toBeGreaterThanOrEqual(rank[a.verdict])
  all.forEach((each, finding) => {
    const before = a.treatments.find((one) => one.finding === finding)?.treatment ?? {
      name: 'allow' as const,
    }
    const after = b.treatments.find((one) => one.finding === finding)?.treatment ?? { name: 'allow' as const }
    expect(strength(after.name)).toBeGreaterThanOrEqual(strength(before.name))
    if (before.name === 'generalise' && after.name === 'generalise') {
      const steps = ladders[each.category]?.steps ?? []
      expect(steps.indexOf(after.parameter ?? '')).toBeGreaterThanOrEqual(
        steps.indexOf(before.parameter ?? ''),
      )
    }
  })
}

const runs = { numRuns: 300 }

describe('promise 5: strictest wins', () => {
  test('the order of rules never changes a decision', () => {
    fc.assert(
      fc.property(
        bundle,
        fc.array(restriction, { maxLength: 5 }),
        said,
        records,
        ask,
        fc.nat(),
        (b, more, all, marks, on, seed) => {
          const rules = [...b.rules, ...more]
          const shuffled = rules
            .map((rule, n) => [(Math.imul(n + 1, 2654435761) ^ seed) >>> 0, rule] as const)
            .toSorted(([x], [y]) => x - y)
            .map(([, rule]) => rule)
          expect(decideOn(withRules(shuffled, b), all, on, marks)).toEqual(
            decideOn(withRules(rules, b), all, on, marks),
          )
        },
      ),
      runs,
    )
  })

  test('the order of files never changes a decision, nor what they are called', () => {
    const files = [...shippedFiles(), ...register]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(files, { minLength: files.length }),
        said,
        records,
        ask,
        (shuffled, all, marks, on) => {
          const { bundle: _, ...one } = decideOn(loadFiles(shuffled), all, on, marks)
          const { bundle: __, ...two } = decideOn(shipped, all, on, marks)
          expect(one).toEqual(two)
        },
      ),
      { numRuns: 5 },
    )
  })

  test('what a route remembers of earlier payloads changes no later decision', () => {
    fc.assert(
      fc.property(
        fc.array(restriction, { maxLength: 6 }),
        fc.array(fc.tuple(said, records), { minLength: 2, maxLength: 6 }),
        ask,
        (more, payloads, on) => {
          const warm = withRules([...shipped.rules, ...more])
          for (const [all, marks] of payloads)
            expect(decideOn(warm, all, on, marks)).toEqual(decideOn({ ...warm }, all, on, marks))
        },
      ),
      runs,
    )
  })

  test('adding a restriction never lets more out', () => {
    fc.assert(
      fc.property(bundle, restriction, said, records, ask, (b, rule, all, marks, on) => {
        const before = decideOn(b, all, on, marks)
        noLooser(before, decideOn(withRules([...b.rules, rule], b), all, on, marks), all)
      }),
      runs,
    )
  })

  test.each<[string, Parameters<typeof withEntries>[1]]>([
    ['a breach', { provider: { incident: { open: true } } }],
    ['a request of an authority', { provider: { incident: { authority_request_open: true } } }],
    ['a vault that the importer can open', { client: { vault: { importer_access: true } } }],
    ['a parent abroad', { provider: { control: { parent_country: 'US' } } }],
    [
      'a country that nobody declared',
      {
        provider: {
          trusted_sources: ['idp'],
          observed: [{ country: 'TN', source: 'idp', on: '2026-01-01' }],
        },
      },
    ],
    ['a suspended entry', { provider: { status: 'suspended' } }],
    ['sector packs', { client: { packs: ['bank', 'customer-service', 'e-commerce', 'health', 'payroll'] } }],
  ])('%s in the register never lets more out', (_what, worse) => {
    fc.assert(
      fc.property(fc.constantFrom(shipped, looser, applied), said, records, ask, (b, all, marks, on) => {
        noLooser(decideOn(b, all, on, marks), decideOn(withEntries(b, worse), all, on, marks), all)
      }),
      { numRuns: 60 },
    )
  })

  test('adding a grant never tightens', () => {
    fc.assert(
      fc.property(bundle, grant, said, records, ask, (b, rule, all, marks, on) => {
        const ungranted = b.rules.filter(({ decide }) => decide !== 'grant')
        const before = decideOn(withRules(ungranted, b), all, on, marks)
        noLooser(decideOn(withRules([...ungranted, rule], b), all, on, marks), before, all)
      }),
      runs,
    )
  })

  test('without grants everything is refused, with NO_GRANT if nothing else is wrong', () => {
    const none = withRules(shipped.rules.filter(({ decide }) => decide !== 'grant'))
    fc.assert(
      fc.property(said, ask, (all, on) => {
        expect(decideOn(none, all, on).verdict).toBe('refuse')
      }),
      runs,
    )
    expect(decideOn(none, [{ path: 'nom', category: 'name' }]).code).toBe('NO_GRANT')
    expect(decideOn(none, [], toLyon).code).toBe('NO_GRANT')
  })

  test('the treatment of a finding is one that somebody asked for, and they are named with file and line', () => {
    fc.assert(
      fc.property(fc.array(restriction, { maxLength: 4 }), said, records, ask, (more, all, marks, on) => {
        const decision = decideOn(withRules([...shipped.rules, ...more]), all, on, marks)
        const spoke = new Map(decision.spoken.map((each) => [each.rule, each]))
        for (const { rules } of decision.treatments) {
          expect(rules.length).toBeGreaterThan(0)
          for (const id of rules) expect(spoke.has(id)).toBe(true)
        }
        for (const each of [...decision.spoken, ...decision.notes]) {
          expect(each.file).not.toBe('')
          expect(each.line).toBeGreaterThan(0)
        }
        expect(decision.treatments.length + decision.weak).toBe(all.length)
        const counted = Object.values(decision.counts).flatMap((each) => Object.values(each))
        expect(counted.reduce((a, b) => a + b, 0)).toBe(decision.treatments.length)
      }),
      runs,
    )
  })

  test('a boolean goes as it came or not at all', () => {
    fc.assert(
      fc.property(fc.array(restriction, { maxLength: 4 }), said, ask, (more, all, on) => {
        const decision = decideOn(withRules([...shipped.rules, ...more]), all, on)
        const booleans = decision.treatments.filter(({ finding }) => all[finding]?.kind === 'boolean')
        for (const { treatment: its } of booleans) expect(['allow', 'remove', 'block']).toContain(its.name)
      }),
      runs,
    )
  })

  test('evaluation answers whatever route, rule and finding it is given', () => {
    fc.assert(
      fc.property(
        fc.array(restriction, { maxLength: 4 }),
        said,
        fc.record({
          client: fc.oneof(fc.constantFrom('moreau', 'nobody', '__proto__'), fc.string()),
          provider: fc.oneof(fc.constantFrom('tana-paie', 'nobody', 'constructor'), fc.string()),
          purpose: fc.oneof(fc.constantFrom('payroll', '__proto__', 'toString'), fc.string()),
          method: fc.string(),
          media: fc.string(),
          on: fc.constantFrom('2026-11-23', '1900-01-01', '9999-12-31', ''),
          region: fc.string(),
        }),
        (more, all, on) => {
          const decision = decideOn(withRules([...shipped.rules, ...more]), all, on)
          expect(['allow', 'treat', 'refuse']).toContain(decision.verdict)
          expect(decision.verdict === 'refuse').toBe(decision.code !== undefined)
          const known = on.client === 'moreau' && on.provider === 'tana-paie' && on.purpose === 'payroll'
          expect(known || decision.verdict === 'refuse').toBe(true)
        },
      ),
      runs,
    )
  })

  test('the same question has the same answer', () => {
    fc.assert(
      fc.property(said, records, ask, (all, marks, on) => {
        const [a, b] = [decideOn(shipped, all, on, marks), decideOn({ ...shipped }, all, on, marks)]
        expect(a).toEqual(b)
        for (const { treatment: its } of a.treatments) expect(sameTreatment(its, its)).toBe(true)
      }),
      runs,
    )
  })
})
