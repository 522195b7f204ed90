import type { Command } from 'commander'
import { endLift, lift, liftable } from '../admin/lift.ts'
import { checkReason } from '../admin/orders.ts'
import { mustHave } from '../admin/roles.ts'
import { isoTime } from '../audit/record.ts'
import { Misconfigured, Refused } from '../errors.ts'
import { isCivilDate } from '../law/date.ts'
import type { Lang } from '../lang.ts'
import { ruleDigest } from '../policy/lifted.ts'
import { liftText, newNonce, signMandate } from '../policy/mandate.ts'
import { readApproverKey } from './approver-key.ts'
import { langOption } from './lang.ts'
import { keyOption, reasonOption } from './options.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'

interface LiftOptions {
  readonly client: string
  readonly provider: string
  readonly purpose?: string
  readonly reason: string
  readonly until: string
  readonly key: string
  readonly lang: Lang
}

const inFull = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * A day ends with itself, in UTC: activation and records use UTC (design §6). Nothing is guessed: 05/01/2027 is two days, and
 * 2027-02-30 is none; somebody is about to sign it.
 * @throws Misconfigured
 */
export const timeOf = (text: string, day: 'begins' | 'ends'): string => {
  const hour = day === 'ends' ? 'T23:59:59.999Z' : 'T00:00:00.000Z'
  const civil = isCivilDate(text)
  const at =
    civil || (inFull.test(text) && isCivilDate(text.slice(0, 10)))
      ? Date.parse(civil ? `${text}${hour}` : text)
      : Number.NaN
  if (!(at >= 0))
    throw new Misconfigured(
      `"${text}" is no time: write YYYY-MM-DD or 2026-12-01T08:00:00Z`,
      `« ${text} » n'est pas un moment : écrivez AAAA-MM-JJ ou 2026-12-01T08:00:00Z`,
    )
  return isoTime(new Date(at))
}

/** `douane override lift|end` */
export function overrideCommands(program: Command, { env, print, says }: Call): void {
  const override = program
    .command('override')
    .description(
      says(
        'lift one overridable rule on one route for a time, by an approver’s signature',
        "lève une règle qui l'admet, sur une route et pour un temps, par la signature d'un approbateur",
      ),
    )

  override
    .command('lift')
    .argument(
      '<rule>',
      says('id of a rule with overridable: true', "identifiant d'une règle marquée overridable: true"),
    )
    .requiredOption('--client <id>', says('on the route of this client', 'sur la route de ce client'))
    .requiredOption('--provider <id>', says('to this provider', 'vers ce prestataire'))
    .option(
      '--purpose <id>',
      says('for this purpose; silent: every one', 'pour cette finalité ; à défaut, pour toutes'),
    )
    .requiredOption(
      '--until <time>',
      says(
        'its end, at most a year away: a day (UTC) or a time',
        'sa fin, à un an au plus : un jour (UTC) ou une heure',
      ),
    )
    .addOption(keyOption(says))
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'loosens: the rule does not act on this route until then; each decision says so. Only this rule: a later bundle that says something else under its id makes it act again',
        "assouplit : la règle n'agit pas sur cette route jusque-là ; chaque décision le dit. Cette règle seulement : une politique qui dit autre chose sous son identifiant la fait agir à nouveau",
      ),
    )
    .action(async (rule: string, options: LiftOptions) => {
      const key = readApproverKey(options.key)
      const { client, provider, purpose = '', reason: why } = options
      const until = timeOf(options.until, 'ends')
      const made = await visit(placeOf(env), 'override lift', async ({ book, detector }) => {
        checkReason(why, (text) => detector.identifiers(text))
        const nonce = newNonce()
        const { orders } = await book.read()
        const says = ruleDigest(await liftable(book, orders, { rule, client, provider, purpose }))
        const ask = { rule, says, client, provider, purpose, until, why, nonce }
        const jws = await signMandate(liftText({ log: book.log, ...ask }), key)
        const result = await lift(book, { who: key.name, roles: ['approver'] }, { ...ask, jws })
        return { result, count: 1, filter: provider }
      })
      print().line(
        {
          en: `${rule} is lifted for ${client} → ${provider} until ${until} (override ${made?.id})`,
          fr: `${rule} est levée pour ${client} → ${provider} jusqu'au ${until} (levée ${made?.id})`,
        }[options.lang],
      )
      print().value({ id: made?.id, rule, client, provider, purpose, until })
    })

  override
    .command('end')
    .argument(
      '<id>',
      says(
        'of the override, as douane policy orders shows it',
        "identifiant de la levée, tel que douane policy orders l'affiche",
      ),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'the rule acts again at once (roles dpo, approver, operator)',
        'la règle agit à nouveau, aussitôt (rôles dpo, approver, operator)',
      ),
    )
    .action(async (id: string, { reason, lang }: { reason: string; lang: Lang }) => {
      const was = await visit(placeOf(env), 'override end', async ({ book, detector }, actor) => {
        mustHave(actor.roles, 'endOverride')
        checkReason(reason, (text) => detector.identifiers(text))
        return { result: await endLift(book, actor, id, reason), count: 1, filter: id }
      })
      if (!was)
        throw new Refused('NOT_FOUND', {
          en: 'There is no such override.',
          fr: 'Aucune levée de règle ne porte cet identifiant.',
        })
      print().line({ en: `${id} has ended`, fr: `${id} a pris fin` }[lang])
      print().value({ id, ended: true })
    })
}
