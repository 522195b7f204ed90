/** read → classify: what a payload holds. */
import type { ClassifyOptions, Detector } from '../detect/classify.ts'
import type { Document, Incoming } from '../model/document.ts'
import type { Classification } from '../model/finding.ts'
import { defaultLimits, read, type ReadLimits } from '../payload/read.ts'

export interface Inspected {
  readonly document: Document
  readonly classification: Classification
}

/** @throws Refused with a code of the phase `reading`, or `before` (media) */
export type Inspect = (incoming: Incoming, detector: Detector, options: ClassifyOptions) => Promise<Inspected>

/** On this thread. The gateway's is hall.ts, which does the large ones elsewhere. */
export const inspectHere = async (
  incoming: Incoming,
  detector: Detector,
  options: ClassifyOptions,
  limits: ReadLimits = defaultLimits,
): Promise<Inspected> => {
  const document = read(incoming, limits)
  return { document, classification: await detector.classify(document, options) }
}
