/** What is wrong with a policies folder, as the API and `douane policy check` say it. */
import { PolicyInvalid } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import type { BundleFile } from '../policy/bundle.ts'
import { warningsOf } from '../policy/lint/lint.ts'
import { loadFiles } from '../policy/load.ts'
import type { components } from './openapi-types.ts'

/** Every fault at once; without faults also the digest. Never throws for a bad folder. */
export const checkFiles = (files: readonly BundleFile[]): components['schemas']['CheckResponse'] => {
  try {
    const bundle = loadFiles(files)
    return {
      bundle: bundle.digest,
      faults: [],
      warnings: warningsOf(bundle, civilDate(new Date(), 'UTC')).map(({ source, message }) => ({
        ...source,
        message,
      })),
    }
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    return { faults: error.faults.map((fault) => ({ ...fault })), warnings: [] }
  }
}
