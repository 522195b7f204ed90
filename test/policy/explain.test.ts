import { describe, expect, test } from 'vitest'
import { becauseOf } from '../../src/policy/because.ts'
import { explain } from '../../src/policy/explain.ts'
import type { Said } from './hand.ts'
import { bundleOf, decideOn, register, shipped, toLyon } from './hand.ts'

const where = (field: number) => `salaries[0].{${field}}`
const secret = 'Rakotomalala-285076912304150'
const record: Said[] = [
  { path: 'salaries.0.nom', category: 'name', text: secret },
  { path: 'salaries.0.iban', category: 'fin.iban', text: secret },
  { path: 'salaries.0.date_naissance', category: 'birth.date', text: secret },
  { path: 'salaries.0.sexe', category: 'gender', text: secret },
  { path: 'salaries.0.salaire', category: 'hr.salary', text: secret },
  { path: 'salaries.0.sante', category: 'health', text: secret, confidence: 0.2 },
]
const sentence = (said: Said[], lang: 'en' | 'fr', ask = {}, bundle = shipped) =>
  explain(decideOn(bundle, said, ask), lang, where).sentence

describe('one sentence that a DPO understands', () => {
  test('treated: to whom, where, on which ground, what became of what', () => {
    expect(sentence(record, 'en')).toBe(
      'May go to Tana Paie SARLU (Madagascar) for payroll, on standard contractual clauses (C-2025-14; TIA-7), treated ' +
        '(gender: removed; IBANs and names: replaced by pseudonyms; dates of birth: made coarser).',
    )
    expect(sentence(record, 'fr')).toBe(
      'Peut partir vers Tana Paie SARLU (Madagascar) pour payroll, sur le fondement suivant : des clauses contractuelles ' +
        'types (C-2025-14; TIA-7), après traitement (sexe : retrait ; IBAN et noms : remplacement par des pseudonymes ; ' +
        'dates de naissance : généralisation).',
    )
  })
  test('allowed', () => {
    expect(sentence([{ path: 'nom', category: 'name' }], 'en', toLyon)).toBe(
      'May go as it came to Lyon Compta SAS (France) for invoicing, on free movement in the EEA (LC-1).',
    )
  })
  test('refused: why, by which rule, file, line and article', () => {
    const said: Said[] = [{ path: 'motif', category: 'health' }]
    expect(sentence(said, 'en')).toMatch(
      /^Refused, nothing may go to Tana Paie SARLU \(Madagascar\): Special categories leave only where .* \[health data\] \(rule 26-special-category, rules\/content\.yaml:\d+, GDPR 9, 35; SCC cl\. 8\.7\); 1 more rule says no\.$/,
    )
    expect(sentence(said, 'fr')).toMatch(
      /^Refusé, rien ne part vers Tana Paie SARLU \(Madagascar\) : Les données sensibles .* \[données de santé\] \(règle 26-special-category, rules\/content\.yaml:\d+, RGPD 9, 35 ; CCT cl\. 8\.7\) ; 1 autre règle refuse aussi\.$/,
    )
  })
  test('the line is the line of the rule', () => {
    const decision = decideOn(shipped, [{ path: 'motif', category: 'health' }])
    const [first] = decision.spoken
    const file = shipped.files.find(({ path }) => path === first?.file)
    expect(file?.text.split('\n')[(first?.line ?? 0) - 1]).toContain('26-special-category')
  })
  test('a route that nobody knows is refused in words too', () => {
    expect(sentence([], 'en', { provider: 'nobody' })).toContain('nobody: No provider with this id')
    expect(sentence([], 'fr', { provider: 'nobody' })).toContain(
      "Aucun prestataire de ce nom n'est au registre",
    )
  })
  test('names of parties come from the register, wherever the rule is', () => {
    const files = register.map((file) => ({
      ...file,
      text: file.text.replace('status: approved\ncontracts', 'status: draft\ncontracts'),
    }))
    expect(sentence([], 'en', {}, bundleOf('', files))).toMatch(
      /The register entry of Tana Paie SARLU is a draft, .* register\/providers\/tana-paie\.yaml:6/,
    )
  })
})

describe('details', () => {
  const { details } = explain(decideOn(shipped, record), 'en', where)
  test('name every rule and default with its place, the need to know and the grant', () => {
    const text = details.join('\n')
    expect(text).toMatch(
      /remove · gender: removed by default .* \[gender; salaries\[0\]\.\{3\}\] \(rule default:gender, categories\.yaml:\d+/,
    )
    expect(text).toMatch(
      /allow · salaries: sent as they came: the purpose payroll needs it\. .*need_to_know, register\/clients\/moreau\.yaml:7/,
    )
    expect(text).toMatch(/grant · A contract names the purpose/)
    expect(text).toContain('1 weak sign was counted and not acted on (act_from, third).')
  })
  test('speak French in French, the policy’s own words too', () => {
    const text = explain(decideOn(shipped, record), 'fr', where).details.join('\n')
    expect(text).toMatch(/^retrait · .* : retrait par défaut hors EEE/m)
    expect(text).toMatch(/^en clair · salaires : envoi en clair, la finalité payroll en a besoin\./m)
    expect(text).toMatch(/^autorisation · /m)
    expect(text).not.toMatch(/^(block|remove|allow|grant|generalise)\b/m)
  })
  test('say which of several problems is met', () => {
    const law = { named: {}, problems: ['tia_expired'] as const, remarks: [] }
    const rule = shipped.rules.find(({ id }) => id === '18-impact-assessment')!
    expect(becauseOf(rule, law)).toEqual({
      en: 'The transfer impact assessment is missing, past its review date, or does not cover these data; here: review overdue.',
      fr: "L'analyse d'impact des transferts manque, est à réviser, ou ne couvre pas ces données ; ici : révision en retard.",
    })
    expect(becauseOf(rule, { ...law, problems: [] }).en).toContain('; here: these data are outside it.')
    const single = shipped.rules.find(({ id }) => id === '16-clauses-repealed')!
    expect(becauseOf(single, law)).toEqual({ en: single.because.en, fr: single.because.fr })
  })
  test.each(['en', 'fr'] as const)('never hold a value (%s)', (lang) => {
    const said = explain(decideOn(shipped, record), lang, where)
    expect(JSON.stringify(said)).not.toContain('Rakoto')
    expect(JSON.stringify(decideOn(shipped, record))).not.toContain('285076912304150')
  })
})
