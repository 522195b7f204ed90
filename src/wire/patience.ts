import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits for work that may itself wait for a database that is away; not longer than so many milliseconds, and
 * with a timer that keeps the process alive meanwhile (most timers of the parts do not).
 * @returns false if it took longer; the work is left to itself
 */
export const within = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  const done = new AbortController()
  const late = sleep(ms, false, { signal: done.signal }).catch(() => false)
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    done.abort()
  }
}
