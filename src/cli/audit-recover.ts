import type { Command } from 'commander'
import { checkReason } from '../admin/orders.ts'
import { openKeyRing } from '../config/credentials.ts'
import { accessBody } from '../wire/access.ts'
import { actorOf, placeOf, settingsOf } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'

/** `douane audit recover` */
export function recoverCommand(audit: Command, { env, print, says }: Call): void {
  audit
    .command('recover')
    .requiredOption(
      '--reason <text>',
      says(
        'why records are given up; it stays in the log',
        'pourquoi des enregistrements sont abandonnés ; cela reste au journal',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'after the database was restored to an older state: begin a new tree of the log that says which records may be missing',
        'après la restauration de la base dans un état antérieur : ouvre un nouvel arbre du journal, qui dit quels enregistrements peuvent manquer',
      ),
    )
    .action(async ({ reason, lang }: { reason: string; lang: Lang }) => {
      // Read here: an auditor who checks a bundle needs no detector and no database.
      const [{ makeDetector }, { recoverLog }] = await Promise.all([
        import('../detect/classify.ts'),
        import('../wire/recover.ts'),
      ])
      checkReason(reason, (text) => makeDetector().identifiers(text))
      const place = placeOf(env)
      const settings = settingsOf(place)
      const actor = actorOf(place.env, openKeyRing(settings.home))
      const { lost } = await recoverLog(
        settings,
        { by: actor.who, why: reason },
        {},
        async ({ ledger }, count) =>
          void (await ledger.append(accessBody(actor.who, actor.roles, 'audit recover', count))),
      )
      for (const { stream, from, to } of lost)
        print().line(
          {
            en: `${stream}: records ${from} to ${to - 1} may be missing, and the log says so`,
            fr: `${stream} : les enregistrements ${from} à ${to - 1} peuvent manquer, et le journal le dit`,
          }[lang],
        )
      if (lost.length === 0)
        print().line(
          {
            en: 'nothing is missing: nothing was done',
            fr: "il ne manque rien : rien n'a été fait",
          }[lang],
        )
      print().value({ lost })
    })
}
