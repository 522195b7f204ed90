/** Of which signed heads an export is, and under which keys. */
import { Misconfigured } from '../errors.ts'
import type { KeyBody, Stream } from '../model/record.ts'
import type { PinnedHead } from './bundle-progress.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { keyNamed, openCheckpoint, openNote } from './checkpoint.ts'
import type { Verifier } from './checkpoint.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { isRotation, keysAfter, sameKey } from './rotation.ts'
import { shardView } from './shard-view.ts'
import { originIn } from './shard.ts'
import type { Shard } from './shard.ts'

/** What cannot be read announces nothing. */
const announcement = (leaf: StoredLeaf): KeyBody | undefined => {
  if (leaf.kind !== 'key') return undefined
  try {
    const record = checkRecord(readCanonical(leaf.body))
    return isRotation(record) ? record : undefined
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid) return undefined
    throw error
  }
}

/** A witnessed head is taken if the newest of all is not older by more than this. */
const witnessedWithinMs = 60_000

const newestOf = async (store: TreeStore, stream: Stream) => {
  const last = await store.checkpoint(stream)
  const witnessed = await store.witnessed(stream)
  const current =
    last !== null && witnessed !== null && last.at.getTime() - witnessed.at.getTime() < witnessedWithinMs
  return current ? witnessed : last
}

/**
 * The newest head of each tree of a log; one that is not signed yet is left for the next export.
 * @throws Misconfigured if nothing is signed yet
 */
export const headsNow = async (store: TreeStore, stream: Stream): Promise<readonly PinnedHead[]> => {
  const heads: PinnedHead[] = []
  for (const shard of await store.shards(stream)) {
    const newest = await newestOf(shardView(store, stream, shard), stream)
    if (newest === null) break
    heads.push({ stream, shard: shard.name, size: newest.size, note: newest.note })
  }
  if (heads.length === 0)
    throw new Misconfigured(
      'The log has no signed checkpoint yet: let Douane run for a second.',
      "Le journal n'a pas encore de point de contrôle signé : laissez Douane tourner une seconde.",
    )
  return heads
}

/**
 * That head opened, the key that must have signed it, and the records that led to that key.
 * @param base the key of a log that has announced none
 * @throws NoteRefused
 */
export const openHead = async (
  store: TreeStore,
  { stream, size, note }: PinnedHead,
  base: Verifier,
  shard: Shard,
) => {
  const first = keyNamed(base, originIn(base.name, shard.name))
  const announcements: StoredLeaf[] = []
  let keys: readonly Verifier[] = []
  for await (const leaf of store.keeping(stream)) {
    const record = leaf.index < size ? announcement(leaf) : undefined
    if (record === undefined) continue
    announcements.push(leaf)
    keys = keysAfter(keys, record) ?? keys
  }
  const named = keys.map((key) => keyNamed(key, first.name))
  const known = named.some((one) => sameKey(one, first)) ? named : [first, ...named]
  const { by } = openNote(note, known)
  const key = known.findLast((one) => by.includes(one)) ?? first
  return { ...openCheckpoint(note, [key], key.name), note, key, announcements }
}
