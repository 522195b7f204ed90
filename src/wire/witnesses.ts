/** Brings each head of the evidence log to the witnesses of the settings. */
import { keyNamed, readVkey } from '../audit/checkpoint.ts'
import { IntegrityBroken } from '../audit/integrity.ts'
import { shardView } from '../audit/shard-view.ts'
import { firstShard, originIn } from '../audit/shard.ts'
import type { Shard } from '../audit/shard.ts'
import { witnesser } from '../audit/witnessing.ts'
import { lastShard } from './edge.ts'
import { readDialCa } from '../config/dial-ca.ts'
import { readWitnessPolicy } from '../config/witness-policy.ts'
import { openWitnesses } from '../outbound/witness.ts'
import { rounds } from '../store/rounds.ts'
import { type Log, failure } from '../telemetry/log.ts'
import type { Installation } from './installation.ts'

export interface Witnessing {
  /** Size of the newest head that the quorum has cosigned. */
  size(): number
  stop(): Promise<void>
}

const everyMs = 250
/** A witness that is away is asked again after so long, and the operator is told once a minute. */
const awayMs = 5_000
const sayEveryMs = 60_000

/**
 * @param onBroken a witness knows another history of this log: the gate must close
 * @param onNews a head was witnessed
 * @returns undefined if no witness is configured
 * @throws Misconfigured if the policy cannot be used
 */
export const openWitnessing = (
  { settings, trees, vkeys }: Installation,
  log: Log,
  onBroken: (why: string) => void,
  onNews: () => void,
): Witnessing | undefined => {
  const quorum = readWitnessPolicy(settings)
  if (quorum === undefined) return undefined
  const party = openWitnesses(settings, { ca: readDialCa(settings), patienceMs: 5_000 })
  const log0 = readVkey(vkeys.evidence)
  /** Of the newest tree: each is a log of its own to a witness. */
  const witnesserOf = (shard: Shard) =>
    witnesser({
      store: shardView(trees, 'evidence', shard),
      stream: 'evidence',
      log: keyNamed(log0, originIn(log0.name, shard.name)),
      quorum,
      ask: party.ask,
    })
  let shard = firstShard
  let one = witnesserOf(shard)
  let size = 0
  let quietUntil = 0
  let said = Number.NEGATIVE_INFINITY
  const going = rounds(
    everyMs,
    async () => {
      const began = performance.now()
      if (began < quietUntil) return
      const newest = await lastShard(trees, 'evidence')
      if (newest.n !== shard.n) {
        shard = newest
        one = witnesserOf(newest)
      }
      const step = await one.step(new Date())
      size = shard.base + step.size
      if (step.did === 'witnessed') {
        log['log.witnessed']({ stream: 'evidence', size, ms: performance.now() - began })
        onNews()
      }
      if (step.did !== 'short') return
      quietUntil = performance.now() + awayMs
      if (began - said < sayEveryMs) return
      said = began
      log['log.unwitnessed']({ stream: 'evidence', size })
    },
    (error) => {
      quietUntil = performance.now() + awayMs
      if (error instanceof IntegrityBroken)
        onBroken(`a witness knows another history of this log: ${error.message}`)
      log['log.integration_failed']({ stream: 'evidence', ...failure(error) })
    },
  )
  return {
    size: () => size,
    async stop() {
      await going.stop()
      await party.close()
    },
  }
}
