/** A thread of policies that is ready and then does as it is told: `dies`, or never answers. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ given }: { given: string }) => {
  if (given.includes('dies')) process.exit(1)
})
parentPort?.postMessage({ ready: true })
