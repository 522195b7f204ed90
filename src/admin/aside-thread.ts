/** The thread of aside.ts: one job at a time, nothing kept but the policy that the last `try` was asked under. */
import { makeDetector } from '../detect/classify.ts'
import { classifyText } from '../detect/classify-text.ts'
import { PolicyInvalid, Refused } from '../errors.ts'
import { serveJobs } from '../judge/thread-side.ts'
import type { Bundle, BundleFile } from '../policy/bundle.ts'
import { detectorOf } from '../policy/detector.ts'
import type { Lift, Orders } from '../policy/orders.ts'
import { loadFiles } from '../policy/load.ts'
import { checkFiles } from './check.ts'
import { tryOne } from './try.ts'
import type { components } from './openapi-types.ts'

const detector = makeDetector()
let last: Bundle | undefined

const bundleOf = (digest: string, files: readonly BundleFile[]): Bundle =>
  last?.digest === digest ? last : (last = loadFiles(files))

const jobs = {
  classify: ({ text, type }: { text: string; type: string }) => classifyText(detector, text, type),
  try: ({
    ask,
    bundle: { digest, files, orders },
    region,
  }: {
    ask: components['schemas']['TryRequest']
    bundle: { digest: string; files: readonly BundleFile[]; orders?: Orders }
    region: string | undefined
  }) => {
    const bundle = { ...bundleOf(digest, files), ...(orders && { orders }) }
    return tryOne(ask, bundle, detectorOf(bundle), region)
  },
  check: async ({ files, lifts }: { files: readonly BundleFile[]; lifts: readonly Lift[] }) =>
    checkFiles(files, lifts),
}

export type Jobs = typeof jobs

serveJobs(jobs, (error) => (error instanceof PolicyInvalid ? new Refused('POLICY_INVALID') : undefined))
