import type { Command } from 'commander'
import { checkReason, forAll } from '../admin/orders.ts'
import { announceKey, finishKey, prepareKey } from '../wire/rotate.ts'
import { signAll } from '../wire/sign.ts'
import { placeOf, settingsOf, visit } from './place.ts'
import type { Call } from './call.ts'

interface RotateOptions {
  readonly prepare?: boolean
  readonly finish?: boolean
  readonly reason: string
}

/** `douane keys rotate`: a new key for both logs, announced in the logs and signed by the old one. */
export function rotateCommand(keys: Command, { env, print }: Call): void {
  keys
    .command('rotate')
    .option('--prepare', 'make the new key only: carry secrets/log.next.key to every other instance first')
    .option('--finish', 'take the old key away: the new one has signed, and witnesses know it')
    .requiredOption('--reason <text>', 'why; it stays in the log')
    .description(
      'give the log a new key: announced in the log, signed by the old key and the new; both sign until --finish',
    )
    .action(async ({ prepare = false, finish = false, reason }: RotateOptions) => {
      const place = placeOf(env)
      const step = finish ? 'finish' : prepare ? 'prepare' : 'announce'
      const vkeys =
        step === 'prepare'
          ? prepareKey({ settings: settingsOf(place) })
          : await visit(place, 'keys rotate', async (installation, actor) => {
              forAll(actor)
              checkReason(reason, (text) => installation.detector.identifiers(text))
              const result =
                step === 'finish'
                  ? await finishKey(installation)
                  : await announceKey(installation, actor.who, reason)
              // where no gateway runs, nobody else signs
              if (installation.database.alone) await signAll(installation)
              return { result, count: 1, filter: step }
            })
      print().line(`${vkeys.evidence}\n${vkeys.access}`)
      print().warn(
        {
          prepare: 'Not announced yet: carry secrets/log.next.key to the other instances, then call again.',
          announce: 'Give these to witnesses and auditors; then: douane keys rotate --finish.',
          finish: 'The old key is gone; its signatures stay valid.',
        }[step],
      )
      print().value({ step, ...vkeys })
    })
}
