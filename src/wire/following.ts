/** The integrator of a stream's newest tree, whichever that is. */
import type { Step } from '../audit/integrate.ts'
import { integrator } from '../audit/integrate.ts'
import type { IntegratedLog } from '../audit/integrate.ts'
import { lastShard } from './edge.ts'

/** Sizes are places of the log. */
export const following = (log: Omit<IntegratedLog, 'shard'>): { step(now: Date): Promise<Step> } => {
  let shard: IntegratedLog['shard']
  let one = integrator(log)
  return {
    async step(now) {
      const newest = await lastShard(log.store, log.stream)
      // a tree is signed to its end before the next one opens
      if (newest.n !== (shard?.n ?? 0)) {
        shard = newest
        one = integrator({ ...log, shard })
      }
      const step = await one.step(now)
      return { ...step, size: newest.base + step.size }
    },
  }
}
