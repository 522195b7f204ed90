import type { Command } from 'commander'
import { liftHold, placeHold } from '../admin/legal-holds.ts'
import { checkReason } from '../admin/orders.ts'
import { mustHave } from '../admin/roles.ts'
import { Refused } from '../errors.ts'
import { openLegalHolds } from '../wire/holds.ts'
import { pruneLogs } from '../wire/prune.ts'
import { signAll } from '../wire/sign.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { reasonOption } from './options.ts'

interface Because {
  readonly reason: string
  readonly lang: Lang
}

/** `douane audit prune|holds|hold|lift-hold` */
export function upkeepCommands(audit: Command, { env, print, says }: Call): void {
  audit
    .command('prune')
    .addOption(langOption(says))
    .description(
      says(
        'prune what is older than retention.*_days, as a running gateway does by itself each minute',
        "supprime ce qui dépasse retention.*_days, comme une passerelle en marche le fait d'elle-même chaque minute",
      ),
    )
    .action(async ({ lang }: { lang: Lang }) => {
      const done = await visit(placeOf(env), 'audit prune', async (installation) => {
        const result = await pruneLogs(installation, new Date())
        if (installation.database.alone) {
          // where no gateway runs nobody else signs, and nothing goes before its record is signed
          await signAll(installation)
          result.gone += (await pruneLogs(installation, new Date())).gone
        }
        return { result, count: result.gone }
      })
      print().line(
        {
          en: `${done.gone} records pruned, ${done.announced} announced`,
          fr: `enregistrements supprimés : ${done.gone}, annoncés : ${done.announced}`,
        }[lang],
      )
      for (const [stream, days] of Object.entries(done.waits))
        if (days > 0)
          print().line(
            {
              en: `${stream}: a record that says it is of later keeps those behind it for ${days} days`,
              fr: `${stream} : un enregistrement qui se dit plus récent retient ceux qui le suivent (${days} j)`,
            }[lang],
          )
      print().value(done)
    })

  audit
    .command('holds')
    .description(says('legal holds in force', 'les conservations légales en vigueur'))
    .action(async () => {
      const holds = await visit(placeOf(env), 'audit holds', async (installation, actor) => {
        mustHave(actor.roles, 'listHolds')
        const result = await openLegalHolds(installation).list()
        return { result, count: result.length }
      })
      for (const { id, since, by, reason } of holds) print().line(`${id}  ${since}  ${by}: ${reason}`)
      print().value({ holds })
    })

  audit
    .command('hold')
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'stop every pruning until the hold is lifted (roles dpo, approver, operator)',
        "arrête toute suppression jusqu'à la levée de la conservation (rôles dpo, approver, operator)",
      ),
    )
    .action(async ({ reason }: Because) => {
      const hold = await visit(placeOf(env), 'audit hold', async (installation, actor) => {
        mustHave(actor.roles, 'placeHold')
        checkReason(reason, (text) => installation.detector.identifiers(text))
        const result = await placeHold(openLegalHolds(installation), actor, reason)
        return { result, count: 1, filter: result.id }
      })
      print().line(hold.id)
      print().value(hold)
    })

  audit
    .command('lift-hold')
    .argument(
      '<id>',
      says('a hold, as `audit holds` lists them', "une conservation, telle que `audit holds` l'affiche"),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'let pruning go on (roles dpo, approver)',
        'laisse reprendre la suppression (rôles dpo, approver)',
      ),
    )
    .action(async (id: string, { reason, lang }: Because) => {
      const holds = await visit(placeOf(env), 'audit lift-hold', async (installation, actor) => {
        mustHave(actor.roles, 'liftHold')
        checkReason(reason, (text) => installation.detector.identifiers(text))
        const open = openLegalHolds(installation)
        if (!(await liftHold(open, actor, id, reason)))
          throw new Refused('NOT_FOUND', {
            en: 'There is no legal hold of that id.',
            fr: "Il n'y a pas de conservation légale de cet identifiant.",
          })
        return { result: await open.list(), count: 1, filter: id }
      })
      print().line(
        holds.length === 0
          ? { en: 'no hold is left', fr: 'aucune conservation ne reste en vigueur' }[lang]
          : { en: `${holds.length} left`, fr: `restent en vigueur : ${holds.length}` }[lang],
      )
      print().value({ holds })
    })
}
