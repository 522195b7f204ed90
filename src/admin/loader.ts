/**
 * Where policies are read and checked: a thousand rules cost a third of a second, and the largest folder several. A
 * gateway does it in a thread that can be ended, and its transfers go on meanwhile under the policy before; a command
 * does it where it stands.
 */
import { PolicyInvalid } from '../errors.ts'
import { type Lost, openThreads } from '../judge/threads.ts'
import type { Bundle, BundleFile } from '../policy/bundle.ts'
import { loadFiles, loadFolder } from '../policy/load.ts'
import type { Jobs, Read } from './load-thread.ts'

export interface Loader {
  /**
   * A folder, read and checked whole.
   * @throws PolicyInvalid; Refused POLICY_STALE if its thread was lost, OVERLOADED, SHUTTING_DOWN
   */
  folder(path: string): Promise<Bundle>
  /** The same for files that are text already. @throws as `folder` */
  files(files: readonly BundleFile[]): Promise<Bundle>
  /** What it is reading is refused. */
  stop(): Promise<void>
}

/** Where the caller stands. */
export const loadHere: Loader = {
  folder: loadFolder,
  files: async (files) => loadFiles(files),
  stop: async () => undefined,
}

const bundleOf = (read: Read): Bundle => {
  if ('faults' in read) throw new PolicyInvalid(read.faults)
  return read.bundle
}

export interface LoaderOptions {
  /** Milliseconds that one folder may take: the largest took more than a minute of a busy machine. */
  readonly ms?: number
  /** Mebibytes of heap that one may take. */
  readonly memoryMb?: number
  readonly script?: URL
  /** Told of each thread that was lost: nothing came of what it was reading. */
  readonly onLost?: (why: Lost) => void
}

export const openLoader = ({
  ms = 180_000,
  memoryMb = 1_024,
  script = new URL('./load-thread.ts', import.meta.url),
  onLost = () => undefined,
}: LoaderOptions = {}): Loader => {
  const threads = openThreads<Jobs>({
    script,
    threads: 1,
    ms,
    memoryMb,
    queue: 16,
    lost: (_name, why) => {
      onLost(why)
      return 'POLICY_STALE'
    },
  })
  return {
    folder: async (path) => bundleOf(await threads.ask('folder', path)),
    files: async (files) => bundleOf(await threads.ask('files', files)),
    stop: () => threads.stop(),
  }
}
