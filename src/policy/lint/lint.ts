/** What `policy check` warns of besides faults: nothing of it stops a policy, all of it deserves a look. */
import type { CivilDate } from '../../model/register.ts'
import type { Bundle } from '../bundle.ts'
import type { Warning } from '../names.ts'
import { closed } from './closed.ts'
import { contractsOf } from './contracts.ts'
import { gaps, untreated } from './gaps.ts'
import { ruleWarnings } from './rules.ts'

/** Those of the load first, then by kind: rules, routes that are closed, categories, gaps. */
export const warningsOf = (bundle: Bundle, today: CivilDate): readonly Warning[] => {
  const contracts = contractsOf(bundle, today)
  return [
    ...bundle.warnings,
    ...ruleWarnings(bundle, today),
    ...closed(contracts),
    ...untreated(bundle),
    ...gaps(contracts),
  ]
}
