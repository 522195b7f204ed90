import { describe, expect, test } from 'vitest'
import { assess, openRoute } from '../../src/policy/evaluate.ts'
import { matchesPath, pathPattern } from '../../src/policy/path-pattern.ts'
import type { Said } from './hand.ts'
import {
  becomes,
  bundleOf,
  decideOn,
  payload,
  register,
  ruleIds,
  shipped,
  tana,
  toLyon,
  toTana,
  treatmentAt,
} from './hand.ts'

const because = 'because: {en: E., fr: F., article: GDPR 5}'
const own = (...rules: string[]) =>
  bundleOf(`rules:\n${rules.map((rule, n) => `  - {id: own-${n}, ${rule}, ${because}}\n`).join('')}`)
const changed = (from: string, to: string) => {
  expect(register.some(({ text }) => text.includes(from))).toBe(true)
  return bundleOf(
    '',
    register.map((file) => ({ ...file, text: file.text.replace(from, to) })),
  )
}
/** A contract that names nearly everything, so that only defaults speak. */
const wideFiles = register.map((file) => ({
  ...file,
  text: file.text.replace('hr.salary]}', 'hr, age, location, vehicle, online, id, comms, health, criminal]}'),
}))
const name: Said = { path: 'nom', category: 'name' }
const health: Said = { path: 'motif', category: 'health' }

describe('defaults for a third country (design §7)', () => {
  const open = bundleOf(
    '',
    wideFiles.map((file) => ({
      ...file,
      text: file.text.replace(', need_to_know: [hr.salary, fin.income]', ''),
    })),
  )
  test.each([
    ['name', 'pseudonymise'],
    ['vehicle.plate', 'pseudonymise'],
    ['online.username', 'pseudonymise'],
    ['contact.postcode', 'generalise 2'],
    ['age', 'generalise 5'],
    ['location.gps', 'generalise 1'],
    ['hr.salary', 'generalise 1'],
    ['gender', 'remove'],
    ['id.tax', 'remove'],
    ['online.url', 'remove'],
    ['hr.performance', 'block'],
    ['comms', 'block'],
    ['health', 'block'],
    ['criminal', 'block'],
    ['auth.pin', 'remove'],
    ['fin.cvv', 'remove'],
    ['date', 'allow'],
    ['org', 'allow'],
    ['freetext', 'allow'],
  ] as const)('%s → %s', (category, expected) => {
    expect(becomes(decideOn(open, [{ path: 'x', category }]))).toBe(expected)
  })
  test.each([
    ['auth.password', 'remove'],
    ['fin.cvv', 'remove'],
    ['name', 'allow'],
    ['contact.phone', 'allow'],
  ] as const)('in the EEA %s → %s', (category, expected) => {
    expect(becomes(decideOn(shipped, [{ path: 'x', category }], toLyon))).toBe(expected)
  })
})

