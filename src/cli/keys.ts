import type { Command } from 'commander'
import { type Role, openKeyRing, roles } from '../config/credentials.ts'
import { type NewCredential, openProviderCredentials } from '../config/provider-credentials.ts'
import { Misconfigured } from '../errors.ts'
import { loadFolder } from '../policy/load.ts'
import { approverCommands } from './keys-approver.ts'
import { bootsCommands } from './keys-boots.ts'
import { caCommand } from './keys-ca.ts'
import { rotateCommand } from './keys-rotate.ts'
import type { Both, Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { placeOf, policiesOf } from './place.ts'
import { readText } from './read-text.ts'
import type { Call } from './call.ts'

interface ProviderOptions {
  readonly header?: string
  readonly user?: string
  readonly lang: Lang
}

const credentialOf = (secret: string, options: ProviderOptions): NewCredential => {
  if (options.header !== undefined) return { kind: 'header', header: options.header, value: secret }
  if (options.user !== undefined) return { kind: 'basic', user: options.user, password: secret }
  return { kind: 'bearer', token: secret }
}

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

/** `a,b c` */
const listOf = (given: readonly string[]): string[] => given.flatMap((text) => text.split(','))

/** A key for a client that is not in the register would open nothing, silently. @throws Misconfigured */
const needClients = async (folder: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const { clients } = await loadFolder(folder)
  for (const id of ids)
    if (!clients.has(id))
      throw new Misconfigured(
        `no client ${id} in ${folder}/register/clients`,
        `pas de client ${id} dans ${folder}/register/clients`,
      )
}

/** `douane keys client|provider|person|list|revoke` */
export function keysCommands(program: Command, { env, print, exit, says }: Call): void {
  const keys = program
    .command('keys')
    .description(
      says(
        'keys of clients and people, secrets of providers',
        'clés des clients et des personnes, secrets des prestataires',
      ),
    )

  keys
    .command('client')
    .argument('<id>', says('a client of the register', 'un client du registre'))
    .description(
      says(
        'make a key for a client system and print it, once',
        "crée une clé pour un système client et l'affiche, une seule fois",
      ),
    )
    .action(async (id: string) => {
      const place = placeOf(env)
      await needClients(policiesOf(place), [id])
      const key = openKeyRing(place.home).makeClientKey(id)
      print().line(key)
      print().value({ key, client: id })
    })

  keys
    .command('person')
    .argument(
      '<name>',
      says('who; as access records will name them', "qui ; le nom que porteront les enregistrements d'accès"),
    )
    .requiredOption('--role <roles...>', roles.join(', '))
    .option('--client <ids...>', says('only these clients', 'ces clients seulement'))
    .description(
      says(
        'make a key for the control plane and print it, once',
        "crée une clé pour le plan de contrôle et l'affiche, une seule fois",
      ),
    )
    .action(async (who: string, options: { role: string[]; client?: string[] }) => {
      const held = listOf(options.role)
      const unknown = held.filter((text) => !isRole(text))
      if (unknown.length > 0)
        throw new Misconfigured(
          `no such role: ${unknown.join(', ')}; one of ${roles.join(', ')}`,
          `rôle inconnu : ${unknown.join(', ')} ; les rôles sont ${roles.join(', ')}`,
        )
      const place = placeOf(env)
      const clients = options.client === undefined ? undefined : listOf(options.client)
      await needClients(policiesOf(place), clients ?? [])
      const key = openKeyRing(place.home).makePersonKey({
        who,
        roles: held.filter(isRole),
        ...(clients === undefined ? {} : { clients }),
      })
      print().line(key)
      print().value({ key, who, roles: held, ...(clients === undefined ? {} : { clients }) })
    })

  keys
    .command('provider')
    .argument('<id>', says('a provider of the register', 'un prestataire du registre'))
    .option(
      '--header <name>',
      says(
        'send the secret in this header; default Authorization: Bearer',
        'envoie le secret dans cet en-tête ; à défaut Authorization: Bearer',
      ),
    )
    .option(
      '--user <name>',
      says(
        'send it as the password of Basic authentication',
        "l'envoie comme mot de passe de l'authentification Basic",
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'read a provider’s secret from standard input and bind it to the origin of its base_url',
        "lit le secret d'un prestataire sur l'entrée standard et le lie à l'origine de son base_url",
      ),
    )
    .action(async (id: string, options: ProviderOptions) => {
      const place = placeOf(env)
      const provider = (await loadFolder(policiesOf(place))).providers.get(id)
      if (provider === undefined)
        throw new Misconfigured(
          `no provider ${id} in ${policiesOf(place)}/register/providers`,
          `pas de prestataire ${id} dans ${policiesOf(place)}/register/providers`,
        )
      const secret = (await readText(undefined)).trim()
      if (secret === '')
        throw new Misconfigured(
          'the secret is read from standard input, and nothing came',
          "le secret se lit sur l'entrée standard, et rien n'est arrivé",
        )
      openProviderCredentials(place.home).bind(provider, credentialOf(secret, options))
      const { origin } = new URL(provider.base_url)
      print().line({ en: `bound to ${origin}`, fr: `lié à ${origin}` }[options.lang])
      print().value({ provider: id, origin })
    })

  caCommand(keys, { env, print, exit, says })
  approverCommands(keys, { env, print, exit, says })
  rotateCommand(keys, { env, print, exit, says })
  bootsCommands(keys, { env, print, exit, says })

  keys
    .command('list')
    .addOption(langOption(says))
    .description(
      says(
        'keys and provider secrets, never their values',
        'clés et secrets des prestataires, jamais leurs valeurs',
      ),
    )
    .action(({ lang }: { lang: Lang }) => {
      const { home } = placeOf(env)
      const made = openKeyRing(home).list()
      const bound = openProviderCredentials(home).list()
      for (const key of made) {
        print().line(
          `${key.id}  ${key.client === undefined ? `${key.who} (${key.roles?.join(', ')})` : `client ${key.client}`}  ${key.made}`,
        )
      }
      for (const { provider, origin, header } of bound)
        print().line(`${{ en: 'provider', fr: 'prestataire' }[lang]} ${provider}  ${origin}  ${header}`)
      print().value({ keys: made, providers: bound })
    })

  keys
    .command('revoke')
    .argument('<id>', says('the eight characters after dk_', 'les huit caractères après dk_'))
    .addOption(langOption(says))
    .description(says('a key stops working within a second', 'une clé cesse de valoir en une seconde'))
    .action((id: string, { lang }: { lang: Lang }) => {
      const done = openKeyRing(placeOf(env).home).revoke(id)
      const said: Both = done
        ? { en: 'revoked', fr: 'révoquée' }
        : { en: 'no such key', fr: "cette clé n'existe pas" }
      print().line(said[lang])
      print().value({ revoked: done })
      if (!done) exit(1)
    })
}
