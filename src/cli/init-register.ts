/** Ten answers → two register files, and what they still lack, in words. */
import { Refused, refusals } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import { routeLaw } from '../law/route.ts'
import { inEea } from '../law/territory.ts'
import type { Bundle, BundleFile } from '../policy/bundle.ts'
import { codeOfProblem } from '../policy/block-codes.ts'
import { type Answers, contractForm, idOf, listed } from './init-questions.ts'
import type { Lang } from '../lang.ts'

export interface Made {
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly files: readonly BundleFile[]
}

/** In quotes: `no`, `null` and `123` are words here. */
const quoted = (text: string): string => JSON.stringify(text)

/** Of a first draft: token words in the reader's language, where Douane has them. */
const languageOf: Readonly<Record<string, string>> = {
  ...{ FR: 'fr', BE: 'fr', MG: 'fr', MA: 'fr', TN: 'fr', SN: 'fr', CI: 'fr', MU: 'fr' },
  ...{ DE: 'de', AT: 'de', ES: 'es', IT: 'it', PT: 'pt', NL: 'nl', PL: 'pl', RO: 'ro' },
}

export const registerFiles = (answers: Answers, { law }: Pick<Bundle, 'law'>): Made => {
  const client = idOf(answers.company)
  const provider = idOf(answers.provider)
  const { country, provider_country: there, purpose, clauses } = answers
  const [, ref, signed] = contractForm.exec(answers.contract) ?? []
  const near = inEea(law, country) && inEea(law, there)
  const instrument =
    near || clauses === ''
      ? ''
      : `,\n         mechanism: scc_ec, module: M2, signed_on: ${clauses}, annexes: [I.A, I.B, I.C, II, III]`
  const dpa =
    ref === undefined
      ? ''
      : `    dpa: {ref: ${quoted(ref)}, signed_on: ${signed}, art28_3_a_to_h: true, purposes: [${quoted(purpose)}],
          categories: [${listed(answers.categories).join(', ')}]}
`
  return {
    client,
    provider,
    purpose,
    files: [
      {
        path: `register/clients/${client}.yaml`,
        text: `# yaml-language-server: $schema=../../schema/client.json
id: ${quoted(client)}
name: ${quoted(answers.company)}
country: ${quoted(country)}
status: approved
default_purpose: ${quoted(purpose)}
purposes:
  ${quoted(purpose)}: {data_subjects: [${listed(answers.data_subjects).map(quoted).join(', ')}]}
`,
      },
      {
        path: `register/providers/${provider}.yaml`,
        text: `# yaml-language-server: $schema=../../schema/provider.json
id: ${quoted(provider)}
name: ${quoted(answers.provider)}
country: ${quoted(there)}
base_url: ${quoted(answers.base_url)}
language: ${languageOf[there] ?? 'en'}
status: approved
contracts:
  - client: ${quoted(client)}
${dpa}    legs:
      - {from: ${quoted(country)}, to: ${quoted(there)}, exporter: client, importer: provider, kind: processing${instrument}}
`,
      },
    ],
  }
}

/** What the law still asks for on this route today; empty: it may be used. @throws Refused PROVIDER_UNKNOWN */
export const stillMissing = (
  bundle: Bundle,
  { client: id, provider: to, purpose }: Made,
  lang: Lang,
  now: Date,
): string[] => {
  const client = bundle.clients.get(id)
  const provider = bundle.providers.get(to)
  if (client === undefined || provider === undefined) throw new Refused('PROVIDER_UNKNOWN')
  const { problems } = routeLaw(bundle.law, client, provider, purpose, civilDate(now, client.zone))
  return [...new Set(problems.map((problem) => codeOfProblem[problem]))].map((code) => {
    const { en, fr, doEn, doFr } = refusals[code]
    return lang === 'fr' ? `${fr} ${doFr}` : `${en} ${doEn}`
  })
}
