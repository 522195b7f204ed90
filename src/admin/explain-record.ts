/** Why a past transfer was decided so: its record, and the bundle that decided, which is kept for ever. */
import type { Code } from '../errors.ts'
import { Refused, refusals } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { Decision, Spoken } from '../model/decision.ts'
import type { Ground } from '../model/ground.ts'
import type { IntentBody, RefusalBody } from '../model/record.ts'
import type { Bundle } from '../policy/bundle.ts'
import { type Lang, explain } from '../policy/explain.ts'
import { loadFiles } from '../policy/load.ts'
import { printTreatment } from '../policy/treatment.ts'
import type { Bundles } from '../store/bundles.ts'
import { explanationOf } from './explanation.ts'
import type { components } from './openapi-types.ts'

type Explained = components['schemas']['Explanation']

const spokenBy = (rule: string, record: IntentBody | RefusalBody, bundle: Bundle): Spoken => {
  const own = bundle.rules.find(({ id }) => id === rule)
  if (own !== undefined) {
    const decide = typeof own.decide === 'string' ? own.decide : printTreatment(own.decide)
    const { file, line } = own.source
    return {
      rule,
      decide,
      ...own.because,
      file,
      line,
      categories: [],
      findings: [],
      ...(own.code === undefined ? {} : { code: own.code }),
    }
  }
  const category = rule.replace(/^default:/, '') as Category
  const entry = bundle.categories.get(category)
  if (rule.startsWith('default:') && entry !== undefined) {
    return {
      rule,
      decide: printTreatment(entry.everywhere ?? entry.third),
      en: `${entry.en}: the default of its category.`,
      fr: `${entry.fr} : le traitement par défaut de sa catégorie.`,
      article: entry.article,
      file: entry.source.file,
      line: entry.source.line,
      categories: [category],
      findings: [],
    }
  }
  const code = record.k === 'refusal' && rule.startsWith('route:') ? (record.code as Code) : undefined
  const row = code === undefined ? undefined : refusals[code]
  return {
    rule,
    decide: code === undefined ? 'allow' : 'block',
    en: row?.en ?? 'The register lowers the default for this purpose.',
    fr: row?.fr ?? 'Le registre abaisse le défaut pour cette finalité.',
    article: 'GDPR 5(1)(c)',
    file: 'register',
    line: 1,
    categories: [],
    findings: [],
  }
}

/**
 * @throws Refused NOT_FOUND if the bundle that decided is not in this store
 */
export async function explainRecord(
  record: IntentBody | RefusalBody,
  bundles: Bundles,
  lang: Lang,
): Promise<Explained> {
  const stored = await bundles.get(record.bundle)
  if (stored === null) throw new Refused('NOT_FOUND', { en: 'The bundle that decided is not in this store.' })
  const bundle = loadFiles(stored.files)
  const spoken = record.rules.map((rule) => spokenBy(rule, record, bundle))
  const code = record.k === 'refusal' && record.code in refusals ? (record.code as Code) : undefined
  if (code !== undefined && spoken.every(({ decide }) => decide !== 'block')) {
    const row = refusals[code]
    const sentence =
      lang === 'fr' ? `Refusé (${code}) : ${row.fr} ${row.doFr}` : `Refused (${code}): ${row.en} ${row.doEn}`
    return explanationOf({ sentence, details: [] }, spoken, [], lang)
  }
  const words = Object.fromEntries(
    Object.keys(record.cats).flatMap((category) => {
      const entry = bundle.categories.get(category as Category)
      return entry === undefined ? [] : [[category, { en: entry.en, fr: entry.fr }]]
    }),
  )
  const decision: Decision = {
    verdict: record.k === 'refusal' ? 'refuse' : record.verdict,
    ...(code === undefined ? {} : { code }),
    route: {
      client: record.client,
      provider: record.provider,
      purpose: record.purpose,
      class: record.k === 'refusal' ? 'third' : (record.class as Decision['route']['class']),
      countries: record.k === 'refusal' ? [] : record.countries,
      ground: record.k === 'refusal' ? [] : (record.ground as Ground[]),
      ground_ref: record.k === 'refusal' ? [] : record.ground_ref,
    },
    treatments: [],
    spoken,
    notes: [],
    counts: record.cats as Decision['counts'],
    words: {
      client: bundle.clients.get(record.client)?.name ?? '',
      provider: bundle.providers.get(record.provider)?.name ?? '',
      categories: words,
    },
    weak: 0,
    bundle: record.bundle,
  }
  return explanationOf(
    explain(decision, lang, () => ''),
    spoken,
    [],
    lang,
  )
}
