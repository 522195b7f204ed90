import type { Command } from 'commander'
import { replay } from '../admin/replay.ts'
import { Refused } from '../errors.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'

/** `douane transfers replay` */
export function transferCommands(program: Command, { env, print, exit, says }: Call): void {
  program
    .command('transfers')
    .description(says('what happened', "ce qui s'est passé"))
    .command('replay')
    .argument(
      '<id>',
      says('Douane-Transfer of a transfer or refusal', "le Douane-Transfer d'un envoi ou d'un refus"),
    )
    .addOption(langOption(says))
    .description(
      says(
        'decide once more, by the bundle, the orders and the day of then: 0 the same, 1 another or not to be told',
        "décide encore une fois, selon la politique, les ordres et le jour d'alors : 0 de même, 1 autrement ou impossible à dire",
      ),
    )
    .action(async (id: string, { lang }: { lang: Lang }) => {
      const told = await visit(placeOf(env), 'transfers replay', async ({ transfers, book, settings }) => {
        const last = (await transfers.show(id))?.attempts.at(-1)
        if (last === undefined) throw new Refused('NOT_FOUND')
        await book.read()
        return { result: await replay(last, book, settings.region, lang), count: 1, filter: id }
      })
      const to = print()
      to.line(told.sentence)
      to.line(`${lang === 'fr' ? 'politique' : 'bundle'} ${told.bundle}`)
      for (const key of told.differences)
        to.line(`  ${key}: ${JSON.stringify(told.decided[key])} → ${JSON.stringify(told.again?.[key])}`)
      if (told.missing.length > 0)
        to.line(`  ${lang === 'fr' ? 'non conservé : ' : 'not kept: '}${told.missing.join(', ')}`)
      to.value(told)
      if (told.result !== 'same') exit(1)
    })
}
