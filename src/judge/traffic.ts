/** `policy diff --days`: the transfers of the last days decided twice, by the old policy and by the new one. */
import { civilDate } from '../law/date.ts'
import type { Decision } from '../model/decision.ts'
import type { CountryCode } from '../model/register.ts'
import type { Bundle } from '../policy/bundle.ts'
import { evaluate, openRoute } from '../policy/evaluate.ts'
import { strength } from '../policy/treatment.ts'
import { fromShape } from './from-shape.ts'
import type { Shape } from './shape.ts'

/** What the log says of one transfer that left. */
export interface Passed {
  readonly t: string
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly method: string
  readonly media: string
}

/** Of one provider. A transfer counts once in each line that holds for it; categories are those that made it count. */
export interface ProviderTraffic {
  readonly provider: string
  /** Transfers decided twice. */
  readonly transfers: number
  readonly newlyRefused: number
  readonly noLongerRefused: number
  /** A finding that went as it came is treated now. */
  readonly newlyTreated: number
  /** A finding that was treated goes as it came now. */
  readonly newlyClear: number
  /** Neither, but something is treated otherwise. */
  readonly otherwise: number
  readonly treatedCategories: readonly string[]
  readonly clearCategories: readonly string[]
  /** Transfers of which only a part of the findings was kept. */
  readonly partial: number
  /** Left, but their shape was erased or has expired. */
  readonly erased: number
  /** Refused then: no shape of them is kept. */
  readonly refused: number
}

interface Counting {
  transfers: number
  newlyRefused: number
  noLongerRefused: number
  newlyTreated: number
  newlyClear: number
  otherwise: number
  partial: number
  erased: number
  refused: number
  readonly treated: Set<string>
  readonly clear: Set<string>
}

export interface Traffic {
  passed(record: Passed, shape: Shape | undefined): void
  refused(provider: string): void
  /** By provider, sorted. */
  result(): readonly ProviderTraffic[]
}

/** Memory grows with providers and categories, never with transfers. */
export const openTraffic = (before: Bundle, after: Bundle, region?: CountryCode): Traffic => {
  const all = new Map<string, Counting>()
  const of = (provider: string): Counting => {
    let its = all.get(provider)
    if (its === undefined) {
      its = {
        transfers: 0,
        newlyRefused: 0,
        noLongerRefused: 0,
        newlyTreated: 0,
        newlyClear: 0,
        otherwise: 0,
        partial: 0,
        erased: 0,
        refused: 0,
        treated: new Set(),
        clear: new Set(),
      }
      all.set(provider, its)
    }
    return its
  }
  return {
    passed(record, shape) {
      const its = of(record.provider)
      if (shape === undefined) return void its.erased++
      its.transfers++
      if (shape.more > 0) its.partial++
      const { document, found } = fromShape(shape)
      const decide = (bundle: Bundle): Decision => {
        const zone = bundle.clients.get(record.client)?.zone ?? 'Europe/Brussels'
        const { client, provider, purpose, method, media } = record
        const on = civilDate(new Date(record.t), zone)
        const ask = {
          client,
          provider,
          purpose,
          method,
          media,
          on,
          ...(region === undefined ? {} : { region }),
        }
        return evaluate(openRoute(bundle, ask), document, found)
      }
      const [was, is] = [decide(before), decide(after)]
      if (is.verdict === 'refuse' || was.verdict === 'refuse') {
        if (was.verdict !== 'refuse') its.newlyRefused++
        else if (is.verdict !== 'refuse') its.noLongerRefused++
        return
      }
      const strengths = (decision: Decision): ReadonlyMap<number, number> =>
        new Map(decision.treatments.map(({ finding, treatment }) => [finding, strength(treatment.name)]))
      const [old, fresh] = [strengths(was), strengths(is)]
      let [treated, clear] = [false, false]
      found.findings.forEach(({ category }, at) => {
        const [then, now] = [old.get(at) ?? 0, fresh.get(at) ?? 0]
        if (then === 0 && now > 0) {
          treated = true
          its.treated.add(category)
        } else if (then > 0 && now === 0) {
          clear = true
          its.clear.add(category)
        }
      })
      if (treated) its.newlyTreated++
      if (clear) its.newlyClear++
      const same =
        JSON.stringify(was.treatments.map(({ treatment }) => treatment)) ===
        JSON.stringify(is.treatments.map(({ treatment }) => treatment))
      if (!treated && !clear && !same) its.otherwise++
    },
    refused: (provider) => void of(provider).refused++,
    result: () =>
      [...all]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([provider, { treated, clear, ...counts }]) => ({
          provider,
          ...counts,
          treatedCategories: [...treated].toSorted(),
          clearCategories: [...clear].toSorted(),
        })),
  }
}

const plural = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

/** French participles follow their number; English ones do not. */
const counted = (n: number, what: string, lang: 'en' | 'fr'): string =>
  lang === 'fr' && n === 1 ? what.replaceAll(/és(?= |$)/g, 'é') : what

/** One line a provider, in words. */
export const trafficLines = (
  all: readonly ProviderTraffic[],
  days: number,
  lang: 'en' | 'fr',
): readonly string[] => {
  const title =
    lang === 'en'
      ? `real traffic of the last ${plural(days, 'day', 'days')}, decided again from what was kept of it`
      : `trafic réel ${days === 1 ? 'du dernier jour' : `des ${days} derniers jours`}, décidé à nouveau d'après ce qui en reste`
  const words = {
    en: [
      'newly refused',
      'no longer refused',
      'newly treated',
      'newly IN CLEAR',
      'treated otherwise',
      'transfer',
      'transfers',
      'kept in part',
      'without a kept shape',
      'refused then and not decided again',
      'no transfer',
    ],
    fr: [
      'nouvellement refusés',
      'refusés jusqu’ici, désormais acceptés',
      'nouvellement traités',
      'nouvellement EN CLAIR',
      'traités autrement',
      'transfert',
      'transferts',
      'conservés en partie',
      'sans forme conservée',
      'refusés alors et non redécidés',
      'aucun transfert',
    ],
  }[lang]
  const [refused, opened, treated, clear, otherwise, one = '', more = '', partial, erased, then, none = ''] =
    words
  const listed = (list: readonly string[]): string => (list.length === 0 ? '' : ` (${list.join(', ')})`)
  const lines = all.map((its) => {
    const parts = [
      [its.newlyRefused, refused, ''],
      [its.noLongerRefused, opened, ''],
      [its.newlyTreated, treated, listed(its.treatedCategories)],
      [its.newlyClear, clear, listed(its.clearCategories)],
      [its.otherwise, otherwise, ''],
      [its.partial, partial, ''],
      [its.erased, erased, ''],
      [its.refused, then, ''],
    ] as const
    const said = parts
      .filter(([n]) => n > 0)
      .map(([n, what, list]) => `${n} ${counted(n, what ?? '', lang)}${list}`)
    const colon = lang === 'fr' ? ' : ' : ': '
    return `  ${its.provider}${colon}${[plural(its.transfers, one, more), ...said].join(', ')}`
  })
  return [title, ...(lines.length === 0 ? [`  ${none}`] : lines)]
}
