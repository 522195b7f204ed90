import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { makeSecrets } from '../config/secrets.ts'
import { Misconfigured } from '../errors.ts'
import { project } from '../wire/installation.ts'
import { placeOf } from './place.ts'
import type { Call } from './run.ts'

const settingsText = `# Settings of this installation; docs/settings.md lists all of them. Each also as DOUANE_…

# Country of gateway and vault (ISO 3166-1): inside the EEA or adequate. douane serve refuses without it.
# region: FR

# Name of the log, as auditors will know it; it never changes.
# name: gateway.example.com/log

# PostgreSQL 15 or newer; without it Douane runs its own under pg/.
# database_url: postgres://douane@db.example.com/douane
`

/** Copies the shipped pack; nothing is read from the package afterwards (design §10). */
export function makeHome(home: string): void {
  if (existsSync(join(home, 'policies')))
    throw new Misconfigured(`${home} already holds policies/: nothing was changed`)
  mkdirSync(home, { recursive: true, mode: 0o711 })
  cpSync(join(project, 'policies'), join(home, 'policies'), { recursive: true })
  const settings = join(home, 'douane.yaml')
  if (!existsSync(settings)) writeFileSync(settings, settingsText, { mode: 0o600 })
  makeSecrets(home)
}

/** `douane init` */
export function initCommand(program: Command, { env, print }: Call): void {
  program
    .command('init')
    .description('make a home: policies, settings, keys')
    .action(() => {
      const { home } = placeOf(env)
      makeHome(home)
      const to = print()
      to.line(`Made ${home}`)
      to.line('Next: set region in douane.yaml, write policies/register/, then')
      to.line('  douane policy check · douane keys client ID · douane serve')
      to.value({ home })
    })
}
