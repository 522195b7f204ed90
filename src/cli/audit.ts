import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { explainRecord } from '../admin/explain-record.ts'
import { storedBundle } from '../admin/stored-bundle.ts'
import { verifyBundle } from '../audit/verify.ts'
import type { Finding, Verdict } from '../audit/verify-report.ts'
import { Misconfigured, Refused, unreadable } from '../errors.ts'
import { exportTo } from '../wire/export.ts'
import { momentOf } from '../report/ask.ts'
import { checkStore } from '../wire/fsck.ts'
import { signAll } from '../wire/sign.ts'
import { recoverCommand } from './audit-recover.ts'
import { upkeepCommands } from './audit-upkeep.ts'
import { findingLine } from './finding-words.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Both, Lang } from '../lang.ts'
import type { Printer } from './print.ts'

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

const answers: Readonly<Record<Verdict['exit'], Both>> = {
  0: { en: 'verified', fr: 'vérifié' },
  1: { en: 'TAMPERED', fr: 'FALSIFIÉ' },
  2: { en: 'incomplete', fr: 'incomplet' },
  3: { en: 'cannot decide', fr: 'indécidable' },
}

const printFindings = (findings: readonly Finding[], to: Printer, lang: Lang): void => {
  for (const finding of findings) to.line(findingLine(finding, lang))
}

/** `douane audit export|verify|show|keys` */
export function auditCommands(program: Command, { env, print, exit, says }: Call): void {
  const audit = program.command('audit').description(says('the signed log', 'le journal signé'))

  audit
    .command('export')
    .requiredOption(
      '--out <folder>',
      says(
        'a new folder; what was broken off goes on when the same is asked again',
        "un nouveau dossier ; un export interrompu reprend si l'on refait la même demande",
      ),
    )
    .option('--access', says('with the log of who looked', 'avec le journal des consultations'))
    .option(
      '--from <when>',
      says(
        'views of transfers from a day (UTC) or an RFC 3339 time',
        "les vues des envois à partir d'un jour (UTC) ou d'une heure RFC 3339",
      ),
    )
    .option(
      '--to <when>',
      says(
        'to a day, which counts whole, or before a time',
        "jusqu'à un jour, compté en entier, ou avant une heure",
      ),
    )
    .option(
      '--provider <id...>',
      says(
        'views of these providers only; the tree is whole, or nothing could be checked',
        "les vues de ces prestataires seulement ; l'arbre reste entier, sans quoi rien ne serait vérifiable",
      ),
    )
    .option(
      '--clients <id...>',
      says(
        'for somebody who may see these clients only: views, policies and register without the others',
        'pour qui ne peut voir que ces clients : vues, politiques et registre sans les autres',
      ),
    )
    .addOption(langOption(says))
    .description(says('write what an auditor takes home', "écrit ce qu'un auditeur emporte"))
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
    .argument('<folder>', says('an exported bundle', 'un export'))
    .addOption(langOption(says))
    .option(
      '--pin <file>',
      says(
        'public keys of the log, got from somewhere else than the bundle',
        "clés publiques du journal, obtenues autrement que par l'export",
      ),
    )
    .option(
      '--pin-root <file>',
      says(
        'root certificate (PEM) of the JWS and the CMS, got likewise',
        'certificat racine (PEM) du JWS et du CMS, obtenu de même',
      ),
    )
    .option(
      '--pin-tsa <file>',
      says(
        'root certificate (PEM) of the time-stamping authority, as it publishes it',
        "certificat racine (PEM) de l'autorité d'horodatage, tel qu'elle le publie",
      ),
    )
    .option(
      '--witnesses <file>',
      says(
        'C2SP tlog-policy: which witnesses must have cosigned the head',
        'C2SP tlog-policy : quels témoins doivent avoir cosigné la tête',
      ),
    )
    .option(
      '--earlier <file>',
      says(
        'a signed checkpoint that you hold (log/checkpoint of the export before): the log must have grown from it',
        "une tête signée que vous détenez (log/checkpoint de l'export précédent) : le journal doit la prolonger",
      ),
    )
    .description(
      says(
        '0 verified, 1 tampered, 2 incomplete, 3 cannot decide (without a pin: always 3)',
        '0 vérifié, 1 falsifié, 2 incomplet, 3 indécidable (sans clé de référence : toujours 3)',
      ),
    )
    .action(
      async (
        folder: string,
        options: {
          pin?: string
          pinRoot?: string
          pinTsa?: string
          witnesses?: string
          earlier?: string
          lang: Lang
        },
      ) => {
        const verdict = await verifyBundle(resolve(folder), await readPinned(options.pin), {
          root: await readPinned(options.pinRoot),
          stampRoot: await readPinned(options.pinTsa),
          witnesses: await readPinned(options.witnesses),
          earlier: await readPinned(options.earlier),
        })
        const to = print()
        printFindings(verdict.findings, to, options.lang)
        to.line(answers[verdict.exit][options.lang])
        to.value(verdict)
        exit(verdict.exit)
      },
    )

  audit
    .command('fsck')
    .addOption(langOption(says))
    .description(
      says(
        'read the live store from end to end and believe nothing of it: 0 whole, 1 tampered',
        'relit toute la base en service sans rien en croire : 0 intacte, 1 falsifiée',
      ),
    )
    .action(async ({ lang }: { lang: Lang }) => {
      const done = await visit(placeOf(env), 'audit fsck', async (installation) => {
        const result = await checkStore(installation)
        return { result, count: result.records }
      })
      const to = print()
      printFindings(done.verdict.findings, to, lang)
      to.line(
        done.verdict.exit === 0
          ? {
              en: `${done.records} records read, all whole`,
              fr: `enregistrements lus : ${done.records}, tous intacts`,
            }[lang]
          : {
              en: `${done.records} records read: TAMPERED`,
              fr: `enregistrements lus : ${done.records} : FALSIFIÉ`,
            }[lang],
      )
      to.value({ ...done.verdict, records: done.records })
      exit(done.verdict.exit)
    })

  audit
    .command('show')
    .argument('<id>', says('Douane-Transfer of a transfer', "le Douane-Transfer d'un envoi"))
    .addOption(langOption(says))
    .description(
      says(
        'the records of one transfer, and why it was decided so',
        "les enregistrements d'un envoi, et pourquoi il en fut décidé ainsi",
      ),
    )
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

  upkeepCommands(audit, { env, print, exit, says })
  recoverCommand(audit, { env, print, exit, says })

  audit
    .command('keys')
    .description(
      says(
        'the public keys of this log: give them to auditors, apart from any bundle',
        'les clés publiques de ce journal : à remettre aux auditeurs, séparément de tout export',
      ),
    )
    .action(async () => {
      const vkeys = await visit(placeOf(env), 'audit keys', async (installation) => ({
        result: installation.vkeys,
        count: 1,
      }))
      print().line(`${vkeys.evidence}\n${vkeys.access}\n${vkeys.enrol}`)
      print().value(vkeys)
    })
}