describe('need_to_know', () => {
  const all = bundleOf(
    '',
    wideFiles.map((file) => ({
      ...file,
      text: file.text.replace(
        '[hr.salary, fin.income]',
        '[name, contact, birth, gender, id, fin, health, auth, hr]',
      ),
    })),
  )
  test.each([
    ['name', 'allow'],
    ['birth.date', 'allow'],
    ['gender', 'allow'],
    ['id.employee', 'allow'],
    ['id.national', 'pseudonymise'],
    ['id.passport', 'pseudonymise'],
    ['health', 'block'],
    ['hr.performance', 'block'],
    ['auth.password', 'remove'],
    ['fin.cvv', 'remove'],
  ] as const)('%s → %s', (category, expected) => {
    expect(becomes(decideOn(all, [{ path: 'x', category }]))).toBe(expected)
  })
  test('never lowers what a rule says', () => {
    const ruled = own('decide: mask, when: {category: hr.salary}')
    const decision = decideOn(ruled, [{ path: 'x', category: 'hr.salary' }])
    expect(becomes(decision)).toBe('mask')
    expect(decision.treatments[0]?.rules).toEqual(['own-0'])
  })
  test('lowers nothing where the law of the destination is applied', () => {
    const applied = bundleOf(
      '',
      register.map((file) => ({
        ...file,
        text: file.text
          .replace('[hr.salary, fin.income]', '[name, hr.salary]')
          .replace('problematic_not_applied', 'problematic_applied')
          .replace('III],', 'III], uc2_analysis_ref: UC2-1,'),
      })),
    )
    const decision = decideOn(applied, [name, { path: 'x', category: 'hr.salary' }])
    expect(decision.verdict).toBe('treat')
    expect([treatmentAt(decision, 0), treatmentAt(decision, 1)]).toEqual(['pseudonymise', 'generalise 1'])
    expect(ruleIds(decision)).toContain('19-only-pseudonyms')
  })
  test('is void for name, contact and id in a transfer that rule 26 opens', () => {
    const opened = bundleOf(
      '',
      register.map((file) => ({
        ...file,
        text: file.text
          .replace('[hr.salary, fin.income]', '[name, id.employee, hr.salary]')
          .replace(
            'nir_basis: payroll',
            'nir_basis: payroll, dpia_ref: D-1, art9_condition: b, third_art9: [health]',
          )
          .replace('III],', 'III], clause_8_7: true,')
          .replace('hr.salary]}', 'hr.salary, health]}'),
      })),
    )
    const three: Said[] = [name, { path: 'm', category: 'id.employee' }, { path: 's', category: 'hr.salary' }]
    const without = decideOn(opened, three)
    expect([0, 1, 2].map((at) => treatmentAt(without, at))).toEqual(['allow', 'allow', 'allow'])
    const withIt = decideOn(opened, [...three, health])
    expect([0, 1, 2, 3].map((at) => treatmentAt(withIt, at))).toEqual([
      'pseudonymise',
      'pseudonymise',
      'allow',
      'allow',
    ])
    expect(withIt.verdict).toBe('treat')
    const weak = decideOn(opened, [...three, { ...health, confidence: 0.2 }])
    expect(treatmentAt(weak, 0)).toBe('allow')
  })
})

describe('a child’s record', () => {
  const records = [
    { path: null, child: true },
    { path: null, child: false },
  ]
  const said: Said[] = [
    { path: 'a.date', category: 'date' },
    { path: 'a.pay', category: 'hr.salary' },
    { path: 'a.note', category: 'freetext' },
    { path: 'b.pay', category: 'hr.salary', record: 1 },
    { path: 'a.sexe', category: 'gender' },
  ]
  test('is at least pseudonymised, context types apart, whatever the purpose needs', () => {
    const decision = decideOn(shipped, said, {}, records)
    expect(said.map((_, at) => treatmentAt(decision, at))).toEqual([
      'allow',
      'pseudonymise',
      'pseudonymise',
      'allow',
      'remove',
    ])
    expect(ruleIds(decision)).toContain('default:child')
  })
  test('in the EEA it goes as it came', () => {
    expect(decideOn(shipped, [name], toLyon, records).verdict).toBe('allow')
  })
})

describe('act_from', () => {
  test('a weak sign is counted and not acted on', () => {
    const decision = decideOn(shipped, [{ ...health, confidence: 0.49 }, name])
    expect(decision).toMatchObject({ verdict: 'treat', weak: 1 })
    expect(decision.treatments).toHaveLength(1)
  })
  test('save by a rule that names confidence itself', () => {
    const own3 = own('decide: block, when: {category: health, confidence: {from: 0.3}}')
    expect(decideOn(own3, [{ ...health, confidence: 0.3 }])).toMatchObject({
      verdict: 'refuse',
      code: 'POLICY_BLOCK',
      weak: 0,
    })
    expect(decideOn(own3, [{ ...health, confidence: 0.29 }])).toMatchObject({ verdict: 'allow', weak: 1 })
  })
  test('may differ by class of destination; a class that is not named has the usual one', () => {
    const entry = shipped.categories.get('name')!
    const bundle = {
      ...shipped,
      categories: new Map([
        ...shipped.categories,
        [
          'name',
          { ...entry, everywhere: { name: 'mask' } as const, act_from: { eea: 0.8, third: 0.4 } },
        ] as const,
      ]),
    }
    const at = (confidence: number, more?: typeof toLyon) => {
      const { treatments, weak } = decideOn(bundle, [{ ...name, confidence }], ...(more ? [more] : []))
      return [treatments.length, weak]
    }
    expect([at(0.4), at(0.39)]).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect([at(0.8, toLyon), at(0.79, toLyon)]).toEqual([
      [1, 0],
      [0, 1],
    ])
    const silent = new Map([...bundle.categories, ['name', { ...entry, act_from: { eea: 0.8 } }] as const])
    expect(decideOn({ ...bundle, categories: silent }, [{ ...name, confidence: 0.49 }]).weak).toBe(1)
  })
  test('unscanned text acts although its confidence is 0', () => {
    expect(decideOn(shipped, [{ path: 'note', category: 'freetext', confidence: 0 }])).toMatchObject({
      verdict: 'refuse',
      code: 'CONTENT_UNSCANNED',
    })
  })
})

