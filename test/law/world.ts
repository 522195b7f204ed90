import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LawData } from '../../src/law/data.ts'
import type { PolicyFault } from '../../src/errors.ts'
import type { Client, Contract, Leg, Provider, Tia } from '../../src/model/register.ts'
import { readAdequacy, readLocalisation, readMechanisms, readTerritories } from '../../src/policy/law-file.ts'
import { parseYaml } from '../../src/policy/yaml.ts'

const doc = (path: string) =>
  parseYaml({ path, text: readFileSync(resolve(import.meta.dirname, '../../policies', path), 'utf8') })

const faults: PolicyFault[] = []
const territories = readTerritories(doc('law/territories.yaml'), faults)
/** The shipped data. */
export const law: LawData = {
  territories,
  adequacy: readAdequacy(doc('law/adequacy.yaml'), territories, faults),
  ...readMechanisms(doc('law/mechanisms.yaml'), faults),
  ...readLocalisation(doc('law/localisation.yaml'), territories, faults),
}

export const today = '2026-11-23'

export const client: Client = {
  id: 'moreau',
  name: 'Moreau SARL',
  country: 'FR',
  law: 'gdpr',
  role: 'controller',
  zone: 'Europe/Brussels',
  status: 'approved',
  purposes: {
    payroll: { data_subjects: ['employees'], need_to_know: [], retention_days: 400 },
    support: { data_subjects: ['customers'], need_to_know: [], retention_days: 400 },
  },
}

export const tia: Tia = {
  ref: 'TIA-7',
  done_on: '2026-02-10',
  review_by: '2027-02-10',
  outcome: 'problematic_not_applied',
  data_scope: 'contract',
}

/** France → Madagascar under clauses of module two, in order today. */
export const scc: Leg = {
  from: 'FR',
  to: 'MG',
  exporter: 'client',
  importer: 'provider',
  kind: 'processing',
  mechanism: 'scc_ec',
  module: 'M2',
  signed_on: '2025-03-01',
  annexes: ['I.A', 'I.B', 'I.C', 'II', 'III'],
  tia,
}

export const contract = (legs?: readonly Leg[], dpa: Partial<Contract['dpa']> = {}): Contract => ({
  client: 'moreau',
  dpa: {
    ref: 'C-2025-14',
    signed_on: '2025-03-01',
    art28_3_a_to_h: true,
    purposes: ['payroll', 'support'],
    categories: ['name', 'contact', 'hr.salary'],
    ...dpa,
  },
  ...(legs === undefined ? {} : { legs }),
})

export const provider = (
  country: string,
  contracts: readonly Contract[],
  more: Partial<Provider> = {},
): Provider => ({
  id: 'tana-paie',
  name: 'Tana Paie SARLU',
  country,
  base_url: 'https://api.tana-paie.example',
  language: 'fr',
  status: 'approved',
  answers: 'pass',
  credentials: 'none',
  headers: { pass: [] },
  hosts: [],
  scope_facts: {},
  contracts,
  ...more,
})
