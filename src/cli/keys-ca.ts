import type { Command } from 'commander'
import { makeAuthority, pemOf } from '../audit/certificate.ts'
import { keepAuthority } from '../config/audit-certificate.ts'
import { placeOf, settingsOf } from './place.ts'
import type { Call } from './run.ts'

/** `douane keys ca` */
export function caCommand(keys: Command, { env, print }: Call): void {
  keys
    .command('ca')
    .description(
      'make a root and a certified key for audit exports; print the root certificate to give to auditors',
    )
    .action(() => {
      const place = placeOf(env)
      const authority = makeAuthority(settingsOf(place).name, new Date())
      keepAuthority(place.home, authority)
      const root = pemOf(authority.root)
      print().warn('Move secrets/audit-root.key to a place off line; exports do not need it.')
      print().line(root.trimEnd())
      print().value({ root })
    })
}
