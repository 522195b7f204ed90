import { describe, expect, test } from 'vitest'
import { bundleOf, decideOn, register, ruleIds, shipped, tana, treatmentAt } from './hand.ts'
import type { Said } from './hand.ts'

/** The table of docs: what becomes of a payroll record on its way to Antananarivo. */
const record: [Said, string][] = [
  [{ path: 'salaries.0.matricule', category: 'id.employee' }, 'pseudonymise'],
  [{ path: 'salaries.0.nom', category: 'name' }, 'pseudonymise'],
  [{ path: 'salaries.0.sexe', category: 'gender' }, 'remove'],
  [{ path: 'salaries.0.nationalite', category: 'nationality' }, 'remove'],
  [{ path: 'salaries.0.situation_familiale', category: 'marital' }, 'remove'],
  [{ path: 'salaries.0.langue', category: 'language' }, 'remove'],
  [{ path: 'salaries.0.date_naissance', category: 'birth.date' }, 'generalise year'],
  [{ path: 'salaries.0.lieu_naissance', category: 'birth.place' }, 'generalise country'],
  [{ path: 'salaries.0.cp', category: 'contact.postcode' }, 'generalise 2'],
  [{ path: 'salaries.0.ville', category: 'contact.city' }, 'generalise country'],
  [{ path: 'salaries.0.nir', category: 'id.national', finding: 'nir', country: 'FR' }, 'remove'],
  [{ path: 'salaries.0.adresse', category: 'contact.address' }, 'pseudonymise'],
  [{ path: 'salaries.0.banque.iban', category: 'fin.iban' }, 'pseudonymise'],
  [{ path: 'salaries.0.salaire_brut', category: 'hr.salary', kind: 'number' }, 'allow'],
  [{ path: 'salaries.0.net', category: 'fin.income', kind: 'number' }, 'allow'],
  [{ path: 'salaries.0.commentaire', category: 'freetext' }, 'allow'],
  [{ path: 'mois', category: 'date' }, 'allow'],
  [{ path: 'societe', category: 'org' }, 'allow'],
]
const said = record.map(([each]) => each)

describe('a payroll record to Antananarivo under standard clauses', () => {
  const decision = decideOn(shipped, said)
  test('goes, treated, on the grant third-with-ground', () => {
    expect(decision.verdict).toBe('treat')
    expect(decision.code).toBeUndefined()
    expect(decision.route).toMatchObject({ class: 'third', countries: ['MG'], ground: ['scc_ec'] })
    expect(ruleIds(decision)).toContain('third-with-ground')
    expect(decision.counts['name']).toEqual({ pseudonymise: 1 })
  })
  test.each(record.map(([each, expected], at) => [each.path, expected, at] as const))(
    '%s → %s',
    (_, expected, at) => {
      expect(treatmentAt(decision, at)).toBe(expected)
    },
  )
  test('without need_to_know the pay is made coarser', () => {
    const files = register.map((file) => ({
      ...file,
      text: file.text.replace('need_to_know: [hr.salary, fin.income], ', ''),
    }))
    const stricter = decideOn(bundleOf('', files), said)
    expect(treatmentAt(stricter, 13)).toBe('generalise 1')
  })
  test('with need_to_know the NIR becomes an opaque stand-in, never itself', () => {
    const files = register.map((file) => ({
      ...file,
      text: file.text.replace('[hr.salary, fin.income]', '[id, hr.salary]'),
    }))
    expect(treatmentAt(decideOn(bundleOf('', files), said), 10)).toBe('pseudonymise')
  })
  test('a NIR for a purpose that the decree does not list refuses', () => {
    const files = register.map((file) => ({ ...file, text: file.text.replace(', nir_basis: payroll', '') }))
    expect(decideOn(bundleOf('', files), said)).toMatchObject({ verdict: 'refuse', code: 'NATIONAL_NUMBER' })
  })
  test('"maladie" refuses the whole transfer', () => {
    const files = register.map((file) => ({
      ...file,
      text: file.text.replace('hr.salary]}', 'hr.salary, health]}'),
    }))
    const refused = decideOn(bundleOf('', files), [...said, { path: 'motif', category: 'health' }])
    expect(refused).toMatchObject({ verdict: 'refuse', code: 'SPECIAL_CATEGORY' })
    expect(ruleIds(refused)).toContain('26-special-category')
  })
  test('an assessment past its review date refuses', () => {
    const files = register.map((file) =>
      file.text === tana
        ? { ...file, text: tana.replace('review_by: 2027-02-10', 'review_by: 2026-11-22') }
        : file,
    )
    const refused = decideOn(bundleOf('', files), said)
    expect(refused).toMatchObject({ verdict: 'refuse', code: 'TIA_EXPIRED' })
    expect(refused.spoken[0]).toMatchObject({ rule: '18-impact-assessment', file: 'rules/route.yaml' })
  })
})
