import { alike } from '../lang.ts'
import type { Both } from '../lang.ts'

/**
 * The log is not what it must be: a hole, a forged row, a fork, a tree smaller than the anchor. Whoever gets it
 * closes the gate: no transfer leaves until a person has looked. `what` is a word of this list, `index` the leaf.
 */
export type Breach =
  | 'gap'
  | 'hash'
  | 'record'
  | 'time'
  | 'seal'
  | 'chain'
  | 'boot'
  | 'revoked'
  | 'shrunk'
  | 'fork'
  | 'tile'
  | 'tree'
  | 'checkpoint'

export class IntegrityBroken extends Error {
  override readonly name = 'IntegrityBroken'
  readonly fr: string
  readonly what: Breach
  readonly index: number

  constructor(what: Breach, index: number) {
    const early: Both = {
      en: 'a record from the future (is the clock of the database right?)',
      fr: "un enregistrement du futur (l'horloge de la base est-elle à l'heure ?)",
    }
    const said = what === 'time' ? early : alike(what)
    super(`audit log broken at leaf ${index}: ${said.en}`)
    this.fr = `journal rompu à la feuille ${index} : ${said.fr}`
    this.what = what
    this.index = index
  }
}
