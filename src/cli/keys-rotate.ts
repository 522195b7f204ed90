import type { Command } from 'commander'
import { checkReason, forAll } from '../admin/orders.ts'
import { announceEnrolment, finishEnrolment, prepareEnrolment } from '../wire/enrolment.ts'
import type { Installation } from '../wire/installation.ts'
import { announceKey, finishKey, prepareKey } from '../wire/rotate.ts'
import { signAll } from '../wire/sign.ts'
import type { Both, Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { reasonOption } from './options.ts'
import { placeOf, settingsOf, visit } from './place.ts'
import type { Call } from './call.ts'

interface RotateOptions {
  readonly enrolment?: boolean
  readonly prepare?: boolean
  readonly finish?: boolean
  readonly reason: string
  readonly lang: Lang
}

/** A key that is replaced in three steps, and what is said after each. */
interface Replacing {
  prepare(installation: Pick<Installation, 'settings'>): Readonly<Record<string, string>>
  announce(installation: Installation, by: string, why: string): Promise<Readonly<Record<string, string>>>
  finish(installation: Installation): Promise<Readonly<Record<string, string>>>
  readonly said: Readonly<Record<'prepare' | 'announce' | 'finish', Both>>
}

const carry = (file: string): Both => ({
  en: `Not announced yet: carry secrets/${file} to the other instances, then call again.`,
  fr: `Pas encore annoncée : copiez secrets/${file} sur les autres instances, puis relancez la commande.`,
})

const log: Replacing = {
  prepare: (installation) => ({ ...prepareKey(installation) }),
  announce: async (...asked) => ({ ...(await announceKey(...asked)) }),
  finish: async (installation) => ({ ...(await finishKey(installation)) }),
  said: {
    prepare: carry('log.next.key'),
    announce: {
      en: 'Give these to witnesses and auditors; then: douane keys rotate --finish.',
      fr: 'Remettez ces clés aux témoins et aux auditeurs ; ensuite : douane keys rotate --finish.',
    },
    finish: {
      en: 'The old key is gone; its signatures stay valid.',
      fr: "L'ancienne clé est supprimée ; ses signatures restent valables.",
    },
  },
}

const enrolment: Replacing = {
  prepare: (installation) => ({ enrol: prepareEnrolment(installation) }),
  announce: async (...asked) => ({ enrol: await announceEnrolment(...asked) }),
  finish: async (installation) => ({ enrol: await finishEnrolment(installation) }),
  said: {
    prepare: carry('enrolment.next.key'),
    announce: {
      en: 'Each start needs it from now on; then: douane keys rotate --enrolment --finish.',
      fr: 'Chaque démarrage en a désormais besoin ; ensuite : douane keys rotate --enrolment --finish.',
    },
    finish: {
      en: 'The old key is gone; the boots that it certified stay good.',
      fr: "L'ancienne clé est supprimée ; les démarrages qu'elle a certifiés restent valables.",
    },
  },
}

/** `douane keys rotate`: a new key for both logs, or for certifying boots, announced in the logs and signed by the old one. */
export function rotateCommand(keys: Command, { env, print, says }: Call): void {
  keys
    .command('rotate')
    .option(
      '--enrolment',
      says(
        'the key that certifies the boots of instances, instead of that of the log',
        'la clé qui certifie les démarrages des instances, au lieu de celle du journal',
      ),
    )
    .option(
      '--prepare',
      says(
        'make the new key only: carry secrets/log.next.key (or enrolment.next.key) to every other instance first',
        "crée seulement la nouvelle clé : portez d'abord secrets/log.next.key (ou enrolment.next.key) sur chaque autre instance",
      ),
    )
    .option(
      '--finish',
      says(
        'take the old key away: the new one is in use, and witnesses know it',
        "supprime l'ancienne clé : la nouvelle est en service et les témoins la connaissent",
      ),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'give the log a new key: announced in the log, signed by the old key and the new; both sign until --finish',
        "donne au journal une nouvelle clé : annoncée au journal, signée par l'ancienne et la nouvelle ; les deux signent jusqu'à --finish",
      ),
    )
    .action(async (options: RotateOptions) => {
      const { enrolment: boots = false, prepare = false, finish = false, reason, lang } = options
      const place = placeOf(env)
      const which = boots ? enrolment : log
      const step = finish ? 'finish' : prepare ? 'prepare' : 'announce'
      const vkeys =
        step === 'prepare'
          ? which.prepare({ settings: settingsOf(place) })
          : await visit(place, 'keys rotate', async (installation, actor) => {
              forAll(actor)
              checkReason(reason, (text) => installation.detector.identifiers(text))
              const result =
                step === 'finish'
                  ? await which.finish(installation)
                  : await which.announce(installation, actor.who, reason)
              // where no gateway runs, nobody else signs
              if (installation.database.alone) await signAll(installation)
              return { result, count: 1, filter: boots ? `enrolment ${step}` : step }
            })
      print().line(Object.values(vkeys).join('\n'))
      print().warn(which.said[step][lang])
      print().value({ step, ...vkeys })
    })
}