describe('the language of rules', () => {
  test('no finding keys: it acts on every finding, and its block also where nothing is found', () => {
    expect(
      decideOn(own('decide: mask, when: {class: third}'), [name, { path: 'd', category: 'date' }]).counts,
    ).toEqual({
      name: { mask: 1 },
      date: { mask: 1 },
    })
    const block = own('decide: block, when: {method: DELETE}')
    expect(decideOn(block, [], { method: 'DELETE' })).toMatchObject({
      verdict: 'refuse',
      code: 'POLICY_BLOCK',
    })
    expect(decideOn(block, []).verdict).toBe('allow')
  })
  test('a rule about findings does not fire on a payload without any, not even by not', () => {
    const block = own('decide: block, when: {not: {category: freetext}}')
    expect(decideOn(block, []).verdict).toBe('allow')
    expect(decideOn(block, [name]).verdict).toBe('refuse')
  })
  test('finding keys of one rule speak of one finding', () => {
    const block = own('decide: block, when: {category: name, path: "**.alias"}')
    expect(decideOn(block, [name, { path: 'a.alias', category: 'org' }]).verdict).toBe('treat')
    expect(decideOn(block, [{ path: 'a.alias', category: 'name' }]).verdict).toBe('refuse')
  })
  test('found makes a combination: bank details only without a name', () => {
    const both = own('decide: remove, when: {category: fin, found: name}')
    const iban: Said = { path: 'iban', category: 'fin.iban' }
    expect(treatmentAt(decideOn(both, [iban, name]), 0)).toBe('remove')
    expect(treatmentAt(decideOn(both, [iban]), 0)).toBe('pseudonymise')
  })
  test('a combination ignores weak signs', () => {
    const both = own('decide: block, when: {found: name}')
    expect(decideOn(both, [{ ...name, confidence: 0.4 }]).verdict).toBe('allow')
    expect(decideOn(both, [name]).verdict).toBe('refuse')
  })
  test('k counts the records that share their quasi-identifiers', () => {
    const k = own('decide: block, when: {k: {below: 2}}')
    const rows = (towns: string[]): Said[] =>
      towns.map((text, record) => ({
        path: `rows.${record}.ville`,
        category: 'contact.city' as const,
        text,
        record,
      }))
    const records = Array.from({ length: 4 }, () => ({ path: null, child: false }))
    expect(decideOn(k, rows(['Lyon', 'Lyon', 'Nice', 'Nice']), {}, records).verdict).toBe('treat')
    expect(decideOn(k, rows(['Lyon', 'Lyon', 'Nice', 'Sète']), {}, records).verdict).toBe('refuse')
    expect(decideOn(k, [name], {}, records).verdict).toBe('treat')
  })
  test('of two steps the coarser, of two methods the stricter', () => {
    const decade = own(
      'decide: {generalise: month}, when: {category: birth.date}',
      'decide: {generalise: decade}, when: {category: birth.date}',
      'decide: {pseudonymise: encrypt}, when: {category: name}',
      'decide: {pseudonymise: hmac}, when: {category: name}',
    )
    const decision = decideOn(decade, [{ path: 'x', category: 'birth.date' }, name])
    expect(treatmentAt(decision, 0)).toBe('generalise decade')
    expect(decision.treatments[0]?.rules).toEqual(['own-1'])
    expect(treatmentAt(decision, 1)).toBe('pseudonymise hmac')
  })
  test.each([
    ['{media: json}', true],
    ['{media: application/json}', true],
    ['{media: text/plain}', false],
    ['{method: [POST, PUT]}', true],
    ['{subjects: employees}', true],
    ['{subjects: patients}', false],
    ['{country: MG}', true],
    ['{country: FR}', false],
    ['{client_country: FR}', true],
    ['{leg_kind: processing}', true],
    ['{ground: scc_ec}', true],
    ['{tia: problematic_not_applied}', true],
    ['{tia: no_problematic_law}', false],
    ['{date: {from: 2026-11-23, until: 2026-11-23}}', true],
    ['{date: {until: 2026-11-22}}', false],
    ['{all: [{class: third}, {purpose: payroll}]}', true],
    ['{any: [{class: eea}, {purpose: payroll}]}', true],
    ['{class: third, not: {purpose: payroll}}', false],
    ['{not: {class: eea}}', true],
  ])('when: %s fires: %s', (when, fires) => {
    expect(decideOn(own(`decide: block, when: ${when}`), []).verdict).toBe(fires ? 'refuse' : 'allow')
  })
  test('a note changes nothing and is said', () => {
    const decision = decideOn(own('decide: note, when: {category: name}'), [name])
    expect(decision.verdict).toBe('treat')
    expect(decision.notes).toContainEqual(
      expect.objectContaining({ rule: 'own-0', findings: [0], categories: ['name'] }),
    )
  })
  test('a boolean that a rule would mask is removed', () => {
    const masked = own('decide: mask, when: {category: name}')
    expect(becomes(decideOn(masked, [{ ...name, kind: 'boolean' }]))).toBe('remove')
  })
})

