/** The sentences of what speaks without a rule: a category's default and need_to_know. */
import type { Category } from '../model/category.ts'
import type { Spoken, Treatment } from '../model/decision.ts'
import type { CategoryEntry } from './bundle.ts'
import type { Default } from './defaults.ts'
import { registerPlace } from './register-place.ts'
import type { Route } from './route.ts'
import { becomes } from './treatment-words.ts'
import { printTreatment } from './treatment.ts'

/** `default:<category>`, `default:child` for what a child's record adds, `need_to_know`. */
export const defaultId = (base: Default, category: Category): string =>
  base.why === 'need_to_know' ? 'need_to_know' : `default:${base.why === 'child' ? 'child' : category}`

interface Because {
  readonly en: string
  readonly fr: string
  readonly article: string
}

const because = (ask: DefaultAsk): Because => {
  const { route, category, entry, base } = ask
  const en = entry?.en ?? category
  const fr = entry?.fr ?? category
  const what = {
    en: `${en}: ${becomes[base.treatment.name].en}`,
    fr: `${fr} : ${becomes[base.treatment.name].fr}`,
  }
  switch (base.why) {
    case 'need_to_know':
      return {
        en: `${what.en}: the purpose ${route.seen.purposeId} needs it.`,
        fr: `${what.fr}, la finalité ${route.seen.purposeId} en a besoin.`,
        article: 'GDPR 5(1)(c), 25',
      }
    case 'child':
      return {
        en: `${what.en}: the record is a child's.`,
        fr: `${what.fr}, car il s'agit d'un enfant.`,
        article: 'GDPR 8, recital 38',
      }
    case 'unscanned':
      return {
        en: `${en} that could not be scanned may not go to a third country.`,
        fr: `${fr} : ce qui n'a pas pu être analysé ne part pas vers un pays tiers.`,
        article: 'GDPR 5(1)(c), 24, 25',
      }
    case 'third_art9':
      return {
        en: `${what.en}: the purpose names them, an impact assessment is on file and clause 8.7 is agreed.`,
        fr: `${what.fr}, la finalité les nomme, une analyse d'impact existe et la clause 8.7 est convenue.`,
        article: 'GDPR 9, 35; SCC cl. 8.7',
      }
    case 'default':
      return route.seen.law.class === 'third'
        ? {
            en: `${what.en} by default outside the EEA without an adequacy decision.`,
            fr: `${what.fr} par défaut hors EEE sans décision d'adéquation.`,
            article: entry?.article ?? 'GDPR 25',
          }
        : {
            en: `${what.en} by default at this destination.`,
            fr: `${what.fr} par défaut vers cette destination.`,
            article: entry?.article ?? 'GDPR 25',
          }
  }
}

export interface DefaultAsk {
  readonly route: Route
  readonly category: Category
  readonly entry: CategoryEntry | undefined
  readonly base: Default
}

/** What a default says on a route, whatever it says it of; the same object for the same sentence. */
export type SaidByDefault = Omit<Spoken, 'findings'>

const codeOf = ({ base, entry }: DefaultAsk): { code: NonNullable<Spoken['code']> } | object => {
  if (base.treatment.name !== 'block') return {}
  return { code: base.why === 'unscanned' ? 'CONTENT_UNSCANNED' : (entry?.code ?? 'POLICY_BLOCK') }
}

const placeOf = ({ route, base, entry }: DefaultAsk): { file: string; line: number } => {
  if (base.why === 'need_to_know')
    return registerPlace(route.bundle, 'clients', route.seen.client?.id ?? '', 'need_to_know')
  const source = base.why === 'child' ? route.entry('child')?.source : entry?.source
  return { file: source?.file ?? 'categories.yaml', line: source?.line ?? 1 }
}

/** Sentences and places are the route's; kept there, for a batch says them again and again. */
const kept = new WeakMap<Route, Map<Category, Map<Default, SaidByDefault>>>()

const said = (ask: DefaultAsk): SaidByDefault => {
  const decide: Treatment = ask.base.treatment
  return {
    rule: defaultId(ask.base, ask.category),
    decide: printTreatment(decide),
    ...codeOf(ask),
    ...because(ask),
    ...placeOf(ask),
    categories: [ask.category],
  }
}

/** Sentences by their sense: the defaults of two classes of findings may say the same. */
const bySense = new WeakMap<Route, Map<string, SaidByDefault>>()

const alike = (ask: DefaultAsk): SaidByDefault => {
  let ofRoute = bySense.get(ask.route)
  if (ofRoute === undefined) bySense.set(ask.route, (ofRoute = new Map()))
  const key = `${ask.category} ${ask.base.why} ${ask.base.treatment.name}`
  let spoken = ofRoute.get(key)
  if (spoken === undefined) ofRoute.set(key, (spoken = said(ask)))
  return spoken
}

/** @param ask whose default is one object for one class of findings (finding-table.ts) */
export const saidByDefault = (ask: DefaultAsk): SaidByDefault => {
  let ofRoute = kept.get(ask.route)
  if (ofRoute === undefined) kept.set(ask.route, (ofRoute = new Map()))
  let ofCategory = ofRoute.get(ask.category)
  if (ofCategory === undefined) ofRoute.set(ask.category, (ofCategory = new Map()))
  let spoken = ofCategory.get(ask.base)
  if (spoken === undefined) {
    spoken = alike(ask)
    if (ofCategory.size < mostDefaults) ofCategory.set(ask.base, spoken)
  }
  return spoken
}

/** Of one category on one route: by band of confidence, child, and opened special category. */
const mostDefaults = 256

export const withFindings = (spoken: SaidByDefault, findings: readonly number[]): Spoken => ({
  ...spoken,
  findings,
})

export const defaultSentence = (ask: DefaultAsk & { readonly findings: readonly number[] }): Spoken =>
  withFindings(alike(ask), ask.findings)
