/** Changes that a DPO makes, and the lines that tell them. */
import { describe, expect, test } from 'vitest'
import { diffBundles } from '../../src/policy/compare/diff.ts'
import { diffLines, grouped } from '../../src/policy/compare/words.ts'
import { whenKeys } from '../../src/policy/when-keys.ts'
import { ruleDigest } from '../../src/policy/lifted.ts'
import { compileRule } from '../../src/policy/compile.ts'
import { atoms } from '../../src/policy/term.ts'
import { dayBefore } from '../../src/policy/compare/days.ts'
import { openRoute } from '../../src/policy/route.ts'
import type { Rule, When } from '../../src/policy/bundle.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { categories } from '../../src/model/category.ts'
import type { Lang } from '../../src/lang.ts'
import { bundleOf, moreau, register, shippedFiles, tana, toLyon } from './hand.ts'

const rule = (id: string, decide: string, when: string): string =>
  `  - {id: ${id}, decide: ${decide}, when: ${when}, because: {en: Because it is so., fr: Parce que., article: GDPR 5}}\n`
const rules = (...list: string[]): string => `rules:\n${list.join('')}`

/** The assessment never ends, so that dates are those of the rules. */
const lasting = register.map((file) => ({ ...file, text: file.text.replace('2027-02-10', '9999-12-31') }))

const told = (before: string, after: string, lang: Lang = 'en') => {
  const diff = diffBundles(bundleOf(before, lasting), bundleOf(after, lasting), () => '2026-11-23')
  return { ...diff, lines: diffLines(diff, lang).map((line) => line.trim()) }
}
const withProvider = (text: string, rest = '') =>
  bundleOf(
    rest,
    register.map((file) => (file.path.includes('tana') ? { ...file, text } : file)),
  )
const withClient = (text: string) =>
  bundleOf(
    '',
    register.map((file) => (file.path.includes('moreau') ? { ...file, text } : file)),
  )

