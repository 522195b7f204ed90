import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { makeAuthority, pemOf } from '../audit/certificate.ts'
import { signingRequest } from '../audit/request.ts'
import { keepAuthority, keyForRequest, takeCertificate } from '../config/audit-certificate.ts'
import { unreadable } from '../errors.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { placeOf, settingsOf } from './place.ts'
import type { Call } from './call.ts'

/** @throws Misconfigured */
const pemFile = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })

/** `douane keys ca|csr|certificate` */
export function caCommand(keys: Command, { env, print, says }: Call): void {
  keys
    .command('csr')
    .description(
      says(
        'print a certificate request for audit exports, for an authority that you have',
        "affiche une demande de certificat pour les exports d'audit, à remettre à votre autorité",
      ),
    )
    .action(() => {
      const place = placeOf(env)
      const request = signingRequest(settingsOf(place).name, keyForRequest(place.home))
      print().line(request.trimEnd())
      print().value({ request })
    })

  keys
    .command('certificate')
    .argument(
      '<chain>',
      says(
        'PEM file: the certificate issued for the request, then those above it',
        'fichier PEM : le certificat délivré pour la demande, puis ceux qui le précèdent dans la chaîne',
      ),
    )
    .requiredOption(
      '--root <file>',
      says(
        'PEM file of the root: what auditors pin',
        'fichier PEM de la racine : ce que les auditeurs prennent pour référence',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'take the certificate that was issued for `keys csr`; exports are signed with it from then on',
        'prend le certificat délivré pour `keys csr` ; les exports sont dès lors signés avec lui',
      ),
    )
    .action(async (chain: string, { root, lang }: { root: string; lang: Lang }) => {
      takeCertificate(placeOf(env).home, await pemFile(chain), await pemFile(root))
      print().line(
        {
          en: 'exports are signed with this certificate now',
          fr: 'les exports sont désormais signés avec ce certificat',
        }[lang],
      )
      print().value({ taken: true })
    })

  keys
    .command('ca')
    .addOption(langOption(says))
    .description(
      says(
        'make a root and a certified key for audit exports; print the root certificate to give to auditors',
        "crée une racine et une clé certifiée pour les exports d'audit ; affiche le certificat racine à remettre aux auditeurs",
      ),
    )
    .action(({ lang }: { lang: Lang }) => {
      const place = placeOf(env)
      const authority = makeAuthority(settingsOf(place).name, new Date())
      keepAuthority(place.home, authority)
      const root = pemOf(authority.root)
      print().warn(
        {
          en: 'Move secrets/audit-root.key to a place off line; exports do not need it.',
          fr: "Déplacez secrets/audit-root.key en un lieu hors ligne ; les exports n'en ont pas besoin.",
        }[lang],
      )
      print().line(root.trimEnd())
      print().value({ root })
    })
}
