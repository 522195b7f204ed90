/**
 * Each month the first instance that needs one makes a shred key. Homes whose secrets/ was copied, not shared, each make
 * their own, and from then on one cannot open what another sealed: that is said before anything is sealed or exported.
 */
import { Misconfigured } from '../errors.ts'
import type { Keys } from '../pseudonym/keys.ts'
import { openSubjectKey } from '../pseudonym/seal.ts'
import type { WrappedKey } from '../pseudonym/seal.ts'

/** @param stored some keys of each month whose shred key is here; @throws Misconfigured if one of them is another's */
export const checkMonths = (keys: Keys, stored: readonly WrappedKey[]): void => {
  const other = stored.find(
    (one) => keys.shred.of(one.month) !== undefined && openSubjectKey(keys, one.client, one) === undefined,
  )
  if (other === undefined) return
  const file = `secrets/shred/${other.month}.key`
  throw new Misconfigured(
    `${file} does not open what is stored of that month: another instance has made a key of its own. Instances of one database share one secrets/ folder; a copy parts from it when a month begins. Stop this instance, keep both files apart, and share the folder of the instance whose key opens more.`,
    `${file} n'ouvre pas ce qui est enregistré de ce mois : une autre instance a créé sa propre clé. Les instances d'une même base partagent un seul dossier secrets/ ; une copie s'en écarte au début d'un mois. Arrêtez cette instance, conservez les deux fichiers séparément, et partagez le dossier de l'instance dont la clé en ouvre le plus.`,
  )
}
