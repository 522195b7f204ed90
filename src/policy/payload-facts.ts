/** What combinations look at: the payload as received, never what rules would make of it. */
import { generalise } from '../coarse/generalise.ts'
import type { Category } from '../model/category.ts'
import { isBelow } from '../model/category.ts'
import type { Document } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { CategoryEntry } from './bundle.ts'
import type { Default } from './defaults.ts'
import type { PayloadSeen } from './facts.ts'
import { ladders } from './treatment.ts'

export interface PayloadAsk {
  readonly document: Document
  readonly found: Classification
  /** By position of the finding; undefined: weaker than its `act_from`. */
  readonly defaults: readonly (Default | undefined)[]
  readonly categories: ReadonlyMap<Category, CategoryEntry>
  /** The vault stands where it may, and every leg in question names its analysis. */
  readonly vaultHolds: boolean
  /** For dates with two-figure years. */
  readonly now: Date
}

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * Use case 2 (EDPB Recs 01/2020 §85): no free-text leaf goes out and no quasi-identifier is left as it is. Looks at
 * the defaults only: were it to see what restrictions do, adding one could let more out (promise 5).
 */
const useCase2 = ({ found, defaults, categories, vaultHolds }: PayloadAsk): boolean =>
  vaultHolds &&
  found.findings.every((finding, at) => {
    const name = defaults[at]?.treatment.name
    if (name === undefined) return true
    if (finding.category === 'freetext') return name !== 'allow' && name !== 'generalise'
    return categories.get(finding.category)?.quasi !== true || name !== 'allow'
  })

/** In a smaller batch no group of five can be: its records stand alone, and the defaults generalise each. */
const leastBatch = 5

type As = Parameters<PayloadSeen['k']>[1]

/** What is left of a trait: as received, after its default, or at its coarsest; undefined where nothing is. */
const trait = (ask: PayloadAsk, at: number, finding: Finding, as: As): string | undefined => {
  const field = ask.document.fields[finding.field]
  const text = field?.text.slice(finding.start, finding.end) ?? ''
  const { name, parameter } = ask.defaults[at]?.treatment ?? { name: 'allow' as const, parameter: undefined }
  if (as === 'k') return text.trim().toLowerCase()
  if (name !== 'allow' && name !== 'generalise') return undefined
  const step = as === 'k_coarsest' ? ladders[finding.category]?.steps.at(-1) : parameter
  if (step === undefined) return text.trim().toLowerCase()
  return generalise(finding.category, step, {
    text,
    number: field?.kind === 'number',
    country: finding.country,
    now: ask.now,
  })
}

/**
 * Records that carry the same values of the categories named (silent: every quasi-identifier) are one group (EDPB
 * 01/2025 §§101-104, example 9). Values are compared without case or outer space.
 */
const smallestGroup = (ask: PayloadAsk, among: readonly string[] | undefined, as: As): number | undefined => {
  const counts = (finding: Finding): boolean =>
    among === undefined
      ? ask.categories.get(finding.category)?.quasi === true
      : among.some((group) => isBelow(finding.category, group))
  const { findings } = ask.found
  const records = new Set<number>()
  for (const [at, finding] of findings.entries())
    if (ask.defaults[at] !== undefined) records.add(finding.record)
  if (as !== 'k' && records.size < leastBatch) return undefined
  // One record stands alone, whatever its values are.
  if (records.size === 1)
    return findings.some((finding, at) => ask.defaults[at] !== undefined && counts(finding)) ? 1 : undefined
  const traits = new Map<number, string[]>()
  findings.forEach((finding, at) => {
    if (ask.defaults[at] === undefined || !counts(finding)) return
    const value = trait(ask, at, finding, as)
    if (value === undefined) return
    const written = JSON.stringify([finding.category, value])
    const known = traits.get(finding.record)
    if (known === undefined) traits.set(finding.record, [written])
    else known.push(written)
  })
  const groups = new Map<string, number>()
  for (const list of traits.values()) {
    const group = list.toSorted().join()
    groups.set(group, (groups.get(group) ?? 0) + 1)
  }
  let smallest: number | undefined
  for (const size of groups.values()) if (smallest === undefined || size < smallest) smallest = size
  return smallest
}

export const payloadFacts = (ask: PayloadAsk): PayloadSeen => {
  const strong = once(
    () =>
      new Set(ask.found.findings.filter((_, at) => ask.defaults[at] !== undefined).map((f) => f.category)),
  )
  const all = once(() => new Set(ask.found.findings.map((f) => f.category)))
  const groups = new Map<string, number | undefined>()
  return {
    found: (weak) => (weak ? all() : strong()),
    uc2: once(() => useCase2(ask)),
    k(among, as) {
      const key = `${as} ${among?.join() ?? ''}`
      if (!groups.has(key)) groups.set(key, smallestGroup(ask, among, as))
      return groups.get(key)
    },
  }
}
