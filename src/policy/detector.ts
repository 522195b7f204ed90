/** The detector that goes with a policy: ours, and what recognisers/*.yaml adds. */
import { type Detector, makeDetector } from '../detect/classify.ts'
import type { Bundle } from './bundle.ts'

const made = new WeakMap<object, Detector>()
let plain: Detector | undefined

/** Once a bundle; whoever judges by a bundle classifies by it too, so that a change of both is one change. */
export const detectorOf = ({ recognisers = [] }: Pick<Bundle, 'recognisers'>): Detector => {
  if (recognisers.length === 0) return (plain ??= makeDetector())
  let detector = made.get(recognisers)
  if (detector === undefined) made.set(recognisers, (detector = makeDetector(recognisers)))
  return detector
}
