/** What is wrong with a policies folder, as the API and `douane policy check` say it. */
import { PolicyInvalid } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import { warningsOf } from '../policy/lint/lint.ts'
import { voidLifts, voidSentence } from '../policy/lifted.ts'
import { checkFolder } from '../policy/cases.ts'
import { faultFields, warningFields } from '../policy/faults.ts'
import type { Bundle, BundleFile } from '../policy/bundle.ts'
import type { Lift } from '../policy/orders.ts'
import type { components } from './openapi-types.ts'

/** What of these overrides would count for nothing under the bundle, as warnings at the rules. */
export const voidWarnings = ({ rules }: Bundle, lifts: readonly Lift[]): Bundle['warnings'] =>
  voidLifts(lifts, rules).map(({ lift, fault }) => ({
    source: rules.find(({ id }) => id === lift.rule)?.source ?? { file: 'rules', line: 1, column: 1 },
    message: voidSentence(lift, fault),
  }))

/**
 * Every fault at once; without faults also the digest. Never throws for a bad folder.
 * @param lifts that run now
 */
export const checkFiles = (
  files: readonly BundleFile[],
  lifts: readonly Lift[] = [],
): components['schemas']['CheckResponse'] => {
  try {
    const bundle = checkFolder(files)
    return {
      bundle: bundle.digest,
      faults: [],
      warnings: [...warningsOf(bundle, civilDate(new Date(), 'UTC')), ...voidWarnings(bundle, lifts)].map(
        warningFields,
      ),
    }
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    return { faults: error.faults.map(faultFields), warnings: [] }
  }
}
