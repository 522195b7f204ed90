/** What goes on beside the transfers: the integrator of both streams, the sweeper, the heartbeat. */
import { createPublicKey } from 'node:crypto'
import { IntegrityBroken } from '../audit/integrity.ts'
import type { Stream } from '../model/record.ts'
import { enterInstance } from '../store/instance.ts'
import { type Rounds, rounds } from '../store/rounds.ts'
import { watchErasures } from '../store/subjects.ts'
import { closeDead, deleteExpired } from '../store/sweep.ts'
import { type Log, failure } from '../telemetry/log.ts'
import { following } from './following.ts'
import type { Installation } from './installation.ts'
import { within } from './patience.ts'
import { crossEdge } from './edge.ts'
import { pruneLogs, upkeepOf } from './prune.ts'
import { openUnsigned } from './unsigned.ts'
import { openWitnessing } from './witnesses.ts'

export interface Keeping {
  /** Why the log may not grow any more, or null. */
  brokenBecause(): string | null
  /** Resolves once the evidence leaf is under a signed (or witnessed) checkpoint; false if that takes too long. */
  awaited(what: 'integrated' | 'witnessed', index: number): Promise<boolean>
  /** Size of the newest witnessed head; undefined without witnesses. */
  witnessed(): number | undefined
  /** Days for which a record from the future keeps what should be pruned; 0: none does. */
  pruningWaits(): number
  /** Integrates what is left, then ends. */
  stop(): Promise<void>
}

export const checkpointEveryMs = 250
const sweepEveryMs = 10_000
const edgeEveryMs = 1_000
const pruneEveryMs = 60_000
/** So long after an erasure another instance may still send the old pseudonym. */
const forgetEveryMs = 1_000
const patienceMs = 3_000

const toTheEnd = async (one: { once(): Promise<'again' | void> }): Promise<void> => {
  while ((await one.once()) === 'again') continue
}

export async function openKeeping(installation: Installation, log: Log): Promise<Keeping> {
  const { trees, anchor, signer, signers, secrets, ledger, database, boot, settings, recall, deadlines } =
    installation
  const enrol = createPublicKey(secrets.enrolmentKey)
  const sizes: Record<Stream, number> = { evidence: 0, access: 0 }
  let broken: string | null = null
  const unsigned = openUnsigned()
  const waiting = new Set<() => void>()

  const integrate = (stream: Stream): Rounds & { once(): Promise<'again' | void> } => {
    const one = following({
      store: trees,
      anchor,
      stream,
      signer: signer[stream],
      signers: () => signers(stream),
      enrol,
    })
    const once = async (): Promise<'again' | void> => {
      if (broken !== null) return
      const began = performance.now()
      const written = ledger.written(stream)
      const step = await one.step(new Date())
      // Even the last record before a silence is missed by whoever was told that it is durable.
      if (step.did !== 'lost' && !step.more && step.size < written)
        throw new IntegrityBroken('shrunk', step.size)
      unsigned.stepped(stream, step)
      if (step.did === 'advanced')
        log['log.integrated']({ stream, size: step.size, ms: performance.now() - began })
      sizes[stream] = step.size
      for (const wake of waiting) wake()
      return step.more && step.did !== 'lost' ? 'again' : undefined
    }
    const onFault = (error: unknown): void => {
      if (error instanceof IntegrityBroken) broken = `the ${stream} log is broken: ${error.message}`
      unsigned.failed(stream, error)
      log['log.integration_failed']({ stream, ...failure(error) })
    }
    return { ...rounds(checkpointEveryMs, once, onFault), once: () => once().catch(onFault) }
  }

  const witnessing = openWitnessing(
    installation,
    log,
    (why) => void (broken = why),
    () => {
      for (const wake of waiting) wake()
    },
  )
  const home = database.alone ? { home: settings.home } : {}
  const pool = database.pool('douane_gateway', { max: 2, statementMs: 60_000 })
  const instance = await enterInstance({ pool, ...boot, ...home, openFrom: () => ledger.openFrom() })
  const both = [integrate('evidence'), integrate('access')]
  const eraser = database.pool('douane_eraser', { max: 1, statementMs: 60_000 })
  const sweeping = rounds(
    sweepEveryMs,
    async () => {
      const unknown = await closeDead({ pool, ledger, boot: boot.boot, ...home })
      const { holds } = await upkeepOf(trees, 'evidence')
      const gone = await deleteExpired(eraser, undefined, holds.size > 0)
      const expired = Object.values(gone).reduce((sum, n) => sum + n, 0)
      if (unknown + expired > 0) log['log.swept']({ unknown, expired })
    },
    (error) => log['store.unavailable'](failure(error)),
  )

  const crossing = rounds(
    edgeEveryMs,
    async () => {
      for (const stream of ['access', 'evidence'] as const)
        if (await crossEdge({ trees, anchor, enrol, signers, pool, ledger }, stream))
          log['log.tree_begun']({ stream })
    },
    (error) => {
      if (error instanceof IntegrityBroken) broken = `the log is broken: ${error.message}`
      log['store.unavailable'](failure(error))
    },
  )

  let waits: Readonly<Record<Stream, number>> = { evidence: 0, access: 0 }
  const pruning = rounds(
    pruneEveryMs,
    async () => {
      const { gone, announced, waits: now } = await pruneLogs(installation, new Date())
      if (gone + announced > 0) log['log.pruned']({ gone, announced })
      for (const stream of ['evidence', 'access'] as const)
        if (now[stream] > 0 && waits[stream] === 0) log['log.pruning_waits']({ stream, days: now[stream] })
      waits = now
    },
    (error) => log['store.unavailable'](failure(error)),
  )

  const erasures = watchErasures(pool)
  const forgetting = rounds(
    forgetEveryMs,
    async () => {
      for (const { client, ref } of await erasures.fresh()) recall.forget(client, ref)
    },
    (error) => log['store.unavailable'](failure(error)),
  )

  return {
    brokenBecause: () => broken ?? unsigned.because(),
    witnessed: () => witnessing?.size(),
    pruningWaits: () => Math.max(...Object.values(waits)),
    awaited: (what, index) =>
      new Promise((resolve) => {
        const done = (is: boolean): void => {
          clearTimeout(timer)
          waiting.delete(look)
          resolve(is)
        }
        const look = (): void => {
          const size = what === 'witnessed' ? (witnessing?.size() ?? 0) : sizes.evidence
          if (size > index) done(true)
        }
        const timer = setTimeout(() => done(false), deadlines.signed)
        waiting.add(look)
        look()
      }),
    async stop() {
      // With the database away each of these would wait for it; the next boot does what they leave undone.
      await within(patienceMs, sweeping.stop())
      await within(patienceMs, pruning.stop())
      await within(patienceMs, crossing.stop())
      await within(patienceMs, forgetting.stop())
      if (witnessing !== undefined) await within(patienceMs, witnessing.stop())
      for (const one of both) await within(patienceMs, one.stop())
      for (const one of both) await within(patienceMs, toTheEnd(one))
      await within(patienceMs, instance.stop(ledger.queued() === 0))
    },
  }
}
