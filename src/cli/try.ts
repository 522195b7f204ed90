import type { Command } from 'commander'
import { type Code, Refused } from '../errors.ts'
import type { Both, Lang } from '../lang.ts'
import type { Bundle } from '../policy/bundle.ts'
import { didYouMean } from '../policy/fault-words.ts'
import { loadFolder } from '../policy/load.ts'
import { shown } from '../policy/yaml.ts'
import { langOption } from './lang.ts'
import type { Says } from './lang.ts'
import { policiesFolder } from './options.ts'
import { placeOf, policiesOf, settingsOf, visit } from './place.ts'
import { readText } from './read-text.ts'
import type { Call } from './call.ts'

export interface TryOptions {
  readonly client: string
  readonly provider: string
  readonly purpose?: string
  readonly case?: string
  readonly method: string
  readonly target: string
  readonly type: string
  readonly lang: Lang
  /** A draft to look at in place of the home's folder. */
  readonly policies?: string
}

/** The options that `try` and `policy explain` share. */
export const tryOptions = (command: Command, says: Says): Command =>
  command
    .argument(
      '[file]',
      says('the payload; without it standard input', "le contenu ; à défaut l'entrée standard"),
    )
    .requiredOption('--client <id>', says('who sends', 'qui envoie'))
    .requiredOption('--provider <id>', says('to whom', 'à qui'))
    .option(
      '--purpose <id>',
      says('what for; default: the client’s', 'pour quelle finalité ; à défaut : celle du client'),
    )
    .option('--case <text>', says('Douane-Case', 'le Douane-Case'))
    .option('--method <method>', says('HTTP method', 'méthode HTTP'), 'POST')
    .option('--target <path>', says('path below the base URL', "chemin sous l'URL de base"), '/')
    .option('--type <media type>', says('media type', 'type de média'), 'application/json')
    .option('--policies <folder>', policiesFolder(says))
    .addOption(langOption(says))

/**
 * What would become of a payload under the policies of the folder and under what people ordered (suspensions, overrides); the
 * throw-away keys make it safe to show.
 */
export async function tryIt(
  file: string | undefined,
  options: TryOptions,
  env: NodeJS.ProcessEnv,
  act: string,
) {
  // Read here: `policy check` shares these options and needs no detector.
  const [{ tryOne }, { detectorOf }] = await Promise.all([
    import('../admin/try.ts'),
    import('../policy/detector.ts'),
  ])
  const place = placeOf(env)
  const { type: media, policies = policiesOf(place), ...asked } = options
  const bundle = await loadFolder(policies)
  checkNames(bundle, asked)
  const body = await readText(file)
  const { orders } = await visit(place, act, async ({ book }) => ({
    result: await book.read(),
    count: 1,
    filter: options.client,
  }))
  return tryOne(
    { ...asked, media, body },
    { ...bundle, orders },
    detectorOf(bundle),
    settingsOf(place).region,
  )
}

/** Who mistypes a name at a terminal is told which ones there are. @throws Refused NOT_FOUND, PROVIDER_UNKNOWN, PURPOSE_UNKNOWN */
const checkNames = (
  { clients, providers }: Pick<Bundle, 'clients' | 'providers'>,
  { client, provider, purpose }: Pick<TryOptions, 'client' | 'provider' | 'purpose'>,
): void => {
  const unknown = (code: Code, kind: Both, given: string, known: Iterable<string>): Refused => {
    const hint = didYouMean(given, known)
    return new Refused(code, {
      en: `no ${kind.en} "${shown(given)}" in the register${hint === undefined ? '' : `; ${hint.en}`}`,
      fr: `pas de ${kind.fr} « ${shown(given)} » au registre${hint === undefined ? '' : ` ; ${hint.fr}`}`,
    })
  }
  const its = clients.get(client)
  if (its === undefined) throw unknown('NOT_FOUND', { en: 'client', fr: 'client' }, client, clients.keys())
  if (!providers.has(provider))
    throw unknown('PROVIDER_UNKNOWN', { en: 'provider', fr: 'prestataire' }, provider, providers.keys())
  if (purpose !== undefined && !Object.hasOwn(its.purposes, purpose))
    throw unknown(
      'PURPOSE_UNKNOWN',
      { en: `purpose of ${client}`, fr: `finalité de ${client}` },
      purpose,
      Object.keys(its.purposes),
    )
}

/** `douane try` */
export function tryCommand(program: Command, { env, print, exit, says }: Call): void {
  tryOptions(
    program
      .command('try')
      .description(
        says('what the provider would receive, and why', 'ce que le prestataire recevrait, et pourquoi'),
      ),
    says,
  ).action(async (file: string | undefined, options: TryOptions) => {
    const tried = await tryIt(file, options, env, 'try')
    const to = print()
    to.line(tried.explanation.sentence)
    if (tried.outgoing !== undefined) {
      to.line()
      to.line(`${options.method} ${tried.outgoing.target}`)
      to.line(tried.outgoing.body)
    }
    to.value(tried)
    if (tried.decision.verdict === 'refuse') exit(1)
  })
}
