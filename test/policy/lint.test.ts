/** What `policy check` warns of, and what it leaves in peace. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bundle, CategoryEntry, Rule, When } from '../../src/policy/bundle.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { warningsOf } from '../../src/policy/lint/lint.ts'
import { ruleWarnings, usualWork as usualLook } from '../../src/policy/lint/rules.ts'
import { saysOtherwise } from '../../src/policy/lint/reasons.ts'
import { implies, satisfiable } from '../../src/policy/lint/satisfiable.ts'
import type { Both } from '../../src/lang.ts'
import { inBothLanguages } from './both-languages.ts'
import { bundleOf, payload, shipped, toLyon, toTana } from './hand.ts'
import { plainAtom, records, restriction, said, whenOf } from './small-policies.ts'

const today = '2026-11-27'
const because = 'because: {en: A reason., fr: Une raison., article: GDPR 5}'
const inFrenchToo = <Said extends { readonly message: Both }>(warnings: readonly Said[]): readonly Said[] => {
  for (const { message } of warnings) inBothLanguages(message)
  return warnings
}
const rule = (id: string, decide: string, when: string, why = because): string =>
  `  - {id: ${id}, decide: ${decide}, when: ${when}, ${why}}\n`
const warned = (...rules: string[]): string[] =>
  inFrenchToo(warningsOf(bundleOf(`rules:\n${rules.join('')}`), today))
    .filter(({ source }) => source.file === 'rules/own.yaml')
    .map(({ source, message }) => `${source.line}: ${message.en}`)

const never = 'it can never fire: its conditions exclude each other'

describe('rules that can never fire', () => {
  test.each([
    '{class: eea, not: {class: [eea, adequate]}}',
    '{class: eea, country: MG}',
    '{class: [eea, adequate], country: [MG, IN]}',
    '{all: [{provider: tana-paie}, {provider: lyon-compta}]}',
    '{category: name, third_art9: missing}',
    '{category: fin, nir_basis: present}',
    '{category: contact, not: {category: contact}}',
    '{all: [{category: contact}, {category: fin}]}',
    '{all: [{confidence: {below: 0.5}}, {confidence: {from: 0.5}}]}',
    '{all: [{date: {until: 2026-12-31}}, {date: {from: 2027-01-01}}]}',
    '{media: json, not: {media: application/json}, all: [{media: text}]}',
    '{path: "a.b", not: {path: "**.b"}}',
    '{problem: tia_missing, not: {problem: [tia_missing, tia_expired]}}',
    '{any: [{class: eea, country: MG}, {category: name, condition: missing}]}',
    '{all: [{uc2_ok: true}, {uc2_ok: false}]}',
  ])('%s', (when) => {
    expect(warned(rule('own', 'remove', when))).toContain(`2: rule own: ${never}`)
  })

  test.each([
    '{class: adequate, country: CH}',
    '{class: eea, country: [MG, PT]}',
    '{country: [MG], not: {country: [FR]}}',
    '{problem: [tia_missing, tia_scope], not: {problem: tia_missing}}',
    '{all: [{date: {until: 2026-12-31}}, {date: {from: 2026-12-31}}]}',
    '{media: json, not: {media: application/json}}',
    '{path: "**.b", not: {path: "a.b"}}',
    '{any: [{class: eea, country: MG}, {category: health, condition: missing}]}',
    '{ground: scc_ec, not: {ground: bcr_p}}',
    '{found: name, not: {found: health}}',
  ])('not %s', (when) => {
    expect(warned(rule('own', 'remove', when)).join()).not.toContain(never)
  })

  test('a rule whose last day is over is named', () => {
    expect(warned(rule('own', 'mask', '{date: {until: 2026-11-26}}'))).toEqual([
      '2: rule own: it can fire no more: its last day was 2026-11-26',
    ])
    expect(warned(rule('own', 'mask', '{date: {until: 2026-11-27}}'))).toEqual([])
  })

  test('what is called impossible never happens, on random conditions and payloads', () => {
    let impossible = 0
    fc.assert(
      fc.property(whenOf(plainAtom), whenOf(plainAtom), said, records, (one, other, all, marks) => {
        const when: When = { all: [one, { not: other }, other] }
        const tries: When[] = [when, { all: [one, other] }, one]
        for (const each of tries) {
          if (satisfiable(each, shipped.law)) continue
          impossible++
          const own: Rule = {
            ...(shipped.rules[0] as Rule),
            id: 'own',
            decide: { name: 'block' },
            when: each,
          }
          const { document, found } = payload(all, marks)
          for (const ask of [toTana, toLyon]) {
            const decision = evaluate(openRoute({ ...shipped, rules: [own] }, ask), document, found)
            expect(decision.spoken.map((spoken) => spoken.rule)).not.toContain('own')
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(impossible).toBeGreaterThan(100)
  })
})

describe('shadowed rules', () => {
  const wide = rule('own-wide', 'remove', '{class: third, category: [fin, contact]}')
  test.each([
    ['narrower and weaker', 'mask', '{class: third, category: fin.iban}'],
    ['narrower and as strict', 'remove', '{class: third, category: fin, purpose: payroll}'],
    ['the same twice: the later one', 'remove', '{class: third, category: [contact, fin]}'],
    ['a coarser step of what is removed', '{generalise: 1}', '{class: third, category: contact.postcode}'],
  ])('%s', (_name, decide, when) => {
    expect(warned(wide, rule('own-b', decide, when))).toEqual([
      '3: rule own-b: it changes no decision: rule own-wide (rules/own.yaml:2) is as strict wherever it fires',
    ])
  })

  test.each([
    ['stricter', 'block', '{class: third, category: fin.iban}'],
    ['wider', 'remove', '{category: fin.iban}'],
    ['it also sees weak findings', 'remove', '{class: third, category: fin.iban, confidence: {from: 0.2}}'],
    ['another category', 'remove', '{class: third, category: gender}'],
  ])('not: %s', (_name, decide, when) => {
    expect(warned(wide, rule('own-b', decide, when))).toEqual([])
  })

  test('a grant that opens what another opens; a block with a code of its own says something', () => {
    expect(
      warned(
        rule('own-g', 'grant', '{client: moreau}'),
        rule('own-h', 'grant', '{client: moreau, provider: tana-paie}'),
      ),
    ).toEqual([
      '3: rule own-h: it changes no decision: rule own-g (rules/own.yaml:2) opens all that it opens',
    ])
    const block = rule('own-x', 'block', '{category: fin}')
    expect(warned(block, rule('own-y', 'block', '{category: fin.iban}'))).toHaveLength(1)
    expect(
      warned(block, rule('own-y', 'block', '{category: fin.iban}', `code: NATIONAL_NUMBER, ${because}`)),
    ).toEqual([])
  })

  test('taking a shadowed rule away changes no decision, on random rules and payloads', () => {
    let shadowed = 0
    fc.assert(
      fc.property(
        restriction,
        restriction,
        fc.array(fc.tuple(said, records), { minLength: 4, maxLength: 4 }),
        (a, b, points) => {
          const rules = [a, { ...b, when: { all: [a.when, b.when] } }]
          const bundle = { ...shipped, rules: [...shipped.rules, ...rules] }
          const found = warningsOf(bundle, today).filter(({ message }) =>
            message.en.includes('changes no decision'),
          )
          for (const { message } of found) {
            const id = /^rule (\S+):/.exec(message.en)?.[1]
            const without = { ...bundle, rules: bundle.rules.filter((each) => each.id !== id) }
            shadowed++
            for (const [all, marks] of points) {
              const { document, found: its } = payload(all, marks)
              const decide = (policy: typeof bundle) => {
                const { verdict, treatments } = evaluate(openRoute(policy, toTana), document, its)
                return [verdict, treatments.map(({ finding, treatment }) => [finding, treatment])]
              }
              expect(decide(without)).toEqual(decide(bundle))
            }
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(shadowed).toBeGreaterThan(20)
  }, 30_000)
})

describe('sentences that say something else', () => {
  const says = (decide: Rule['decide'], en: string, fr = 'Une raison.') =>
    saysOtherwise({ decide, because: { en, fr, article: 'x' } } as Rule)
  test.each<[Rule['decide'], string, string, string]>([
    ['grant', 'Payroll data must not leave.', 'Une raison.', 'block'],
    [{ name: 'allow' }, 'Bank details are removed.', 'Une raison.', 'remove'],
    [{ name: 'block' }, 'Salaries may go to the payroll office.', 'Une raison.', 'allow'],
    [{ name: 'remove' }, 'Names are pseudonymised.', 'Une raison.', 'pseudonymise'],
    [{ name: 'pseudonymise' }, 'A reason.', 'Les noms sont supprimés.', 'remove'],
    ['grant', 'A reason.', 'Ces données ne partent jamais.', 'block'],
    [{ name: 'block' }, 'A reason.', 'La paie peut partir.', 'allow'],
    [{ name: 'mask' }, 'A reason.', 'Le transfert est refusé.', 'block'],
    ['note', 'Names are removed.', 'Une raison.', 'remove'],
    [{ name: 'remove' }, 'Names become pseudonyms.', 'Une raison.', 'pseudonymise'],
    [{ name: 'remove' }, 'A reason.', 'Les noms deviennent des pseudonymes.', 'pseudonymise'],
  ])('%j: %s %s', (decide, en, fr, expected) => {
    expect(says(decide, en, fr)?.says).toBe(expected)
  })

  test.each<[Rule['decide'], string, string]>([
    ['grant', 'Payroll may go to Tana Paie under contract C-2025-14.', 'La paie peut aller à Tana Paie.'],
    ['grant', 'Nothing may leave unless a contract names it.', 'Une raison.'],
    [
      'grant',
      'A contract names the purpose and the data stay in the EEA.',
      'Les données restent dans l’EEE.',
    ],
    [{ name: 'remove' }, 'Bank details leave the EEA for payroll only.', 'Ne sortent que pour la paie.'],
    [{ name: 'block' }, 'Text we could not read stays here.', 'Un texte non lu reste ici.'],
    [{ name: 'block' }, 'Only pseudonyms may go.', 'Seuls des pseudonymes peuvent partir.'],
    ['note', 'This is refused elsewhere.', 'C’est refusé ailleurs.'],
  ])('not %j: %s', (decide, en, fr) => {
    expect(says(decide, en, fr)).toBeUndefined()
  })
})

test('a French sentence that is the English one is named', () => {
  const same = 'because: {en: A reason., fr: A reason., article: GDPR 5}'
  expect(warned(rule('own', 'mask', '{class: third, category: name}', same))).toContain(
    '2: rule own: because.fr is the sentence of because.en: a French reader needs one, too',
  )
})

describe('a route that the law closes', () => {
  const tana = 'register/providers/tana-paie.yaml'
  const closedBy = (from: string, to: string) => {
    const files = shipped.files.map(({ path, text }) => ({
      path,
      text: path === tana ? text.replace(from, to) : text,
    }))
    expect(files.find(({ path }) => path === tana)?.text).not.toBe(
      shipped.files.find(({ path }) => path === tana)?.text,
    )
    return inFrenchToo(warningsOf(loadFiles(files), today))
      .filter(({ message }) => message.en.includes('every transfer is refused'))
      .map(({ source, message }) => `${source.file}:${source.line}: ${message.en}`)
  }

  test('is named at the leg that lacks its ground', () => {
    expect(closedBy('mechanism: scc_ec, ', '')).toEqual([
      `${tana}:12: moreau → tana-paie · payroll: every transfer is refused by rule 10-no-ground: Nothing in Chapter V carries this transfer to a country without adequacy.`,
    ])
    expect(closedBy('status: approved', 'status: draft')).toEqual([])
  })

  test('and not where a case may open it', () => {
    expect(closedBy('mechanism: scc_ec', 'mechanism: derogation')).toEqual([])
  })
})

describe('what nobody decided', () => {
  const of = (rules = '') =>
    inFrenchToo(warningsOf(bundleOf(rules), today)).map(
      ({ source, message }) => `${source.file}:${source.line}:${source.column}: ${message.en}`,
    )

  test('a category that only a default decides is a gap, at its place in the contract', () => {
    expect(of()).toContain(
      'register/providers/tana-paie.yaml:10:24: gap: name → tana-paie is decided by the default (pseudonymise)',
    )
    expect(of().join()).not.toContain('gap: hr.salary')
    const ruled = `rules:\n${rule('own', 'pseudonymise', '{provider: tana-paie, category: name}')}`
    expect(of(ruled).join()).not.toContain('gap: name →')
    expect(of().join()).not.toContain('lyon-compta is decided')
  })

  test('a category that third countries get as it came', () => {
    const its = shipped.categories.get('vehicle.plate')
    const plate = { ...its, third: { name: 'allow' } } as CategoryEntry
    const bundle = { ...shipped, categories: new Map(shipped.categories).set('vehicle.plate', plate) }
    const message = 'vehicle.plate: third countries get it as it came, and no rule says otherwise'
    expect(warningsOf(bundle, today).map((each) => each.message.en)).toContain(message)
    const own = {
      ...(shipped.rules[0] as Rule),
      id: 'own',
      decide: { name: 'mask' as const },
      when: { class: ['third'], category: ['vehicle'] },
    }
    expect(
      warningsOf({ ...bundle, rules: [...bundle.rules, own] }, today).map((each) => each.message.en),
    ).not.toContain(message)
  })

  test('the shipped pack has none of its own', () => {
    expect(warningsOf(shipped, today).filter(({ source }) => !source.file.startsWith('register/'))).toEqual(
      [],
    )
  })
})

test('implication is proven, not guessed', () => {
  const { law } = shipped
  expect(implies({ category: ['fin.iban'] }, { category: ['fin'] }, law)).toBe(true)
  expect(implies({ category: ['fin'] }, { category: ['fin.iban'] }, law)).toBe(false)
  const many: When = {
    all: Array.from({ length: 12 }, (_, n) => ({ any: [{ path: [`a.${n}`] }, { recogniser: [`r${n}`] }] })),
  }
  expect(satisfiable(many, law)).toBe(true)
})

describe('many rules', () => {
  const many = (count: number, when: (n: number) => string): Bundle =>
    bundleOf(`rules:\n${Array.from({ length: count }, (_, n) => rule(`own-${n}`, 'mask', when(n))).join('')}`)
  /** What looking at the rules took. */
  const spent = (bundle: Bundle): { work: number; said: readonly string[] } => {
    const work = { left: 1e9 }
    const warnings = inFrenchToo(ruleWarnings(bundle, today, work))
    return { work: 1e9 - work.left, said: warnings.map(({ message }) => message.en) }
  }

  test('a thousand with ** in their paths are held against each other whole, within the usual work', () => {
    const bundle = many(1000, (n) => `{path: "**.k${n}.**.v${n % 17}.**", class: third, category: name}`)
    const { work, said: told } = spent(bundle)
    expect(told).toEqual([])
    expect(work).toBeLessThan(usualLook)
  })

  test('what would take too long is said at the rule where the look ended, and nothing wrong is said', () => {
    const bundle = many(
      60,
      (n) =>
        `{any: [{path: "**.k${n}.**"}, {path: "a.**.j${n % 7}"}, {country: MG, confidence: {from: 0.5}}], class: third}`,
    )
    const work = { left: 100_000 }
    const warnings = inFrenchToo(ruleWarnings(bundle, today, work))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]?.message.en).toMatch(/were not looked at to the end/)
    // One condition is gone through at most after the work is spent.
    expect(work.left).toBeGreaterThan(-100_000)
  })

  test('a rule of another client is told apart at a glance', () => {
    const one = (client: string) => many(200, (n) => `{client: ${client}, category: name, path: "a.b${n}"}`)
    expect(spent(one('moreau')).said).toEqual([])
  })

  test('a hundred of the same: all but the first change nothing', () => {
    const bundle = many(100, () => '{class: third, category: name}')
    expect(spent(bundle).said.filter((text) => text.includes('changes no decision'))).toHaveLength(99)
  })
})
