/** What `policy check` warns of besides faults: nothing of it stops a policy, all of it deserves a look. */
import type { CivilDate } from '../../model/register.ts'
import type { Bundle } from '../bundle.ts'
import type { Warning } from '../names.ts'
import { gaps, untreated } from './gaps.ts'
import { ruleWarnings } from './rules.ts'

/** Those of the load first, then by kind: rules, categories, gaps. */
export const warningsOf = (bundle: Bundle, today: CivilDate): readonly Warning[] => [
  ...bundle.warnings,
  ...ruleWarnings(bundle, today),
  ...untreated(bundle),
  ...gaps(bundle, today),
]
