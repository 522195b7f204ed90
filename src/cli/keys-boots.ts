import type { Command } from 'commander'
import { checkReason, forAll } from '../admin/orders.ts'
import { bootsSeen, revokeBoot } from '../wire/enrolment.ts'
import { signAll } from '../wire/sign.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { reasonOption } from './options.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'

const words = {
  en: {
    ended: 'stopped',
    last: 'seen',
    out: 'revoked',
    now: 'revoked: stop that instance, and start it again; it begins with another key',
  },
  fr: {
    ended: 'arrêtée',
    last: 'vue',
    out: 'révoquée',
    now: 'révoquée : arrêtez cette instance et redémarrez-la ; elle repart avec une autre clé',
  },
} as const

/** `douane keys boots|revoke-boot`: the keys that running instances seal with. */
export function bootsCommands(keys: Command, { env, print, says }: Call): void {
  keys
    .command('boots')
    .addOption(langOption(says))
    .description(
      says(
        'instances that have written in the log: each start has a key of its own',
        'instances qui ont écrit au journal : chaque démarrage a sa propre clé',
      ),
    )
    .action(async ({ lang }: { lang: Lang }) => {
      const { ended, last, out } = words[lang]
      const boots = await visit(placeOf(env), 'keys boots', async (installation) => {
        const result = await bootsSeen(installation)
        return { result, count: result.length }
      })
      for (const { boot, inst, started, seen, stopped, revoked } of boots)
        print().line(
          `${boot}  ${inst}  ${started.toISOString()}  ${stopped ? ended : `${last} ${seen.toISOString()}`}${revoked ? `  ${out}` : ''}`,
        )
      print().value({ boots })
    })

  keys
    .command('revoke-boot')
    .argument(
      '<boot>',
      says('a boot, as `keys boots` lists them', "un démarrage, tel que `keys boots` l'affiche"),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'the key of that boot got out: nothing that it seals from now on is taken in, and what it sealed before stays good',
        "la clé de ce démarrage a fuité : rien de ce qu'elle scelle désormais n'est admis, ce qu'elle a scellé avant reste valable",
      ),
    )
    .action(async (boot: string, { reason, lang }: { reason: string; lang: Lang }) => {
      await visit(placeOf(env), 'keys revoke-boot', async (installation, actor) => {
        forAll(actor)
        checkReason(reason, (text) => installation.detector.identifiers(text))
        await revokeBoot(installation, boot, actor.who, reason)
        if (installation.database.alone) await signAll(installation)
        return { result: null, count: 1, filter: boot }
      })
      print().line(words[lang].now)
      print().value({ revoked: boot })
    })
}
