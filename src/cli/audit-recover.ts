import type { Command } from 'commander'
import { checkReason } from '../admin/orders.ts'
import { openKeyRing } from '../config/credentials.ts'
import { makeDetector } from '../detect/classify.ts'
import { accessBody } from '../wire/access.ts'
import { recoverLog } from '../wire/recover.ts'
import { actorOf, placeOf, settingsOf } from './place.ts'
import type { Call } from './call.ts'

/** `douane audit recover` */
export function recoverCommand(audit: Command, { env, print }: Call): void {
  audit
    .command('recover')
    .requiredOption('--reason <text>', 'why records are given up; it stays in the log')
    .description(
      'after the database was restored to an older state: begin a new tree of the log that says which records may be missing',
    )
    .action(async ({ reason }: { reason: string }) => {
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
        print().line(`${stream}: records ${from} to ${to - 1} may be missing, and the log says so`)
      if (lost.length === 0) print().line('nothing is missing: nothing was done')
      print().value({ lost })
    })
}
