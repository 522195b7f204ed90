import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PolicyInvalid } from '../../src/errors.ts'
import { categories, treatmentOrder } from '../../src/model/category.ts'
import { problems } from '../../src/model/ground.ts'
import { loadCases } from '../../src/policy/cases.ts'
import { readCategories } from '../../src/policy/category-file.ts'
import { readRules } from '../../src/policy/rule-file.ts'
import { whenKeys } from '../../src/policy/when-keys.ts'
import { categoryWords } from '../../src/policy/when-values.ts'
import { parseYaml } from '../../src/policy/yaml.ts'
import { faultInBothLanguages, inBothLanguages } from './both-languages.ts'
import { bundleOf, shipped, shippedFiles } from './hand.ts'

const because = 'because: {en: E., fr: F., article: GDPR 5}'
const rule = (line: string) => `rules:\n  - {id: own, ${line}, ${because}}\n`

const read = (text: string) => {
  const found = readRules([parseYaml({ path: 'rules/own.yaml', text })], shipped, shipped.categories)
  for (const fault of found.faults) faultInBothLanguages(fault)
  for (const { message } of found.warnings) inBothLanguages(message)
  return found
}
const told = (text: string): string[] =>
  read(text).faults.map(
    ({ line, message, hint }) => `${line}: ${message.en}${hint === undefined ? '' : ` → ${hint.en}`}`,
  )

