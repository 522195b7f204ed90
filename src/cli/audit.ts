import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { explainRecord } from '../admin/explain-record.ts'
import { storedBundle } from '../admin/stored-bundle.ts'
import { verifyBundle } from '../audit/verify.ts'
import { Misconfigured, Refused, unreadable } from '../errors.ts'
import { exportTo } from '../wire/export.ts'
import { momentOf } from '../report/ask.ts'
import { checkStore } from '../wire/fsck.ts'
import { signAll } from '../wire/sign.ts'
import { recoverCommand } from './audit-recover.ts'
import { upkeepCommands } from './audit-upkeep.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'

interface ExportOptions {
  readonly out: string
  readonly access?: boolean
  readonly from?: string
  readonly to?: string
  readonly provider?: string[]
  readonly clients?: string[]
  readonly lang: Lang
}

/** One line that overwrites itself, for who waits at a terminal. */
const showProgress = (done: number, of: number): void => {
  process.stderr.write(
    `\r${Math.floor((100 * done) / of)} %  ${done} of ${of} records${done === of ? '\n' : ''}`,
  )
}

/** @throws Misconfigured if a file is named and cannot be read */
const readPinned = async (path: string | undefined): Promise<string | undefined> => {
  if (path === undefined) return undefined
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error)
  })
}

