import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { Misconfigured } from '../errors.ts'
import { type ReportAsk, momentOf } from '../report/ask.ts'
import { csv } from '../report/csv.ts'
import { incident } from '../report/incident.ts'
import { type TransferLine, transferLines } from '../report/lines.ts'
import { lines, page } from '../report/page.ts'
import type { Sheet } from '../report/sheet.ts'
import { incidentSheet, registerSheet } from '../report/sheets.ts'
import { transferRegister } from '../report/transfer-register.ts'
import { escapeJson } from '../telemetry/escape.ts'
import { wordsNow } from '../wire/export.ts'
import type { Installation } from '../wire/installation.ts'
import { signAll } from '../wire/sign.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'

interface Options {
  readonly from?: string
  readonly to?: string
  readonly provider?: string[]
  readonly client?: string[]
  readonly format: 'text' | 'csv' | 'json' | 'html'
  readonly lang: Lang
  readonly out?: string
}

const askOf = ({ from, to, provider, client }: Options): ReportAsk => ({
  ...(from === undefined ? {} : { from: momentOf(from, 'from') }),
  ...(to === undefined ? {} : { to: momentOf(to, 'to') }),
  ...(provider === undefined ? {} : { providers: provider }),
  ...(client === undefined ? {} : { clients: client }),
})

/** The evidence log as far as it is signed. */
const linesOf = async ({ trees }: Installation): Promise<AsyncGenerator<TransferLine>> =>
  transferLines(trees.leaves('evidence', 0, (await trees.tree('evidence')).size))

const rendered = (sheet: Sheet, value: unknown, format: Options['format']): string => {
  if (format === 'html') return page(sheet)
  if (format === 'json') return `${escapeJson(value, 1)}\n`
  if (format === 'csv') return sheet.tables.map(({ columns, rows }) => csv(rows, columns)).join('\r\n')
  return `${lines(sheet).join('\n')}\n`
}

/** `douane report transfers|incident` */
export function reportCommands(program: Command, { env, print, says }: Call): void {
  const report = program
    .command('report')
    .description(says('what the log says, for people', 'ce que dit le journal, pour être lu'))

  const command = (name: string, description: string): Command =>
    report
      .command(name)
      .description(description)
      .option(
        '--from <when>',
        says(
          'a day (UTC) or an RFC 3339 time; default: the beginning',
          'un jour (UTC) ou une heure RFC 3339 ; à défaut : le début',
        ),
      )
      .option(
        '--to <when>',
        says(
          'a day, which counts whole, or a time, before which; default: now',
          "jusqu'à un jour, compté en entier, ou avant une heure ; à défaut : maintenant",
        ),
      )
      .option('--client <id...>', says('only these clients', 'ces clients seulement'))
      .addOption(
        new Option('--format <format>', says('form of the report', 'forme du rapport'))
          .choices(['text', 'csv', 'json', 'html'])
          .default('text'),
      )
      .addOption(langOption(says))
      .option(
        '--out <file>',
        says(
          'a new file, its owner’s alone; default: standard output',
          'un nouveau fichier, réservé à son propriétaire ; à défaut : la sortie standard',
        ),
      )

  const tell = async (
    options: Options,
    act: string,
    make: (
      installation: Installation,
      ask: ReportAsk,
    ) => Promise<{ sheet: Sheet; value: object; count: number }>,
  ): Promise<void> => {
    const ask = askOf(options)
    const { sheet, value } = await visit(placeOf(env), act, async (installation) => {
      if (installation.database.alone) await signAll(installation)
      const result = await make(installation, ask)
      const filter = [...(ask.providers ?? []), ...(ask.clients ?? [])].join(' ')
      return { result, count: result.count, ...(filter === '' ? {} : { filter: filter.slice(0, 4096) }) }
    })
    const to = print()
    if (options.out !== undefined) {
      const text = rendered(sheet, value, options.format)
      await writeFile(options.out, text, { flag: 'wx', mode: 0o600 }).catch(
        (error: NodeJS.ErrnoException) => {
          throw new Misconfigured(
            `${options.out} cannot be written (${error.code}): name a new file`,
            `${options.out} : écriture impossible (${error.code}) ; indiquez un nouveau fichier`,
          )
        },
      )
      to.line(options.out)
    } else if (!to.json) process.stdout.write(rendered(sheet, value, options.format))
    to.value(value)
  }

  command(
    'transfers',
    says(
      'the transfer register: country × provider × category × ground',
      'le registre des transferts : pays × prestataire × catégorie × fondement',
    ),
  )
    .option('--provider <id...>', says('only these providers', 'ces prestataires seulement'))
    .action((options: Options) =>
      tell(options, 'report transfers', async (installation, ask) => {
        const rows = await transferRegister(await linesOf(installation), ask)
        const sheet = registerSheet(rows, ask, await wordsNow(installation, options.lang))
        return { sheet, value: { rows }, count: rows.length }
      }),
    )

  command(
    'incident',
    says(
      'what a provider had: for the 72-hour notice of Art. 33',
      "ce qu'un prestataire a reçu : pour la notification sous 72 heures (art. 33)",
    ),
  )
    .requiredOption('--provider <id>', says('the provider', 'le prestataire'))
    .action(({ provider, ...options }: Omit<Options, 'provider'> & { provider: string }) =>
      tell({ ...options, provider: [provider] }, 'report incident', async (installation, ask) => {
        const found = await incident(await linesOf(installation), provider, ask)
        const persons = await installation.transfers.persons(ask)
        const sheet = incidentSheet(found, persons, ask, await wordsNow(installation, options.lang))
        return { sheet, value: { ...found, persons }, count: found.transfers }
      }),
    )
}
