/** Payloads made by hand: what was found is said, not searched for. */
import { readFileSync, readdirSync } from 'node:fs'
import type { Category } from '../../src/model/category.ts'
import type { Decision, Treatment } from '../../src/model/decision.ts'
import type { Document, Field, Path } from '../../src/model/document.ts'
import type { Classification, Finding, RecordPlace } from '../../src/model/finding.ts'
import type { Client, Provider } from '../../src/model/register.ts'
import type { Bundle, BundleFile } from '../../src/policy/bundle.ts'
import type { RouteAsk } from '../../src/policy/evaluate.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { loadFiles } from '../../src/policy/load.ts'

const pack = new URL('../../policies/', import.meta.url)

/** The shipped pack, as files. */
export const shippedFiles = (): BundleFile[] =>
  readdirSync(pack, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('register/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, pack), 'utf8') }))

export const moreau = `id: moreau
name: Moreau SARL
country: FR
status: approved
default_purpose: payroll
purposes:
  payroll: {data_subjects: [employees], need_to_know: [hr.salary, fin.income], scope: provider, nir_basis: payroll}
  newsletter: {data_subjects: [customers]}
  invoicing: {data_subjects: [customers]}
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
          categories: [name, contact, birth, gender, marital, nationality, language, id.national, id.employee, fin, hr.salary]}
    legs:
      - {from: FR, to: MG, exporter: client, importer: provider, kind: processing,
         mechanism: scc_ec, module: M2, signed_on: 2025-03-01, annexes: [I.A, I.B, I.C, II, III],
         tia: {ref: TIA-7, done_on: 2026-02-10, review_by: 2027-02-10, outcome: problematic_not_applied, data_scope: contract}}
`

export const lyon = `id: lyon-compta
name: Lyon Compta SAS
country: FR
base_url: https://api.lyon-compta.example/v1
status: approved
contracts:
  - client: moreau
    dpa: {ref: LC-1, signed_on: 2023-09-01, art28_3_a_to_h: true, purposes: [invoicing],
          categories: [name, contact, id.customer, fin, health, criminal]}
    legs: [{from: FR, to: FR, exporter: client, importer: provider, kind: processing}]
`

export const register: BundleFile[] = [
  { path: 'register/clients/moreau.yaml', text: moreau },
  { path: 'register/providers/tana-paie.yaml', text: tana },
  { path: 'register/providers/lyon-compta.yaml', text: lyon },
]

/** The shipped pack and a small register, with more rules if given. */
export const bundleOf = (rules = '', files: BundleFile[] = register): Bundle =>
  loadFiles([...shippedFiles(), ...files, ...(rules === '' ? [] : [{ path: 'rules/own.yaml', text: rules }])])

export const shipped: Bundle = bundleOf()

/** The same with entries changed: what a register fragment would do, without writing YAML. */
export const withEntries = (
  bundle: Bundle,
  { client, provider }: { client?: Partial<Client>; provider?: Partial<Provider> },
): Bundle => ({
  ...bundle,
  clients: new Map(
    [...bundle.clients].map(([id, its]) => [id, id === 'moreau' ? { ...its, ...client } : its]),
  ),
  providers: new Map(
    [...bundle.providers].map(([id, its]) => [id, id === 'tana-paie' ? { ...its, ...provider } : its]),
  ),
})

export interface Said {
  readonly path: string
  readonly category: Category
  readonly text?: string
  readonly kind?: Field['kind']
  readonly confidence?: number
  readonly record?: number
  readonly country?: string
  readonly finding?: string
}

const pathOf = (dotted: string): Path => {
  let path: Path = null
  for (const step of dotted.split('.')) {
    path = { up: path, step: /^\d+$/.test(step) ? Number(step) : step, ordinal: 0 }
  }
  return path
}

export const payload = (
  said: readonly Said[],
  records: readonly RecordPlace[] = [{ path: null, child: false }],
): { document: Document; found: Classification } => {
  const fields: Field[] = []
  const findings: Finding[] = said.map((each) => {
    const text = each.text ?? 'xxxxxxxx'
    const index = fields.length
    fields.push({
      index,
      part: 'body',
      place: 'leaf',
      kind: each.kind ?? 'text',
      path: pathOf(each.path),
      key: each.path.split('.').at(-1) ?? '',
      text,
    })
    return {
      field: index,
      start: 0,
      end: text.length,
      category: each.category,
      confidence: each.confidence ?? 1,
      recogniser: 'hand',
      evidence: 'said so',
      record: each.record ?? 0,
      ...(each.finding === undefined ? {} : { kind: each.finding }),
      ...(each.country === undefined ? {} : { country: each.country }),
    }
  })
  const document: Document = {
    media: 'json',
    fields,
    write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
  }
  return { document, found: { findings, records } }
}

export const toTana: RouteAsk = {
  client: 'moreau',
  provider: 'tana-paie',
  purpose: 'payroll',
  method: 'POST',
  media: 'application/json',
  on: '2026-11-23',
  region: 'FR',
}
export const toLyon: RouteAsk = { ...toTana, provider: 'lyon-compta', purpose: 'invoicing' }

export const decideOn = (
  bundle: Bundle,
  said: readonly Said[],
  ask: Partial<RouteAsk> = {},
  records?: readonly RecordPlace[],
): Decision => {
  const { document, found } = payload(said, records)
  return evaluate(openRoute(bundle, { ...toTana, ...ask }), document, found)
}

export const printed = (treatment: Treatment | undefined): string =>
  treatment === undefined
    ? 'not acted on'
    : treatment.parameter === undefined
      ? treatment.name
      : `${treatment.name} ${treatment.parameter}`

/** The treatment of the finding at a position of `said`. */
export const treatmentAt = (decision: Decision, finding: number): string =>
  printed(decision.treatments.find((each) => each.finding === finding)?.treatment)

/** The treatment of one category on a route. */
export const becomes = (decision: Decision): string => treatmentAt(decision, 0)

export const ruleIds = (decision: Decision): string[] => decision.spoken.map((each) => each.rule)