describe('refusals name the first code of the table', () => {
  test('an entry that is suspended comes before all else', () => {
    const suspended = changed('status: approved\ndefault_purpose', 'status: suspended\ndefault_purpose')
    const decision = decideOn(suspended, [health])
    expect(decision.code).toBe('ENTRY_INACTIVE')
    expect(decision.spoken[0]).toMatchObject({ file: 'register/clients/moreau.yaml', line: 4 })
    expect(ruleIds(decision)).toContain('26-special-category')
  })
  test('on its last day an entry is still active, the day after not', () => {
    const ending = changed(
      'status: approved\ndefault_purpose',
      'status: approved\nvalid_to: 2026-11-23\ndefault_purpose',
    )
    expect(decideOn(ending, []).verdict).toBe('allow')
    expect(decideOn(ending, [], { on: '2026-11-24' }).code).toBe('ENTRY_INACTIVE')
  })
  test.each([
    [{ provider: 'nobody' }, 'PROVIDER_UNKNOWN'],
    [{ client: 'nobody' }, 'PURPOSE_UNKNOWN'],
    [{ purpose: 'hobby' }, 'PURPOSE_UNKNOWN'],
    [{ purpose: 'newsletter' }, 'PURPOSE_OUTSIDE_CONTRACT'],
    [{ client: '__proto__', provider: '__proto__', purpose: '__proto__' }, 'PROVIDER_UNKNOWN'],
  ])('%j → %s', (ask, code) => {
    expect(decideOn(shipped, [], ask)).toMatchObject({ verdict: 'refuse', code })
  })
  test.each([
    ['health', 'SPECIAL_CATEGORY', '26-special-category'],
    ['criminal', 'CRIMINAL_DATA', '27-criminal'],
    ['age', 'CATEGORY_OUTSIDE_CONTRACT', '44-category-outside-contract'],
  ] as const)('outside the contract, %s → %s: the refusal names the cause', (category, code, rule) => {
    const decision = decideOn(shipped, [{ path: 'x', category }])
    expect(decision).toMatchObject({ verdict: 'refuse', code })
    expect(ruleIds(decision)).toContain(rule)
  })
  test('health opened by rule 26 but outside the contract is refused for the contract', () => {
    const opened = bundleOf(
      '',
      register.map((file) => ({
        ...file,
        text: file.text
          .replace(
            'nir_basis: payroll',
            'nir_basis: payroll, dpia_ref: D-1, art9_condition: b, third_art9: [health]',
          )
          .replace('III],', 'III], clause_8_7: true,'),
      })),
    )
    expect(decideOn(opened, [health]).code).toBe('CATEGORY_OUTSIDE_CONTRACT')
  })
})

