/** What combinations look at: the payload as received, never what rules would make of it. */
import type { Category } from '../model/category.ts'
import { isBelow } from '../model/category.ts'
import type { Document } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { CategoryEntry } from './bundle.ts'
import type { Default } from './defaults.ts'
import type { PayloadSeen } from './facts.ts'

export interface PayloadAsk {
  readonly document: Document
  readonly found: Classification
  /** By position of the finding; undefined: weaker than its `act_from`. */
  readonly defaults: readonly (Default | undefined)[]
  readonly categories: ReadonlyMap<Category, CategoryEntry>
  /** The vault stands where it may, and every leg in question names its analysis. */
  readonly vaultHolds: boolean
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

/**
 * Records that carry the same values of the categories named (silent: every quasi-identifier) are one group.
 * Values are compared as received, without case or outer space.
 */
const smallestGroup = (ask: PayloadAsk, among: readonly string[] | undefined): number | undefined => {
  const counts = (finding: Finding): boolean =>
    among === undefined
      ? ask.categories.get(finding.category)?.quasi === true
      : among.some((group) => isBelow(finding.category, group))
  const traits = new Map<number, string[]>()
  ask.found.findings.forEach((finding, at) => {
    if (ask.defaults[at] === undefined || !counts(finding)) return
    const text = ask.document.fields[finding.field]?.text.slice(finding.start, finding.end) ?? ''
    const trait = JSON.stringify([finding.category, text.trim().toLowerCase()])
    const known = traits.get(finding.record)
    if (known === undefined) traits.set(finding.record, [trait])
    else known.push(trait)
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
    k(among) {
      const key = among?.join() ?? ''
      if (!groups.has(key)) groups.set(key, smallestGroup(ask, among))
      return groups.get(key)
    },
  }
}
