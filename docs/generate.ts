/** Documents that are made from the source: `node docs/generate.ts [PAGE]`; a test compares them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { commands } from '../src/cli/run.ts'
import { printer } from '../src/cli/print.ts'
import { settingsSchema } from '../src/config/settings-schema.ts'
import { leaves } from '../src/config/settings.ts'
import { codes, refusals, Refused } from '../src/errors.ts'
import type { Phase } from '../src/errors.ts'
import { described } from '../src/detect/recognisers/described.ts'
import { identifierRows } from '../src/detect/recognisers/identifiers/table.ts'
import { recognisers } from '../src/detect/recognisers/table.ts'
import { policyPackPage } from './policy-pack.ts'
import { forwardedOf, isRetryable } from '../src/gateway/problem.ts'

const made = (from: string): string => `<!-- Made from ${from} by node docs/generate.ts; do not edit. -->\n`

const phases: Record<Phase, string> = {
  before: 'Before judging',
  reading: 'Reading',
  route: 'The route',
  content: 'The content',
  sending: 'Sending: nothing has left',
  answer: 'After sending',
  control: 'Control plane (`NOT_FOUND` on the data plane too)',
}

const refusalsPage = (): string => {
  const sections = Object.entries(phases).map(([phase, title]) => {
    const rows = codes
      .filter((code) => refusals[code].phase === phase)
      .map((code) => {
        const { status, en, doEn, fr, doFr } = refusals[code]
        const refused = new Refused(code)
        const [plain, keyed] = [isRetryable(refused, false), isRetryable(refused, true)]
        const again = plain ? 'yes' : keyed ? 'with Idempotency-Key' : 'no'
        return `| \`${code}\` | ${status} | ${forwardedOf(refused)} | ${again} | ${en}<br>*${fr}* | ${doEn}<br>*${doFr}* |`
      })
    return [
      `## ${title}`,
      '',
      '| code | status | forwarded | retryable | what is wrong | what to do |',
      '|---|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n')
  })
  return `${made('src/errors.ts')}# Refusals

A refusal is \`application/problem+json\` (RFC 9457) in English or French, as \`Accept-Language\` asks. Its \`code\`
is stable; its sentences may change. It carries \`rules\`, \`categories\`, \`paths\` (a name that is not in the
lexicon shows as its position, \`{3}\`), \`do\`, \`forwarded\`, \`retryable\`, \`providerStatus\` where there is one, and
\`transfer\`, the id to give to the operator. It never carries a value of the payload.

Of several problems the first in this order is the \`code\`; \`rules\` names all. What the law or a rule forbids is
403, what we cannot read 415 or 422, what we cannot do now 503. \`forwarded: unknown\` means that the request was
written and nobody knows whether the provider acted on it.

${sections.join('\n')}`
}

interface Described {
  readonly description?: string
  readonly default?: unknown
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Described>>
}

const range = (schema: Described): string => {
  if (schema.enum !== undefined) return schema.enum.join(', ')
  if (schema.minimum !== undefined) return `${schema.minimum} … ${schema.maximum}`
  return schema.type === 'array' ? 'list (comma-separated in the variable)' : (schema.type ?? '')
}

const settingsPage = (): string => {
  const rows = leaves.map(({ path, variable, schema }) => {
    const { description = '', default: value } = schema as Described
    const shown = value === undefined ? '' : `\`${JSON.stringify(value)}\``
    return `| \`${path.join('.')}\` | \`${variable}\` | ${shown} | ${range(schema as Described)} | ${description} |`
  })
  return `${made('src/config/settings-schema.ts')}# Settings

${settingsSchema.description} Each setting can also be given as the variable beside it, which then wins. What is
not in this table is refused, also a variable that begins with \`DOUANE_\` (but for \`DOUANE_HOME\` and \`DOUANE_KEY\`).
Keys are not settings: they live in \`secrets/\` (0700, files 0600; wider modes are refused).

| setting | variable | default | values | meaning |
|---|---|---|---|---|
${rows.join('\n')}
`
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** A command with its arguments and options, and those below it. */
const commandSections = (command: Command, before: string): string[] => {
  const name = `${before} ${command.name()}`
  if (command.commands.length > 0)
    return [
      `## ${name}: ${command.description()}`,
      '',
      ...command.commands.flatMap((c) => commandSections(c, name)),
    ]
  const words = command.registeredArguments.map((each) =>
    each.required ? `<${each.name()}>` : `[${each.name()}]`,
  )
  const rows = [
    ...command.registeredArguments.map((each, n) => [words[n] ?? '', each.description, each.required]),
    ...command.options.map((each) => [
      each.flags,
      `${each.description}${each.argChoices === undefined ? '' : `: ${each.argChoices.join(', ')}`}${each.defaultValue === undefined ? '' : ` (default: \`${each.defaultValue}\`)`}`,
      each.mandatory,
    ]),
  ].map(([what, says, needed]) => `| \`${what}\` | ${says}${needed === true ? ' (needed)' : ''} |`)
  return [
    `${before === 'douane' ? '##' : '###'} \`${[name, ...words].join(' ')}\``,
    sentence(command.description()),
    '',
    ...(rows.length === 0 ? [] : ['| | |', '|---|---|', ...rows, '']),
  ]
}

const cliPage = async (): Promise<string> => {
  const program = new Command('douane')
  for (const load of Object.values(commands))
    (await load())(program, { env: {}, print: () => printer(false), exit: () => {}, says: (en) => en })
  return `${made('src/cli')}# The command line

\`bin/douane\` runs from any folder and through a symbolic link; in the checkout \`npm run -s douane -- …\` is the same.
It works on one home (\`DOUANE_HOME\`), not on the API: on the database that \`DATABASE_URL\` names, on the embedded one
of a running gateway, or on one that it starts for the length of the command. What reads the home's database, and
\`try\` and \`policy explain\`, leave a record in the access log, with the system's user name.

\`--json\` before the command prints one JSON value instead of lines. \`--help\` after any command shows its options.
Control and bidi characters from clients and providers are printed as escapes.

What is said for people, \`--help\` too, is in English or French: as \`--lang\` says, and without it, as the locale says: of
\`LC_ALL\`, \`LC_MESSAGES\` and \`LANG\` the first that is not empty, French if it begins with \`fr\`. The process log of a
gateway is in English. With \`--json\` each finding of \`audit verify\` and \`audit fsck\` has a stable \`code\`.

| exit code | means |
|---|---|
| 0 | done |
| 1 | done, and the answer is no: a fault in the policy, a refusal, a failed case, a change that loosens (\`policy diff\`), a tampered log, no such key |
| 2 | it could not be done: wrong use, wrong settings, no database, a policy that \`policy diff\` cannot compare. \`audit verify\`: incomplete |
| 3 | \`audit verify\` cannot decide, for example without a pin |
| 70 | a fault of ours |

${program.commands
  .flatMap((command) => commandSections(command, 'douane'))
  .join('\n')
  .trimEnd()}
`
}

interface Locked {
  readonly version: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
}

/** Packages of package-lock.json that a gateway runs with, by where they lie. */
export const runTimePackages = (): readonly (Locked & { readonly name: string })[] => {
  const { packages } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'),
  ) as { packages: Record<string, Locked> }
  return Object.entries(packages).flatMap(([path, locked]) =>
    path === '' || locked.dev === true
      ? []
      : [{ ...locked, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }],
  )
}

const packagesPage = (): string => {
  const rows = runTimePackages().map(
    ({ name, version, license = '', optional }) =>
      `| \`${name}\` | ${version} | ${license} |${optional === true ? ' optional' : ''} |`,
  )
  return `${made('package-lock.json')}# Packages used at run time

Installed by \`npm ci\`, none of them part of this repository. NOTICE.md says which licence is taken where there is a
choice.

| package | version | licence | |
|---|---|---|---|
${[...new Set(rows)].join('\n')}
`
}

/** `own/nhs`, `pl/pesel`, or the form alone. */
const checkName = (check: string | undefined): string =>
  check === undefined
    ? 'form, with a word'
    : check.startsWith('own/')
      ? `own: ${check.slice(4)}`
      : `stdnum: ${check}`

const recognisersPage = (): string => {
  const general = recognisers.map(({ id }) => {
    const { finds, categories, where, check, source } = described[id]!
    return `| ${finds} | ${categories} | ${where} | ${check} | ${source} |`
  })
  const rows = [...identifierRows]
    .sort((a, b) => (a.country < b.country ? -1 : a.country > b.country ? 1 : 0))
    .map(
      ({ country, kind, title, category, check, chance, source }) =>
        `| ${country} | ${title} | \`${kind}\` | \`${category}\` | ${checkName(check)} | ${chance === undefined ? '' : chance} | ${source} |`,
    )
  return `${made('src/detect/recognisers/')}# What is recognised by its form

Names, places and special categories are found otherwise (names/, lexicon/). A finding that no word and no key
supports is as sure as chance is rare: of a form whose check one text in ten passes, it stays below 0.5 and acts only
where a rule names its confidence. A number that its word announces counts though its check digits are wrong, below
0.8.

| what | category | where | check | source |
|---|---|---|---|---|
${general.join('\n')}

## Identifiers by country
${rows.length} identifiers. *Chance*: the share of random texts of the same length and signs that pass the check. \`WW\` and
\`EU\`: of several countries.

| country | identifier | kind | category | check | chance | source |
|---|---|---|---|---|---:|---|
${rows.join('\n')}
`
}

export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  refusals: refusalsPage,
  settings: settingsPage,
  cli: cliPage,
  packages: packagesPage,
  recognisers: recognisersPage,
  'policy-pack': policyPackPage,
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, page] of Object.entries(pages)) {
    if (process.argv[2] !== undefined && process.argv[2] !== name) continue
    writeFileSync(join(import.meta.dirname, `${name}.md`), await page())
  }
}
