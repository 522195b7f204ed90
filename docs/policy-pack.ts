/** `policy-pack.md`: the shipped rules by the numbers of the legal pack, with what their cases show. */
import { join } from 'node:path'
import { makeDetector } from '../src/detect/classify.ts'
import type { Bundle, Rule } from '../src/policy/bundle.ts'
import { type CaseResult, loadCases, runCases } from '../src/policy/cases.ts'
import { readFolder } from '../src/policy/folder.ts'
import { loadFiles } from '../src/policy/load.ts'
import { decideText } from '../src/policy/route.ts'

/** Numbers of the legal pack that no rule file holds: what does it instead, and which sentence of a case shows it. */
const elsewhere: Readonly<Record<string, { readonly what: string; readonly shown?: RegExp }>> = {
  '21': {
    what: 'default of `categories.yaml`: names, contact, numbers of customers, staff, cases and accounts become pseudonyms in third countries unless the purpose needs to know them (GDPR 5(1)(c), 25, 32(1)(a))',
    shown: /^default:(?:name|contact|id\.(?:customer|employee|case)|fin\.(?:iban|account|card))/,
  },
  '28': {
    what: 'default of `categories.yaml`: national, tax, health, passport and driving numbers are removed in third countries; `need_to_know` lowers that to an opaque pseudonym, never further (GDPR 87)',
    shown: /^(?:default|need_to_know):id\.national/,
  },
  '32': {
    what: 'default of `categories.yaml`: passwords, PINs, secrets and CVV are removed at every destination (GDPR 32; PCI DSS 3)',
    shown: /^default:(?:auth|fin\.cvv)/,
  },
  '43': {
    what: 'the gateway itself: classifier error, invalid policy or register, log that cannot be written refuse everywhere (design promise 2); shown by `test/promises/fail-closed.test.ts`, no rule can lift it (GDPR 5(1)(f), 5(2), 32)',
  },
}

const numbers = Array.from({ length: 46 }, (_, n) => String(n + 1).padStart(2, '0'))
const numberOf = ({ id }: Rule): string | undefined => /^(\d\d)[a-z]?-/.exec(id)?.[1]

interface Counted {
  readonly spoke: number
  readonly silent: number
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const whenText = (rule: Rule): string => {
  const text = JSON.stringify(rule.when).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ': ')
  return text === '{}' ? 'always' : text
}

const row = (rule: Rule, { spoke, silent }: Counted): string =>
  `| \`${rule.id}\` | ${decideText(rule)}${rule.decide === 'note' || rule.decide === 'grant' || rule.overridable ? '' : ' **(stands)**'} | ${cell(rule.because.en)}<br>*${cell(rule.because.fr)}* | ${cell(rule.because.article)} | \`${cell(whenText(rule))}\` | ${spoke} / ${silent} |`

const head = [
  '| rule | decides | because | article | when | cases: speaks / near miss |',
  '|---|---|---|---|---|---|',
]

const counting = (bundle: Bundle, results: readonly CaseResult[]) => {
  const wanted = loadCases(bundle).map(({ expect }) => expect)
  const said = results.map(
    ({ decision }) =>
      new Set([...(decision?.spoken ?? []), ...(decision?.notes ?? [])].map(({ rule }) => rule)),
  )
  return {
    of: (id: string): Counted => ({
      spoke: said.filter((spoken) => spoken.has(id)).length,
      silent: wanted.filter(({ silent }) => silent.includes(id)).length,
    }),
    shown: (pattern: RegExp): number =>
      said.filter((spoken) => [...spoken].some((each) => pattern.test(each))).length,
  }
}

/** Loads the shipped pack and runs its cases. @throws if a case fails: a page must not say otherwise */
export const policyPackPage = async (): Promise<string> => {
  const bundle = loadFiles(await readFolder(join(import.meta.dirname, '../policies')))
  const results = await runCases(bundle, makeDetector())
  const failed = results.filter(({ passed }) => !passed)
  if (failed.length > 0) throw new Error(`${failed.length} shipped cases fail: douane policy test policies`)
  const count = counting(bundle, results)
  const legal = numbers.flatMap((number) => {
    const rules = bundle.rules.filter((rule) => rule.pack === undefined && numberOf(rule) === number)
    const other = elsewhere[number]
    const said =
      other === undefined
        ? []
        : [
            `| ${number} | not a rule | ${cell(other.what)} | | | ${other.shown === undefined ? 'a test' : `${count.shown(other.shown)} / –`} |`,
          ]
    return [...said, ...rules.map((rule) => row(rule, count.of(rule.id)))]
  })
  const grants = bundle.rules.filter(({ decide }) => decide === 'grant')
  const packs = [...new Set(bundle.rules.flatMap(({ pack }) => pack ?? []))].toSorted()
  const covered = bundle.rules.filter(({ id }) => count.of(id).spoke > 0).length
  return `<!-- Made from policies/ by node docs/generate.ts; do not edit. -->
# The shipped policy pack

${bundle.rules.length} rules, of which ${covered} speak in a shipped case; ${results.length} cases, all of which pass (\`douane policy test policies\`).
A test takes each rule away, weakens it and drops its conditions in turn, and each time a shipped case fails
(\`test/policy/shipped-cases.test.ts\`). Facts, not legal advice: state of law and sources are in \`policies/law/\`, where
\`# verify\` marks what was not read in a primary text.

What is not allowed by a grant is refused. **(stands)** marks rules that nobody may override; \`speaks\` counts the cases in
which a rule spoke, \`near miss\` those that say that it must not.

## Grants
${head.join('\n')}
${grants.map((rule) => row(rule, count.of(rule.id))).join('\n')}

## The legal pack, by number
The numbers are those of the pack that the law and the guidelines were first written down in; a letter is a part of one.

${head.join('\n')}
${legal.join('\n')}

## Sector packs
Their rules speak only where a register entry (client, purpose, provider or contract) says \`packs: [NAME]\`.

${packs
  .map(
    (name) =>
      `### ${name}\n${[...head, ...bundle.rules.filter(({ pack }) => pack === name).map((rule) => row(rule, count.of(rule.id)))].join('\n')}`,
  )
  .join('\n\n')}
`
}
