/** Why a past transfer was decided so: its record, what is left of its detail, and the bundle that decided. */
import { type Code, PolicyInvalid, Refused, refusals } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import { type Category, isBelow } from '../model/category.ts'
import type { Decision, Spoken } from '../model/decision.ts'
import type { Ground } from '../model/ground.ts'
import type { IntentBody, RefusalBody } from '../model/record.ts'
import type { Lang } from '../lang.ts'
import { becauseOf } from '../policy/because.ts'
import type { Bundle, Rule } from '../policy/bundle.ts'
import { defaultSentence } from '../policy/default-sentence.ts'
import type { Default } from '../policy/defaults.ts'
import type { Orders } from '../policy/orders.ts'
import { explain } from '../policy/explain.ts'
import { type Route, decideText, openRoute } from '../policy/route.ts'
import type { ShownTransfer } from '../store/transfers.ts'
import { explanationOf } from './explanation.ts'
import type { components } from './openapi-types.ts'
import type { BundleOf } from './stored-bundle.ts'

type Explained = components['schemas']['Explanation']
type Told = IntentBody | RefusalBody

/** What gateway/records.ts wrote into the erasable detail, as far as a sentence needs it. */
interface Detail {
  readonly notes: readonly string[]
  readonly weak: number
  /** [path, category, …] of each finding. */
  readonly shape: { readonly findings: readonly (readonly [string, string, ...unknown[]])[] }
}

const erased: Detail = { notes: [], weak: 0, shape: { findings: [] } }

/**
 * @param attempt a transfer's last; without its detail (erased, expired) places and notes are left out
 * @param ordersAt what people had ordered by a place of the log
 * @throws Refused NOT_FOUND if the bundle that decided is not in this store, or is none for this version
 */
export async function explainRecord(
  { record, detail }: ShownTransfer['attempts'][number],
  bundleOf: BundleOf,
  lang: Lang,
  ordersAt?: (next: number) => Promise<Orders>,
): Promise<Explained> {
  const stored = await bundleOf(record.bundle).catch((error: unknown) => {
    if (error instanceof PolicyInvalid) return null
    throw error
  })
  if (stored === null)
    throw new Refused('NOT_FOUND', {
      en: 'The bundle that decided is not in this store.',
      fr: "La politique qui a décidé n'est pas dans ce dépôt.",
    })
  const bundle =
    record.orders === undefined || ordersAt === undefined
      ? stored
      : { ...stored, orders: await ordersAt(record.orders) }
  const known = detail === undefined ? erased : (JSON.parse(detail.toString('utf8')) as Detail)
  const route = routeOf(record, bundle)
  const spoken = record.rules.flatMap((rule) => spokenBy(rule, record, route, known))
  if (record.k === 'refusal' && spoken.every(({ decide }) => decide !== 'block'))
    return explanationOf(byCode(record, lang), spoken, [], lang)
  const notes = known.notes.flatMap((rule) => spokenBy(rule, record, route, known))
  const decision = decisionOf(record, route, spoken, notes, known)
  const printed = (finding: number): string => known.shape.findings[finding]?.[0] ?? ''
  return explanationOf(explain(decision, lang, printed), spoken, notes, lang)
}

/** The route as it stood on the day of the record. */
const routeOf = (record: Told, bundle: Bundle): Route => {
  const { client, provider, purpose } = record
  const zone = bundle.clients.get(client)?.zone ?? 'Europe/Brussels'
  const at = new Date(record.t)
  const on = civilDate(at, zone)
  const sent =
    record.k === 'intent' ? { method: record.method, media: record.media } : { method: '', media: '' }
  return openRoute(bundle, { client, provider, purpose, on, at, ...sent })
}

/** What one id of the record said: a rule, the route as such, a note of the law, or defaults. */
const spokenBy = (id: string, record: Told, route: Route, detail: Detail): Spoken[] => {
  const rule = route.bundle.rules.find((one) => one.id === id)
  if (rule !== undefined) return [saidByRule(rule, record, route, detail)]
  const standing = [...route.standing, ...route.notes].filter((spoken) => spoken.rule === id)
  if (standing.length > 0) return standing
  const counted = Object.keys(record.cats) as Category[]
  const spoke = counted.filter((category) =>
    id === 'need_to_know'
      ? route.defaultOf(category, false)?.why === 'need_to_know'
      : id === 'default:child' || id === `default:${category}`,
  )
  return spoke.map((category) =>
    defaultSentence({
      route,
      category,
      entry: route.entry(category),
      base: baseOf(id, category, record, route),
      findings: findingsOf(detail, [category]),
    }),
  )
}

const saidByRule = (rule: Rule, { cats }: Told, { seen }: Route, detail: Detail): Spoken => {
  const groups = rule.when.category ?? []
  const categories = (Object.keys(cats) as Category[]).filter((category) =>
    groups.some((group) => isBelow(category, group)),
  )
  const { article } = rule.because
  const { file, line } = rule.source
  return {
    rule: rule.id,
    decide: decideText(rule),
    ...(rule.code === undefined ? {} : { code: rule.code }),
    ...becauseOf(rule, seen.law),
    ...{ article, file, line, categories },
    findings: findingsOf(detail, categories),
  }
}

/** Facts of single findings (a child's record, a text that was not scanned) show in what was done to them. */
const baseOf = (id: string, category: Category, { cats }: Told, route: Route): Default => {
  if (id === 'default:child') return { treatment: { name: 'pseudonymise' }, why: 'child' }
  if (category === 'freetext' && (cats[category]?.block ?? 0) > 0)
    return { treatment: { name: 'block' }, why: 'unscanned' }
  return route.defaultOf(category, false) ?? { treatment: { name: 'allow' }, why: 'default' }
}

const findingsOf = ({ shape }: Detail, categories: readonly string[]): number[] =>
  shape.findings.flatMap(([, category], at) => (categories.includes(category) ? [at] : []))

/** A refusal that no rule gave: the payload could not be read, the provider could not be reached … */
const byCode = ({ code }: RefusalBody, lang: Lang): { sentence: string; details: string[] } => {
  const row = refusals[code as Code] ?? refusals.INTERNAL
  const sentence =
    lang === 'fr' ? `Refusé (${code}) : ${row.fr} ${row.doFr}` : `Refused (${code}): ${row.en} ${row.doEn}`
  return { sentence, details: [] }
}

const decisionOf = (
  record: Told,
  { bundle, facts }: Route,
  spoken: readonly Spoken[],
  notes: readonly Spoken[],
  { weak, shape }: Detail,
): Decision => {
  const recorded =
    record.k === 'refusal'
      ? { verdict: 'refuse' as const, code: record.code as Code, route: facts }
      : {
          verdict: record.verdict,
          route: {
            ...facts,
            countries: record.countries,
            ground: record.ground as Ground[],
            ground_ref: record.ground_ref,
          },
        }
  return {
    ...recorded,
    // One field a finding: only the places are wanted of them.
    treatments: shape.findings.map((_, at) => ({
      finding: at,
      field: at,
      treatment: { name: 'allow' as const },
      rules: [],
    })),
    spoken,
    notes,
    counts: record.cats as Decision['counts'],
    words: {
      client: bundle.clients.get(record.client)?.name ?? '',
      provider: bundle.providers.get(record.provider)?.name ?? '',
      categories: Object.fromEntries([...bundle.categories].map(([id, { en, fr }]) => [id, { en, fr }])),
    },
    weak,
    bundle: record.bundle,
  }
}
