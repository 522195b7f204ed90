/**
 * Proof that one record is in the log: a C2SP tlog-proof v1 text, which public tools and `verifyReceipt` check
 * without our database.
 *
 *     c2sp.org/tlog-proof@v1
 *     index 73894
 *     base64 of each hash of the audit path, one a line
 *
 *     the signed checkpoint
 */
import type { Receipt } from '../model/ledger.ts'
import type { Stream } from '../model/record.ts'
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { IntegrityBroken } from './integrity.ts'
import { keysOf } from './log-keys.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import { hashSize, leafHash, verifyInclusion } from './merkle.ts'
import { inclusionProof, nodesOf } from './proof.ts'
import { shardView } from './shard-view.ts'
import { originIn, shardAt } from './shard.ts'

const header = 'c2sp.org/tlog-proof@v1'

/**
 * The receipt of a leaf under the newest witnessed checkpoint, else the newest, checked before it is handed out; null while no checkpoint
 * covers it (the integrator is a moment behind).
 * @throws IntegrityBroken if the proof from the stored tiles does not hold
 */
export const receiptOf = async (
  whole: TreeStore,
  first: Verifier,
  stream: Stream,
  found: StoredLeaf,
): Promise<Receipt | null> => {
  const shard = shardAt(await whole.shards(stream), found.index)
  const store = shardView(whole, stream, shard)
  const leaf = { ...found, index: found.index - shard.base }
  const log = keyNamed(first, originIn(first.name, shard.name))
  const witnessed = await store.witnessed(stream)
  // a head that witnesses have seen says more than a newer one that only we have
  const newest =
    witnessed !== null && witnessed.size > leaf.index ? witnessed : await store.checkpoint(stream)
  if (newest === null || newest.size <= leaf.index) return null
  const path = await inclusionProof(leaf.index, newest.size, nodesOf(store, stream))
  const lines = [
    header,
    `index ${leaf.index}`,
    ...path.map((hash) => hash.toString('base64')),
    '',
    newest.note,
  ]
  const receipt = { origin: log.name, index: leaf.index, leaf: leaf.body, proof: lines.join('\n') }
  try {
    const keys = await keysOf(store, stream, first)
    verifyReceipt(
      receipt,
      keys.map((key) => keyNamed(key, log.name)),
    )
  } catch (error) {
    if (error instanceof NoteRefused) throw new IntegrityBroken('checkpoint', leaf.index)
    throw error
  }
  return receipt
}

/** The receipt of a transfer's record of that kind (evidence stream), or null if there is none yet. */
export const receipt = async (
  store: TreeStore,
  log: Verifier,
  tid: string,
  kind: 'intent' | 'outcome' | 'refusal' = 'intent',
  attempt?: number,
): Promise<Receipt | null> => {
  const found = await store.find(tid)
  const its = found.filter(
    (leaf) => leaf.kind === kind && (attempt === undefined || leaf.attempt === attempt),
  )
  const last = its.at(-1)
  return last === undefined ? null : receiptOf(store, log, 'evidence', last)
}

/**
 * Checks a receipt against known keys; the checkpoint that covers the leaf.
 * @throws NoteRefused malformed, signature, untrusted, origin; IntegrityBroken `tree` if the leaf is not in it
 */
export const verifyReceipt = (given: Receipt, known: readonly Verifier[]): Checkpoint => {
  const end = given.proof.indexOf('\n\n')
  const [first, ...lines] = given.proof.slice(0, end).split('\n')
  if (end < 0 || first !== header || given.proof.length > 65_536) throw new NoteRefused('malformed')
  if (lines[0]?.startsWith('extra ') === true) lines.shift()
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1]
  const path = lines.map((line) => Buffer.from(line, 'base64'))
  const spelled = path.every((hash, i) => hash.length === hashSize && hash.toString('base64') === lines[i])
  if (index === undefined || Number(index) !== given.index || !spelled || path.length > 63)
    throw new NoteRefused('malformed')
  const checkpoint = openCheckpoint(given.proof.slice(end + 2), known, given.origin)
  if (!verifyInclusion(given.index, checkpoint.size, leafHash(given.leaf), path, checkpoint.root))
    throw new IntegrityBroken('tree', given.index)
  return checkpoint
}
