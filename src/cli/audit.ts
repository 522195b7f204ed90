import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { explainRecord } from '../admin/explain-record.ts'
import { storedBundle } from '../admin/stored-bundle.ts'
import { writeBundle } from '../audit/bundle.ts'
import { readVkey } from '../audit/checkpoint.ts'
import { verifyBundle } from '../audit/verify.ts'
import { openCertifiedSigner } from '../config/audit-certificate.ts'
import { Misconfigured, Refused } from '../errors.ts'
import type { Installation } from '../wire/installation.ts'
import type { Lang } from '../policy/explain.ts'
import { signAll } from '../wire/sign.ts'
import { withTimestamps } from '../wire/timestamp.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './run.ts'

/** Bundles that decided something in this store. */
async function* policiesIn({ bundles }: Installation, digests: readonly string[]) {
  for (const digest of digests) {
    const stored = await bundles.get(digest)
    if (stored === null) continue
    yield { digest, files: stored.files.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })) }
  }
}

/** Writes the auditor's bundle of what is signed now. */
export const exportTo = async (installation: Installation, out: string, withAccess: boolean) => {
  const { trees, vkeys, bundles, settings } = installation
  const certified = openCertifiedSigner(settings.home)
  const digests = await bundles.digests()
  return withTimestamps(settings, (timestamp) =>
    writeBundle(trees, {
      out,
      made: new Date(),
      log: readVkey(vkeys.evidence),
      ...(withAccess ? { access: readVkey(vkeys.access) } : {}),
      enrol: readVkey(vkeys.enrol),
      ...(certified === undefined ? {} : { certified }),
      ...(timestamp === undefined ? {} : { timestamp }),
      policies: policiesIn(installation, digests),
    }),
  )
}

/** @throws Misconfigured if a file is named and cannot be read */
const readPinned = async (path: string | undefined): Promise<string | undefined> => {
  if (path === undefined) return undefined
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) throw new Misconfigured(`${path} cannot be read`)
  return text
}

/** `douane audit export|verify|show|keys` */
export function auditCommands(program: Command, { env, print, exit }: Call): void {
  const audit = program.command('audit').description('the signed log')

  audit
    .command('export')
    .requiredOption('--out <folder>', 'a new folder')
    .option('--access', 'with the log of who looked')
    .description('write what an auditor takes home')
    .action(async (options: { out: string; access?: boolean }) => {
      const written = await visit(placeOf(env), 'audit export', async (installation) => {
        if (installation.database.alone) await signAll(installation)
        const result = await exportTo(installation, resolve(options.out), options.access === true)
        return { result, count: result.logs.reduce((sum, log) => sum + log.size, 0) }
      })
      for (const { origin, size, root } of written.logs)
        print().line(`${origin}  ${size} records  root ${root}`)
      print().line(`${written.files} files in ${written.out}`)
      print().value(written)
    })

  audit
    .command('verify')
    .argument('<folder>', 'an exported bundle')
    .option('--pin <file>', 'public keys of the log, got from somewhere else than the bundle')
    .option('--pin-root <file>', 'root certificate (PEM) of the JWS, got likewise')
    .description('0 verified, 1 tampered, 2 incomplete, 3 cannot decide (without a pin: always 3)')
    .action(async (folder: string, options: { pin?: string; pinRoot?: string }) => {
      const verdict = await verifyBundle(
        resolve(folder),
        await readPinned(options.pin),
        await readPinned(options.pinRoot),
      )
      const to = print()
      for (const finding of verdict.findings) to.line(`${finding.level}: ${finding.where}: ${finding.what}`)
      to.line(['verified', 'TAMPERED', 'incomplete', 'cannot decide'][verdict.exit])
      to.value(verdict)
      exit(verdict.exit)
    })

  audit
    .command('show')
    .argument('<id>', 'Douane-Transfer of a transfer')
    .addOption(langOption())
    .description('the records of one transfer, and why it was decided so')
    .action(async (id: string, { lang }: { lang: Lang }) => {
      const shown = await visit(placeOf(env), 'audit show', async ({ transfers, trees, bundles }) => {
        const transfer = await transfers.show(id)
        const last = transfer?.attempts.at(-1)
        if (last === undefined) throw new Refused('NOT_FOUND')
        const leaves = await trees.find(id)
        const records = leaves.map(({ index, hash, body }) => ({
          index,
          hash: hash.toString('hex'),
          record: JSON.parse(body.toString('utf8')) as unknown,
        }))
        return {
          result: { records, explanation: await explainRecord(last, storedBundle(bundles), lang) },
          count: 1,
          filter: id,
        }
      })
      print().line(shown.explanation.sentence)
      for (const { index, hash, record } of shown.records)
        print().line(`\n${index}  ${hash}\n${JSON.stringify(record, null, 1)}`)
      print().value(shown)
    })

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