/** `douane audit export|verify|show|keys` */
export function auditCommands(program: Command, { env, print, exit }: Call): void {
  const audit = program.command('audit').description('the signed log')

  audit
    .command('export')
    .requiredOption(
      '--out <folder>',
      'a new folder; what was broken off goes on when the same is asked again',
    )
    .option('--access', 'with the log of who looked')
    .option('--from <when>', 'views of transfers from a day (UTC) or an RFC 3339 time')
    .option('--to <when>', 'to a day, which counts whole, or before a time')
    .option(
      '--provider <id...>',
      'views of these providers only; the tree is whole, or nothing could be checked',
    )
    .option(
      '--clients <id...>',
      'for somebody who may see these clients only: views, policies and register without the others',
    )
    .addOption(langOption())
    .description('write what an auditor takes home')
    .action(async (options: ExportOptions) => {
      const { from, to, provider, clients } = options
      const filter = [...(provider ?? []), ...(clients ?? [])].join(' ').slice(0, 4096)
      const ask = {
        ...(from === undefined ? {} : { from: momentOf(from, 'from') }),
        ...(to === undefined ? {} : { to: momentOf(to, 'to') }),
        ...(provider === undefined ? {} : { providers: provider }),
      }
      const written = await visit(placeOf(env), 'audit export', async (installation) => {
        if (installation.database.alone) await signAll(installation)
        const result = await exportTo(installation, {
          ...{
            out: resolve(options.out),
            withAccess: options.access === true,
            ask,
            clients,
            lang: options.lang,
          },
          ...(process.stderr.isTTY ? { progress: showProgress } : {}),
        }).catch((error: unknown) => {
          // What the disk or the database did not let through, not what was refused in words.
          if (!(error instanceof Misconfigured) && existsSync(`${resolve(options.out)}.part`))
            print().warn(
              {
                en: 'Broken off; what is written is kept. Ask the same again and it goes on.',
                fr: 'Interrompu ; ce qui est écrit est conservé. Refaites la même demande et il reprend.',
              }[options.lang],
            )
          throw error
        })
        const count = result.logs.reduce((sum, log) => sum + log.size, 0)
        return {
          result,
          count,
          ...(filter === '' ? {} : { filter }),
        }
      })
      for (const { origin, size, root } of written.logs)
        print().line(
          {
            en: `${origin}  ${size} records  root ${root}`,
            fr: `${origin}  ${size} enregistrements  racine ${root}`,
          }[options.lang],
        )
      print().line(
        {
          en: `${written.files} files in ${written.out}`,
          fr: `${written.files} fichiers dans ${written.out}`,
        }[options.lang],
      )
      print().value(written)
    })

  audit
    .command('verify')
    .argument('<folder>', 'an exported bundle')
    .option('--pin <file>', 'public keys of the log, got from somewhere else than the bundle')
    .option('--pin-root <file>', 'root certificate (PEM) of the JWS and the CMS, got likewise')
    .option('--pin-tsa <file>', 'root certificate (PEM) of the time-stamping authority, as it publishes it')
    .option('--witnesses <file>', 'C2SP tlog-policy: which witnesses must have cosigned the head')
    .option(
      '--earlier <file>',
      'a signed checkpoint that you hold (log/checkpoint of the export before): the log must have grown from it',
    )
    .description('0 verified, 1 tampered, 2 incomplete, 3 cannot decide (without a pin: always 3)')
    .action(
      async (
        folder: string,
        options: { pin?: string; pinRoot?: string; pinTsa?: string; witnesses?: string; earlier?: string },
      ) => {
        const verdict = await verifyBundle(resolve(folder), await readPinned(options.pin), {
          root: await readPinned(options.pinRoot),
          stampRoot: await readPinned(options.pinTsa),
          witnesses: await readPinned(options.witnesses),
          earlier: await readPinned(options.earlier),
        })
        const to = print()
        for (const finding of verdict.findings) to.line(`${finding.level}: ${finding.where}: ${finding.what}`)
        to.line(['verified', 'TAMPERED', 'incomplete', 'cannot decide'][verdict.exit])
        to.value(verdict)
        exit(verdict.exit)
      },
    )

  audit
    .command('fsck')
    .description('read the live store from end to end and believe nothing of it: 0 whole, 1 tampered')
    .action(async () => {
      const done = await visit(placeOf(env), 'audit fsck', async (installation) => {
        const result = await checkStore(installation)
        return { result, count: result.records }
      })
      const to = print()
      for (const finding of done.verdict.findings)
        to.line(`${finding.level}: ${finding.where}: ${finding.what}`)
      to.line(`${done.records} records ${done.verdict.exit === 0 ? 'read, all whole' : 'read: TAMPERED'}`)
      to.value({ ...done.verdict, records: done.records })
      exit(done.verdict.exit)
    })

  audit
    .command('show')
    .argument('<id>', 'Douane-Transfer of a transfer')
    .addOption(langOption())
    .description('the records of one transfer, and why it was decided so')
    .action(async (id: string, { lang }: { lang: Lang }) => {
      const shown = await visit(placeOf(env), 'audit show', async ({ transfers, trees, bundles, book }) => {
        const transfer = await transfers.show(id)
        const last = transfer?.attempts.at(-1)
        if (last === undefined) throw new Refused('NOT_FOUND')
        await book.read()
        const explained = (attempt: typeof last) =>
          explainRecord(attempt, storedBundle(bundles), lang, (next) => book.asOf(next))
        const leaves = await trees.find(id)
        const records = leaves.map(({ index, hash, body }) => ({
          index,
          hash: hash.toString('hex'),
          record: JSON.parse(body.toString('utf8')) as unknown,
        }))
        return {
          result: { records, explanation: await explained(last) },
          count: 1,
          filter: id,
        }
      })
      print().line(shown.explanation.sentence)
      for (const { index, hash, record } of shown.records)
        print().line(`\n${index}  ${hash}\n${JSON.stringify(record, null, 1)}`)
      print().value(shown)
    })

  upkeepCommands(audit, { env, print, exit })
  recoverCommand(audit, { env, print, exit })

  audit
    .command('keys')
    .description('the public keys of this log: give them to auditors, apart from any bundle')
    .action(async () => {
      const vkeys = await visit(placeOf(env), 'audit keys', async (installation) => ({
        result: installation.vkeys,
        count: 1,
      }))
      print().line(`${vkeys.evidence}\n${vkeys.access}\n${vkeys.enrol}`)
      print().value(vkeys)
    })
}
