/**
 * The command line. Exit codes: 0 done; 1 the answer is no (a fault in the policy, a refusal, a failed case, a
 * tampered bundle); 2 it could not be done (wrong use, wrong settings; `audit verify`: incomplete); 3 `audit
 * verify` cannot decide; 70 a fault of ours.
 */
import { Command, CommanderError } from 'commander'
import { IntegrityBroken } from '../audit/integrity.ts'
import { TimestampRefused } from '../audit/timestamp.ts'
import { Misconfigured, PolicyInvalid, Refused, refusals } from '../errors.ts'
import type { Both, Lang } from '../lang.ts'
import { Unanswered } from '../outbound/unanswered.ts'
import { DatabaseFault } from '../store/fault.ts'
import { failure } from '../telemetry/log.ts'
import { version } from '../wire/project.ts'
import type { Call } from './call.ts'
import { printFaults } from './faults.ts'
import { inLanguage } from './help.ts'
import { chooseLang, langAsked, saysIn } from './lang.ts'
import { type Printer, printer } from './print.ts'

/** Adds a command, and those below it, to the line. */
type Add = (program: Command, call: Call) => void

/**
 * Every command of the line under its first word; docs/cli.md is made from it. A file is read when its command is asked
 * for: a start takes half the time.
 */
export const commands: Readonly<Record<string, () => Promise<Add>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  init: async () => (await import('./init.ts')).initCommand,
  classify: async () => (await import('./classify.ts')).classifyCommand,
  try: async () => (await import('./try.ts')).tryCommand,
  policy: async () => (await import('./policy.ts')).policyCommands,
  provider: async () => (await import('./provider.ts')).providerCommands,
  override: async () => (await import('./override.ts')).overrideCommands,
  transfers: async () => (await import('./transfers.ts')).transferCommands,
  audit: async () => (await import('./audit.ts')).auditCommands,
  report: async () => (await import('./report.ts')).reportCommands,
  subject: async () => (await import('./subject.ts')).subjectCommands,
  keys: async () => (await import('./keys.ts')).keysCommands,
  witness: async () => (await import('./witness.ts')).witnessCommand,
}

/** The one that is asked for; all if none is, for the help and for what is mistyped; none for the version. */
const asked = (args: readonly string[]): readonly (() => Promise<Add>)[] => {
  const word = args.find((each) => !each.startsWith('-'))
  if (word === undefined && args.some((each) => each === '--version' || each === '-V')) return []
  const its = word === undefined || !Object.hasOwn(commands, word) ? undefined : commands[word]
  return its === undefined ? Object.values(commands) : [its]
}

/** @param args without node and script; @returns the exit code */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  let code = 0
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  let lang = langAsked(args, env)
  const says = saysIn(lang)
  const program = inLanguage(new Command('douane'), lang)
    .description(
      says(
        'Customs for outsourced personal data.',
        'La douane des données personnelles confiées à des prestataires.',
      ),
    )
    .version(version, '-V, --version', says('output the version number', 'affiche la version'))
    .option(
      '--json',
      says('print one JSON value instead of lines', 'affiche une valeur JSON au lieu de lignes'),
    )
    .exitOverride()
  const print = (): Printer => printer(program.opts<{ json?: boolean }>().json === true)
  program.hook('preAction', (_, action) => {
    lang = chooseLang(action, env)
  })
  const call: Call = { env, print, exit: (given) => void (code = given), says }
  try {
    for (const load of asked(args)) (await load())(program, call)
    for (const command of program.commands) inherit(command)
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return told(error, print(), lang)
  }
}

const inherit = (command: Command): void => {
  command.exitOverride()
  for (const below of command.commands) inherit(below)
}

/** An error as a line for a person, or with --json as a value with its code; never a value of a payload. */
function told(error: unknown, print: Printer, lang: Lang): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof PolicyInvalid) {
    printFaults(error.faults, print, lang)
    return 1
  }
  const say = (code: number, name: string, message: string, line = `douane: ${message}`): number => {
    print.warn(line)
    print.value({ error: name, message })
    return code
  }
  if (error instanceof Refused) {
    const { en = refusals[error.code].en, fr = error.detail.en ?? refusals[error.code].fr } = error.detail
    const message = { en, fr }[lang]
    return say(1, error.code, message, `${error.code}: ${message}`)
  }
  const inLang = ({ message: en, fr }: Error & { readonly fr: string }): string => ({ en, fr })[lang]
  if (error instanceof IntegrityBroken) return say(1, error.name, inLang(error))
  if (
    error instanceof Misconfigured ||
    error instanceof DatabaseFault ||
    error instanceof Unanswered ||
    error instanceof TimestampRefused
  )
    return say(2, error.name, inLang(error))
  const { error: name, where } = failure(error)
  const ours: Both = {
    en: `${name} at ${where}: this is a fault of ours`,
    fr: `${name} à ${where} : c'est une erreur de notre part`,
  }
  return say(70, name, ours[lang])
}
