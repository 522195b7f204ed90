/** The thread's side of threads.ts: does what it is handed, and says what became of it without a value. */
import { parentPort } from 'node:worker_threads'
import type { Transferable } from 'node:worker_threads'
import { Refused } from '../errors.ts'
import { type Handed, Over, type Said } from './thread-talk.ts'

/**
 * Call it last: from now on work is taken.
 * @param refusedBy what an error of the work is refused with, besides Refused itself
 */
export const serveJobs = (
  jobs: Readonly<Record<string, (given: never) => unknown>>,
  refusedBy: (error: unknown) => Refused | undefined = () => undefined,
): void => {
  const say = (said: Said, buffers: readonly Transferable[] = []): void =>
    parentPort?.postMessage(said, buffers)
  parentPort?.on('message', async ({ name, given }: Handed) => {
    try {
      const done = await jobs[name]!(given as never)
      if (done instanceof Over) say({ done: done.value }, done.buffers)
      else say({ done })
    } catch (error) {
      const refused = error instanceof Refused ? error : refusedBy(error)
      if (refused !== undefined) say({ refused: { code: refused.code, detail: refused.detail } })
      else say({ failed: where(error) })
    }
  })
  say({ ready: true })
}

/** Class and first place of an error: its message may hold a value. */
const where = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const place = /\bat .*?([\w-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1] ?? ''
  return `${error.name} ${place}`.trim()
}
