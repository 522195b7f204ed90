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

interface Because {
  readonly reason: string
}

/** `douane audit prune|holds|hold|lift-hold` */
export function upkeepCommands(audit: Command, { env, print }: Call): void {
  audit
    .command('prune')
    .description('prune what is older than retention.*_days, as a running gateway does by itself each minute')
    .action(async () => {
      const done = await visit(placeOf(env), 'audit prune', async (installation) => {
        const result = await pruneLogs(installation, new Date())
        if (installation.database.alone) {
          // where no gateway runs nobody else signs, and nothing goes before its record is signed
          await signAll(installation)
          result.gone += (await pruneLogs(installation, new Date())).gone
        }
        return { result, count: result.gone }
      })
      print().line(`${done.gone} records pruned, ${done.announced} announced`)
      for (const [stream, days] of Object.entries(done.waits))
        if (days > 0)
          print().line(`${stream}: a record that says it is of later keeps those behind it for ${days} days`)
      print().value(done)
    })

  audit
    .command('holds')
    .description('legal holds in force')
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
    .requiredOption('--reason <text>', 'why; it stays in the log')
    .description('stop every pruning until the hold is lifted (roles dpo, approver, operator)')
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
    .argument('<id>', 'a hold, as `audit holds` lists them')
    .requiredOption('--reason <text>', 'why; it stays in the log')
    .description('let pruning go on (roles dpo, approver)')
    .action(async (id: string, { reason }: Because) => {
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
      print().line(holds.length === 0 ? 'no hold is left' : `${holds.length} left`)
      print().value({ holds })
    })
}
