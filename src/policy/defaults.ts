/** What becomes of a finding before any rule speaks: design §7, after need_to_know. */
import type { Category } from '../model/category.ts'
import { isBelow } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { Finding } from '../model/finding.ts'
import type { CategoryEntry } from './bundle.ts'
import type { RouteSeen } from './facts.ts'
import { isSpecial, thirdArt9 } from './facts.ts'
import { settle, strength, stricter } from './treatment.ts'

export interface Default {
  readonly treatment: Treatment
  readonly why: 'default' | 'need_to_know' | 'child' | 'unscanned' | 'third_art9'
}

const allow: Treatment = { name: 'allow' }
const pseudonymise: Treatment = { name: 'pseudonymise' }
const block: Treatment = { name: 'block' }

/** Void where rule 26 opens a special category: then who it is about must not show. */
const voidedBySpecial = ['name', 'contact', 'id']
const contextTypes: readonly Category[] = ['date', 'org']

/**
 * need_to_know lowers pseudonymise, generalise or remove to allow; an id that would be removed only to an opaque
 * stand-in. Never a block, never what holds at every destination, nothing where the law of the destination
 * applies in practice (EDPB Recs 01/2020 use cases 6 and 7).
 */
const lowered = (
  treatment: Treatment,
  category: Category,
  route: RouteSeen,
  specialOpened: boolean,
): Treatment | undefined => {
  if (treatment.name === 'block' || treatment.name === 'allow') return undefined
  const needed = route.purpose?.need_to_know.some((group) => isBelow(category, group)) ?? false
  if (!needed || route.law.legs.some((leg) => leg.tia === 'problematic_applied')) return undefined
  if (specialOpened && voidedBySpecial.some((group) => isBelow(category, group))) return undefined
  const onlyOpaque = isBelow(category, 'id') && strength(treatment.name) > strength('pseudonymise')
  return onlyOpaque ? pseudonymise : allow
}

/** The default of one category on one route; `child` and scanned text are facts of the finding, below. */
export const categoryDefault = (entry: CategoryEntry, route: RouteSeen, specialOpened: boolean): Default => {
  const { category } = entry
  if (route.law.class !== 'third') {
    return { treatment: entry.everywhere ? settle(entry.everywhere, category) : allow, why: 'default' }
  }
  const third = settle(entry.third, category)
  if (entry.everywhere)
    return { treatment: stricter(settle(entry.everywhere, category), third, category), why: 'default' }
  if (isSpecial(category) && thirdArt9({ route, category }) === 'present')
    return { treatment: allow, why: 'third_art9' }
  const lower = lowered(third, category, route, specialOpened)
  return lower === undefined
    ? { treatment: third, why: 'default' }
    : { treatment: lower, why: 'need_to_know' }
}

/** Text that was not scanned does not leave; whatever a child's record holds does not leave in the clear. */
export const findingDefault = (
  base: Default,
  finding: Finding,
  child: boolean,
  route: RouteSeen,
): Default => {
  if (route.law.class !== 'third') return base
  if (finding.category === 'freetext' && finding.confidence < 1) return { treatment: block, why: 'unscanned' }
  const spared = contextTypes.includes(finding.category)
  if (child && !spared && strength(base.treatment.name) < strength('pseudonymise'))
    return { treatment: pseudonymise, why: 'child' }
  return base
}
