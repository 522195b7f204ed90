/** The homes that are tortured: the shipped pack, a register of our own, keys made once, and copies for instances. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openKeyRing } from '../../src/config/credentials.ts'
import { makeSecrets, openSecrets } from '../../src/config/secrets.ts'
import { openShredFiles } from '../../src/config/shred-keys.ts'
import { project } from '../../src/wire/project.ts'

export const clientId = 'torture-client'

const client = `id: ${clientId}
name: Torture Client SARL
country: FR
status: approved
default_purpose: payroll
purposes:
  payroll:
    data_subjects: [employees]
    scope: provider
    retention_days: 400
    places: ['/people/{id.employee}']
`

const provider = (id: string, country: string, port: number, leg: string): string => `id: ${id}
name: ${id}
country: ${country}
base_url: http://127.0.0.1:${port}/${id}
language: fr
status: approved
contracts:
  - client: ${clientId}
    dpa:
      ref: C-1
      signed_on: 2025-03-01
      art28_3_a_to_h: true
      purposes: [payroll]
      categories: [name, contact, id.employee, fin]
    legs:
      - ${leg}
`

const clauses = (review: string): string =>
  '{from: FR, to: MG, exporter: client, importer: provider, kind: processing, mechanism: scc_ec, module: M2, ' +
  'signed_on: 2025-03-01, annexes: [I.A, I.B, I.C, II, III], ' +
  `tia: {ref: T, done_on: 2025-02-10, review_by: ${review}, outcome: problematic_not_applied, data_scope: contract}}`

/** Policies and settings afresh (the provider's port is another at each run); keys, log and vault stay. */
export const prepareHome = (home: string, port: number, more: readonly string[] = []): void => {
  mkdirSync(home, { recursive: true, mode: 0o711 })
  chmodSync(home, 0o711)
  const policies = join(home, 'policies')
  rmSync(policies, { recursive: true, force: true })
  cpSync(join(project, 'policies'), policies, { recursive: true })
  rmSync(join(policies, 'register'), { recursive: true, force: true })
  for (const kind of ['clients', 'providers'])
    mkdirSync(join(policies, 'register', kind), { recursive: true })
  writeFileSync(join(policies, 'register/clients/client.yaml'), client)
  const providers = {
    far: provider('far', 'MG', port, clauses('2999-12-31')),
    late: provider('late', 'MG', port, clauses('2025-12-31')),
    near: provider(
      'near',
      'FR',
      port,
      '{from: FR, to: FR, exporter: client, importer: provider, kind: processing}',
    ),
  }
  for (const [id, text] of Object.entries(providers))
    writeFileSync(join(policies, 'register/providers', `${id}.yaml`), text)
  const settings = [
    'name: torture.example/log',
    'region: FR',
    'log_level: error',
    'data: {port: 0}',
    'control: {port: 0}',
    `dial_exceptions: ['127.0.0.1:${port}']`,
    // more than a half-year, less than two: what is pruned was noted before the clock was last set forward
    'retention: {evidence_days: 200, access_days: 200}',
    ...more,
  ]
  writeFileSync(join(home, 'douane.yaml'), `${settings.join('\n')}\n`, { mode: 0o600 })
}

/** A key for the load, and the installation's secrets: made the first time only. */
export const makeKeys = (home: string): string => {
  if (!existsSync(join(home, 'secrets/master.key'))) makeSecrets(home)
  return openKeyRing(home).makeClientKey(clientId)
}

/** Instances of one database share `secrets/`: the key of the month to come is there before it comes. */
export const shareMonth = (home: string, month: Date): void => {
  const folder = join(home, 'secrets/shred')
  openShredFiles(folder, openSecrets(home).master, () => month).current()
  const copies = readdirSync(dirname(home)).filter((name) =>
    new RegExp(`^${basename(home)}-\\d+$`).test(name),
  )
  for (const copy of copies) {
    const to = join(dirname(home), copy, 'secrets/shred')
    for (const name of readdirSync(folder))
      if (!existsSync(join(to, name))) cpSync(join(folder, name), join(to, name))
  }
}

/** Another instance's home: the same secrets and keys, its own settings and policies. */
export const copyHome = (from: string, to: string, port: number, more: readonly string[] = []): void => {
  prepareHome(to, port, more)
  rmSync(join(to, 'secrets'), { recursive: true, force: true })
  cpSync(join(from, 'secrets'), join(to, 'secrets'), { recursive: true })
  chmodSync(join(to, 'secrets'), 0o700)
  for (const entry of readdirSync(join(to, 'secrets'), { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600)
}