describe('policy check says what is wrong with a rule and what would be right', () => {
  test.each([
    ['an unknown key of when', rule('decide: block, when: {clas: third}'), 'did you mean "class"'],
    ['an unknown key of a rule', rule('decide: block, reason: x'), 'not known here'],
    ['then', rule('then: block'), 'write decide'],
    ['nothing decided', rule('when: {class: third}'), 'decides nothing'],
    ['an unknown treatment', rule('decide: pseudonymize'), 'did you mean "pseudonymise"'],
    ['mask with a parameter', rule('decide: {mask: 4}'), 'mask takes no parameter'],
    [
      'two treatments',
      rule('decide: {generalise: year, pseudonymise: token}'),
      'one treatment with its parameter',
    ],
    ['an unknown method', rule('decide: {pseudonymise: tokn}'), 'did you mean "token"'],
    [
      'an unknown step',
      rule('decide: {generalise: yeer}, when: {category: birth.date}'),
      'did you mean "year"',
    ],
    [
      'a step of another category',
      rule('decide: {generalise: year}, when: {category: age}'),
      'the steps of age are 5, 10',
    ],
    [
      'a category that cannot be generalised',
      rule('decide: generalise, when: {category: contact}'),
      'contact.email, contact.phone, contact.address cannot be generalised',
    ],
    [
      'generalise without a category',
      rule('decide: generalise, when: {class: third}'),
      'name the categories',
    ],
    ['an unknown category', rule('decide: block, when: {category: fin.ibn}'), 'did you mean "fin.iban"'],
    ['an unknown class', rule('decide: block, when: {class: thrid}'), 'did you mean "third"'],
    ['an unknown problem', rule('decide: block, when: {problem: tia_expird}'), 'did you mean "tia_expired"'],
    ['an unknown ground', rule('decide: block, when: {ground: scc}'), 'is not a ground'],
    ['an unknown client', rule('decide: block, when: {client: moreua}'), 'did you mean "moreau"'],
    ['an unknown provider', rule('decide: block, when: {provider: tana}'), 'provider of the register'],
    ['an unknown purpose', rule('decide: block, when: {purpose: payrol}'), 'did you mean "payroll"'],
    ['an unknown country', rule('decide: block, when: {country: XX}'), 'ISO 3166-1'],
    ['a country as people write it', rule('decide: block, when: {country: UK}'), 'write GB'],
    ['a country in small letters', rule('decide: block, when: {country: ma}'), 'write MA'],
    [
      'an unknown kind of person',
      rule('decide: block, when: {subjects: employee}'),
      'did you mean "employees"',
    ],
    ['a method in small letters', rule('decide: block, when: {method: post}'), 'in capitals'],
    ['a confidence beyond 1', rule('decide: block, when: {confidence: {below: 80}}'), 'from 0 to 1'],
    ['a confidence that is a number', rule('decide: block, when: {confidence: 0.8}'), '{from, below}'],
    ['a date that is none', rule('decide: block, when: {date: {from: 2026-02-30}}'), '2026-12-31'],
    [
      'dates the wrong way round',
      rule('decide: block, when: {date: {from: 2026-12-31, until: 2026-01-01}}'),
      'meets nothing',
    ],
    ['an empty list', rule('decide: block, when: {class: []}'), 'meets nothing'],
    ['an empty any', rule('decide: block, when: {any: []}'), 'a list of conditions'],
    ['a fault inside not', rule('decide: block, when: {not: {clas: third}}'), 'did you mean "class"'],
    ['k without below', rule('decide: block, when: {k: 5}'), '{below: 5}'],
    ['an empty path', rule('decide: block, when: {path: .iban}'), 'dotted steps'],
    ['uc2_ok as a word', rule('decide: block, when: {uc2_ok: maybe}'), 'true or false'],
    ['a code on a mask', rule('decide: mask, code: POLICY_BLOCK'), 'only a block refuses'],
    ['an unknown code', rule('decide: block, code: SPECIAL_CATEGORIES'), 'did you mean "SPECIAL_CATEGORY"'],
    ['a code of another phase', rule('decide: block, code: INTERNAL'), 'not a code that a rule may give'],
    ['overridable as a word', rule('decide: block, overridable: perhaps'), 'true or false'],
    [
      'a grant that asks for a category',
      rule('decide: grant, when: {category: name}'),
      'a grant cannot use it',
    ],
    [
      'a grant that asks for it in a not',
      rule('decide: grant, when: {not: {found: health}}'),
      'a grant cannot use it',
    ],
    [
      'a grant that asks for a found problem',
      rule('decide: grant, when: {not: {problem: tia_scope}}'),
      'a grant cannot use them',
    ],
    ['no because', 'rules:\n  - {id: own, decide: block}\n', 'because: {en'],
    [
      'an empty sentence',
      'rules:\n  - {id: own, decide: block, because: {en: E., fr: " ", article: A}}\n',
      'because.fr is empty',
    ],
    [
      'no article',
      'rules:\n  - {id: own, decide: block, because: {en: E., fr: F.}}\n',
      'because.article is empty',
    ],
    ['no id', `rules:\n  - {decide: block, ${because}}\n`, 'needs an id'],
    [
      'an id that poses as a default',
      `rules:\n  - {id: "default:name", decide: block, ${because}}\n`,
      'cannot be the id of a rule',
    ],
    [
      'two rules of one id',
      `rules:\n  - {id: own, decide: block, ${because}}\n  - {id: own, decide: mask, ${because}}\n`,
      'by rules/own.yaml, line 2',
    ],
    ['no list of rules', '{}\n', 'holds a list named rules'],
    ['a rule that is a word', 'rules: [block]\n', 'a rule is a map'],
    [
      'two methods without order',
      `rules:\n  - {id: aa, decide: {pseudonymise: fpe}, when: {category: fin}, ${because}}\n  - {id: bb, decide: {pseudonymise: surrogate}, when: {category: fin.iban}, ${because}}\n`,
      'have no order → rule aa (rules/own.yaml, line 2)',
    ],
  ])('%s', (_, text, wanted) => {
    expect(told(text).join('\n')).toContain(wanted)
    expect(told(text)[0]).toMatch(/^[12345]: /)
  })

  test.each([
    ['one word for a list', rule('decide: block, when: {class: third, category: contact}')],
    ['Norway', rule('decide: block, when: {country: [NO]}')],
    ['an empty when', rule('decide: block, when: {}')],
    ['no when', rule('decide: note')],
    ['a number as a step', rule('decide: {generalise: 10}, when: {category: age}')],
    [
      'a step by its word',
      rule(
        'decide: {generalise: two}, when: {category: [hr.salary, fin]  , not: {category: [fin.iban, fin.account, fin.bic, fin.card, fin.cvv]}}',
      ),
    ],
    [
      'all steps by default',
      rule('decide: generalise, when: {any: [{category: age}, {category: birth.date}]}'),
    ],
    [
      'ordered methods',
      `rules:\n  - {id: aa, decide: {pseudonymise: hmac}, ${because}}\n  - {id: bb, decide: {pseudonymise: fpe}, ${because}}\n`,
    ],
    [
      'unordered methods that never meet by class',
      `rules:\n  - {id: aa, decide: {pseudonymise: surrogate}, when: {class: third}, ${because}}\n  - {id: bb, decide: {pseudonymise: fpe}, when: {class: eea}, ${because}}\n`,
    ],
    [
      'unordered methods that never meet by category',
      `rules:\n  - {id: aa, decide: {pseudonymise: surrogate}, when: {category: name}, ${because}}\n  - {id: bb, decide: {pseudonymise: fpe}, when: {category: fin}, ${because}}\n`,
    ],
  ])('%s is right', (_, text) => {
    expect(told(text)).toEqual([])
    expect(read(text).rules.length).toBeGreaterThan(0)
  })

  test('all faults at once, each at its line', () => {
    const text = `rules:\n  - {id: aa, decide: blok, ${because}}\n  - {id: bb, decide: block, when: {klass: third}, ${because}}\n`
    expect(read(text).faults.map(({ line }) => line)).toEqual([2, 3])
  })

  test('allow as a restriction is said to change nothing', () => {
    expect(read(rule('decide: allow')).warnings[0]?.message.en).toContain('changes nothing')
  })

  test('a step is written in one way only, however the file spells it', () => {
    const [year] = read(rule('decide: {generalise: one}, when: {category: hr.salary}')).rules
    expect(year?.decide).toEqual({ name: 'generalise', parameter: '1' })
  })

  test('whatever stands in a rule file, the answer is rules or faults, never an error', () => {
    const keys = [...Object.keys(whenKeys), 'id', 'decide', 'because', 'code', 'when', 'then', '__proto__']
    const words = ['third', 'block', 'name', 'grant', 'MG', 'year', '2026-01-01', '', '.']
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(...words, 1, 0.5, -1, true, null, []),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
      ),
    })).value
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (rules) => {
        const file = parseYaml({ path: 'rules/own.yaml', text: JSON.stringify({ rules }) })
        const found = readRules([file], shipped, shipped.categories)
        expect(found.rules.length + found.faults.length).toBeGreaterThanOrEqual(rules.length === 0 ? 0 : 1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('categories.yaml', () => {
  const text = shippedFiles().find(({ path }) => path === 'categories.yaml')?.text ?? ''
  const faults = (changed: string) =>
    readCategories(parseYaml({ path: 'categories.yaml', text: changed })).faults.map(
      ({ message, hint }) => `${message.en} → ${hint?.en}`,
    )
  test.each([
    ['a category left out', text.replace(/^ {2}age: .*\n/m, ''), 'the category age is missing'],
    ['one that is not known', text.replace('  age:', '  agee:'), 'did you mean "age"'],
    ['a treatment that is none', text.replace('{generalise: 5}', 'generalize'), 'did you mean "generalise"'],
    [
      'a step of another category',
      text.replace('{generalise: 5}', '{generalise: year}'),
      'its steps are 5, 10',
    ],
    [
      'generalising a name',
      text.replace('third: pseudonymise, en: "names"', 'third: generalise, en: "names"'),
      'name cannot be generalised',
    ],
    ['a threshold beyond 1', text.replace('act_from: 0', 'act_from: 7'), 'from 0 to 1'],
    [
      'a threshold for a class that is none',
      text.replace('act_from: 0', 'act_from: {eea: 0, thrid: 0}'),
      'did you mean "third"',
    ],
    [
      'a threshold beyond 1 for one class',
      text.replace('act_from: 0', 'act_from: {eea: 0, third: 2}'),
      'act_from for third is a number from 0 to 1',
    ],
    ['no French name', text.replace(', fr: "noms"', ''), 'fr is missing'],
  ])('%s', (_, changed, wanted) => {
    expect(changed).not.toBe(text)
    expect(faults(changed).join('\n')).toContain(wanted)
  })
  test('as shipped it is right and whole', () => {
    expect(faults(text)).toEqual([])
    expect([...shipped.categories.keys()].toSorted()).toEqual([...categories].toSorted())
  })
})

describe('cases', () => {
  const cases = (text: string): string => {
    try {
      loadCases(shipped, [{ path: 'cases/own.yaml', text }])
      return ''
    } catch (error) {
      if (!(error instanceof PolicyInvalid)) throw error
      return error.faults.map(({ message, hint }) => `${message.en} → ${hint?.en}`).join('\n')
    }
  }
  const one = (more: string) =>
    `cases:\n  - {name: x, now: 2026-11-23, client: moreau, provider: tana-paie, purpose: payroll, payload: {}, ${more}}\n`
  test.each([
    ['an unknown key', one('expect: {verdict: allow}, expekt: 1'), 'did you mean'],
    ['an unknown rule', one('expect: {verdict: allow, rules: [eeaa]}'), 'did you mean "eea"'],
    [
      'an unknown treatment',
      one('expect: {verdict: allow, treatments: {name: remov}}'),
      'did you mean "remove"',
    ],
    ['an unknown verdict', one('expect: {verdict: alow}'), 'did you mean "allow"'],
    [
      'an unknown client',
      one('expect: {verdict: allow}').replace('client: moreau', 'client: moro'),
      'no client "moro"',
    ],
    [
      'a moment that is none',
      one('expect: {verdict: allow}').replace('2026-11-23', 'yesterday'),
      'not a moment',
    ],
    [
      'a fault of its own register',
      one('with: {providers: [{id: x}]}, expect: {verdict: allow}'),
      'is missing',
    ],
    ['a text type with a map', one('media: text/plain, expect: {verdict: allow}'), 'is a text'],
  ])('%s', (_, text, wanted) => {
    expect(cases(text)).toContain(wanted)
  })
  test('a right one has no fault', () => expect(cases(one('expect: {verdict: allow}'))).toBe(''))
})

describe('the schemas that editors complete from', () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../policies/schema/${name}.json`, import.meta.url), 'utf8')) as {
      definitions: Record<
        string,
        { properties: Record<string, { anyOf: { enum: string[] }[] }>; anyOf: { enum: string[] }[] }
      >
      properties: Record<string, { properties: object }>
    }
  test('know every key of when, every category, problem and treatment', () => {
    const { when, treatment } = schema('rules').definitions
    expect(Object.keys(when?.properties ?? {}).toSorted()).toEqual(Object.keys(whenKeys).toSorted())
    expect(when?.properties['category']?.anyOf[0]?.enum).toEqual(categoryWords)
    expect(when?.properties['problem']?.anyOf[0]?.enum).toEqual(problems)
    expect(treatment?.anyOf[0]?.enum).toEqual(treatmentOrder)
    expect(Object.keys(schema('categories').properties['categories']?.properties ?? {})).toEqual(categories)
  })
  test('take what is shipped', () => expect(bundleOf().rules.length).toBe(shipped.rules.length))
})
