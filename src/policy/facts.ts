/** What a rule may look at: the transfer as a whole, a kind of data on it, one finding, the payload. */
import type { Category } from '../model/category.ts'
import { isBelow, specialCategories } from '../model/category.ts'
import type { Finding } from '../model/finding.ts'
import type { Problem, RouteLaw } from '../model/ground.ts'
import type { CivilDate, Client, Provider, Purpose } from '../model/register.ts'

export interface RouteSeen {
  readonly client: Client | undefined
  readonly provider: Provider | undefined
  readonly purposeId: string
  readonly purpose: Purpose | undefined
  readonly law: RouteLaw
  /** Upper case. */
  readonly method: string
  /** Essence, lower case; '' without a body. */
  readonly media: string
  readonly on: CivilDate
}

export interface CategorySeen {
  readonly route: RouteSeen
  readonly category: Category
}

export interface FindingSeen {
  readonly route: RouteSeen
  readonly finding: Finding
  /** Steps of its field's path, root first. */
  readonly steps: readonly (string | number)[]
}

export interface PayloadSeen {
  /** Categories of the findings that act; with `weak`, of all findings. */
  found(weak: boolean): ReadonlySet<Category>
  /** Use case 2 (design §6). */
  uc2(): boolean
  /**
   * Size of the smallest group of records that share their quasi-identifiers: as received (`k`), as the defaults leave
   * them (`k_left`), at their coarsest (`k_coarsest`). undefined if no record has any, and for the last two in a batch
   * of fewer than five records, in which no group could be large enough.
   */
  k(among: readonly string[] | undefined, as: 'k' | 'k_left' | 'k_coarsest'): number | undefined
}

export const isSpecial = (category: Category): boolean =>
  specialCategories.some((group) => isBelow(category, group))

const covers = (groups: readonly string[], category: Category): boolean =>
  groups.some((group) => isBelow(category, group))

/** Not held against the contract or the TIA: no personal data by themselves, or never sent (design §6). */
const heldAgainstNobody = ['date', 'org', 'freetext', 'child', 'id.pseudonym', 'auth', 'fin.cvv']

/** Problems that only a found category can have. */
export const categoryProblems: readonly Problem[] = ['category_outside', 'tia_scope']

export const hasCategoryProblem = (problem: Problem, { route, category }: CategorySeen): boolean => {
  if (covers(heldAgainstNobody, category)) return false
  const held = problem === 'category_outside' ? route.law.covered : route.law.tiaCovered
  return held !== null && !covers(held, category)
}

/** Rule 26: the purpose names the category, an impact assessment is on file, every leg has clause 8.7. */
export const thirdArt9 = ({ route, category }: CategorySeen): 'present' | 'missing' | undefined => {
  if (!isSpecial(category)) return undefined
  const { purpose, law } = route
  const opened = covers(purpose?.third_art9 ?? [], category) && Boolean(purpose?.dpia_ref) && law.clause87
  return opened ? 'present' : 'missing'
}

/** Article 9(2) for special categories, Article 10 for offences; nothing else needs one. */
export const condition = ({ route, category }: CategorySeen): 'present' | 'missing' | undefined => {
  if (isSpecial(category)) return route.purpose?.art9_condition ? 'present' : 'missing'
  if (category === 'criminal') return route.purpose?.art10_basis ? 'present' : 'missing'
  return undefined
}

/** Décret 2019-341: only the French NIR has such a list. */
export const nirBasis = ({ route, finding }: FindingSeen): 'present' | 'missing' | undefined => {
  const isNir =
    finding.category === 'id.national' && (finding.kind ?? (finding.country === 'FR' ? 'nir' : '')) === 'nir'
  if (!isNir) return undefined
  return route.purpose?.nir_basis ? 'present' : 'missing'
}
