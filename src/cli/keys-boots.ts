import type { Command } from 'commander'
import { checkReason, forAll } from '../admin/orders.ts'
import { bootsSeen, revokeBoot } from '../wire/enrolment.ts'
import { signAll } from '../wire/sign.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'

/** `douane keys boots|revoke-boot`: the keys that running instances seal with. */
export function bootsCommands(keys: Command, { env, print }: Call): void {
  keys
    .command('boots')
    .description('instances that have written in the log: each start has a key of its own')
    .action(async () => {
      const boots = await visit(placeOf(env), 'keys boots', async (installation) => {
        const result = await bootsSeen(installation)
        return { result, count: result.length }
      })
      for (const { boot, inst, started, seen, stopped, revoked } of boots)
        print().line(
          `${boot}  ${inst}  ${started.toISOString()}  ${stopped ? 'stopped' : `seen ${seen.toISOString()}`}${revoked ? '  revoked' : ''}`,
        )
      print().value({ boots })
    })

  keys
    .command('revoke-boot')
    .argument('<boot>', 'a boot, as `keys boots` lists them')
    .requiredOption('--reason <text>', 'why; it stays in the log')
    .description(
      'the key of that boot got out: nothing that it seals from now on is taken in, and what it sealed before stays good',
    )
    .action(async (boot: string, { reason }: { reason: string }) => {
      await visit(placeOf(env), 'keys revoke-boot', async (installation, actor) => {
        forAll(actor)
        checkReason(reason, (text) => installation.detector.identifiers(text))
        await revokeBoot(installation, boot, actor.who, reason)
        if (installation.database.alone) await signAll(installation)
        return { result: null, count: 1, filter: boot }
      })
      print().line('revoked: stop that instance, and start it again; it begins with another key')
      print().value({ revoked: boot })
    })
}
