import { join } from 'node:path'
import type { Command } from 'commander'
import { voidWarnings } from '../admin/check.ts'
import { runningLifts } from '../admin/order-handlers.ts'
import { civilDate } from '../law/date.ts'
import { counted, type Lang } from '../lang.ts'
import { checkFolder, runCases } from '../policy/cases.ts'
import { coverageOf } from '../policy/coverage.ts'
import { warningFields } from '../policy/faults.ts'
import { readFolder } from '../policy/folder.ts'
import { warningsOf } from '../policy/lint/lint.ts'
import { loadFiles } from '../policy/load.ts'
import { placeOf, policiesOf, visit } from './place.ts'
import { policyCalendarCommand } from './policy-calendar.ts'
import { policyDiffCommand } from './policy-diff.ts'
import { policyOrderCommands } from './policy-orders.ts'
import { langOption } from './lang.ts'
import { policiesFolder } from './options.ts'
import type { Call } from './call.ts'
import { type TryOptions, tryIt, tryOptions } from './try.ts'

interface CheckOptions {
  readonly strict?: true
  readonly overrides?: true
  readonly lang: Lang
}

/** `douane policy check|test|explain|diff|calendar`, and what policy-orders.ts adds */
export function policyCommands(program: Command, call: Call): void {
  const { env, print, exit, says } = call
  const policy = program.command('policy').description(says('the DPO’s files', 'les fichiers du DPO'))

  policy
    .command('check')
    .argument('[folder]', policiesFolder(says))
    .option('--strict', says('a warning is a no, too', 'un avertissement vaut aussi un refus'))
    .option(
      '--overrides',
      says(
        'also ask this home’s store which overrides would count no more',
        'demande aussi à la base quelles levées de règle ne vaudraient plus',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'every fault at once, with file, line and column; and what deserves a look',
        'toutes les erreurs à la fois, avec fichier, ligne et colonne ; et ce qui mérite un regard',
      ),
    )
    .action(async (folder: string | undefined, options: CheckOptions) => {
      const { lang } = options
      const bundle = checkFolder(await readFolder(folder ?? policiesOf(placeOf(env))))
      const { digest, clients, providers, rules } = bundle
      const warnings = [...warningsOf(bundle, civilDate(new Date(), 'UTC'))]
      if (options.overrides === true)
        await visit(placeOf(env), 'policy check', async ({ book }) => {
          const { orders, now } = await book.read()
          const lifts = runningLifts(orders, now)
          warnings.push(...voidWarnings(bundle, lifts))
          return { result: undefined, count: lifts.length }
        })
      const to = print()
      for (const { source, message } of warnings)
        to.line(
          `${source.file}:${source.line}:${source.column}: ${{ en: 'warning:', fr: 'avertissement :' }[lang]} ${message[lang]}`,
        )
      const holds = [
        counted(clients.size, lang, 'client', 'client'),
        counted(providers.size, lang, 'provider', 'prestataire'),
        counted(rules.length, lang, 'rule', 'règle'),
      ].join(', ')
      const warned =
        warnings.length === 0 ? '' : `, ${counted(warnings.length, lang, 'warning', 'avertissement')}`
      to.line({ en: `${holds}: no fault${warned}`, fr: `${holds} : aucune erreur${warned}` }[lang])
      to.line({ en: `bundle ${digest}`, fr: `politique ${digest}` }[lang])
      to.value({
        bundle: digest,
        faults: [],
        warnings: warnings.map(warningFields),
      })
      if (options.strict === true && warnings.length > 0) exit(1)
    })

  policy
    .command('test')
    .argument('[folder]', policiesFolder(says))
    .option(
      '--require-coverage',
      says(
        'a rule that fires in no case is a no, too',
        "une règle qui ne s'applique dans aucun cas vaut aussi un refus",
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'run the cases of policies/cases with their own date, and name the rules that fire in none: 0 all passed, 1 one failed (or a rule is not covered), 2 it could not be run',
        "joue les cas de policies/cases à leur propre date et nomme les règles qui ne s'appliquent dans aucun : 0 tous réussis, 1 un cas échoue (ou une règle n'est pas couverte), 2 exécution impossible",
      ),
    )
    .action(async (folder: string | undefined, options: { requireCoverage?: true; lang: Lang }) => {
      const { lang } = options
      const files = await readFolder(folder ?? policiesOf(placeOf(env)))
      const bundle = loadFiles(files)
      const { detectorOf } = await import('../policy/detector.ts')
      const results = await runCases(bundle, detectorOf(bundle), files)
      const to = print()
      for (const { name, file, line, passed: good, failures } of results) {
        if (good) continue
        to.line(`${join(file)}:${line}: ${name}`)
        for (const text of failures) to.line(`    ${text[lang]}`)
      }
      const failed = results.filter(({ passed: good }) => !good).length
      const coverage = coverageOf(bundle, results)
      for (const { rule, file, line } of coverage.never)
        to.line(
          {
            en: `${file}:${line}: rule ${rule} fires in no case`,
            fr: `${file}:${line}: la règle ${rule} ne s'applique dans aucun cas`,
          }[lang],
        )
      const passed = results.length - failed
      to.line(
        {
          en: `${coverage.fired} of ${coverage.rules} rules fire in a case`,
          fr: `règles qui s'appliquent dans un cas : ${coverage.fired} sur ${coverage.rules}`,
        }[lang],
      )
      to.line(
        {
          en: `${passed} cases passed, ${failed} failed`,
          fr: `cas réussis : ${passed}, échoués : ${failed}`,
        }[lang],
      )
      to.value({
        passed,
        failed,
        coverage,
        results: results.map(({ name, file, line, passed: good, failures }) => ({
          name,
          file,
          line,
          passed: good,
          failures: failures.map(({ en }) => en),
          failures_fr: failures.map(({ fr }) => fr),
        })),
      })
      if (failed > 0 || (options.requireCoverage === true && coverage.never.length > 0)) exit(1)
    })

  tryOptions(
    policy
      .command('explain')
      .description(
        says(
          'why a payload would be allowed, treated or refused, in words',
          'pourquoi un contenu serait admis, traité ou refusé, en toutes lettres',
        ),
      ),
    says,
  ).action(async (file: string | undefined, options: TryOptions) => {
    const { explanation, decision } = await tryIt(file, options, env, 'policy explain')
    const to = print()
    to.line(explanation.sentence)
    for (const detail of explanation.details) to.line(`  ${detail}`)
    to.value({ decision, explanation })
    if (decision.verdict === 'refuse') exit(1)
  })

  policyDiffCommand(policy, call)
  policyCalendarCommand(policy, call)
  policyOrderCommands(policy, call)
}
