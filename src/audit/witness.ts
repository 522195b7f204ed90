/**
 * The witness's side: it remembers the last head of each log that it knows, and cosigns a new one only if that
 * extends it. What it has signed it has remembered before it says so: a witness that forgets can be shown two
 * histories.
 */
import { readAddCheckpoint } from './add-checkpoint.ts'
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { emptyRoot, verifyConsistency } from './merkle.ts'
import { shardName } from './shard.ts'

export interface Seen {
  readonly size: number
  /** Lower-case hex. */
  readonly root: string
}

/** What a witness remembers; durable when `advance` resolves. */
export interface WitnessMemory {
  read(origin: string): Promise<Seen | null>
  /** False if it was moved meanwhile; one caller at a time, among all processes. */
  advance(origin: string, from: Seen | null, to: Seen): Promise<boolean>
}

/** Status and body, as tlog-witness names them. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  readonly type: 'text/plain' | 'text/x.tlog.size'
}

const said = (status: WitnessAnswer['status'], body = ''): WitnessAnswer => ({
  status,
  body,
  type: 'text/plain',
})
const conflict = (size: number): WitnessAnswer => ({
  status: 409,
  body: `${size}\n`,
  type: 'text/x.tlog.size',
})

/** A later tree of a log that we know has a name below its own, and the same key. */
const keysFor = (logs: readonly Verifier[], origin: string): readonly Verifier[] =>
  logs.flatMap((log) => {
    const name = origin.startsWith(`${log.name}/`) ? origin.slice(log.name.length + 1) : ''
    if (log.name !== origin && !shardName.test(name)) return []
    return [keyNamed(log, origin)]
  })

/** @param logs keys of the logs that it watches over */
export const witnessOver = (logs: readonly Verifier[], memory: WitnessMemory, witness: Signer) => ({
  /** Answers `add-checkpoint`. */
  async add(text: string, now: Date): Promise<WitnessAnswer> {
    let asked
    let head
    try {
      asked = readAddCheckpoint(text)
      const origin = asked.note.slice(0, asked.note.indexOf('\n'))
      const keys = keysFor(logs, origin)
      if (keys.length === 0) return said(404)
      head = openCheckpoint(asked.note, keys, origin)
    } catch (error) {
      if (!(error instanceof NoteRefused)) throw error
      return said(error.why === 'untrusted' || error.why === 'signature' ? 403 : 400)
    }
    const { old, proof } = asked
    if (old > head.size) return said(400)
    const seen = await memory.read(head.origin)
    const from = seen ?? { size: 0, root: emptyRoot.toString('hex') }
    const root = head.root.toString('hex')
    if (old !== from.size || (old === head.size && root !== from.root)) return conflict(from.size)
    if (!verifyConsistency(old, head.size, proof, Buffer.from(from.root, 'hex'), head.root)) return said(422)
    const to = { size: head.size, root }
    if (!(await memory.advance(head.origin, seen, to)))
      return conflict((await memory.read(head.origin))?.size ?? 0)
    return said(200, cosign(head.text, witness, now))
  },
})
