import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PolicyInvalid, type PolicyFault } from '../../src/errors.ts'
import { categories } from '../../src/model/category.ts'
import type { Bundle, BundleFile } from '../../src/policy/bundle.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { faultInBothLanguages } from './both-languages.ts'

export const shipped = resolve(import.meta.dirname, '../../policies')

/** Enough law for the register of examples; the shipped law has tests of its own. */
const territories = ['FR', 'PT', 'MG', 'MA', 'US', 'CA']
  .map(
    (code) =>
      `  - {code: ${code}, class: ${code === 'FR' || code === 'PT' ? 'eu' : 'third'}, en: ${code}, fr: ${code}, basis: x, source: x, verified_on: 2026-11-22}\n`,
  )
  .join('')

const decision = (code: string, tests: string): string =>
  `  - {code: ${code}, act: ${code}, adopted: 2001-12-20, scope: partial, scope_test: [${tests}], valid_to: null,
     review_due: null, risk: normal, litigation: [], eea_incorporated: unknown, source: x, verified_on: 2026-11-22}\n`

export const moreau = `id: moreau
name: Moreau SARL
country: FR
default_purpose: payroll
purposes:
  payroll: {data_subjects: [employees], need_to_know: [hr.salary, fin.income], scope: provider, nir_basis: payroll}
  support:
    data_subjects: [customers]
    places: ["/tickets/{id.case}"]
`

export const tana = `id: tana-paie
name: Tana Paie SARLU
country: MG
base_url: https://api.tana-paie.example/v2
language: fr
status: approved
contracts:
  - client: moreau
    dpa: {ref: C-2025-14, signed_on: 2025-03-01, art28_3_a_to_h: true, purposes: [payroll],
          categories: [name, contact, birth, gender, marital, nationality, id.national, id.employee, fin, hr.salary]}
    legs:
      - {from: FR, to: MG, exporter: client, importer: provider, kind: processing,
         mechanism: scc_ec, module: M2, signed_on: 2025-03-01, annexes: [I.A, I.B, I.C, II, III],
         tia: {ref: TIA-7, done_on: 2026-02-10, review_by: 2027-02-10, outcome: problematic_not_applied, data_scope: contract}}
`

/** The register of examples, a little law, and categories that only take part. */
export const small: readonly BundleFile[] = [
  { path: 'law/territories.yaml', text: `territories:\n${territories}` },
  {
    path: 'law/adequacy.yaml',
    text: `decisions:\n${decision('CA', 'recipient_pipeda')}${decision('US', 'dpf_active, dpf_covers_hr')}`,
  },
  ...['law/mechanisms.yaml', 'law/localisation.yaml'].map((path) => ({
    path,
    text: readFileSync(resolve(shipped, path), 'utf8'),
  })),
  {
    path: 'categories.yaml',
    text: `categories:\n${categories.map((c) => `  ${c}: {dpv: "pd:X", article: "4(1)", third: remove, en: x, fr: x}\n`).join('')}`,
  },
  { path: 'register/clients/moreau.yaml', text: moreau },
  { path: 'register/providers/tana-paie.yaml', text: tana },
]

/** The small folder with files added or replaced; `undefined` takes one away. */
export const withFiles = (changes: Readonly<Record<string, string | undefined>>): readonly BundleFile[] => [
  ...small.filter(({ path }) => !(path in changes)),
  ...Object.entries(changes).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }])),
]

/** The bundle or the faults; any other error passes through and fails the test. */
export const outcome = (files: readonly BundleFile[]): Bundle | readonly PolicyFault[] => {
  try {
    return loadFiles(files)
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.faults
    throw error
  }
}

/** The faults, each of them in both languages. */
export const faultsOf = (files: readonly BundleFile[]): readonly PolicyFault[] => {
  const got = outcome(files)
  if ('digest' in got) return []
  const faults = got as readonly PolicyFault[]
  for (const fault of faults) faultInBothLanguages(fault)
  return faults
}
