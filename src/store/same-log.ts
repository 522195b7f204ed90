/**
 * A log goes on only under the name and the enrolment key that its genesis names. A boot that another key
 * certified would be in the log for ever, and every gateway would take the log for broken.
 */
import { NotCanonical, readCanonical } from '../audit/canonical.ts'
import { IntegrityBroken } from '../audit/integrity.ts'
import type { Signer } from '../audit/checkpoint.ts'
import { announcedEnrolment, sealKeys } from '../audit/enrolment.ts'
import { vkeyOf } from '../audit/checkpoint.ts'
import { announcedKeys, signersFor } from '../audit/log-keys.ts'
import type { TreeStore } from '../audit/log.ts'
import { RecordInvalid, checkRecord } from '../audit/record.ts'
import { Misconfigured } from '../errors.ts'
import type { Stream } from '../model/record.ts'

/** Genesis stands right after the first boot. */
const opening = 2

/** A log that was given another key goes on only where that key is. @throws Misconfigured; DatabaseFault */
const sameKeys = async (
  trees: Pick<TreeStore, 'keeping'>,
  stream: Stream,
  own: readonly Signer[],
): Promise<void> => void signersFor(await announcedKeys(trees, stream), own)

/**
 * Called before a boot enters a log that is not empty. What cannot be read is the integrator's to judge.
 * @param enrol vkeys of our enrolment keys, the one first that the log began with unless it announces others
 * @param own all keys of ours that may sign this log
 * @throws Misconfigured; DatabaseFault
 */
export const sameLog = async (
  trees: Pick<TreeStore, 'leaves' | 'keeping'>,
  stream: Stream,
  origin: string,
  enrol: readonly string[],
  own: readonly Signer[],
): Promise<void> => {
  try {
    await sameKeys(trees, stream, own)
    for await (const leaf of trees.leaves(stream, 0, opening)) {
      if (leaf.kind !== 'genesis') continue
      const record = checkRecord(readCanonical(leaf.body))
      if (record.k !== 'genesis') continue
      if (record.origin !== origin) {
        throw new Misconfigured(
          `The log in this database is ${record.origin}, not ${origin}: set name in douane.yaml back, or use another database.`,
          `Le journal de cette base est ${record.origin}, et non ${origin} : rétablissez name dans douane.yaml, ou utilisez une autre base.`,
        )
      }
      const [first, ...later] = announcedEnrolment(await sealKeys(trees, stream)).map(vkeyOf)
      const ours = enrol.includes(later.at(-1) ?? enrol[0] ?? '')
      if (record.enrol !== undefined && (record.enrol !== (first ?? enrol[0]) || !ours)) {
        throw new Misconfigured(
          'The database was begun with other keys: secrets/ must be that of the installation it belongs to.',
          "La base a été créée avec d'autres clés : secrets/ doit être celui de l'installation à laquelle elle appartient.",
        )
      }
    }
  } catch (error) {
    const unreadable =
      error instanceof NotCanonical || error instanceof RecordInvalid || error instanceof IntegrityBroken
    if (!unreadable) throw error
  }
}