describe('use case 2', () => {
  const applied = (more: (text: string) => string = (text) => text, rules = '') =>
    bundleOf(
      rules,
      register.map((file) => ({
        ...file,
        text: more(
          file.text
            .replace('problematic_not_applied', 'problematic_applied')
            .replace('III],', 'III], uc2_analysis_ref: UC2-1,'),
        ),
      })),
    )
  const code = (decision: { code?: string }) => decision.code ?? 'none'
  test('holds where quasi-identifiers are made coarser and no text goes out', () => {
    expect(decideOn(applied(), [name, { path: 'x', category: 'birth.date' }]).verdict).toBe('treat')
  })
  test('not with free text, though it was scanned', () => {
    expect(code(decideOn(applied(), [{ path: 'note', category: 'freetext' }]))).toBe('NO_EFFECTIVE_MEASURE')
  })
  test('nor if a rule would remove the text: adding a restriction never lets more out', () => {
    const removing = applied(
      undefined,
      `rules:\n  - {id: no-text, decide: remove, when: {category: freetext}, ${because}}\n`,
    )
    expect(code(decideOn(removing, [{ path: 'note', category: 'freetext' }]))).toBe('NO_EFFECTIVE_MEASURE')
  })
  test('not without the analysis, nor with a vault in a third country, nor with one nobody placed', () => {
    const none = applied((text) => text.replace(' uc2_analysis_ref: UC2-1,', ''))
    expect(code(decideOn(none, [name]))).toBe('NO_EFFECTIVE_MEASURE')
    expect(code(decideOn(applied(), [name], { region: 'MG' }))).toBe('NO_EFFECTIVE_MEASURE')
    expect(code(decideOn(applied(), [name], { region: undefined as unknown as string }))).toBe(
      'NO_EFFECTIVE_MEASURE',
    )
    expect(decideOn(applied(), [name], { region: 'CH' }).verdict).toBe('treat')
  })
})

describe('what a token of another provider would become here', () => {
  const of = (bundle: typeof shipped, said: Said[] = [name]) => {
    const { document, found } = payload(said)
    return assess(openRoute(bundle, toTana), document, found).treatmentOf
  }
  test('its default, or the rule that may fire', () => {
    expect(of(shipped)('fin.iban')).toEqual({ name: 'pseudonymise' })
    expect(of(shipped)('gender')).toEqual({ name: 'remove' })
    expect(of(own('decide: remove, when: {category: fin, path: "**.secret"}'))('fin.iban')).toEqual({
      name: 'remove',
    })
    expect(of(own('decide: remove, when: {category: fin, found: health}'))('fin.iban')).toEqual({
      name: 'pseudonymise',
    })
  })
})

describe('path patterns', () => {
  test.each([
    ['employees.*.iban', ['employees', 3, 'iban'], true],
    ['employees.*.iban', ['employees', 3, 'bank', 'iban'], false],
    ['employees.**.iban', ['employees', 3, 'bank', 'iban'], true],
    ['**.iban', ['iban'], true],
    ['**', [], true],
    ['*', [], false],
    ['rows.0', ['rows', 0], true],
    ['rows.0', ['rows', 1], false],
    ['a.**.b.**.c', ['a', 'b', 'x', 'b', 'c'], true],
    ['a.**.b.**.c', ['a', 'b', 'x', 'b', 'd'], false],
    ['a\\.b.c', ['a.b', 'c'], true],
    ['a.b.c', ['a.b', 'c'], false],
  ] as const)('%s on %j: %s', (pattern, path, expected) => {
    expect(matchesPath(pathPattern(pattern), path)).toBe(expected)
  })
  test('many ** on a deep path stay quick', () => {
    const started = process.threadCpuUsage()
    matchesPath(
      pathPattern(`${'**.a.'.repeat(200)}b`),
      Array.from({ length: 5000 }, () => 'a'),
    )
    expect(process.threadCpuUsage(started).user).toBeLessThan(500_000)
  })
})

test('routes are kept a bundle, and no more than a bound', () => {
  const first = openRoute(shipped, toTana)
  expect(openRoute(shipped, { ...toTana })).toBe(first)
  expect(openRoute({ ...shipped }, toTana)).not.toBe(first)
  for (let n = 0; n < 2100; n++) openRoute(shipped, { ...toTana, method: `M${n}` })
  expect(openRoute(shipped, toTana)).not.toBe(first)
  expect(tana).toContain('id: tana-paie')
})
