/** The thread of loader.ts: a folder in, a checked bundle or its faults out, both plain data. */
import { PolicyInvalid, type PolicyFault } from '../errors.ts'
import { serveJobs } from '../judge/thread-side.ts'
import type { Bundle, BundleFile } from '../policy/bundle.ts'
import { loadFiles, loadFolder } from '../policy/load.ts'

export type Read = { readonly bundle: Bundle } | { readonly faults: readonly PolicyFault[] }

const told = async (load: () => Bundle | Promise<Bundle>): Promise<Read> => {
  try {
    return { bundle: await load() }
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    return { faults: error.faults }
  }
}

const jobs = {
  folder: (path: string) => told(() => loadFolder(path)),
  files: (files: readonly BundleFile[]) => told(() => loadFiles(files)),
}

export type Jobs = typeof jobs

serveJobs(jobs)
