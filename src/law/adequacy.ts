import type { Problem } from '../model/ground.ts'
import type { CivilDate, CountryCode, Dpf } from '../model/register.ts'
import type { Adequacy, LawData } from './data.ts'
import { begun, stands } from './date.ts'
import { dpfCoverage } from './subjects.ts'
import { resolved } from './territory.ts'

/** What the register says of the importer, and whose data go: the facts that scope tests ask for. */
export interface Recipient {
  readonly scope_facts: Readonly<Record<string, boolean>>
  readonly dpf?: Dpf
  /** The purpose's data subjects. */
  readonly subjects: readonly string[]
}

export type AdequacyAnswer =
  | { readonly state: 'none' }
  | { readonly state: 'valid'; readonly decision: Adequacy; readonly until?: CivilDate }
  | { readonly state: 'fails'; readonly decision: Adequacy; readonly problem: Problem }

/** Rule 06: listed, active, not past its date, and covering the people at hand (Decision 2023/1795). */
const dpfStands = (dpf: Dpf | undefined, subjects: readonly string[], on: CivilDate): boolean =>
  dpf !== undefined &&
  dpf.status === 'active' &&
  stands(dpf.valid_to, on) &&
  [...dpfCoverage(subjects)].every((kind) => dpf.covers.includes(kind))

const earlier = (a: CivilDate | null, b: CivilDate | null): CivilDate | undefined =>
  a === null ? (b ?? undefined) : b === null ? a : a < b ? a : b

/**
 * Whether a Commission decision covers this recipient on this day (Art. 45 GDPR): in force, not expired
 * (rule 08), and every scope test of a partial decision true (rules 05, 06). A fact that nobody stated is
 * false. The scope tests `dpf_active` and `dpf_covers_hr` are answered by the DPF entry.
 */
export const adequacy = (
  law: LawData,
  code: CountryCode,
  recipient: Recipient,
  on: CivilDate,
): AdequacyAnswer => {
  const decision = law.adequacy.get(resolved(law, code))
  if (decision === undefined || !begun(decision.adopted, on)) return { state: 'none' }
  if (!stands(decision.valid_to, on)) return { state: 'fails', decision, problem: 'adequacy_expired' }
  let until = decision.valid_to
  if (decision.scope_test.some((test) => test.startsWith('dpf_'))) {
    if (!dpfStands(recipient.dpf, recipient.subjects, on)) {
      return { state: 'fails', decision, problem: 'dpf_inactive' }
    }
    until = earlier(until, recipient.dpf?.valid_to ?? null) ?? null
  }
  const rest = decision.scope_test.filter((test) => !test.startsWith('dpf_'))
  const partialUntested = decision.scope === 'partial' && decision.scope_test.length === 0
  if (
    partialUntested ||
    !rest.every((test) => Object.hasOwn(recipient.scope_facts, test) && recipient.scope_facts[test] === true)
  ) {
    return { state: 'fails', decision, problem: 'adequacy_scope' }
  }
  return { state: 'valid', decision, ...(until === null ? {} : { until }) }
}
