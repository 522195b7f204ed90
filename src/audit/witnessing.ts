/**
 * The log's side: brings each new head to the witnesses of the policy and keeps the cosignatures once they are a
 * quorum. A witness that saw another history than ours is the alarm that it is there for.
 */
import { writeAddCheckpoint } from './add-checkpoint.ts'
import { keyNamed, openCheckpoint } from './checkpoint.ts'
import type { Verifier } from './checkpoint.ts'
import { cosignaturesOf } from './cosignature.ts'
import type { Cosigned } from './cosignature.ts'
import { IntegrityBroken } from './integrity.ts'
import { keysOf } from './log-keys.ts'
import type { TreeStore } from './log.ts'
import { consistencyProof, nodesOf } from './proof.ts'
import type { Quorum, Witness } from './quorum.ts'
import type { Stream } from '../model/record.ts'

/** What came back from a witness: `none`: it cannot be reached, or does not know the log. */
export type WitnessSaid =
  | { readonly said: 'cosigned'; readonly lines: string }
  | { readonly said: 'size'; readonly size: number }
  | { readonly said: 'inconsistent' }
  | { readonly said: 'none' }

/** The port to one witness. Never throws. */
export type AskWitness = (witness: Witness, body: string) => Promise<WitnessSaid>

export interface WitnessedLog {
  readonly store: TreeStore
  readonly stream: Stream
  /** Public key of the log, under its origin. */
  readonly log: Verifier
  readonly quorum: Quorum
  readonly ask: AskWitness
  /** A head that did not change is shown again after this many milliseconds; default 10 minutes. */
  readonly heartbeat?: number
}

export interface Witnessed {
  /** `short`: fewer cosignatures than the quorum asks for. */
  readonly did: 'nothing' | 'witnessed' | 'short'
  /** Size of the newest witnessed head. */
  readonly size: number
}

interface Head {
  readonly size: number
  readonly text: string
  readonly note: string
}

const tries = 3

export const witnesser = ({ store, stream, log, quorum, ask, heartbeat = 600_000 }: WitnessedLog) => {
  /** What each witness saw last, as far as we know. */
  const seen = new Map<Witness, number>()

  const headNow = async (): Promise<Head | null> => {
    const newest = await store.checkpoint(stream)
    if (newest === null) return null
    const { size, text } = openCheckpoint(
      newest.note,
      (await keysOf(store, stream, log)).map((key) => keyNamed(key, log.name)),
      log.name,
    )
    return { size, text, note: newest.note }
  }

  /** @throws IntegrityBroken if the witness knows another history */
  const cosignedBy = async (witness: Witness, head: Head): Promise<Cosigned | undefined> => {
    for (let round = 0; round < tries; round += 1) {
      const old = seen.get(witness) ?? 0
      if (old > head.size) return undefined
      const proof = await consistencyProof(old, head.size, nodesOf(store, stream))
      const answer = await ask(witness, writeAddCheckpoint({ old, proof, note: head.note }))
      if (answer.said === 'none') return undefined
      if (answer.said === 'inconsistent') throw new IntegrityBroken('fork', old)
      if (answer.said === 'size') {
        // the same size and yet a conflict: it cosigned another root
        if (answer.size === old && old === head.size) throw new IntegrityBroken('fork', old)
        const now = answer.size > head.size ? await headNow() : head
        if (answer.size > (now?.size ?? 0)) throw new IntegrityBroken('shrunk', answer.size)
        seen.set(witness, answer.size)
        continue
      }
      const [found] = cosignaturesOf(answer.lines, head.text, [witness.key])
      if (found !== undefined) seen.set(witness, head.size)
      return found
    }
    return undefined
  }

  return {
    /** One round with all witnesses. @throws IntegrityBroken; NoteRefused: a known witness signed wrongly */
    async step(now: Date): Promise<Witnessed> {
      const head = await headNow()
      const before = await store.witnessed(stream)
      const known = before?.size ?? 0
      if (head === null) return { did: 'nothing', size: known }
      const fresh = before !== null && now.getTime() - before.at.getTime() < heartbeat
      if (head.size === known && fresh) return { did: 'nothing', size: known }
      const asked = await Promise.allSettled(
        quorum.witnesses.filter(({ url }) => url !== undefined).map((witness) => cosignedBy(witness, head)),
      )
      const failed = asked.find((one) => one.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      const by = asked.flatMap((one) =>
        one.status === 'fulfilled' && one.value !== undefined ? [one.value] : [],
      )
      const enough = by.length > 0 && quorum.met(by.map(({ witness }) => witness))
      if (!enough) return { did: 'short', size: known }
      await store.keepWitnessed(stream, head.size, head.note + by.map(({ line }) => line).join(''), now)
      return { did: 'witnessed', size: head.size }
    },
  }
}
