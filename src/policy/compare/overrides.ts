/** What becomes of the overrides that run now, when one bundle takes the place of another. */
import type { Bundle } from '../bundle.ts'
import { type LiftFault, liftFault } from '../lifted.ts'
import type { Lift } from '../orders.ts'

export interface OverrideChange {
  readonly id: string
  readonly rule: string
  readonly client: string
  readonly provider: string
  /** '' for every purpose. */
  readonly purpose: string
  /** RFC 3339. */
  readonly until: string
  readonly by: string
  /** It counts on, falls away, counts again (which loosens), or counts under neither. */
  readonly then: 'counts' | 'falls' | 'returns' | 'void'
  readonly fault?: LiftFault
}

/** @param lifts that run now; in their order */
export const overridesOf = (
  before: Pick<Bundle, 'rules'>,
  after: Pick<Bundle, 'rules'>,
  lifts: readonly Lift[],
): readonly OverrideChange[] => {
  const [old, fresh] = [before, after].map(({ rules }) => new Map(rules.map((rule) => [rule.id, rule])))
  return lifts.map((lift) => {
    const { id, rule, client, provider, purpose, until, by } = lift
    const [was, fault] = [liftFault(lift, old?.get(rule)), liftFault(lift, fresh?.get(rule))]
    const then =
      fault === undefined ? (was === undefined ? 'counts' : 'returns') : was === undefined ? 'falls' : 'void'
    return {
      ...{ id, rule, client, provider, purpose, until, by, then },
      ...(fault === undefined ? {} : { fault }),
    }
  })
}
