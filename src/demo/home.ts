/** The demonstration's home: the shipped pack, the demo register with the offices' ports, a key minted anew. */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyRing } from '../config/credentials.ts'
import { project } from '../wire/project.ts'
import type { Office } from './providers.ts'

const clients = ['moreau', 'velo-vert'] as const
export type DemoClient = (typeof clients)[number]

/** Ports that the offices would like; any free one does. */
export const wantedPorts: Readonly<Record<Office, number>> = { payroll: 8091, support: 8092, invoices: 8093 }

/**
 * Writes policies and settings afresh; database, keys and log of an earlier run stay.
 * @param planes ports of the two planes; left out: the defaults
 */
export function prepareDemoHome(
  home: string,
  ports: Readonly<Record<Office, number>>,
  planes?: { data: number; control: number },
): void {
  mkdirSync(home, { recursive: true, mode: 0o711 })
  const policies = join(home, 'policies')
  rmSync(policies, { recursive: true, force: true })
  cpSync(join(project, 'policies'), policies, { recursive: true })
  rmSync(join(policies, 'register'), { recursive: true, force: true })
  for (const kind of ['clients', 'providers'] as const) {
    const from = join(import.meta.dirname, 'register', kind)
    mkdirSync(join(policies, 'register', kind), { recursive: true })
    for (const name of readdirSync(from)) {
      const text = readFileSync(join(from, name), 'utf8').replaceAll(/\{port-(\w+)\}/g, (_, office: Office) =>
        String(ports[office]),
      )
      writeFileSync(join(policies, 'register', kind, name), text)
    }
  }
  const exceptions = Object.values(ports).map((port) => `  - 127.0.0.1:${port}`)
  const lines = [
    '# Written afresh at each start of the demonstration.',
    'name: demo.douane.local/log',
    'region: FR',
    'log_level: warn',
    'dial_exceptions:',
    ...exceptions,
    ...(planes === undefined ? [] : [`data: {port: ${planes.data}}`, `control: {port: ${planes.control}}`]),
  ]
  writeFileSync(join(home, 'douane.yaml'), `${lines.join('\n')}\n`, { mode: 0o600 })
}

export interface DemoKeys {
  readonly clients: Readonly<Record<DemoClient, string>>
  /** Of a person with every reading role. */
  readonly dpo: string
}

/**
 * New keys at every start; those of the start before stop working.
 * @param ring the one that the gateway asks: another would be seen by it a second later, and a key must work as it is printed
 */
export function mintDemoKeys(ring: KeyRing): DemoKeys {
  for (const { id } of ring.list()) ring.revoke(id)
  return {
    clients: { moreau: ring.makeClientKey('moreau'), 'velo-vert': ring.makeClientKey('velo-vert') },
    dpo: ring.makePersonKey({ who: 'demo-dpo', roles: ['dpo', 'auditor', 'author'] }),
  }
}
