import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { makeAuthority, pemOf } from '../audit/certificate.ts'
import { signingRequest } from '../audit/request.ts'
import { keepAuthority, keyForRequest, takeCertificate } from '../config/audit-certificate.ts'
import { Misconfigured } from '../errors.ts'
import { placeOf, settingsOf } from './place.ts'
import type { Call } from './call.ts'

const pemFile = async (path: string): Promise<Buffer> => {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) throw new Misconfigured(`${path} cannot be read`)
  return bytes
}

/** `douane keys ca|csr|certificate` */
export function caCommand(keys: Command, { env, print }: Call): void {
  keys
    .command('csr')
    .description('print a certificate request for audit exports, for an authority that you have')
    .action(() => {
      const place = placeOf(env)
      const request = signingRequest(settingsOf(place).name, keyForRequest(place.home))
      print().line(request.trimEnd())
      print().value({ request })
    })

  keys
    .command('certificate')
    .argument('<chain>', 'PEM file: the certificate issued for the request, then those above it')
    .requiredOption('--root <file>', 'PEM file of the root: what auditors pin')
    .description(
      'take the certificate that was issued for `keys csr`; exports are signed with it from then on',
    )
    .action(async (chain: string, { root }: { root: string }) => {
      takeCertificate(placeOf(env).home, await pemFile(chain), await pemFile(root))
      print().line('exports are signed with this certificate now')
      print().value({ taken: true })
    })

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