describe('policy diff, in words', () => {
  const iban = rules(rule('no-iban', 'remove', '{class: third, category: [fin.iban, fin.account]}'))

  test('nothing changes: other words, another file, another order of rules', () => {
    expect(told('', '').lines).toEqual(['6 routes compared.', 'No decision changes.'])
    const renamed = iban.replace('no-iban', 'another-name').replace('Because it is so.', 'Other words.')
    expect(told(iban, renamed)).toMatchObject({ changes: [], loosens: false })
    const [one, two] = [rule('own-a', 'mask', '{category: name}'), rule('own-b', 'remove', '{category: fin}')]
    expect(told(rules(one, two), rules(two, one)).changes).toEqual([])
  })

  test('a rule that is added tightens, one that goes loosens', () => {
    expect(told('', iban)).toMatchObject({ loosens: false })
    expect(told('', iban).lines).toEqual([
      'stricter',
      'moreau → tana-paie · payroll · fin.iban, fin.account: pseudonymise → remove (no-iban)',
      '6 routes compared.',
      'This change only tightens.',
    ])
    expect(told(iban, '').loosens).toBe(true)
    expect(told(iban, '', 'fr').lines).toEqual([
      'PLUS PERMISSIF',
      'moreau → tana-paie · payroll · fin.iban, fin.account : retrait → pseudonymisation (no-iban)',
      '6 routes comparées.',
      'Ce changement RELÂCHE : davantage peut sortir qu’avant.',
    ])
  })

  test.each([
    [
      'dates',
      rule('own', 'mask', '{class: third, category: name, date: {from: 2027-01-01, until: 2027-01-31}}'),
      'moreau → tana-paie · payroll · name: pseudonymise → mask, from 2027-01-01 until 2027-01-31 (own)',
    ],
    [
      'confidence, below what acts otherwise',
      rule('own', 'mask', '{provider: tana-paie, category: name, confidence: {from: 0.2, below: 0.8}}'),
      'moreau → tana-paie · payroll · name: allow → mask, confidence from 0.2 below 0.5 (own)',
    ],
    [
      'a path',
      rule('own', 'remove', '{provider: tana-paie, category: fin.iban, path: "lots.*.iban"}'),
      'moreau → tana-paie · payroll · fin.iban: pseudonymise → remove, at lots.*.iban (own)',
    ],
    [
      'a path, the other way round',
      rule('own', 'remove', '{provider: tana-paie, category: fin.iban, not: {path: "lots.*.iban"}}'),
      'moreau → tana-paie · payroll · fin.iban: pseudonymise → remove, elsewhere (own)',
    ],
    [
      'who found it',
      rule('own', 'remove', '{provider: tana-paie, category: name, recogniser: model}'),
      'moreau → tana-paie · payroll · name: pseudonymise → remove, found by model (own)',
    ],
    [
      'the French number alone',
      rule('own', 'remove', '{provider: lyon-compta, category: id.national, nir_basis: missing}'),
      undefined,
    ],
    [
      'a group of categories',
      rule('own', 'mask', '{provider: lyon-compta, category: contact}'),
      'moreau → lyon-compta · invoicing · contact: allow → mask (own)',
    ],
    [
      'a method and a media type',
      rule('own', 'mask', '{provider: lyon-compta, category: org, method: PUT, media: json}'),
      'moreau → lyon-compta · invoicing · org: allow → mask, method PUT; media type json (own)',
    ],
    [
      'a route that is closed',
      rule('own', 'block', '{provider: lyon-compta}'),
      'moreau → lyon-compta · invoicing: open → refused (own)',
    ],
    [
      'a coarser step',
      rule('own', '{generalise: decade}', '{provider: tana-paie, category: birth.date}'),
      "moreau → tana-paie · payroll · birth.date: generalise (year) → generalise (decade), not in a child's record (own)",
    ],
  ])('%s', (_name, added, line) => {
    const { lines, changes } = told('', rules(added))
    expect(changes.length > 0).toBe(line !== undefined)
    expect(lines[changes.length > 0 ? 1 : 2]).toBe(line)
    expect(lines.at(-1)).toBe(line === undefined ? 'No decision changes.' : 'This change only tightens.')
  })

  test('a longer assessment opens a route again, and what may go then is listed', () => {
    const diff = diffBundles(
      bundleOf(),
      withProvider(tana.replace('2027-02-10', '2028-02-10')),
      () => '2026-11-23',
    )
    expect(diff.loosens).toBe(true)
    const lines = diffLines(diff, 'en').map((line) => line.trim())
    expect(lines.slice(0, 3)).toEqual([
      'LOOSER',
      'moreau → tana-paie · payroll: refused → open, from 2027-02-11 until 2028-02-10 (route:no-grant, 18-impact-assessment)',
      "allow: fin.income, hr.salary, not in a child's record",
    ])
    expect(lines).toContain('block: freetext, confidence below 1')
  })

  test('need to know lowers a default', () => {
    const diff = diffBundles(
      bundleOf(),
      withClient(
        moreau.replace(
          'need_to_know: [hr.salary, fin.income]',
          'need_to_know: [hr.salary, fin, contact.city]',
        ),
      ),
      () => '2026-11-23',
    )
    expect(diffLines(diff, 'en').map((line) => line.trim())).toEqual([
      'LOOSER',
      "moreau → tana-paie · payroll · contact.city: generalise (country) → allow, not in a child's record; until 2027-02-10 (default)",
      "moreau → tana-paie · payroll · fin.iban, fin.account, fin.bic, fin.card: pseudonymise → allow, not in a child's record; until 2027-02-10 (default)",
      "moreau → tana-paie · payroll · fin.credit: generalise (1) → allow, not in a child's record; until 2027-02-10 (default)",
      '6 routes compared.',
      'This change LOOSENS: more may leave than before.',
    ])
  })

  test('a rule that looks at several findings is the same and guards less: the facts under it changed', () => {
    const applied = tana.replace('outcome: problematic_not_applied', 'outcome: problematic_applied')
    const analysed = applied.replace('tia: {', 'uc2_analysis_ref: UC2-1, tia: {')
    // Nobody needs to know anything in clear, so that no default depends on the outcome.
    const client = moreau.replace('need_to_know: [hr.salary, fin.income]', 'need_to_know: []')
    const having = (text: string) =>
      bundleOf(
        '',
        register.map((file) =>
          file.path.includes('tana')
            ? { ...file, text }
            : file.path.includes('moreau')
              ? { ...file, text: client }
              : file,
        ),
      )
    const between = (before: string, after: string) => {
      const diff = diffBundles(having(before), having(after), () => '2026-11-23')
      const states = diff.combinations.map(({ rule: id, state }) => `${id}: ${state}`)
      return { ...diff, states, lines: diffLines(diff, 'fr') }
    }
    // The outcome is written down as milder than it is: nothing else of the policy changed.
    const milder = between(analysed, tana)
    expect(milder).toMatchObject({ loosens: true, changes: [] })
    expect(milder.states).toContain('20-no-effective-measure: undermined')
    expect(milder.lines.join('\n')).toContain("REGARDE D'AUTRES FAITS")
    expect(between(tana, analysed)).toMatchObject({ loosens: false })
    expect(between(tana, analysed).states).toContain('20-no-effective-measure: extended')
    expect(between(tana, analysed).lines.at(-1)).toBe('Ce changement ne fait que resserrer.')
    // With the analysis use case 2 can hold, and the route is open to what was refused.
    expect(between(applied, analysed).loosens).toBe(true)
    expect(between(analysed, analysed)).toMatchObject({ loosens: false, combinations: [] })
  })

  test('rules that look at several findings are listed apart; one that goes may loosen', () => {
    const own = rules(rule('own', 'block', '{class: third, found: name, category: fin}'))
    const gone = told(own, '')
    expect(gone).toMatchObject({
      changes: [],
      loosens: true,
      combinations: [{ rule: 'own', combination: true, state: 'removed' }],
    })
    expect(gone.lines).toContain('own (rules/own.yaml:2): REMOVED, may loosen')
    expect(gone.lines.at(-1)).toMatch(/^This change MAY LOOSEN/)
    expect(told('', own)).toMatchObject({ loosens: false, combinations: [{ rule: 'own', state: 'added' }] })
    expect(told(own, own.replace('block', 'remove'))).toMatchObject({ loosens: true })
    expect(
      told(own, own.replace('rules:', `rules:\n${rule('more', 'mask', '{category: org}')}`.trimEnd())),
    ).toMatchObject({
      loosens: false,
      combinations: [{ rule: 'own', state: 'same' }],
    })
    // Settled by the route: nothing of it is left open, so nothing is left out.
    const elsewhere = rules(rule('own', 'block', '{class: adequate, found: name, category: fin}'))
    expect(told(elsewhere, '')).toMatchObject({ loosens: false, combinations: [] })
  })

  test('methods without order are neither looser nor stricter, and count as looser', () => {
    const fpe = rules(rule('own', '{pseudonymise: fpe}', '{provider: lyon-compta, category: name}'))
    const diff = told(fpe, fpe.replace('fpe', 'surrogate'))
    expect(diff).toMatchObject({ loosens: true, changes: [{ direction: 'unordered' }] })
    expect(diff.lines[0]).toMatch(/^OTHERWISE/)
  })

  test('what no decision shows is named: where it goes, how long it can be turned back', () => {
    const diff = diffBundles(
      bundleOf(),
      withProvider(
        tana.replace('/v2', '/v3').replace('language: fr', 'language: fr\nheaders: {pass: [x-trace]}'),
      ),
      () => '2026-11-23',
    )
    expect(diff).toMatchObject({
      changes: [],
      unseen: ['providers/tana-paie: base_url', 'providers/tana-paie: headers'],
      opens: ['providers/tana-paie: headers'],
    })
  })

  test('what goes elsewhere, to others, or is not found any more may loosen, and the other way round does not', () => {
    const origin = new URL(/base_url: (\S+)/.exec(tana)![1]!).origin
    const between = (before: string, after: string, lang: Lang = 'en') => {
      const diff = diffBundles(withProvider(before), withProvider(after), () => '2026-11-23')
      return { ...diff, last: diffLines(diff, lang).at(-1) }
    }
    const elsewhere = tana.replace(origin, 'https://api.elsewhere.example')
    expect(between(tana, elsewhere)).toMatchObject({
      changes: [],
      loosens: true,
      last: 'This change MAY LOOSEN, though no decision shows it: see what changed besides.',
    })
    expect(between(tana, elsewhere, 'fr').last).toMatch(/^Ce changement PEUT RELÂCHER, sans/)
    for (const more of [
      'credentials: client',
      'headers: {pass: [x-trace]}',
      'hosts: [https://files.example]',
    ]) {
      const wide = tana.replace('language: fr', `language: fr\n${more}`)
      expect([more, between(tana, wide).loosens, between(wide, tana).loosens]).toEqual([more, true, false])
    }
    const strict = tana.replace('language: fr', 'language: fr\nanswers: strict')
    expect([between(tana, strict).loosens, between(strict, tana).loosens]).toEqual([false, true])
    const own = {
      path: 'recognisers/own.yaml',
      text: 'recognisers:\n  - {id: homes, category: health, confidence: 0.9, words: [Les Glycines]}\n',
    }
    const [without, having] = [bundleOf('', register), bundleOf('', [...register, own])]
    expect(diffBundles(having, without, () => '2026-11-23')).toMatchObject({
      loosens: true,
      opens: [own.path],
    })
    expect(diffBundles(without, having, () => '2026-11-23')).toMatchObject({ loosens: false, opens: [] })
  })

  test('who may come in a client’s name is named', () => {
    const jwt = (subject: string) =>
      `jwt: {issuer: https://id.example, subject: ${subject}, alg: EdDSA, jwks_uri: https://id.example/keys}\n`
    const diff = diffBundles(
      withClient(`${moreau}${jwt('erp')}`),
      withClient(`${moreau}${jwt('other')}`),
      () => '2026-11-23',
    )
    expect(diff).toMatchObject({
      changes: [],
      unseen: ['clients/moreau: jwt'],
      opens: ['clients/moreau: jwt'],
    })
  })

  test('a rule that may be lifted from now on loosens, one that may not any more tightens', () => {
    const liftable = iban.replace('because:', 'overridable: true, because:')
    const looser = told(iban, liftable)
    expect([looser.loosens, looser.changes]).toEqual([true, []])
    expect(looser.lines).toEqual([
      'left to people: rules that may be lifted, the measure of derogations',
      'rules/own.yaml no-iban: overridable: false → true (LOOSER)',
      '6 routes compared.',
      'This change LOOSENS: more may leave than before.',
    ])
    expect(told(liftable, iban)).toMatchObject({ loosens: false })
    expect(told(liftable, iban, 'fr').lines.at(-1)).toBe('Ce changement ne fait que resserrer.')
  })

  test('an override counts on, falls away with its rule, or comes back with it, which loosens', () => {
    const old = iban.replace('because:', 'overridable: true, because:')
    const [before, after] = [old, old.replace('GDPR 5', 'GDPR 32')].map((text) => bundleOf(text, lasting))
    const lift = {
      ...{ id: 'f00d', rule: 'no-iban', says: ruleDigest(before!.rules.find(({ id }) => id === 'no-iban')!) },
      ...{ client: 'moreau', provider: 'tana-paie', purpose: '', until: '2026-12-01T10:00:00.000Z' },
      ...{ by: 'marie', kid: 'k', why: 'one batch' },
    }
    const diff = (one: typeof before, two: typeof before, lang: Lang) => {
      const found = diffBundles(one!, two!, () => '2026-11-23', [lift])
      return [found.loosens, ...diffLines(found, lang).map((line) => line.trim())]
    }
    expect(diff(before, before, 'en').slice(0, 3)).toEqual([
      false,
      'overrides that run now',
      'no-iban · moreau → tana-paie, until 2026-12-01T10:00:00.000Z (f00d): counts on',
    ])
    expect(diff(before, after, 'en')).toEqual([
      false,
      'overrides that run now',
      'no-iban · moreau → tana-paie (f00d): FALLS AWAY. The override of rule no-iban by marie (until 2026-12-01T10:00:00.000Z) counts no more: the rule says something else now than when it was lifted, so it acts.',
      '6 routes compared.',
      'This change only tightens.',
    ])
    expect(diff(after, before, 'fr')).toEqual([
      true,
      'levées de règles en cours',
      "no-iban · moreau → tana-paie, jusqu'au 2026-12-01T10:00:00.000Z (f00d) : COMPTE DE NOUVEAU, ce qui relâche",
      '6 routes comparées.',
      'Ce changement RELÂCHE : davantage peut sortir qu’avant.',
    ])
  })

  test('a derogation that carries more loosens', () => {
    const file = (transfers: number, subjects: number) => ({
      path: 'derogations/CLAIM-1.yaml',
      text: `case: CLAIM-1
provider: tana-paie
letter: e
data_subjects_max: ${subjects}
transfers_max: ${transfers}
reason: A claim.
approver: A. Martin
valid_to: 2099-12-31
`,
    })
    const told = (before: readonly [number, number], after: readonly [number, number]) =>
      diffBundles(
        bundleOf('', [...register, file(...before)]),
        bundleOf('', [...register, file(...after)]),
        () => '2026-11-23',
      )
    expect(told([2, 5], [2000, 5])).toMatchObject({
      loosens: true,
      leave: [
        { what: 'derogations/CLAIM-1: transfers_max', before: '2', after: '2000', direction: 'looser' },
      ],
    })
    expect(told([2, 5], [2, 4])).toMatchObject({ loosens: false, leave: [{ direction: 'stricter' }] })
  })

  test('a new client and a provider that goes', () => {
    const without = loadFiles([...shippedFiles(), ...register.filter(({ path }) => !path.includes('tana'))])
    const diff = diffBundles(bundleOf(), without, () => '2026-11-23')
    expect(diff.changes).toMatchObject([
      {
        direction: 'stricter',
        routes: [{ client: 'moreau', provider: 'tana-paie', purpose: 'payroll' }],
        until: '2027-02-10',
        before: 'open',
        after: 'refused',
      },
    ])
    expect(diffBundles(without, bundleOf(), () => '2026-11-23').loosens).toBe(true)
  })

  test('what the law says some days before an end is found on its day', () => {
    const british = lasting.map((file) => ({
      ...file,
      text: file.text
        .replace('name: Lyon Compta SAS\ncountry: FR', 'name: Lyon Compta SAS\ncountry: GB')
        .replace('to: FR', 'to: GB'),
    }))
    const own = rules(rule('own', 'block', '{provider: lyon-compta, problem: adequacy_expires}'))
    const [before, after] = [bundleOf('', british), bundleOf(own, british)]
    const [change] = diffBundles(before, after, () => '2026-11-23').changes
    expect(change).toMatchObject({ before: 'open', after: 'refused', rules: ['own'] })
    const day = change?.from ?? ''
    const closed = (on: string): boolean =>
      openRoute(after, { ...toLyon, on }).always.some((open) => open.rule.id === 'own')
    expect([closed(dayBefore(day)), closed(day)]).toEqual([false, true])
    expect(change?.until).toBe(before.law.adequacy.get('GB')?.valid_to)
  })

  test('a derogation opens a route for its own case', () => {
    const without = lasting.map((file) => ({
      ...file,
      text: file.text.replace(/mechanism: scc_ec[^]*?data_scope: contract\}/, 'mechanism: derogation'),
    }))
    const derogation = {
      path: 'derogations/K-1.yaml',
      text: 'case: K-1\nprovider: tana-paie\nletter: a\ndata_subjects_max: 5\ntransfers_max: 1\nreason: x\napprover: y\nvalid_to: 2027-01-31\n',
    }
    const diff = diffBundles(
      bundleOf('', without),
      bundleOf('', [...without, derogation]),
      () => '2026-11-23',
    )
    expect(diff.changes).toMatchObject([
      { before: 'refused', after: 'open', where: { case: ['K-1'] }, until: '2027-01-31' },
    ])
    expect(diffLines(diff, 'en')[1]).toContain('refused → open, with Douane-Case K-1; until 2027-01-31')
  })

  test('every key about a finding is an axis of the comparison', () => {
    const samples: Readonly<Record<string, unknown>> = {
      confidence: { from: 0.2 },
      path: ['a'],
      recogniser: ['x'],
    }
    const known = ['confidence', 'path', 'recogniser', 'nir_basis']
    for (const [key, { about }] of Object.entries(whenKeys)) {
      const when = { [key]: samples[key] ?? ['present'] } as When
      const asks = about === 'finding' ? atoms(compileRule({ when } as Rule).term) : []
      const own = asks.filter((atom) => atom.about === 'finding').map((atom) => atom.key)
      expect(own.filter((each) => !known.includes(each))).toEqual([])
    }
  })

  test('a group is written by its name if all of it stands there', () => {
    expect(grouped(['auth.password', 'auth.pin', 'auth.secret', 'fin.iban'])).toEqual(['auth', 'fin.iban'])
    expect(grouped(categories)).toEqual(['*'])
  })
})
