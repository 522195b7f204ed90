/** Which keys a log has had, as the log itself says. */
import { Misconfigured } from '../errors.ts'
import type { Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { vkeyOf } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'
import { IntegrityBroken } from './integrity.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { isRotation, keysAfter } from './rotation.ts'

/**
 * The keys after these leaves, oldest first.
 * @throws IntegrityBroken `record`: an announcement that does not continue what was announced before
 */
export const keysOver = (keys: readonly Verifier[], leaves: readonly StoredLeaf[]): readonly Verifier[] =>
  leaves.reduce((before, leaf) => {
    if (leaf.kind !== 'key') return before
    try {
      const record = checkRecord(readCanonical(leaf.body))
      if (!isRotation(record)) return before
      const after = keysAfter(before, record)
      if (after !== undefined) return after
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
    }
    throw new IntegrityBroken('record', leaf.index)
  }, keys)

/** Keys that the leaves below `size` announce; empty: the log still has its first. @throws IntegrityBroken */
export const announcedKeys = async (
  store: Pick<TreeStore, 'keeping'>,
  stream: Stream,
  size = Number.MAX_SAFE_INTEGER,
): Promise<readonly Verifier[]> => {
  const leaves: StoredLeaf[] = []
  for await (const leaf of store.keeping(stream)) if (leaf.index < size) leaves.push(leaf)
  return keysOver([], leaves)
}

/** All keys that may have signed a head of this log. @param own of a log that has announced none */
export const keysOf = async (
  store: TreeStore,
  stream: Stream,
  own: Verifier,
): Promise<readonly Verifier[]> => {
  const announced = await announcedKeys(store, stream)
  return announced.length === 0 ? [own] : announced
}

/**
 * Who signs the next head: the newest key, and before it the one it followed while that is still in secrets/.
 * @throws Misconfigured if the newest key is not here: another instance must sign
 */
export const signersFor = (announced: readonly Verifier[], own: readonly Signer[]): readonly Signer[] => {
  const first = own[0]
  if (announced.length === 0) return first === undefined ? [] : [first]
  const of = (key: Verifier | undefined) =>
    key && own.find((signer) => vkeyOf(signer) === vkeyOf({ name: key.name, key: key.key }))
  const [before, newest] = [of(announced.at(-2)), of(announced.at(-1))]
  if (newest === undefined)
    throw new Misconfigured(
      'The log has another key now, and it is not in secrets/: copy log.key (or log.next.key) from where it was rotated.',
      "Le journal a désormais une autre clé, et elle n'est pas dans secrets/ : copiez log.key (ou log.next.key) depuis l'endroit où elle a été remplacée.",
    )
  return before === undefined ? [newest] : [before, newest]
}
