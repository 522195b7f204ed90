import type { Command } from 'commander'
import { checkReason } from '../admin/orders.ts'
import { mustHave } from '../admin/roles.ts'
import { resume, suspend } from '../admin/suspend.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { reasonOption } from './options.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'

interface Options {
  readonly reason: string
  readonly lang: Lang
}

/** `douane provider suspend|resume` */
export function providerCommands(program: Command, { env, print, says }: Call): void {
  const provider = program
    .command('provider')
    .description(
      says(
        'stop a provider at once, or let it go on',
        'arrête aussitôt un prestataire, ou le laisse reprendre',
      ),
    )

  provider
    .command('suspend')
    .argument('<id>', says('a provider of the policy in force', 'un prestataire de la politique en vigueur'))
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'refuse every transfer to it, on every instance within seconds (roles dpo, approver, operator)',
        'refuse tout envoi vers lui, sur chaque instance en quelques secondes (rôles dpo, approver, operator)',
      ),
    )
    .action(async (id: string, { reason, lang }: Options) => {
      await visit(placeOf(env), 'provider suspend', async ({ book, detector }, actor) => {
        mustHave(actor.roles, 'suspendProvider')
        checkReason(reason, (text) => detector.identifiers(text))
        await suspend(book, actor, id, reason)
        return { result: undefined, count: 1, filter: id }
      })
      print().line({ en: `${id} is suspended`, fr: `${id} est suspendu` }[lang])
      print().value({ provider: id, suspended: true })
    })

  provider
    .command('resume')
    .argument('<id>', says('a suspended provider', 'un prestataire suspendu'))
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'let it go on (roles approver, operator; after a DPO or an approver: approver)',
        'le laisse reprendre (rôles approver, operator ; après un DPO ou un approbateur : approver)',
      ),
    )
    .action(async (id: string, { reason, lang }: Options) => {
      const was = await visit(placeOf(env), 'provider resume', async ({ book, detector }, actor) => {
        mustHave(actor.roles, 'resumeProvider')
        checkReason(reason, (text) => detector.identifiers(text))
        return { result: await resume(book, actor, id, reason), count: 1, filter: id }
      })
      print().line(
        (was
          ? { en: `${id} goes on`, fr: `${id} reprend` }
          : { en: `${id} was not suspended`, fr: `${id} n'était pas suspendu` })[lang],
      )
      print().value({ provider: id, suspended: false, was })
    })
}
