/** A register for the stories: two clients, and offices in France, Madagascar and Morocco. */
const purposes = `purposes:
  payroll:
    data_subjects: [employees]
    need_to_know: [hr.salary]
    scope: provider
    nir_basis: payroll
  support:
    data_subjects: [customers]
    places: ['/tickets/{id.case}']
`

const client = (id: string): string => `id: ${id}
name: ${id} SARL
country: FR
status: approved
default_purpose: payroll
${purposes}`

interface Office {
  readonly country: string
  readonly clients: readonly string[]
  /** Of the transfer impact assessment. */
  readonly review?: string
  readonly categories?: string
  readonly more?: string
  readonly status?: string
}

const everything =
  'name, contact, birth, age, gender, marital, nationality, language, id, fin, hr.salary, online, location, health, vehicle'

const contract = (id: string, country: string, review: string, categories: string): string => {
  const far = country !== 'FR'
  const clauses = far
    ? `, mechanism: scc_ec, module: M2, signed_on: 2025-03-01, annexes: [I.A, I.B, I.C, II, III], tia: {ref: T, done_on: 2025-02-10, review_by: ${review}, outcome: problematic_not_applied, data_scope: contract}`
    : ''
  return `  - client: ${id}
    dpa: {ref: C-1, signed_on: 2025-03-01, art28_3_a_to_h: true, purposes: [payroll, support], categories: [${categories}]}
    legs:
      - {from: FR, to: ${country}, exporter: client, importer: provider, kind: processing${clauses}}
`
}

const office = (id: string, port: number, of: Office): string => {
  const {
    country,
    clients,
    review = '2099-12-31',
    categories = everything,
    more = '',
    status = 'approved',
  } = of
  return `id: ${id}
name: ${id}
country: ${country}
base_url: http://127.0.0.1:${port}/${id}
language: fr
status: ${status}
${more}contracts:
${clients.map((one) => contract(one, country, review, categories)).join('')}`
}

/** Files of policies/register, by path. `extra` is the port of a second provider machine. */
export const register = (port: number, extra = port): Readonly<Record<string, string>> => {
  const both = ['acme', 'globex']
  return {
    'clients/acme.yaml': client('acme'),
    'clients/globex.yaml': client('globex'),
    'providers/tana.yaml': office('tana', port, {
      country: 'MG',
      clients: both,
      more: 'headers: {pass: [x-note]}\n',
    }),
    'providers/rabat.yaml': office('rabat', extra, { country: 'MA', clients: both }),
    'providers/lyon.yaml': office('lyon', port, { country: 'FR', clients: both }),
    'providers/stale.yaml': office('stale', port, { country: 'MG', clients: both, review: '2025-12-31' }),
    'providers/narrow.yaml': office('narrow', port, { country: 'MG', clients: both, categories: 'name' }),
    'providers/foreign.yaml': office('foreign', port, { country: 'MG', clients: ['globex'] }),
    'providers/asleep.yaml': office('asleep', port, { country: 'MG', clients: both, status: 'suspended' }),
  }
}
